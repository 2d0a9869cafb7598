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

        /// What people see.
        public var phrase: Phrase {
            switch self {
            case .possible: Phrase("möjligt", "possible")
            case .likely: Phrase("troligt", "likely")
            case .certain: Phrase("säkert", "certain")
            }
        }

        /// The less sure first.
        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// Digits in a text that are, or may be, a person's number.
    ///
    /// It says where, never which.
    public struct Finding: Hashable, Sendable {
        /// How sure it is.
        public let level: Level
        /// The whole number, with century and separator.
        public let range: Range<String.Index>
        /// Whether it is more likely a telephone's, an account's or an article's number: the
        /// answer that is chosen beforehand when a person is asked about ``Level/possible``.
        public let isProbablyOther: Bool
    }

    /// What stands where a number was.
    public static let mask = "▮▮▮▮▮▮-▮▮▮▮"

    /// The first day of which a clock can say that it is today: Sluss is younger than that.
    ///
    /// A clock that says less is wrong, and no birth day is judged by it.
    private static let clockMin = Day(year: 2023, month: 1, day: 1) ?? Day(number: 0)

    /// How sure the surest finding in `text` is, or `nil` if there is none.
    ///
    /// - Parameter today: numbers born after tomorrow are none.
    public static func level(of text: String, today: Day) -> Level? {
        findings(in: text, today: today).map(\.level).max()
    }

    /// What `text` holds, in its order; no two overlap.
    ///
    /// - Parameter today: numbers born after tomorrow are none.
    public static func findings(in text: String, today: Day) -> [Finding] {
        var copy = text
        guard copy.withUTF8({ mayHold($0) }) else { return [] }
        let scalars = text.unicodeScalars.map(normalised)
        var found: [(range: Range<Int>, level: Level)] = []
        for start in scalars.indices
        where isDigit(scalars[start]) && (start == 0 || !isDigit(scalars[start - 1])) {
            let readings = candidates(scalars, from: start).compactMap { candidate in
                candidate.level(today: today).map { (start..<candidate.end, $0) }
            }
            for (range, level) in readings {
                // A number with a space behind its century is read twice, with and without.
                guard let last = found.last, last.range.overlaps(range) else {
                    found.append((range, level))
                    continue
                }
                let end = max(last.range.upperBound, range.upperBound)
                found[found.count - 1] = (
                    last.range.lowerBound..<end, max(last.level, level)
                )
            }
        }
        guard !found.isEmpty else { return [] }
        let places = Array(text.unicodeScalars.indices) + [text.unicodeScalars.endIndex]
        return found.map { number in
            let range = places[number.range.lowerBound]..<places[number.range.upperBound]
            let isMobile = scalars[number.range].starts(with: "07".utf8)
            return Finding(
                level: number.level, range: range,
                isProbablyOther: isMobile || followsOther(text[..<range.lowerBound]))
        }
    }

    /// The text with ``mask`` in the place of the findings that are to be hidden.
    public static func masked(
        _ text: String, today: Day, where isMasked: (Finding) -> Bool = { _ in true }
    ) -> String {
        var masked = String.UnicodeScalarView()
        var done = text.startIndex
        for finding in findings(in: text, today: today) where isMasked(finding) {
            masked.append(contentsOf: text.unicodeScalars[done..<finding.range.lowerBound])
            masked.append(contentsOf: mask.unicodeScalars)
            done = finding.range.upperBound
        }
        masked.append(contentsOf: text.unicodeScalars[done...])
        return String(masked)
    }

    /// Whether bytes of UTF-8 can hold a number at all: its day is six digits without a gap.
    ///
    /// Nearly no text has so many. Every sixth byte is looked at, since six in a row have one of
    /// them; digits of full width begin with a byte of their own.
    package static func mayHold(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var place = dayDigits - 1
        while place < bytes.count {
            guard isDigit(bytes[place]) else {
                place += dayDigits
                continue
            }
            var start = place
            while start > 0, isDigit(bytes[start - 1]) { start -= 1 }
            var end = place + 1
            while end < bytes.count, isDigit(bytes[end]) { end += 1 }
            if end - start >= dayDigits { return true }
            place = end + dayDigits
        }
        return has(fullWidthStart, in: bytes)
    }

    /// The same for a line of JSON, in which a digit can be written with an escape.
    ///
    /// Sluss writes no digit so; what came from elsewhere can be anything.
    package static func mayHold(line bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if mayHold(bytes) { return true }
        guard has(UInt8(ascii: "\\"), in: bytes) else { return false }
        return zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "\\") && $1 == 0x75 }
    }

    private static let dayDigits = 6
    private static let fullWidthStart: UInt8 = 0xEF

    /// Looks at every byte, many at a time: a loop without a way out can be made of wide steps.
    private static func has(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var found: UInt8 = 0
        for other in bytes { found |= other == byte ? 1 : 0 }
        return found != 0
    }

    /// Words before a number that say that it is no person's.
    private static let otherWords: Set<String> = [
        "tel", "telnr", "telefon", "telefonnr", "telefonnummer", "ring", "ringa", "mobil",
        "mobilen", "mobilnr", "mobilnummer", "bg", "bgnr", "bankgiro", "ocr", "ocrnr",
        "ocrnummer", "art", "artnr", "artikel", "artikelnr", "artikelnummer",
    ]
    /// Words that may stand between such a word and the number.
    private static let betweenWords: Set<String> = ["nr", "nummer", "no", "på", "till"]
    /// Whether the number comes right behind a word for another kind of number.
    private static func followsOther(_ before: Substring) -> Bool {
        var rest = before
        while true {
            while let last = rest.last, !last.isLetter {
                // Behind another number the word is about that one.
                if last.isNumber || last.isNewline { return false }
                rest.removeLast()
            }
            let start = rest.lastIndex { !$0.isLetter }.map(rest.index(after:))
            let word = rest[(start ?? rest.startIndex)...].lowercased()
            if otherWords.contains(word) { return true }
            guard betweenWords.contains(word) else { return false }
            rest = rest[..<(start ?? rest.startIndex)]
        }
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
            return Candidate(
                century: century, digits: date + last, separator: separator,
                end: cursor.text.startIndex)
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
        /// Where what follows begins.
        let end: Int

        func level(today: Day) -> Level? {
            guard hasRightCheckDigit, let birth = birthDay(today: today) else { return nil }
            if let century, today >= clockMin,
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
