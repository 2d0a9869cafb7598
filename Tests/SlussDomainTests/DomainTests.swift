import SlussCore
import SlussDomain
import Testing

@Suite struct IdeaNumberTests {
    @Test(arguments: ["OMS-SB-04-26-0001", "OMS-SB-04-26-0013B", "TEK-KO-01-05-12345"])
    func numbersComeBackAsWritten(text: String) {
        #expect(IdeaNumber(text)?.description == text)
    }

    @Test(arguments: [
        "OMS-SB-04-26-001", "OMS-SB-04-2026-0001", "OMS-SB-04-26-0000", "OMS-SB-04-26-0001A",
        "OMS-SB-04-26-0001BB", "oms-sb-04-26-0001", "OMS-SB-04-26-00012", "", "OMS-SB-04--1-0001",
    ])
    func whatIsNoNumberIsRefused(text: String) {
        #expect(IdeaNumber(text) == nil)
    }

    @Test func theFirstMachineHasNoLetter() {
        #expect(MachineLetter("A") == .first)
        #expect(MachineLetter("") == .first)
        #expect(MachineLetter("B")?.suffix == "B")
        #expect(MachineLetter("b") == nil)
        #expect(MachineLetter("AB") == nil)
    }
}

@Suite struct SpokenCodeTests {
    @Test func theListHas256DifferentWords() {
        #expect(WordList.words.count == 256)
        #expect(Set(WordList.words.map { Array($0.utf8) }).count == 256)
        #expect(WordList.words.allSatisfy { (2...9).contains($0.count) })
    }

    @Test func aWordMisheardIsNoticed() throws {
        let digest = try #require(Digest(String(repeating: "a1b2c3d4", count: 8)))
        let words = SpokenCode(digest).words
        #expect(SpokenCode.isPlausible(words))
        for place in 0..<4 {
            for word in WordList.words where word != words[place] {
                var misheard = words
                misheard[place] = word
                #expect(!SpokenCode.isPlausible(misheard), "\(misheard)")
            }
        }
    }

    @Test func receiptCodesAreReadAsPeopleTypeThem() {
        #expect(ReceiptCode(typed: "kanel 47")?.description == "KANEL-47")
        #expect(ReceiptCode(typed: "Björk-12")?.description == "BJÖRK-12")
        #expect(ReceiptCode(typed: "KANEL") == nil)
        #expect(ReceiptCode(typed: "QWERTY-12") == nil)
    }
}

/// The table of domain.md §8.2, read in 2026.
@Suite struct PersonalNumberScanTests {
    private static let today = Day(year: 2026, month: 3, day: 9) ?? Day(number: 0)

    @Test(arguments: [
        "189001019802", "190001019801", "199001012385", "199912282382", "202312312388",
        "200002292399", "202002292387", "19900101-2385", "19900101 2385", "19 900101–2385",
        "191401682396", "198502862397", "202201612393", "191500722390", "199502602395",
    ])
    func twelveDigitsAreCertain(text: String) {
        #expect(PersonalNumberScan.level(of: text, today: Self.today) == .certain)
        #expect(
            PersonalNumberScan.level(of: "Senast gällde det \(text), ring.", today: Self.today)
                == .certain)
    }

    @Test(arguments: ["900101-2385", "640823-3234", "900101+9802"])
    func tenDigitsWithASeparatorAreLikely(text: String) {
        #expect(PersonalNumberScan.level(of: text, today: Self.today) == .likely)
    }

    @Test(arguments: ["9001012385", "0701740607", "20260112-0815"])
    func bareTenDigitsAndTimeStampsArePossible(text: String) {
        #expect(PersonalNumberScan.level(of: text, today: Self.today) == .possible)
    }

    @Test(arguments: [
        "199001012386", "199013012385", "199001322385", "199002302385", "9999990006",
        "1119900101238599", "070-174 06 07", "", "Rum 12",
    ])
    func otherDigitsAreNothing(text: String) {
        #expect(PersonalNumberScan.level(of: text, today: Self.today) == nil)
    }

    @Test func whoeverIsBornAfterTomorrowIsNobodyYet() {
        let early = Day(year: 2019, month: 1, day: 1) ?? Day(number: 0)
        #expect(PersonalNumberScan.level(of: "202312312388", today: early) != .certain)
    }
}

@Suite struct DisplayTextTests {
    @Test(arguments: [
        ("\u{1B}[31mröd", "‹U+001B›[31mröd"), ("a\u{7}b", "a‹U+0007›b"),
        ("\u{202E}omvänd", "‹U+202E›omvänd"), ("a\u{200B}b", "a‹U+200B›b"), ("a\nb", "a⏎b"),
        ("a\r\nb", "a‹U+000D›⏎b"), ("a\tb", "a‹U+0009›b"), ("\u{9B}31m", "‹U+009B›31m"),
        ("åäö €", "åäö €"), ("שלום", "שלום"),
    ])
    func whatCouldActOnTheScreenIsMadeVisible(text: String, shown: String) {
        #expect(Array(DisplayText.line(text).utf8) == Array(shown.utf8))
    }

    @Test func linesStayInABlock() {
        #expect(DisplayText.block("a\nb\u{1B}") == "a\nb‹U+001B›")
    }

    @Test(arguments: [
        ("=1+1", "\"'=1+1\""), ("+1", "\"'+1\""), ("-1", "\"'-1\""), ("@SUM(A1)", "\"'@SUM(A1)\""),
        ("\tx", "\"'‹U+0009›x\""), ("a\"b", "\"a\"\"b\""), ("=\u{301}1", "\"'=\u{301}1\""),
        ("vanlig", "\"vanlig\""),
    ])
    func textStaysTextInASpreadsheet(text: String, field: String) {
        #expect(Array(CSVField.encode(text).utf8) == Array(field.utf8))
    }
}

@Suite struct KindDefinitionTests {
    @Test func everyFieldHasWordsInBothLanguages() {
        for kind in KindDefinition.all.values {
            #expect(!kind.label.swedish.isEmpty && !kind.label.english.isEmpty)
        }
        #expect(KindDefinition.meeting["item.k3.text"]?.policy == .keepAll)
        #expect(KindDefinition.meeting["item.k3.unheard"] == nil)
        #expect(KindDefinition.idea["assessment.3"]?.policy == .perWriter)
    }

    @Test func choicesAreReadInBothLanguagesWithoutRegardToCapitals() {
        #expect(IdeaStatus(typed: "införd") == .inUse)
        #expect(IdeaStatus(typed: "In Use") == .inUse)
        #expect(IdeaStatus(typed: "in-use") == .inUse)
        #expect(IdeaStatus(typed: "nästan") == nil)
        #expect(Role(typed: "Enhetschef") == .manager)
        #expect(Set(IdeaStatus.allCases.map(\.phrase.swedish)).count == 17)
    }
}
