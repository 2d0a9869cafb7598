import Foundation
import SlussBundle
import SlussCore
import SlussStore

/// What a store is built from besides the lines of its logs.
struct StoreSource {
    /// Whose store it is, under a name that it has not had.
    var identity: StoreIdentity
    /// The root key of its network; `nil` if it is in none.
    var root: DeviceKey?
    /// Who may write what, and how far the logs have come by their writers' word.
    var statements: [StoredStatement]
    /// What the store that the lines come from has: a write that builds on less is not taken.
    var acknowledged = Acknowledgement()
    /// The logs that the store wrote in an earlier life.
    var isOwn: (StoredLog) -> Bool
    /// How far the store itself vouches for one of those, with what is known of the network.
    var written: (StoredLog, Authority) -> UInt64
}

/// A new store's logs, filled through the one door through which writes come.
struct LogFeed {
    fileprivate(set) var ledger: Ledger
    private var positions: [ReplicaID: LogPosition] = [:]

    fileprivate init(_ ledger: Ledger) { self.ledger = ledger }

    /// Takes the next lines of a stretch of a log; a branch comes after what it continues.
    mutating func take(_ lines: [LogLine], of range: BundleManifest.LogRange) throws {
        var position =
            try positions[range.replica].map(ledger.renamed) ?? ledger.position(range)
        _ = try ledger.take(lines, at: &position)
        positions[range.replica] = position
    }
}

/// What a store holds, to be compared with another.
struct StoreSum: Equatable {
    /// The digest of every record's state, drafts too.
    var state: Digest
    /// How many writes count.
    var writes: UInt64
    /// How many records have one.
    var records: Int
    /// Whether a log has forked of which a merge was undone: then a copy names its branches
    /// otherwise, and only the lines can be compared.
    var isRenamedByCopying: Bool

    init(_ ledger: Ledger) throws {
        let transaction = ledger.transaction
        state = try transaction.stateDigest(of: Set(ledger.logs.values.map(\.audience)))
        writes = ledger.logs.values.reduce(0) { $0 + $1.writes }
        records = try transaction.recordCounts().values.reduce(0, +)
        isRenamedByCopying =
            ledger.hasUndone && ledger.logs.values.contains { $0.replica != $0.root }
    }

    /// Whether a copy that has the same lines is as it must be.
    func isCopied(by copy: StoreSum) -> Bool {
        isRenamedByCopying ? writes == copy.writes : self == copy
    }
}

/// Builds a new store from the logs of another: of a full bundle, or of a store that is damaged.
///
/// Everything that is derived is derived anew; one transaction, and no store if it fails.
enum StoreBuilder {
    static func build(
        _ source: StoreSource, in folder: String, reader: LogLineReader = LogLineReader(),
        indexing: Ledger.Indexing = .atOnce, keptBytesMax: Int = FreshWrites.bytesMax,
        feed: (inout LogFeed) throws -> Void,
        finish: (inout Ledger) throws -> Void = { _ in }
    ) throws -> StoreSum {
        var sum: StoreSum?
        try UnitStore.create(source.identity, in: folder, fold: Release.fold) { transaction in
            if let root = source.root { try transaction.setRootKey(root.bytes) }
            for statement in source.statements { _ = try transaction.insert(statement) }
            var start = try Ledger(transaction, reader: reader, indexing: indexing)
            start.fresh = FreshWrites(bytesMax: keptBytesMax)
            var lines = LogFeed(start)
            try feed(&lines)
            var ledger = lines.ledger
            let authority = try ledger.authority()
            for var log in ledger.logs.values.sorted(by: { $0.no < $1.no })
            where source.isOwn(log) {
                log.ownership = .retired
                log.written = min(log.stored, source.written(log, authority))
                try transaction.update(log)
                ledger.note(log)
            }
            try ledger.cover(Set(ledger.logs.values.map(\.root)))
            try ledger.fold(acknowledged: source.acknowledged) { _ in }
            try finish(&ledger)
            sum = try StoreSum(ledger)
        }
        guard let sum else { throw StoreError.damaged(what: "no result") }
        return sum
    }
}

extension StoreTransaction {
    /// The digest of the state of some audiences (docs/sync-model.md, "State digest").
    func stateDigest(of audiences: Set<Audience>) throws -> Digest {
        try stateDigests(of: [audiences])[audiences] ?? Digest.sha256([])
    }

    /// The same for several sets of audiences; each state is read and digested once.
    ///
    /// Read as they lie in the file and sorted afterwards: by id they lie anywhere.
    func stateDigests(of sets: Set<Set<Audience>>) throws -> [Set<Audience>: Digest] {
        var states: [(record: RecordID, audience: Audience, digest: Digest)] = []
        // A record of which no write counts is not there.
        try forEachState(for: sets.reduce([]) { $0.union($1) }) { record, audience, state in
            guard let record = RecordID(bytes: record) else {
                throw StoreError.damaged(what: "record")
            }
            states.append((record, audience, Digest.sha256(state)))
        }
        states.sort { ($0.record, $0.audience) < ($1.record, $1.audience) }
        return Dictionary(
            uniqueKeysWithValues: sets.map { set in
                var running = RunningDigest()
                for state in states where set.contains(state.audience) {
                    state.record.withBytes { running.append($0) }
                    state.digest.withBytes { running.append($0) }
                }
                return (set, running.digest)
            })
    }
}
