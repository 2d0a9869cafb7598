import SlussCore
import SlussDomain

/// A line of a meeting's notes: which item, the text, and what belongs to it.
struct MeetingLineView: View {
    private enum Step: Hashable {
        case item
        case title
        case text
        case who
        case mandate
        case lift
        case due
        case saving
    }

    private var line: MeetingLine
    private let card: MeetingCard?
    private var step: Step
    private var cursor: Int?
    private var warning: TextKey?
    /// Ten digits that may be a person's number: the text without them.
    private var doubtful: (masked: String, isProbablyOther: Bool)?

    init(line: MeetingLine, card: MeetingCard? = nil) {
        self.line = line
        self.card = card
        step = line.kind == .addendum || card == nil ? .text : .item
    }

    private var limit: Int {
        switch line.kind {
        case .item: 2000
        case .addendum: 1000
        default: 600
        }
    }

    private var heading: TextKey {
        switch line.kind {
        case .item: .writeItem
        case .decision: .writeDecision
        case .action: .writeAction
        case .lift: .writeLift
        case .addendum: .writeAddendum
        }
    }

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        var page = Page(
            heading: texts(heading), notice: warning.map { Page.Line(texts($0), .warning) },
            prompt: prompt(desk))
        if let doubtful {
            page.body = doubtful.masked.linesOfText.map { Page.Line($0) }
            page.body.append(Page.Line(texts(.isItANumber), .strong))
        } else if step == .item, let card {
            page.body = card.items.map { Page.Line("\($0.number) \($0.title)") }
        } else if step == .mandate {
            page.body = [Page.Line(texts(.askMandate), .strong)]
        } else if step == .lift {
            page.body = [Page.Line(texts(.askLiftTo), .strong)]
        }
        return page
    }

    private func prompt(_ desk: Desk) -> Page.Prompt {
        let texts = desk.texts
        if let doubtful {
            return .choice(
                [Page.Choice(1, texts(.numberYes)), Page.Choice(2, texts(.numberNo))],
                preselected: doubtful.isProbablyOther ? 2 : nil)
        }
        switch step {
        case .item: return .text(.line(texts(.askItem), limit: 3))
        case .title: return .text(.line(texts(.askItemTitle)))
        case .text:
            return .text(.block(texts(.askLineText), line.text, cursor: cursor, limit: limit))
        case .who:
            return .text(
                .line(texts(line.kind == .decision ? .askDecidedBy : .askWho), line.who ?? ""))
        case .mandate:
            return .choice(
                [Page.Choice(1, texts(.mandateYes)), Page.Choice(2, texts(.mandateNo))],
                preselected: nil)
        case .lift:
            return .choice(
                Self.receivers.enumerated().map { Page.Choice($0.offset + 1, texts($0.element)) },
                preselected: nil)
        case .due: return .text(.line(texts(.askDue), limit: 10))
        case .saving:
            var choices = [Page.Choice(1, texts(.tryAgain)), Page.Choice(2, texts(.changeText))]
            // The note may have been signed off meanwhile.
            if line.kind != .addendum { choices.append(Page.Choice(3, texts(.makeAddendum))) }
            return .choice(choices, preselected: nil)
        }
    }

    private static let receivers: [TextKey] = [
        .liftCooperation, .liftManager, .liftSafety,
    ]

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        warning = nil
        cursor = nil
        if let doubtful { return number(doubtful.masked, answer) }
        switch (step, answer) {
        case (_, .back(let text)): return back(writing: text)
        case (.item, .text(let text)): return item(text, desk)
        case (.title, .text(let text)):
            line.title = text.isEmpty ? nil : text
            step = .text
        case (.text, .text(let text)): return take(text, desk)
        case (.who, .text(let text)):
            line.who = text.isEmpty ? nil : text
            step = line.kind == .decision ? .mandate : .due
        case (.mandate, .digit(let digit)):
            line.isWithinMandate = digit == 1
            return save()
        case (.lift, .digit(let digit)):
            guard Self.receivers.indices.contains(digit - 1) else { return Move() }
            line.who = Texts(.swedish)(Self.receivers[digit - 1])
            return save()
        case (.due, .text(let text)):
            guard let due = Self.due(text, today: desk.today) else {
                return .refuse(desk.texts(.dueMustBe))
            }
            line.due = due.isEmpty ? nil : due
            return save()
        case (.saving, .digit(2)): step = .text
        case (.saving, .digit(3)):
            line.kind = .addendum
            return save()
        case (.saving, .digit): return save()
        default: break
        }
        return Move()
    }

    private mutating func back(writing text: String?) -> Move {
        switch step {
        case .item: return .go(.back)
        case .text:
            line.text = text ?? line.text
            guard card != nil, line.kind != .addendum else { return .go(.back) }
            step = .item
        case .title: step = .item
        case .who, .lift, .saving: step = .text
        case .mandate, .due: step = .who
        }
        return Move()
    }

    private mutating func item(_ text: String, _ desk: Desk) -> Move {
        guard let number = Int64(text), (1...999).contains(number) else {
            return .refuse(desk.texts(.itemMustBe))
        }
        line.item = number
        let known = card?.items.first { $0.number == number }
        line.title = known?.title
        if line.kind == .item, line.text.isEmpty, let known, !known.texts.isEmpty {
            // Of two texts none is lost: who goes on with them settles how it shall be.
            line.text = MeetingLine.joined(known.texts)
            line.replaces = line.text
        }
        step = known == nil ? .title : .text
        return Move()
    }

    private mutating func take(_ text: String, _ desk: Desk) -> Move {
        line.text = text
        guard !text.isEmpty else { return .go(.back) }
        switch NumberCheck.of(text, today: desk.today) {
        case .clean: return goOn()
        case .stop(let masked, let place):
            line.text = masked
            cursor = place
            warning = .numberStop
        case .ask(let masked, let isProbablyOther):
            doubtful = (masked, isProbablyOther)
        }
        return Move()
    }

    private mutating func number(_ masked: String, _ answer: Answer) -> Move {
        doubtful = nil
        guard case .digit(let digit) = answer else { return Move() }
        if digit == 2 { return goOn() }
        line.text = masked
        cursor = NumberCheck.cursor(in: masked)
        warning = .numberStop
        return Move()
    }

    private mutating func goOn() -> Move {
        switch line.kind {
        case .item, .addendum: return save()
        case .decision, .action: step = .who
        case .lift: step = .lift
        }
        return Move()
    }

    private mutating func save() -> Move {
        step = .saving
        return Move(effects: [.changeMeeting(line.record, .write(line))])
    }

    /// A day as typed: `2026-03-20`, or a number of days from today; empty for none.
    static func due(_ text: String, today: Day) -> String? {
        if text.isEmpty { return "" }
        if let days = Int(text), (1...999).contains(days) {
            return today.adding(days: days).description
        }
        return Day(text)?.description
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        switch reply {
        case .meeting(let card):
            let done = Effect.discardDraft(id: line.draftID)
            let saved = Page.Line(desk.texts(.savedNote), .good)
            // A decision beyond the mandate goes on to who may take it.
            if line.kind == .decision, line.isWithinMandate == false {
                var lift = MeetingLine(
                    kind: .lift, record: line.record, draftID: desk.newDraftID())
                lift.item = line.item
                lift.title = line.title
                lift.text = line.text
                var next = MeetingLineView(line: lift, card: card)
                next.step = .lift
                return .go(.replace(next), done, notice: saved)
            }
            line.text = ""
            return .go(.back, done, notice: saved)
        case .failed:
            step = .saving
            return Move()
        default: return Move()
        }
    }

    func draft(writing text: String?) -> Draft? {
        var line = line
        if step == .text { line.text = text ?? line.text }
        guard !line.text.trimmedOfBlanks.isEmpty, line.text != line.replaces else { return nil }
        return Draft(id: line.draftID, kind: .meeting, line: line)
    }
}
