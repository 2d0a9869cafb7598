import SlussCore
import SlussDomain

/// The ideas that wait for a word: those without an answer by days left, then those whose promised
/// word should have come.
struct WaitingListView: View {
    private var rows: [WaitingRow]?
    private var pager = Pager()

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        let rows = rows ?? []
        return Page(
            heading: texts(.deskWaiting),
            body: rows.isEmpty ? [Page.Line(texts(.deskNoIdeas))] : [],
            prompt: .choice(
                pager.choices(rows, texts) { Self.label($0, texts) }
                    + [Page.Choice(9, texts(.toStart))], preselected: nil))
    }

    private static func label(_ row: WaitingRow, _ texts: Texts) -> String {
        let due = row.due.map { " · " + texts(.dueSince, ["day": $0]) } ?? ""
        return IdeaListView.label(row.idea, texts) + due
    }

    func appearing(_ desk: Desk) -> [Effect] { [.listWaiting] }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        guard case .digit(let digit) = answer else { return .go(.back) }
        if digit == 9 { return .go(.start) }
        let rows = rows ?? []
        guard let row = pager.row(digit, of: rows) else { return Move() }
        let records = rows.map(\.idea.record)
        return .go(
            .push(
                AnswerView(
                    records, at: records.firstIndex(of: row.idea.record) ?? 0,
                    draftID: desk.newDraftID())))
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        if case .waiting(let found) = reply {
            rows = found
            if pager.first >= found.count { pager = Pager() }
        }
        return Move()
    }
}

/// One idea that waits, and the answer to whoever handed it in.
struct AnswerView: View {
    private enum Step: Hashable {
        case looking
        case templates
        case part(Int)
        case text
    }

    private enum Part {
        case owner
        case until
        case because
        case advice
    }

    private let records: [String]
    private let index: Int
    private var card: IdeaCard?
    private var form: AnswerForm
    private var step: Step

    init(_ records: [String], at index: Int, draftID: String) {
        self.records = records
        self.index = index
        form = AnswerForm(record: records[index], draftID: draftID)
        step = .looking
    }

    /// Goes on with what was begun.
    init(form: AnswerForm) {
        records = [form.record]
        index = 0
        self.form = form
        step = .text
    }

    static let answerMax = 1500

    private var template: AnswerTemplate? { form.template.flatMap(AnswerTemplate.init) }

    /// What the template asks for.
    private var parts: [Part] {
        switch template {
        case .thanks?: [.owner, .until]
        case .notNow?: [.because, .until]
        case .no?: [.because, .advice]
        case .goAhead?, .test?, .together?, nil: []
        }
    }

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        var page = Page(
            heading: texts(.idea) + " " + (card?.row.number ?? ""), leadsWithNotice: true,
            prompt: prompt(texts))
        if let card, step == .looking { page.body = IdeaPageView.body(card, texts) }
        if let card, step == .text {
            page.body = [Page.Line(card.row.title, .faint)]
        }
        if step == .templates { page.body = [Page.Line(texts(.askTemplate), .strong)] }
        return page
    }

    private func prompt(_ texts: Texts) -> Page.Prompt {
        switch step {
        case .looking:
            var choices = [
                Page.Choice(1, texts(.answerOwn)), Page.Choice(2, texts(.answerTemplate)),
            ]
            if card == nil { choices = [Page.Choice(9, texts(.toStart))] }
            if records.count > 1 {
                choices.append(Page.Choice(key: "n", texts(.nextOne)))
                choices.append(Page.Choice(key: "p", texts(.previousOne)))
            }
            return .choice(choices, preselected: nil)
        case .templates:
            return .choice(
                AnswerTemplate.allCases.enumerated().map {
                    Page.Choice($0.offset + 1, $0.element.phrase(texts.language))
                }, preselected: nil)
        case .part(let number):
            let given = form.parts.indices.contains(number) ? form.parts[number] : ""
            guard parts.indices.contains(number) else { return .text(.line("")) }
            return .text(
                .line(
                    texts(Self.question(parts[number])), given,
                    limit: parts[number] == .until ? 10 : 600))
        case .text:
            return .text(.block(texts(.askAnswer), form.text, limit: Self.answerMax))
        }
    }

    private static func question(_ part: Part) -> TextKey {
        switch part {
        case .owner: .askOwner
        case .until: .askUntil
        case .because: .askBecause
        case .advice: .askAdvice
        }
    }

    func appearing(_ desk: Desk) -> [Effect] { card == nil ? [.showIdea(records[index])] : [] }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        switch (step, answer) {
        case (.looking, .digit(1)): step = .text
        case (.looking, .digit(2)): step = .templates
        case (.looking, .digit): return .go(.start)
        case (.looking, .letter(let letter)): return go(letter == "n" ? 1 : -1, &desk)
        case (.looking, _): return .go(.back)
        case (.templates, .digit(let digit)):
            guard AnswerTemplate.allCases.indices.contains(digit - 1) else { return Move() }
            form.template = AnswerTemplate.allCases[digit - 1].rawValue
            form.parts = []
            goOn(to: 0, desk)
        case (.part(let number), .text(let text)): return take(text, number, desk)
        case (.text, .text(let text)):
            form.text = text
            guard !text.isEmpty else { return .refuse(desk.texts(.answerIsEmpty)) }
            return Move(effects: [.answerIdea(record: form.record, text: text)])
        case (_, .back(let text)): back(writing: text)
        default: break
        }
        return Move()
    }

    private mutating func take(_ text: String, _ number: Int, _ desk: Desk) -> Move {
        guard parts.indices.contains(number) else { return Move() }
        var text = text
        switch parts[number] {
        case .until:
            guard let day = MeetingLineView.due(text, today: desk.today), !day.isEmpty else {
                return .refuse(desk.texts(.dueMustBe))
            }
            text = day
        case .owner, .because:
            guard !text.isEmpty else { return .refuse(desk.texts(.partIsEmpty)) }
        case .advice: break
        }
        form.parts = Array(form.parts.prefix(number)) + [text]
        goOn(to: number + 1, desk)
        return Move()
    }

    /// The next part that is asked for; after the last, the text that they make.
    private mutating func goOn(to number: Int, _ desk: Desk) {
        guard number >= parts.count, let template else {
            step = .part(number)
            return
        }
        var filled = AnswerTemplate.Parts()
        for (part, text) in zip(parts, form.parts) where !text.isEmpty {
            switch part {
            case .owner: filled.owner = text
            case .until: filled.day = Day(text)
            case .because: filled.reason = text
            case .advice: filled.advice = text
            }
        }
        form.text = template.text(filled).map { $0(desk.language) } ?? form.text
        step = .text
    }

    private mutating func back(writing text: String?) {
        switch step {
        case .text:
            form.text = text ?? form.text
            step = .looking
        case .part(let number): step = number == 0 ? .templates : .part(number - 1)
        case .templates, .looking: step = .looking
        }
    }

    /// Another one of the list; after the last the first.
    private func go(_ step: Int, _ desk: inout Desk) -> Move {
        let next = AnswerView(
            records, at: (index + step + records.count) % records.count,
            draftID: desk.newDraftID())
        var move = Move(turn: .replace(next))
        if let left = draft(writing: nil) { move.effects = [.saveDraft(left)] }
        return move
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        switch reply {
        case .idea(let found):
            card = found
            return Move()
        case .answered(let number):
            let notice = Page.Line(desk.texts(.answered, ["number": number]), .good)
            let discarded = Effect.discardDraft(id: form.draftID)
            form = AnswerForm(record: form.record, draftID: form.draftID)
            return .go(.back, discarded, notice: notice)
        case .failed:
            if card == nil, form.text.isEmpty { step = .looking }
            return Move()
        default: return Move()
        }
    }

    func draft(writing text: String?) -> Draft? {
        var form = form
        if step == .text { form.text = text ?? form.text }
        guard !form.text.trimmedOfBlanks.isEmpty else { return nil }
        return Draft(id: form.draftID, kind: .answer, answer: form)
    }
}
