import Dispatch
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
    let transaction: StoreTransaction
    let reader: LogLineReader
    var logs: [ReplicaID: StoredLog]
    /// The branches of all logs.
    private(set) var tree: BranchTree
    /// The records to fold again; the value says whether from the beginning.
    var touched: [Int64: Bool] = [:]
    /// The lines that have come for the touched records.
    var fresh = FreshWrites()
    /// The words to be found of what has been folded.
    var words = SearchBacklog()
    /// Looks for personal numbers in what comes from elsewhere, if somebody asks for that.
    var watch: PersonalNumberWatch?
    /// Counts what is changed of what was here, if somebody asks for that.
    var massWatch: MassChangeWatch?
    /// When what is folded can be found by its words.
    let indexing: Indexing
    /// The records of which a write has been set aside: they are always folded from the beginning.
    var withAsides: Set<Int64>
    /// The logs of which a merge was undone, or that have more lines than count.
    var hasUndone: Bool { logs.values.contains { $0.stored > $0.count } }
    /// The records of which something has been erased: they are always folded from the beginning.
    var withErasures: Set<Int64>
    /// The records of which bodies have been removed: then the index has been made anew, too.
    var erasedRecords: Set<Int64> = []
    /// Whether the index has to be made anew.
    var isToIndexAnew = false
    /// Whether a bundle has shown a log of this store's own as it is not here.
    var hasLostOwn = false
    /// How far the logs had come when this began; what is beyond is fresh.
    var countsAtFirst: [ReplicaID: UInt64]
    /// The branches that have been divided: the writes of the first from a counter on are now
    /// those of the second.
    var renamings: [(from: ReplicaID, at: UInt64, to: ReplicaID)] = []
    /// The branches of logs that have a write with a counter, by its digest, as far as asked.
    var places: [ReplicaID: [UInt64: [Digest: ReplicaID]]] = [:]
    /// How far the records of divided branches are to be folded from the beginning already.
    var refolded: [ReplicaID: UInt64] = [:]
    /// The last running number given, by what stands before it; so that a long list is not asked
    /// for its largest number at every row.
    var serials: [String: Int] = [:]
    /// Whether this store is a central's: then its device may write in all roles.
    let isCentral: Bool
    /// Who may write what; read when it is first asked for.
    var knownAuthority: Authority?
    var recordNos: [RecordPlace: Int64] = [:]
    /// The records that have no row yet.
    var newRecords: [Int64: RecordPlace] = [:]
    /// What the writes to each touched record come to.
    var sizes = RecordSizes()
    private var lastRecordNo: Int64?
    /// The logs whose new lines are marked as not indexed yet.
    private var marked: Set<ReplicaID> = []
    /// The logs of which the sender's head has been found here.
    var verifiedHeads: Set<ReplicaID> = []

    /// When what is folded can be found by its words.
    enum Indexing {
        /// With each fold.
        case atOnce
        /// Later, by who has begun this.
        case later
        /// Not at all: the store is made to be compared, and thrown away.
        case never
    }

    /// What names a record: an id, within an audience.
    struct RecordPlace: Hashable {
        let record: RecordID
        let audience: Audience

        /// By the record alone: nearly every one has a single audience.
        func hash(into hasher: inout Hasher) { hasher.combine(record) }
    }

    /// What is the same for the next transaction, if nobody else has written in between.
    struct Memory {
        let logs: [ReplicaID: StoredLog]
        fileprivate let tree: BranchTree
        fileprivate let withAsides: Set<Int64>
        fileprivate let withErasures: Set<Int64>
        fileprivate let authority: Authority?
        fileprivate let isCentral: Bool
    }

    /// What the next transaction can begin with.
    var memory: Memory {
        Memory(
            logs: logs, tree: tree, withAsides: withAsides, withErasures: withErasures,
            authority: knownAuthority,
            isCentral: isCentral)
    }

    init(
        _ transaction: StoreTransaction, reader: LogLineReader, indexing: Indexing = .atOnce,
        memory: Memory? = nil
    ) throws {
        self.transaction = transaction
        self.reader = reader
        self.indexing = indexing
        isCentral = try memory?.isCentral ?? transaction.currentIdentity().isCentral
        logs = try memory?.logs ?? transaction.logs()
        transaction.remember(logs.values)
        tree = memory?.tree ?? BranchTree(logs.values.map(\.branch))
        countsAtFirst = logs.mapValues(\.count)
        withAsides = try memory?.withAsides ?? transaction.recordsWithAsides()
        withErasures = try memory?.withErasures ?? transaction.recordsWithErasures()
        knownAuthority = memory?.authority
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
        // Not in place: each new name would move all that is sorted behind it.
        var counts: [ReplicaID: UInt64] = [:]
        func count(_ replica: ReplicaID) -> UInt64 { counts[replica] ?? vector[replica] }
        for (old, counter, new) in renamings where count(old) >= counter {
            counts[new] = count(old)
            counts[old] = counter - 1 < logs[old]?.start ?? 1 ? 0 : counter - 1
        }
        guard !counts.isEmpty else { return vector }
        for entry in vector.entries where counts[entry.replica] == nil {
            counts[entry.replica] = entry.count
        }
        return VersionVector(
            counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
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

    /// Remembers that a branch has been divided, and how its parts are now.
    mutating func note(_ head: StoredLog, dividedInto tail: StoredLog) {
        for replica in tree.divide(head.replica, into: tail.branch) {
            logs[replica]?.parent = tail.replica
        }
        logs[head.replica] = head
        logs[tail.replica] = tail
    }

    /// Puts lines behind the log that they continue.
    ///
    /// - Parameter isEntered: Whether this store has just made them: those it vouches for itself.
    mutating func append(
        _ lines: ArraySlice<LogLine>, to replica: ReplicaID, isEntered: Bool = false
    ) throws {
        guard var log = logs[replica], !lines.isEmpty else { return }
        if indexing == .later, marked.insert(replica).inserted {
            try transaction.markUnindexed(log, since: log.stored + 1)
        }
        for line in lines {
            let counter = line.write.dot.counter
            precondition(counter == log.stored + 1, "a log has no gap")
            precondition(log.count == log.stored, "what was undone is taken again first")
            let record = try touch(line, audience: log.audience)
            try weigh(line, record)
            if watch != nil, line.isToBeLookedAt { watch?.note(line.write, of: record) }
            if massWatch != nil, newRecords[record] == nil {
                massWatch?.note(line.write, of: record)
            }
            try transaction.insertLine(line, log: log, record: record)
            log.count = counter
            log.stored = counter
            log.digest = line.digest
            log.note(line.write.day)
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
    mutating func touch(_ line: LogLine, audience: Audience) throws -> Int64 {
        let place = RecordPlace(record: line.write.record, audience: audience)
        let no = try recordNos[place] ?? lookUp(place)
        if touched[no] == nil { touched[no] = false }
        fresh.note(line, of: no)
        return no
    }

    private mutating func lookUp(_ place: RecordPlace) throws -> Int64 {
        var no = try transaction.recordNo(place.record, place.audience)
        if no == nil {
            let next = try (lastRecordNo ?? transaction.lastRecordNo()) + 1
            lastRecordNo = next
            newRecords[next] = place
            no = next
        }
        guard let no else { preconditionFailure("a record is here or is new") }
        recordNos[place] = no
        return no
    }

    func write(_ line: StoredLine) throws -> Write {
        do {
            return try line.write(reader)
        } catch { throw StoreError.damaged(what: "log") }
    }
}

/// The writes that have come within a transaction, by record, as long as they are not too many:
/// then they are read from the log again.
struct FreshWrites {
    /// About so many bytes of lines are kept; a year of a unit's notes has less.
    static let bytesMax = 12 << 20

    /// The writes to one record, and how many bytes their lines have.
    typealias Writes = (list: [Write], byteCount: Int)

    private let bytesMax: Int
    private var writes: [Int64: Writes] = [:]
    private var byteCount = 0
    /// Whether there have been too many.
    private(set) var areTooMany = false

    /// Keeps as many as a merge does, or another number of bytes.
    init(bytesMax: Int = Self.bytesMax) { self.bytesMax = bytesMax }

    mutating func note(_ line: LogLine, of record: Int64) {
        guard !areTooMany else { return }
        byteCount += 400 + line.byteCount
        if byteCount > bytesMax {
            areTooMany = true
            writes = [:]
        } else {
            writes[record, default: ([], 0)].list.append(line.write)
            writes[record]?.byteCount += line.byteCount
        }
    }

    /// Gives all of it up; if that is much, the memory is freed on another thread.
    mutating func release() {
        guard byteCount > 1 << 16 else { return self = FreshWrites(bytesMax: bytesMax) }
        let old = writes
        DispatchQueue.global().async { withExtendedLifetime(old) {} }
        self = FreshWrites(bytesMax: bytesMax)
    }

    /// All that has come to a record; `nil` if that is not known here.
    subscript(record: Int64) -> Writes? { areTooMany ? nil : writes[record] }
}
