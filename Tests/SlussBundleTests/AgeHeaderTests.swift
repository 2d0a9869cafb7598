import Testing
import _SlussTestSupport

@testable import SlussBundle

/// What stands in a header, and what must not.
@Suite struct AgeHeaderTests {
    private static let me = AgeBox.identity(1)
    private static let key = AgeFileKey(bytes: Array("YELLOW SUBMARINE".utf8)) ?? AgeFileKey()

    /// A header of these lines with a right MAC, whatever they are.
    private static func header(_ lines: String) -> [UInt8] {
        let covered = Array(("age-encryption.org/v1\n" + lines + "---").utf8)
        let mac = CanonicalBase64.encode(AgeCrypto.headerMAC(key, covered), padded: false)
        return covered + [UInt8(ascii: " ")] + mac + [UInt8(ascii: "\n")]
    }

    private static func error(_ bytes: [UInt8]) -> AgeError? {
        AgeBox.open(bytes, [me]).failure
    }

    private static let stanza: String = {
        let header = try? AgeHeader(recipients: [me.recipient], fileKey: key)
        return String(decoding: header?.stanzas.flatMap(\.text) ?? [], as: UTF8.self)
    }()

    private static func isMalformed(_ error: AgeError?) -> Bool {
        if case .malformedHeader = error { true } else { false }
    }

    /// Parts of the stanza, to be put together wrongly.
    private static var lines: [String] {
        stanza.split(separator: "\n").map(String.init)
    }

    @Test func aHeaderInPiecesIsTheSameHeader() throws {
        let whole = Self.header("-> new a b\n\n" + Self.stanza + "-> x\nAAAA\n")
        var reader = AgeHeaderReader()
        for (index, byte) in whole.enumerated() {
            let done = try reader.accept([byte])
            #expect((done != nil) == (index == whole.count - 1))
            if let done {
                #expect(done.header.bytes == whole && done.rest.isEmpty)
                #expect(try done.header.unlock(identities: [Self.me]) == Self.key)
            }
        }
        var again = AgeHeaderReader()
        let (header, rest) = try #require(try again.accept((whole + [1, 2, 3])[...]))
        #expect(header.bytes == whole && Array(rest) == [1, 2, 3])
    }

    @Test func stanzasOfOtherKindsArePassedOver() {
        let long = String(repeating: "a", count: 4000)
        for other in [
            "-> a\n\n", "-> \(long)\n\(String(repeating: "A", count: 64))\n\n",
            "-> x25519 b\nAAAA\n",
        ] {
            let file = Self.header(other + Self.stanza) + AgeBox.seal([], header: [], Self.key)
            #expect(AgeBox.open(file, [Self.me]) == .success([]))
        }
        #expect(Self.error(Self.header("-> a\n\n")) == .noMatchingKey)
    }

    @Test func whatIsNoHeaderIsRefusedByName() {
        #expect(Self.error([]) == .notAge)
        #expect(Self.error(Array("hej\n".utf8)) == .notAge)
        #expect(Self.error([0x28, 0xB5, 0x2F, 0xFD]) == .notAge)
        #expect(Self.error(Array("age-encryption.org/v2\n".utf8)) == .unsupportedVersion)
        #expect(Self.error(Array("age-encryption.org/v11\n".utf8)) == .unsupportedVersion)
        #expect(Self.error(Array("age-encryption.org/v1".utf8)) == .truncated)
        #expect(Self.isMalformed(Self.error(Array("age-encryption.org/v1\r\n".utf8))))
        #expect(Self.isMalformed(Self.error(Array("age-encryption.org/\n".utf8))))
        #expect(Self.error(Self.header(Self.stanza).dropLast()) == .truncated)
    }

    @Test func brokenLinesAreRefused() {
        let lines = Self.lines
        let full = String(repeating: "A", count: 64)
        let broken = [
            "", "->\n\n", "-> \n\n", "->  a\n\n", "-> a \n\n", "-> a  b\n\n", "->a\n\n", "- a\n\n",
            "> a\n\n", "-> a\u{E5}\n\n", "-> a\tb\n\n", "-> a\r\n\n", "\n", "-> a\n\(full)\n",
            "-> a\n\(full)A\n\n", "-> a\nAAA=\n", "-> a\nAAAAB\n", "-> a\nAB\n", "-> a\nAA A\n",
            "-> a\nAA\r\n", "-> a\nAAAA\nAAAA\n", "\(lines[0]) a\n\(lines[1])\n",
            "-> X25519\n\(lines[1])\n", "-> X25519 AAAA\n\(lines[1])\n",
            "\(lines[0])=\n\(lines[1])\n", "\(lines[0])\n\n",
            "\(lines[0])\n\(lines[1].dropLast(3))\n",
            "\(lines[0])\n\(full)\n\n", "\(lines[0])\n\(lines[1])=\n",
        ]
        for lines in broken {
            #expect(Self.isMalformed(Self.error(Self.header(lines))), "\(lines)")
        }
    }

    @Test func aBrokenMACLineIsRefused() {
        let good = Self.header(Self.stanza)
        let body = String(decoding: good.dropLast(45), as: UTF8.self)
        let mac = String(decoding: good.suffix(44).dropLast(), as: UTF8.self)
        for line in [
            "\(mac)", "  \(mac)", " \(mac) ", " \(mac)=", " \(mac.dropLast())", " ", "",
            " \(mac)\r", " \(mac)A",
        ] {
            #expect(Self.isMalformed(Self.error(Array((body + line + "\n").utf8))), "\(line)")
        }
        let other = String(repeating: "A", count: 43)
        #expect(Self.error(Array("\(body) \(other)\n".utf8)) == .headerMACMismatch)
        // A stanza put before, with the file's own MAC: whoever has no key cannot do better.
        let mixed = "age-encryption.org/v1\n-> a\n\n\(Self.stanza)--- \(mac)\n"
        #expect(Self.error(Array(mixed.utf8)) == .headerMACMismatch)
    }

    @Test func scryptStanzasAreStrictAndAlone() throws {
        let passphrase = try #require(AgePassphrase("a"))
        let header = try AgeHeader(passphrase: passphrase, workFactor: 4, fileKey: Self.key)
        let stanza = String(decoding: header.stanzas.flatMap(\.text), as: UTF8.self)
        func refusal(_ lines: String) -> AgeError? {
            AgeBox.open(Self.header(lines), passphrase).failure
        }
        #expect(refusal(stanza) == .truncated)
        for factor in ["0", "04", "+4", "-4", "0x4", "4a", "a4", "٤", "4 4", ""] {
            let lines = stanza.replacing(" 4\n", with: " \(factor)\n")
            #expect(Self.isMalformed(refusal(lines)), "\(factor)")
        }
        for lines in [stanza + stanza, stanza + Self.stanza, "-> a\n\n" + stanza] {
            #expect(Self.isMalformed(refusal(lines)))
        }
        #expect(refusal(stanza.replacing("scrypt", with: "Scrypt")) == .noMatchingKey)
    }

    /// F61: a work factor that would take minutes is refused when the header is read.
    @Test func aWorkFactorAboveTheLimitIsRefusedAtOnce() throws {
        let passphrase = try #require(AgePassphrase("a"))
        let header = try AgeHeader(passphrase: passphrase, workFactor: 4, fileKey: Self.key)
        let stanza = String(decoding: header.stanzas.flatMap(\.text), as: UTF8.self)
        let took = processorTime {
            for (factor, found) in [
                ("21", 21), ("30", 30), ("64", 64), ("18446744073709551620", Int.max),
            ] {
                let lines = stanza.replacing(" 4\n", with: " \(factor)\n")
                #expect(
                    AgeBox.open(Self.header(lines), passphrase)
                        == .failure(.workFactorTooHigh(found: found, max: 20)))
            }
        }
        #expect(took < .seconds(1))
    }

    @Test func aShareThatFitsEveryKeyIsRefused() {
        let zeros = String(repeating: "A", count: 43)
        let lines = "-> X25519 \(zeros)\n\(Self.lines[1])\n"
        #expect(Self.isMalformed(Self.error(Self.header(lines))))
    }

    @Test func aHeaderHasLimits() {
        let start = "age-encryption.org/v1\n"
        let other = "-> a\n\n"
        #expect(Self.error(Self.header(String(repeating: other, count: 64))) == .noMatchingKey)
        #expect(Self.isMalformed(Self.error(Self.header(String(repeating: other, count: 65)))))
        let line = "-> " + String(repeating: "a", count: AgeLimits.lineBytesMax - 3)
        #expect(Self.error(Array((start + line).utf8)) == .truncated)
        #expect(Self.error(Array((start + line + "\n").utf8)) == .truncated)
        #expect(Self.isMalformed(Self.error(Array((start + line + "a").utf8))))
        let body =
            "-> a\n" + String(repeating: String(repeating: "A", count: 64) + "\n", count: 1100)
        #expect(Self.isMalformed(Self.error(Array((start + body).utf8))))
        #expect(Self.isMalformed(Self.error(Self.header(body + "\n"))))
    }
}

extension AgeBox {
    /// A payload behind whatever stands for a header.
    static func seal(_ plain: [UInt8], header: [UInt8], _ key: AgeFileKey) -> [UInt8] {
        var sealer = AgeStreamSealer(key)
        return header + sealer.seal(plain) + sealer.finish()
    }
}
