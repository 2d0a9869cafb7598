import SlussDomain
import SlussTerminal
import Testing

/// The coordinator sees at 08.25 that she picked the wrong value at 08.20; see ``StoryTests``.
@Suite struct SettledStoryTests {
    private func prepare(_ backend: inout FakeBackend) {
        backend.central = SampleConflicts.facts
        backend.conflicts = [SampleConflicts.status, SampleConflicts.text]
    }

    @Test(arguments: StoryTests.Variant.all)
    func whatWasSettledIsOpenedAgain(variant: StoryTests.Variant) throws {
        try StoryTests.check("settled", variant, prepare: prepare) { run in
            run.type("1a")
            run.look("nothing settled yet")
            run.type("⌫12fel val⏎")
            run.look("settled, and the way back")
            run.type("u")
            run.look("waits again, the others after it")
            #expect(run.backend.conflicts.count == 2 && run.backend.settled.isEmpty)
            run.type("1kartan används⏎")
            run.type("2så är det⏎")
            run.look("both settled, the last can be undone from the inbox")
            run.type("a")
            run.look("settled, newest first")
            run.type("2")
            run.look("one that was settled")
            run.type("⏎")
            run.look("further down")
            run.type("o")
            run.look("waits again")
            run.type("⌫")
            run.look("one is left")
            run.type("⌫u")
            run.look("undone from the inbox")
            #expect(run.backend.conflicts.count == 2 && run.backend.settled.isEmpty)
            #expect(run.backend.drafts.values.flatMap { $0 }.isEmpty)
        }
    }

    /// A page on which somebody else was quicker says so, and keeps what it shows.
    @Test func openedAgainBySomebodyElseMeanwhile() {
        var run = ClientRun(.swedish, prepare)
        run.type("111fel val⏎")
        run.backend.isReopened = true
        run.type("u")
        #expect(run.screen.contains("[FEL] Värdena står redan där."))
        #expect(run.screen.contains("OMS-HT-02-APT-2026-02-20, punkt 5"))
        run.type("⌫a1o")
        #expect(run.screen.contains("[FEL] Värdena står redan där."))
        #expect(run.screen.contains("Öppna igen"))
        #expect(run.backend.settled.count == 1)
    }

    /// What one has settled is not for the next person to undo by one key.
    @Test func theLockForgetsWhatWasSettledLast() {
        var run = ClientRun(.swedish, prepare)
        run.type("111fel val⏎")
        #expect(run.screen.contains("u  Ångra OMS-HT-02-26-0001"))
        run.send(.idle(seconds: 120))
        run.type("1")
        #expect(run.screen.contains("OLIKA BESKED"))
        run.type("1")
        #expect(run.screen.contains("Avgjorda") && !run.screen.contains("Ångra"))
        let before = run.screen
        run.type("u")
        #expect(run.screen == before)
        #expect(run.backend.settled.count == 1)
    }

    /// A reason that was begun on the page that comes after is not lost by undoing the one before.
    @Test func whatIsBegunIsKeptWhenTheOneBeforeIsUndone() {
        var run = ClientRun(.swedish, prepare)
        run.type("111fel val⏎1halvskrivet")
        run.send(.key(.escape))
        run.type("u")
        #expect(run.screen.contains("[KLAR] Väntar igen: OMS-HT-02-26-0001"))
        #expect(
            run.backend.drafts.values.flatMap { $0 }.map(\.decision?.reason) == ["halvskrivet"])
    }

    @Test func aLongListIsPaged() {
        var run = ClientRun(.swedish) { backend in
            backend.central = SampleConflicts.facts
            backend.settled = (0..<50).map {
                SampleConflicts.settled(SampleConflicts.text, .pick(1), "skäl", number: $0)
            }
            for index in 0..<50 { backend.settled[index].mark.place.number = "NR-\(index)" }
        }
        run.type("1a")
        #expect(run.screen.contains("NR-6") && !run.screen.contains("NR-7"))
        run.type("81")
        #expect(run.screen.contains("NR-7, punkt 5 – text"))
    }

    @Test func plainModeOffersTheSame() {
        var run = ClientRun(isPlain: true, prepare)
        for line in ["1", "1", "2", "fel val"] { run.send(.line(line)) }
        #expect(run.client.transcript.contains("u  Ångra OMS-HT-02-26-0001"))
        run.send(.line("U"))
        #expect(run.client.page.heading == "OMS-HT-02-26-0001 – status")
        #expect(run.client.transcript.contains { $0.hasPrefix("[KLAR] Väntar igen") })
        for line in ["2", "fel igen", "b", "a", "1"] { run.send(.line(line)) }
        let lines = run.client.transcript
        #expect(lines.contains("AVGJORT 2026-03-02, samordnare, Eva: fel igen"))
        #expect(lines.contains("o  Öppna igen"))
        run.send(.line("o"))
        #expect(run.backend.settled.isEmpty && run.backend.conflicts.count == 2)
    }

    @Test(arguments: [(80, 24), (40, 12), (5, 3)])
    func hostileValuesAreShownEscapedAndCut(columns: Int, rows: Int) {
        let hostile = SampleConflicts.hostile
        let text = hostile.base.map(\.swedish).joined(separator: "\n")
        var run = ClientRun(columns: columns, rows: rows) {
            $0.central = SampleConflicts.facts
            $0.conflicts = [hostile]
            $0.settled = [
                SampleConflicts.settled(
                    hostile, .value(text + String(repeating: "e\u{301}\u{202E}", count: 100_000)),
                    String(repeating: text, count: 10_000), number: 1)
            ]
        }
        for keys in ["1", "a", "1", "⏎", "o", "1", "skäl⏎", "u"] {
            run.type(keys)
            #expect(HostileTextTests.isClean(run.screen), "\(keys)")
            let size = run.screen.unicodeScalars.count
            #expect(size < 20_000, "\(keys): \(size)")
            let lines = run.client.transcript
            #expect(lines.allSatisfy { HostileTextTests.isClean($0) && !$0.contains("\n") })
            #expect(lines.joined().unicodeScalars.count < 400_000)
        }
    }
}
