import SlussCore
import SlussDomain
import Testing
import _SlussTestSupport

/// What is looked for: the table of domain.md §8.2, line by line, read in 2026.
@Suite struct PersonalNumberScanTests {
    private static let today = Day(year: 2026, month: 3, day: 9) ?? Day(number: 0)

    /// A line of the table: what is written, and what it is.
    typealias Line = (text: String, level: PersonalNumberScan.Level?)

    private static let table: [Line] = [
        // Skatteverket's open test data.
        ("189001019802", .certain), ("190001019801", .certain), ("199001012385", .certain),
        ("199912282382", .certain), ("202312312388", .certain),
        // Leap days.
        ("200002292399", .certain), ("202002292387", .certain),
        // Separators.
        ("19900101-2385", .certain), ("19900101 2385", .certain), ("19 900101–2385", .certain),
        // Ten-digit forms of test numbers.
        ("900101-2385", .likely), ("640823-3234", .likely), ("900101+9802", .likely),
        // Bare.
        ("9001012385", .possible),
        // Coordination numbers.
        ("191401682396", .certain), ("198502862397", .certain), ("202201612393", .certain),
        // Unconfirmed birth dates: month 00, day 60.
        ("191500722390", .certain), ("199502602395", .certain),
        // Wrong check digit.
        ("199001012386", nil),
        // Month 13, day 32, 30 February.
        ("199013012385", nil), ("199001322385", nil), ("199002302385", nil),
        // Month 99.
        ("9999990006", nil),
        // A fictional mobile number that passes as a coordination number.
        ("0701740607", .possible),
        // Digits on both sides.
        ("1119900101238599", nil),
        // Date and clock time.
        ("20260112-0815", .possible),
        // The split of a telephone number is not six and four.
        ("070-174 06 07", nil), ("070-1740607", nil),
        ("", nil), ("Rum 12", nil),
    ]

    @Test(arguments: table.indices)
    func theTableHolds(line: Int) throws {
        let (number, level) = Self.table[line]
        #expect(PersonalNumberScan.level(of: number, today: Self.today) == level)
        // Alone, within a text, and behind letters that are more than one byte.
        for text in [number, "Senast gällde det \(number), ring.", "åäö€\(number)", "(\(number))"] {
            #expect(PersonalNumberScan.level(of: text, today: Self.today) == level, "\(text)")
            let findings = PersonalNumberScan.findings(in: text, today: Self.today)
            #expect(findings.count == (level == nil ? 0 : 1), "\(text)")
            guard let finding = findings.first else { continue }
            #expect(finding.level == level)
            #expect(Array(text[finding.range].utf8) == Array(number.utf8), "the whole number")
            #expect(finding.isProbablyOther == number.hasPrefix("07"))
            let masked = PersonalNumberScan.masked(text, today: Self.today)
            let expected = text.replacing(number, with: "▮▮▮▮▮▮-▮▮▮▮")
            #expect(Array(masked.utf8) == Array(expected.utf8))
        }
    }

    @Test(arguments: [
        ("１９９００１０１−２３８５", PersonalNumberScan.Level.certain),
        ("19900101\u{A0}2385", .certain), ("900101‑2385", .likely), ("900101 - 2385", .likely),
        ("900101＋9802", .likely),
    ])
    func otherDigitsSpacesAndHyphensAreBroughtToOneForm(
        text: String, level: PersonalNumberScan.Level
    ) {
        #expect(PersonalNumberScan.level(of: text, today: Self.today) == level)
        #expect(PersonalNumberScan.masked("x \(text)y", today: Self.today) == "x ▮▮▮▮▮▮-▮▮▮▮y")
    }

    @Test(arguments: [
        ("Tel 9001012385", true), ("tel: 9001012385", true), ("Tel.nr 9001012385", true),
        ("telefon på 9001012385", true), ("ring 9001012385", true), ("MOBIL-9001012385", true),
        ("Bg 9001012385", true), ("OCR nr 9001012385", true), ("art.nr: 9001012385", true),
        ("0701740607", true), ("nyttel 9001012385", false), ("partiet 9001012385", false),
        ("tel 1, 9001012385", false), ("ring\n9001012385", false),
        ("ring henne, 9001012385", false), ("nr 9001012385", false), ("9001012385 tel", false),
        ("boende 9001012385", false),
    ])
    func whatIsProbablyATelephonesNumberIsToldByWhatStandsBeforeIt(text: String, isOther: Bool) {
        let findings = PersonalNumberScan.findings(in: text, today: Self.today)
        #expect(findings.map(\.isProbablyOther) == [isOther])
        #expect(findings.map(\.level) == [.possible])
    }

    @Test func severalNumbersAreFoundInOrderAndMaskedByChoice() {
        let text = "Det gällde 19900101-2385, 640823-3234 och 9001012385; ring 0701740607."
        let findings = PersonalNumberScan.findings(in: text, today: Self.today)
        #expect(findings.map(\.level) == [.certain, .likely, .possible, .possible])
        #expect(findings.map(\.isProbablyOther) == [false, false, false, true])
        let masked = PersonalNumberScan.masked(text, today: Self.today) { $0.level >= .likely }
        #expect(
            masked == "Det gällde ▮▮▮▮▮▮-▮▮▮▮, ▮▮▮▮▮▮-▮▮▮▮ och 9001012385; ring 0701740607.")
        let most = PersonalNumberScan.masked(text, today: Self.today) { !$0.isProbablyOther }
        #expect(
            most == "Det gällde ▮▮▮▮▮▮-▮▮▮▮, ▮▮▮▮▮▮-▮▮▮▮ och ▮▮▮▮▮▮-▮▮▮▮; ring 0701740607.")
        #expect(PersonalNumberScan.level(of: masked, today: Self.today) == .possible)
        #expect(
            PersonalNumberScan.masked("inget här", today: Self.today) == "inget här")
    }

    /// Read with its century, and without: one number, as sure as the surer reading.
    @Test func aNumberWithASpaceBehindItsCenturyIsOne() {
        let findings = PersonalNumberScan.findings(in: "20 260112-0815", today: Self.today)
        #expect(findings.map(\.level) == [.likely])
        #expect(PersonalNumberScan.masked("20 260112-0815", today: Self.today) == "▮▮▮▮▮▮-▮▮▮▮")
    }

    @Test func whoeverIsBornAfterTomorrowIsNobodyYet() {
        func level(on day: String) -> PersonalNumberScan.Level? {
            Day(day).flatMap { PersonalNumberScan.level(of: "202312312388", today: $0) }
        }
        #expect(level(on: "2023-12-29") == nil)
        #expect(level(on: "2023-12-30") == .certain)
        #expect(level(on: "2026-03-09") == .certain)
        // A clock that says less than Sluss's own age is wrong, and decides nothing.
        for wrong in ["1970-01-01", "2001-01-01", "2022-12-31"] {
            #expect(level(on: wrong) == .certain)
            let stamp = Day(wrong).flatMap {
                PersonalNumberScan.level(of: "20260112-0815", today: $0)
            }
            #expect(stamp == .certain)
        }
    }

    @Test func aFindingHoldsNoDigits() {
        let text = "19900101-2385"
        for finding in PersonalNumberScan.findings(in: text, today: Self.today) {
            #expect(!"\(finding.level) \(finding.isProbablyOther)".contains("1990"))
        }
    }

    /// The look before the look never misses: compared with a plain count.
    @Test(arguments: UInt64(0)..<300)
    func nothingThatCanHoldANumberIsPassedOver(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let letters = Array("0123456789012345678a-\\".utf8)
        for count in 0..<40 {
            let bytes = (0..<count).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &generator)]
            }
            var (run, longest) = (0, 0)
            for byte in bytes {
                run = (0x30...0x39).contains(byte) ? run + 1 : 0
                longest = max(longest, run)
            }
            bytes.withUnsafeBufferPointer {
                #expect(PersonalNumberScan.mayHold($0) == (longest >= 6))
                #expect(PersonalNumberScan.mayHold(line: $0) == (longest >= 6))
            }
        }
    }

    @Test(arguments: [
        (#"{"set":{"problem":"19900101-2385"}}"#, true), ("{\"a\":\"１９９００１０１-2385\"}", true),
        (#"{"a":"\u0031\u0039900101-2385"}"#, true), (#"{"a":"\uff119900"}"#, true),
        (#"{"day":"2026-03-09","a":"Rad 1\n12345 åäö – 26-0007"}"#, false), ("", false),
        ("12345", false), ("123456", true), ("x123456", true), ("12345x12345", false),
    ])
    func aLineThatCanHoldOneIsTold(line: String, mayHold: Bool) {
        var line = line
        #expect(line.withUTF8 { PersonalNumberScan.mayHold(line: $0) } == mayHold)
    }

    /// Long texts with many digits take no time that grows with its square.
    @Test func manyDigitsAreNoMoreThanMany() {
        let text = String(repeating: "ring 9001012385 ", count: 20_000)
        #expect(PersonalNumberScan.findings(in: text, today: Self.today).count == 20_000)
        let digits = String(repeating: "9", count: 1_000_000)
        #expect(PersonalNumberScan.findings(in: digits, today: Self.today).isEmpty)
    }
}
