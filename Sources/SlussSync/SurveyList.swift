import SlussCore
import SlussDomain

/// The answers of a spreadsheet: one row for each manager, and no column that could tell who.
enum SurveyList {
    /// What is said of the manager besides.
    private enum Column {
        case administration
        case level
        case item(Int)
    }

    /// The words for a column.
    private static let administrations: Set<String> = ["förvaltning", "administration"]
    private static let levels: Set<String> = ["chefsnivå", "level"]
    /// The words for "cannot judge", besides an empty field.
    private static let unjudged: Set<String> = ["-", "–", "?", "kan inte bedöma", "cannot judge"]

    /// Reads the rows; a list with anything wrong in it is refused as a whole.
    ///
    /// - Parameter register: The administrations there are; any name is taken if there are none.
    static func answers(
        _ bytes: [UInt8], administrations register: [String], today: Day
    ) throws -> [SurveyAnswers] {
        let table = try CSVReader.rows(bytes)
        guard let head = table.first else {
            throw unreadable(1, Phrase("filen är tom", "the file is empty"))
        }
        let columns = try head.fields.map(column)
        try refuseUneven(columns)
        return try table.dropFirst().compactMap { row in
            guard row.fields.count <= columns.count else {
                throw unreadable(
                    row.line,
                    Phrase(
                        "raden har fler fält än rubrikraden",
                        "the row has more fields than the heading row"))
            }
            return try answers(row, columns, register, today)
        }
    }

    private static func answers(
        _ row: CSVReader.Row, _ columns: [Column], _ register: [String], _ today: Day
    ) throws -> SurveyAnswers? {
        var administration = ""
        var values: [Int?] = SurveyItem.all.map { _ in nil }
        for (column, field) in zip(columns, row.fields) {
            let word = folded(field)
            switch column {
            case .administration:
                administration = try Self.administration(field, register, today)
            case .level:
                guard word.isEmpty || SurveyLevel(typed: word) != nil else {
                    throw InputError.unknownChoice(
                        Phrase("chefsnivå, rad \(row.line)", "level, line \(row.line)"),
                        choices: Phrase(SurveyLevel.names(.swedish), SurveyLevel.names(.english)))
                }
            case .item(let place):
                if word.isEmpty || unjudged.contains(word) { continue }
                guard let value = Int(word), SurveyItem.range.contains(value) else {
                    throw unreadable(
                        row.line,
                        Phrase(
                            "ett svar på \(SurveyItem.all[place].id) är inte 1–5 eller tomt",
                            "an answer to \(SurveyItem.all[place].id) is not 1–5 or empty"))
                }
                values[place] = value
            }
        }
        // Nobody has answered on a row where nothing is.
        guard values.contains(where: { $0 != nil }) else { return nil }
        return SurveyAnswers(administration: administration, values: values)
    }

    private static func administration(
        _ field: String, _ register: [String], _ today: Day
    ) throws -> String {
        guard !field.allSatisfy(\.isWhitespace) else { return "" }
        let label = Phrase("förvaltning", "administration")
        let name = try Entered.name(field, of: label, today: today)
        guard !register.isEmpty else { return name }
        guard let known = register.first(where: { UnitRegister.isSame($0, name) }) else {
            let list = DisplayText.line(register.joined(separator: ", "))
            throw InputError.unknownChoice(label, choices: Phrase(list, list))
        }
        return known
    }

    private static func column(_ heading: String) throws -> Column {
        let word = folded(heading)
        if administrations.contains(word) { return .administration }
        if levels.contains(word) { return .level }
        guard let place = SurveyItem.all.firstIndex(where: { $0.id.lowercased() == word }) else {
            throw FigureError.surveyColumn(heading)
        }
        return .item(place)
    }

    /// Each column once, and every item.
    private static func refuseUneven(_ columns: [Column]) throws {
        let places = columns.compactMap { if case .item(let place) = $0 { place } else { nil } }
        guard Set(places).count == places.count, columns.count - places.count <= 2 else {
            throw unreadable(
                1,
                Phrase("två kolumner har samma rubrik", "two columns have the same heading"))
        }
        if let missing = SurveyItem.all.indices.first(where: { !places.contains($0) }) {
            let id = SurveyItem.all[missing].id
            throw unreadable(
                1, Phrase("kolumnen \(id) saknas", "the column \(id) is missing"))
        }
    }

    private static func unreadable(_ line: Int, _ reason: Phrase) -> InputError {
        .unreadableList(String(line), reason: reason)
    }

    private static func folded(_ text: String) -> String {
        SearchText.normalised(text).lowercased().split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }
}
