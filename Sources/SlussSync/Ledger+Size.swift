import SlussBundle
import SlussCore
import SlussStore

/// What the writes to records come to, as far as it is asked.
struct RecordSizes {
    fileprivate var all: [Int64: RecordSize] = [:]
    fileprivate var added: [Int64: RecordSize] = [:]
    /// The records with more than one device alone may write to one.
    fileprivate var large: Set<Int64> = []
    /// Whether they come from a central, or from this store itself: those pass on what others have
    /// written and was taken from them, so it must not be refused here.
    var isPassedOn = false

    fileprivate mutating func add(_ bytes: Int, to record: Int64) -> RecordSize {
        var size = added[record] ?? RecordSize()
        size.add(body: bytes)
        added[record] = size
        return size
    }
}

/// A record costs what has been written to it, each time it is folded from the beginning. So there
/// is a limit to what one device may write to one (docs/bundle-format.md, "Limits").
///
/// Each device has its own, so that none can fill a record against another; and what counts for
/// none has one together. At the keyboard a part of it is the limit, so that what an honest store
/// has written is refused nowhere.
extension Ledger {
    /// How much one bundle may bring to a record before anybody counts what is there.
    private static let unasked = RecordLimit(writes: 64, bytes: 64 << 10)
    private static let limit = RecordLimit(
        writes: BundleLimits.recordWritesMax, bytes: BundleLimits.recordBytesMax)

    /// Counts a write that comes to a record.
    ///
    /// - Throws: ``BundleRefusal`` if so much comes at once that it need not be asked who wrote it.
    mutating func weigh(_ line: LogLine, _ record: Int64) throws {
        guard !sizes.isPassedOn else { return }
        let bytes = line.weight
        let added = sizes.add(bytes, to: record)
        // What comes bit by bit costs little for each bundle; the store is asked for the rest.
        guard added.writes > Self.unasked.writes || added.bytes > Self.unasked.bytes else { return }
        if sizes.all[record] == nil {
            var all = newRecords[record] == nil ? try transaction.size(ofRecord: record) : .init()
            all.writes += added.writes
            all.bytes += added.bytes
            sizes.all[record] = all
        } else {
            sizes.all[record]?.add(body: bytes)
        }
        if Self.limit.excess(sizes.all[record]) != nil { sizes.large.insert(record) }
        if let excess = Self.limit.excess(added, share: 4) { throw excess }
    }

    /// Refuses a bundle that brings more to a record than a device may write to it.
    ///
    /// - Precondition: It has been looked at how far the logs are covered.
    func refuseLargeRecords() throws {
        for record in sizes.large.sorted() {
            let (bySource, grown) = try sizesBySource(record)
            for source in grown {
                if let excess = Self.limit.excess(bySource[source]) { throw excess }
            }
        }
    }

    /// Refuses a write at the keyboard to a record to which this store's device has written so much
    /// that others would soon refuse it.
    func requireRoom(for line: LogLine, of record: Int64?) throws {
        guard let record else { return }
        func isFull(_ size: RecordSize?) -> Bool {
            var size = size ?? RecordSize()
            size.add(body: line.weight)
            return size.writes > Self.limit.writes / BundleLimits.recordShare
                || size.bytes > Self.limit.bytes / BundleLimits.recordShare
        }
        // Nearly always all of it is less.
        guard isFull(try transaction.size(ofRecord: record)) else { return }
        let source = Source(line.write.dot.replica)
        if isFull(try sizesBySource(record).all[source]) { throw InputError.recordFull }
    }

    /// Who has written: a device, by what its logs' names begin with; `nil` for what no certificate
    /// covers, whoever says to have written that.
    private struct Source: Hashable, Comparable {
        let device: [UInt8]

        init(_ root: ReplicaID?) { device = root.map { Array($0.bytes.prefix(8)) } ?? [] }

        static func < (left: Self, right: Self) -> Bool {
            left.device.lexicographicallyPrecedes(right.device)
        }
    }

    private func sizesBySource(
        _ record: Int64
    ) throws -> (all: [Source: RecordSize], grown: [Source]) {
        let byNo = Dictionary(logs.values.map { ($0.no, $0) }, uniquingKeysWith: { $1 })
        var sources: [Int64: Source] = [:]
        var sizes: [Source: RecordSize] = [:]
        var grown: Set<Source> = []
        let uncovered = Source(nil)
        try transaction.forEachSize(ofRecord: record) { no, counter, bytes in
            guard let log = byNo[no] else { throw StoreError.damaged(what: "log") }
            var source = uncovered
            if counter <= max(log.covered, log.coveredAsCentral) {
                source = sources[no] ?? Source(log.root)
                sources[no] = source
            }
            sizes[source, default: RecordSize()].add(body: bytes)
            if counter > countsAtFirst[log.replica, default: 0] { grown.insert(source) }
        }
        return (sizes, grown.sorted())
    }
}

extension LogLine {
    /// What the write costs whoever folds its record, in bytes: its body, and what it has seen if
    /// that is much.
    fileprivate var weight: Int {
        let body = bodyBytes?.count ?? 0
        return body + RecordSize.weight(ofContext: write.context.replicaCount)
    }
}

private struct RecordLimit {
    let writes: Int
    let bytes: Int

    /// What is to be said of a size that is `share` times more than this.
    func excess(_ size: RecordSize?, share: Int = 1) -> BundleRefusal? {
        guard let size else { return nil }
        if size.writes > writes * share {
            return .overLimit("recordWritesMax", max: UInt64(writes))
        }
        if size.bytes > bytes * share {
            return .overLimit("recordBytesMax", max: UInt64(bytes))
        }
        return nil
    }
}
