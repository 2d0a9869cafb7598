import SlussDomain
import SlussTerminal
import Testing

/// The one question that is asked once an idea has come to an end.
@Suite struct HelpfulTests {
    private func run(asks: Bool) -> ClientRun {
        var run = ClientRun()
        var card = SampleCards.answered
        card.asksHelpful = asks
        run.backend.ideas = [card]
        run.type("21")
        return run
    }

    @Test func itIsAskedOnceAndAnsweredWithOneDigit() {
        var run = run(asks: true)
        #expect(run.screen.contains("Var svaret till hjälp? delvis"))
        run.type("4")
        #expect(run.backend.log.contains(.sayHelpful("r1", .partly)))
        #expect(run.screen.contains("[KLAR] Tack för svaret."))
        #expect(!run.screen.contains("Var svaret till hjälp?"))
        run.type("4")
        let said = run.backend.log.filter { if case .sayHelpful = $0 { true } else { false } }
        #expect(said.count == 1, "one press, one word")
    }

    @Test func nothingIsAskedBeforeTheEnd() {
        var run = run(asks: false)
        #expect(!run.screen.contains("Var svaret till hjälp?"))
        run.type("345")
        #expect(
            !run.backend.log.contains { if case .sayHelpful = $0 { true } else { false } })
    }
}
