/// Who a record is for, fixed when the record is made.
///
/// An audience is a property of whole logs, so a bundle for one unit needs no holes in any log.
public enum Audience: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// This store alone: drafts.
    ///
    /// A log with this audience never leaves in a delta.
    case local
    /// One unit and the central.
    case unit(UnitCode)
    /// Everyone.
    case shared

    /// Reads the written form: a unit's code, `shared` or `local`.
    public init?(_ text: String) {
        switch Text(text) {
        case "shared": self = .shared
        case "local": self = .local
        default:
            guard let unit = UnitCode(text) else { return nil }
            self = .unit(unit)
        }
    }

    /// The written form.
    public var description: String {
        switch self {
        case .local: "local"
        case .unit(let unit): unit.description
        case .shared: "shared"
        }
    }

    /// The order of the written forms.
    public static func < (left: Self, right: Self) -> Bool {
        Text(left.description) < Text(right.description)
    }
}
