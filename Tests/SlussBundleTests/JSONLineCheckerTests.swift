import SlussBundle
import Testing
import _SlussTestSupport

/// Lines of JSON in pieces, each with its verdict.
@Suite struct JSONLineCheckerTests {
    private static func verdicts(
        _ bytes: [UInt8], pieces: Int = .max
    ) -> [JSONLineChecker.Fault?] {
        var checker = JSONLineChecker()
        var verdicts: [JSONLineChecker.Fault?] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            checker.accept(rest.prefix(pieces)) { verdicts.append($0) }
            rest = rest.dropFirst(pieces)
        }
        if let fault = checker.finish() { verdicts.append(fault) }
        return verdicts
    }

    private static let lines: [(String, JSONLineChecker.Fault?)] = [
        ("{}", nil), (#"{"å":[1,true,null,"😀"]}"#, nil), ("", .empty), (" ", .malformed),
        ("{}\r", .carriageReturn), ("{\r}", .carriageReturn), ("{", .malformed),
        (#"{"a":1,"a":1}"#, .duplicateKey), (#"{"a":1,"\u0061":2}"#, .duplicateKey),
        ("[1,]", .malformed), ("\u{FEFF}{}", .malformed), ("{}\u{0}", .malformed),
        (#""\u0000""#, .nulInText), (#""\ud800""#, .malformed), ("1.5", .number),
        (String(repeating: "9", count: 400), .number), ("{} {}", .malformed), ("nul", .malformed),
        (String(repeating: "[", count: 33) + String(repeating: "]", count: 33), .tooDeep),
        (String(repeating: "[", count: 31) + String(repeating: "]", count: 31), nil),
    ]

    @Test(arguments: [1, 2, 7, 1000, .max]) func everyLineHasItsVerdict(pieces: Int) {
        let bytes = Self.lines.flatMap { line -> [UInt8] in Array(line.0.utf8) + [10] }
        #expect(Self.verdicts(bytes, pieces: pieces) == Self.lines.map(\.1))
        #expect(
            Self.verdicts(bytes + [0x31], pieces: pieces) == Self.lines.map(\.1) + [.noLineFeed])
    }

    @Test func nothingIsNoLine() {
        #expect(Self.verdicts([]) == [])
        #expect(Self.verdicts([10]) == [.empty])
    }

    @Test(arguments: [4096, 1 << 16, .max]) func aLineHasALongestLength(pieces: Int) {
        let longest =
            Array("\"".utf8)
            + [UInt8](repeating: 0x61, count: BundleLimits.lineBytesMax - 2) + Array("\"".utf8)
        let longer = [0x20] + longest
        #expect(
            Self.verdicts(longest + [10] + longer + [10] + longest + [10], pieces: pieces)
                == [nil, .tooLong, nil])
        #expect(Self.verdicts(longer, pieces: pieces) == [.tooLong])
        #expect(Self.verdicts(longest, pieces: pieces) == [.noLineFeed])
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(Self.verdicts([0x22, 0xFF, 0x22, 10]) == [.malformed])
        #expect(Self.verdicts([0x22, 0x01, 0x22, 10]) == [.malformed])
    }
}
