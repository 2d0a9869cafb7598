/// The writes a copy holds: for each replica, a count without gaps.
///
/// Entry `[r] == n` says that writes 1 through n of replica `r` are here. This is
/// not a vector clock, which stamps events; it sums up replicated writes. For one record it
/// counts only the writes that touch that record: `[r] == n` says that every one of
/// them up to write n of `r` has been seen.
///
/// - Invariant: no stored count is zero, so equal histories are equal values
///   and encode to equal bytes.
///
/// Source: Parker et al., "Detection of Mutual Inconsistency in Distributed
/// Systems", IEEE TSE 9(3), 1983, doi:10.1109/TSE.1983.236733.
public struct VersionVector: Hashable, Sendable {
    private var counts: [ReplicaID: UInt64] = [:]

    /// The history in which nothing has happened.
    public init() {}

    /// The history that `counts` names; zeros are left out.
    public init(_ counts: some Sequence<(ReplicaID, UInt64)>) {
        for (replica, count) in counts { self[replica] = max(self[replica], count) }
    }

    /// The number of writes of `replica` that are here.
    public subscript(replica: ReplicaID) -> UInt64 {
        get { counts[replica, default: 0] }
        set { counts[replica] = newValue == 0 ? nil : newValue }
    }

    /// Whether nothing has happened.
    public var isEmpty: Bool { counts.isEmpty }

    /// The number of replicas with writes here.
    public var replicaCount: Int { counts.count }

    /// Replicas and counts, in the order of the replicas' written forms.
    public var entries: [(replica: ReplicaID, count: UInt64)] {
        counts.map { (replica: $0.key, count: $0.value) }.sorted { $0.replica < $1.replica }
    }

    /// The number of writes in this history: grows along every step of happened-before, and so
    /// sorts writes in an order that never puts an effect before its cause.
    public var weight: UInt64 { counts.values.reduce(0, &+) }

    /// Whether the write that `dot` names is part of this history.
    public func covers(_ dot: Dot) -> Bool { dot.counter <= self[dot.replica] }

    /// Whether all of `other` is part of this history.
    public func covers(_ other: Self) -> Bool {
        other.counts.allSatisfy { $0.value <= self[$0.key] }
    }

    /// Records the next write of `replica` and returns the dot that names it.
    public mutating func advance(_ replica: ReplicaID) -> Dot {
        let counter = self[replica] + 1
        counts[replica] = counter
        return Dot(replica: replica, counter: counter)
    }

    /// Adds the write that `dot` names to this history.
    public mutating func insert(_ dot: Dot) {
        self[dot.replica] = max(self[dot.replica], dot.counter)
    }

    /// The smallest vector that holds both histories.
    ///
    /// Commutative, associative and idempotent, because bundles arrive in any
    /// order, late, and twice.
    public func joined(with other: Self) -> Self {
        var result = self
        result.counts.merge(other.counts, uniquingKeysWith: max)
        return result
    }

    /// The largest vector that both histories hold: what two machines are both known to have.
    public func met(with other: Self) -> Self {
        Self(counts.compactMap { replica, count in (replica, min(count, other[replica])) })
    }
}
