import SlussDomain
import Testing
import _SlussTestSupport

/// A difference leads from one text to the other, whatever they are.
@Suite struct WordDifferenceTests {
    private static func text(_ pieces: [WordDifference.Piece], isNew: Bool) -> String {
        pieces.compactMap { piece -> String? in
            switch piece {
            case .same(let words): words
            case .removed(let words): isNew ? nil : words
            case .added(let words): isNew ? words : nil
            }
        }.joined(separator: " ")
    }

    @Test(arguments: UInt64(0)..<200) func bothTextsCanBeReadOffIt(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let words = ["vagnen", "skramlar", "på", "natten", "å", "a\u{30A}"]
        func text() -> String {
            (0..<Int.random(in: 0...8, using: &generator)).compactMap { _ in
                words.randomElement(using: &generator)
            }.joined(separator: " ")
        }
        let (old, new) = (text(), text())
        let pieces = WordDifference.pieces(from: old, to: new)
        #expect(Array(Self.text(pieces, isNew: false).utf8) == Array(old.utf8))
        #expect(Array(Self.text(pieces, isNew: true).utf8) == Array(new.utf8))
        for (one, other) in zip(pieces, pieces.dropFirst()) {
            if case (.same, .same) = (one, other) { Issue.record("neighbours are not joined") }
        }
    }

    @Test func oneWordIsOneWord() {
        #expect(
            WordDifference.pieces(from: "Hyllan är tom i dag", to: "Hyllan är full i dag")
                == [.same("Hyllan är"), .removed("tom"), .added("full"), .same("i dag")])
    }
}
