public import SlussCore

/// A share: so many of so many.
///
/// Below ten cases it is shown in numbers: a percentage of three says more than is known, and may
/// point somebody out.
public struct KPIRatio: Hashable, Sendable {
    /// Fewer cases than this are shown in numbers.
    public static let smallBelow = 10

    /// How many.
    public let part: Int
    /// Of how many.
    public let whole: Int

    /// A share.
    public init(_ part: Int, of whole: Int) {
        self.part = part
        self.whole = whole
    }

    /// The share in whole per cent, halves rounded up; `nil` below ten cases.
    public var percent: Int? {
        whole < Self.smallBelow ? nil : (200 * part + whole) / (2 * whole)
    }

    /// `81 % (34 av 42)`, or `3 av 7`.
    public var inWords: Phrase {
        guard whole > 0 else { return Phrase("inga än", "none yet") }
        let numbers = Phrase("\(part) av \(whole)", "\(part) of \(whole)")
        guard let percent else { return numbers }
        return Phrase(
            "\(percent)\u{A0}% (\(numbers.swedish))", "\(percent)% (\(numbers.english))")
    }
}

/// So many for each hundred who work there.
public struct KPIRate: Hashable, Sendable {
    /// How many.
    public let count: Int
    /// How many work there.
    public let headcount: Int
    /// How many units have no headcount in the register, and are left out on both sides.
    public let unknownUnits: Int

    /// A rate.
    public init(_ count: Int, headcount: Int, unknownUnits: Int = 0) {
        self.count = count
        self.headcount = headcount
        self.unknownUnits = unknownUnits
    }

    /// Tenths for each hundred, halves rounded up; `nil` below ten cases.
    public var tenths: Int? {
        guard headcount > 0, min(count, headcount) >= KPIRatio.smallBelow else { return nil }
        return (2000 * count + headcount) / (2 * headcount)
    }

    /// `7,4 per 100 (126 på 1 700)`, or `7 på 58 medarbetare`.
    public var inWords: Phrase {
        guard headcount > 0 else {
            return Phrase("antal medarbetare saknas", "no headcount")
        }
        guard let tenths else {
            return Phrase(
                "\(count) på \(headcount) medarbetare", "\(count) to \(headcount) employees")
        }
        return Phrase(
            "\(tenths / 10),\(tenths % 10) (\(count) på \(headcount))",
            "\(tenths / 10).\(tenths % 10) (\(count) to \(headcount))")
    }
}

/// The middle of numbers of days: as many are shorter as are longer.
public struct KPIMedian: Hashable, Sendable {
    /// Twice the median, since it may lie between two days.
    public let halves: Int

    /// The median; `nil` of none.
    public init?(_ numbers: [Int]) {
        guard !numbers.isEmpty else { return nil }
        let sorted = numbers.sorted()
        let middle = sorted.count / 2
        halves =
            sorted.count.isMultiple(of: 2)
            ? sorted[middle - 1] + sorted[middle] : 2 * sorted[middle]
    }

    /// `6`, `6,5`.
    public var inWords: Phrase {
        halves.isMultiple(of: 2)
            ? Phrase("\(halves / 2)", "\(halves / 2)")
            : Phrase("\(halves / 2),5", "\(halves / 2).5")
    }
}

/// What became of the ideas of one half-year.
public struct KPICohort: Hashable, Sendable {
    /// The half-year in which they were handed in.
    public let half: HalfYear
    /// How many there were.
    public let submitted: Int
    /// How many have been tried.
    public let tested: Int
    /// How many have come into use.
    public let implemented: Int

    /// The share that has come into use.
    public var implementedShare: KPIRatio { KPIRatio(implemented, of: submitted) }
    /// The share that has been tried.
    public var testedShare: KPIRatio { KPIRatio(tested, of: submitted) }
}

/// How long a unit has been silent.
public struct KPIBundleAge: Hashable, Sendable {
    /// How worrying that is.
    public enum Level: Hashable, Sendable {
        /// Less than 14 days.
        case fresh
        /// 14 days or more.
        case warning
        /// 30 days or more, or nothing at all.
        case alarm
    }

    /// From how many days on to ask.
    public static let warningDays = 14
    /// From how many days on to go there.
    public static let alarmDays = 30

    /// The unit.
    public let unit: UnitCode
    /// Days since the last bundle; `nil` if none has ever come.
    public let days: Int?

    /// An age.
    public init(unit: UnitCode, days: Int?) {
        self.unit = unit
        self.days = days
    }

    /// How worrying that is.
    public var level: Level {
        guard let days else { return .alarm }
        return days >= Self.alarmDays ? .alarm : days >= Self.warningDays ? .warning : .fresh
    }
}
