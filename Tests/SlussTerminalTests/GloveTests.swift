import SlussTerminal
import Testing

/// Keys that bounce, are held down, or are the wrong ones.
@Suite struct GloveTests {
    private func run() -> ClientRun { ClientRun() }

    @Test func zeroPressedTwiceOrHeldDownNeverClosesSluss() {
        for count in 1...9 {
            var run = run()
            run.type(String(repeating: "0", count: count))
            #expect(!run.client.isEnded, "\(count)")
            #expect(run.screen.contains("låst") || run.screen.contains("Stänga Sluss?"))
        }
        var run = run()
        run.type("00⏎")
        #expect(run.screen.contains("Vem är du?"))
        run.type("02")
        #expect(run.client.isEnded)
    }

    @Test func noDigitPressedTwiceThrowsATextAway() {
        var run = run()
        run.type("11Vagnen skramlar⏎0⏎19")
        run.type("11Porten gnisslar⏎0⏎1")
        #expect(run.backend.drafts[""]?.count == 2)
        run.type("222")
        #expect(run.screen.contains("Släng texten?"))
        run.type("⏎⌫2")
        #expect(run.backend.drafts[""]?.count == 2)
        run.type("223")
        #expect(run.screen.contains("första ord"), "only its writer throws it away")
        run.type("Vagnen⏎")
        #expect(run.backend.drafts[""]?.count == 2)
        run.type("porten⏎")
        #expect(run.backend.drafts[""]?.map(\.firstText) == ["Vagnen skramlar\n"])
    }

    /// A text that was begun earlier does not take away what has been written meanwhile.
    @Test func aLateTextKeepsWhatSomebodyElseHasWritten() {
        var line = MeetingLine(kind: .item, record: "r", draftID: "d")
        line.text = "Gammal text, och mer"
        line.replaces = "Gammal text"
        #expect(line.text(over: ["Gammal text"]) == "Gammal text, och mer")
        #expect(line.text(over: []) == "Gammal text, och mer")
        #expect(line.text(over: ["Gammal text, och mer"]) == "Gammal text, och mer")
        #expect(line.text(over: ["Bos nya"]) == "Bos nya\nGammal text, och mer")
        line.replaces = nil
        #expect(line.text(over: ["A", "B"]) == "A\nB\nGammal text, och mer")
    }

    /// In plain mode a line is nobody's until it ends; one that has begun must not be lost.
    @Test func aLineThatIsBegunSurvivesTheLock() {
        var run = ClientRun(isPlain: true)
        for line in ["1", "1", "Vagnen skramlar"] { run.send(.line(line)) }
        run.send(.idle(seconds: 90))
        run.send(.begun("och ingen"))
        #expect(run.client.page.notice == nil, "it says that somebody is there")
        run.send(.line(" sover"))
        run.send(.begun("på"))
        run.send(.idle(seconds: 120))
        #expect(
            run.backend.drafts[""]?.first?.idea?.problem == "Vagnen skramlar\noch ingen sover\npå")
        #expect(run.client.page.heading == "Sluss är låst")
    }

    @Test func enterAfterTheWarningAnswersNothing() {
        var run = ClientRun(isPlain: true)
        for line in ["1", "1", "Vagnen skramlar"] { run.send(.line(line)) }
        run.send(.idle(seconds: 90))
        run.send(.line(""))
        run.send(.line("på natten"))
        run.send(.line(""))
        #expect(run.client.page.heading == "Lämna idé")
        #expect(run.backend.drafts[""]?.first?.idea?.problem == "Vagnen skramlar\npå natten")
    }
}
