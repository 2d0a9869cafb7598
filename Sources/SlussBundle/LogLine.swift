public import SlussCore

/// One write as it stands in a log: the bytes as first written, and what they say.
public struct LogLine: Sendable {
    /// The envelope's bytes, without the line feed.
    public let envelopeBytes: [UInt8]
    /// The body's bytes, or `nil` if it has been erased.
    public let bodyBytes: [UInt8]?
    /// The body's digest, which stays when the body is erased.
    public let bodyDigest: Digest
    /// Whether the envelope is spelled as Sluss spells it: then what it says is enough to write it
    /// again.
    public let isCanonical: Bool
    /// The digest of the log up to and with this write.
    public let digest: Digest
    /// The write.
    public let write: Write
    /// Whether its texts may hold what a person must be told of; that is for the reader to find out,
    /// and so for a thread that has time.
    package var isToBeLookedAt = true

    /// How many bytes envelope and body have.
    public var byteCount: Int { envelopeBytes.count + (bodyBytes?.count ?? 0) }

    /// Writes a new line behind a log that ends in `digest`.
    public init(
        after digest: Digest, dot: Dot, record: RecordID, kind: Text, context: VersionVector,
        day: Day, body: Write.Body
    ) {
        let bodyBytes = body.line
        let envelope = Envelope(
            counter: dot.counter, record: record, kind: kind, context: context, day: day,
            bodyDigest: Digest.sha256(bodyBytes))
        self.envelopeBytes = envelope.line
        self.bodyBytes = bodyBytes
        self.bodyDigest = envelope.bodyDigest
        self.isCanonical = true
        self.digest = LogChain.next(
            after: digest, envelope: envelopeBytes, bodyDigest: envelope.bodyDigest)
        self.write = Write(
            dot: dot, record: record, kind: kind, context: context, day: day, body: body)
    }

    private init(
        envelopeBytes: [UInt8], bodyBytes: [UInt8]?, bodyDigest: Digest, isCanonical: Bool,
        digest: Digest, write: Write
    ) {
        self.envelopeBytes = envelopeBytes
        self.bodyBytes = bodyBytes
        self.bodyDigest = bodyDigest
        self.isCanonical = isCanonical
        self.digest = digest
        self.write = write
    }

    /// Reads the next line of a log of `replica` that ends in `digest`.
    ///
    /// - Throws: ``Malformed`` if the lines are not as the format asks.
    static func read(
        envelope: ArraySlice<UInt8>, body: ArraySlice<UInt8>?, replica: ReplicaID,
        after digest: Digest, json: StrictJSON
    ) throws(Malformed) -> LogLine {
        for line in [envelope, body].compactMap({ $0 })
        where line.first != UInt8(ascii: "{") || line.last != UInt8(ascii: "}") {
            throw Malformed("the line is not one JSON object and nothing else")
        }
        let canonical = Envelope(canonical: envelope)
        let parsed =
            if let canonical { canonical } else {
                try Envelope(line: envelope, json: json)
            }
        let dot = Dot(replica: replica, counter: parsed.counter)
        guard parsed.context[replica] < parsed.counter else {
            throw Malformed("a write has seen itself or a later one")
        }
        if let body {
            guard Digest.sha256(body) == parsed.bodyDigest else {
                throw Malformed("the body is not the one that the envelope names")
            }
        }
        return LogLine(
            envelopeBytes: Array(envelope), bodyBytes: body.map(Array.init),
            bodyDigest: parsed.bodyDigest, isCanonical: canonical != nil,
            digest: LogChain.next(
                after: digest, envelope: envelope, bodyDigest: parsed.bodyDigest),
            write: try parsed.write(dot, body: body, json: json))
    }
}

extension Envelope {
    /// The write that an envelope and its body make.
    ///
    /// A body that is strict JSON but has not the shape of a body makes a write that is kept and
    /// does not count: one such write must not hold back the rest of a bundle.
    fileprivate func write(
        _ dot: Dot, body: ArraySlice<UInt8>?, json: StrictJSON
    ) throws(Malformed) -> Write {
        let readable: Write.Body?? = try body.map { bytes throws(Malformed) in
            try Write.Body.read(line: bytes, json: json)
        }
        let isUnreadable = if case .some(.none) = readable { true } else { false }
        return Write(
            dot: dot, record: record, kind: kind, context: context, day: day,
            body: readable ?? nil, isUnreadable: isUnreadable)
    }
}

/// Reads log lines that are already stored, and so have been checked before.
public final class LogLineReader {
    private let json = StrictJSON()

    /// A stored line does not read any more: the store is damaged.
    public struct Damaged: Error {}

    /// Makes a reader.
    public init() {}

    /// Reads one write from its stored bytes and recomputes the chain.
    public func read(
        envelope: [UInt8], body: [UInt8]?, replica: ReplicaID, after digest: Digest
    ) throws(Damaged) -> LogLine {
        do {
            return try LogLine.read(
                envelope: envelope[...], body: body.map { $0[...] }, replica: replica,
                after: digest, json: json)
        } catch { throw Damaged() }
    }

    /// The digest of the body that an envelope names; what is left of one that has been erased.
    public func bodyDigest(envelope: [UInt8]) throws(Damaged) -> Digest {
        do { return try Envelope(line: envelope[...], json: json).bodyDigest } catch {
            throw Damaged()
        }
    }

    /// Reads one write of which the envelope has been read.
    public func write(_ envelope: Envelope, body: [UInt8]?, replica: ReplicaID) throws(Damaged)
        -> Write
    {
        do {
            return try envelope.write(
                Dot(replica: replica, counter: envelope.counter), body: body.map { $0[...] },
                json: json)
        } catch { throw Damaged() }
    }

    /// Reads one write from its stored bytes, without the chain.
    public func write(envelope: [UInt8], body: [UInt8]?, replica: ReplicaID) throws(Damaged)
        -> Write
    {
        do {
            let parsed = try Envelope(line: envelope[...], json: json)
            return try parsed.write(
                Dot(replica: replica, counter: parsed.counter), body: body.map { $0[...] },
                json: json)
        } catch { throw Damaged() }
    }
}
