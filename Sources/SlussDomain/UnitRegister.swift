public import SlussCore

/// The units of the organisation, and what became of those that are no more.
public struct UnitRegister: Hashable, Sendable {
    /// The rows, by code.
    public private(set) var rows: [UnitCode: RegisterRow] = [:]

    /// Takes rows; of two with one code the last counts.
    public init(_ rows: [RegisterRow] = []) {
        for row in rows { self.rows[row.code] = row }
    }

    /// A row.
    public subscript(code: UnitCode) -> RegisterRow? { rows[code] }

    /// The rows of the units that are there on a day, in the order of their codes.
    public func valid(on day: Day) -> [RegisterRow] {
        rows.values.filter { $0.isValid(on: day) }.sorted { $0.code < $1.code }
    }

    /// The unit that a unit's records are counted under on a day: itself, or what has replaced it
    /// by then, and what has replaced that.
    ///
    /// A replacement that the register does not know is not followed. Units that replace each
    /// other in a circle are counted under the first code of the circle, whichever one asks for.
    public func current(_ code: UnitCode, on day: Day) -> UnitCode {
        var path = [code]
        var here = code
        while let row = rows[here], row.validTo.map({ $0 < day }) ?? true,
            let next = row.replacedBy, rows[next] != nil
        {
            if let start = path.firstIndex(of: next) { return path[start...].min() ?? code }
            path.append(next)
            here = next
        }
        return here
    }

    /// The board that owned a unit's records on a day: that of the unit, or of what had replaced it.
    public func board(of code: UnitCode, on day: Day) -> String? {
        rows[current(code, on: day)]?.board ?? rows[code]?.board
    }

    /// The administration that a unit's records are counted under on a day.
    public func administration(of code: UnitCode, on day: Day) -> String? {
        rows[current(code, on: day)]?.administration
    }

    /// The administrations of the units that are there on a day, as Swedish readers order them.
    public func administrations(on day: Day) -> [String] {
        Set(valid(on: day).compactMap(\.administration)).sorted(by: SwedishOrder.isBefore)
    }

    /// The register with the units of one administration alone, and what they have replaced.
    public func of(administration name: String, on day: Day) -> UnitRegister {
        UnitRegister(
            rows.values.filter { row in
                administration(of: row.code, on: day).map { Self.isSame($0, name) } ?? false
            })
    }

    /// The register with one unit alone, and what it has replaced.
    public func of(unit code: UnitCode, on day: Day) -> UnitRegister {
        UnitRegister(rows.values.filter { current($0.code, on: day) == code })
    }

    /// Whether two names are one, without regard to capitals and to spaces.
    public static func isSame(_ left: String, _ right: String) -> Bool {
        func folded(_ name: String) -> [[UInt8]] {
            name.lowercased().split { $0.isWhitespace }.map { Array($0.utf8) }
        }
        return folded(left) == folded(right)
    }
}

/// Two boards that a bundle goes between: what crosses becomes a public record at once.
public struct BoardBorder: Hashable, Sendable {
    /// The sender's board; text from outside.
    public let from: String
    /// The receiver's board; text from outside.
    public let to: String

    /// A border, if both boards are known and are not one.
    public init?(from: String?, to: String?) {
        guard let from, let to, !UnitRegister.isSame(from, to) else { return nil }
        self.from = from
        self.to = to
    }
}
