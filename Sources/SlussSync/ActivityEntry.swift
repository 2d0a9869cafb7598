public import SlussCore
public import SlussDomain

/// What someone enters of an activity, new or later; what is `nil` or empty stays.
public struct ActivityEntry: Sendable {
    /// A text of an activity.
    public enum Line: String, Sendable, CaseIterable {
        case organiser
        case leader
        case targetGroup
        case material
        case lesson

        /// The field.
        public var path: FieldPath { FieldPath(stringLiteral: rawValue) }
    }

    /// The day; for a new one today if nothing is said.
    public var day: Day?
    /// What it was; a new one must say.
    public var type: ActivityType?
    /// How long.
    public var minutes: Int?
    /// The texts; an empty one clears.
    public var lines: [Line: String] = [:]
    /// Units that took part.
    public var addedUnits: [UnitCode] = []
    /// Units that did not.
    public var removedUnits: [UnitCode] = []
    /// Who took part from the organisation.
    public var inside: Attendance?
    /// Who took part from outside.
    public var outside: Attendance?
    /// Where those from outside came from.
    public var addedKinds: [ExternalKind] = []
    /// Where they did not.
    public var removedKinds: [ExternalKind] = []
    /// What they thought of it.
    public var rating: ActivityRating?
    /// Whether it is struck out.
    public var isStruck: Bool?

    /// Says nothing yet.
    public init() {}
}
