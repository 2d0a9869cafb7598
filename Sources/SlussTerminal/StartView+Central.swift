import SlussDomain

/// The first page of the central: what waits for the coordinator.
extension StartView {
    func centralPage(_ desk: Desk) -> Page {
        let texts = desk.texts
        let facts = desk.facts.central
        func numbered(_ key: TextKey, _ number: Int) -> String {
            texts(key) + (number > 0 ? " (\(number))" : "")
        }
        let choices = [
            Page.Choice(1, numbered(.deskConflicts, facts.conflicts)),
            Page.Choice(2, numbered(.deskWaiting, facts.ideas)),
            Page.Choice(3, texts(.deskCommands)), Page.Choice(4, texts(.help)),
            Page.Choice(5, texts(.giveIdea)), Page.Choice(6, texts(.search)),
            Page.Choice(7, texts(.meetings)), Page.Choice(8, texts(.handbook)),
        ]
        return page(desk, Self.lines(facts, texts), choices)
    }

    private static func lines(_ facts: CentralFacts, _ texts: Texts) -> [Page.Line] {
        var lines: [Page.Line] = []
        let putOff =
            facts.putOff > 0 ? " " + texts(.deskPutOff, ["number": String(facts.putOff)]) : ""
        lines.append(
            facts.conflicts > 0
                ? Page.Line(
                    texts.count(facts.conflicts, .deskConflictOne, .deskConflictMany) + putOff,
                    .strong)
                : Page.Line(texts(.deskNoConflicts) + putOff))
        let unanswered = facts.late + facts.soon + facts.later
        if unanswered > 0 {
            lines.append(
                Page.Line(
                    texts(
                        .deskUnanswered,
                        [
                            "number": String(unanswered), "late": String(facts.late),
                            "soon": String(facts.soon), "later": String(facts.later),
                        ]), facts.late > 0 ? .strong : .plain))
        } else {
            lines.append(Page.Line(texts(.deskNoIdeas)))
        }
        if facts.due > 0 {
            lines.append(Page.Line(texts(.deskDue, ["number": String(facts.due)])))
        }
        if facts.unseen > 0 {
            lines.append(Page.Line(texts(.deskUnseen, ["number": String(facts.unseen)])))
        }
        lines.append(Page.Line(texts(.deskCommandLine), .faint))
        return lines
    }

    /// Where a digit of the central's first page leads.
    func centralTurn(_ digit: Int) -> Move.Turn {
        switch digit {
        case 1: .push(ConflictListView())
        case 2: .push(WaitingListView())
        case 3: .push(CommandsView())
        case 4: .push(HelpView())
        case 5: .push(RouterView())
        case 6: .push(SearchView())
        case 7: .push(MeetingListView())
        case 8: .push(HandbookView())
        case 9: .push(DraftListView())
        default: .lock
        }
    }
}

/// What is done on the command line, with the commands.
struct CommandsView: View {
    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        let folder = texts(.folderWord)
        let commands: [(TextKey, String)] = [
            (.commandPlan, "sluss merge --dry-run \(folder)"),
            (.commandMerge, "sluss merge \(folder)"),
            (.commandExport, "sluss export --to all --output \(folder)"),
            (.commandReport, "sluss report --audience coordinator --output \(texts(.reportFile))"),
            (.commandRule, "sluss conflicts resolve --take unit --reason \"…\" --dry-run"),
        ]
        let lines = commands.flatMap { key, command in
            [Page.Line(texts(key), .strong), Page.Line("   " + command)]
        }
        return Page(
            heading: texts(.deskCommands), body: [Page.Line(texts(.commandsIntro))] + lines,
            prompt: .choice([Page.Choice(1, texts(.toStart))], preselected: nil))
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        if case .back = answer { .go(.back) } else { .go(.start) }
    }
}
