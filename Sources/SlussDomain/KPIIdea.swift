public import SlussCore

/// What the key figures need to know of an idea.
public struct KPIIdea: Hashable, Sendable {
    /// A status that was set, and when.
    public struct Step: Hashable, Sendable {
        /// The day it was set.
        public var day: Day
        /// The status.
        public var status: IdeaStatus
        /// The day it could be seen at the unit; `nil` as long as it cannot, as far as is known.
        public var visible: Day?

        /// A step.
        public init(_ day: Day, _ status: IdeaStatus, visible: Day?) {
            self.day = day
            self.status = status
            self.visible = visible
        }
    }

    /// An answer that was given, and when.
    public struct Answer: Hashable, Sendable {
        /// The day it was given.
        public var given: Day
        /// The day it could be seen at the unit; `nil` as long as it cannot, as far as is known.
        public var visible: Day?

        /// An answer.
        public init(given: Day, visible: Day?) {
            self.given = given
            self.visible = visible
        }
    }

    /// The unit that handed it in.
    public var unit: UnitCode
    /// The day it was handed in.
    public var day: Day
    /// Every status, causes before effects.
    public var steps: [Step]
    /// Every answer.
    public var answers: [Answer]
    /// What other units make of it.
    public var adoptions: [KPIAdoption]
    /// What its unit has said of the answer.
    public var helpful: Helpful?

    /// Whether an answer was of help, and since when that has been said.
    public struct Helpful: Hashable, Sendable {
        /// The day that it was first said.
        public var day: Day
        /// Whether it is yes, and yes alone.
        public var isYes: Bool

        /// A word.
        public init(_ day: Day, isYes: Bool) {
            self.day = day
            self.isYes = isYes
        }
    }

    /// An idea.
    public init(
        unit: UnitCode, day: Day, steps: [Step] = [], answers: [Answer] = [],
        adoptions: [KPIAdoption] = []
    ) {
        self.unit = unit
        self.day = day
        self.steps = steps
        self.answers = answers
        self.adoptions = adoptions
    }

    /// Whether it is counted: not a draft, and not sent elsewhere or taken back before anybody had
    /// received it.
    public var isCounted: Bool {
        let statuses = Set(steps.map(\.status))
        if statuses == [.draft] { return false }
        guard !statuses.isDisjoint(with: [.redirected, .withdrawn]) else { return true }
        return !statuses.isSubset(of: [.draft, .submitted, .redirected, .withdrawn])
    }

    /// The day from which it has been in use; `nil` if it is not, or no longer.
    ///
    /// A step back on the way to use, such as to *under review*, takes that back; a closing, a rest
    /// and the like do not.
    public var implemented: Day? {
        var day: Day?
        for step in steps {
            switch step.status {
            case .inUse, .effectFollowedUp, .spreading: day = day ?? step.day
            case .resting, .joined, .redirected, .withdrawn, .closed: break
            default: day = nil
            }
        }
        return day
    }

    /// Whether it has been tried.
    public var isTested: Bool { steps.contains { $0.status == .testing } }

    /// The day on which the first answer could be seen at the unit.
    public var answerVisible: Day? { answers.compactMap(\.visible).min() }

    /// The day on which the first decision could be seen at the unit: yes, a test, a rest, no, or
    /// that it goes on in another idea or another channel.
    public var decisionVisible: Day? {
        steps.filter { $0.status.isDecision }.compactMap(\.visible).min()
    }
}

extension IdeaStatus {
    /// Whether the status tells who handed the idea in what becomes of it.
    public var isDecision: Bool {
        switch self {
        case .draft, .submitted, .received, .needsMore, .underReview, .withdrawn: false
        case .goAhead, .testing, .resting, .handedOver, .underWay, .inUse, .effectFollowedUp,
            .spreading, .joined, .redirected, .closed:
            true
        }
    }
}

/// What the key figures need to know of a unit that takes up another's idea.
public struct KPIAdoption: Hashable, Sendable {
    /// A status that was set, and since when it is so.
    public struct Step: Hashable, Sendable {
        /// Since when.
        public var day: Day
        /// The status.
        public var status: AdoptionStatus

        /// A step.
        public init(_ day: Day, _ status: AdoptionStatus) {
            self.day = day
            self.status = status
        }
    }

    /// The unit.
    public var unit: UnitCode
    /// Every status, causes before effects; none as long as people contradict each other.
    public var steps: [Step]

    /// An adoption.
    public init(unit: UnitCode, steps: [Step]) {
        self.unit = unit
        self.steps = steps
    }

    /// Whether the unit has it in use on a day.
    public func isInUse(on day: Day) -> Bool {
        steps.last { $0.day <= day }?.status == .inUse
    }
}

/// What the key figures need to know of a meeting's note.
public struct KPIMeeting: Hashable, Sendable {
    /// Something that somebody was to do.
    public struct Action: Hashable, Sendable {
        /// The day it was due.
        public var due: Day
        /// The day it was done.
        public var done: Day?

        /// An action.
        public init(due: Day, done: Day?) {
            self.due = due
            self.done = done
        }
    }

    /// The unit.
    public var unit: UnitCode
    /// The day it was signed off.
    public var signed: Day?
    /// The actions that have a day and are not struck out.
    public var actions: [Action]

    /// A note.
    public init(unit: UnitCode, signed: Day?, actions: [Action] = []) {
        self.unit = unit
        self.signed = signed
        self.actions = actions
    }
}
