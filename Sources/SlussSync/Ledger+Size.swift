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
        func grow(_ size: inout RecordSize) -> RecordSize {
            size.add(body: bytes)
            return size
        }
        return grow(&added[record, default: RecordSize()])
    }
}

/// A record costs what has been written to it, each time it is folded from the beginning. So there
/// is a limit to what one device may write to one, and to what all of a unit may
/// (docs/bundle-format.md, "What one device writes to one record").
///
/// No device can fill a record against a unit's others alone, and no unit against another; what
/// counts for none has a limit of its own. At the keyboard a part is the limit, so that what an
/// honest store has written is refused nowhere.
extension Ledger {
    /// How much one bundle may bring to a record before anybody counts what is there.
    private static let unasked = RecordLimit(writes: 64, bytes: 64 << 10)
    private static let limit = RecordLimit(
        writes: BundleLimits.recordWritesMax, bytes: BundleLimits.recordBytesMax)
    /// How many times as much is refused whoever wrote it.
    private static let atOnce = 8

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
        if let excess = Self.limit.excess(added, times: Self.atOnce) { throw excess }
    }

    /// Refuses a bundle that brings more to a record than a device may write to it.
    ///
    /// - Precondition: It has been looked at how far the logs are covered.
    func refuseLargeRecords() throws {
        for record in sizes.large.sorted() {
            let (bySource, grown) = try sizesBySource(record)
            for source in grown {
                let times = source == .unit ? BundleLimits.recordUnitFactor : 1
                if let excess = Self.limit.excess(bySource[source], times: times) { throw excess }
            }
        }
    }

    /// Refuses a write at the keyboard to a record to which this store's device, or its unit, has
    /// written so much that others would soon refuse it.
    func requireRoom(for line: LogLine, of record: Int64?) throws {
        guard let record else { return }
        func isFull(_ size: RecordSize?, times: Int = 1) -> Bool {
            var size = size ?? RecordSize()
            size.add(body: line.weight)
            return size.writes > Self.limit.writes / BundleLimits.recordShare * times
                || size.bytes > Self.limit.bytes / BundleLimits.recordShare * times
        }
        // Nearly always all of it is less.
        guard isFull(try transaction.size(ofRecord: record)) else { return }
        let sizes = try sizesBySource(record).all
        let ofUnit = BundleLimits.recordShare * BundleLimits.recordUnitFactor
        guard !isFull(sizes[.device(of: line.write.dot.replica)]),
            isCentral || !isFull(sizes[.unit], times: ofUnit)
        else { throw InputError.recordFull }
    }

    /// Who has written.
    private enum Source: Hashable, Comparable {
        /// What no certificate covers, whoever says to have written that.
        case nobody
        /// A device, by what its logs' names begin with.
        case device(UInt64)
        /// All devices of the unit whose record it is: nobody else but a central may write to it.
        case unit

        static func device(of root: ReplicaID) -> Source { .device(root.device) }

    }

    private func sizesBySource(
        _ record: Int64
    ) throws -> (all: [Source: RecordSize], grown: [Source]) {
        let byNo = Dictionary(logs.values.map { ($0.no, $0) }, uniquingKeysWith: { $1 })
        var sizes: [Source: RecordSize] = [:]
        var grown: Set<Source> = []
        try transaction.forEachSize(ofRecord: record) { no, counter, bytes in
            guard let log = byNo[no] else { throw StoreError.damaged(what: "log") }
            let sources: [Source] =
                if counter <= log.coveredAsCentral {
                    [.device(of: log.root)]
                } else if counter <= log.covered { [.device(of: log.root), .unit] } else {
                    [.nobody]
                }
            for source in sources { sizes[source, default: RecordSize()].add(body: bytes) }
            if counter > countsAtFirst[log.replica, default: 0] { grown.formUnion(sources) }
        }
        return (sizes, grown.sorted())
    }

    /// Refuses a bundle with which a device has more logs than stores that are copied or set back
    /// come to.
    func refuseManyLogs(_ roots: some Sequence<ReplicaID>) throws {
        guard !sizes.isPassedOn, logs.count > BundleLimits.deviceLogsMax else { return }
        var counts: [UInt64: Int] = [:]
        for log in logs.values { counts[log.root.device, default: 0] += 1 }
        for root in roots where counts[root.device, default: 0] > BundleLimits.deviceLogsMax {
            throw BundleRefusal.overLimit("deviceLogsMax", max: UInt64(BundleLimits.deviceLogsMax))
        }
    }
}

extension ReplicaID {
    /// What the names of a device's logs begin with.
    fileprivate var device: UInt64 {
        bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
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

    /// What is to be said of a size that is more than `times` this.
    func excess(_ size: RecordSize?, times: Int = 1) -> BundleRefusal? {
        guard let size else { return nil }
        if size.writes > writes * times {
            return .overLimit("recordWritesMax", max: UInt64(writes))
        }
        if size.bytes > bytes * times {
            return .overLimit("recordBytesMax", max: UInt64(bytes))
        }
        return nil
    }
}
