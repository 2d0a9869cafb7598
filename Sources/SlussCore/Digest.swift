/// 32 bytes of SHA-256, written as 64 lower-case hexadecimal digits.
///
/// Only the value: this target computes no digests.
public struct Digest: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let upper: Identifier<Digest>
    private let lower: Identifier<Digest>

    /// Reads 32 bytes; `nil` if there are not 32.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32,
            let upper = Identifier<Digest>(bytes: bytes.prefix(16)),
            let lower = Identifier<Digest>(bytes: bytes.dropFirst(16))
        else { return nil }
        self.upper = upper
        self.lower = lower
    }

    /// Reads the written form; `nil` if `text` is not 64 lower-case hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        guard let bytes = Hex.bytes(text) else { return nil }
        self.init(bytes: bytes)
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { upper.bytes + lower.bytes }

    /// The written form.
    public var description: String { Hex.string(bytes) }

    /// The order of the written forms.
    public static func < (left: Self, right: Self) -> Bool {
        (left.upper, left.lower) < (right.upper, right.lower)
    }
}
