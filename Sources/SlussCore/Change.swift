/// What a write does to one field.
///
/// The kind of change says by itself how it joins with concurrent ones, so that the state can be
/// folded by any release, also one that has never heard of the field. What people are to decide
/// (``Policy``) is judged afterwards, from the state.
public enum Change: Hashable, Sendable {
    /// Gives the field a value in place of the values that the writer saw.
    case set(FieldValue)
    /// Joins as `set` does, and says that a person has chosen between concurrent values.
    case settle(FieldValue)
    /// Gives the field its value once; a later `fix` by someone who saw it counts for nothing.
    case fix(FieldValue)
    /// Gives the field a value in place of those of the same writer only.
    case own(FieldValue)
    /// Adds texts to the field's set.
    case add([Text])
    /// Takes texts out of the field's set, as far as the writer saw them there.
    case remove([Text])
    /// Adds a number to the field's sum.
    case plus(Int64)
    /// Adds an entry to the field's list.
    case append(FieldValue)

    /// The largest step of `plus`, so that no sum of writes can overflow.
    public static let plusMax: Int64 = 1000

    /// Which part of a field's state the change belongs to.
    var family: FieldFamily {
        switch self {
        case .set, .settle, .fix: .register
        case .own: .own
        case .add, .remove: .elements
        case .plus: .total
        case .append: .entries
        }
    }
}

/// The parts of a field's state that never meet: a field is meant to use one, and if two releases
/// disagree, each part still joins by its own rule.
public enum FieldFamily: UInt8, Hashable, Comparable, Sendable, CaseIterable {
    case register = 0
    case own = 1
    case elements = 2
    case total = 3
    case entries = 4

    /// The order of the numbers.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A field's path and the part of its state.
public struct FieldKey: Hashable, Comparable, Sendable {
    /// The field.
    public let path: FieldPath
    /// The part.
    public let family: FieldFamily

    /// Names a part of a field's state.
    public init(path: FieldPath, family: FieldFamily) {
        self.path = path
        self.family = family
    }

    /// By path, then part.
    public static func < (left: Self, right: Self) -> Bool {
        (left.path, left.family) < (right.path, right.family)
    }
}
