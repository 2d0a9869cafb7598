/// The code of a unit in the municipality's register, such as `OMS-SB-04`.
///
/// - Invariant: three parts joined by `-`: two to four capitals or digits, the same again,
///   two digits; ASCII. Codes are never reused.
public struct UnitCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let text: Text

    /// Reads a code; `nil` if `text` is not one.
    ///
    /// Small letters are not taken for capitals here.
    public init?(_ text: some StringProtocol) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3,
            (2...4).contains(parts[0].count), parts[0].allSatisfy(Self.isCapitalOrDigit),
            (2...4).contains(parts[1].count), parts[1].allSatisfy(Self.isCapitalOrDigit),
            parts[2].count == 2, parts[2].allSatisfy(Self.isDigit)
        else { return nil }
        self.text = Text(text)
    }

    /// The code.
    public var description: String { text.string }

    /// The order of the written forms.
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isCapitalOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || isDigit(byte)
    }
}
