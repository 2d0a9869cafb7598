import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct ImportCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Läs in en lista som ni har: CSV med rubrikrad, eller ett JSON-objekt per rad.",
            "Read in a list that you have: CSV with a heading row, or one JSON object a line.",
            example: "sluss import gamla-listan.csv --kind idea",
            more: Phrase(
                "Rubriker: nummer; datum; problem; lösning; rubrik; kategori; status; inlämnare; namn; stöd. För anteckningar: datum; tid; närvarande; status; punkter. För enhetsregistret: kod; namn; nämnd; förvaltning; verksamhet; chef; antal medarbetare 2026; giltig från; giltig till; ersatt av; förstaenhet; extern nyckel. Rader som inte går att läsa in räknas upp; de andra läses in.",
                "Headings: number, day, problem, solution, title, categories, status, submitter, name, support. For meetings: day, time, present, status, items. For the units register: code, name, board, administration, service area, manager, headcount 2026, valid from, valid to, replaced by, first unit, external key. Rows that cannot be taken are listed; the others are."
            ), name: "import")
    }

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("idea, meeting, unit", valueName: "kind"))
    var kind: String = "idea"

    @Argument(help: ArgumentHelp(say("Filen.", "The file."), valueName: "file"))
    var file: String

    struct Refused: Encodable {
        let line: Int
        let code: String
        let message: String
    }

    struct Report: Encodable {
        let imported: Int
        let refused: [Refused]
        let unreadColumns: [String]
    }

    func perform() throws -> Answer {
        guard let kind = ImportKind(rawValue: kind) else {
            throw InputError.unknownChoice(
                Phrase("slag", "kind"),
                choices: Phrase("idea, meeting, unit", "idea, meeting, unit"))
        }
        let report = try common.writing("import").importList(file, kind: kind)
        let refused = report.refused.map { row in
            Refused(
                line: row.line, code: Explanation(of: row.reason).code,
                message: Explanation.reason(row.reason).said)
        }
        let rows = count(report.imported, Phrase("rad", "row"), Phrase("rader", "rows"))
        var text = say(
            "[KLAR] \(rows) inlästa, \(refused.count) inte.\n",
            "[DONE] \(rows) read in, \(refused.count) not.\n")
        if !report.unreadColumns.isEmpty {
            let list = report.unreadColumns.map(DisplayText.line).joined(separator: ", ")
            text += say(
                "  Kolumner som inte lästes: \(list)\n", "  Columns that were not read: \(list)\n")
        }
        for row in refused {
            text += say("  rad \(row.line): ", "  line \(row.line): ") + row.message + "\n"
        }
        let status: ExitStatus =
            refused.isEmpty ? .done : report.imported == 0 ? .badInput : .look
        return Answer(
            text: text,
            json: Report(
                imported: report.imported, refused: refused,
                unreadColumns: report.unreadColumns), status: status)
    }
}
