import SlussCore

extension Envelope {
    /// Reads a line that is spelled exactly as ``line`` spells it; `nil` for any other spelling.
    ///
    /// Nearly all lines are, and no JSON parser is needed to see it: such a line is strict JSON, has
    /// each member once, and would be written again byte for byte.
    init?(canonical line: ArraySlice<UInt8>) {
        let read = line.withUnsafeBufferPointer { bytes -> Envelope? in
            var cursor = Cursor(bytes: bytes)
            return cursor.envelope()
        }
        guard let read else { return nil }
        self = read
    }
}

/// Walks along the one spelling.
private struct Cursor {
    let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func envelope() -> Envelope? {
        guard skip("{\"n\":"), let counter = counter(), skip(",\"record\":\""),
            let record: RecordID = id(), skip("\",\"kind\":\""), let kind = kind(),
            skip("\",\"seen\":{"), let context = context(), skip("},\"day\":\""),
            let day = day(), skip("\",\"body\":\""), let bodyDigest = digest(), skip("\"}"),
            place == bytes.count
        else { return nil }
        return Envelope(
            counter: counter, record: record, kind: kind, context: context, day: day,
            bodyDigest: bodyDigest)
    }

    private mutating func skip(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard place + count <= bytes.count else { return false }
        for offset in 0..<count where bytes[place + offset] != text.utf8Start[offset] {
            return false
        }
        place += count
        return true
    }

    /// A counter in decimal, without a sign or zeros before it.
    private mutating func counter() -> UInt64? {
        var number: UInt64 = 0
        let start = place
        while place < bytes.count, (0x30...0x39).contains(bytes[place]), place - start < 13 {
            number = number * 10 + UInt64(bytes[place] & 15)
            place += 1
        }
        guard place > start, bytes[start] != 0x30, (1...Dot.counterMax).contains(number) else {
            return nil
        }
        return number
    }

    private mutating func take(_ count: Int) -> UnsafeBufferPointer<UInt8>? {
        guard place + count <= bytes.count else { return nil }
        place += count
        return UnsafeBufferPointer(rebasing: bytes[(place - count)..<place])
    }

    private mutating func id<Subject>() -> Identifier<Subject>? {
        take(32).flatMap { Hex.numbers($0, count: 2) }.map { Identifier(high: $0[0], low: $0[1]) }
    }

    private mutating func digest() -> Digest? {
        take(64).flatMap { Hex.numbers($0, count: 4) }.map {
            Digest(upper: .init(high: $0[0], low: $0[1]), lower: .init(high: $0[2], low: $0[3]))
        }
    }

    private mutating func kind() -> Text? {
        let start = place
        while place < bytes.count, place - start <= 40, FieldPath.isNameByte(bytes[place]) {
            place += 1
        }
        guard (1...40).contains(place - start) else { return nil }
        return Text(String(decoding: bytes[start..<place], as: UTF8.self))
    }

    /// Replicas in ascending order, each once.
    private mutating func context() -> VersionVector? {
        var context = VersionVector()
        var last: ReplicaID?
        while place < bytes.count, bytes[place] != UInt8(ascii: "}") {
            guard last == nil || skip(","), skip("\""), let replica: ReplicaID = id(),
                last.map({ $0 < replica }) ?? true, skip("\":"), let count = counter(),
                context.replicaCount < BundleLimits.contextEntriesMax
            else { return nil }
            context[replica] = count
            last = replica
        }
        return context
    }

    private mutating func day() -> Day? {
        take(10).flatMap { Day(String(decoding: $0, as: UTF8.self)) }
    }
}
