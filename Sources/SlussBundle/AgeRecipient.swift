/// The public X25519 key of one who may read: `age1…`.
public struct AgeRecipient: Hashable, Comparable, Sendable, CustomStringConvertible {
    private static let prefix = "age"
    static let byteCount = 32

    /// The 32 bytes of the key.
    public let bytes: [UInt8]

    /// Takes 32 bytes; `nil` if there are not 32.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// Reads the written form, all lower case.
    public init?(_ text: String) {
        guard let bytes = Bech32.decode(prefix: Self.prefix, text) else { return nil }
        self.init(bytes: bytes)
    }

    /// The written form.
    public var description: String { Bech32.encode(prefix: Self.prefix, bytes) }

    /// The order of the bytes.
    public static func < (left: Self, right: Self) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
