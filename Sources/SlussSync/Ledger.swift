import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

/// The one door through which writes come into a store, from a keyboard or from a bundle.
///
/// Lives within one transaction. A line goes into its log byte for byte
/// (``take(_:at:)``); then every record that was touched is folded and everything derived from it
/// is stored anew (``fold(acknowledged:_:)``).
struct Ledger {
    /// What became of a record that lines have touched.
    struct RecordChange {
        let no: Int64
        let state: RecordState
        let isNew: Bool
        /// Whether someone wrote without knowing of what was here.
        let isParallel: Bool
        let conflicts: [Conflict]
        /// How many of its writes have been set aside by this fold.
        let newAsides: Int
    }

    let transaction: StoreTransaction
    let reader: LogLineReader
    var logs: [ReplicaID: StoredLog]
    /// The branches of all logs.
    private(set) var tree: BranchTree
    /// The records to fold again; the value says whether from the beginning.
    var touched: [Int64: Bool] = [:]
    /// The records of which a write has been set aside: they are always folded from the beginning.
    private var withAsides: Set<Int64>
    /// The logs of which a merge was undone, or that have more lines than count.
    private var hasUndone: Bool { logs.values.contains { $0.stored > $0.count } }
    /// Whether a bundle has shown a log of this store's own as it is not here.
    var hasLostOwn = false
    /// How far the logs had come when this began; what is beyond is fresh.
    var countsAtFirst: [ReplicaID: UInt64]
    /// The branches that have been divided: the writes of the first from a counter on are now
    /// those of the second.
    var renamings: [(from: ReplicaID, at: UInt64, to: ReplicaID)] = []
    /// The last running number given, by what stands before it; so that a long list is not asked
    /// for its largest number at every row.
    var serials: [String: Int] = [:]
    /// Whether this store is a central's: then its device may write in all roles.
    private let isCentral: Bool
    /// Who may write what; read when it is first asked for.
    var knownAuthority: Authority?
    private var recordNos: [RecordPlace: Int64] = [:]
    /// The logs of which the sender's head has been found here.
    private var verifiedHeads: Set<ReplicaID> = []

    private struct RecordPlace: Hashable {
        let record: RecordID
        let audience: Audience
    }

    init(_ transaction: StoreTransaction, reader: LogLineReader) throws {
        self.transaction = transaction
        self.reader = reader
        isCentral = try transaction.currentIdentity().isCentral
        logs = try transaction.logs()
        tree = BranchTree(logs.values.map(\.branch))
        countsAtFirst = logs.mapValues(\.count)
        withAsides = try transaction.recordsWithAsides()
    }

    /// Every write that counts, as a vector, of the logs for these audiences.
    func vector(of audiences: (Audience) -> Bool) -> VersionVector {
        VersionVector(
            logs.values.filter { audiences($0.audience) }.compactMap { log in
                log.head.map { (log.replica, $0.count) }
            })
    }

    /// A vector from before branches were divided, in the names that they have now.
    func renamed(_ vector: VersionVector) -> VersionVector {
        var vector = vector
        for (old, counter, new) in renamings where vector[old] >= counter {
            vector[new] = vector[old]
            vector[old] = counter - 1 < logs[old]?.start ?? 1 ? 0 : counter - 1
        }
        return vector
    }

    /// A position from before branches were divided, where it is now.
    func renamed(_ position: LogPosition) -> LogPosition {
        var position = position
        for (old, counter, new) in renamings
        where position.branch == old && position.counter >= counter {
            position.branch = new
        }
        return position
    }

    /// The log of `replica`, started if it is not here yet.
    mutating func log(
        _ replica: ReplicaID, audience: Audience, owner: UnitCode, machine: String,
        ownership: LogOwnership
    ) throws -> StoredLog {
        if let log = logs[replica] { return log }
        let log = try transaction.insertLog(
            Branch(replica: replica, root: replica, parent: nil, start: 1), parent: nil,
            audience: audience, owner: owner, machine: machine, ownership: ownership,
            digest: LogChain.start(replica, audience))
        note(log)
        return log
    }

    /// Remembers how a log is now, or a log that has been started.
    mutating func note(_ log: StoredLog) {
        if logs[log.replica] == nil { tree.insert(log.branch) }
        logs[log.replica] = log
    }

    /// Looks at the branches anew, after one has been divided.
    mutating func rebuildTree() { tree = BranchTree(logs.values.map(\.branch)) }

    /// Puts lines behind the log that they continue.
    ///
    /// - Parameter isEntered: Whether this store has just made them: those it vouches for itself.
    mutating func append(
        _ lines: ArraySlice<LogLine>, to replica: ReplicaID, isEntered: Bool = false
    ) throws {
        guard var log = logs[replica], !lines.isEmpty else { return }
        for line in lines {
            let counter = line.write.dot.counter
            precondition(counter == log.stored + 1, "a log has no gap")
            precondition(log.count == log.stored, "what was undone is taken again first")
            let record = try touch(line.write, audience: log.audience)
            try transaction.insertLine(
                StoredLine(
                    dot: Dot(replica: replica, counter: counter), envelope: line.envelopeBytes,
                    body: line.bodyBytes, digest: line.digest),
                log: log, record: record)
            log.count = counter
            log.stored = counter
            log.digest = line.digest
        }
        if isEntered {
            log.written = log.count
            log.covered = log.count
            if isCentral { log.coveredAsCentral = log.count }
        }
        logs[replica] = log
        try transaction.update(log)
    }

    /// Notes that a write's record must be folded again, and returns its number.
    mutating func touch(_ write: Write, audience: Audience) throws -> Int64 {
        let place = RecordPlace(record: write.record, audience: audience)
        if let no = recordNos[place] { return no }
        let no =
            try transaction.recordNo(write.record, audience)
            ?? transaction.insertRecord(
                RecordState(record: write.record, kind: "", audience: audience))
        recordNos[place] = no
        if touched[no] == nil { touched[no] = false }
        return no
    }

    /// Folds every touched record and hands each out; none is kept, so that a bundle may touch any
    /// number of records.
    ///
    /// - Parameter acknowledged: What the sender of a bundle says that it has. A write that builds
    ///   on what is not here waits for it, if its sender has it; if not even its sender does, the
    ///   write is set aside.
    /// - Throws: ``BundleRefusal`` for a gap.
    mutating func fold(
        acknowledged: Acknowledgement = Acknowledgement(), _ body: (RecordChange) -> Void
    ) throws {
        let byNo = Dictionary(logs.values.map { ($0.no, $0) }, uniquingKeysWith: { $1 })
        let isPlain = tree.isPlain && !hasUndone
        for (no, fromBeginning) in touched.sorted(by: { $0.key < $1.key }) {
            body(
                try fold(
                    no, isPlain: isPlain && !fromBeginning, logs: byNo,
                    acknowledged: acknowledged))
        }
        touched = [:]
        recordNos = [:]
    }

    private mutating func fold(
        _ no: Int64, isPlain: Bool, logs byNo: [Int64: StoredLog],
        acknowledged: Acknowledgement
    ) throws -> RecordChange {
        let old = try transaction.record(no: no).state
        let lines = try transaction.lines(ofRecord: no, logs: byNo, after: old.context)
        let writes = try lines.map { try write($0) }.sorted(by: Write.inCausalOrder)
        for write in writes where isFresh(write.dot) {
            try requireContext(of: write, acknowledged)
        }
        if isPlain, !withAsides.contains(no),
            let state = try quickFold(writes, into: old, no: no, logs: byNo)
        {
            return try save(no, old, state, aside: nil, writes)
        }
        let fold = try fullFold(no, old, logs: byNo)
        return try save(no, old, fold.state, aside: fold.aside, writes)
    }

    /// Folds new writes into a state, if that gives what folding all of them would.
    private func quickFold(
        _ writes: [Write], into old: RecordState, no: Int64, logs byNo: [Int64: StoredLog]
    ) throws -> RecordState? {
        var state = old
        if state.context.isEmpty {
            guard let kind = writes.first?.kind else { return nil }
            state = RecordState(record: old.record, kind: kind, audience: old.audience)
        }
        var check = ContextCheck()
        for write in writes {
            guard write.kind == state.kind, !write.isUnreadable, isCovered(write),
                try check.admits(
                    write, into: state,
                    history: {
                        try transaction.lines(ofRecord: no, logs: byNo).map { try self.write($0) }
                    })
            else { return nil }
            state.apply(write)
        }
        return state
    }

    /// Folds a record from all of its lines.
    func fullFold(
        _ no: Int64, _ old: RecordState, logs byNo: [Int64: StoredLog]
    ) throws -> RecordFold {
        let lines = try transaction.lines(ofRecord: no, logs: byNo)
        return RecordFold(
            record: old.record, audience: old.audience, writes: try lines.map { try write($0) },
            undone: undone(lines.map(\.dot)), branches: tree, isCovered: isCovered)
    }

    /// Those of some writes that a person has taken back.
    func undone(_ dots: [Dot]) -> Set<Dot> {
        Set(dots.filter { $0.counter > logs[$0.replica]?.count ?? 0 })
    }

    private mutating func save(
        _ no: Int64, _ old: RecordState, _ state: RecordState, aside: [Dot: Flaw]?,
        _ writes: [Write]
    ) throws -> RecordChange {
        let conflicts = state.conflicts
        try transaction.save(no, state, RecordSummary(state, conflicts: conflicts))
        let kept = aside.map { $0.filter { $0.value != .undone } }
        if let kept {
            try transaction.save(no, aside: kept, logs: logs)
            if kept.isEmpty { withAsides.remove(no) } else { withAsides.insert(no) }
        }
        let isNew = old.context.isEmpty
        return RecordChange(
            no: no, state: state, isNew: isNew,
            isParallel: !isNew
                && writes.contains { isFresh($0.dot) && !$0.context.covers(old.context) },
            conflicts: conflicts,
            newAsides: writes.count { isFresh($0.dot) && kept?[$0.dot] != nil })
    }

    private func isFresh(_ dot: Dot) -> Bool {
        dot.counter > countsAtFirst[dot.replica, default: 0]
    }

    /// Refuses a bundle whose writes build on what its sender has and this store does not.
    ///
    /// A count in a context means the log as its sender has it; so the sender's head of that log
    /// must be here, and not only as many writes.
    private mutating func requireContext(
        of write: Write, _ acknowledged: Acknowledgement
    ) throws {
        for (replica, needed) in write.context.entries {
            guard let head = acknowledged[replica], head.count >= needed,
                !verifiedHeads.contains(replica)
            else { continue }
            let continuations = tree.continuations(of: replica)
            let held = continuations.compactMap { logs[$0]?.count }.max() ?? 0
            guard held >= head.count else {
                throw BundleRefusal.missingContext(of: replica, held: held, needed: head.count)
            }
            guard try holds(head, of: replica) else {
                throw BundleRefusal.missingBranch(of: replica, counter: head.count)
            }
            verifiedHeads.insert(replica)
        }
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
/// The shortcut of ``RecordFold`` for logs that have not forked.
struct ContextCheck {
    private var contexts: [Dot: VersionVector]?

    mutating func admits(
        _ write: Write, into state: RecordState, history: () throws -> [Write]
    ) throws -> Bool {
        // The usual case: the writer had seen all that is here, and that is closed already.
        if write.context == state.context { return true }
        // What is not folded in cannot have been seen.
        guard state.context.covers(write.context) else { return false }
        if contexts == nil {
            contexts = Dictionary(
                try history().map { ($0.dot, $0.context) }, uniquingKeysWith: { $1 })
        }
        let isClosed = write.context.entries.allSatisfy { replica, count in
            contexts?[Dot(replica: replica, counter: count)].map(write.context.covers) ?? false
        }
        let replica = write.dot.replica
        return isClosed && write.context[replica] == state.context[replica]
    }
}

extension RecordSummary {
    /// What can be listed of a state.
    init(_ state: RecordState, conflicts: [Conflict]) {
        self.init(
            number: state.namedNumber, unit: state.namedUnit, day: state.text("day"),
            status: state.value("status")?["state"]?.asText,
            searchText: SearchText.normalised(state.searchText),
            conflicts: conflicts.map { (path: $0.path.description, id: $0.id) },
            holdsUnknown: state.holdsUnknown)
    }
}
