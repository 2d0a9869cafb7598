/// 32 bytes of SHA-256, written as 64 lower-case hexadecimal digits.
///
/// Only the value: this target computes no digests.
public struct Digest: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let upper: Identifier<Digest>
    private let lower: Identifier<Digest>

    /// Reads 32 bytes; `nil` if there are not 32.
    public init?(bytes: some Collection<UInt8>) {
        let together = bytes.withContiguousStorageIfAvailable { Self(contiguous: $0) }
        if let together {
            guard let digest = together else { return nil }
            self = digest
            return
        }
        guard bytes.count == 32,
            let upper = Identifier<Digest>(bytes: bytes.prefix(16)),
            let lower = Identifier<Digest>(bytes: bytes.dropFirst(16))
        else { return nil }
        self.upper = upper
        self.lower = lower
    }

    package init(upper: Identifier<Digest>, lower: Identifier<Digest>) {
        self.upper = upper
        self.lower = lower
    }

    private init?(contiguous bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 32,
            let upper = Identifier<Digest>(contiguous: .init(rebasing: bytes[..<16])),
            let lower = Identifier<Digest>(contiguous: .init(rebasing: bytes[16...]))
        else { return nil }
        self.upper = upper
        self.lower = lower
    }

    /// Reads the written form; `nil` if `text` is not 64 lower-case hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        guard let numbers = Hex.numbers(text, count: 4) else { return nil }
        upper = Identifier(high: numbers[0], low: numbers[1])
        lower = Identifier(high: numbers[2], low: numbers[3])
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { upper.bytes + lower.bytes }

    /// The same in two halves, the first bytes first.
    package var halves: [Identifier<Digest>] { [upper, lower] }

    /// Hands out the 32 bytes, where they need not be kept.
    package func withBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try withUnsafeBytes(
            of: (
                upper.high.bigEndian, upper.low.bigEndian, lower.high.bigEndian,
                lower.low.bigEndian
            ), body)
    }

    /// The written form.
    public var description: String { Hex.string(bytes) }

    /// The order of the written forms.
    public static func < (left: Self, right: Self) -> Bool {
        (left.upper, left.lower) < (right.upper, right.lower)
    }
}
