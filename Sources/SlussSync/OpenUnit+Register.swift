import SlussBundle
public import SlussCore
public import SlussDomain
import SlussStore

extension OpenUnit {
    /// The years that a headcount can be of.
    private static let years = 1900...9999
    /// The most that can work at one unit.
    private static let headcountMax = 99_999

    /// The units register, as far as it has come here.
    public func register() throws -> UnitRegister {
        try store.read { try register($0) }
    }

    func register(_ transaction: StoreTransaction) throws -> UnitRegister {
        var rows: [RegisterRow] = []
        try transaction.forEachRecord(RecordFilter(kind: KindDefinition.unit.name.string)) {
            if let row = RegisterRow($0.state) { rows.append(row) }
        }
        return UnitRegister(rows)
    }

    /// Writes in a unit's row, or makes it; only the central does.
    ///
    /// - Returns: The row as it stands, and whether anything was written.
    @discardableResult
    public func setRegister(
        _ code: UnitCode, _ edit: RegisterEdit
    ) throws -> (row: RegisterRow, isChanged: Bool) {
        guard isCentral else { throw InputError.onlyCentral }
        guard !edit.isEmpty else { throw InputError.nothingToChange }
        return try write { transaction in
            var ledger = try ledger(transaction)
            return try setRegister(code, edit, &ledger)
        }
    }

    @discardableResult
    func setRegister(
        _ code: UnitCode, _ edit: RegisterEdit, _ ledger: inout Ledger
    ) throws -> (row: RegisterRow, isChanged: Bool) {
        let record = Self.registerRecord(code)
        let old = try ledger.transaction.recordNo(record, .shared)
            .map { try ledger.transaction.record(no: $0).state }
        let row = old.flatMap { RegisterRow($0) }
        if row == nil, edit.values[.name] == nil {
            throw InputError.tooShort(Phrase("namn", "name"), min: 1)
        }
        let changes = try registerChanges(code, edit, old)
        if let row, changes.isEmpty { return (row, false) }
        let kept = try enter(
            &ledger, record: record, kind: KindDefinition.unit.name, audience: .shared,
            body: body(of: Person(role: usualRole), changes))
        guard let written = RegisterRow(kept.state) else {
            throw InputError.noSuchRecord(code.description)
        }
        return (written, true)
    }

    private func registerChanges(
        _ code: UnitCode, _ edit: RegisterEdit, _ old: RecordState?
    ) throws -> [Write.FieldChange] {
        var changes: [Write.FieldChange] = []
        if old?.text("code") == nil {
            changes.append(.init("code", .fix(.text(code.description))))
        }
        var values: [(FieldPath, FieldValue)] = []
        for column in RegisterEdit.Column.allCases {
            guard let typed = edit.values[column] else { continue }
            values.append((column.path, try column.value(typed, today: today)))
        }
        for (year, count) in edit.headcount.sorted(by: { $0.key < $1.key }) {
            guard Self.years.contains(year), (0...Self.headcountMax).contains(count),
                let path = FieldPath("headcount.\(year)")
            else {
                throw InputError.malformed(
                    Phrase("antal medarbetare", "the headcount"), example: "2026=58")
            }
            values.append((path, .integer(Int64(count))))
        }
        for (path, value) in values {
            let siblings = old?.siblings(path) ?? []
            // Several that stand are settled by writing one of them.
            if siblings.count == 1, siblings[0].value == value { continue }
            if siblings.isEmpty, value == .null { continue }
            changes.append(.init(path, .set(value)))
        }
        return changes
    }

    /// The record of a unit's row: drawn from the code, so that two centrals that enter the same
    /// unit write in one row.
    private static func registerRecord(_ code: UnitCode) -> RecordID {
        let bytes = Digest.sha256(Array("sluss unit \(code)".utf8)).bytes.prefix(16)
        guard let record = RecordID(bytes: Array(bytes)) else {
            preconditionFailure("a digest has sixteen bytes")
        }
        return record
    }

    /// The border between boards that a bundle for a receiver goes over, if the register knows one.
    func border(to receiver: Receiver, in transaction: StoreTransaction) throws -> BoardBorder? {
        let register = try register(transaction)
        let other: UnitCode? =
            switch receiver {
            case .unit(let code): code
            case .central: try centrals(transaction).first
            }
        guard let other else { return nil }
        return BoardBorder(
            from: register.board(of: unit, on: today), to: register.board(of: other, on: today))
    }

    /// The codes of the centrals that this store knows.
    func centrals(_ transaction: StoreTransaction) throws -> [UnitCode] {
        if isCentral { return [unit] }
        return try Authority(transaction).devices(of: nil).map(\.unit).sorted()
    }
}
