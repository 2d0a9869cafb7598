public import SlussCore

/// Finds Swedish personal identity numbers and coordination numbers in a text.
///
/// Ideas and notes must hold nothing about a person, and a number identifies without a name. A
/// finding never holds the digits, so that it can be logged and shown.
///
/// Source: Skatteverket, SKV M 2010:3 (check digit); docs/decisions/0005 for the levels.
public enum PersonalNumberScan {
    /// How sure the finding is.
    public enum Level: Int, Comparable, Sendable {
        /// Ten bare digits that pass the check, or digits that also read as a time stamp: ask.
        case possible
        /// Ten digits with a hyphen or plus: stops sending.
        case likely
        /// Twelve digits: stops sending.
        case certain

        /// The less sure first.
        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// How sure the surest finding in `text` is, or `nil` if there is none.
    ///
    /// - Parameter today: numbers born after tomorrow are none.
    public static func level(of text: String, today: Day) -> Level? {
        let scalars = text.unicodeScalars.map(normalised)
        return scalars.indices.compactMap { start in
            guard isDigit(scalars[start]), start == 0 || !isDigit(scalars[start - 1]) else {
                return nil
            }
            return candidates(scalars, from: start).compactMap { $0.level(today: today) }.max()
        }.max()
    }

    private static func normalised(_ scalar: Unicode.Scalar) -> UInt8 {
        switch scalar.value {
        case 0xFF10...0xFF19: UInt8(scalar.value - 0xFF10) + UInt8(ascii: "0")
        case 0x2010...0x2015, 0x2212, 0xFF0D: UInt8(ascii: "-")
        case 0xFF0B: UInt8(ascii: "+")
        case 0xA0, 0x2000...0x200A, 0x202F, 0x205F: UInt8(ascii: " ")
        case 0...0x7F: UInt8(scalar.value)
        default: 0
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// The readings that start at `start`: with a century and without.
    private static func candidates(_ text: [UInt8], from start: Int) -> [Candidate] {
        [true, false].compactMap { hasCentury in
            var cursor = Cursor(text: text[start...])
            var century: Int?
            if hasCentury {
                guard let two = cursor.digits(2), [18, 19, 20].contains(two[0] * 10 + two[1]) else {
                    return nil
                }
                century = two[0] * 10 + two[1]
                cursor.skip(" ")
            }
            guard let date = cursor.digits(6) else { return nil }
            cursor.skip(" ")
            let separator = cursor.take(anyOf: "-+")
            cursor.skip(" ")
            guard let last = cursor.digits(4), !cursor.isAtDigit else { return nil }
            return Candidate(century: century, digits: date + last, separator: separator)
        }
    }

    private struct Cursor {
        var text: ArraySlice<UInt8>

        var isAtDigit: Bool { text.first.map(isDigit) ?? false }

        mutating func digits(_ count: Int) -> [Int]? {
            let taken = text.prefix(count)
            guard taken.count == count, taken.allSatisfy(isDigit) else { return nil }
            text = text.dropFirst(count)
            return taken.map { Int($0 - UInt8(ascii: "0")) }
        }

        mutating func skip(_ byte: Character) { _ = take(anyOf: String(byte)) }

        mutating func take(anyOf bytes: String) -> UInt8? {
            guard let first = text.first, bytes.utf8.contains(first) else { return nil }
            text = text.dropFirst()
            return first
        }
    }

    private struct Candidate {
        let century: Int?
        let digits: [Int]
        let separator: UInt8?

        func level(today: Day) -> Level? {
            guard hasRightCheckDigit, let birth = birthDay(today: today) else { return nil }
            if let century,
                let day = birth.day(year: century * 100 + yearInCentury)
            {
                if day > today.adding(days: 1) { return nil }
                if day > today.adding(days: -6 * 366), readsAsClockTime { return .possible }
            }
            if century != nil { return .certain }
            return separator == nil ? .possible : .likely
        }

        private var yearInCentury: Int { digits[0] * 10 + digits[1] }

        /// Luhn: every other digit doubled, digits of the products added.
        private var hasRightCheckDigit: Bool {
            digits.enumerated().reduce(0) { sum, digit in
                let product = digit.element * (digit.offset % 2 == 0 ? 2 : 1)
                return sum + product / 10 + product % 10
            } % 10 == 0
        }

        private var readsAsClockTime: Bool {
            digits[6] * 10 + digits[7] < 24 && digits[8] < 6
        }

        private struct Birth {
            let month: Int
            let dayOfMonth: Int

            func day(year: Int) -> Day? { Day(year: year, month: month, day: dayOfMonth) }
        }

        private func birthDay(today: Day) -> Birth? {
            let month = digits[2] * 10 + digits[3]
            let day = digits[4] * 10 + digits[5]
            if (60...91).contains(day), (0...12).contains(month) {
                return Birth(month: month, dayOfMonth: day - 60)
            }
            let centuries = century.map { [$0] } ?? [18, 19, 20]
            let exists = centuries.contains {
                Day(year: $0 * 100 + yearInCentury, month: month, day: day) != nil
            }
            return exists ? Birth(month: month, dayOfMonth: day) : nil
        }
    }
}
