/// A text that is equal only to the same bytes.
///
/// Swift's `String` calls `å` written as one character and as two equal, in dictionaries too; two
/// stores would then keep different bytes and call them the same. What is equal here must be equal
/// everywhere, so texts are compared, hashed and ordered as UTF-8 bytes.
public struct Text: Hashable, Comparable, Sendable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    /// The text as Swift's own type, for showing and joining.
    public let string: String

    /// Wraps a string, byte for byte.
    public init(_ string: some StringProtocol) { self.string = String(string) }

    /// Wraps a literal.
    public init(stringLiteral value: String) { self.string = value }

    /// The UTF-8 bytes.
    public var utf8: String.UTF8View { string.utf8 }

    /// The text.
    public var description: String { string }

    /// Whether the bytes are the same.
    public static func == (left: Self, right: Self) -> Bool {
        let (left, right) = (left.string.utf8, right.string.utf8)
        guard left.count == right.count else { return false }
        return Self.equal(left, right) ?? left.elementsEqual(right)
    }

    /// The comparison of bytes that lie together, which those of nearly every text do.
    private static func equal(_ left: String.UTF8View, _ right: String.UTF8View) -> Bool? {
        left.withContiguousStorageIfAvailable { left in
            right.withContiguousStorageIfAvailable { right in
                left.baseAddress == right.baseAddress || left.elementsEqual(right)
            }
        } ?? nil
    }

    /// The order of the bytes.
    public static func < (left: Self, right: Self) -> Bool {
        left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
    }

    /// Feeds the bytes and their number.
    public func hash(into hasher: inout Hasher) {
        var copy = string
        copy.withUTF8 { bytes in
            hasher.combine(bytes.count)
            hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        }
    }
}
