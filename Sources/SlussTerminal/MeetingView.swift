import SlussCore
import SlussDomain

/// The unit's workplace meetings.
struct MeetingListView: View {
    private var rows: [MeetingRow]?
    private var pager = Pager()

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        let rows = rows ?? []
        return Page(
            heading: texts(.meetings),
            body: rows.isEmpty ? [Page.Line(texts(.noMeetings))] : [],
            prompt: .choice(
                pager.choices(rows, texts) {
                    "APT " + $0.day + " · " + $0.status(texts.language)
                } + [Page.Choice(9, texts(.newMeeting))], preselected: nil))
    }

    func appearing(_ desk: Desk) -> [Effect] { [.listMeetings] }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        guard case .digit(let digit) = answer else { return .go(.back) }
        if digit == 9 { return .go(.push(NewMeetingView())) }
        guard let row = pager.row(digit, of: rows ?? []) else { return Move() }
        return .go(.push(MeetingView(reference: row.record)))
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        if case .meetings(let found) = reply { rows = found }
        return Move()
    }
}

/// Asks before a new meeting's notes are begun: one press must not make a record.
struct NewMeetingView: View {
    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        return Page(
            heading: texts(.newMeeting),
            body: [Page.Line(texts(.newMeetingWhat, ["day": desk.today.description]))],
            prompt: .choice(
                [Page.Choice(1, texts(.beginMeeting)), Page.Choice(2, texts(.toStart))],
                preselected: 1))
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        switch answer {
        case .digit(1): Move(effects: [.startMeeting])
        case .digit: .go(.start)
        default: .go(.back)
        }
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        guard case .meeting(let card) = reply else { return Move() }
        return .go(.replace(MeetingView(card: card)))
    }
}

/// One meeting's notes, and what can be written in them.
struct MeetingView: View {
    private let reference: String
    private var card: MeetingCard?

    init(reference: String) { self.reference = reference }

    init(card: MeetingCard) {
        self.card = card
        reference = card.row.record
    }

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        guard let card else {
            return Page(heading: texts(.meetings), prompt: .choice([], preselected: nil))
        }
        var choices: [Page.Choice]
        if card.isSigned {
            choices = [
                Page.Choice(1, texts(.writeAddendum)), Page.Choice(7, texts(.lineToIdea)),
            ]
        } else {
            choices = [
                Page.Choice(1, texts(.writeItem)), Page.Choice(2, texts(.writeDecision)),
                Page.Choice(3, texts(.writeAction)), Page.Choice(4, texts(.writeLift)),
                Page.Choice(5, texts(.writePresent)), Page.Choice(6, texts(.setAction)),
                Page.Choice(7, texts(.lineToIdea)), Page.Choice(8, texts(.finishNote)),
            ]
        }
        return Page(
            heading: "APT " + card.row.day + " · " + card.row.status(texts.language),
            body: Self.body(card, texts), prompt: .choice(choices, preselected: nil))
    }

    static func body(_ card: MeetingCard, _ texts: Texts) -> [Page.Line] {
        var body: [Page.Line] = []
        if !card.present.isEmpty {
            let counts = card.present.map { String($0) }.joined(separator: " + ")
            body.append(Page.Line(texts(.presentIs, ["number": counts])))
        }
        for item in card.items {
            let isEmpty = item.texts.isEmpty && item.notes.isEmpty
            body.append(Page.Line("\(item.number) \(item.title)", isEmpty ? .plain : .strong))
            if item.texts.count > 1 { body.append(Page.Line("   " + texts(.twoTexts), .warning)) }
            body += item.texts.flatMap(\.linesOfText).map { Page.Line("   " + $0) }
            body += item.notes.map { note(_: $0, texts) }
        }
        for addendum in card.addenda {
            body.append(Page.Line(texts(.addendum) + " " + addendum))
        }
        for proposal in card.proposals {
            body.append(Page.Line(texts(.proposal) + " " + proposal, .warning))
        }
        if !card.signers.isEmpty {
            let names = card.signers.joined(separator: ", ")
            body.append(Page.Line(texts(.signedBy, ["names": names]), .faint))
        }
        return body
    }

    static func note(_ note: MeetingCard.Note, _ texts: Texts) -> Page.Line {
        var parts: [String] = []
        switch note.kind {
        case .decision:
            parts.append(texts(.decision) + " " + note.text)
        case .action:
            parts.append(texts(.action) + " " + note.text)
        case .lift:
            parts.append(texts(.lift) + " " + note.text)
        }
        if let who = note.who, !who.isEmpty { parts.append(who) }
        if let due = note.due { parts.append(texts(.dueBy, ["day": due])) }
        if note.isOverdue {
            parts.append(texts(.overdue))
        } else if let status = note.status {
            parts.append(status.phrase(texts.language))
        }
        return Page.Line(
            "   " + parts.joined(separator: " · "), note.isOverdue ? .warning : .plain)
    }

    func appearing(_ desk: Desk) -> [Effect] { [.showMeeting(reference)] }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        guard case .digit(let digit) = answer else { return .go(.back) }
        guard let card else { return Move() }
        let record = card.row.record
        func line(_ kind: MeetingLine.Kind) -> Move {
            let line = MeetingLine(kind: kind, record: record, draftID: desk.newDraftID())
            return .go(.push(MeetingLineView(line: line, card: card)))
        }
        switch digit {
        case 1: return line(card.isSigned ? .addendum : .item)
        case 2: return line(.decision)
        case 3: return line(.action)
        case 4: return line(.lift)
        case 5: return .go(.push(PresentView(record: record)))
        case 6: return .go(.push(ActionsView(card: card)))
        case 7: return .go(.push(LinesView(card: card)))
        case 8: return .go(.push(FinishView(card: card)))
        default: return Move()
        }
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        if case .meeting(let found) = reply { card = found }
        return Move()
    }
}

/// How many were there: counts, never names, never why someone was away.
struct PresentView: View {
    let record: String

    func page(_ desk: Desk) -> Page {
        Page(
            heading: desk.texts(.writePresent), body: [Page.Line(desk.texts(.presentWhy))],
            prompt: .text(.line(desk.texts(.askPresent), limit: 40)))
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        guard case .text(let text) = answer, !text.isEmpty else { return .go(.back) }
        let counts = text.split { !$0.isNumber }.map { Int64($0) }
        guard !counts.isEmpty, counts.count <= 10,
            counts.allSatisfy({ $0.map { $0 <= 999 } ?? false })
        else { return .refuse(desk.texts(.presentMustBe)) }
        return Move(effects: [.changeMeeting(record, .present(counts.compactMap { $0 }))])
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        guard case .meeting = reply else { return Move() }
        return .go(.back, notice: Page.Line(desk.texts(.savedNote), .good))
    }
}

/// Where the actions stand.
struct ActionsView: View {
    private var card: MeetingCard
    private var pager = Pager()
    private var chosen: MeetingCard.Note?

    init(card: MeetingCard) { self.card = card }

    private var actions: [MeetingCard.Note] {
        card.items.flatMap(\.notes).filter { $0.kind == .action }
    }

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        if let chosen {
            return Page(
                heading: texts(.setAction), body: [MeetingView.note(chosen, texts)],
                prompt: .choice(
                    ActionStatus.allCases.enumerated().map {
                        Page.Choice($0.offset + 1, $0.element.phrase(texts.language))
                    }, preselected: nil))
        }
        return Page(
            heading: texts(.setAction),
            body: actions.isEmpty ? [Page.Line(texts(.noActions))] : [],
            prompt: .choice(
                pager.choices(actions, texts) {
                    MeetingView.note($0, texts).text.trimmedOfBlanks
                }, preselected: nil))
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        guard case .digit(let digit) = answer else {
            guard chosen == nil else {
                chosen = nil
                return Move()
            }
            return .go(.back)
        }
        guard let chosen else {
            chosen = pager.row(digit, of: actions)
            return Move()
        }
        guard ActionStatus.allCases.indices.contains(digit - 1), let place = chosen.place else {
            return Move()
        }
        let status = ActionStatus.allCases[digit - 1]
        return Move(effects: [.changeMeeting(card.row.record, .action(place: place, status))])
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        guard case .meeting(let found) = reply else { return Move() }
        card = found
        chosen = nil
        return Move(notice: Page.Line(desk.texts(.savedNote), .good))
    }
}

/// Makes an idea of a line; the line stays in the note.
struct LinesView: View {
    let card: MeetingCard
    private var pager = Pager()

    init(card: MeetingCard) { self.card = card }

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        return Page(
            heading: texts(.lineToIdea),
            body: [Page.Line(texts(card.lines.isEmpty ? .noLines : .whichLine))],
            prompt: .choice(
                pager.choices(card.lines, texts) {
                    "\($0.item): " + ($0.text.linesOfText.first ?? "")
                }, preselected: nil))
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        guard case .digit(let digit) = answer else { return .go(.back) }
        guard let line = pager.row(digit, of: card.lines) else { return Move() }
        var form = IdeaForm(draftID: desk.newDraftID())
        form.problem = line.text
        form.origin = Origin.meeting.rawValue
        form.meeting = card.row.number
        return .go(.replace(IdeaView(form: form)))
    }
}

/// Sends the note round, or signs it off with two names.
struct FinishView: View {
    let card: MeetingCard
    private var names: [String]?

    init(card: MeetingCard) { self.card = card }

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        guard let names else {
            var choices = [Page.Choice(2, texts(.signOff))]
            if !card.isReady { choices.insert(Page.Choice(1, texts(.markReady)), at: 0) }
            return Page(
                heading: texts(.finishNote), body: [Page.Line(texts(.finishWarning))],
                prompt: .choice(choices, preselected: nil))
        }
        return Page(
            heading: texts(.signOff), body: [Page.Line(texts(.signWarning))],
            prompt: .text(.line(texts(names.isEmpty ? .askChair : .askSigner))))
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        let record = card.row.record
        switch answer {
        case .digit(1): return Move(effects: [.changeMeeting(record, .ready)])
        case .digit(2):
            names = []
            return Move()
        case .digit: return Move()
        case .text(let name):
            guard var names, !name.isEmpty else { return .refuse(desk.texts(.nameIsEmpty)) }
            names.append(name)
            self.names = names
            guard names.count == 2 else { return Move() }
            return Move(effects: [.changeMeeting(record, .sign(names))])
        case .back:
            guard let names else { return .go(.back) }
            self.names = names.isEmpty ? nil : []
            return Move()
        case .letter: return Move()
        }
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        switch reply {
        case .meeting:
            return .go(
                .back, notice: Page.Line(desk.texts(names == nil ? .savedNote : .signed), .good))
        case .failed:
            if names != nil { names = [] }
            return Move()
        default: return Move()
        }
    }
}
