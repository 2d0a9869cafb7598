import Testing

@testable import SlussBundle

/// The list of signers; the table beside `ssh-keygen` is in CommandTests.
@Suite struct AllowedSignersTests {
    private static let key = DeviceKeyTests.key(1).publicKey.openSSH

    private static func error(_ text: String) -> AllowedSignersError? {
        do throws(AllowedSignersError) {
            _ = try AllowedSigners(bytes: Array(text.utf8))
            return nil
        } catch { return error }
    }

    @Test func theLineThatBreaksTheListIsNamed() {
        #expect(
            Self.error("# x\n\na \(Self.key)\nb\n") == .malformedLine(4, reason: "a key is missing")
        )
        #expect(Self.error("\u{1}\n") == .malformedLine(1, reason: "a byte that is no text"))
    }

    @Test func limitsHold() {
        let long = String(repeating: "a", count: AllowedSigners.lineBytesMax)
        #expect(Self.error("#" + long + "\n") == .malformedLine(1, reason: "too long"))
        #expect(Self.error("#" + long.dropFirst() + "\n") == nil)
        let lines = String(repeating: "#\n", count: AllowedSigners.linesMax)
        #expect(Self.error(lines) == nil)
        #expect(Self.error(lines + "#\n#") == .tooManyLines(max: AllowedSigners.linesMax))
        let bytes = String(repeating: "#", count: AllowedSigners.bytesMax + 1)
        #expect(Self.error(bytes) == .tooLong(max: AllowedSigners.bytesMax))
        let pattern = String(repeating: "a", count: 1023)
        #expect(Self.error("\(pattern) \(Self.key)\n") == .malformedLine(1, reason: "principals"))
        #expect(Self.error("\(pattern.dropFirst()) \(Self.key)\n") == nil)
    }

    @Test func everyCutOfALineIsReadOrRefused() {
        let line = #""a b" namespaces="x\"y",valid-after="20260101",cert-authority "# + Self.key
        for count in 0...line.utf8.count {
            let bytes = Array(line.utf8.prefix(count))
            let entries = (try? AllowedSigners(bytes: bytes))?.entries ?? []
            #expect(entries.isEmpty == (count < line.utf8.count))
        }
    }

    @Test(arguments: [
        ("*", "", true), ("*", "abc", true), ("?", "", false), ("a*c", "abbc", true),
        ("a*c", "abcd", false), ("*a*b", "xxaxxab", true), ("**", "x", true), ("a,b", "b", true),
        ("!b,*", "b", false), ("!b,*", "a", true), ("!b", "a", false), ("*,!b", "b", false),
        ("\u{E5}", "a\u{30A}", false), ("??", "\u{E5}", true),
    ])
    func patternsMatchByteByByte(pattern: String, text: String, expected: Bool) throws {
        let list = try #require(PatternList(Array(pattern.utf8)))
        #expect(list.matches(text) == expected)
    }

    /// Stars that are tried again and again would take longer than the universe lasts.
    @Test func aHostilePatternTakesNoTime() throws {
        let pattern = String(repeating: "*a", count: 500) + "b"
        let list = try #require(PatternList(Array(pattern.utf8)))
        #expect(!list.matches(String(repeating: "a", count: 10_000)))
    }

    @Test(arguments: [
        "", "2026", "20261301", "20260100", "20260229", "202601012400", "202601010060",
        "20260101000060", "2026010112", "20260101Zz", "Z", "19700101", "２０２６０１０１",
    ])
    func whatIsNoMomentIsNone(text: String) { #expect(SignerMoment(Array(text.utf8)) == nil) }

    @Test func aMomentHasItsParts() throws {
        let moment = try #require(SignerMoment(Array("20280229235958z".utf8)))
        #expect(moment.isUTC && moment.year == 2028 && moment.month == 2 && moment.day == 29)
        #expect(moment.hour == 23 && moment.minute == 59 && moment.second == 58)
        #expect(SignerMoment(Array("20260101".utf8))?.isUTC == false)
    }
}
