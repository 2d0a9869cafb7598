/// What a field can hold: JSON's values, with integers only and keys that are plain names.
///
/// Values that belong together are one structure, so that merging never builds a combination
/// that nobody wrote.
public enum FieldValue: Hashable, Sendable {
    /// Cleared.
    case null
    /// Yes or no.
    case flag(Bool)
    /// A whole number within ±(2^53 − 1), which every JSON reader keeps exactly (RFC 7493).
    case integer(Int64)
    /// A text without U+0000.
    case text(Text)
    /// Values in order.
    case list([FieldValue])
    /// Values by name.
    case structure([String: FieldValue])

    /// A text, from Swift's own type.
    public static func text(_ string: String) -> Self { .text(Text(string)) }

    /// The text, if it is one.
    public var asText: String? {
        if case .text(let text) = self { text.string } else { nil }
    }

    /// The number, if it is one.
    public var asInteger: Int64? {
        if case .integer(let integer) = self { integer } else { nil }
    }

    /// The flag, if it is one.
    public var asFlag: Bool? {
        if case .flag(let flag) = self { flag } else { nil }
    }

    /// The member `name` of a structure, if this is one that has it.
    public subscript(name: String) -> FieldValue? {
        if case .structure(let members) = self { members[name] } else { nil }
    }
}

extension FieldValue: Comparable {
    /// The order of the canonical bytes, the same everywhere.
    public static func < (left: Self, right: Self) -> Bool {
        left.canonicalBytes.lexicographicallyPrecedes(right.canonicalBytes)
    }

    package var canonicalBytes: [UInt8] {
        var encoder = StateEncoder()
        encoder.append(self)
        return encoder.bytes
    }
}
