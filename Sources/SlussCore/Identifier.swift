/// 128 random bits that name one thing for ever, written as 32 lower-case hexadecimal digits.
///
/// `Subject` keeps the id of a replica from being passed where a record's is meant.
public struct Identifier<Subject>: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The upper and the lower half of the bits, in the order they are written.
    public let high: UInt64
    /// The lower half.
    public let low: UInt64

    /// Makes an id of the two halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads the written form; `nil` if `text` is not 32 lower-case hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        guard let numbers = Hex.numbers(text, count: 2) else { return nil }
        self.init(high: numbers[0], low: numbers[1])
    }

    /// Reads 16 bytes, most significant first; `nil` if there are not 16.
    public init?(bytes: some Collection<UInt8>) {
        let together = bytes.withContiguousStorageIfAvailable { Self(contiguous: $0) }
        if let together {
            guard let id = together else { return nil }
            self = id
            return
        }
        guard bytes.count == 16 else { return nil }
        var (high, low) = (UInt64(0), UInt64(0))
        for byte in bytes {
            high = high << 8 | low >> 56
            low = low << 8 | UInt64(byte)
        }
        self.init(high: high, low: low)
    }

    init?(contiguous bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 16 else { return nil }
        let raw = UnsafeRawBufferPointer(bytes)
        high = UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self))
        low = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }

    /// Draws a new id.
    ///
    /// With `near`, the first 16 bits are those of another id, so that ids made in one place lie
    /// together in an index.
    public static func random(
        near neighbour: UInt64? = nil, using generator: inout some RandomNumberGenerator
    ) -> Self {
        let drawn = UInt64.random(in: .min ... .max, using: &generator)
        let low = UInt64.random(in: .min ... .max, using: &generator)
        guard let neighbour else { return Self(high: drawn, low: low) }
        let shared: UInt64 = 0xFFFF << 48
        return Self(high: neighbour & shared | drawn & ~shared, low: low)
    }

    /// The 16 bytes, most significant first.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
            for place in 0..<8 {
                buffer[place] = UInt8(truncatingIfNeeded: high >> (56 - UInt64(place) * 8))
                buffer[place + 8] = UInt8(truncatingIfNeeded: low >> (56 - UInt64(place) * 8))
            }
            count = 16
        }
    }

    /// Hands out the 16 bytes, where they need not be kept.
    package func withBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try withUnsafeBytes(of: (high.bigEndian, low.bigEndian), body)
    }

    /// The written form.
    public var description: String { Hex.string(bytes) }

    /// The order of the written forms.
    public static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

/// What a ``ReplicaID`` names: one writer's log for one audience.
public enum ReplicaSubject {}

/// What a ``RecordID`` names: one idea or meeting note.
public enum RecordSubject {}

/// What a ``StoreID`` names: one store file, in one life of it.
public enum StoreSubject {}

/// The name of a replica; never reused, not even after a restore.
public typealias ReplicaID = Identifier<ReplicaSubject>

extension ReplicaID {
    /// `brn` in ASCII: how every branch's name begins, and no replica's own id, so that nobody can
    /// choose an id that a branch will have.
    private static let branchMark: UInt64 = 0x62_726E

    /// Whether it is a branch's name.
    public var isBranchName: Bool { high >> 40 == Self.branchMark }

    /// The same id as a branch's name.
    public var asBranchName: Self {
        Self(high: high & 0xFF_FFFF_FFFF | Self.branchMark << 40, low: low)
    }

    /// The same id as a replica's own.
    public var asOwnID: Self { isBranchName ? Self(high: high ^ 1 << 63, low: low) : self }
}

/// The name of a record.
public typealias RecordID = Identifier<RecordSubject>

/// The name of a store, by which a receiver tells two machines of one unit apart.
public typealias StoreID = Identifier<StoreSubject>
