import SlussBundle
public import SlussCore
import SlussStore

/// What one store has that another lacks, log by log.
public struct StoreDifference: Sendable {
    /// A log that is not the same in both.
    public struct Log: Sendable {
        /// Its replica, or the branch's name.
        public let replica: ReplicaID
        /// The unit of its writer.
        public let unit: UnitCode
        /// The machine's letter, or nothing.
        public let machine: String
        /// How many writes of it the one has and the other lacks.
        public let writes: UInt64
    }

    /// The logs of which the other lacks something.
    public let logs: [Log]
    /// How many records those writes touch.
    public let records: Int
    /// How many writes the other lacks.
    public var writes: UInt64 { logs.reduce(0) { $0 + $1.writes } }

    /// What `there` has and `here` lacks.
    ///
    /// A log's digest after a write covers all before it, so how far the two have the same is found
    /// by halving.
    init(of there: Ledger, lackingIn here: Ledger) throws {
        var logs: [Log] = []
        var records: Set<Int64> = []
        for log in there.logs.values.sorted(by: { $0.replica < $1.replica }) {
            let held = try Self.held(log, there, here)
            guard held < log.count else { continue }
            logs.append(
                Log(
                    replica: log.replica, unit: log.owner, machine: log.machine,
                    writes: log.count - held))
            try there.transaction.collectRecords(
                of: log, from: held + 1, through: log.count, into: &records)
        }
        self.logs = logs
        self.records = records.count
    }

    /// The last write of a log up to which both have the same.
    private static func held(_ log: StoredLog, _ there: Ledger, _ here: Ledger) throws -> UInt64 {
        var (low, high) = (log.start - 1, log.count)
        while low < high {
            let middle = low + (high - low + 1) / 2
            let digest = try there.transaction.digest(of: log, at: middle)
            let isHeld = try digest.map {
                try here.holds(LogHead(count: middle, digest: $0), of: log.root)
            }
            if isHeld ?? false { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
