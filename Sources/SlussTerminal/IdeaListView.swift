import SlussDomain

/// The unit's ideas: all, or those with answers.
struct IdeaListView: View {
    let isAnswered: Bool
    private var rows: [IdeaRow]?
    private var pager = Pager()

    init(isAnswered: Bool) { self.isAnswered = isAnswered }

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        let rows = rows ?? []
        var body: [Page.Line] = []
        if rows.isEmpty { body.append(Page.Line(texts(isAnswered ? .noAnswers : .noIdeas))) }
        var choices = pager.choices(rows, texts) { Self.label($0, texts) }
        if isAnswered { choices.append(Page.Choice(9, texts(.haveCode))) }
        return Page(
            heading: texts(isAnswered ? .answers : .ourIdeas), body: body,
            prompt: .choice(choices, preselected: nil))
    }

    /// `0007  Vagnen skramlar · Inkommen · svar inom 5 dagar`.
    static func label(_ row: IdeaRow, _ texts: Texts) -> String {
        var parts = [row.number + "  " + row.title, row.status(texts.language)]
        if row.unseen > 0 { parts.append(texts(.unseenAnswer)) }
        if let left = row.daysLeft { parts.append(daysLeft(left, texts)) }
        return parts.joined(separator: " · ")
    }

    /// Until when an answer is promised, in words.
    static func daysLeft(_ left: Int, _ texts: Texts) -> String {
        switch left {
        case 0: texts(.answerToday)
        case 1...: texts.count(left, .answerInDay, .answerInDays)
        default: texts.count(-left, .answerLateDay, .answerLateDays)
        }
    }

    func appearing(_ desk: Desk) -> [Effect] { [.listIdeas(answered: isAnswered)] }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        guard case .digit(let digit) = answer else { return .go(.back) }
        if isAnswered, digit == 9 { return .go(.push(CodeView())) }
        guard let row = pager.row(digit, of: rows ?? []) else { return Move() }
        return .go(.push(IdeaPageView(reference: row.record)))
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        if case .ideas(let found) = reply { rows = found }
        return Move()
    }
}

/// One idea, with its answers.
struct IdeaPageView: View {
    private let reference: String
    private var card: IdeaCard?
    private var hasAgreed = false
    private var isAgreeing = false
    private var isSayingHelpful = false

    init(reference: String) { self.reference = reference }

    init(card: IdeaCard) {
        self.card = card
        reference = card.row.record
    }

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        var choices: [Page.Choice] = []
        if card != nil, !hasAgreed { choices.append(Page.Choice(1, texts(.agree))) }
        choices.append(Page.Choice(2, texts(.toStart)))
        if card?.asksHelpful ?? false {
            choices += Helpfulness.allCases.enumerated().map { place, word in
                Page.Choice(
                    3 + place, texts(.helpful, ["word": word.phrase(texts.language)]))
            }
        }
        return Page(
            heading: texts(.idea) + " " + (card?.row.number ?? ""),
            body: card.map { Self.body($0, texts) } ?? [],
            prompt: .choice(choices, preselected: nil))
    }

    static func body(_ card: IdeaCard, _ texts: Texts) -> [Page.Line] {
        var body: [Page.Line] = []
        if card.conflicting.isEmpty {
            body.append(
                Page.Line(texts(.statusIs) + " " + card.row.status(texts.language), .strong))
        } else {
            let both = card.conflicting.map { $0(texts.language) }.joined(separator: " / ")
            body.append(Page.Line(texts(.statusConflict, ["both": both]), .warning))
        }
        if let left = card.row.daysLeft {
            body.append(Page.Line(IdeaListView.daysLeft(left, texts), left < 0 ? .warning : .plain))
        }
        for answer in card.answers {
            body.append(
                Page.Line(
                    texts(
                        .answerFrom,
                        ["role": answer.role(texts.language), "day": answer.day]), .strong))
            body += answer.text.linesOfText.map { Page.Line("   " + $0) }
        }
        body.append(Page.Line(texts(.problemIs), .faint))
        body += card.problem.linesOfText.map { Page.Line("   " + $0) }
        if let solution = card.solution, !solution.isEmpty {
            body.append(Page.Line(texts(.solutionIs), .faint))
            body += solution.linesOfText.map { Page.Line("   " + $0) }
        }
        body.append(
            Page.Line(
                texts(.handedIn, ["day": card.day, "number": String(card.support)]), .faint))
        return body
    }

    func appearing(_ desk: Desk) -> [Effect] { card == nil ? [.showIdea(reference)] : [] }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        switch answer {
        case .digit(1):
            guard !hasAgreed else { return Move() }
            hasAgreed = true
            isAgreeing = true
            return Move(effects: [.support(reference)])
        case .digit(let digit) where (3..<6).contains(digit):
            guard card?.asksHelpful ?? false, !isSayingHelpful else { return Move() }
            isSayingHelpful = true
            return Move(effects: [.sayHelpful(reference, Helpfulness.allCases[digit - 3])])
        case .digit: return .go(.start)
        default: return .go(.back)
        }
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        switch reply {
        case .idea(let found):
            card = found
            var move = Move()
            if found.row.unseen > 0 {
                move.effects = [
                    .noteSeen(record: found.row.record, answers: found.answers.count)
                ]
            }
            if isAgreeing {
                isAgreeing = false
                move.notice = Page.Line(
                    desk.texts.count(Int(found.support), .agreedOne, .agreedMany), .good)
            }
            if isSayingHelpful {
                isSayingHelpful = false
                move.notice = Page.Line(desk.texts(.helpfulSaid), .good)
            }
            return move
        case .failed:
            if isAgreeing { (hasAgreed, isAgreeing) = (false, false) }
            isSayingHelpful = false
            return Move()
        default: return Move()
        }
    }
}

/// Opens an idea with the code of its receipt.
struct CodeView: View {
    private var number: String?

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        return Page(
            heading: texts(.haveCode),
            prompt: .text(
                .line(texts(number == nil ? .askIdeaNumber : .askCode), limit: 40)))
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        guard case .text(let text) = answer else {
            guard number != nil else { return .go(.back) }
            number = nil
            return Move()
        }
        guard !text.isEmpty else { return .go(.back) }
        guard let number else {
            number = text
            return Move()
        }
        return Move(effects: [.openWithCode(number: number, code: text)])
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        guard case .idea(let card) = reply else {
            if case .failed = reply { number = nil }
            return Move()
        }
        return .go(.replace(IdeaPageView(card: card)))
    }
}

/// Finds ideas and notes with words.
struct SearchView: View {
    private var found: [FoundRow]?
    private var pager = Pager()

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        guard let found, !found.isEmpty else {
            return Page(
                heading: texts(.search),
                notice: found == nil ? nil : Page.Line(texts(.nothingFound)),
                prompt: .text(.line(texts(.askSearch), limit: 200)))
        }
        return Page(
            heading: texts(.search),
            body: [Page.Line(texts.count(found.count, .foundOne, .foundMany), .faint)],
            prompt: .choice(
                pager.choices(found, texts) { $0.number + "  " + $0.title }
                    + [Page.Choice(9, texts(.searchAgain))], preselected: nil))
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        switch answer {
        case .text(let text):
            guard !text.isEmpty else { return .go(.back) }
            return Move(effects: [.search(text)])
        case .digit(9):
            found = nil
            return Move()
        case .digit(let digit):
            guard let row = pager.row(digit, of: found ?? []) else { return Move() }
            return row.isMeeting
                ? .go(.push(MeetingView(reference: row.record)))
                : .go(.push(IdeaPageView(reference: row.record)))
        case .back:
            if found?.isEmpty == false {
                found = nil
                return Move()
            }
            return .go(.back)
        case .letter: return Move()
        }
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        if case .found(let rows) = reply {
            found = rows
            pager = Pager()
        }
        return Move()
    }
}
