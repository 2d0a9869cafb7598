import Testing
import _SlussTestSupport

@testable import SlussSync

/// The short way to lower case gives what Swift's own gives.
@Suite struct SearchTextTests {
    private static func isSame(_ text: String) -> Bool {
        SearchText.lowered(text) == Array(text.lowercased().utf8)
    }

    @Test func everyLetterAloneIsAsSwiftHasIt() {
        let different = (0...0x10_FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
            .filter { !Self.isSame(String($0)) }
        #expect(different.isEmpty)
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func anyTextIsAsSwiftHasIt(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        // Mostly what nearly all texts have; at times one letter of all others.
        let ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0x20...0x7E, 0xC0...0xFF, 0xA0...0xBF, 0x2010...0x2026, 0x100...0x24F,
            0x300...0x36F, 0x370...0x3FF, 0x1F600...0x1F64F,
        ]
        for _ in 0..<200 {
            let kinds = Int.random(in: 1...ranges.count, using: &generator)
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...60, using: &generator) {
                let range = ranges[Int.random(in: 0..<kinds, using: &generator)]
                let number = UInt32.random(in: range, using: &generator)
                if let scalar = Unicode.Scalar(number) { text.append(scalar) }
            }
            #expect(Self.isSame(String(text)))
        }
    }
}
