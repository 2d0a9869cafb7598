/// Where an idea stands.
///
/// `docs/glossary.md` has both languages' names side by side.
public enum IdeaStatus: String, NamedChoice {
    case draft
    case submitted
    case received
    case needsMore = "needs-more"
    case goAhead = "go-ahead"
    case underReview = "under-review"
    case testing
    case resting
    case handedOver = "handed-over"
    case underWay = "under-way"
    case inUse = "in-use"
    case effectFollowedUp = "effect-followed-up"
    case spreading
    case joined
    case redirected
    case withdrawn
    case closed

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .draft: Phrase("Utkast", "Draft")
        case .submitted: Phrase("Inkommen", "Submitted")
        case .received: Phrase("Mottagen", "Received")
        case .needsMore: Phrase("Kompletteras", "Needs more")
        case .goAhead: Phrase("Gör själv", "Go ahead yourselves")
        case .underReview: Phrase("Bereds", "Under review")
        case .testing: Phrase("Testas", "Being tested")
        case .resting: Phrase("Vilar", "Resting")
        case .handedOver: Phrase("Överlämnad", "Handed over")
        case .underWay: Phrase("Genomförs", "Under way")
        case .inUse: Phrase("Införd", "In use")
        case .effectFollowedUp: Phrase("Effekt följd", "Effect followed up")
        case .spreading: Phrase("Sprids", "Spreading")
        case .joined: Phrase("Sammanförd", "Joined")
        case .redirected: Phrase("Hänvisad", "Redirected")
        case .withdrawn: Phrase("Återtagen", "Withdrawn")
        case .closed: Phrase("Avslutad", "Closed")
        }
    }
}

/// What an idea is about.
public enum Category: String, NamedChoice {
    case workEnvironment = "work-environment"
    case userBenefit = "user-benefit"
    case qualityAndSafety = "quality-and-safety"
    case digitalisation
    case resources
    case environment
    case information
    case cooperation
    case premises
    case slussItself = "sluss-itself"

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .workEnvironment: Phrase("arbetsmiljö", "work environment")
        case .userBenefit: Phrase("brukar-/elevnytta", "user or pupil benefit")
        case .qualityAndSafety: Phrase("kvalitet och säkerhet", "quality and safety")
        case .digitalisation: Phrase("digitalisering", "digitalisation")
        case .resources: Phrase("resurser", "resources")
        case .environment: Phrase("miljö", "environment")
        case .information: Phrase("information", "information")
        case .cooperation: Phrase("samarbete", "cooperation")
        case .premises: Phrase("lokaler/utrustning", "premises/equipment")
        case .slussItself: Phrase("slussen själv", "sluss itself")
        }
    }
}

/// Who gains from an idea.
public enum Beneficiary: String, NamedChoice {
    case user
    case pupil
    case relative
    case employee
    case resident
    case environment
    case economy

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .user: Phrase("brukare/boende", "service user/resident")
        case .pupil: Phrase("elev/barn", "pupil/child")
        case .relative: Phrase("anhörig", "relative")
        case .employee: Phrase("medarbetare", "employee")
        case .resident: Phrase("invånare", "inhabitant")
        case .environment: Phrase("miljö", "environment")
        case .economy: Phrase("ekonomi", "economy")
        }
    }
}

/// How the submitter of an idea wants to be known.
public enum SubmitterMode: String, NamedChoice {
    case group
    case name
    case anonymous

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .group: Phrase("gruppen", "the group")
        case .name: Phrase("namn", "name")
        case .anonymous: Phrase("anonym", "anonymous")
        }
    }
}

/// Where an idea came from.
public enum Origin: String, NamedChoice {
    case own
    case meeting
    case workshop
    case viewpoint
    case deviation
    case challenge
    case otherMunicipality = "other-municipality"

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .own: Phrase("egen", "own")
        case .meeting: Phrase("APT", "workplace meeting")
        case .workshop: Phrase("workshop", "workshop")
        case .viewpoint: Phrase("synpunkt", "viewpoint")
        case .deviation: Phrase("avvikelse-uppföljning", "deviation follow-up")
        case .challenge: Phrase("utmaning", "challenge call")
        case .otherMunicipality: Phrase("annan kommun", "another municipality")
        }
    }
}

/// Where a meeting note stands.
public enum MeetingStatus: String, NamedChoice {
    case draft
    case ready
    case signed

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .draft: Phrase("Utkast", "Draft")
        case .ready: Phrase("Klar", "Ready")
        case .signed: Phrase("Justerad", "Signed off")
        }
    }
}

/// Where an action of a meeting stands.
public enum ActionStatus: String, NamedChoice {
    case open
    case ongoing
    case done
    case struck

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .open: Phrase("öppen", "open")
        case .ongoing: Phrase("pågår", "ongoing")
        case .done: Phrase("klar", "done")
        case .struck: Phrase("struken", "struck out")
        }
    }
}
