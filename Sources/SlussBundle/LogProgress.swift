import SlussCore

/// Follows the logs of a bundle, segment by segment: every write in its place, every chain whole.
struct LogProgress {
    private var remaining: ArraySlice<BundleManifest.LogRange>
    private var next: UInt64
    private var digest: Digest?
    private var bodies: (segment: SegmentName, bytes: [UInt8])?

    init(_ logs: [BundleManifest.LogRange]) {
        remaining = logs[...]
        next = logs.first?.from ?? 0
        digest = logs.first?.before
    }

    mutating func acceptBodies(_ segment: SegmentName, _ bytes: [UInt8]) throws(BundleRefusal) {
        guard bodies == nil else { throw .missingEntry(bodies?.segment.envelopes ?? "") }
        guard let log = remaining.first, segment.replica == log.replica, segment.from == next,
            segment.to <= log.to
        else { throw .unexpectedEntry(segment.bodies) }
        bodies = (segment, bytes)
    }

    mutating func acceptEnvelopes(
        _ segment: SegmentName, _ bytes: [UInt8], json: StrictJSON
    ) throws(BundleRefusal) -> [LogLine] {
        guard let (bodySegment, bodyBytes) = bodies, bodySegment == segment else {
            throw .missingEntry(segment.bodies)
        }
        bodies = nil
        let count = Int(segment.to - segment.from + 1)
        let envelopes = try Self.lines(bytes, count: count, of: segment.envelopes)
        let bodyLines = try Self.lines(bodyBytes, count: count, of: segment.bodies)
        guard let log = remaining.first, var digest else {
            throw .unexpectedEntry(segment.envelopes)
        }
        var result: [LogLine] = []
        result.reserveCapacity(count)
        for index in 0..<count {
            do throws(Malformed) {
                let line = try Self.read(
                    envelopes[index], bodyLines[index], replica: log.replica, after: digest, json)
                guard line.write.dot.counter == segment.from + UInt64(index) else {
                    throw Malformed("the counter is not the next one")
                }
                digest = line.digest
                result.append(line)
            } catch {
                throw .malformedLine(
                    file: segment.envelopes, line: index + 1, reason: error.reason)
            }
        }
        try advance(past: segment.to, digest)
        return result
    }

    func finish() throws(BundleRefusal) {
        if let log = remaining.first {
            throw .missingEntry(
                SegmentName(replica: log.replica, from: next, to: log.to).bodies)
        }
    }

    private mutating func advance(past last: UInt64, _ digest: Digest) throws(BundleRefusal) {
        guard let log = remaining.first else { return }
        next = last + 1
        self.digest = digest
        guard last == log.to else { return }
        guard digest == log.after else { throw .brokenChain(replica: log.replica) }
        remaining = remaining.dropFirst()
        next = remaining.first?.from ?? 0
        self.digest = remaining.first?.before
    }

    private static func lines(
        _ bytes: [UInt8], count: Int, of name: String
    ) throws(BundleRefusal) -> [ArraySlice<UInt8>] {
        guard let lines = Lines.split(bytes[...]), lines.count == count else {
            throw .malformedFile(name, reason: "not as many lines as the name says")
        }
        guard lines.allSatisfy({ $0.count <= BundleLimits.lineBytesMax }) else {
            throw .overLimit("lineBytesMax", max: UInt64(BundleLimits.lineBytesMax))
        }
        return lines
    }

    private static func read(
        _ envelope: ArraySlice<UInt8>, _ body: ArraySlice<UInt8>, replica: ReplicaID,
        after digest: Digest, _ json: StrictJSON
    ) throws(Malformed) -> LogLine {
        guard body.first == UInt8(ascii: "\"") else {
            return try LogLine.read(
                envelope: envelope, body: body, replica: replica, after: digest, json: json)
        }
        let line = try LogLine.read(
            envelope: envelope, body: nil, replica: replica, after: digest, json: json)
        let named = try json.parse(body) { root throws(Malformed) in try root.text() }
        let parsed = try Envelope(line: envelope, json: json)
        guard Digest(named) == parsed.bodyDigest else {
            throw Malformed("an erased body is not the one that the envelope names")
        }
        return line
    }
}
