/// Reads the parts of an SSH structure (RFC 4251, section 5), and never beyond its end.
struct SSHWireReader {
    private var rest: ArraySlice<UInt8>

    /// Starts at the beginning of `bytes`.
    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// Whether all has been read.
    var isAtEnd: Bool { rest.isEmpty }

    /// The next `count` bytes, or `nil` if there are not that many.
    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= rest.count else { return nil }
        let taken = rest.prefix(count)
        rest = rest.dropFirst(count)
        return taken
    }

    /// The next four bytes as a number.
    mutating func number() -> UInt32? {
        take(4)?.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The next string: its length, then its bytes.
    mutating func string() -> ArraySlice<UInt8>? {
        guard let count = number() else { return nil }
        return take(Int(count))
    }

    /// Reads a string that must be exactly `text`.
    mutating func expect(_ text: String) -> Bool {
        string()?.elementsEqual(text.utf8) ?? false
    }

    /// What has not been read.
    mutating func remainder() -> ArraySlice<UInt8> {
        defer { rest = [] }
        return rest
    }
}

/// Puts an SSH structure (RFC 4251, section 5) together.
struct SSHWireWriter {
    private(set) var bytes: [UInt8] = []

    /// Adds bytes as they are.
    mutating func append(_ more: some Sequence<UInt8>) { bytes += more }

    /// Adds a number.
    mutating func append(_ number: UInt32) {
        for shift in [24, 16, 8, 0] as [UInt32] {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    /// Adds a string: its length, then its bytes.
    mutating func append(string: some Collection<UInt8>) {
        append(UInt32(truncatingIfNeeded: string.count))
        append(string)
    }
}
