import Foundation
import SlussCore
import SlussDomain
import SlussStore

/// What came of reading a list in.
public struct ImportReport: Sendable {
    /// A row that was not taken.
    public struct RefusedRow: Sendable {
        /// The line of the file that it starts on.
        public let line: Int
        /// Why.
        public let reason: InputError
    }

    /// How many rows became records.
    public var imported = 0
    /// The rows that did not.
    public var refused: [RefusedRow] = []
    /// Headings of columns that Sluss does not know and has not read.
    public var unreadColumns: [String] = []
}

/// What a list holds.
public enum ImportKind: String, Sendable, CaseIterable {
    case idea
    case meeting
    case unit
}

extension OpenUnit {
    /// Reads a user's own list in: CSV with a heading row, or one JSON object a line.
    ///
    /// Rows that can be taken are, in one transaction; the others are listed with their lines and
    /// what is wrong with them.
    public func importList(_ path: String, kind: ImportKind) throws -> ImportReport {
        guard kind != .unit || isCentral else { throw InputError.onlyCentral }
        let list = try ListRows.read(path, kind: kind)
        return try write { transaction in
            var ledger = try ledger(transaction)
            var report = ImportReport()
            report.unreadColumns = list.unreadColumns
            var known = try knownTexts(kind, in: transaction)
            for row in list.rows {
                do {
                    let values = try row.values.get()
                    try transaction.attempt {
                        var attempt = ledger
                        switch kind {
                        case .idea: try importIdea(values, known: &known, &attempt)
                        case .meeting: try importMeeting(values, known: &known, &attempt)
                        case .unit: try importUnit(values, &attempt)
                        }
                        ledger = attempt
                    }
                    report.imported += 1
                } catch let reason as InputError {
                    report.refused.append(.init(line: row.line, reason: reason))
                }
            }
            return report
        }
    }

    /// What is here already, so that the same list read in twice does no harm.
    private func knownTexts(_ kind: ImportKind, in transaction: StoreTransaction) throws
        -> Set<Text>
    {
        var known: Set<Text> = []
        try transaction.forEachRecord(RecordFilter(kind: kind.rawValue)) { record in
            let day = record.state.text("day") ?? ""
            let text =
                record.state.text("problem")
                ?? Meeting(record.state)?.items.first?.texts.first ?? ""
            known.insert(Text("\(day) \(text)"))
        }
        return known
    }

    private func importIdea(
        _ values: [String: String], known: inout Set<Text>, _ ledger: inout Ledger
    ) throws {
        var entry = IdeaEntry(problem: values["problem"] ?? "")
        entry.wantsReceipt = false
        entry.solution = values["solution"]
        entry.title = values["title"]
        entry.day = try values["day"].map(Self.day)
        entry.number = try values["number"].map { text in
            guard let number = IdeaNumber(text) else {
                throw InputError.malformed(
                    Phrase("idé-numret", "the idea number"), example: "\(unit)-26-0001")
            }
            return number
        }
        entry.status =
            try values["status"].map { try Self.choice($0, Phrase("status", "status")) }
            ?? .submitted
        entry.categories = try Self.words(values["categories"]).map {
            try Self.choice($0, Phrase("kategori", "category"))
        }
        entry.submitter =
            try values["submitter"].map { try Self.choice($0, Phrase("inlämnare", "submitter")) }
            ?? (values["name"] == nil ? .group : .name)
        if entry.submitter == .name {
            guard let name = values["name"] else {
                throw InputError.tooShort(Phrase("namn", "name"), min: 1)
            }
            entry.name = name
        }
        if let support = values["support"] {
            guard let number = Int64(support), (0...Change.plusMax).contains(number) else {
                throw InputError.malformed(Phrase("stödet", "the support"), example: "3")
            }
            entry.support = number
        }
        let clean = SearchText.normalised(entry.problem)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let text = Text("\(entry.day ?? today) \(clean)")
        guard !known.contains(text) else {
            throw InputError.numberTaken(entry.number?.description ?? "\(entry.day ?? today)")
        }
        for (path, text) in [("problem", entry.problem), ("solution", entry.solution ?? "")] {
            guard let field = KindDefinition.idea[FieldPath(stringLiteral: path)] else { continue }
            try Entered.refusePersonalNumber(text, label: field.label, today: today)
        }
        _ = try add(entry, to: &ledger)
        known.insert(text)
    }

    private func importMeeting(
        _ values: [String: String], known: inout Set<Text>, _ ledger: inout Ledger
    ) throws {
        var entry = MeetingEntry()
        guard let day = values["day"] else {
            throw InputError.malformed(Phrase("datum", "the day"), example: "2026-02-11")
        }
        entry.day = try Self.day(day)
        entry.time = values["time"]
        entry.status = try values["status"].map { try Self.choice($0, Phrase("status", "status")) }
        entry.present = try (values["present"] ?? "").split(separator: "+").map {
            guard let count = Int64($0.trimmingCharacters(in: .whitespaces)) else {
                throw InputError.malformed(Phrase("närvarande", "present"), example: "9+6")
            }
            return count
        }
        entry.items = try (values["items"] ?? "").split(separator: "\n").map {
            try NoteLine(typed: String($0))
        }
        guard let first = entry.items.min(by: { $0.item < $1.item }) else {
            throw InputError.tooShort(Phrase("punkter", "items"), min: 1)
        }
        let text = Text("\(day) \(SearchText.normalised(first.text))")
        guard !known.contains(text) else { throw InputError.numberTaken(day) }
        _ = try add(entry, by: Person(role: usualRole), to: &ledger)
        known.insert(text)
    }

    /// A row of the units register; one that is there already is brought up to date.
    private func importUnit(_ values: [String: String], _ ledger: inout Ledger) throws {
        guard let code = UnitCode((values["code"] ?? "").uppercased()) else {
            throw InputError.malformed(
                Phrase("enhetskoden", "the unit code"), example: "OMS-SB-04")
        }
        var edit = RegisterEdit()
        for column in RegisterEdit.Column.allCases {
            edit.values[column] = values[column.rawValue]
        }
        for (name, text) in values where name.hasPrefix(ListRows.headcount) {
            let year = Int(name.dropFirst(ListRows.headcount.count)) ?? today.date.year
            guard let count = Int(text) else {
                throw InputError.malformed(
                    Phrase("antal medarbetare", "the headcount"), example: "58")
            }
            edit.headcount[year] = count
        }
        try setRegister(code, edit, &ledger)
    }

    private static func day(_ text: String) throws -> Day {
        guard let day = Day(text) else {
            throw InputError.malformed(Phrase("datum", "the day"), example: "2026-03-20")
        }
        return day
    }

    private static func words(_ text: String?) -> [String] {
        (text ?? "").split { ",|·\n".contains($0) }
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    private static func choice<Choice: NamedChoice>(
        _ text: String, _ label: Phrase
    ) throws -> Choice {
        guard let choice = Choice(typed: text) else {
            throw InputError.unknownChoice(
                label, choices: Phrase(Choice.names(.swedish), Choice.names(.english)))
        }
        return choice
    }
}
