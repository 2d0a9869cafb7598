public import SlussCore
public import SlussDomain
import SlussStore

/// What is to be erased of a record, and by whose decision.
public struct ErasureOrder: Sendable {
    /// What is done.
    public var act: ErasureAct
    /// Why.
    public var reason: ErasureReason
    /// The number of the decision.
    public var decision: String
    /// The fields; none for all content.
    public var fields: [String]

    /// Puts an order together.
    public init(
        _ act: ErasureAct, reason: ErasureReason, decision: String, fields: [String] = []
    ) {
        self.act = act
        self.reason = reason
        self.decision = decision
        self.fields = fields
    }
}

/// A record of which something has been erased, and which units are known to have erased it.
public struct ErasedRecord: Sendable {
    /// The record's number, or what its id begins with.
    public let number: String
    /// The record, as it is now.
    public let state: RecordState
    /// The erasing.
    public let note: ErasureNote
    /// The units that have it in sight, and the day on which each was known to have erased it.
    public let confirmed: [(unit: UnitCode, day: Day?)]
}

extension OpenUnit {
    /// Erases content of records for good: all of them, or none.
    ///
    /// The bodies are gone from this store's file when this returns, and from every other store
    /// that merges a bundle from here.
    ///
    /// - Parameter isPlan: Whether to do the same and take it back: whether it can be done.
    /// - Returns: Whether the write-ahead log could be emptied; it could not if another process is
    ///   reading the store.
    public func erase(
        _ references: [String], _ order: ErasureOrder, by person: Person, isPlan: Bool = false
    ) throws -> Bool {
        guard isCentral, person.role.isCentral else { throw InputError.roleNotHere }
        func erase(_ transaction: StoreTransaction) throws {
            var order = order
            let label = Phrase("beslutet", "the decision")
            order.decision = try Entered.name(order.decision, of: label, today: today)
            var ledger = try ledger(transaction)
            var done: Set<Int64> = []
            for reference in references {
                let record = try find(reference, in: transaction)
                guard done.insert(record.no).inserted else { continue }
                let bodies = try ErasureDraft(
                    record.state, try writes(to: record, ledger), order, today, person.role
                ).bodies(id: Hex.string(StoreID.random(using: &generator).bytes.prefix(4)))
                for changes in bodies {
                    try enter(
                        &ledger, record: record.state.record, kind: record.state.kind,
                        audience: record.state.audience,
                        body: Write.Body(
                            author: person.name.map { Text($0) }, role: person.role,
                            changes: changes))
                }
            }
        }
        guard !isPlan else {
            try rehearse(erase)
            return true
        }
        try write(erase)
        // It is done: a disk that fails now leaves the log to be emptied, and takes nothing back.
        do { return try store.emptyWriteAhead() } catch { return false }
    }

    /// Empties the write-ahead log; returns whether that could be done.
    public func emptyWriteAhead() throws -> Bool { try store.emptyWriteAhead() }

    private func writes(to record: StoredRecord, _ ledger: Ledger) throws -> [Write] {
        try ledger.transaction.lines(ofRecord: record.no, logs: ledger.byNo)
            .map { try ledger.write($0) }
    }

    /// Everything that has been erased, by number.
    public func erasedRecords() throws -> [ErasedRecord] {
        try store.read { transaction in
            let ledger = try Ledger(transaction, reader: reader)
            let clock = ReportClock(ledger, try transaction.runs(), at: self)
            let stores = try transaction.peers().filter { !$0.isCentral }.map {
                (unit: $0.unit, seen: try ledger.resolve($0.acknowledged))
            }
            return try transaction.recordsWithErasures().sorted().flatMap { no in
                let record = try transaction.record(no: no)
                let units = try receivers(of: record.state.audience, in: transaction)
                return try writes(to: record, ledger).filter(ledger.isCovered)
                    .filter { Erasure($0) != nil }.flatMap(ErasureNote.notes)
                    .sorted { ($0.day, $0.dot) < ($1.day, $1.dot) }.map { note in
                        ErasedRecord(
                            number: record.state.namedNumber
                                ?? String(record.state.record.description.prefix(8)),
                            state: record.state, note: note,
                            confirmed: try units.map { unit in
                                // Every computer of the unit, as far as they are known.
                                let isAll = stores.allSatisfy {
                                    $0.unit != unit || $0.seen.covers(note.dot)
                                }
                                return (
                                    unit,
                                    try Day(note.day).flatMap {
                                        isAll
                                            ? try clock.visible(
                                                note.dot, $0, at: unit, in: transaction) : nil
                                    }
                                )
                            })
                    }
            }
        }
    }

    /// The units that hold records for an audience, as far as anything has come from them.
    private func receivers(
        of audience: Audience, in transaction: StoreTransaction
    ) throws -> [UnitCode] {
        let known = Set(try transaction.peers().filter { !$0.isCentral }.map(\.unit))
        return switch audience {
        case .unit(let unit): [unit]
        case .shared: known.sorted()
        case .local: []
        }
    }
}

/// Works out what the writes say that erase content.
struct ErasureDraft {
    private let state: RecordState
    private let writes: [Write]
    private let order: ErasureOrder
    private let day: Day
    private let role: Role
    private let definition: KindDefinition
    /// The fields to be erased; `nil` for all.
    private let fields: Set<FieldPath>?

    /// - Throws: ``InputError`` if there is nothing to erase, or a field is none.
    init(
        _ state: RecordState, _ writes: [Write], _ order: ErasureOrder, _ day: Day, _ role: Role
    ) throws {
        guard let definition = state.definition else {
            throw InputError.needsNewerRelease(state.namedNumber ?? "")
        }
        self.state = state
        self.writes = writes
        self.order = order
        self.day = day
        self.role = role
        self.definition = definition
        guard !order.fields.isEmpty else {
            fields = nil
            return
        }
        var named: Set<FieldPath> = []
        for name in order.fields {
            let path = FieldPath(name)
            guard let path, Self.isMaskable(path, in: state) else {
                throw InputError.unknownChoice(
                    Phrase("fältet", "the field"), choices: Self.choices(state))
            }
            named.formUnion([path] + ErasureNote.beside(path, of: state.record))
        }
        fields = named
    }

    private static func choices(_ state: RecordState) -> Phrase {
        let names = state.paths.filter { path in
            guard isMaskable(path, in: state), let field = state.definition?[path] else {
                return false
            }
            return field.privacy == .personal || field.isSearched || path == "status"
        }.map(\.description).joined(separator: ", ")
        return Phrase(names, names)
    }

    /// Whether a field can be masked by itself: what the record is called, and the words of earlier
    /// erasings, stay.
    private static func isMaskable(_ path: FieldPath, in state: RecordState) -> Bool {
        state.definition?[path] != nil && state.paths.contains(path) && !Erasure.isOne(path)
            && !["number", "unit"].contains(path)
    }

    /// What the writes say: the first erases, and the others say again what is to stay.
    ///
    /// One for each field, so that of those no more than must be goes with an erasing that is made
    /// elsewhere at the same time. A note that is signed off says all of itself in one write, as it does
    /// when it is signed.
    ///
    /// - Parameter id: Random digits, so that no two erasings share a field.
    func bodies(id: String) throws -> [[Write.FieldChange]] {
        guard let path = Erasure.path(id) else { throw InputError.nothingToErase }
        let erasure = Write.Body(
            role: role,
            changes: [
                .init(
                    path,
                    .fix(
                        ErasureNote.value(
                            order.act, order.reason, decision: order.decision, day: day,
                            fields: fields)))
            ])
        let erased = writes.filter { isErased($0) }
        guard erased.contains(where: holdsContent) || isOtherAct else {
            throw InputError.nothingToErase
        }
        let (markers, kept) = (try markers(), try fields == nil ? stub() : kept(erased))
        if let lock = definition.lock, state.value(lock.field)?[lock.member] == .text(lock.stage) {
            let all = markers + kept
            return [erasure.changes] + (all.isEmpty ? [] : [all])
        }
        return [erasure.changes + markers] + kept.map { [$0] }
    }

    /// Whether all content went before by another act: then only the word of that changes.
    private var isOtherAct: Bool {
        fields == nil && !state.erasures.contains { $0.fields == nil && $0.act == order.act }
    }

    private func isErased(_ write: Write) -> Bool {
        guard Erasure(write) == nil, let body = write.body else { return false }
        return fields.map { named in body.changes.contains { named.contains($0.path) } } ?? true
    }

    /// Whether there is more in a write than what stays.
    private func holdsContent(_ write: Write) -> Bool {
        (write.body?.changes ?? []).contains { change in
            guard isToGo(change.path) else { return false }
            guard fields == nil else { return true }
            return !["number", "unit", "status", "disclosure"].contains(change.path)
                && definition[change.path].map { $0.privacy == .personal || $0.isSearched } ?? true
        }
    }

    private func isToGo(_ path: FieldPath) -> Bool { fields?.contains(path) ?? true }

    /// What stands where texts were: people see that something was there.
    private func markers() throws -> [Write.FieldChange] {
        let marker = FieldValue.text(
            ErasureNote.marker(order.act, order.reason, day: day, role: role))
        return try status(marker)
            + state.paths.compactMap { path in
                guard isToGo(path), !state.siblings(path).isEmpty, let field = definition[path],
                    case .text = field.content, field.privacy == .personal || field.isSearched,
                    fields != nil || !field.pattern.contains("*")
                else { return nil }
                return .init(path, .set(marker))
            }
    }

    /// The status, if it is masked by itself: what was said with it goes, where the record stands does
    /// not.
    private func status(_ marker: FieldValue) throws -> [Write.FieldChange] {
        let path: FieldPath = "status"
        guard fields?.contains(path) ?? false, let field = definition[path],
            let value = state.value(path),
            case .structure(var members)? = Self.stub(value, path, field)
        else { return [] }
        guard state.siblings(path).count == 1 else { throw InputError.settleFirst(field.label) }
        if value["text"] != nil { members["text"] = marker }
        return [.init(path, .set(.structure(members)))]
    }

    /// What stays of a record all of whose content goes: what it is called, where it stands, and
    /// what can be counted.
    private func stub() -> [Write.FieldChange] {
        state.paths.flatMap { path -> [Write.FieldChange] in
            guard let field = definition[path], !Erasure.isOne(path) else { return [] }
            if let value = state.value(path), let kept = Self.stub(value, path, field) {
                return [.init(path, field.policy == .firstWrite ? .fix(kept) : .set(kept))]
            }
            var changes: [Write.FieldChange] = []
            let set = state.set(path)
            if case .choices = field.content, !set.isEmpty {
                changes.append(.init(path, .add(set.map { Text($0) })))
            }
            if case .total(let total)? = state[path, .total], total != 0,
                abs(total) <= Change.plusMax
            {
                changes.append(.init(path, .plus(total)))
            }
            return changes
        }
    }

    private static func stub(
        _ value: FieldValue, _ path: FieldPath, _ field: FieldDefinition
    ) -> FieldValue? {
        switch field.content {
        case .choice, .day, .flag, .number: return field.privacy == .neutral ? value : nil
        case .text:
            return ["number", "unit"].contains(path) ? value : nil
        case .structure where path == "status":
            let stays = ["state", "day", "reason", "whole"]
            guard case .structure(let members) = value else { return nil }
            return .structure(members.filter { stays.contains($0.key) })
        default: return isCount(value) ? value : nil
        }
    }

    /// Whether a value is nothing but numbers.
    private static func isCount(_ value: FieldValue) -> Bool {
        switch value {
        case .integer: true
        case .list(let values): !values.isEmpty && values.allSatisfy(isCount)
        case .structure(let members): !members.isEmpty && members.values.allSatisfy(isCount)
        case .null, .flag, .text: false
        }
    }

    /// The other fields of the writes that go, with the values that they have.
    private func kept(_ erased: [Write]) throws -> [Write.FieldChange] {
        let dots = Set(erased.map(\.dot))
        var changes: [FieldKey: Write.FieldChange] = [:]
        for write in erased {
            for change in write.body?.changes ?? [] where !isToGo(change.path) {
                guard !Erasure.isOne(change.path) else { continue }
                let label = definition[change.path]?.label ?? Phrase("fältet", "the field")
                switch change.change {
                case .set, .settle, .fix:
                    let siblings = state.siblings(change.path)
                    guard siblings.contains(where: { dots.contains($0.dot) }) else { continue }
                    let isInConflict = state.conflicts.contains { $0.path == change.path }
                    guard !isInConflict, let value = state.value(change.path) else {
                        throw InputError.settleFirst(label)
                    }
                    let isFirst = definition[change.path]?.policy == .firstWrite
                    changes[FieldKey(path: change.path, family: .register)] = .init(
                        change.path, isFirst ? .fix(value) : .set(value))
                case .add:
                    guard case .elements(let elements)? = state[change.path, .elements] else {
                        continue
                    }
                    changes[FieldKey(path: change.path, family: .elements)] = .init(
                        change.path, .add(elements.keys.sorted()))
                case .remove: continue
                case .own, .plus, .append: throw InputError.eraseWhole(label)
                }
            }
        }
        return changes.sorted { $0.key < $1.key }.map(\.value)
    }
}
