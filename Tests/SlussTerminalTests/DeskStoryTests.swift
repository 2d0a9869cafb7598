import SlussCore
import SlussDomain
import SlussTerminal
import Testing

/// The coordinator's Monday morning, screen by screen; see ``StoryTests``.
@Suite struct DeskStoryTests {
    private func prepare(_ backend: inout FakeBackend) {
        backend.central = SampleConflicts.facts
        backend.conflicts = [SampleConflicts.three, SampleConflicts.status, SampleConflicts.text]
        backend.ideas = [SampleCards.late, SampleCards.answered]
    }

    @Test(arguments: StoryTests.Variant.all)
    func conflictsAreSettled(variant: StoryTests.Variant) throws {
        try StoryTests.check("conflicts", variant, prepare: prepare) { run in
            run.look("start")
            run.type("1")
            run.look("inbox, put off last")
            run.type("1")
            run.look("both values")
            run.type("⏎")
            run.look("further down")
            run.type("1")
            run.look("why")
            run.type("⏎")
            run.look("a reason is needed")
            run.type("kartan används⏎")
            run.look("settled, and the next")
            run.type("e")
            run.look("a third value to go on from")
            run.type(" Ring Eva.⏎⏎")
            run.look("why the third")
            run.type("båda har rätt⏎")
            run.look("settled, and only what is put off is left")
            run.type("1")
            run.look("three side by side")
            run.type("o")
            run.look("taken up again")
            run.type("dväntar på rektor⏎")
            run.look("put off")
            run.type("⌫")
            run.look("inbox with one")
            #expect(
                run.backend.decisions.map(\.act) == [
                    .pick(1),
                    .value(
                        "Tungt lyft vid hörnrummet.\nVi lånar glidlakan i fyra veckor. Ring Eva."),
                    .putOff,
                ])
            #expect(
                run.backend.decisions.map(\.reason) == [
                    "kartan används", "båda har rätt", "väntar på rektor",
                ])
            #expect(run.backend.drafts.values.flatMap { $0 }.isEmpty)
        }
    }

    @Test(arguments: StoryTests.Variant.all)
    func aStatusThatNobodyHasSaid(variant: StoryTests.Variant) throws {
        try StoryTests.check("third-status", variant, prepare: prepare) { run in
            run.type("11e")
            run.look("words to choose from")
            run.type("8")
            run.look("more words")
            run.type("2")
            run.look("why")
            run.type("⌫⌫")
            run.look("back to both")
            run.type("p")
            run.look("the one before the first is the last")
            #expect(run.backend.decisions.isEmpty)
            #expect(run.backend.drafts.isEmpty)
        }
    }

    @Test(arguments: StoryTests.Variant.all)
    func ideasAreAnswered(variant: StoryTests.Variant) throws {
        try StoryTests.check("waiting", variant, prepare: prepare) { run in
            run.type("2")
            run.look("ideas that wait")
            run.type("1")
            run.look("the idea")
            run.type("2")
            run.look("templates")
            run.type("4⏎")
            run.look("a part is needed")
            run.type("verkstaden är stängd⏎14⏎")
            run.look("the answer that the template makes")
            run.type("⏎⏎")
            run.look("answered")
            run.type("11Fint. Sprid det.⏎⏎")
            run.look("answered in own words")
            run.type("93")
            run.look("what the command line does")
            let template = AnswerTemplate.notNow
            var parts = AnswerTemplate.Parts()
            parts.reason = "verkstaden är stängd"
            parts.day = run.client.desk.today.adding(days: 14)
            #expect(
                run.backend.answers == [
                    template.text(parts)?(variant.language) ?? "", "Fint. Sprid det.",
                ])
            #expect(run.backend.drafts.values.flatMap { $0 }.isEmpty)
        }
    }

    // MARK: - What may go wrong

    /// What is being written survives the lock, and what was seen is what is decided.
    @Test func aReasonSurvivesTheLock() {
        var run = ClientRun(.swedish, prepare)
        run.type("111kartan anv")
        run.send(.idle(seconds: 120))
        #expect(!run.screen.contains("kartan"))
        run.type("111kartan⏎")
        #expect(run.screen.contains("Nr 1 gäller") && run.screen.contains("> kartan anv"))
        run.type("änds⏎")
        #expect(run.backend.decisions.map(\.reason) == ["kartan används"])
        #expect(run.backend.decisions.map(\.act) == [.pick(1)])
        #expect(run.backend.drafts.values.flatMap { $0 }.isEmpty)
    }

    @Test func anAnswerSurvivesTheLock() {
        var run = ClientRun(.swedish, prepare)
        run.type("211Tack, vi provar")
        run.send(.idle(seconds: 120))
        run.type("111tack⏎")
        #expect(run.screen.contains("> Tack, vi provar"))
        run.type(" i maj⏎⏎")
        #expect(run.backend.answers == ["Tack, vi provar i maj"])
        #expect(run.backend.drafts.values.flatMap { $0 }.isEmpty)
    }

    /// A number names another value once a merge has brought one: then nothing is decided.
    @Test func aPickOfOtherValuesIsNotTaken() {
        var run = ClientRun(.swedish, prepare)
        run.type("111")
        run.backend.hasMoved = true
        run.type("kartan används⏎")
        #expect(run.backend.decisions.isEmpty)
        #expect(run.screen.contains("[TITTA] Värdena är inte längre de du såg."))
        #expect(run.screen.contains("Nr 2 gäller"))
        run.backend.hasMoved = false
        run.type("2")
        #expect(run.screen.contains("> kartan används"), "what was written is still there")
        run.type("⏎")
        #expect(run.backend.decisions.map(\.act) == [.pick(2)])
    }

    @Test func aDraftOfOtherValuesShowsThemFirst() {
        var run = ClientRun(.swedish, prepare)
        run.type("111kartan används")
        run.send(.idle(seconds: 120))
        run.backend.conflicts[1].version = "v2"
        run.type("111kartan⏎")
        #expect(run.screen.contains("Nr 2 gäller") && !run.screen.contains("> kartan"))
    }

    @Test func aRefusedReasonIsNotLost() {
        var run = ClientRun(.swedish, prepare)
        run.type("112ring 19900101-2385⏎")
        #expect(run.backend.decisions.isEmpty)
        #expect(run.screen.contains("personnummer") && run.screen.contains("> ring 1990"))
        run.type("⌫⌫⌫⌫⌫⌫⌫⌫⌫⌫⌫⌫⌫Eva⏎")
        #expect(run.backend.decisions.map(\.reason) == ["ring Eva"])
    }

    @Test func lettersDoNothingAtAUnitAndBigOnesAreLetters() {
        var unit = ClientRun()
        let before = unit.screen
        unit.type("edonp")
        #expect(unit.screen == before)
        var run = ClientRun(.swedish, prepare)
        run.type("11D")
        #expect(run.screen.contains("Skjuts upp."))
    }

    @Test func plainModeReadsTheValuesInTurn() {
        var run = ClientRun(isPlain: true, prepare)
        for line in ["1", "2"] { run.send(.line(line)) }
        let lines = run.client.transcript
        #expect(lines.contains("1  OMS-HT-02 (A)") && lines.contains("2  OMS-HT-02 (B)"))
        #expect(lines.contains("   Vi lånar glidlakan i [-två-] {+fyra+} veckor."))
        #expect(lines.last?.contains("siffran eller bokstaven") == true)
        run.send(.line("x"))
        #expect(run.client.page.notice?.text.contains("Det valet finns inte") == true)
        for line in ["E", "-", "Nytt", "", "för att", "b"] { run.send(.line(line)) }
        #expect(run.backend.decisions.map(\.act) == [.value("Nytt")])
        #expect(run.client.page.heading == "Olika besked")
    }

    @Test(arguments: [(80, 24), (40, 12), (5, 3)])
    func hostileValuesAreShownEscapedAndCut(columns: Int, rows: Int) {
        var run = ClientRun(columns: columns, rows: rows) {
            $0.central = SampleConflicts.facts
            $0.conflicts = [SampleConflicts.hostile]
        }
        for keys in ["1", "1", "⏎", "1", "⌫e", "⌫⌫"] {
            run.type(keys)
            #expect(HostileTextTests.isClean(run.screen), "\(keys)")
            let size = run.screen.unicodeScalars.count
            #expect(size < 20_000, "\(keys): \(size)")
            let lines = run.client.transcript
            #expect(lines.allSatisfy { HostileTextTests.isClean($0) && !$0.contains("\n") })
            #expect(lines.joined().unicodeScalars.count < 400_000)
        }
        var other = ClientRun(columns: 80, rows: 24) {
            $0.central = SampleConflicts.facts
            $0.conflicts = [SampleConflicts.hostile]
        }
        other.type("11")
        let text = other.client.transcript.joined(separator: "\n")
        #expect(text.contains("‹U+202E›") && text.contains("‹U+001B›"))
        #expect(text.contains("Bara de första 4000 tecknen visas."))
        #expect(text.contains("Och 3 till: sluss conflicts show 3dw9gx3c"))
    }
}
