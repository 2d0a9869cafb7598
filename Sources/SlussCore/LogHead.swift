/// How far a log has come: the counter of its last write, and the log's digest with that write.
///
/// The digest covers every write before it (docs/bundle-format.md, "Chain"), so two stores whose
/// heads are equal have the same log, and not only as many writes.
public struct LogHead: Hashable, Sendable {
    /// The last write's counter.
    public var count: UInt64
    /// The log's digest with it.
    public var digest: Digest

    /// Pairs a counter with a digest.
    public init(count: UInt64, digest: Digest) {
        self.count = count
        self.digest = digest
    }
}

/// What a store says that it has: the head of each of its logs.
public struct Acknowledgement: Hashable, Sendable {
    private var heads: [ReplicaID: LogHead] = [:]

    /// Nothing.
    public init() {}

    /// The heads that are given; a log without writes is left out.
    public init(_ heads: some Sequence<(ReplicaID, LogHead)>) {
        for (replica, head) in heads { self[replica] = head }
    }

    /// How far the log of `replica` is said to have come.
    public subscript(replica: ReplicaID) -> LogHead? {
        get { heads[replica] }
        set { heads[replica] = newValue?.count == 0 ? nil : newValue }
    }

    /// Whether nothing is said to be there.
    public var isEmpty: Bool { heads.isEmpty }

    /// Logs and heads, in the order of the replicas' written forms.
    public var entries: [(replica: ReplicaID, head: LogHead)] {
        heads.map { (replica: $0.key, head: $0.value) }.sorted { $0.replica < $1.replica }
    }

    /// The counts alone.
    public var vector: VersionVector { VersionVector(heads.map { ($0.key, $0.value.count) }) }

    /// What both are known to have; where they name different digests at the same count, nothing.
    public func met(with other: Self) -> Self {
        Self(
            heads.compactMap { replica, head in
                guard let there = other[replica] else { return nil }
                if head.count == there.count, head.digest != there.digest { return nil }
                return (replica, head.count <= there.count ? head : there)
            })
    }
}
