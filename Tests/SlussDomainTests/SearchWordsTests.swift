import SlussDomain
import Testing
import _SlussTestSupport

@Suite struct SearchWordsTests {
    private static func words(_ text: Substring) -> [String] {
        var words: [UInt8] = []
        SearchWords.append(text, to: &words)
        return words.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: [
        (
            "Däckbytet på ELCYKLARNA, sker för sent!",
            ["däckbytet", "på", "elcyklarna", "sker", "för", "sent"]
        ),
        ("ÅÄÖ åäö É×÷ß", ["åäö", "åäö", "é", "ß"]),
        ("OMS-SB-04-26-0001", ["oms", "sb", "04", "26", "0001"]),
        ("", []), ("…—“”", []), ("Ωmega Жук 漢字 ٣", ["ωmega", "жук", "漢字", "٣"]),
        ("a\u{301}b", ["a\u{301}b"]),
    ])
    func textsAreCutIntoWords(text: String, words: [String]) {
        #expect(Self.words(text[...]).map { Array($0.utf8) } == words.map { Array($0.utf8) })
    }

    /// SQLite's index would cut it off itself, and then miss what it had been given.
    @Test(arguments: ["a", "å", "漢", "𝒳"])
    func aWordWithoutEndIsCutOffBehindALetter(letter: String) {
        let long = String(repeating: letter, count: 40_000)
        let words = Self.words("först \(long) sist")
        #expect(words.count == 3 && words.last == "sist")
        let cut = words.dropFirst().first ?? ""
        #expect((31_990...32_000).contains(cut.utf8.count) && long.hasPrefix(cut))
    }

    /// What is left out of a changed text is in the text that it has replaced.
    @Test(arguments: UInt64(0)..<400)
    func noNewWordIsLeftOut(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let alphabet = ["a", "b", "å", "Å", " ", ", ", "漢", "-", "ab", "1"]
        func text() -> String {
            (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? "a"
            }.joined()
        }
        let (start, end) = (text(), text())
        let old = start + text() + end
        let new = start + text() + end
        let changed = SearchWords.changed(from: old, to: new)
        let found = Set(Self.words(changed)).union(Self.words(old[...]))
        #expect(found.isSuperset(of: Self.words(new[...])))
    }

    /// The words stay the same, in the order in which they come first.
    @Test(arguments: UInt64(0)..<40)
    func repeatedWordsAreLeftOut(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let alphabet = (0..<Int.random(in: 1...300, using: &generator)).map { "ord\($0)" }
        let text = (0..<Int.random(in: 0...600, using: &generator)).map { _ in
            alphabet.randomElement(using: &generator) ?? ""
        }
        var words: [UInt8] = []
        SearchWords.append(text.joined(separator: " ")[...], to: &words)
        let kept = SearchWords.withoutRepeats(words).split(separator: UInt8(ascii: " "))
            .map { String(decoding: $0, as: UTF8.self) }
        var seen: Set<String> = []
        let firsts = text.filter { seen.insert($0).inserted }
        #expect(Set(kept) == seen)
        // A word may stay twice where many share a seat; nearly none does.
        #expect(kept.count <= firsts.count + firsts.count / 20)
        var again: Set<String> = []
        #expect(kept.filter { again.insert($0).inserted } == firsts)
    }
}
