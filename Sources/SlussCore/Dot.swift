/// The name of one write: a replica and its counter, counted from 1.
///
/// Source: Baquero et al., "Dotted Version Vectors", arXiv:1011.5808.
public struct Dot: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The log that the write stands in.
    public let replica: ReplicaID
    /// Its place in that log; 1 is the first.
    public let counter: UInt64

    /// The largest counter: twelve digits, as file names in bundles have them.
    public static let counterMax: UInt64 = 999_999_999_999

    /// Names a write.
    public init(replica: ReplicaID, counter: UInt64) {
        self.replica = replica
        self.counter = counter
    }

    /// The replica's written form, a colon, and the counter.
    public var description: String { "\(replica):\(counter)" }

    /// Orders by replica, then counter.
    ///
    /// Says nothing of what happened first.
    public static func < (left: Self, right: Self) -> Bool {
        (left.replica, left.counter) < (right.replica, right.counter)
    }
}
