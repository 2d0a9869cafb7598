public import SlussCore

/// What kind of occasion an activity is.
public enum ActivityType: String, NamedChoice {
    case information
    case training
    case networkMeeting = "network-meeting"
    case workshop
    case studyVisit = "study-visit"
    case outreach

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .information: Phrase("information", "information")
        case .training: Phrase("utbildning", "training")
        case .networkMeeting: Phrase("nätverksmöte", "network meeting")
        case .workshop: Phrase("workshop", "workshop")
        case .studyVisit: Phrase("studiebesök", "study visit")
        case .outreach: Phrase("extern spridning", "outreach")
        }
    }
}

/// Where people from outside the organisation come from.
public enum ExternalKind: String, NamedChoice {
    case municipality
    case region
    case state
    case company
    case academy
    case press

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .municipality: Phrase("kommun", "municipality")
        case .region: Phrase("region", "region")
        case .state: Phrase("stat", "state")
        case .company: Phrase("företag", "company")
        case .academy: Phrase("akademi", "academy")
        case .press: Phrase("press", "press")
        }
    }
}

/// How many took part, and how many of them had taken part in nothing before.
public struct Attendance: Hashable, Sendable {
    /// The most that can be at one occasion.
    public static let countMax = 100_000

    /// How many were there.
    public let count: Int
    /// How many of them were new; `nil` if nobody knows.
    public let new: Int?

    /// Counts; `nil` if there are too many, or more are new than were there.
    public init?(_ count: Int, new: Int?) {
        guard (0...Self.countMax).contains(count), (0...count).contains(new ?? 0) else {
            return nil
        }
        self.count = count
        self.new = new
    }

    /// Reads a field's value.
    init?(_ value: FieldValue?) {
        guard let count = value?["count"]?.asInteger else { return nil }
        self.init(
            Int(clamping: count), new: value?["new"]?.asInteger.map { Int(clamping: $0) })
    }

    /// The value of a field.
    public var value: FieldValue {
        var members: [String: FieldValue] = ["count": .integer(Int64(count))]
        if let new { members["new"] = .integer(Int64(new)) }
        return .structure(members)
    }
}

/// What those who took part thought of an activity.
public struct ActivityRating: Hashable, Sendable {
    /// The mean in tenths, 10 to 50.
    public let tenths: Int
    /// How many answered.
    public let answers: Int

    /// A rating; `nil` if it is not from 1 to 5, or nobody answered.
    public init?(tenths: Int, answers: Int) {
        guard (10...50).contains(tenths), (1...Attendance.countMax).contains(answers) else {
            return nil
        }
        self.tenths = tenths
        self.answers = answers
    }

    /// Reads a field's value.
    init?(_ value: FieldValue?) {
        guard let tenths = value?["tenths"]?.asInteger, let answers = value?["answers"]?.asInteger
        else { return nil }
        self.init(tenths: Int(clamping: tenths), answers: Int(clamping: answers))
    }

    /// The value of a field.
    public var value: FieldValue {
        .structure(["tenths": .integer(Int64(tenths)), "answers": .integer(Int64(answers))])
    }
}

/// An occasion at which people were told, taught or met: counted in heads, without a name.
public struct Activity: Sendable {
    /// The record's state.
    public let state: RecordState

    /// Reads an activity; `nil` if the record is another kind.
    public init?(_ state: RecordState) {
        guard state.kind == KindDefinition.activity.name else { return nil }
        self.state = state
    }

    /// The number, `<unit code>-AKT-<day>`.
    public var number: String? { state.namedNumber }
    /// The unit that has entered it.
    public var unit: String? { state.namedUnit }
    /// The day.
    public var day: Day? { state.text("day").flatMap { Day($0) } }
    /// The stored word of the type.
    public var type: String? { state.text("type") }
    /// How long it was.
    public var minutes: Int? { state.value("minutes")?.asInteger.map { Int(clamping: $0) } }
    /// The units that took part.
    public var units: [String] { state.set("units") }
    /// Who took part from the organisation.
    public var inside: Attendance? { Attendance(state.value("internal")) }
    /// Who took part from outside.
    public var outside: Attendance? { Attendance(state.value("external")) }
    /// Where those from outside came from, as stored.
    public var externalKinds: [String] { state.set("externalKind") }
    /// What they thought of it.
    public var rating: ActivityRating? { ActivityRating(state.value("rating")) }
    /// Whether it was entered by mistake, or never took place.
    public var isStruck: Bool { state.value("struck")?.asFlag ?? false }

    /// A text that is not empty.
    public func text(_ path: FieldPath) -> String? {
        state.text(path).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether people have said different things of a field, not knowing of each other.
    public func isContradicted(_ path: FieldPath) -> Bool {
        state.conflicts.contains { $0.path == path }
    }
}
