import SlussDomain
import SlussTerminal
import Testing

/// Both languages say everything, and fill in the same things.
@Suite struct TextsTests {
    @Test(arguments: TextKey.allCases)
    func everyTextIsThereInEveryLanguage(key: TextKey) {
        let texts = Language.allCases.map { Texts($0)(key) }
        #expect(texts.allSatisfy { !$0.isEmpty })
        let gaps = texts.map { text in
            text.split(separator: "{").dropFirst().compactMap {
                $0.split(separator: "}").first.map(String.init)
            }.sorted()
        }
        #expect(Set(gaps).count == 1)
    }

    @Test(arguments: TextKey.allCases)
    func noTextHasAnythingThatATerminalCouldActOn(key: TextKey) {
        for language in Language.allCases {
            let text = Texts(language)(key)
            #expect(DisplayText.line(text) == text)
        }
    }
}
