/// A calendar day, for people to read; never a clock time, and never used to order anything.
///
/// Duty rosters turn clock times into names, so no time of day is kept at all.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01 in the Gregorian calendar.
    public let number: Int

    /// The last day of the year 9999; what is later has no four-digit year.
    static let numberMax = 2_932_896
    /// The first day of the year 1.
    static let numberMin = -719_162

    /// The day that lies `number` days after 1970-01-01, or the nearest that can be written.
    public init(number: Int) { self.number = min(max(number, Self.numberMin), Self.numberMax) }

    /// Reads `yyyy-mm-dd`; `nil` if that is not a day of the calendar.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Self.digits(bytes[0..<4]), let month = Self.digits(bytes[5..<7]),
            let day = Self.digits(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day of that date; `nil` if the calendar has none.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
            return nil
        }
        self.number = Self.number(year: year, month: month, day: day)
        guard self.date == (year, month, day) else { return nil }
    }

    /// Year, month and day of the month.
    public var date: (year: Int, month: Int, day: Int) {
        // H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The day `days` later, or earlier if negative.
    public func adding(days: Int) -> Self { Self(number: number + days) }

    /// `yyyy-mm-dd`.
    public var description: String {
        let (year, month, day) = date
        return Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2)
    }

    /// The earlier day first.
    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }

    private static func number(year: Int, month: Int, day: Int) -> Int {
        // H. Hinnant, the same page, days_from_civil.
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
        var result = 0
        for byte in bytes {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            result = result * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return result
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
