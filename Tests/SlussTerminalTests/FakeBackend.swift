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
    /// What waits at the central; `nil` at a unit.
    var central: CentralFacts?
    var conflicts: [ConflictCard] = []
    var decisions: [Decision] = []
    var settled: [SettledCard] = []
    /// Whether somebody else has opened again what was settled.
    var isReopened = false
    var answers: [String] = []
    /// Whether somebody else has given a further value meanwhile.
    var hasMoved = false
    /// What every effect so far was.
    var log: [Effect] = []
    /// Whether the disk takes nothing.
    var isFull = false

    mutating func reply(to effect: Effect) -> Reply? {
        log.append(effect)
        let owner = person ?? ""
        switch effect {
        case .look:
            var facts = Facts(
                newAnswers: ideas.count { $0.row.unseen > 0 }, isCentral: central != nil)
            facts.central = central ?? CentralFacts()
            return .facts(facts)
        case .listConflicts, .showConflict, .decide, .reopenConflict, .listWaiting, .answerIdea,
            .listSettled, .showSettled, .reopenSettled:
            return replyOfCentral(to: effect)
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
        case .sayHelpful(let record, _):
            guard let index = ideas.firstIndex(where: { $0.row.record == record }) else {
                return nil
            }
            ideas[index].asksHelpful = false
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

extension FakeBackend {
    private static let refused = Phrase(
        "[FEL] Det ser ut som ett personnummer.", "[ERROR] It looks like a personal number.")

    fileprivate mutating func replyOfCentral(to effect: Effect) -> Reply? {
        switch effect {
        case .listConflicts:
            let rows = conflicts.map(\.row)
            return .conflicts(rows.filter { !$0.isPutOff } + rows.filter(\.isPutOff))
        case .showConflict(let reference):
            return conflicts.first { $0.row.reference == reference }.map { .conflict($0) }
        case .reopenConflict(let reference): return putOff(reference, nil)
        case .decide(let decision):
            guard
                let index = conflicts.firstIndex(where: { $0.row.reference == decision.reference })
            else { return .failed(Self.refused) }
            guard !hasMoved else { return .conflictMoved(conflicts[index]) }
            guard !decision.reason.contains("19900101") else { return .failed(Self.refused) }
            decisions.append(decision)
            if case .putOff = decision.act {
                return putOff(
                    decision.reference,
                    Deferral(reason: decision.reason, day: today.description, role: .coordinator))
            }
            let card = SampleConflicts.settled(
                conflicts.remove(at: index), decision.act, decision.reason, number: decisions.count)
            settled.insert(card, at: 0)
            return .settled(card.mark)
        case .listSettled: return .settledConflicts(settled.map(SampleConflicts.row))
        case .showSettled(let mark):
            return settled.first { $0.mark == mark }.map { .settledConflict($0) }
        case .reopenSettled(let mark):
            guard !isReopened, let index = settled.firstIndex(where: { $0.mark == mark }) else {
                return .failed(
                    Phrase("[FEL] Värdena står redan där.", "[ERROR] They stand there already."))
            }
            conflicts.insert(settled.remove(at: index).conflict, at: 0)
            return .reopened(mark)
        case .listWaiting:
            return .waiting(
                ideas.filter { $0.answers.isEmpty }.map { WaitingRow($0.row) }
                    + ideas.filter { !$0.answers.isEmpty }.map {
                        var row = $0.row
                        row.unseen = 0
                        return WaitingRow(row, due: "2026-03-01")
                    })
        case .answerIdea(let record, let text):
            answers.append(text)
            let number = ideas.first { $0.row.record == record }?.row.number
            ideas.removeAll { $0.row.record == record }
            return .answered(number ?? "–")
        default: return nil
        }
    }

    private mutating func putOff(_ reference: String, _ deferral: Deferral?) -> Reply? {
        guard let index = conflicts.firstIndex(where: { $0.row.reference == reference }) else {
            return nil
        }
        conflicts[index].deferral = deferral
        conflicts[index].row.isPutOff = deferral != nil
        return .conflict(conflicts[index])
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
                unitName: backend.central == nil ? "Äppelvretens vårdboende" : "Samordnaren",
                language: language, today: today, isPlain: isPlain,
                isCentral: backend.central != nil, session: "test"))
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
