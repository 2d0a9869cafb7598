import Foundation
import Testing
import _SlussTestSupport

extension RealScreenTests {
    /// What may happen to a text before it is handed in.
    @Suite struct LossScreenTests {
        private func write(_ screen: TmuxScreen, lines: [String], rest: String) async throws {
            try await screen.wait(for: "1 Lämna idé")
            try await screen.press("1", until: "Vad vill du berätta?")
            try await screen.press("1", until: "Vad är problemet?")
            for line in lines {
                try screen.type(line)
                try screen.press("Enter")
            }
            try screen.type(rest)
            try await screen.wait(for: "> \(rest)")
        }

        /// Opens the only thing that nobody in particular has begun.
        private func reopen(_ screen: TmuxScreen, firstWord: String) async throws {
            try await screen.wait(for: "9 Fortsätt det du började skriva")
            try await screen.press("9", until: "sparad")
            try await screen.press("1", until: "1 Fortsätt")
            try await screen.press("1", until: "första ord")
            try screen.type(firstWord)
            try await screen.press("Enter", until: "Vad är problemet?")
        }

        @Test func afterKillEveryFinishedLineIsThere() async throws {
            let place = try Workplace()
            let screen = try TmuxScreen(place)
            try await write(
                screen, lines: ["Vagnen skramlar", "varje natt", "på övervåningen"], rest: "och")
            try screen.signal(SIGKILL)
            #expect(["", "9"].contains(try await screen.ended()))
            let again = try TmuxScreen(place)
            try await reopen(again, firstWord: "vagnen")
            let shown = try await again.wait(for: "> på övervåningen")
            #expect(shown.contains("> Vagnen skramlar\n> varje natt\n"))
        }

        @Test(arguments: [SIGHUP, SIGTERM, 0])
        func whenTheWindowGoesTheWholeTextIsKept(signal: Int32) async throws {
            let place = try Workplace()
            let screen = try TmuxScreen(place)
            try await write(screen, lines: ["Vagnen skramlar"], rest: "och ingen sover")
            if signal == 0 {
                let process = try screen.process()
                try screen.closeWindow()
                try await waitUntil("the client's end") {
                    TmuxScreen.hasEnded(process)
                }
            } else {
                try screen.signal(signal)
                #expect(["", "0"].contains(try await screen.ended()))
            }
            let again = try TmuxScreen(place)
            try await reopen(again, firstWord: "Vagnen")
            try await again.wait(for: "> och ingen sover")
        }

        @Test func noSizeOfTheWindowHarmsAText() async throws {
            let place = try Workplace()
            let screen = try TmuxScreen(place)
            try await write(screen, lines: ["Vagnen skramlar på natten"], rest: "och 漢字 Åsa vaknar")
            for round in 1...3 {
                for (columns, rows) in [
                    (1, 1), (200, 50), (2, 2), (40, 12), (3, 60), (130, 1), (7, 5), (80, 24),
                ] {
                    try screen.resize(columns, rows)
                    if round == 2 { try screen.press("Left", "Right") }
                }
            }
            try await screen.wait(for: "> och 漢字 Åsa vaknar")
            try screen.resize(1, 1)
            try screen.type("!")
            try screen.press("Enter", "Enter", "Enter")
            try screen.resize(80, 24)
            try await screen.wait(for: "Vem lämnar idén?")
            try await screen.press("1", until: "Sparat")
            #expect(
                try place.problems() == ["Vagnen skramlar på natten\noch 漢字 Åsa vaknar!"])
        }

        @Test func theNextPersonSeesNothingAndTheFirstGetsItBack() async throws {
            let place = try Workplace()
            let screen = try TmuxScreen(place)
            try await screen.wait(for: "1 Lämna idé")
            try await screen.press("0", until: "9 Ny person")
            try await screen.press("9", until: "Vad ska det stå?")
            try screen.type("Bo")
            try await screen.press("Enter", until: "4 till 8 siffror")
            try screen.type("4711")
            try await screen.press("Enter", until: "en gång till")
            try screen.type("4711")
            try await screen.press("Enter", until: "vårdboende · Bo")
            try await screen.press("1", until: "Vad vill du berätta?")
            try await screen.press("1", until: "Vad är problemet?")
            try screen.type("Vagnen skramlar")
            try screen.press("Enter")
            try screen.type("0")
            try await screen.press("Enter", until: "Sluss är låst")
            #expect(try !screen.screenAndHistory().contains("Vagnen"))
            // The next person, in nobody's name.
            try await screen.press("1", until: "1 Lämna idé")
            let start = try await screen.wait(for: "0 Lås eller byt person")
            #expect(!start.contains("Fortsätt") && !start.contains("Vagnen"))
            // Somebody tries to be Bo.
            try await screen.press("0", until: "2 Bo")
            try await screen.press("2", until: "Pinkod för Bo")
            try screen.type("1234")
            try await screen.wait(for: "****")
            try await screen.press("Enter", until: "[FEL] Fel pinkod")
            #expect(try !screen.screen().contains("1234"))
            try screen.type("4711")
            try await screen.press("Enter", until: "> Vagnen skramlar")
            try screen.press("Enter")
            try await screen.wait(for: "Har du en idé?")
        }

        /// A disk that is full is said, the text stays, and goes through once there is room.
        @Test func aFullDiskCostsNothing() async throws {
            let place = try Workplace()
            let mount = try place.folder.folder("disk")
            let script = """
                mount -t tmpfs -o size=4m tmpfs '\(mount)' && cp -a '\(place.folder.path("unit"))' \
                '\(mount)/unit' && exec "$@" --store '\(mount)/unit'
                """
            let screen = try TmuxScreen(
                place, wrapper: ["unshare", "-rm", "bash", "-c", script, "bash"])
            try await screen.wait(for: "1 Lämna idé")
            let inside = "/proc/\(try screen.process())/root\(mount)"
            let fill = "{ cat /dev/zero > '\(inside)/fill'; } 2>/dev/null || true"
            try await screen.press("1", until: "Vad vill du berätta?")
            try await screen.press("1", until: "Vad är problemet?")
            try shell(fill)
            try screen.type("Vagnen skramlar")
            try await screen.press("Enter", until: "[FEL] Texten kunde inte sparas på disken.")
            try screen.press("Enter")
            try await screen.wait(for: "Har du en idé?")
            try await screen.press("Enter", until: "Vem lämnar idén?")
            try await screen.press("1", until: "1 Försök igen")
            let said = try await screen.wait(for: "[FEL] ")
            #expect(!said.contains("Sparat. Nummer"))
            // Somebody calls: the text goes behind the lock and comes back, all in memory.
            try await screen.press("0", until: "Sluss är låst")
            #expect(try !screen.screen().contains("Vagnen"))
            try await screen.press("1", until: "1 Idé, ")
            try await screen.press("1", until: "1 Fortsätt")
            try await screen.press("1", until: "första ord")
            try screen.type("vagnen")
            try await screen.press("Enter", until: "Vad är problemet?")
            try shell("rm '\(inside)/fill'")
            try screen.press("Enter", "Enter")
            try await screen.wait(for: "Har du en idé?")
            try await screen.press("Enter", until: "Vem lämnar idén?")
            try await screen.press("1", until: "[KLAR] Sparat. Nummer OMS-SB-04-26-0001.")
        }

        @Test func aStoreThatAnotherProcessHoldsIsWaitedFor() async throws {
            let place = try Workplace()
            let screen = try TmuxScreen(place)
            try await write(screen, lines: [], rest: "Vagnen skramlar på natten")
            try screen.press("Enter", "Enter")
            try await screen.wait(for: "Har du en idé?")
            let holder = Process()
            holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
            holder.arguments = ["-F", place.folder.path("unit/lock"), "sleep", "900"]
            try holder.run()
            defer { kill(holder.processIdentifier, SIGKILL) }
            try await waitUntil("the lock is held") {
                try run("/usr/bin/flock", ["-n", place.folder.path("unit/lock"), "true"]).status
                    == 1
            }
            try await screen.press("Enter", until: "Vem lämnar idén?")
            try await screen.press("1", until: "1 Försök igen")
            try await screen.wait(for: "[FEL] ")
            #expect(try place.drafts().count == 1)
            kill(holder.processIdentifier, SIGKILL)
            holder.waitUntilExit()
            try await screen.press("1", until: "[KLAR] Sparat.")
        }
    }
}
