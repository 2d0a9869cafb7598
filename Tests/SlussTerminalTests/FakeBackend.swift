import SlussCore
import SlussDomain
import SlussTerminal

/// Answers the client's effects from memory, the same way every time.
struct FakeBackend {
    var today: Day
    var person: String?
    var persons: [PersonRow] = []
    var pins: [String: String] = [:]
    var drafts: [String: [Draft]] = [:]
    var sent: [IdeaForm] = []
    var ideas: [IdeaCard] = []
    var meetings: [MeetingCard] = []
    var changes: [MeetingChange] = []
    var exchange = ExchangeReport()
    /// What every effect so far was.
    var log: [Effect] = []
    /// Whether the disk takes nothing.
    var isFull = false

    mutating func reply(to effect: Effect) -> Reply? {
        log.append(effect)
        let owner = person ?? ""
        switch effect {
        case .look: return .facts(Facts(newAnswers: ideas.count { $0.row.unseen > 0 }))
        case .send(let form):
            if isFull {
                return .failed(Phrase("[FEL] Disken är full.", "[ERROR] The disk is full."))
            }
            sent.append(form)
            return .sent(
                Receipt(
                    number: "OMS-SB-04-26-0007", code: "KANEL-47",
                    answerBy: today.adding(days: 14), isStopped: false))
        case .listIdeas(let answered):
            return .ideas(ideas.filter { !answered || !$0.answers.isEmpty }.map(\.row))
        case .showIdea(let record):
            return ideas.first { $0.row.record == record }.map { .idea($0) }
        case .support(let record):
            guard let index = ideas.firstIndex(where: { $0.row.record == record }) else {
                return nil
            }
            ideas[index].support += 1
            return .idea(ideas[index])
        case .search(let text):
            return .found(
                ideas.filter { $0.problem.lowercased().contains(text.lowercased()) }.map {
                    FoundRow(
                        record: $0.row.record, number: $0.row.number, title: $0.row.title,
                        isMeeting: false)
                })
        case .openWithCode(_, let code):
            guard code == "KANEL-47", let card = ideas.first else {
                return .failed(Phrase("[FEL] Fel kod.", "[ERROR] Wrong code."))
            }
            return .idea(card)
        case .listMeetings: return .meetings(meetings.map(\.row))
        case .startMeeting, .showMeeting: return meetings.first.map { .meeting($0) }
        case .changeMeeting(_, let change):
            changes.append(change)
            return meetings.first.map { .meeting($0) }
        case .listPlaces: return .places([Place(path: "/media/sticka", bundles: 2)])
        case .exchange: return .exchanged(exchange)
        case .listPersons: return .persons(persons)
        case .addPerson(let name, let pin):
            let row = PersonRow(id: "p\(persons.count + 1)", name: name, hasPIN: pin != nil)
            persons.append(row)
            pins[row.id] = pin
            person = row.id
            return .person(row)
        case .choosePerson(let id, let pin):
            guard let id else {
                person = nil
                return .person(nil)
            }
            guard pins[id] == nil || pins[id] == pin else { return .wrongPIN }
            person = id
            return .person(persons.first { $0.id == id })
        case .saveDraft(let draft):
            drafts[owner, default: []].removeAll { $0.id == draft.id }
            drafts[owner, default: []].append(draft)
            return nil
        case .listDrafts:
            return .drafts(
                (drafts[owner] ?? []).map { DraftRow(id: $0.id, kind: $0.kind, when: "14.05") })
        case .openDraft(let id):
            return (drafts[owner] ?? []).first { $0.id == id }.map { .draft($0) }
        case .discardDraft(let id):
            drafts[owner]?.removeAll { $0.id == id }
            return nil
        case .noteSeen, .quit, .keepAgain: return nil
        case .lock:
            person = nil
            return nil
        }
    }
}

/// A client that is driven by a script.
struct ClientRun {
    var client: Client
    var backend: FakeBackend
    let size: ScreenSize
    /// Every screen that was asked for.
    var screens: [String] = []

    init(
        _ language: Language = .swedish, columns: Int = 80, rows: Int = 24, isPlain: Bool = false,
        _ prepare: (inout FakeBackend) -> Void = { _ in }
    ) {
        let today = Day(year: 2026, month: 3, day: 2) ?? Day(number: 0)
        backend = FakeBackend(today: today)
        prepare(&backend)
        size = ScreenSize(columns: columns, rows: rows)
        client = Client(
            desk: Desk(
                unitName: "Äppelvretens vårdboende", language: language, today: today,
                isPlain: isPlain, session: "test"))
        client.set(size: size)
        perform(client.begin())
    }

    private mutating func perform(_ effects: [Effect]) {
        var queue = effects
        while !queue.isEmpty {
            let effect = queue.removeFirst()
            if case .saveDraft(let draft) = effect, backend.isFull {
                client.couldNotKeep(
                    draft, for: backend.person, Phrase("Disken är full.", "The disk is full."))
                continue
            }
            if let reply = backend.reply(to: effect) {
                queue = client.handle(.reply(reply)) + queue
            }
        }
    }

    mutating func send(_ event: Event) { perform(client.handle(event)) }

    /// Types a text, character for character, `⏎` for Enter and `⌫` for Backspace.
    mutating func type(_ text: String) {
        for character in text {
            switch character {
            case "⏎": send(.key(.enter))
            case "⌫": send(.key(.backspace))
            default: send(.text(String(character)))
            }
        }
    }

    /// Notes what stands on the screen now.
    mutating func look(_ why: String) {
        screens.append("### \(why)\n" + client.screen(size).drawing)
    }

    var screen: String {
        var client = client
        return client.screen(size).drawing
    }
}
