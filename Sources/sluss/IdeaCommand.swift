import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct IdeaCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        help(
            "Lämna, läsa och ändra idéer.", "Hand in, read and change ideas.",
            example: "sluss idea list",
            subcommands: [
                Add.self, List.self, Show.self, Edit.self, Support.self, Status.self,
                AnswerCommand.self,
            ], name: "idea")
    }

    struct List: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Visa idéerna här.", "Show the ideas here.",
                example: "sluss idea list --status inkommen --format csv", name: "list")
        }

        @OptionGroup var common: CommonOptions

        @Option(help: ArgumentHelp(say("Bara denna enhet.", "Only this unit."), valueName: "code"))
        var unit: String?

        @Option(
            help: ArgumentHelp(say("Bara denna status.", "Only this status."), valueName: "word"))
        var status: String?

        @Option(help: ArgumentHelp("table, csv, json", valueName: "format"))
        var format: String = "table"

        func perform() throws -> Answer {
            guard let format = ListFormat(rawValue: format) else {
                throw InputError.unknownChoice(
                    Phrase("format", "format"),
                    choices: Phrase("table, csv, json", "table, csv, json"))
            }
            let status: IdeaStatus? = try status.map { try choice($0, Phrase("status", "status")) }
            let ideas = try common.reading().ideas(unit: unit?.uppercased(), status: status)
            let rows = ideas.map(IdeaJSON.init)
            switch format {
            case .json: return Answer(text: try Self.encoded(rows), json: rows)
            case .csv: return Answer(text: Self.csv(ideas).csv, json: rows)
            case .table: return Answer(text: Self.table(ideas), json: rows)
            }
        }

        private static func table(_ ideas: [Idea]) -> String {
            guard !ideas.isEmpty else { return say("Inga idéer här än.\n", "No ideas here yet.\n") }
            var table = Table(headings: [
                say("NUMMER", "NUMBER"), say("DATUM", "DATE"), "STATUS", say("STÖD", "SUPPORT"),
                say("RUBRIK", "HEADING"),
            ])
            table.rows = ideas.map { idea in
                [
                    idea.number ?? "–", idea.day ?? "–", idea.statusText, String(idea.support),
                    idea.title ?? "–",
                ]
            }
            return table.text
        }

        private static func csv(_ ideas: [Idea]) -> Table {
            var table = Table(headings: [
                "number", "unit", "day", "status", "title", "problem", "solution", "categories",
                "support", "conflicts",
            ])
            table.rows = ideas.map { idea in
                [
                    idea.number ?? "", idea.unit ?? "", idea.day ?? "",
                    idea.state.conflicts.contains { $0.path == "status" } ? "" : idea.status ?? "",
                    idea.title ?? "", idea.problem ?? "", idea.solution ?? "",
                    idea.categories.joined(separator: "|"), String(idea.support),
                    idea.state.conflicts.map(\.path.description).joined(separator: "|"),
                ]
            }
            return table
        }
    }

    struct Show: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Visa en idé.", "Show an idea.", example: "sluss idea show OMS-SB-04-26-0007",
                name: "show")
        }

        @OptionGroup var common: CommonOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String

        func perform() throws -> Answer {
            let idea = try common.reading().idea(id)
            return Answer(text: idea.page, json: IdeaJSON(idea))
        }
    }
}
