import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

/// The one door through which writes come into a store, from a keyboard or from a bundle.
///
/// Lives within one transaction. A line goes into its log byte for byte; then every record that
/// was touched is folded and everything derived from it is stored anew.
struct Ledger {
    /// What became of a record that lines have touched.
    struct RecordChange {
        let no: Int64
        let state: RecordState
        let isNew: Bool
        /// Whether someone wrote without knowing of what was here.
        let isParallel: Bool
        let conflicts: [Conflict]
    }

    let transaction: StoreTransaction
    private(set) var logs: [ReplicaID: StoredLog]
    private let reader: LogLineReader
    private var touched: [Int64: Bool] = [:]
    /// The last running number given, by what stands before it; so that a long list is not asked
    /// for its largest number at every row.
    var serials: [String: Int] = [:]
    private var recordNos: [RecordID: Int64] = [:]

    init(_ transaction: StoreTransaction, reader: LogLineReader) throws {
        self.transaction = transaction
        self.reader = reader
        logs = try transaction.logs()
    }

    /// Every write that is here, as a vector, of the logs for these audiences.
    func vector(of audiences: (Audience) -> Bool) -> VersionVector {
        VersionVector(logs.values.filter { audiences($0.audience) }.map { ($0.replica, $0.count) })
    }

    /// The log of `replica`, started if it is not here yet.
    mutating func log(
        _ replica: ReplicaID, audience: Audience, owner: UnitCode, machine: String, isOwn: Bool
    ) throws -> StoredLog {
        if let log = logs[replica] { return log }
        let log = try transaction.insertLog(
            replica, audience: audience, owner: owner, machine: machine, isOwn: isOwn,
            start: LogChain.start(replica, audience))
        logs[replica] = log
        return log
    }

    /// Puts lines behind the log that they continue.
    mutating func append(_ lines: ArraySlice<LogLine>, to replica: ReplicaID) throws {
        guard var log = logs[replica], !lines.isEmpty else { return }
        for line in lines {
            precondition(line.write.dot.counter == log.count + 1, "a log has no gap")
            let record = try recordNo(line.write, audience: log.audience)
            try transaction.insertLine(
                StoredLine(
                    dot: line.write.dot, envelope: line.envelopeBytes, body: line.bodyBytes,
                    digest: line.digest),
                log: log, record: record)
            log.count = line.write.dot.counter
            log.digest = line.digest
        }
        logs[replica] = log
        try transaction.update(log)
    }

    private mutating func recordNo(_ write: Write, audience: Audience) throws -> Int64 {
        if let no = recordNos[write.record] { return no }
        let found = try transaction.recordNo(write.record)
        let no =
            try found
            ?? transaction.insertRecord(
                RecordState(record: write.record, kind: write.kind, audience: audience))
        recordNos[write.record] = no
        touched[no] = found == nil
        return no
    }

    /// Folds what has been appended into every touched record, and hands each out; none is kept,
    /// so that a bundle may touch any number of records.
    ///
    /// - Throws: ``BundleRefusal`` if a write's context is not one that an honest writer can have.
    mutating func fold(_ body: (RecordChange) -> Void) throws {
        let byNo = Dictionary(
            logs.values.map { ($0.no, $0) }, uniquingKeysWith: { $1 })
        for (no, isNew) in touched.sorted(by: { $0.key < $1.key }) {
            body(try fold(no, isNew: isNew, logs: byNo))
        }
        touched = [:]
        recordNos = [:]
    }

    private func fold(_ no: Int64, isNew: Bool, logs: [Int64: StoredLog]) throws -> RecordChange {
        var state = try transaction.record(no: no).state
        let before = state.context
        let writes = try transaction.lines(ofRecord: no, logs: logs, after: before)
            .map { try write($0) }.sorted(by: Write.inCausalOrder)
        var check = ContextCheck()
        var isParallel = false
        for write in writes {
            try check.admit(write, into: state, audience: state.audience, logs: self.logs) {
                try transaction.lines(ofRecord: no, logs: logs).map { try self.write($0) }
            }
            if !isNew, !write.context.covers(before) { isParallel = true }
            state.apply(write)
        }
        let conflicts = state.conflicts
        try transaction.save(no, state, RecordSummary(state, conflicts: conflicts))
        return RecordChange(
            no: no, state: state, isNew: isNew, isParallel: isParallel,
            conflicts: conflicts)
    }

    func write(_ line: StoredLine) throws -> Write {
        do {
            return try reader.write(
                envelope: line.envelope, body: line.body, replica: line.dot.replica)
        } catch { throw StoreError.damaged(what: "log") }
    }
}

/// Admits a write to a record only with a context that an honest writer can have: it names writes
/// to this record, holds all that those had seen, and holds the writer's own last write.
///
/// Without this, a forged context could make two stores fold the same writes to different states.
struct ContextCheck {
    private var contexts: [Dot: VersionVector]?

    mutating func admit(
        _ write: Write, into state: RecordState, audience: Audience,
        logs: [ReplicaID: StoredLog], history: () throws -> [Write]
    ) throws {
        guard logs[write.dot.replica]?.audience == audience else {
            throw BundleRefusal.crossedAudience(of: write.dot.replica)
        }
        guard write.kind == state.kind else {
            throw BundleRefusal.changedKind(of: write.dot.replica, counter: write.dot.counter)
        }
        // The usual case: the writer had seen all that is here, and that is closed already.
        if write.context == state.context { return }
        for (replica, needed) in write.context.entries {
            let held = logs[replica]?.count ?? 0
            guard needed <= held else {
                throw BundleRefusal.missingContext(of: replica, held: held, needed: needed)
            }
            guard logs[replica]?.audience == audience else {
                throw BundleRefusal.crossedAudience(of: write.dot.replica)
            }
        }
        if contexts == nil {
            contexts = Dictionary(
                try history().map { ($0.dot, $0.context) }, uniquingKeysWith: { $1 })
        }
        let isClosed = write.context.entries.allSatisfy { replica, count in
            contexts?[Dot(replica: replica, counter: count)].map(write.context.covers) ?? false
        }
        let replica = write.dot.replica
        guard isClosed, write.context[replica] == state.context[replica] else {
            throw BundleRefusal.malformedContext(of: replica, counter: write.dot.counter)
        }
    }
}

extension RecordSummary {
    /// What can be listed of a state.
    init(_ state: RecordState, conflicts: [Conflict]) {
        self.init(
            number: state.text("number"), unit: state.text("unit"), day: state.text("day"),
            status: state.value("status")?["state"]?.asText,
            searchText: SearchText.normalised(state.searchText),
            conflicts: conflicts.map { (path: $0.path.description, id: $0.id) },
            holdsUnknown: state.holdsUnknown)
    }
}
