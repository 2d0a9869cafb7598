public import SlussCore

/// A row of the units register.
public struct RegisterRow: Hashable, Sendable {
    /// The code; never reused.
    public var code: UnitCode
    /// The name.
    public var name: String
    /// The first day.
    public var validFrom: Day?
    /// The last day; `nil` as long as the unit is there.
    public var validTo: Day?
    /// The unit that went on instead.
    public var replacedBy: UnitCode?
    /// The political board, an authority of its own (*nämnd*).
    public var board: String?
    /// The administration (*förvaltning*).
    public var administration: String?
    /// The service area (*verksamhet*).
    public var serviceArea: String?
    /// The manager's role.
    public var manager: String?
    /// How many work there, by year.
    public var headcount: [Int: Int] = [:]
    /// Whether it was among the first units.
    public var isFirstUnit = false
    /// The key in another system.
    public var externalKey: String?

    /// A row with a code and a name.
    public init(code: UnitCode, name: String) {
        self.code = code
        self.name = name
    }

    /// Reads a row; `nil` if the record is another kind, not shared, or has no code.
    public init?(_ state: RecordState) {
        guard state.kind == KindDefinition.unit.name, state.audience == .shared,
            let code = state.text("code").flatMap({ UnitCode($0) })
        else { return nil }
        func line(_ path: FieldPath) -> String? {
            state.text(path).flatMap { $0.isEmpty ? nil : $0 }
        }
        self.init(code: code, name: line("name") ?? code.description)
        validFrom = line("validFrom").flatMap { Day($0) }
        validTo = line("validTo").flatMap { Day($0) }
        replacedBy = line("replacedBy").flatMap { UnitCode($0) }
        board = line("board")
        administration = line("administration")
        serviceArea = line("serviceArea")
        manager = line("manager")
        isFirstUnit = state.value("firstUnit")?.asFlag ?? false
        externalKey = line("externalKey")
        for path in state.paths where path.parts.first == "headcount" && path.parts.count == 2 {
            guard let year = Int(path.parts[1]), let count = state.value(path)?.asInteger,
                (1900...9999).contains(year), (0...99_999).contains(count)
            else { continue }
            headcount[year] = Int(count)
        }
    }

    /// Whether the unit is there on a day.
    public func isValid(on day: Day) -> Bool {
        (validFrom.map { $0 <= day } ?? true) && (validTo.map { day <= $0 } ?? true)
    }

    /// How many work there in a year: as entered for it, or for the last year before that has one.
    public func headcount(year: Int) -> Int? {
        headcount.filter { $0.key <= year }.max { $0.key < $1.key }?.value
    }
}
