public import SlussCore

/// What an idea's unit says when asked whether the answer was of help (*Var svaret till hjälp?*).
public enum Helpfulness: String, NamedChoice {
    case yes
    case partly
    case no

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .yes: Phrase("ja", "yes")
        case .partly: Phrase("delvis", "partly")
        case .no: Phrase("nej", "no")
        }
    }
}

extension IdeaStatus {
    /// Whether the idea has come to an end: then its unit is asked whether the answer was of help.
    ///
    /// Taken back is no end: nobody has answered.
    public var isEnd: Bool {
        switch self {
        case .inUse, .effectFollowedUp, .spreading, .joined, .redirected, .closed: true
        case .draft, .submitted, .received, .needsMore, .goAhead, .underReview, .testing,
            .resting, .handedOver, .underWay, .withdrawn:
            false
        }
    }
}

extension Idea {
    /// The field.
    public static let helpfulPath: FieldPath = "helpful"

    /// Whether the answer was of help: one word, or several that were said at the same time.
    public var helpful: Set<Helpfulness> {
        Set(state.set(Self.helpfulPath).compactMap { Helpfulness(rawValue: $0) })
    }

    /// Whether it has come to an end, as far as a status that stands says so.
    public var hasEnded: Bool {
        standingStatuses.contains { IdeaStatus(rawValue: $0)?.isEnd ?? false }
    }
}
