import Foundation
import Testing
import _SlussTestSupport

extension RealScreenTests {
    /// The coordinator at the central's own store.
    @Suite struct DeskScreenTests {
        private static let number = "OMS-SB-04-26-0001"

        /// A unit and the central have said different things of the same idea, and the central has
        /// merged.
        private func workplace() throws -> Workplace {
            let place = try Workplace(inNetwork: true)
            let stick = place.folder.path("stick")
            try place.sluss("unit", "idea", "add", "--problem", "Vagnen skramlar på natten.")
            try place.sluss("unit", "export", "--output", stick)
            try place.sluss("central", "merge", stick)
            try place.sluss(
                "unit", "idea", "edit", Self.number, "--problem", "Vagnen skramlar hela natten.")
            try place.sluss(
                "central", "idea", "edit", Self.number, "--problem",
                "Vagnen skramlar på natten och väcker alla.")
            try bringToCentral(place)
            return place
        }

        /// Takes what the unit has written to the central, where it is in conflict.
        private func bringToCentral(_ place: Workplace) throws {
            let stick = place.folder.path("stick")
            try place.sluss("unit", "export", "--output", stick)
            // 3: done, and a person must look.
            let merged = try run(
                Workplace.programs + "/sluss", ["merge", stick, "--today", Workplace.today],
                environment: place.environment(store: "central"))
            try #require(merged.status == 3)
        }

        private func desk(_ place: Workplace, columns: Int = 80, rows: Int = 24) throws
            -> TmuxScreen
        {
            try TmuxScreen(
                place, columns: columns, rows: rows,
                settings: ["SLUSS_STORE": place.folder.path("central")])
        }

        private func conflicts(_ place: Workplace) throws -> [[String: Any]] {
            let list = try JSONSerialization.jsonObject(
                with: Data(try place.sluss("central", "conflicts", "list", "--json").utf8))
            return try #require(list as? [[String: Any]])
        }

        private func problem(_ place: Workplace) throws -> String? {
            let idea = try JSONSerialization.jsonObject(
                with: Data(
                    try place.sluss("central", "idea", "show", Self.number, "--json").utf8))
            return (idea as? [String: Any])?["problem"] as? String
        }

        private func open(_ screen: TmuxScreen) async throws {
            try await screen.wait(for: "OLIKA BESKED på 1 ställe väntar på dig.")
            try await screen.press("1", until: "1 OMS-SB-04-26-0001 – problem/behov")
            try await screen.press("1", until: "Nr 1 gäller")
        }

        @Test(arguments: [(80, 24), (40, 12)])
        func pickedWithAReason(columns: Int, rows: Int) async throws {
            let place = try workplace()
            let values = try #require(try conflicts(place).first?["values"] as? [[String: Any]])
            let screen = try desk(place, columns: columns, rows: rows)
            try await open(screen)
            if columns == 80 {
                let shown = try screen.screen()
                for text in ["Från början:", "{+hela+}", "{+natten och väcker alla.+}", " │ "] {
                    #expect(shown.contains(text), "\(text)")
                }
            }
            try await screen.press("2", until: "Varför?")
            try await screen.press("Enter", until: "[FEL] Skriv varför.")
            try screen.type("så är det")
            try await screen.press("Enter", until: "[KLAR] Avgjort: OMS-SB-04-26-0001")
            try await screen.wait(for: "Inga olika besked. Allt är avgjort.")
            #expect(try conflicts(place).isEmpty)
            #expect(try problem(place) == values[1]["value"] as? String)
            let history = try JSONSerialization.jsonObject(
                with: Data(
                    try place.sluss("central", "history", Self.number, "--json").utf8))
            let last = try #require((history as? [[String: Any]])?.last)
            #expect(last["reason"] as? String == "så är det")
            #expect(last["role"] as? String == "coordinator")
        }

        @Test func aThirdValue() async throws {
            let place = try workplace()
            let screen = try desk(place)
            try await open(screen)
            try await screen.press("e", until: "Skriv det som ska gälla.")
            try screen.type(" Mest på helgen.")
            try screen.press("Enter", "Enter")
            try await screen.wait(for: "Nytt värde:")
            try screen.type("båda har rätt")
            try await screen.press("Enter", until: "[KLAR] Avgjort")
            #expect(try conflicts(place).isEmpty)
            #expect(try problem(place)?.hasSuffix(". Mest på helgen.") == true)
        }

        @Test func putOffAndTakenUpAgain() async throws {
            let place = try workplace()
            let screen = try desk(place)
            try await open(screen)
            try await screen.press("d", until: "Skjuts upp.")
            try screen.type("ring 19900101-2385")
            try await screen.press("Enter", until: "personnummer")
            #expect(try conflicts(place).first?["deferred"] is NSNull)
            for _ in 0..<13 { try screen.press("BSpace") }
            try screen.type("enheten")
            try await screen.press("Enter", until: "UPPSKJUTET 2026-03-09: ring enheten")
            let deferred = try conflicts(place).first?["deferred"] as? [String: Any]
            #expect(deferred?["reason"] as? String == "ring enheten")
            try await screen.press("o", until: "[KLAR] Väntar igen")
            #expect(try conflicts(place).first?["deferred"] is NSNull)
        }

        /// What somebody else has settled meanwhile is not settled a second time.
        @Test func settledBySomebodyElseMeanwhile() async throws {
            let place = try workplace()
            let screen = try desk(place)
            try await open(screen)
            try await screen.press("1", until: "Varför?")
            try place.sluss(
                "central", "conflicts", "resolve", "\(Self.number)/problem", "--value",
                "Vagnen skramlar.", "--reason", "kort räcker")
            try screen.type("så är det")
            try await screen.press("Enter", until: "[FEL]")
            #expect(try problem(place) == "Vagnen skramlar.")
        }

        /// The number that was pressed names another value by now: nothing is decided.
        @Test func otherValuesThanThoseThatWereSeen() async throws {
            let place = try workplace()
            let screen = try desk(place)
            try await open(screen)
            try await screen.press("1", until: "Varför?")
            try place.sluss(
                "central", "conflicts", "resolve", "\(Self.number)/problem", "--value",
                "Vagnen skramlar.", "--reason", "kort räcker")
            try place.sluss(
                "unit", "idea", "edit", Self.number, "--problem", "Vagnen gnisslar hela natten.")
            try bringToCentral(place)
            try screen.type("så är det")
            try await screen.press("Enter", until: "[TITTA] Värdena är inte längre de du såg.")
            try await screen.wait(for: "gnisslar")
            #expect(try conflicts(place).count == 1)
        }

        /// At 08.25 she sees that what she picked at 08.20 was wrong.
        @Test(arguments: [(80, 24), (40, 12)])
        func whatWasSettledIsTakenBack(columns: Int, rows: Int) async throws {
            let place = try workplace()
            let before = try conflicts(place)
            let screen = try desk(place, columns: columns, rows: rows)
            try await open(screen)
            try await screen.press("2", until: "Varför?")
            try screen.type("fel val")
            try await screen.press("Enter", until: "u Ångra OMS-SB-04-26-0001")
            try await screen.press("u", until: "[KLAR] Väntar igen: OMS-SB-04-26-0001")
            #expect((try conflicts(place) as NSArray).isEqual(to: before))
            try await screen.press("1", until: "Varför?")
            try screen.type("fel igen")
            try await screen.press("Enter", until: "a Avgjorda")
            try await screen.press("a", until: "1 OMS-SB-04-26-0001 – problem/behov")
            try await screen.press("1", until: "AVGJORT 2026-03-09, samordnare: fel igen")
            try await screen.press("o", until: "[KLAR] Väntar igen: OMS-SB-04-26-0001")
            #expect((try conflicts(place) as NSArray).isEqual(to: before))
            try await screen.press("BSpace", until: "Inget som är avgjort här kan öppnas igen.")
        }

        /// What somebody else has opened again meanwhile is not opened a second time, and a store that
        /// is in use says so.
        @Test func openedAgainBySomebodyElseAndBusy() async throws {
            let place = try workplace()
            let screen = try desk(place)
            try await open(screen)
            try await screen.press("1", until: "Varför?")
            try screen.type("fel val")
            try await screen.press("Enter", until: "u Ångra OMS-SB-04-26-0001")
            try await screen.press("a", until: "1 OMS-SB-04-26-0001 – problem/behov")
            try await screen.press("1", until: "o Öppna igen")
            let holder = Process()
            holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
            holder.arguments = ["-F", place.folder.path("central/lock"), "sleep", "900"]
            try holder.run()
            defer { kill(holder.processIdentifier, SIGKILL) }
            try await waitUntil("the lock is held") {
                try run("/usr/bin/flock", ["-n", place.folder.path("central/lock"), "true"]).status
                    != 0
            }
            try await screen.press("o", until: "[FEL]")
            #expect(try screen.screen().flattened.contains("o Öppna igen"))
            kill(holder.processIdentifier, SIGKILL)
            holder.waitUntilExit()
            #expect(try conflicts(place).isEmpty)
            try place.sluss("central", "conflicts", "reopen", "\(Self.number)/problem")
            try await screen.press("o", until: "[FEL] Värdena står redan sida vid sida igen.")
            #expect(try conflicts(place).count == 1)
        }

        @Test func whatWasSettledIsTakenBackInPlainMode() throws {
            let place = try workplace()
            let before = try conflicts(place)
            let lines = ["1", "1", "1", "fel val", "u", "1", "fel igen", "a", "1", "o", ""]
            let input = try place.folder.write(
                Array(lines.joined(separator: "\n").utf8), to: "input")
            let result = try run(
                "/bin/sh",
                [
                    "-c", "exec \"$@\" < '\(input)'", "sh", Workplace.client, "--today",
                    Workplace.today,
                ], environment: place.environment(store: "central").merging(["TERM": "dumb"]) { $1 }
            )
            #expect(result.status == 0 && result.errors.isEmpty)
            let shown = result.output.split(separator: "\n").map(String.init)
            #expect(shown.contains("u  Ångra OMS-SB-04-26-0001"))
            #expect(shown.contains("AVGJORT 2026-03-09, samordnare: fel igen"))
            #expect(shown.contains("o  Öppna igen"))
            #expect(shown.count { $0.hasPrefix("[KLAR] Väntar igen: OMS-SB-04-26-0001") } == 2)
            #expect((try conflicts(place) as NSArray).isEqual(to: before))
        }

        @Test func anAnswerFromATemplate() async throws {
            let place = try workplace()
            let screen = try desk(place)
            try await screen.wait(for: "Utan svar: 1. Försenade 0, inom 3 dagar 0, senare 1.")
            try await screen.press("2", until: "svar inom 14 dagar")
            try await screen.press("1", until: "2 Svara med en mall")
            try await screen.press("2", until: "3 testa")
            try await screen.press("3", until: "> Vi vill testa i liten skala.")
            try screen.press("Enter", "Enter")
            try await screen.wait(for: "[KLAR] Svarat på OMS-SB-04-26-0001.")
            let idea = try place.sluss("central", "idea", "show", Self.number, "--json")
            #expect(idea.contains("Vi vill testa i liten skala."))
            #expect(idea.contains("coordinator"))
            try await screen.press("9", until: "Svar som enheten inte har sett än: 1.")
        }
    }
}
