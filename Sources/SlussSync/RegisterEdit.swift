import SlussCore
import SlussDomain

/// What someone writes in a row of the units register; what is not named stays, and an empty text
/// clears.
public struct RegisterEdit: Sendable {
    /// The columns that hold one line each.
    public enum Column: String, Sendable, CaseIterable {
        case name
        case validFrom
        case validTo
        case replacedBy
        case board
        case administration
        case serviceArea
        case manager
        case firstUnit
        case externalKey
    }

    /// What is to stand in which column.
    public var values: [Column: String] = [:]
    /// How many work there, by year.
    public var headcount: [Int: Int] = [:]

    /// Says nothing yet.
    public init() {}

    /// Whether it says nothing.
    public var isEmpty: Bool { values.isEmpty && headcount.isEmpty }
}

extension RegisterEdit.Column {
    /// What stands in the column, as the record keeps it.
    func value(_ typed: String, today: Day) throws(InputError) -> FieldValue {
        guard let field = KindDefinition.unit[path] else { return .null }
        if typed.allSatisfy(\.isWhitespace) {
            guard self != .name else { throw .tooShort(field.label, min: 1) }
            return .null
        }
        switch self {
        case .validFrom, .validTo:
            guard let day = Day(typed) else { throw .malformed(field.label, example: "2026-03-20") }
            return .text(day.description)
        case .replacedBy:
            guard let code = UnitCode(typed.uppercased()) else {
                throw .malformed(field.label, example: "OMS-SB-04")
            }
            return .text(code.description)
        case .firstUnit:
            return .flag(try Self.flag(typed, field.label))
        case .name, .board, .administration, .serviceArea, .manager, .externalKey:
            guard case .text(_, let max) = field.content else { return .null }
            let line = try Entered.line(typed, of: field.label, max: max)
            try Entered.refusePersonalNumber(line, label: field.label, today: today)
            return .text(line)
        }
    }

    var path: FieldPath { FieldPath(stringLiteral: rawValue) }

    private static func flag(_ typed: String, _ label: Phrase) throws(InputError) -> Bool {
        switch typed.lowercased() {
        case "ja", "yes", "1", "true", "x": return true
        case "nej", "no", "0", "false": return false
        default: throw .unknownChoice(label, choices: Phrase("ja, nej", "yes, no"))
        }
    }
}
