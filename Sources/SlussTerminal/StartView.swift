import SlussDomain

/// The start screen: what one can do, by digit.
struct StartView: View {
    private var drafts = 0

    func page(_ desk: Desk) -> Page {
        desk.facts.isCentral ? centralPage(desk) : unitPage(desk)
    }

    private func unitPage(_ desk: Desk) -> Page {
        let texts = desk.texts
        let facts = desk.facts
        var body: [Page.Line] = []
        if facts.openActions > 0 {
            body.append(
                Page.Line(texts.count(facts.openActions, .actionLeft, .actionsLeft), .faint))
        }
        let answers =
            facts.newAnswers > 0
            ? texts.count(facts.newAnswers, .answersNewOne, .answersNew) : texts(.answers)
        let choices = [
            Page.Choice(1, texts(.giveIdea)), Page.Choice(2, answers),
            Page.Choice(3, texts(.meetings)), Page.Choice(4, texts(.help)),
            Page.Choice(5, texts(.ourIdeas)), Page.Choice(6, texts(.search)),
            Page.Choice(7, texts(.exchange)), Page.Choice(8, texts(.handbook)),
        ]
        return page(desk, body, choices)
    }

    /// A first page: what there is to know, what can be done, and what every first page has.
    func page(_ desk: Desk, _ body: [Page.Line], _ choices: [Page.Choice]) -> Page {
        let texts = desk.texts
        var choices = choices
        if drafts > 0 {
            choices.append(Page.Choice(9, texts.count(drafts, .goOnWithOne, .goOnWithMany)))
        }
        choices.append(Page.Choice(0, texts(.lockOrSwitch)))
        let who = desk.person.map { " · " + $0.name } ?? ""
        return Page(
            heading: "SLUSS  " + desk.unitName + who, body: body,
            prompt: .choice(choices, preselected: nil))
    }

    func appearing(_ desk: Desk) -> [Effect] { [.look, .listDrafts] }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        guard case .digit(let digit) = answer else { return Move() }
        if desk.facts.isCentral { return .go(centralTurn(digit)) }
        switch digit {
        case 1: return .go(.push(RouterView()))
        case 2: return .go(.push(IdeaListView(isAnswered: true)))
        case 3: return .go(.push(MeetingListView()))
        case 4: return .go(.push(HelpView()))
        case 5: return .go(.push(IdeaListView(isAnswered: false)))
        case 6: return .go(.push(SearchView()))
        case 7: return .go(.push(PlaceListView()))
        case 8: return .go(.push(HandbookView()))
        case 9: return .go(.push(DraftListView()))
        default: return .go(.lock)
        }
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        if case .drafts(let rows) = reply { drafts = rows.count }
        return Move()
    }
}

/// What the keys do, and how to get on.
struct HelpView: View {
    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        let keys: [TextKey] =
            desk.isPlain
            ? [.helpPlain1, .helpPlain2, .helpPlain3]
            : [.helpKeys1, .helpKeys2, .helpKeys3, .helpKeys4]
        let body = (keys + [.helpPrivacy, .helpKept, .helpWho, .helpPaper]).map {
            Page.Line(texts($0))
        }
        return Page(
            heading: texts(.help), body: body,
            prompt: .choice(
                [Page.Choice(1, texts(.otherLanguage)), Page.Choice(2, texts(.toStart))],
                preselected: nil))
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        switch answer {
        case .digit(1):
            desk.language = desk.language == .swedish ? .english : .swedish
            return Move()
        case .digit: return .go(.start)
        default: return .go(.back)
        }
    }
}

/// How an idea goes through the municipality, on one page.
struct HandbookView: View {
    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        var body = [Page.Line(texts(.processIntro))]
        let steps: [(TextKey, TextKey)] = [
            (.process1, .process1Question), (.process2, .process2Question),
            (.process3, .process3Question), (.process4, .process4Question),
            (.process5, .process5Question),
        ]
        for (step, question) in steps {
            body.append(Page.Line(texts(step), .strong))
            body.append(Page.Line("   " + texts(question)))
        }
        body.append(Page.Line(texts(.processGuide)))
        body.append(Page.Line(texts(.processEnd)))
        return Page(
            heading: texts(.handbook), body: body,
            prompt: .choice([Page.Choice(1, texts(.toStart))], preselected: nil))
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        if case .back = answer { .go(.back) } else { .go(.start) }
    }
}
