public import SlussCore

/// Which of a store's older backups are kept: the newest of each of the last days, weeks and months
/// that have any.
public struct RetentionRule: Hashable, Sendable, CustomStringConvertible {
    /// Of how many days the newest backup is kept.
    public let daily: Int
    /// Of how many weeks by ISO 8601.
    public let weekly: Int
    /// Of how many months.
    public let monthly: Int

    /// No rule keeps more than this of anything: twenty-seven years of days.
    public static let countMax = 9999

    /// Makes a rule; `nil` if it would keep nothing, or too much to be meant.
    public init?(daily: Int, weekly: Int, monthly: Int) {
        let counts = [daily, weekly, monthly]
        guard counts.allSatisfy((0...Self.countMax).contains), counts.contains(where: { $0 > 0 })
        else { return nil }
        self.daily = daily
        self.weekly = weekly
        self.monthly = monthly
    }

    /// Reads `daily=7,weekly=4,monthly=12`; a part that is left out keeps nothing.
    public init?(_ text: String) {
        var counts: [Substring: Int] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2, let name = sides.first, let digits = sides.last,
                ["daily", "weekly", "monthly"].contains(name), counts[name] == nil,
                (1...4).contains(digits.utf8.count),
                digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                let count = Int(digits)
            else { return nil }
            counts[name] = count
        }
        self.init(
            daily: counts["daily", default: 0], weekly: counts["weekly", default: 0],
            monthly: counts["monthly", default: 0])
    }

    /// The rule as it is written.
    public var description: String { "daily=\(daily),weekly=\(weekly),monthly=\(monthly)" }

    /// The places of the backups that are kept, given their days in the order in which they were
    /// made.
    ///
    /// The last one is always kept, whatever its day: it has just been made, and a clock can be
    /// wrong.
    public func kept(of days: [Day]) -> Set<Int> {
        var kept = Set(days.indices.suffix(1))
        kept.formUnion(Self.newest(days, daily) { [$0.number] })
        kept.formUnion(Self.newest(days, weekly) { [$0.week.year, $0.week.number] })
        kept.formUnion(Self.newest(days, monthly) { [$0.date.year, $0.date.month] })
        return kept
    }

    /// The newest of each of the `count` newest stretches of time that have any.
    private static func newest(
        _ days: [Day], _ count: Int, stretch: (Day) -> [Int]
    ) -> Set<Int> {
        var places: [[Int]: Int] = [:]
        for (place, day) in days.enumerated() {
            // Of two of one day, the one made last.
            if let other = places[stretch(day)], days[other] > day { continue }
            places[stretch(day)] = place
        }
        let newest = places.sorted { right, left in
            left.key.lexicographicallyPrecedes(right.key)
        }
        return Set(newest.prefix(count).map(\.value))
    }
}
