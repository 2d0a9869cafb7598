public import SlussCore

/// A stretch of one log, as the two files of a bundle that hold it.
public struct Segment: Sendable {
    let name: SegmentName
    /// One envelope a line.
    let envelopes: [UInt8]
    /// One body a line, or its digest.
    let bodies: [UInt8]

    /// The files, in the order in which they stand in the archive.
    public var files: [BundleEntry] {
        [
            BundleEntry(name: name.bodies, bytes: bodies),
            BundleEntry(name: name.envelopes, bytes: envelopes),
        ]
    }
}

/// One file of a bundle.
public struct BundleEntry: Sendable {
    /// Its path in the archive.
    public let name: String
    /// Its bytes.
    public let bytes: [UInt8]

    /// Pairs a name with bytes.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// Cuts a log into segments.
///
/// Where it cuts depends on the lines alone, so equal logs give equal files.
public struct SegmentBuilder {
    private let replica: ReplicaID
    private var from: UInt64
    private var next: UInt64
    private var envelopes: [UInt8] = []
    private var bodies: [UInt8] = []

    /// Starts at write `from` of `replica`.
    public init(replica: ReplicaID, from: UInt64) {
        self.replica = replica
        self.from = from
        self.next = from
    }

    /// Adds the next write; returns a segment when one is full.
    public mutating func append(
        envelope: [UInt8], body: [UInt8]?, bodyDigest: Digest?
    ) -> Segment? {
        envelopes += envelope
        envelopes.append(UInt8(ascii: "\n"))
        bodies += body ?? Array("\"\(bodyDigest.map(\.description) ?? "")\"".utf8)
        bodies.append(UInt8(ascii: "\n"))
        next += 1
        let isFull =
            next - from >= UInt64(BundleLimits.segmentWritesMax)
            || max(envelopes.count, bodies.count) >= BundleLimits.segmentBytesMin
        return isFull ? finish() : nil
    }

    /// The last segment, if any write is left.
    public mutating func finish() -> Segment? {
        guard next > from else { return nil }
        let segment = Segment(
            name: SegmentName(replica: replica, from: from, to: next - 1), envelopes: envelopes,
            bodies: bodies)
        from = next
        envelopes.removeAll(keepingCapacity: true)
        bodies.removeAll(keepingCapacity: true)
        return segment
    }
}
