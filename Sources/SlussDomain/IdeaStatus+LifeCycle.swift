public import SlussCore

extension IdeaStatus {
    /// The order of statuses, and which of them decide beside it.
    public static let lifeCycle = LifeCycle(
        main: [
            .draft, .submitted, .received, .needsMore, .underReview, .goAhead, .testing,
            .handedOver, .underWay, .inUse, .effectFollowedUp, .spreading,
        ].map(\IdeaStatus.text),
        aside: [.resting, .joined, .redirected, .closed].map(\IdeaStatus.text),
        firstFact: IdeaStatus.goAhead.text, withdrawn: IdeaStatus.withdrawn.text)

    private var text: Text { Text(rawValue) }

    /// The statuses that may follow this one.
    public var next: [IdeaStatus] {
        switch self {
        case .draft: [.submitted]
        case .submitted: [.received, .redirected, .withdrawn]
        case .received:
            [.underReview, .needsMore, .goAhead, .redirected, .joined, .closed]
        case .needsMore: [.underReview, .closed, .withdrawn]
        case .goAhead: [.testing, .inUse, .closed]
        case .underReview: [.testing, .handedOver, .resting, .joined, .closed]
        case .testing: [.underReview, .handedOver, .inUse, .resting, .closed]
        case .resting: [.underReview, .closed]
        case .handedOver: [.underWay, .resting, .closed]
        case .underWay: [.inUse, .resting, .closed]
        case .inUse: [.effectFollowedUp, .spreading, .closed]
        case .effectFollowedUp: [.spreading, .closed]
        case .spreading: [.closed]
        case .joined, .redirected, .closed: [.underReview]
        case .withdrawn: [.submitted]
        }
    }

    /// What must be said with the status, so that whoever handed the idea in is not left with a
    /// word.
    public var required: [StatusPart] {
        switch self {
        case .draft, .submitted, .withdrawn: []
        case .received, .needsMore, .effectFollowedUp, .spreading: [.text]
        case .goAhead: [.owner, .until]
        case .underReview: [.owner]
        case .testing, .resting: [.text, .until]
        case .handedOver: [.owner, .day]
        case .underWay: [.until]
        case .inUse: [.day]
        case .joined: [.target]
        case .redirected: [.channel]
        case .closed: [.reason, .text]
        }
    }
}

/// Something that is said together with a status.
public enum StatusPart: String, NamedChoice {
    /// Why, what, or the question.
    case text
    /// Who has it now: a role.
    case owner
    /// Until when: a test ends, a resting idea wakes, the next word comes.
    case until
    /// Since when: accepted, in use.
    case day
    /// Why it was closed, as a code.
    case reason
    /// Which other channel.
    case channel
    /// Which other idea.
    case target

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .text: Phrase("text", "text")
        case .owner: Phrase("vem", "owner")
        case .until: Phrase("till vilken dag", "until which day")
        case .day: Phrase("från vilken dag", "since which day")
        case .reason: Phrase("skäl", "reason")
        case .channel: Phrase("kanal", "channel")
        case .target: Phrase("vilken idé", "which idea")
        }
    }
}

/// Why an idea was closed; never by time alone.
public enum ClosingReason: String, NamedChoice {
    case done
    case exists
    case outsideMission = "outside-mission"
    case notAllowed = "not-allowed"
    case tooLittleBenefit = "too-little-benefit"
    case tooExpensive = "too-expensive-now"
    case triedInVain = "tried-in-vain"
    case noOwner = "no-owner"
    case changedConditions = "changed-conditions"

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .done: Phrase("gjort", "done")
        case .exists: Phrase("finns redan", "exists already")
        case .outsideMission: Phrase("utanför uppdraget", "outside the mission")
        case .notAllowed: Phrase("inte tillåtet", "not allowed")
        case .tooLittleBenefit: Phrase("nyttan för liten", "too little benefit")
        case .tooExpensive: Phrase("för dyrt nu", "too expensive now")
        case .triedInVain: Phrase("provat, fungerade inte", "tried, did not work")
        case .noOwner: Phrase("ingen ägare", "no owner")
        case .changedConditions: Phrase("ändrade förhållanden", "changed conditions")
        }
    }
}
