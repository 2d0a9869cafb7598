public import SlussCore

/// When a record's time is over: then the registrar is told, and nothing is done.
///
/// A proposal (domain rules on retention); the board decides in its plan. What was taken further is kept
/// for ever and stands under no rule.
public enum DisposalRule: String, Sendable, CaseIterable {
    /// An idea that has ended and was never handed over, under way or in use.
    case ideaNotTakenFurther
    /// The notes of a meeting.
    case meetingNote
    /// An idea that was stopped, lies in one store alone, and nobody goes on with.
    case idleDraft

    /// How many years are counted if nothing else is said.
    public static let years = 2
    /// How many can be asked for.
    public static let yearsRange = 1...99
    /// How many days a draft may lie idle.
    public static let draftDays = 30

    /// What people see.
    public var label: Phrase {
        switch self {
        case .ideaNotTakenFurther:
            Phrase("idé som inte gick vidare", "idea not taken further")
        case .meetingNote: Phrase("APT-anteckning", "meeting note")
        case .idleDraft: Phrase("utkast som ligger", "idle draft")
        }
    }

    /// From when on the time is over.
    public func due(since day: Day, years: Int = DisposalRule.years) -> Day {
        switch self {
        case .ideaNotTakenFurther, .meetingNote: day.adding(months: 12 * years)
        case .idleDraft: day.adding(days: Self.draftDays)
        }
    }
}

extension IdeaStatus {
    /// Whether an idea that has ever stood there was taken further.
    public var isTakenFurther: Bool {
        switch self {
        case .goAhead, .handedOver, .underWay, .inUse, .effectFollowedUp, .spreading: true
        case .draft, .submitted, .received, .needsMore, .underReview, .testing, .resting, .joined,
            .redirected, .withdrawn, .closed:
            false
        }
    }

    /// Whether an idea that stands there has ended by itself: not within another one.
    public var isOver: Bool { [.closed, .redirected, .withdrawn].contains(self) }
}
