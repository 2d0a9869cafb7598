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
    /// One replica and how many of its writes are here.
    public struct Entry: Hashable, Sendable {
        /// The replica.
        public let replica: ReplicaID
        /// How many of its writes: never 0.
        public fileprivate(set) var count: UInt64
    }

    /// Sorted by replica: a vector has few entries, is compared and merged often, and so is cheaper
    /// as an array than as a dictionary.
    private var counts: [Entry] = []

    /// The history in which nothing has happened.
    public init() {}

    /// The history that `counts` names; zeros are left out.
    public init(_ counts: some Sequence<(ReplicaID, UInt64)>) {
        for (replica, count) in counts { self[replica] = max(self[replica], count) }
    }

    /// Where `replica` stands, or would stand.
    private func place(of replica: ReplicaID) -> (index: Int, isThere: Bool) {
        // Most vectors are short, and most are built in order.
        guard let last = counts.last, last.replica >= replica else { return (counts.count, false) }
        var (low, high) = (0, counts.count)
        while low < high {
            let middle = (low + high) / 2
            if counts[middle].replica < replica { low = middle + 1 } else { high = middle }
        }
        return (low, counts[low].replica == replica)
    }

    /// The number of writes of `replica` that are here.
    public subscript(replica: ReplicaID) -> UInt64 {
        get {
            let place = place(of: replica)
            return place.isThere ? counts[place.index].count : 0
        }
        set {
            let place = place(of: replica)
            switch (place.isThere, newValue == 0) {
            case (true, true): counts.remove(at: place.index)
            case (true, false): counts[place.index].count = newValue
            case (false, true): break
            case (false, false):
                counts.insert(Entry(replica: replica, count: newValue), at: place.index)
            }
        }
    }

    /// Whether nothing has happened.
    public var isEmpty: Bool { counts.isEmpty }

    /// The number of replicas with writes here.
    public var replicaCount: Int { counts.count }

    /// Replicas and counts, in the order of the replicas' written forms.
    public var entries: [Entry] { counts }

    /// The number of writes in this history: grows along every step of happened-before, and so
    /// sorts writes in an order that never puts an effect before its cause.
    public var weight: UInt64 { counts.reduce(0) { $0 &+ $1.count } }

    /// Whether the write that `dot` names is part of this history.
    public func covers(_ dot: Dot) -> Bool { dot.counter <= self[dot.replica] }

    /// Whether all of `other` is part of this history.
    public func covers(_ other: Self) -> Bool {
        var rest = counts[...]
        for entry in other.counts {
            while let first = rest.first, first.replica < entry.replica { rest.removeFirst() }
            guard let first = rest.first, first.replica == entry.replica,
                first.count >= entry.count
            else { return false }
        }
        return true
    }

    /// Records the next write of `replica` and returns the dot that names it.
    public mutating func advance(_ replica: ReplicaID) -> Dot {
        let counter = self[replica] + 1
        self[replica] = counter
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
        guard !isEmpty else { return other }
        var result = self
        for entry in other.counts {
            let place = result.place(of: entry.replica)
            if place.isThere {
                let held = result.counts[place.index].count
                result.counts[place.index].count = max(held, entry.count)
            } else {
                result.counts.insert(entry, at: place.index)
            }
        }
        return result
    }

    /// The largest vector that both histories hold: what two machines are both known to have.
    public func met(with other: Self) -> Self {
        Self(counts.map { ($0.replica, min($0.count, other[$0.replica])) })
    }
}
