import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussReview
import SlussSync

struct ReportCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Skriv en rapport som en webbsida: en fil, utan nät och skript, att läsa eller skriva ut.",
            "Write a report as a web page: one file, without network or script, to read or print.",
            example: "sluss report --audience coordinator --output mandag.html",
            more: Phrase(
                "För: coordinator (måndagen), leader (en förvaltning), unit (Svar till oss), management (halvåret). Inga namn på inlämnare. Filen är inte krypterad.",
                "For: coordinator (Monday), leader (an administration), unit (answers to us), management (the half-year). No submitter's name. The file is not encrypted."
            ), name: "report")
    }

    @OptionGroup var common: CommonOptions

    @Option(
        help: ArgumentHelp(
            say("För vem.", "For whom."), valueName: "coordinator|leader|unit|management"))
    var audience: String

    @Option(
        help: ArgumentHelp(
            say("Förvaltningen, som i registret.", "The administration, as in the register."),
            valueName: "name"))
    var administration: String?

    @Option(help: ArgumentHelp(say("Enhetskod.", "Unit code."), valueName: "code"))
    var unit: String?

    @Option(help: ArgumentHelp(say("Första dagen.", "The first day."), valueName: "day"))
    var from: String?

    @Option(help: ArgumentHelp(say("Sista dagen.", "The last day."), valueName: "day"))
    var to: String?

    @Option(help: ArgumentHelp(say("Filen, .html.", "The file, .html."), valueName: "file"))
    var output: String

    @Option(
        help: ArgumentHelp(
            say("Mapp för samma tabeller som CSV.", "A folder for the same tables as CSV."),
            valueName: "dir"))
    var csv: String?

    private struct Report: Encodable {
        let audience: String
        let file: String
        let csv: [String]
    }

    func perform() throws -> Answer {
        let audience: ReportAudience = try choice(audience, Phrase("mottagare", "audience"))
        let request = ReportRequest(
            audience, administration: administration, unit: try unit.map(typedUnit),
            from: try typedDay(from), to: try typedDay(to), language: Speech.language)
        guard output.lowercased().hasSuffix(".html") else {
            throw InputError.malformed(
                Phrase("filnamnet", "the file name"), example: "rapport.html")
        }
        let material = try common.reading().reportMaterial()
        let page: ReportPage
        do { page = try ReportPage(request, of: material) } catch {
            throw InputError(error, audience)
        }
        let tables = csv.map { folder in
            page.tables.map { (path: "\(folder)/\(audience.rawValue)-\($0.name).csv", table: $0) }
        }
        // Nothing is written if something else lies at one of the places.
        let pageFile = ReportFile(path: output, text: page.html, mark: ReportPage.generator)
        let files =
            [pageFile]
            + (tables ?? []).map { path, table in
                // Spreadsheets take it for UTF-8 if it begins so.
                let text = "\u{FEFF}" + table.csv
                let head = text.split(separator: "\r\n", maxSplits: 1).first.map(String.init)
                return ReportFile(path: path, text: text, mark: head ?? text)
            }
        try ReportFile.write(files)
        let paths = (tables ?? []).map(\.path)
        var text = say("[KLAR] Rapporten är skriven.\n", "[DONE] The report is written.\n")
        for path in [output] + paths { text += "       \(DisplayText.line(path))\n" }
        text += say(
            "OBS: filen är inte krypterad. Lägg den bara där rätt personer når den.\n",
            "NOTE: the file is not encrypted. Put it only where the right people reach it.\n")
        return Answer(
            text: text, json: Report(audience: audience.rawValue, file: output, csv: paths))
    }
}

extension InputError {
    fileprivate init(_ error: ReportError, _ audience: ReportAudience) {
        switch error {
        case .onlyCentral: self = .onlyCentral
        case .noSuchAdministration(let names):
            let list = names.isEmpty ? "–" : names.joined(separator: ", ")
            self = .unknownChoice(
                Phrase("förvaltning (--administration)", "administration (--administration)"),
                choices: Phrase(DisplayText.line(list), DisplayText.line(list)))
        case .noSuchUnit: self = .noReportUnit
        case .daysSwapped: self = .daysSwapped
        }
    }
}
