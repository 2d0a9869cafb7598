public import SlussCore

/// The part of a write that is never erased, as one line of a log (docs/bundle-format.md,
/// "Envelope").
public struct Envelope: Hashable, Sendable {
    /// The write's place in its log.
    public let counter: UInt64
    /// The record.
    public let record: RecordID
    /// The record's kind.
    public let kind: Text
    /// The causal context, for this record.
    public let context: VersionVector
    /// The day of writing.
    public let day: Day
    /// SHA-256 of the body line.
    public let bodyDigest: Digest

    /// Puts an envelope together.
    public init(
        counter: UInt64, record: RecordID, kind: Text, context: VersionVector, day: Day,
        bodyDigest: Digest
    ) {
        self.counter = counter
        self.record = record
        self.kind = kind
        self.context = context
        self.day = day
        self.bodyDigest = bodyDigest
    }

    /// The line's bytes, without the line feed.
    public var line: [UInt8] {
        // Straight into bytes: this runs once or twice for each write that is merged.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(224 + 48 * context.replicaCount)
        bytes.append(literal: "{\"n\":")
        bytes.append(decimal: counter)
        bytes.append(literal: ",\"record\":\"")
        bytes.append(hex: record)
        bytes.append(literal: "\",\"kind\":\"")
        bytes += kind.utf8
        bytes.append(literal: "\",\"seen\":{")
        var isFirst = true
        for entry in context.entries {
            bytes.append(literal: isFirst ? "\"" : ",\"")
            isFirst = false
            bytes.append(hex: entry.replica)
            bytes.append(literal: "\":")
            bytes.append(decimal: entry.count)
        }
        bytes.append(literal: "},\"day\":\"")
        bytes += day.description.utf8
        bytes.append(literal: "\",\"body\":\"")
        bytes.append(hex: bodyDigest)
        bytes.append(literal: "\"}")
        return bytes
    }

    /// Reads a line.
    ///
    /// Members that this release does not know are passed over; the line is kept as it is.
    init(line: ArraySlice<UInt8>, json: StrictJSON) throws(Malformed) {
        self = try json.parse(line) { root throws(Malformed) in try Envelope(root) }
    }

    private init(_ root: JSONNode) throws(Malformed) {
        var counter: UInt64?
        var record: RecordID?
        var kind: Text?
        var context: VersionVector?
        var day: Day?
        var bodyDigest: Digest?
        try root.members { name, value throws(Malformed) in
            switch name {
            case "n": counter = try Self.counter(value)
            case "record": record = RecordID(try value.text())
            case "kind": kind = try Self.kind(value)
            case "seen": context = try Self.context(value)
            case "day": day = Day(try value.text())
            case "body": bodyDigest = Digest(try value.text())
            default: break
            }
        }
        guard let counter, let record, let kind, let context, let day, let bodyDigest else {
            throw Malformed("a member of the envelope is missing or wrong")
        }
        self.init(
            counter: counter, record: record, kind: kind, context: context, day: day,
            bodyDigest: bodyDigest)
    }

    private static func counter(_ value: JSONNode) throws(Malformed) -> UInt64 {
        let number = try value.integer()
        guard number > 0, UInt64(number) <= Dot.counterMax else {
            throw Malformed("a counter is out of range")
        }
        return UInt64(number)
    }

    private static func kind(_ value: JSONNode) throws(Malformed) -> Text {
        let kind = try value.text()
        guard (1...40).contains(kind.utf8.count), kind.utf8.allSatisfy(FieldPath.isNameByte) else {
            throw Malformed("the kind is not a plain name")
        }
        return Text(kind)
    }

    private static func context(_ value: JSONNode) throws(Malformed) -> VersionVector {
        var context = VersionVector()
        try value.members { name, value throws(Malformed) in
            guard let replica = ReplicaID(name) else { throw Malformed("a replica is no id") }
            context[replica] = try counter(value)
        }
        guard context.replicaCount <= BundleLimits.contextEntriesMax else {
            throw Malformed("the context names too many replicas")
        }
        return context
    }
}

extension [UInt8] {
    fileprivate mutating func append(literal: StaticString) {
        append(
            contentsOf: UnsafeBufferPointer(
                start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    fileprivate mutating func append(decimal number: UInt64) {
        guard number >= 10 else { return append(UInt8(ascii: "0") + UInt8(number)) }
        append(decimal: number / 10)
        append(UInt8(ascii: "0") + UInt8(number % 10))
    }

    fileprivate mutating func append<Subject>(hex id: Identifier<Subject>) {
        append(hex: id.high)
        append(hex: id.low)
    }

    fileprivate mutating func append(hex digest: Digest) {
        for half in digest.halves { append(hex: half) }
    }

    private mutating func append(hex number: UInt64) {
        for shift in stride(from: UInt64(60), through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: number >> shift & 15)
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
    }
}
