import SlussDomain

/// The locked screen: nothing of anyone's, and who is next.
struct LockView: View {
    /// Whether something that was being written has been kept.
    let hasKept: Bool
    private var persons: [PersonRow] = []
    private var pager = Pager()
    private var wantsPIN: PersonRow?
    /// Whether it is asked if Sluss shall close: 0 pressed twice or held down must not do it.
    private var isClosing = false

    init(hasKept: Bool) { self.hasKept = hasKept }

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        if let person = wantsPIN {
            return Page(
                heading: texts(.locked),
                prompt: .text(.secret(texts(.askPIN, ["name": person.name]))))
        }
        if isClosing {
            return Page(
                heading: texts(.locked), body: [Page.Line(texts(.quitQuestion), .strong)],
                prompt: .choice(
                    [Page.Choice(1, texts(.notYet)), Page.Choice(2, texts(.quit))],
                    preselected: 1))
        }
        var body = [Page.Line(texts(hasKept ? .lockedKept : .lockedPlain), .strong)]
        body.append(Page.Line(texts(.whoIsThere)))
        // Nobody in particular comes first, so that it is always the same key.
        let rows: [PersonRow?] = [nil] + persons
        var choices = pager.choices(rows, texts) { $0?.name ?? texts(.nobody) }
        choices.append(Page.Choice(9, texts(.newPerson)))
        choices.append(Page.Choice(0, texts(.quit)))
        return Page(
            heading: texts(.locked), body: body, prompt: .choice(choices, preselected: nil))
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        if isClosing {
            isClosing = false
            if case .digit(2) = answer { return .go(.quit) }
            return Move()
        }
        switch answer {
        case .digit(0):
            isClosing = true
            return Move()
        case .digit(9): return .go(.push(NewPersonView()))
        case .digit(let digit):
            guard let row = pager.row(digit, of: [nil] + persons) else { return Move() }
            if let person = row, person.hasPIN {
                wantsPIN = person
                return Move()
            }
            return Move(effects: [.choosePerson(id: row?.id, pin: nil)])
        case .text(let pin):
            guard let person = wantsPIN, !pin.isEmpty else {
                wantsPIN = nil
                return Move()
            }
            return Move(effects: [.choosePerson(id: person.id, pin: pin)])
        case .back:
            wantsPIN = nil
            return Move()
        case .letter: return Move()
        }
    }

    func appearing(_ desk: Desk) -> [Effect] { [.listPersons] }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        switch reply {
        case .persons(let rows):
            persons = rows
            return Move()
        case .wrongPIN:
            return Move(notice: Page.Line(desk.texts(.wrongPIN), .warning))
        case .person:
            return .go(.replace(DraftListView(isUnlocking: true)))
        default: return Move()
        }
    }
}

/// Someone who wants to be found under a name on this computer.
struct NewPersonView: View {
    private var name: String?
    private var pin: String?

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        guard let name else {
            return Page(
                heading: texts(.newPerson), body: [Page.Line(texts(.newPersonWhy))],
                prompt: .text(.line(texts(.askPersonName), limit: 40)))
        }
        return Page(
            heading: texts(.newPerson), body: [Page.Line(texts(.pinWhy, ["name": name]))],
            prompt: .text(.secret(texts(pin == nil ? .askNewPIN : .askPINAgain))))
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        guard case .text(let text) = answer else {
            guard name != nil else { return .go(.back) }
            (name, pin) = (nil, nil)
            return Move()
        }
        guard let name else {
            guard !text.isEmpty else { return .go(.back) }
            name = text
            return Move()
        }
        if text.isEmpty, pin == nil {
            return Move(effects: [.addPerson(name: name, pin: nil)])
        }
        guard let first = pin else {
            guard (4...8).contains(text.count), text.allSatisfy({ $0.isASCII && $0.isNumber })
            else { return .go(.stay, notice: Page.Line(desk.texts(.pinMustBe), .warning)) }
            pin = text
            return Move()
        }
        guard first == text else {
            pin = nil
            return .go(.stay, notice: Page.Line(desk.texts(.pinsDiffer), .warning))
        }
        return Move(effects: [.addPerson(name: name, pin: text)])
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        switch reply {
        case .person: return .go(.start)
        case .failed:
            (name, pin) = (nil, nil)
            return Move()
        default: return Move()
        }
    }
}

/// What the person at the keyboard has begun.
struct DraftListView: View {
    /// Whether it comes right after unlocking: then it goes on to the start if there is nothing.
    private let isUnlocking: Bool
    private var rows: [DraftRow]?
    private var pager = Pager()
    private var chosen: DraftRow?
    private var isChecking = false
    /// Whether it is asked if the text shall be thrown away: a digit pressed twice must not do it.
    private var isThrowing = false
    /// Whether the first word is asked for to throw the text away, not to open it.
    private var isForThrowing = false

    init(isUnlocking: Bool = false) { self.isUnlocking = isUnlocking }

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        if isChecking {
            return Page(
                heading: texts(.begun), body: [Page.Line(texts(.firstWordWhy))],
                prompt: .text(.line(texts(.askFirstWord))))
        }
        if let chosen, isThrowing {
            return Page(
                heading: texts(.begun),
                body: [
                    Page.Line(Self.label(chosen, texts), .strong),
                    Page.Line(texts(.throwAwayQuestion), .warning),
                ],
                prompt: .choice(
                    [Page.Choice(1, texts(.notYet)), Page.Choice(3, texts(.throwAway))],
                    preselected: 1))
        }
        if let chosen {
            return Page(
                heading: texts(.begun), body: [Page.Line(Self.label(chosen, texts), .strong)],
                prompt: .choice(
                    [Page.Choice(1, texts(.goOn)), Page.Choice(2, texts(.throwAway))],
                    preselected: 1))
        }
        let rows = rows ?? []
        return Page(
            heading: texts(.begun),
            body: [Page.Line(texts(rows.isEmpty ? .nothingBegun : .begunHere))],
            prompt: .choice(
                pager.choices(rows, texts) { Self.label($0, texts) }
                    + [Page.Choice(9, texts(.toStart))], preselected: nil))
    }

    private static func label(_ row: DraftRow, _ texts: Texts) -> String {
        let key: TextKey =
            switch row.kind {
            case .idea: .begunIdea
            case .meeting: .begunMeeting
            case .decision: .begunDecision
            case .answer: .begunAnswer
            }
        return texts(key, ["when": row.when])
    }

    func appearing(_ desk: Desk) -> [Effect] { [.listDrafts] }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        switch answer {
        case .text(let word):
            guard let chosen, !word.isEmpty else {
                isChecking = false
                return Move()
            }
            firstWord = word
            return Move(effects: [.openDraft(id: chosen.id)])
        case .digit(let digit):
            guard let chosen else {
                if digit == 9 { return .go(.start) }
                chosen = pager.row(digit, of: rows ?? [])
                return Move()
            }
            if isThrowing {
                isThrowing = false
                guard digit == 3 else { return Move() }
                if desk.person == nil {
                    // What opens for its writer only is thrown away by its writer only.
                    (isChecking, isForThrowing) = (true, true)
                    return Move()
                }
                self.chosen = nil
                return Move(effects: [.discardDraft(id: chosen.id), .listDrafts])
            }
            if digit == 2 {
                isThrowing = true
                return Move()
            }
            guard desk.person != nil else {
                // Nobody's drafts lie open to all, so the writer shows that it is theirs.
                (isChecking, isForThrowing) = (true, false)
                return Move()
            }
            return Move(effects: [.openDraft(id: chosen.id)])
        case .back:
            if isChecking || isThrowing {
                (isChecking, isThrowing) = (false, false)
                return Move()
            }
            guard chosen == nil else {
                chosen = nil
                return Move()
            }
            return .go(.start)
        case .letter: return Move()
        }
    }

    private var firstWord: String?

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        switch reply {
        case .drafts(let found):
            rows = found
            guard isUnlocking else { return Move() }
            if found.isEmpty { return .go(.start) }
            // Unlocking brings the one thing that was being written back.
            if found.count == 1, desk.person != nil {
                return Move(effects: [.openDraft(id: found[0].id)])
            }
            return Move()
        case .draft(let draft):
            if desk.person == nil, let typed = firstWord, !Self.begins(draft.firstText, typed) {
                firstWord = nil
                return Move(notice: Page.Line(desk.texts(.otherFirstWord), .warning))
            }
            if isForThrowing {
                (isChecking, isForThrowing, chosen) = (false, false, nil)
                return Move(effects: [.discardDraft(id: draft.id), .listDrafts])
            }
            if let form = draft.idea { return .go(.replace(IdeaView(form: form))) }
            if let line = draft.line { return .go(.replace(MeetingLineView(line: line))) }
            if let form = draft.decision { return .go(.replace(ConflictPageView(form: form))) }
            if let form = draft.answer { return .go(.replace(AnswerView(form: form))) }
            return Move()
        default: return Move()
        }
    }

    /// Whether a text begins with a word, however its letters are written.
    private static func begins(_ text: String, _ typed: String) -> Bool {
        let words = { (text: String) in
            text.lowercased().split { !$0.isLetter && !$0.isNumber }.first.map(String.init) ?? ""
        }
        return words(text) == words(typed)
    }
}
