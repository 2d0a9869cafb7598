import SlussBundle
public import SlussCore
public import SlussDomain
import SlussStore

/// A conflict as people see it.
public struct ConflictView: Sendable {
    /// One of the values, and who gave it.
    public struct Value: Sendable {
        /// The value.
        public let value: FieldValue
        /// The unit of whoever gave it.
        public let unit: UnitCode
        /// The machine's letter, or nothing.
        public let machine: String
        /// The log it was given in.
        public let replica: ReplicaID
        /// The day.
        public let day: Day
        /// Who, if they said so.
        public let author: String?
        /// In what role.
        public let role: Role
    }

    /// The conflict.
    public let conflict: Conflict
    /// The number that people know the record by.
    public let number: String?
    /// What the field is called.
    public let label: Phrase
    /// What the field holds, if this release knows it.
    public let content: FieldContent?
    /// The kind of record.
    public let kind: Phrase
    /// What else helps to see which part of the record it is, such as an item's number.
    public let place: String?
    /// The values, in the order of their bytes: number 1 first.
    public let values: [Value]
    /// Whose record it is, if that is a unit's.
    public let unit: String?
    /// How it has been put off, if it is.
    public let deferral: Deferral?
    /// The value that all of them started from, if it was looked for and there was one.
    public var base: FieldValue?
    /// How it was settled, if it is.
    public internal(set) var settlement: Settlement?

    /// What a person has chosen, and why.
    public struct Settlement: Sendable {
        /// The write that settles.
        public let write: Dot
        /// The value that stands.
        public let value: FieldValue
        /// The day.
        public let day: Day
        /// Who, if they said so.
        public let author: String?
        /// In what role.
        public let role: Role
        /// Why.
        public let reason: String?
    }
}

extension OpenUnit {
    func view(
        of conflict: Conflict, _ state: RecordState, _ logs: [ReplicaID: StoredLog],
        wantsBase: Bool = false, in transaction: StoreTransaction
    ) throws -> ConflictView {
        guard let no = try transaction.recordNo(state.record, state.audience) else {
            throw StoreError.damaged(what: "record")
        }
        let byNo = Dictionary(
            logs.values.map { ($0.no, $0) }, uniquingKeysWith: { $1 })
        let lines = Dictionary(
            try transaction.lines(ofRecord: no, logs: byNo).map { ($0.dot, $0) },
            uniquingKeysWith: { $1 })
        let shown = { (value: FieldValue) in
            state.isBlocked
                ? state.definition?[conflict.path]?.hidden(value, at: conflict.path)
                    ?? .text(Block.marker) : value
        }
        let values = try conflict.alternatives.map { alternative in
            guard let write = try giver(of: alternative, conflict.path, lines),
                let log = logs[write.dot.replica]
            else { throw StoreError.damaged(what: "log") }
            return ConflictView.Value(
                value: shown(alternative.value), unit: log.owner, machine: log.machine,
                replica: write.dot.replica, day: write.day,
                author: state.isBlocked ? nil : write.body?.author?.string,
                role: write.body?.role ?? .employee)
        }
        return ConflictView(
            conflict: conflict, number: state.namedNumber,
            label: state.definition?[conflict.path]?.label ?? Phrase("fält", "field"),
            content: state.definition?[conflict.path]?.content,
            kind: state.definition?.label ?? Phrase("post", "record"),
            place: Self.place(conflict.path, state), values: values, unit: state.namedUnit,
            deferral: state.shown.deferral(of: conflict),
            base: wantsBase ? try base(of: conflict, Array(lines.values)).map(shown) : nil)
    }

    /// The write that gave a value; the last that names it if none has.
    ///
    /// A write that took a resolution back says who had given the values: it is not believed.
    func giver(
        of alternative: Alternative, _ path: FieldPath, _ lines: [Dot: StoredLine]
    ) throws -> Write? {
        let writes = try alternative.dots.compactMap { try lines[$0]?.write(reader) }
        return writes.first { $0.gives(alternative.value, to: path) }
            ?? writes.first { $0.takesBack(path) } ?? writes.last
    }

    /// The newest value of the field that every writer of the values in conflict had seen.
    private func base(of conflict: Conflict, _ lines: [StoredLine]) throws -> FieldValue? {
        let writes = try lines.map { try $0.write(reader) }.sorted(by: Write.inCausalOrder)
        let dots = Set(conflict.alternatives.flatMap(\.dots))
        let contexts = writes.filter { dots.contains($0.dot) }.map(\.context)
        let seen = writes.filter { write in
            !dots.contains(write.dot) && contexts.allSatisfy { $0.covers(write.dot) }
        }
        return seen.reversed().lazy.compactMap { write in
            write.body?.changes.lazy.compactMap { change -> FieldValue? in
                guard change.path == conflict.path else { return nil }
                return switch change.change {
                case .set(let value), .settle(let value), .fix(let value): value
                default: nil
                }
            }.first
        }.first
    }

    /// The agenda item that a path within a meeting belongs to.
    private static func place(_ path: FieldPath, _ state: RecordState) -> String? {
        let parts = path.parts
        guard parts.count == 3 else { return nil }
        let name = parts[0] == "item" ? "number" : "item"
        return FieldPath("\(parts[0]).\(parts[1]).\(name)").flatMap { state.value($0) }?.asInteger
            .map(String.init)
    }

    /// The conflicts that wait for a person.
    public func conflicts() throws -> [ConflictView] {
        try store.read { transaction in
            let logs = try transaction.logs()
            return try transaction.conflicts().map { no, path in
                try conflict(no, path, logs, in: transaction)
            }
        }
    }

    /// How many conflicts wait for a person, and how many have been put off.
    public func conflictCounts() throws -> (waiting: Int, putOff: Int) {
        try store.read { transaction in
            var (waiting, putOff) = (0, 0)
            for no in Set(try transaction.conflicts().map(\.record)) {
                let state = try transaction.record(no: no).state
                for conflict in state.conflicts {
                    if state.deferral(of: conflict) == nil { waiting += 1 } else { putOff += 1 }
                }
            }
            return (waiting, putOff)
        }
    }

    /// The conflict of that name, or of `NUMBER/FIELD`.
    public func conflict(_ name: String) throws -> ConflictView {
        try store.read { try conflict(named: name, wantsBase: true, in: $0) }
    }

    func conflict(
        named name: String, wantsBase: Bool = false, in transaction: StoreTransaction
    ) throws -> ConflictView {
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        if parts.count == 2 {
            let state = try find(parts[0], in: transaction).state
            guard let conflict = state.conflicts.first(where: { $0.path.description == parts[1] })
            else { throw InputError.noSuchConflict(name) }
            return try view(
                of: conflict, state, transaction.logs(), wantsBase: wantsBase, in: transaction)
        }
        let found = try transaction.conflicts(id: name.lowercased())
        guard let (no, path) = found.first else { throw InputError.noSuchConflict(name) }
        guard found.count == 1 else { throw InputError.ambiguousRecord(name) }
        return try conflict(
            no, path, transaction.logs(), wantsBase: wantsBase, in: transaction)
    }

    func conflict(
        _ no: Int64, _ path: String, _ logs: [ReplicaID: StoredLog], wantsBase: Bool = false,
        in transaction: StoreTransaction
    ) throws -> ConflictView {
        let state = try transaction.record(no: no).state
        guard let conflict = state.conflicts.first(where: { $0.path.description == path }) else {
            throw StoreError.damaged(what: "conflict")
        }
        return try view(of: conflict, state, logs, wantsBase: wantsBase, in: transaction)
    }

    /// How a person settles a conflict.
    public enum Choice: Sendable {
        /// One of the values, counted from 1.
        case pick(Int)
        /// A value of one's own.
        case value(String)
    }

    /// Settles a conflict: a write that has seen all values and travels as any other.
    public func resolve(
        _ name: String, _ choice: Choice, reason: String, by person: Person
    ) throws -> ConflictView {
        let reason = try Entered.line(
            reason, of: Phrase("skälet", "the reason"), max: 600)
        try Entered.refusePersonalNumber(
            reason, label: Phrase("skälet", "the reason"), today: today)
        return try write { transaction in
            var view = try conflict(named: name, in: transaction)
            var ledger = try ledger(transaction)
            let record = try settle(view, choice, reason, person, &ledger)
            let dot = try ledger.lastOwn(for: record.state.audience)
            let line = try lines(of: record.no, ledger)[dot]
            view.settlement = try line.flatMap {
                try ledger.write($0).settlement(of: view.conflict.path)
            }
            return view
        }
    }

    /// Writes what settles one conflict.
    @discardableResult
    func settle(
        _ view: ConflictView, _ choice: Choice, _ reason: String, _ person: Person,
        _ ledger: inout Ledger
    ) throws -> StoredRecord {
        let path = view.conflict.path
        let state = try find(view.conflict.record.description, in: ledger.transaction).state
        let value = try settled(choice, view, state)
        var body = try body(
            of: person, reason: reason, [Write.FieldChange(path, .settle(value))])
        let reopened = state.reopenings[path].flatMap { state.writer(of: $0.settled, path) }
        if let writer = reopened ?? Self.conflictingWriter(path, state) {
            body.writer = writer
            body.changes = [Write.FieldChange(path, .own(value))]
        }
        return try enter(
            &ledger, record: state.record, kind: state.kind, audience: state.audience, body: body)
    }

    /// The writer whose own register is in conflict, if the field has such registers.
    private static func conflictingWriter(_ path: FieldPath, _ state: RecordState) -> Text? {
        guard case .perWriter(let registers) = Policy.perWriter.judge(path, in: state),
            state.definition?[path]?.policy == .perWriter
        else { return nil }
        return registers.filter { $0.value.count > 1 }.keys.min()
    }

    private func settled(
        _ choice: Choice, _ view: ConflictView, _ state: RecordState
    ) throws -> FieldValue {
        switch choice {
        case .pick(let number):
            guard (1...view.values.count).contains(number) else {
                throw InputError.noSuchAlternative(number, count: view.values.count)
            }
            // What the view shows may be hidden.
            return view.conflict.alternatives[number - 1].value
        case .value(let text):
            guard let field = state.definition?[view.conflict.path] else {
                throw InputError.needsNewerRelease(view.number ?? view.conflict.id)
            }
            return try value(text, for: field, like: view.conflict.alternatives.first?.value)
        }
    }

    private func value(
        _ text: String, for field: FieldDefinition, like other: FieldValue?
    ) throws -> FieldValue {
        switch field.content {
        case .text:
            let clean = try Entered.text(text, for: field)
            try Entered.refusePersonalNumber(clean, label: field.label, today: today)
            return .text(clean)
        case .day:
            guard let day = Day(text) else {
                throw InputError.malformed(field.label, example: "2026-03-20")
            }
            return .text(day.description)
        case .choice(let words):
            guard words.contains(text) else {
                let list = words.joined(separator: ", ")
                throw InputError.unknownChoice(field.label, choices: Phrase(list, list))
            }
            return .text(text)
        case .structure where other?["state"] != nil:
            let word =
                IdeaStatus(typed: text)?.rawValue ?? MeetingStatus(typed: text)?.rawValue
            guard let word else {
                throw InputError.unknownChoice(
                    field.label,
                    choices: Phrase(IdeaStatus.names(.swedish), IdeaStatus.names(.english)))
            }
            return .structure(["state": .text(word)])
        default: throw InputError.malformed(field.label, example: "--pick 1")
        }
    }
}

extension Write {
    /// Whether it gives a field that value.
    fileprivate func gives(_ value: FieldValue, to path: FieldPath) -> Bool {
        body?.changes.contains { change in
            switch change.change {
            case .set(let new), .settle(let new), .fix(let new), .own(let new):
                change.path == path && new == value
            default: false
            }
        } ?? false
    }

    /// Whether it takes a resolution of a field back.
    fileprivate func takesBack(_ path: FieldPath) -> Bool {
        body?.changes.contains { change in
            guard case .append(let entry) = change.change else { return false }
            return Reopening.isOne(change.path) && entry["field"]?.asText == path.description
        } ?? false
    }
}
