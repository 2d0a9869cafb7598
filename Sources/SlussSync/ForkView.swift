import SlussBundle
public import SlussCore
import SlussStore

/// A log under whose name two machines have written: one of them is a copy of the other, or was
/// set back.
///
/// Nothing of either is lost; both are merged as what they are, concurrent.
public struct ForkView: Hashable, Sendable {
    /// What one of the machines has written alone.
    public struct Branch: Hashable, Sendable {
        /// The branch's name, the same in every store.
        public let replica: ReplicaID
        /// The counter of its last write.
        public let last: UInt64
        /// How many writes it has.
        public let writes: UInt64
        /// The day of its first write, as that machine's clock had it.
        public let firstDay: Day?
        /// Whether this store wrote it.
        public let isOwn: Bool
        /// The computer whose bundle first brought it; text from outside; nothing if unknown.
        public let computer: String
        /// That bundle's number.
        public let bundle: UInt64?
    }

    /// The replica under whose name they wrote.
    public let root: ReplicaID
    /// The unit.
    public let unit: UnitCode
    /// The machine's letter, or nothing.
    public let machine: String
    /// The counter of the first write that they have not in common.
    public let from: UInt64
    /// The branches, in the order of their names.
    public let branches: [Branch]
}

extension Ledger {
    /// The branches behind which a log goes on in more than one way, with those that do.
    var forkPoints: Set<[ReplicaID]> {
        let children = Dictionary(grouping: logs.values.filter { $0.parent != nil }, by: \.parent)
        return Set(children.values.map { $0.map(\.replica).sorted() })
    }

    /// The forks of logs, but for those whose branches were all known before.
    func forks(excluding known: Set<[ReplicaID]> = []) throws -> [ForkView] {
        let points = forkPoints.subtracting(known)
        guard !points.isEmpty else { return [] }
        let bundles = try transaction.runs().flatMap(\.bundles)
        return try points.compactMap { names -> ForkView? in
            let branches = names.compactMap { logs[$0] }
            guard let first = branches.first else { return nil }
            return ForkView(
                root: first.root, unit: first.owner, machine: first.machine, from: first.start,
                branches: try branches.map { try view($0, broughtBy: bundles) })
        }.sorted { ($0.root, $0.from) < ($1.root, $1.from) }
    }

    private func view(
        _ log: StoredLog, broughtBy bundles: [MergedBundle]
    ) throws -> ForkView.Branch {
        let all = tree.continuations(of: log.replica).compactMap { logs[$0] }
        let bundle = bundles.first { $0.after[log.replica] > $0.before[log.replica] }
        var day: Day?
        try transaction.forEachLine(of: log, from: log.start, through: log.start) { line in
            day = try write(line).day
        }
        return ForkView.Branch(
            replica: log.replica, last: all.map(\.count).max() ?? log.count,
            writes: all.reduce(0) { $0 + $1.writes }, firstDay: day, isOwn: log.isOwn,
            computer: bundle?.computer ?? "", bundle: bundle?.number)
    }
}
