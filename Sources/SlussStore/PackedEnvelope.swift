package import SlussCore

/// An envelope as a store keeps it: without what stands beside it, and with small numbers for ids.
///
/// The line that is digested can be written again from it, byte for byte; a line of another
/// spelling (SlussBundle's `LogLine.isCanonical`) is kept as it is. Half of a small write's bytes are its
/// envelope's, and most of those are ids and digests in hexadecimal.
///
/// Layout: the form (1), a flag, the day, the kind, the context as pairs of a replica's small number
/// and a count – number 0 is followed by the 16 bytes of a replica without one – and the body's
/// digest if there is no body to take it from. Numbers are LEB128.
package enum PackedEnvelope {
    /// The first byte; a line kept as it is begins with `{`.
    private static let form: UInt8 = 1

    /// The bytes are not a packed envelope: the store is damaged.
    package struct Damaged: Error {}

    /// What a packed envelope says.
    package struct Content: Sendable {
        /// The record's kind.
        package let kind: Text
        /// The causal context.
        package let context: VersionVector
        /// The day of writing.
        package let day: Day
        /// The digest of a body that has been erased.
        package let bodyDigest: Digest?
    }

    /// Packs an envelope.
    ///
    /// - Parameters:
    ///   - bodyDigest: The digest of a body that is not there.
    ///   - number: The small number of a replica, above 0.
    package static func pack(
        _ write: Write, bodyDigest: Digest?, number: (ReplicaID) throws -> UInt64?
    ) rethrows -> [UInt8] {
        var bytes: [UInt8] = [form, bodyDigest == nil ? 0 : 1]
        bytes.reserveCapacity(32)
        // Days before 1970 are as good as any: the sign goes to the lowest bit.
        append(UInt64(bitPattern: Int64(write.day.number << 1 ^ write.day.number >> 63)), &bytes)
        append(UInt64(write.kind.utf8.count), &bytes)
        bytes += write.kind.utf8
        append(UInt64(write.context.replicaCount), &bytes)
        for entry in write.context.entries {
            if let number = try number(entry.replica) {
                append(number, &bytes)
            } else {
                bytes.append(0)
                bytes += entry.replica.bytes
            }
            append(entry.count, &bytes)
        }
        if let bodyDigest { bytes += bodyDigest.bytes }
        return bytes
    }

    /// Whether bytes are those of a packed envelope, and not a line as it was written.
    package static func isPacked(_ bytes: [UInt8]) -> Bool { bytes.first == form }

    /// Reads what ``pack(_:bodyDigest:number:)`` wrote.
    package static func unpack(
        _ bytes: [UInt8], name: (UInt64) throws -> ReplicaID?
    ) throws -> Content {
        var reader = Reader(bytes: bytes)
        guard reader.byte() == form, let flag = reader.byte(), let day = reader.number(),
            let kindCount = reader.number(), let kindBytes = reader.take(kindCount),
            let kind = String(validating: kindBytes, as: UTF8.self), let count = reader.number()
        else { throw Damaged() }
        var context = VersionVector()
        for _ in 0..<min(count, UInt64(bytes.count)) {
            guard let number = reader.number() else { throw Damaged() }
            let replica =
                number == 0
                ? reader.take(16).flatMap { ReplicaID(bytes: $0) } : try name(number)
            guard let replica, let count = reader.number(), (1...Dot.counterMax).contains(count)
            else { throw Damaged() }
            context[replica] = count
        }
        let digest = flag == 0 ? nil : reader.take(32).flatMap { Digest(bytes: $0) }
        guard flag == (digest == nil ? 0 : 1), reader.isAtEnd,
            UInt64(context.replicaCount) == count
        else { throw Damaged() }
        let days = Int64(bitPattern: day >> 1) ^ -Int64(bitPattern: day & 1)
        return Content(
            kind: Text(kind), context: context, day: Day(number: Int(days)), bodyDigest: digest)
    }

    /// The day that an envelope says, packed or as a line; `nil` if it says none.
    package static func day(_ bytes: [UInt8]) -> Day? {
        guard isPacked(bytes) else {
            let name = Array(#""day":""#.utf8)
            guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: name) })
            else { return nil }
            return Day(String(decoding: bytes[(start + name.count)...].prefix(10), as: UTF8.self))
        }
        var reader = Reader(bytes: bytes)
        guard reader.byte() != nil, reader.byte() != nil, let day = reader.number() else {
            return nil
        }
        return Day(number: Int(Int64(bitPattern: day >> 1) ^ -Int64(bitPattern: day & 1)))
    }

    private static func append(_ number: UInt64, _ bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

/// Takes bytes off the front, as far as there are any.
private struct Reader {
    let bytes: [UInt8]
    private var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func byte() -> UInt8? {
        guard place < bytes.count else { return nil }
        place += 1
        return bytes[place - 1]
    }

    mutating func take(_ count: UInt64) -> ArraySlice<UInt8>? {
        guard count <= UInt64(bytes.count - place) else { return nil }
        place += Int(count)
        return bytes[(place - Int(count))..<place]
    }

    mutating func number() -> UInt64? {
        var result: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            guard let next = byte() else { return nil }
            result |= UInt64(next & 0x7F) << shift
            if next & 0x80 == 0 { return result }
        }
        return nil
    }
}
