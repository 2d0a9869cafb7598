public import SlussCore

/// How far a unit has come with an idea of another's ("Pröva hos oss").
public enum AdoptionStatus: String, NamedChoice {
    case interested
    case testing
    case inUse = "in-use"
    case notForUs = "not-for-us"

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .interested: Phrase("intresserad", "interested")
        case .testing: Phrase("testar", "testing")
        case .inUse: Phrase("infört", "in use")
        case .notForUs: Phrase("passar inte", "not for us")
        }
    }
}

/// That a unit takes up an idea of another's: one record for each idea and unit.
///
/// It is the adopting unit's own record, so it goes to the central and to no other unit.
public struct Adoption: Sendable {
    /// The record's state.
    public let state: RecordState
    /// The number of the idea.
    public let idea: String
    /// The unit that takes it up.
    public let unit: UnitCode

    /// Reads an adoption; `nil` if the record is another kind, or does not say of what.
    public init?(_ state: RecordState) {
        guard state.kind == KindDefinition.adoption.name, case .unit(let unit) = state.audience,
            let idea = state.text("idea")
        else { return nil }
        self.state = state
        self.idea = idea
        self.unit = unit
    }

    /// The stored word of the status; `nil` if people have said different things.
    public var status: String? {
        isContradicted ? nil : state.value("status")?["state"]?.asText
    }
    /// Since when that is so.
    public var day: Day? {
        isContradicted ? nil : state.value("status")?["day"]?.asText.flatMap { Day($0) }
    }
    /// What they do otherwise.
    public var change: String? {
        state.text("change").flatMap { $0.isEmpty ? nil : $0 }
    }
    /// Whether people have set different statuses, not knowing of each other.
    public var isContradicted: Bool { state.conflicts.contains { $0.path == "status" } }

    /// The number by which the record of a unit and an idea goes.
    public static func number(of idea: IdeaNumber, at unit: UnitCode) -> String {
        "\(unit)-PROV-\(idea)"
    }
}
