public import SlussCore

/// The key figures' raw material: plain values, whoever they come from.
public struct KPIInput: Sendable {
    /// The ideas.
    public var ideas: [KPIIdea]
    /// The meetings' notes.
    public var meetings: [KPIMeeting]
    /// The activities; those struck out are not among them.
    public var activities: [KPIActivity] = []
    /// The results of the closed rounds of the survey, by year; `nil` where they are not to be shown.
    public var surveys: [SurveyResult]?
    /// The day of each unit's last bundle.
    public var lastBundle: [UnitCode: Day]
    /// The units.
    public var register: UnitRegister

    /// Puts the material together.
    public init(
        ideas: [KPIIdea], meetings: [KPIMeeting] = [], lastBundle: [UnitCode: Day] = [:],
        register: UnitRegister
    ) {
        self.ideas = ideas
        self.meetings = meetings
        self.lastBundle = lastBundle
        self.register = register
    }

    /// The material of the units in a part of the register alone.
    public func restricted(to register: UnitRegister) -> KPIInput {
        var part = KPIInput(
            ideas: ideas.filter { register[$0.unit] != nil },
            meetings: meetings.filter { register[$0.unit] != nil },
            lastBundle: lastBundle.filter { register[$0.key] != nil }, register: register)
        part.activities = activities.filter { register[$0.unit] != nil }
        return part
    }
}

/// The key figures of domain model §7, for the units of a register, on a day.
///
/// Exact formulas, in whole numbers: medians, never averages; what is below ten cases is shown in
/// numbers; an answer counts from the day it can be seen at the unit. Ideas that were sent
/// elsewhere or taken back before anybody had received them are in none of the figures
/// (docs/decisions/0018).
public struct KPI: Sendable {
    /// Days until the first answer.
    public static let answerDays = Idea.answerDays
    /// Days until a decision.
    public static let decisionDays = 30
    /// Days within which a unit that does anything is active.
    public static let activeDays = 60

    /// The last day that counts.
    public let end: Day
    /// The first day of the figures over a time.
    public let start: Day
    let input: KPIInput
    private let ideas: [KPIIdea]

    /// Figures on `end`, and over twelve months up to it unless another first day is given.
    public init(_ input: KPIInput, end: Day, start: Day? = nil) {
        self.input = input
        self.end = end
        self.start = start ?? end.adding(months: -12).adding(days: 1)
        ideas = input.ideas.filter { $0.isCounted && $0.day <= end }
    }

    private var lastYear: ClosedRange<Day> {
        min(end.adding(months: -12).adding(days: 1), end)...end
    }

    private var period: [KPIIdea] { ideas.filter { $0.day >= start } }

    /// Ideas handed in during twelve months, for each hundred who work there.
    public var ideasPerHundred: KPIRate {
        rate(ideas.filter { lastYear.contains($0.day) })
    }

    /// Improvements that came into use during twelve months, for each hundred who work there.
    public var implementedPerHundred: KPIRate { rate(implementedLastYear) }

    private var implementedLastYear: [KPIIdea] {
        ideas.filter { $0.implemented.map(lastYear.contains) ?? false }
    }

    /// How many came into use during twelve months.
    public var implementedCount: Int { implementedLastYear.count }

    private func rate(_ ideas: [KPIIdea]) -> KPIRate {
        let units = input.register.valid(on: end)
        var headcount = 0
        var known: Set<UnitCode> = []
        for unit in units {
            guard let count = unit.headcount(year: end.date.year) else { continue }
            headcount += count
            known.insert(unit.code)
        }
        let counted = ideas.filter { known.contains(input.register.current($0.unit, on: end)) }
        return KPIRate(
            counted.count, headcount: headcount, unknownUnits: units.count - known.count)
    }

    /// Ideas whose first answer could be seen at the unit within 14 days, of those older than that.
    public var answered: KPIRatio {
        within(Self.answerDays, \.answerVisible)
    }

    /// Days until the first answer could be seen, of those that have one.
    public var answerMedian: KPIMedian? { median(\.answerVisible) }

    /// Ideas whose decision could be seen at the unit within 30 days, of those older than that.
    public var decided: KPIRatio {
        within(Self.decisionDays, \.decisionVisible)
    }

    /// Days until the decision could be seen, of those that have one.
    public var decisionMedian: KPIMedian? { median(\.decisionVisible) }

    private func within(_ days: Int, _ visible: (KPIIdea) -> Day?) -> KPIRatio {
        let older = period.filter { end.number - $0.day.number > days }
        let inTime = older.filter { idea in
            visible(idea).map { $0.number - idea.day.number <= days } ?? false
        }
        return KPIRatio(inTime.count, of: older.count)
    }

    private func median(_ visible: (KPIIdea) -> Day?) -> KPIMedian? {
        KPIMedian(
            period.compactMap { idea in
                visible(idea).flatMap {
                    $0 <= end ? max(0, $0.number - idea.day.number) : nil
                }
            })
    }

    /// What became, up to `end`, of the ideas of a half-year.
    public func cohort(_ half: HalfYear) -> KPICohort {
        let cohort = ideas.filter { HalfYear(of: $0.day) == half }
        return KPICohort(
            half: half, submitted: cohort.count, tested: cohort.count(where: \.isTested),
            implemented: cohort.count { $0.implemented.map { $0 <= end } ?? false })
    }

    /// How many times another unit has an idea in use, by how many ideas are in use where they came
    /// from: may be more than one.
    ///
    /// A unit that is interested, tries it or has said no is not counted. Units that are one today
    /// are one.
    public var spreading: KPIRatio {
        let inUse = ideas.filter { $0.implemented.map { $0 <= end } ?? false }
        let adoptions = inUse.map { idea in
            let units = idea.adoptions.filter { $0.isInUse(on: end) }
                .map { input.register.current($0.unit, on: end) }
            return Set(units).subtracting([input.register.current(idea.unit, on: end)]).count
        }
        return KPIRatio(adoptions.reduce(0, +), of: inUse.count)
    }

    /// The units that have handed in an idea, signed off a note or sent a bundle during 60 days.
    public var active: KPIRatio {
        let units = input.register.valid(on: end)
        return KPIRatio(units.count - silent.count, of: units.count)
    }

    /// The units that have done none of that, in the order of their codes.
    public var silent: [UnitCode] {
        let days = end.adding(days: 1 - Self.activeDays)...end
        var active: Set<UnitCode> = []
        func note(_ unit: UnitCode, _ day: Day?) {
            if let day, days.contains(day) { active.insert(input.register.current(unit, on: end)) }
        }
        for idea in ideas { note(idea.unit, idea.day) }
        for meeting in input.meetings { note(meeting.unit, meeting.signed) }
        for (unit, day) in input.lastBundle { note(unit, day) }
        return input.register.valid(on: end).map(\.code).filter { !active.contains($0) }
    }

    /// Actions of meetings that were done by the day they were due, of those whose day has passed.
    public var actions: KPIRatio {
        let due = input.meetings.flatMap(\.actions).filter { start <= $0.due && $0.due < end }
        return KPIRatio(
            due.count { action in action.done.map { $0 <= action.due } ?? false }, of: due.count)
    }

    /// How long each unit has been silent, in the order of their codes.
    public var bundleAges: [KPIBundleAge] {
        var last: [UnitCode: Day] = [:]
        for (unit, day) in input.lastBundle {
            let unit = input.register.current(unit, on: end)
            last[unit] = max(last[unit] ?? day, day)
        }
        return input.register.valid(on: end).map { row in
            KPIBundleAge(
                unit: row.code, days: last[row.code].map { max(0, end.number - $0.number) })
        }
    }

    /// How many ideas were handed in during each of the last twelve months, the oldest first.
    public var byMonth: [(year: Int, month: Int, count: Int)] {
        (0..<12).reversed().map { back in
            let (year, month, _) = end.adding(months: -back).date
            let count = ideas.count { $0.day.date.year == year && $0.day.date.month == month }
            return (year, month, count)
        }
    }

    /// The fewest answers of which something is said.
    public static let satisfactionMin = 5

    /// How many of those who said, during the time, whether the answer was of help said yes; `nil`
    /// below five.
    public var satisfaction: KPIRatio? {
        let answers = ideas.compactMap(\.helpful).filter { start <= $0.day && $0.day <= end }
        guard answers.count >= Self.satisfactionMin else { return nil }
        return KPIRatio(answers.count(where: \.isYes), of: answers.count)
    }
}
