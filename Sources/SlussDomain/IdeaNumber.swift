public import SlussCore

/// The number of an idea: `<unit code>-<yy>-<nnnn>`, and a letter from the unit's second machine on.
///
/// Numbers are given on the spot, with no network. The letter keeps two machines of one unit from
/// giving the same one.
public struct IdeaNumber: Hashable, Sendable, CustomStringConvertible {
    /// The unit.
    public let unit: UnitCode
    /// The last two digits of the year.
    public let year: Int
    /// The running number within unit, year and machine, from 1.
    public let serial: Int
    /// The machine's letter.
    public let machine: MachineLetter

    /// Puts a number together.
    public init(unit: UnitCode, year: Int, serial: Int, machine: MachineLetter) {
        self.unit = unit
        self.year = year % 100
        self.serial = serial
        self.machine = machine
    }

    /// Reads the written form; `nil` if `text` is not one.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 5, let unit = UnitCode(parts[0...2].joined(separator: "-")),
            parts[3].utf8.count == 2, let year = Int(parts[3]), year >= 0
        else { return nil }
        let digits = parts[4].prefix { $0.isASCII && $0.isNumber }
        guard (4...7).contains(digits.utf8.count), let serial = Int(digits), serial > 0,
            let machine = MachineLetter(String(parts[4].dropFirst(digits.count)))
        else { return nil }
        self.init(unit: unit, year: year, serial: serial, machine: machine)
        guard description == text else { return nil }
    }

    /// The written form.
    public var description: String {
        let yy = String(year)
        let nnnn = String(serial)
        return "\(unit)-" + String(repeating: "0", count: 2 - yy.count) + yy + "-"
            + String(repeating: "0", count: max(0, 4 - nnnn.count)) + nnnn + machine.suffix
    }
}

/// The letter of a machine within its unit.
///
/// The first has none.
public struct MachineLetter: Hashable, Sendable {
    /// Nothing, or one capital from B to Z.
    public let suffix: String

    /// The unit's first machine.
    public static let first = MachineLetter(unchecked: "")

    private init(unchecked suffix: String) { self.suffix = suffix }

    /// Reads a letter; `A` and nothing are the first machine.
    ///
    /// `nil` if `text` is no such letter.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        if bytes.isEmpty || bytes == [UInt8(ascii: "A")] {
            self.suffix = ""
        } else if bytes.count == 1, (UInt8(ascii: "B")...UInt8(ascii: "Z")).contains(bytes[0]) {
            self.suffix = text
        } else {
            return nil
        }
    }
}
