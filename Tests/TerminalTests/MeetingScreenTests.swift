import Foundation
import Testing
import _SlussTestSupport

extension RealScreenTests {
    /// A workplace meeting with colleagues around the screen.
    @Suite struct MeetingScreenTests {
        /// Writes a text that ends, and goes on to what is asked next.
        private func write(
            _ screen: TmuxScreen, _ digit: String, item: String, _ text: String, until next: String
        ) async throws {
            try await screen.press(digit, until: "Skriv numret")
            try screen.type(item)
            try await screen.press("Enter", until: "Skriv. Inget om enskilda.")
            try screen.answer(text)
            try await screen.wait(for: next)
        }

        @Test func fromStartToSignOffAndAddition() async throws {
            let place = try Workplace()
            let screen = try TmuxScreen(place)
            try await screen.wait(for: "3 APT")
            try await screen.press("3", until: "Inga anteckningar än.")
            try await screen.press("9", until: "Nytt möte")
            try await screen.press("1", until: "8 Klar eller justera")
            try await write(
                screen, "1", item: "6", "Vi provar röda brickan", until: "[KLAR] Sparat.")
            try await write(screen, "2", item: "5", "Låna glidlakan", until: "Vem fattade")
            try screen.type("enhetschef")
            try await screen.press("Enter", until: "inom chefens mandat")
            try await screen.press("2", until: "Vart ska det lyftas?")
            try await screen.press("1", until: "[KLAR] Sparat.")
            try await write(screen, "3", item: "5", "Hämta lakan", until: "Vem gör det?")
            try screen.type("kvällsgruppen")
            try await screen.press("Enter", until: "Klart senast?")
            try screen.type("14")
            try await screen.press("Enter", until: "senast 2026-03-23")
            try await screen.press("5", until: "Hur många var med?")
            try screen.type("9+6")
            try await screen.press("Enter", until: "Närvarande: 9 + 6")
            // A line becomes an idea; it stays in the note.
            try await screen.press("7", until: "Vilken rad?")
            try await screen.press("1", until: "Vad är problemet?")
            try screen.press("Enter", "Enter")
            try await screen.wait(for: "Har du en idé?")
            try await screen.press("Enter", until: "Vem lämnar idén?")
            try await screen.press("1", until: "Nummer OMS-SB-04-26-0001.")
            try await screen.press("9", until: "1 Lämna idé")
            try await screen.press("3", until: "1 APT 2026-03-09")
            try await screen.press("1", until: "8 Klar eller justera")
            try await screen.press("8", until: "2 Justera (två namn)")
            try await screen.press("2", until: "Ordförandens namn?")
            try screen.type("Eva")
            try await screen.press("Enter", until: "Justerarens namn?")
            try screen.type("Bo")
            try await screen.press("Enter", until: "[KLAR] Justerad och låst.")
            let locked = try await screen.wait(for: "1 Tillägg")
            #expect(!locked.contains("Skriv på en punkt"))
            try await screen.press("1", until: "Tillägg Skriv.")
            try screen.answer("Provet börjar v. 12")
            try await screen.wait(for: "[KLAR] Sparat.")
            try check(place)
        }

        private func check(_ place: Workplace) throws {
            let note = try place.sluss(
                "unit", "meeting", "show", "OMS-SB-04-APT-2026-03-09", "--json")
            for text in [
                "Vi provar röda brickan", "Låna glidlakan", "Hämta lakan", "2026-03-23",
                "kvällsgruppen", "samverkansgrupp", "Provet börjar v. 12", "Eva", "Bo",
            ] {
                #expect(note.contains("\"\(text)"), "\(text)")
            }
            #expect(try place.ideas().count == 1 && place.drafts().isEmpty)
        }
    }
}
