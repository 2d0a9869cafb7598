public import SlussCore
public import SlussDomain

/// What the reports are made of: plain values, without any name of a person.
///
/// A report is read by more people than may see who has handed an idea in (domain model §9), so the
/// submitter's name never gets this far. Texts have gone through the scan for personal numbers.
public struct ReportMaterial: Sendable {
    /// The day of the report.
    public var today: Day
    /// The unit of the store it is made at.
    public var unit: UnitCode
    /// Whether that is the central.
    public var isCentral: Bool
    /// The units, without the central's own row.
    public var register: UnitRegister
    /// Units with a computer in the network that the register does not have; all there are, if
    /// it has none.
    public var unregistered: [UnitCode]
    /// The ideas, by day and number; drafts are left out.
    public var ideas: [ReportIdea]
    /// The meetings' notes, by day.
    public var meetings: [ReportMeeting]
    /// The activities that count.
    public var activities: [KPIActivity] = []
    /// The results of the closed rounds of the survey; of the whole, so no part has them.
    public var surveys: [SurveyResult]?
    /// What has been heard from the units.
    public var bundles: [UnitCode: ReportBundles]

    /// Puts the material together.
    public init(
        today: Day, unit: UnitCode, isCentral: Bool, register: UnitRegister,
        unregistered: [UnitCode] = [], ideas: [ReportIdea] = [], meetings: [ReportMeeting] = [],
        bundles: [UnitCode: ReportBundles] = [:]
    ) {
        self.today = today
        self.unit = unit
        self.isCentral = isCentral
        self.register = register
        self.unregistered = unregistered
        self.ideas = ideas
        self.meetings = meetings
        self.bundles = bundles
    }

    /// The key figures' material.
    public var figures: KPIInput {
        var input = KPIInput(
            ideas: ideas.map(\.figures), meetings: meetings.map(\.figures),
            lastBundle: bundles.compactMapValues(\.last), register: register)
        input.activities = activities
        input.surveys = surveys
        return input
    }
}

/// An idea as reports know it.
public struct ReportIdea: Sendable {
    /// The number.
    public var number: String
    /// The heading that it was given; `nil` if none.
    public var heading: String?
    /// The need.
    public var problem: String
    /// The stored word of the status.
    public var status: String
    /// What was said with the status.
    public var statusText: String?
    /// What it is about, as stored.
    public var categories: [String] = []
    /// The day it came here, as far as that is known.
    public var arrived: Day?
    /// Whether it came from a meeting.
    public var isFromMeeting = false
    /// Whether it was handed in without a name.
    public var isAnonymous = false
    /// How many fields wait for a person to choose.
    public var conflicts = 0
    /// Whether a text holds what is certainly or likely a personal number.
    public var isStopped = false
    /// The answers, oldest first.
    public var answers: [Answer] = []
    /// What the key figures need to know.
    public var figures: KPIIdea

    /// An answer.
    public struct Answer: Sendable {
        /// The text.
        public var text: String
        /// In what role.
        public var role: Role?
        /// The day it was given.
        public var given: Day?
        /// The day it could be seen at the unit, as far as that is known.
        public var visible: Day?

        /// An answer.
        public init(text: String, role: Role?, given: Day?, visible: Day?) {
            self.text = text
            self.role = role
            self.given = given
            self.visible = visible
        }
    }

    /// An idea.
    public init(number: String, problem: String, status: String, figures: KPIIdea) {
        self.number = number
        self.problem = problem
        self.status = status
        self.figures = figures
    }

    /// The heading, or the need's first 60 characters.
    public var title: String {
        heading ?? (problem.count > 60 ? problem.prefix(59) + "…" : problem)
    }

    /// How many days are left for the first answer, negative after the last; `nil` if there is one
    /// or none is waited for.
    public func daysLeft(today: Day) -> Int? {
        guard answers.isEmpty, figures.isCounted, status == IdeaStatus.submitted.rawValue else {
            return nil
        }
        return figures.day.number + Idea.answerDays - today.number
    }
}

/// A meeting's note as reports know it: what was lifted, and figures.
public struct ReportMeeting: Sendable {
    /// The number.
    public var number: String
    /// The day.
    public var day: String
    /// What was lifted to somebody else; of notes that are ready.
    public var lifts: [Lift]
    /// What the key figures need to know.
    public var figures: KPIMeeting

    /// Something that a meeting has lifted.
    public struct Lift: Sendable {
        /// The text.
        public var text: String
        /// To whom.
        public var to: String
        /// The day an answer is expected.
        public var due: String?

        /// A lifted line.
        public init(text: String, to: String, due: String?) {
            self.text = text
            self.to = to
            self.due = due
        }
    }

    /// A note.
    public init(number: String, day: String, lifts: [Lift], figures: KPIMeeting) {
        self.number = number
        self.day = day
        self.lifts = lifts
        self.figures = figures
    }
}

/// What has been heard from a unit, and what it has not got.
public struct ReportBundles: Sendable {
    /// The day its newest bundle was merged.
    public var last: Day?
    /// The number of that bundle.
    public var number: UInt64?
    /// The number of a bundle that waits for an earlier one; 0 if none does.
    public var waiting: UInt64 = 0
    /// How many writes it lacks, as far as it has said.
    public var lacks: UInt64 = 0
    /// How many of its logs have forked.
    public var forks = 0
    /// The release that made its newest bundle; text from outside.
    public var producer: String?
    /// Whether any of its computers used an older release than this one.
    public var isOlder = false
    /// How many of its writes have a day that cannot be right.
    public var oddDays = 0
    /// How many answers it is not known to have.
    public var unseenAnswers = 0

    /// What has been heard.
    public init(last: Day?, number: UInt64?, waiting: UInt64 = 0, lacks: UInt64 = 0) {
        self.last = last
        self.number = number
        self.waiting = waiting
        self.lacks = lacks
    }
}

extension ReportBundles {
    init(_ row: UnitFreshness) {
        self.init(
            last: row.day, number: row.number, waiting: row.waiting, lacks: row.lacks)
        forks = row.forks
        producer = row.producer
        isOlder = row.isOlder
        oddDays = row.oddDays
        unseenAnswers = row.unseenAnswers
    }
}
