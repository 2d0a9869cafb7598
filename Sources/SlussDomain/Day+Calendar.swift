public import SlussCore

extension Day {
    /// The day of the week: 0 is Monday.
    public var weekday: Int { Self.remainder(number + 3, 7) }

    /// The week by ISO 8601, and the year that it belongs to.
    public var week: (year: Int, number: Int) {
        let thursday = Day(number: number - weekday + 3)
        let year = thursday.date.year
        let first = Day(year: year, month: 1, day: 1)?.number ?? thursday.number
        return (year, (thursday.number - first) / 7 + 1)
    }

    /// The last day of the same length of time before: twelve months before 2026-03-09 end on
    /// 2025-03-09; where a month has no such day, its last.
    public func adding(months: Int) -> Day {
        let (year, month, day) = date
        let count = year * 12 + month - 1 + months
        let (newYear, newMonth) = (count / 12, count % 12 + 1)
        for last in stride(from: day, through: 1, by: -1) {
            if let found = Day(year: newYear, month: newMonth, day: last) { return found }
        }
        return self
    }

    /// `Måndag 9 mars 2026, v. 11`.
    public var inWords: Phrase {
        let (year, month, day) = date
        let swedishDays = [
            "Måndag", "Tisdag", "Onsdag", "Torsdag", "Fredag", "Lördag", "Söndag",
        ]
        let englishDays = [
            "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
        ]
        let name = Self.monthName(month)
        return Phrase(
            "\(swedishDays[weekday]) \(day) \(name.swedish) \(year), v. \(week.number)",
            "\(englishDays[weekday]) \(day) \(name.english) \(year), week \(week.number)")
    }

    /// A month's name, from 1.
    public static func monthName(_ month: Int) -> Phrase {
        let swedish = [
            "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
            "oktober", "november", "december",
        ]
        let english = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December",
        ]
        let index = min(max(month, 1), 12) - 1
        return Phrase(swedish[index], english[index])
    }

    private static func remainder(_ number: Int, _ divisor: Int) -> Int {
        (number % divisor + divisor) % divisor
    }
}

/// Half a calendar year, as the management's follow-up counts.
public struct HalfYear: Hashable, Comparable, Sendable {
    /// The year.
    public let year: Int
    /// 1 for January to June, 2 for July to December.
    public let half: Int

    /// The half-year that a day lies in.
    public init(of day: Day) {
        year = day.date.year
        half = day.date.month <= 6 ? 1 : 2
    }

    /// Its first day.
    public var first: Day { Day(year: year, month: half == 1 ? 1 : 7, day: 1) ?? Day(number: 0) }
    /// Its last day.
    public var last: Day {
        Day(year: year, month: half == 1 ? 6 : 12, day: half == 1 ? 30 : 31) ?? Day(number: 0)
    }
    /// The one before.
    public var previous: HalfYear { HalfYear(of: first.adding(days: -1)) }
    /// Its name.
    public var name: Phrase {
        half == 1
            ? Phrase("första halvåret \(year)", "first half of \(year)")
            : Phrase("andra halvåret \(year)", "second half of \(year)")
    }

    /// The earlier one first.
    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.half) < (right.year, right.half)
    }
}
