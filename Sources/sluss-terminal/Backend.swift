import Foundation
import Glibc
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync
import SlussTerminal

/// Does what the client asks for, and answers.
///
/// The store is opened for each effect and let go of again, so that other programs get their turn.
final class Backend {
    /// The unit's name; text from outside.
    let unitName: String
    /// Whether the store is the central's.
    let isCentral: Bool
    let store: String
    let today: () -> Day
    let folders: [String]
    let drafts: DraftBox
    private var person: KnownPerson?
    private var key: DraftKey?
    private var hasDiscarded = false

    /// Whose drafts are kept now; `nil` is nobody in particular.
    var personID: String? { person?.id }
    /// The name that lines are written under, if a person is chosen.
    var author: OpenUnit.Person { OpenUnit.Person(name: person?.name) }

    init(_ options: TerminalOptions) throws {
        store = options.storeFolder
        today = { options.day }
        folders = options.folder
        let unit = try OpenUnit(
            folder: store, for: .reading, today: options.day, on: .thisComputer)
        unitName = unit.name
        isCentral = unit.isCentral
        drafts = DraftBox(store: store)
    }

    /// Does an effect; `nil` if there is nothing to say of it.
    func reply(to effect: Effect) -> Reply? {
        do {
            return try answer(effect)
        } catch {
            return .failed(Self.failure(error))
        }
    }

    /// An error in words, marked as one.
    static func failure(_ error: any Error) -> Phrase {
        let phrase = Explanation(of: error).phrase
        return Phrase("[FEL] " + phrase.swedish, "[ERROR] " + phrase.english)
    }

    private func answer(_ effect: Effect) throws -> Reply? {
        switch effect {
        case .look: .facts(try facts())
        case .send(let form): .sent(try send(form))
        case .listIdeas(let answered): .ideas(try ideas(answered: answered))
        case .showIdea(let reference): .idea(try card(of: reading().idea(reference)))
        case .noteSeen(let record, let answers):
            try noteSeen(record, answers)
        case .support(let reference):
            .idea(try card(of: writing("support") { try $0.support(reference) }))
        case .sayHelpful(let reference, let word):
            .idea(try card(of: writing("helpful") { try $0.sayHelpful(reference, word) }))
        case .search(let text): .found(try search(text))
        case .openWithCode(let number, let code):
            .idea(try card(of: reading().idea(number, openedWith: code)))
        case .listMeetings, .startMeeting, .showMeeting, .changeMeeting:
            try answerOfMeetings(effect)
        case .listPlaces: .places(Places.found(besides: folders))
        case .exchange(let exchange): exchanged(exchange)
        case .listPersons, .addPerson, .choosePerson: try answerOfPersons(effect)
        case .listDrafts, .openDraft, .discardDraft: try answerOfDrafts(effect)
        case .listConflicts, .showConflict, .decide, .reopenConflict, .listSettled, .showSettled,
            .reopenSettled:
            try answerOfConflicts(effect)
        case .listWaiting: .waiting(try waiting())
        case .answerIdea(let record, let text): .answered(try answer(record, text))
        case .saveDraft, .keepAgain, .lock, .quit: nil
        }
    }

    // MARK: - The store

    func reading() throws -> OpenUnit {
        try OpenUnit(folder: store, for: .reading, today: today(), on: .thisComputer)
    }

    func writing<Result>(_ act: String, _ body: (OpenUnit) throws -> Result) throws -> Result {
        try body(
            OpenUnit(folder: store, for: .writing(act), today: today(), on: .thisComputer))
    }

    private func facts() throws -> Facts {
        let unit = try reading()
        if unit.isCentral { return try centralFacts(unit) }
        let ideas = try unit.ideas(unit: unit.unit.description)
        let seen = drafts.seenAnswers()
        let last = try unit.meetings(unit: unit.unit.description).last
        discardIdleDrafts(newest: ideas.compactMap(\.day).max())
        return Facts(
            newAnswers: ideas.count {
                $0.answers.count > seen[$0.state.record.description] ?? 0
            },
            openActions: last.map { AgendaFill.openActions($0).count } ?? 0)
    }

    /// Throws away what has lain for a month, once, if the clock can be believed: one that is years
    /// ahead would cost every draft.
    func discardIdleDrafts(newest: String?) {
        guard !hasDiscarded, let newest = newest.flatMap({ Day($0) }) else { return }
        hasDiscarded = true
        guard abs(today().number - newest.number) <= Self.believedDaysMax else { return }
        try? drafts.discardIdle(before: Self.clock() - DraftBox.idleSecondsMax)
    }

    /// How far the clock may be from the unit's newest idea.
    private static let believedDaysMax = 366

    private func send(_ form: IdeaForm) throws -> Receipt {
        var entry = IdeaEntry(
            problem: form.problem,
            submitter: SubmitterMode(rawValue: form.submitter) ?? .group)
        entry.solution = form.solution.isEmpty ? nil : form.solution
        entry.name = entry.submitter == .name ? form.name : nil
        entry.origin = Origin(rawValue: form.origin) ?? .own
        entry.meeting = form.meeting
        let receipt = try writing("idea") { try $0.add(entry) }
        return Receipt(
            number: receipt.number.description, code: receipt.code?.description,
            answerBy: receipt.answerBy, isStopped: receipt.isStopped)
    }

    private func ideas(answered: Bool) throws -> [IdeaRow] {
        let unit = try reading()
        let seen = drafts.seenAnswers()
        let rows = try unit.ideas(unit: unit.unit.description)
            .filter { !answered || !$0.answers.isEmpty }
            .map {
                IdeaRow(
                    $0, today: today(), seen: seen[$0.state.record.description] ?? 0)
            }
        // What is new, or soon due, comes first; then the newest.
        return rows.reversed().sorted {
            ($0.unseen > 0 ? 0 : 1, $0.daysLeft ?? Int.max)
                < ($1.unseen > 0 ? 0 : 1, $1.daysLeft ?? Int.max)
        }
    }

    private func card(of idea: Idea) throws -> IdeaCard {
        var card = IdeaCard(
            idea, today: today(),
            seen: drafts.seenAnswers()[idea.state.record.description] ?? 0)
        // It is for the idea's unit to say.
        if isCentral { card.asksHelpful = false }
        return card
    }

    private func noteSeen(_ record: String, _ answers: Int) throws -> Reply? {
        try drafts.noteSeen(record: record, answers: answers)
        return nil
    }

    private func search(_ text: String) throws -> [FoundRow] {
        try reading().search(text).compactMap { state in
            if let idea = Idea(state) {
                return FoundRow(
                    record: state.record.description, number: idea.number ?? "–",
                    title: idea.title ?? "–", isMeeting: false)
            }
            guard let meeting = Meeting(state) else { return nil }
            return FoundRow(
                record: state.record.description, number: meeting.number ?? "–", title: "APT",
                isMeeting: true)
        }
    }

    // MARK: - Persons

    /// Forgets who was there.
    func forget() { (person, key) = (nil, nil) }

    private func answerOfPersons(_ effect: Effect) throws -> Reply? {
        switch effect {
        case .addPerson(let name, let pin):
            let added = try drafts.add(name: name, pin: pin, today: today())
            return try choose(added, pin)
        case .choosePerson(let id, let pin):
            let known = try drafts.persons().first { $0.id == id }
            if id != nil, known == nil { throw DraftError.noSuchPerson }
            return try choose(known, pin)
        default:
            return .persons(
                try drafts.persons().map {
                    PersonRow(id: $0.id, name: $0.name, hasPIN: $0.hasPIN)
                })
        }
    }

    private func choose(_ chosen: KnownPerson?, _ pin: String?) throws -> Reply {
        do { key = try drafts.key(of: chosen, pin: pin) } catch DraftError.wrongPIN {
            return .wrongPIN
        }
        person = chosen
        return .person(chosen.map { PersonRow(id: $0.id, name: $0.name, hasPIN: $0.hasPIN) })
    }

    // MARK: - Drafts

    /// Keeps a draft; says why if the disk does not take it.
    func save(_ draft: Draft) -> Phrase? {
        do {
            let bytes = Array(try JSONEncoder().encode(draft))
            try drafts.save(
                bytes, id: draft.id, kind: draft.kind.rawValue, at: Self.clock(), for: person)
            return nil
        } catch {
            return Explanation(of: error).phrase
        }
    }

    /// Keeps a draft for someone else than who is there now.
    func save(_ draft: Draft, for owner: String?) -> Phrase? {
        let there = person
        defer { person = there }
        do {
            person = try owner.flatMap { id in try drafts.persons().first { $0.id == id } }
            if owner != nil, person == nil { throw DraftError.noSuchPerson }
        } catch { return Explanation(of: error).phrase }
        return save(draft)
    }

    private func answerOfDrafts(_ effect: Effect) throws -> Reply? {
        switch effect {
        case .openDraft(let id):
            guard let saved = try drafts.drafts(of: person).first(where: { $0.id == id }) else {
                throw DraftError.noSuchDraft
            }
            let key = try self.key ?? drafts.key(of: person, pin: nil)
            let bytes = try drafts.read(saved, of: person, with: key)
            guard var draft = try? JSONDecoder().decode(Draft.self, from: Data(bytes)) else {
                throw DraftError.damagedDraft(id)
            }
            // Its name is that of its file, whatever it says itself.
            draft.id = id
            draft.idea?.draftID = id
            draft.line?.draftID = id
            return .draft(draft)
        case .discardDraft(let id):
            try drafts.discard(id: id, of: person)
            return nil
        default:
            return .drafts(
                try drafts.drafts(of: person).compactMap { saved in
                    Draft.Kind(rawValue: saved.kind).map {
                        DraftRow(id: saved.id, kind: $0, when: Self.when(saved.seconds))
                    }
                })
        }
    }

    private static func clock() -> Int64 { Int64(time(nil)) }

    /// `14.05` today, else the day.
    private static func when(_ seconds: Int64) -> String {
        func local(_ seconds: Int64) -> tm {
            var clock = time_t(seconds)
            var parts = tm()
            localtime_r(&clock, &parts)
            return parts
        }
        let (then, now) = (local(seconds), local(clock()))
        func two(_ number: Int32) -> String { (number < 10 ? "0" : "") + String(number) }
        if then.tm_year == now.tm_year, then.tm_yday == now.tm_yday {
            return "\(two(then.tm_hour)).\(two(then.tm_min))"
        }
        return "\(then.tm_year + 1900)-\(two(then.tm_mon + 1))-\(two(then.tm_mday))"
    }
}
