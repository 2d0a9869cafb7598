import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct RetentionCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Visa vilka poster vars tid är ute. Inget tas bort.",
            "Show the records whose time is over. Nothing is removed.",
            example: "sluss retention --csv > gallringsforslag.csv",
            more: Phrase(
                "Idéer som inte gick vidare: två år efter att de avslutades. APT-anteckningar: två år efter mötet. Utkast som bara ligger här: 30 dagar. Nämnden bestämmer; ”sluss dispose” gallrar efter ett beslut.",
                "Ideas not taken further: two years after they ended. Meeting notes: two years after the meeting. Drafts that lie here alone: 30 days. The board decides; “sluss dispose” disposes of them by a decision."
            ), name: "retention")
    }

    @OptionGroup var common: CommonOptions

    @Option(
        help: ArgumentHelp(
            say("Så många år i stället för två.", "So many years instead of two."),
            valueName: "n"))
    var years: Int = DisposalRule.years

    @Flag(help: ArgumentHelp(say("Som tabell för ett kalkylark.", "As a table for a spreadsheet.")))
    var csv = false

    struct Item: Encodable {
        let id: String
        let number: String
        @OrNull var unit: String?
        let rule: String
        let since: String
        let due: String
    }

    func validate() throws {
        guard DisposalRule.yearsRange.contains(years) else {
            throw ValidationError(
                say("--years är ett tal från 1 till 99.", "--years is a number from 1 to 99."))
        }
    }

    func perform() throws -> Answer {
        let proposals = try common.reading().disposalProposals(years: years)
        let items = proposals.map {
            Item(
                id: $0.record.description, number: $0.number, unit: $0.unit,
                rule: $0.rule.rawValue, since: $0.since.description, due: $0.due.description)
        }
        var table = Table(headings: [
            say("NUMMER", "NUMBER"), say("ENHET", "UNIT"), say("REGEL", "RULE"),
            say("RÄKNAT FRÅN", "COUNTED FROM"), say("TIDEN UTE", "TIME OVER"),
        ])
        table.rows = proposals.map {
            [
                $0.number, $0.unit ?? "", $0.rule.label.said, $0.since.description,
                $0.due.description,
            ]
        }
        if csv { return Answer(text: table.csv, json: items) }
        guard !proposals.isEmpty else {
            return Answer(
                text: say(
                    "Ingen post har legat längre än den ska.\n",
                    "No record has been kept longer than it is to be.\n"), json: items)
        }
        return Answer(
            text: table.text
                + say(
                    "Inget är borttaget. Efter beslut: sluss dispose NUMMER … --decision NR. Utkast bara listas.\n",
                    "Nothing was removed. After a decision: sluss dispose NUMBER … --decision NR. Drafts are only listed.\n"
                ), json: items)
    }
}
