/// The name of a field: parts of ASCII letters, digits, `-` and `_`, joined by points.
///
/// `problem`, `item.k3f9.text`. Entries of a meeting are named by path, so that two people
/// who edit different items do not collide.
///
/// - Invariant: 1 to 128 bytes, no empty part. ASCII only, so equal names are equal bytes.
public struct FieldPath: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The longest path, in bytes: deep enough for `item.<id>.action.<id>.due` several times over.
    public static let bytesMax = 128

    private let text: Text

    /// Reads a path; `nil` if `text` is not one.
    public init?(_ text: some StringProtocol) {
        guard Self.isPath(text.utf8) else { return nil }
        self.text = Text(text)
    }

    /// Reads a path from its bytes; `nil` if they are not one.
    init?(bytes: ArraySlice<UInt8>) {
        guard Self.isPath(bytes) else { return nil }
        text = Text(String(decoding: bytes, as: UTF8.self))
    }

    private static func isPath(_ bytes: some Collection<UInt8>) -> Bool {
        guard (1...bytesMax).contains(bytes.count) else { return false }
        var partIsEmpty = true
        for byte in bytes {
            if byte == UInt8(ascii: ".") {
                guard !partIsEmpty else { return false }
                partIsEmpty = true
            } else {
                guard isNameByte(byte) else { return false }
                partIsEmpty = false
            }
        }
        return !partIsEmpty
    }

    /// The path with one more part, or `nil` if that makes no path.
    public func appending(_ part: some StringProtocol) -> Self? { Self("\(text).\(part)") }

    /// The parts between the points.
    public var parts: [String] {
        text.utf8.split(separator: UInt8(ascii: ".")).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The path's bytes.
    package var utf8: String.UTF8View { text.utf8 }

    /// Whether these bytes spell the path.
    func isSpelled(_ bytes: ArraySlice<UInt8>) -> Bool {
        text.utf8.count == bytes.count && text.utf8.elementsEqual(bytes)
    }

    /// The path as text.
    public var description: String { text.string }

    /// The order of the bytes.
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }

    /// Whether `byte` may stand in a part of a path or in a key of a structured value.
    package static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension FieldPath: ExpressibleByStringLiteral {
    /// A path written in the source; a literal that is no path is a programmer's error.
    public init(stringLiteral value: String) {
        guard let path = Self(value) else { preconditionFailure("not a field path: \(value)") }
        self = path
    }
}
