import Foundation
import Testing
import _SlussTestSupport

extension RealScreenTests {
    /// What comes from other computers.
    @Suite struct ForeignScreenTests {
        /// Lays the unit's bundle on the stick, answers at the central, and lays that beside it.
        private func exchange(_ place: Workplace, answer: String) throws {
            let stick = place.folder.path("stick")
            try place.sluss("unit", "export", "--output", stick)
            try place.sluss("central", "merge", stick)
            try place.sluss(
                "central", "idea", "answer", "OMS-SB-04-26-0001", answer)
            try place.sluss("central", "export", "--output", stick)
        }

        private func openStick(_ screen: TmuxScreen) async throws {
            try await screen.wait(for: "7 Stickan")
            try await screen.press("7", until: "/stick · ")
            try await screen.press("1", until: "1 Hämta svar och lämna vårt")
        }

        @Test func theStickBringsAnswersAndTakesOurs() async throws {
            let place = try Workplace(inNetwork: true)
            try place.sluss("unit", "idea", "add", "--problem", "Vagnen skramlar på natten.")
            try exchange(place, answer: "Tack, vi provar mjuka hjul.")
            try place.sluss("unit", "idea", "add", "--problem", "Porten är mörk på kvällen.")
            let screen = try TmuxScreen(place, ["--folder", place.folder.path("stick")])
            try await openStick(screen)
            try await screen.press("1", until: "[KLAR] Lagt på stickan: paket 2, ")
            for text in [
                "[KLAR] Inläst: paket 1 från Samordnaren.", "Nytt för oss: 1 svar",
                "OMS-SB-04-26-0001 Vagnen skramlar", "Läst tillbaka och kontrollerat.",
                "Centralen har bekräftat till och med paket 1.",
            ] {
                try await screen.wait(for: text)
            }
            try await screen.press("Enter", until: "2 Svar till oss (1 nytt)")
            try await screen.press("2", until: "NYTT SVAR")
            try await screen.press("1", until: "Tack, vi provar mjuka hjul.")
            try place.sluss("central", "merge", place.folder.path("stick"))
        }

        /// Escape sequences, controls and writing that turns round, in names of units and of files.
        @Test func nothingFromOutsideActsOnTheScreen() async throws {
            let place = try Workplace(inNetwork: true)
            try place.sluss("unit", "idea", "add", "--problem", "Vagnen skramlar på natten.")
            // Names that are typed are refused; these come as a forged bundle would bring them.
            let hostile =
                "' || char(27) || '[31m' || char(155) || '2J' || char(8238) || char(10, 7) || '"
            for store in ["central", "unit"] {
                try shell(
                    """
                    sqlite3 '\(place.folder.path(store))/sluss.sqlite' \
                    "UPDATE store SET name = '\(store) \(hostile) slut'"
                    """)
            }
            try exchange(place, answer: "Tack, vi provar mjuka hjul.")
            try place.folder.write([0], to: "stick/\u{1B}]0;ägd\u{7}\u{9B}2J\u{202E}.sluss")
            let screen = try TmuxScreen(
                place, ["--folder", place.folder.path("stick")], isRecorded: true)
            try await screen.wait(for: "SLUSS unit ‹U+001B›[31m‹U+009B›2J‹U+202E›⏎‹U+0007›")
            try await openStick(screen)
            try await screen.press("3", until: "[KLAR] Inläst: paket 1 från central ‹U+001B›")
            try await screen.wait(for: "‹U+001B›]0;ägd‹U+0007›")
            try await screen.wait(for: "‹U+202E›.sluss: Filen är inget")
            let text = String(decoding: try screen.recorded(), as: UTF8.self)
            // Escapes of ours only: no title, no reset, no right-to-left, no bell.
            #expect(!text.contains("\u{1B}]") && !text.contains("\u{1B}c"))
            #expect(!text.contains("\u{1B}[31m"))
            for scalar in text.unicodeScalars {
                #expect(!(0x80...0x9F).contains(scalar.value) && scalar != "\u{202E}")
                #expect(scalar != "\u{7}")
            }
        }
    }
}
