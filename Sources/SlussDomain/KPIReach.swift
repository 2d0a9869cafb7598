public import SlussCore

/// What the key figures need to know of an activity.
public struct KPIActivity: Hashable, Sendable {
    /// The unit that has entered it.
    public var unit: UnitCode
    /// The day.
    public var day: Day
    /// Who took part from the organisation.
    public var inside: Attendance?
    /// Who took part from outside.
    public var outside: Attendance?

    /// An activity.
    public init(
        unit: UnitCode, day: Day, inside: Attendance? = nil, outside: Attendance? = nil
    ) {
        self.unit = unit
        self.day = day
        self.inside = inside
        self.outside = outside
    }
}

/// How many have been reached, counted in both ways.
///
/// Somebody who has been at three activities is three attendances and one person. How many persons
/// there are is known only as far as those who entered the activities have said how many were new;
/// where they have not, it is between none and all of them.
public struct KPIReach: Hashable, Sendable {
    /// How many times somebody took part.
    public let attendances: Int
    /// The fewest persons that can be.
    public let personsMin: Int
    /// The most persons that can be.
    public let personsMax: Int
    /// How many activities do not say how many were new.
    public let unsaid: Int

    /// Adds attendances up.
    public init(_ attended: [Attendance]) {
        let unsaid = attended.filter { $0.new == nil && $0.count > 0 }
        attendances = attended.map(\.count).reduce(0, +)
        personsMin = attended.compactMap(\.new).reduce(0, +)
        personsMax = personsMin + unsaid.map(\.count).reduce(0, +)
        self.unsaid = unsaid.count
    }

    /// `140 deltagartillfällen, 90–110 unika (uppskattat; 1 aktivitet säger inte hur många som var nya)`.
    public var inWords: Phrase {
        guard attendances > 0 else { return Phrase("inga än", "none yet") }
        let persons =
            personsMin == personsMax ? String(personsMin) : "\(personsMin)–\(personsMax)"
        let missing =
            unsaid == 0
            ? Phrase("", "")
            : Phrase(
                "; \(unsaid) \(unsaid == 1 ? "aktivitet" : "aktiviteter") säger inte hur många som var nya",
                "; \(unsaid) \(unsaid == 1 ? "activity does" : "activities do") not say how many were new"
            )
        return Phrase(
            "\(attendances) \(attendances == 1 ? "deltagartillfälle" : "deltagartillfällen"), \(persons) unika (uppskattat\(missing.swedish))",
            "\(attendances) \(attendances == 1 ? "attendance" : "attendances"), \(persons) persons (estimate\(missing.english))"
        )
    }
}

extension KPI {
    /// How many of the organisation's own have been informed during the time.
    public var informedInside: KPIReach { KPIReach(activities.compactMap(\.inside)) }

    /// How many have been reached outside during the time.
    public var reachedOutside: KPIReach { KPIReach(activities.compactMap(\.outside)) }

    /// The last closed round up to the year that the figures end in, and the one before it.
    public var survey: (now: SurveyResult, before: SurveyResult?)? {
        let rounds = (input.surveys ?? []).filter { $0.year <= end.date.year }
        guard let now = rounds.last else { return nil }
        return (now, rounds.dropLast().last)
    }

    /// Whether the survey is to be shown.
    public var hasSurvey: Bool { input.surveys != nil }

    /// The activities of the time.
    private var activities: [KPIActivity] {
        input.activities.filter { start <= $0.day && $0.day <= end }
    }
}
