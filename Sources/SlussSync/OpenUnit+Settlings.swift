import SlussBundle
public import SlussCore
public import SlussDomain
import SlussStore

/// A run in which a rule settled many conflicts at once.
public struct SettlingRun: Sendable {
    /// Its number.
    public let number: Int64
    /// The day.
    public let day: Day
    /// The rule.
    public let rule: OpenUnit.ConflictRule
    /// How many conflicts it settled.
    public let count: Int
    /// The day on which it was undone, if it was.
    public let undone: Day?
}

/// What undoing such a run gives.
public struct SettlingUndo: Sendable {
    /// A conflict that stays as it is.
    public struct Left: Sendable {
        /// The record's number.
        public let number: String
        /// The field.
        public let field: FieldPath
        /// What people call it.
        public let label: Phrase
        /// Why.
        public let reason: Reason
    }

    /// Why a resolution is not taken back.
    public enum Reason: String, Sendable, CaseIterable {
        /// Somebody has changed the field since.
        case changed
        /// Several values stand there again already.
        case inConflict
        /// The record is not here any more: a merge was undone.
        case gone
    }

    /// The run.
    public let run: Int64
    /// The conflicts that wait again.
    public fileprivate(set) var reopened: [ConflictView] = []
    /// What stays as it is.
    public fileprivate(set) var left: [Left] = []
    /// Whether this is only what would happen.
    public let isPlan: Bool
}

extension OpenUnit {
    /// The runs in which a rule settled conflicts here, oldest first.
    public func settlingRuns() throws -> [SettlingRun] {
        try store.read { transaction in
            try transaction.settlings().map { stored in
                guard let side = ConflictRule.Side(rawValue: stored.side) else {
                    throw StoreError.damaged(what: "settling")
                }
                var rule = ConflictRule(side: side)
                rule.field = stored.field
                rule.unit = stored.unit
                rule.kind = stored.kind.flatMap { ImportKind(rawValue: $0) }
                return SettlingRun(
                    number: stored.no, day: stored.day, rule: rule, count: stored.count,
                    undone: stored.undone)
            }
        }
    }

    /// Takes back what a rule has settled in one run, where nobody has changed it since: the
    /// values stand side by side again, here and wherever the next bundles go.
    ///
    /// - Throws: ``InputError/noSuchSettling(_:)``, ``InputError/settlingUndone(_:)``.
    public func undo(
        settling run: Int64, by person: Person, isPlan: Bool = false
    ) throws -> SettlingUndo {
        guard isPlan else {
            return try write { try undo(run, person, isPlan: false, in: $0) }
        }
        return try rehearse { try undo(run, person, isPlan: true, in: $0) }
    }

    private func undo(
        _ run: Int64, _ person: Person, isPlan: Bool, in transaction: StoreTransaction
    ) throws -> SettlingUndo {
        guard let stored = try transaction.settlings(run).first else {
            throw InputError.noSuchSettling(run)
        }
        guard stored.undone == nil else { throw InputError.settlingUndone(run) }
        var undo = SettlingUndo(run: run, isPlan: isPlan)
        var ledger = try ledger(transaction)
        for resolution in try transaction.resolutions(ofSettling: run, logs: ledger.byNo) {
            guard let path = FieldPath(resolution.path) else {
                throw StoreError.damaged(what: "settled")
            }
            let record = try transaction.record(no: resolution.record)
            if let reason = try reopen(resolution, path, record.state, person, &ledger) {
                undo.left.append(
                    .init(
                        number: record.state.namedNumber
                            ?? String(record.state.record.description.prefix(12)),
                        field: path,
                        label: record.state.definition?[path]?.label ?? Phrase("fält", "field"),
                        reason: reason))
            } else {
                undo.reopened.append(
                    try conflict(resolution.record, resolution.path, ledger.logs, in: transaction))
            }
        }
        try transaction.noteUndone(settling: run, day: today)
        return undo
    }

    /// Writes what takes one resolution back; returns why that cannot be done.
    func reopen(
        _ resolution: StoredResolution, _ path: FieldPath, _ state: RecordState,
        _ person: Person, _ ledger: inout Ledger
    ) throws -> SettlingUndo.Reason? {
        if state.context.isEmpty { return .gone }
        if state.conflicts.contains(where: { $0.path == path }) { return .inConflict }
        guard state.stands(resolution.dot, path),
            let values = try values(before: resolution, path, state, ledger),
            let entryPath = Reopening.path(Conflict.id(state.record, path))
        else { return .changed }
        let entry = Reopening.entry(
            path, settled: resolution.dot, values: values, day: today, role: person.role)
        try enter(
            &ledger, record: state.record, kind: state.kind, audience: state.audience,
            body: try body(of: person, [.init(entryPath, .append(entry))]))
        return nil
    }

    /// The values that a resolution has settled.
    private func values(
        before resolution: StoredResolution, _ path: FieldPath, _ state: RecordState,
        _ ledger: Ledger
    ) throws -> [Reopening.Value]? {
        let lines = try lines(of: resolution.record, ledger)
        return try past(before: resolution.dot, path, state, lines, ledger).map { past in
            try past.conflict.alternatives.compactMap { alternative in
                try giver(of: alternative, path, lines).map {
                    Reopening.Value(dot: $0.dot, value: alternative.value)
                }
            }
        }
    }

    /// The lines that touch a record, by their writes.
    func lines(of record: Int64, _ ledger: Ledger) throws -> [Dot: StoredLine] {
        Dictionary(
            try ledger.transaction.lines(ofRecord: record, logs: ledger.byNo)
                .map { ($0.dot, $0) }, uniquingKeysWith: { $1 })
    }

    /// The record as the writer of a resolution had seen it, and the conflict in it; `nil` if there
    /// was none.
    func past(
        before resolution: Dot, _ path: FieldPath, _ state: RecordState,
        _ lines: [Dot: StoredLine], _ ledger: Ledger
    ) throws -> (state: RecordState, conflict: Conflict)? {
        guard let context = try lines[resolution].map({ try ledger.write($0).context }) else {
            return nil
        }
        let seen = try lines.values.filter { context.covers($0.dot) }.map { try ledger.write($0) }
        let past = RecordFold(
            record: state.record, audience: state.audience, writes: seen,
            undone: ledger.undone(seen.map(\.dot)), branches: ledger.tree,
            isCovered: ledger.isCovered
        ).state
        return past.conflicts.first { $0.path == path }.map { (past, $0) }
    }
}
