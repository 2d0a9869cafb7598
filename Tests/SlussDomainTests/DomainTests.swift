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
        #expect(
            KindDefinition.meeting["item.k3.text"]?.policy == .locked(.keepAll, .signing))
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
