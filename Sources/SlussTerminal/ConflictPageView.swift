import SlussCore
import SlussDomain

/// One conflict: all values, and what to do with them.
struct ConflictPageView: View {
    private enum Step: Hashable {
        case looking
        case words
        case value
        case reason
    }

    /// The inbox that this one is part of.
    private let references: [String]
    private let index: Int
    private var card: ConflictCard?
    private var form: DecisionForm
    private var step = Step.looking
    private var pager = Pager()
    /// What has been asked of the store, to be told of when it is done.
    private var said: TextKey?

    static let reasonMax = 600

    init(_ references: [String], at index: Int, draftID: String) {
        self.references = references
        self.index = index
        form = DecisionForm(reference: references[index], draftID: draftID)
    }

    /// Goes on with what was begun.
    init(form: DecisionForm) {
        references = [form.reference]
        index = 0
        self.form = form
    }

    // MARK: - What is shown

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        guard let card else {
            return Page(
                heading: texts(.deskConflicts), leadsWithNotice: true,
                prompt: .choice(
                    [Page.Choice(1, texts(.toStart))] + neighbours(texts) + desk.undoChoice,
                    preselected: nil))
        }
        var page = Page(
            heading: card.row.title(texts), leadsWithNotice: true, prompt: prompt(card, desk))
        switch step {
        case .looking:
            page.body = body(card, texts)
            page.columns = Self.columns(card, texts)
            page.body += Self.below(card, texts)
        case .words: page.body = [Page.Line(texts(.askValueWord), .strong)]
        case .value:
            page.columns = Self.columns(card, texts)
        case .reason: page.body = Self.summary(form, card, texts)
        }
        return page
    }

    private func body(_ card: ConflictCard, _ texts: Texts) -> [Page.Line] {
        var parts = [
            card.kind(texts.language), card.row.unit, ConflictListView.age(card.row.age, texts),
        ]
        if references.count > 1 {
            parts.append(
                texts(
                    .placeOf,
                    ["number": String(index + 1), "count": String(references.count)]))
        }
        var body = [Page.Line(parts.joined(separator: " · "), .faint)]
        if let deferral = card.deferral {
            body.append(
                Page.Line(
                    texts(
                        .conflictPutOffSince,
                        [
                            "day": deferral.day.beginning(ConflictRow.nameMax),
                            "reason": deferral.reason.beginning(Self.reasonMax),
                        ]), .warning))
        }
        return body + Self.beginning(card, texts)
    }

    /// What all of them started from, and how differences are marked.
    static func beginning(_ card: ConflictCard, _ texts: Texts) -> [Page.Line] {
        let language = texts.language
        var body: [Page.Line] = []
        if !card.base.isEmpty {
            body.append(Page.Line(texts(.conflictBase), .faint))
            body += card.base.map { Page.Line("   " + $0(language)) }
        }
        if card.values.contains(where: \.isMarked) {
            body.append(
                Page.Line(
                    texts(
                        card.base.isEmpty ? .conflictMarksFirst : .conflictMarks,
                        [
                            "removed": "[-\(texts(.conflictRemoved))-]",
                            "added": "{+\(texts(.conflictAdded))+}",
                        ]), .faint))
        }
        return body
    }

    /// The values, each with who gave it.
    static func columns(_ card: ConflictCard, _ texts: Texts) -> [[Page.Line]] {
        card.values.enumerated().map { index, value in
            let language = texts.language
            return [
                Page.Line("\(index + 1)  \(value.place)", .strong),
                Page.Line("   \(value.who(language)), \(value.day)", .faint),
            ] + value.lines.map { Page.Line("   " + $0(language)) }
        }
    }

    /// What is not shown, and where it is.
    static func below(_ card: ConflictCard, _ texts: Texts) -> [Page.Line] {
        let command = "sluss conflicts show \(card.row.name)"
        var lines: [Page.Line] = []
        if card.more > 0 {
            lines.append(
                Page.Line(
                    texts(.conflictMore, ["number": String(card.more), "command": command]),
                    .warning))
        }
        if card.isCut {
            lines.append(
                Page.Line(
                    texts(
                        .conflictCut,
                        ["number": String(ConflictCard.shownMax), "command": command]), .warning))
        }
        return lines
    }

    private static func summary(
        _ form: DecisionForm, _ card: ConflictCard, _ texts: Texts
    ) -> [Page.Line] {
        switch form.act {
        case .pick(let number)?:
            guard card.values.indices.contains(number - 1) else { return [] }
            let value = card.values[number - 1]
            return [
                Page.Line(texts(.conflictPick, ["number": String(number)]), .strong),
                Page.Line("   " + value.brief(texts.language)),
                Page.Line("   \(value.place), \(value.who(texts.language))", .faint),
            ]
        case .value?:
            let text = label(of: form.value, card)(texts.language)
            return [Page.Line(texts(.conflictOwn), .strong)]
                + text.linesOfText.map { Page.Line("   " + $0) }
        case .putOff?, nil: return [Page.Line(texts(.conflictPutOffWhat), .strong)]
        }
    }

    /// A value of one's own as people see it.
    private static func label(of value: String, _ card: ConflictCard) -> Phrase {
        if case .words(let words) = card.entry,
            let word = words.first(where: { $0.stored == value })
        {
            return word.label
        }
        return Phrase(value, value)
    }

    private func neighbours(_ texts: Texts) -> [Page.Choice] {
        guard references.count > 1 else { return [] }
        return [
            Page.Choice(key: "n", texts(.nextOne)), Page.Choice(key: "p", texts(.previousOne)),
        ]
    }

    private func prompt(_ card: ConflictCard, _ desk: Desk) -> Page.Prompt {
        let texts = desk.texts
        switch step {
        case .looking:
            var choices = card.values.indices.map {
                Page.Choice($0 + 1, texts(.conflictPick, ["number": String($0 + 1)]))
            }
            if card.entry != .nothing {
                choices.append(Page.Choice(key: "e", texts(.conflictWrite)))
            }
            choices.append(
                card.deferral == nil
                    ? Page.Choice(key: "d", texts(.conflictPutOff))
                    : Page.Choice(key: "o", texts(.conflictReopen)))
            return .choice(
                choices + neighbours(texts) + desk.undoChoice, preselected: nil)
        case .words:
            return .choice(
                pager.choices(words, texts) { $0.label(texts.language) }, preselected: nil)
        case .value:
            guard case .text(let max, _) = card.entry else {
                return .text(.line(texts(.askValueDay), form.value, limit: 10))
            }
            return max > 80
                ? .text(.block(texts(.askValue), form.value, limit: max))
                : .text(.line(texts(.askValue), form.value, limit: max))
        case .reason:
            return .text(.line(texts(.askReason), form.reason, limit: Self.reasonMax))
        }
    }

    private var words: [ConflictCard.Word] {
        if case .words(let words)? = card?.entry { words } else { [] }
    }

    // MARK: - What is answered

    func appearing(_ desk: Desk) -> [Effect] {
        card == nil ? [.showConflict(references[index])] : []
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        switch (step, answer) {
        case (.looking, .digit(let digit)):
            guard let card else { return .go(.start) }
            guard card.values.indices.contains(digit - 1) else { return Move() }
            ask(.pick(digit))
        case (.looking, .letter(let letter)): return take(letter, &desk)
        case (.looking, _): return .go(.back)
        case (.words, .digit(let digit)):
            guard let word = pager.row(digit, of: words) else { return Move() }
            // Chosen, not written: there is nothing to keep of it.
            (form.value, form.first) = (word.stored, word.stored)
            ask(.value)
        case (.value, .text(let text)):
            form.value = text
            guard !text.isEmpty else {
                step = .looking
                return Move()
            }
            if card?.entry == .day, Day(text) == nil {
                return .refuse(desk.texts(.valueDayMustBe))
            }
            ask(.value)
        case (.reason, .text(let text)):
            form.reason = text
            return send(desk)
        case (_, .back(let text)): back(writing: text)
        default: break
        }
        return Move()
    }

    private mutating func ask(_ act: DecisionForm.Act) {
        form.act = act
        form.version = card?.version ?? ""
        step = .reason
    }

    private mutating func back(writing text: String?) {
        switch step {
        case .reason:
            form.reason = text ?? form.reason
            step = form.act == .value ? valueStep : .looking
        case .value:
            form.value = text ?? form.value
            step = .looking
        case .words, .looking: step = .looking
        }
    }

    private var valueStep: Step { words.isEmpty ? .value : .words }

    private mutating func take(_ letter: Character, _ desk: inout Desk) -> Move {
        switch letter {
        case "e":
            if case .text(_, let first)? = card?.entry, form.value.isEmpty {
                (form.value, form.first) = (first, first)
            }
            form.version = card?.version ?? ""
            step = valueStep
        case "d": ask(.putOff)
        case "o":
            said = .conflictReopened
            return Move(effects: [.reopenConflict(form.reference)])
        case "u": return Move(effects: desk.lastSettled.map { [.reopenSettled($0)] } ?? [])
        case "n": return go(to: index + 1, in: references, &desk)
        case "p": return go(to: index - 1, in: references, &desk)
        default: break
        }
        return Move()
    }

    /// Another one of the inbox; after the last the first.
    private func go(
        to place: Int, in references: [String], _ desk: inout Desk
    ) -> Move {
        guard !references.isEmpty else { return .go(.back) }
        let next = ConflictPageView(
            references, at: (place + references.count) % references.count,
            draftID: desk.newDraftID())
        var move = Move(turn: .replace(next))
        if let left = draft(writing: nil) { move.effects = [.saveDraft(left)] }
        return move
    }

    private mutating func send(_ desk: Desk) -> Move {
        guard !form.reason.isEmpty else { return .refuse(desk.texts(.reasonIsEmpty)) }
        let act: Decision.Act
        switch form.act {
        case .pick(let number)?: act = .pick(number)
        case .value?: act = .value(form.value)
        case .putOff?, nil: act = .putOff
        }
        said = act == .putOff ? .conflictWasPutOff : .conflictSettled
        return Move(effects: [
            .decide(
                Decision(
                    reference: form.reference, version: form.version, act: act,
                    reason: form.reason))
        ])
    }

    // MARK: - What the store says

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        let texts = desk.texts
        switch reply {
        case .conflict(let found):
            card = found
            if let said {
                let notice = done(said, found.row, texts)
                let discarded = Effect.discardDraft(id: form.draftID)
                form = DecisionForm(reference: form.reference, draftID: desk.newDraftID())
                (step, self.said) = (.looking, nil)
                return Move(turn: .replace(self), effects: [discarded], notice: notice)
            }
            resume(found)
            return Move()
        case .conflictMoved(let found):
            (card, step, said) = (found, .looking, nil)
            return Move(
                turn: .replace(self), notice: Page.Line(texts(.conflictMoved), .warning))
        case .reopened(let mark):
            let opened = desk.opened(mark, before: references)
            var move = Move(turn: .replace(opened.view), notice: opened.notice)
            if let left = draft(writing: nil) { move.effects = [.saveDraft(left)] }
            return move
        case .settled(let mark):
            desk.lastSettled = mark
            var left = references
            left.remove(at: index)
            let notice = card.map { done(.conflictSettled, $0.row, texts) }
            let discarded = Effect.discardDraft(id: form.draftID)
            form = DecisionForm(reference: form.reference, draftID: form.draftID)
            var move = go(to: index, in: left, &desk)
            move.effects.append(discarded)
            move.notice = notice
            return move
        case .failed:
            said = nil
            if step == .reason, form.act == .value { step = valueStep }
            return Move()
        default: return Move()
        }
    }

    private func done(_ key: TextKey, _ row: ConflictRow, _ texts: Texts) -> Page.Line {
        Page.Line(texts(key, ["title": row.title(texts)]), .good)
    }

    /// Stands where the person stopped, if the values are still those; else they come first.
    private mutating func resume(_ card: ConflictCard) {
        guard step == .looking, form.version == card.version else { return }
        switch form.act {
        case .pick?, .putOff?: step = .reason
        case .value?: step = form.reason.isEmpty ? valueStep : .reason
        case nil: if form.hasText { step = valueStep }
        }
    }

    func draft(writing text: String?) -> Draft? {
        var form = form
        switch step {
        case .value: form.value = text ?? form.value
        case .reason: form.reason = text ?? form.reason
        case .looking, .words: break
        }
        guard form.hasText else { return nil }
        return Draft(id: form.draftID, kind: .decision, decision: form)
    }
}
