import struct Crypto.SHA256

/// The public Ed25519 key (RFC 8032) of one machine: who made a bundle is told by it.
///
/// Its written form is OpenSSH's, so that `ssh-keygen` can check what Sluss signs, and the other
/// way round.
public struct DeviceKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// OpenSSH's name for keys of this kind.
    static let kind = "ssh-ed25519"
    /// How many bytes a key has.
    static let byteCount = 32

    /// The 32 bytes of the key.
    public let bytes: [UInt8]

    /// Takes 32 bytes; `nil` if there are not 32, or if they are a point of small order.
    ///
    /// For a point of small order a signature that fits every message can be made up by anyone.
    public init?(bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == Self.byteCount, !Self.isOfSmallOrder(bytes) else { return nil }
        self.bytes = bytes
    }

    /// Reads the line of a `.pub` file, `ssh-ed25519 AAAA…`; a comment is passed over.
    public init?(openSSH line: String) {
        var text = Array(line.utf8)
        if text.last == UInt8(ascii: "\n") { text.removeLast() }
        guard !text.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
        let parts = text.split(
            separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0].elementsEqual(Self.kind.utf8),
            let blob = CanonicalBase64.decode(parts[1], padded: true)
        else { return nil }
        self.init(blob: blob[...])
    }

    /// Reads SSH's wire form.
    init?(blob: ArraySlice<UInt8>) {
        var reader = SSHWireReader(blob)
        guard reader.expect(Self.kind), let bytes = reader.string(), reader.isAtEnd else {
            return nil
        }
        self.init(bytes: bytes)
    }

    /// SSH's wire form (RFC 8709, section 4).
    public var blob: [UInt8] {
        var writer = SSHWireWriter()
        writer.append(string: Self.kind.utf8)
        writer.append(string: bytes)
        return writer.bytes
    }

    /// The line of a `.pub` file, without comment and line feed.
    public var openSSH: String {
        Self.kind + " "
            + String(decoding: CanonicalBase64.encode(blob, padded: true), as: UTF8.self)
    }

    /// What two people read to each other to know that they mean the same key, as `ssh-keygen -l`
    /// shows it.
    public var fingerprint: String {
        let digest = Array(SHA256.hash(data: blob))
        return "SHA256:"
            + String(decoding: CanonicalBase64.encode(digest, padded: false), as: UTF8.self)
    }

    /// The fingerprint.
    public var description: String { fingerprint }

    /// The order of the bytes.
    public static func < (left: Self, right: Self) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// The y coordinates of the points of small order, each in every form below 2^255.
    ///
    /// Source: the eight points are those with y = 0, 1, -1 and the two below, negated or not;
    /// p and p + 1 stand for 0 and 1. The same list as in libsodium's `ge25519_has_small_order`.
    private static let smallOrder: [[UInt8]] = [
        [UInt8](repeating: 0, count: 32),
        [1] + [UInt8](repeating: 0, count: 31),
        [
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF,
            0x98, 0xF0, 0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88,
            0x6D, 0x53, 0xFC, 0x05,
        ],
        [
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10,
            0x67, 0x0F, 0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77,
            0x92, 0xAC, 0x03, 0x7A,
        ],
        [0xEC] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
        [0xEE] + [UInt8](repeating: 0xFF, count: 30) + [0x7F],
    ]

    /// Whether 32 bytes are a point of small order, whatever the sign of its x.
    private static func isOfSmallOrder(_ bytes: [UInt8]) -> Bool {
        var magnitude = bytes
        magnitude[31] &= 0x7F
        return smallOrder.contains(magnitude)
    }
}
