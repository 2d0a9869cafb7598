import Foundation
import Testing
import _SlussTestSupport

extension RealScreenTests {
    /// Handing in an idea, and typing it.
    @Suite struct IdeaScreenTests {
        /// Goes from the start to the question what the problem is.
        private func question(_ screen: TmuxScreen) async throws {
            try await screen.wait(for: "1 Lämna idé")
            try await screen.press("1", until: "Vad vill du berätta?")
            try await screen.press("1", until: "Vad är problemet?")
        }

        @Test func anIdeaInThirtySeconds() async throws {
            let place = try Workplace()
            let screen = try TmuxScreen(place)
            try await question(screen)
            try screen.answer("Vagnen skramlar på natten")
            try await screen.wait(for: "Har du en idé?")
            try screen.answer("mjuka hjul")
            try await screen.wait(for: "3 Anonym")
            try await screen.press("3", until: "[KLAR] Sparat. Nummer OMS-SB-04-26-0001.")
            let receipt = try await screen.wait(for: "Din kod: ")
            #expect(receipt.contains(/Din kod: \p{Lu}+-\d+/) && receipt.contains("23 mars"))
            let idea = try #require(try place.ideas().first)
            #expect(idea["problem"] as? String == "Vagnen skramlar på natten")
            #expect(idea["solution"] as? String == "mjuka hjul")
            #expect(idea["number"] as? String == "OMS-SB-04-26-0001")
            #expect(try place.drafts().isEmpty)
        }

        /// An å that a Mac or a phone has sent as two characters is one for whoever deletes it.
        @Test func aComposedCharacterIsDeletedAsOne() async throws {
            let place = try Workplace()
            let screen = try TmuxScreen(place)
            try await question(screen)
            try screen.type("Vagnen på natten, sma\u{30A}")
            try await screen.wait(for: "små")
            try await screen.press("BSpace", until: "natten, sm ")
            try screen.type("örja")
            try await screen.wait(for: "natten, smörja")
            try screen.press("Enter", "Enter")
            try await screen.wait(for: "Har du en idé?")
            try screen.press("Enter")
            try await screen.press("1", until: "Sparat")
            let problem = try #require(try place.problems().first)
            #expect(problem.unicodeScalars.elementsEqual("Vagnen på natten, smörja".unicodeScalars))
        }

        @Test func swedishLettersDoNotNeedALocale() async throws {
            let place = try Workplace()
            let screen = try TmuxScreen(place, settings: ["LC_ALL": "C", "LANG": "C"])
            try await question(screen)
            try screen.type("Åsa bär öl i Luleå")
            try await screen.wait(for: "> Åsa bär öl i Luleå")
            #expect(try screen.screen().hasPrefix("Lämna idé"))
        }

        /// What comes as keys, as fast as the terminal can, is not thinned out.
        @Test func fastTypingLosesNothing() async throws {
            let place = try Workplace()
            let screen = try TmuxScreen(place)
            try await question(screen)
            let lines = (1...12).map {
                "Rad \($0): vagnen på övervåningen skramlar och väcker alla"
            }
            for line in lines {
                try screen.type(line)
                try screen.press("Enter")
            }
            try screen.press("Enter")
            try await screen.wait(for: "Har du en idé?")
            try screen.press("Enter")
            try await screen.press("1", until: "Sparat")
            #expect(try place.problems() == [lines.joined(separator: "\n")])
        }

        @Test func aHugePasteIsRefusedWithNothingLost() async throws {
            let place = try Workplace()
            let screen = try TmuxScreen(place)
            try await question(screen)
            let line = "Vagnen på övervåningen skramlar; åäö ÅÄÖ "
            let text = "Början. " + String(repeating: line, count: 2300) + "Slutet."
            #expect(text.utf8.count > 100_000 && text.count < 100_000)
            try screen.paste(text)
            try await screen.wait(for: "Slutet.")
            try screen.press("Enter", "Enter")
            try await screen.wait(
                for: "[FÖR LÅNGT] Texten har \(text.count) tecken. 1000 får plats.")
            try await screen.wait(for: "Slutet.")
            try screen.press("Enter")
            try screen.type("0")
            try await screen.press("Enter", until: "Sluss är låst")
            try await screen.press("1", until: "sparad")
            try await screen.press("1", until: "Fortsätt")
            try await screen.press("1", until: "första ord")
            try screen.type("början")
            try await screen.press("Enter", until: "Slutet.")
            try screen.press("Enter", "Enter")
            try await screen.wait(for: "Texten har \(text.count) tecken")
        }

        @Test(arguments: [["NO_COLOR": "1"], [:]])
        func noColourWhereNoneIsWanted(settings: [String: String]) async throws {
            let place = try Workplace()
            let arguments = settings.isEmpty ? ["--high-contrast"] : []
            let screen = try TmuxScreen(place, arguments, settings: settings, isRecorded: true)
            try await question(screen)
            try screen.answer("kort")
            try await screen.wait(for: "[FEL] Skriv lite mer")
            let shown = String(decoding: try screen.recorded(), as: UTF8.self)
            // Colours of the text or behind it; 2 is faint.
            #expect(!shown.contains(/\u{1B}\[(\d+;)*(3[0-7]|4[0-7]|9[0-7])(;\d+)*m/))
            #expect(settings["NO_COLOR"] != nil || !shown.contains(/\u{1B}\[(\d+;)*2(;\d+)*m/))
        }

        /// The test above can fail.
        @Test func aWarningIsColouredElsewhere() async throws {
            let screen = try TmuxScreen(Workplace(), isRecorded: true)
            try await question(screen)
            try screen.answer("kort")
            try await screen.wait(for: "[FEL] Skriv lite mer")
            let shown = String(decoding: try screen.recorded(), as: UTF8.self)
            #expect(shown.contains(/\u{1B}\[(\d+;)*3[0-7](;\d+)*m/))
        }
    }
}
