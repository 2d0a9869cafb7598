import SlussBundle
import SlussCore
public import SlussDomain
import SlussStore

extension OpenUnit {
    /// Takes a meeting's notes in.
    public func add(_ entry: MeetingEntry, by person: Person) throws -> Meeting {
        try write { transaction in
            var ledger = try ledger(transaction)
            return try add(entry, by: person, to: &ledger)
        }
    }

    func add(
        _ entry: MeetingEntry, by person: Person, to ledger: inout Ledger
    ) throws -> Meeting {
        let day = entry.day ?? today
        let record = RecordID.random(near: store.identity.id.high, using: &generator)
        var entry = entry
        entry.day = day
        if entry.status == nil, entry.signers.isEmpty { entry.status = .draft }
        var changes: [Write.FieldChange] = [
            .init("unit", .fix(.text(unit.description))),
            .init("number", .fix(.text(try meetingNumber(day, in: ledger.transaction)))),
        ]
        changes += try meetingChanges(entry, in: nil)
        changes = try closed(changes, of: nil)
        return try enterMeeting(
            changes, record: record, audience: .unit(unit), by: person, day: day, &ledger)
    }

    /// Changes a meeting's notes as one write.
    public func edit(
        _ reference: String, _ entry: MeetingEntry, by person: Person
    ) throws -> Meeting {
        try write { transaction in
            var ledger = try ledger(transaction)
            let state = try find(reference, in: transaction).state
            guard let meeting = Meeting(state) else { throw InputError.noSuchRecord(reference) }
            // Whoever signs it off signs what stands there, and that cannot be seen.
            guard !state.isBlocked else {
                throw InputError.blockedNote(meeting.number ?? reference)
            }
            var changes = try meetingChanges(entry, in: meeting)
            guard !meeting.isLocked || changes.allSatisfy({ $0.path == "addendum" }) else {
                throw InputError.signedNote(meeting.number ?? reference)
            }
            if entry.wantsNewNumber {
                let day = meeting.day.flatMap { Day($0) } ?? today
                let number = try meetingNumber(day, in: transaction)
                changes.append(.init("number", .settle(.text(number))))
            }
            guard !changes.isEmpty else { throw InputError.nothingToChange }
            changes = try closed(changes, of: meeting)
            return try enterMeeting(
                changes, record: state.record, audience: state.audience, by: person, day: nil,
                &ledger)
        }
    }

    /// A write that signs the note off says all of it: so it is known for ever what was signed, also
    /// beside what somebody else writes at the same time.
    private func closed(
        _ changes: [Write.FieldChange], of meeting: Meeting?
    ) throws -> [Write.FieldChange] {
        let lock = Lock.signing
        guard
            let place = changes.firstIndex(where: { $0.path == lock.field }),
            case .set(.structure(var status)) = changes[place].change,
            status[lock.member] == .text(lock.stage)
        else { return changes }
        guard let standing = meeting.map(\.standing) ?? [:] else {
            throw InputError.unsettledNote(meeting?.number ?? "")
        }
        var changes = changes
        status[lock.whole] = .flag(true)
        changes[place] = .init(lock.field, .set(.structure(status)))
        let said = Set(changes.map(\.path))
        changes += standing.filter { !said.contains($0.key) }.sorted { $0.key < $1.key }
            .map { .init($0.key, .set($0.value)) }
        return changes
    }

    private func enterMeeting(
        _ changes: [Write.FieldChange], record: RecordID, audience: Audience, by person: Person,
        day: Day?, _ ledger: inout Ledger
    ) throws -> Meeting {
        let body = try body(of: person, changes)
        let change = try enter(
            &ledger, record: record, kind: KindDefinition.meeting.name, audience: audience,
            body: body, day: day)
        guard let meeting = Meeting(change.state) else {
            throw InputError.noSuchRecord(record.description)
        }
        return meeting
    }

    /// `<unit code>-APT-<day>`, and on a unit's further machines the letter; a second meeting of
    /// the day gets `-2`.
    private func meetingNumber(_ day: Day, in transaction: StoreTransaction) throws -> String {
        let first = "\(unit)-APT-\(day)\(store.identity.machine)"
        if try transaction.records(number: first).isEmpty { return first }
        for place in 2...99 where try transaction.records(number: "\(first)-\(place)").isEmpty {
            return "\(first)-\(place)"
        }
        throw InputError.numberTaken(first)
    }

    private func meetingChanges(
        _ entry: MeetingEntry, in meeting: Meeting?
    ) throws -> [Write.FieldChange] {
        var changes: [Write.FieldChange] = []
        if let day = entry.day { changes.append(.init("day", .set(.text(day.description)))) }
        if let time = entry.time { changes.append(try text("time", time)) }
        if let place = entry.place { changes.append(try text("place", place)) }
        if !entry.present.isEmpty {
            changes.append(.init("present", .set(.list(entry.present.map { .integer($0) }))))
        }
        if let status = try status(of: entry) {
            changes.append(.init("status", .set(.structure(status))))
        }
        for line in entry.items { changes += try item(line, in: meeting) }
        for line in entry.decisions { changes += try decision(line) }
        for line in entry.actions { changes += try action(line) }
        for line in entry.lifts { changes += try lift(line) }
        for (place, status) in entry.actionStatuses {
            let actions = meeting?.entries(.action) ?? []
            guard place >= 1, place <= actions.count else {
                throw InputError.noSuchItem(String(place))
            }
            let path = try path("action", actions[place - 1].id, "status")
            changes.append(.init(path, .set(.text(status.rawValue))))
        }
        if let addendum = entry.addendum, let field = KindDefinition.meeting["addendum"] {
            let clean = try Entered.text(addendum, for: field)
            try Entered.refusePersonalNumber(clean, label: field.label, today: today)
            changes.append(
                .init(
                    "addendum",
                    .append(
                        .structure(["text": .text(clean), "day": .text(today.description)]))))
        }
        return changes
    }

    /// Where the note stands; signed off by two, if names are given.
    private func status(of entry: MeetingEntry) throws -> [String: FieldValue]? {
        guard !entry.signers.isEmpty else {
            guard let status = entry.status else { return nil }
            var value: [String: FieldValue] = ["state": .text(status.rawValue)]
            if let day = entry.signedDay { value["day"] = .text(day.description) }
            return value
        }
        guard entry.status ?? .signed == .signed else { throw InputError.signersWithoutSigning }
        let label = Phrase("den som justerar", "who signs off")
        let names = try entry.signers.map { try Entered.name($0, of: label, today: today) }
        let different = Set(names.map(Entered.folded)).count
        guard names.count == 2, different == 2 else {
            throw InputError.signersNotTwo(found: names.count == 2 ? different : names.count)
        }
        return [
            "state": .text(MeetingStatus.signed.rawValue),
            "day": .text((entry.signedDay ?? today).description),
            "by": .list(names.map { .text($0) }),
        ]
    }

    /// A new item, or a new text for the item that has the number already.
    private func item(_ line: NoteLine, in meeting: Meeting?) throws -> [Write.FieldChange] {
        try Self.checkItem(line)
        let known = meeting?.items.first { $0.item == line.item }
        let id = known?.id ?? entryID()
        var changes = [try text(try path("item", id, "text"), line.text)]
        if known == nil {
            changes.append(.init(try path("item", id, "number"), .fix(.integer(line.item))))
        }
        if let title = line.title, known?.value("title")?.asText != title {
            changes.append(try text(try path("item", id, "title"), title))
        }
        return changes
    }

    private static func checkItem(_ line: NoteLine) throws {
        guard (1...999).contains(line.item) else {
            throw InputError.noSuchItem(String(line.item))
        }
    }

    private func decision(_ line: NoteLine) throws -> [Write.FieldChange] {
        try Self.checkItem(line)
        let id = entryID()
        var by: [String: FieldValue] = [:]
        if let who = line.more(0) {
            let label = Phrase("fattat av", "made by")
            by["who"] = .text(try Entered.name(who, of: label, today: today))
        }
        if let mandate = line.more(1) {
            by["withinMandate"] = .flag(!mandate.lowercased().hasPrefix("ej"))
        }
        var changes = [
            try text(try path("decision", id, "text"), line.text),
            .init(try path("decision", id, "item"), .fix(.integer(line.item))),
        ]
        if !by.isEmpty {
            changes.append(.init(try path("decision", id, "by"), .set(.structure(by))))
        }
        return changes
    }

    private func action(_ line: NoteLine) throws -> [Write.FieldChange] {
        try Self.checkItem(line)
        let id = entryID()
        let status = try line.more(2).map(Self.actionStatus) ?? .open
        var changes = [
            try text(try path("action", id, "text"), line.text),
            .init(try path("action", id, "item"), .fix(.integer(line.item))),
            .init(try path("action", id, "status"), .set(.text(status.rawValue))),
        ]
        if let who = line.more(0) { changes.append(try text(try path("action", id, "who"), who)) }
        if let due = line.more(1) {
            changes.append(.init(try path("action", id, "due"), .set(.text(try Self.day(due)))))
        }
        return changes
    }

    private func lift(_ line: NoteLine) throws -> [Write.FieldChange] {
        try Self.checkItem(line)
        let id = entryID()
        var changes = [
            try text(try path("lift", id, "text"), line.text),
            .init(try path("lift", id, "item"), .fix(.integer(line.item))),
        ]
        if let to = line.more(0) { changes.append(try text(try path("lift", id, "to"), to)) }
        if let due = line.more(1) {
            changes.append(.init(try path("lift", id, "due"), .set(.text(try Self.day(due)))))
        }
        return changes
    }

    private func text(_ path: FieldPath, _ text: String) throws -> Write.FieldChange {
        guard let field = KindDefinition.meeting[path] else {
            preconditionFailure("a note is written in fields that it has")
        }
        let clean = try Entered.text(text, for: field)
        try Entered.refusePersonalNumber(clean, label: field.label, today: today)
        return .init(path, .set(.text(clean)))
    }

    private func path(_ kind: String, _ id: String, _ name: String) throws -> FieldPath {
        guard let path = FieldPath("\(kind).\(id).\(name)") else {
            preconditionFailure("an entry's id is a plain name")
        }
        return path
    }

    /// Six letters and digits: enough that two people never name two entries of a note alike.
    private func entryID() -> String {
        let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")
        return String(
            (0..<6).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] })
    }

    private static func actionStatus(_ typed: String) throws -> ActionStatus {
        guard let status = ActionStatus(typed: typed) else {
            throw InputError.unknownChoice(
                Phrase("åtgärdens status", "the action's status"),
                choices: Phrase(ActionStatus.names(.swedish), ActionStatus.names(.english)))
        }
        return status
    }

    private static func day(_ typed: String) throws -> String {
        guard let day = Day(typed) else {
            throw InputError.malformed(Phrase("dagen", "the day"), example: "2026-03-20")
        }
        return day.description
    }

    /// The note of that number or id.
    public func meeting(_ reference: String, showsBlocked: Bool = false) throws -> Meeting {
        if showsBlocked { try requireRegistrar() }
        return try store.read { transaction in
            let state = try find(reference, in: transaction).state
            guard let meeting = Meeting(state, showsBlocked: showsBlocked) else {
                throw InputError.noSuchRecord(reference)
            }
            return meeting
        }
    }

    /// The notes here, oldest first.
    public func meetings(unit: String? = nil) throws -> [Meeting] {
        var filter = RecordFilter(kind: KindDefinition.meeting.name.string)
        filter.unit = unit
        var meetings: [Meeting] = []
        try store.read { transaction in
            try transaction.forEachRecord(filter) { record in
                if let meeting = Meeting(record.state) { meetings.append(meeting) }
            }
        }
        return meetings
    }
}
