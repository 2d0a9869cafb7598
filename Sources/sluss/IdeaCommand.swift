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
                AnswerCommand.self, Join.self, Split.self, Similar.self, Assess.self,
                Adopt.self, Adoptions.self, Helpful.self,
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

        @Option(
            help: ArgumentHelp(
                say(
                    "Bara de som har väntat så många dagar på ett svar som enheten kan se.",
                    "Only those that have waited so many days for an answer that the unit can see."),
                valueName: "days"))
        var waiting: Int?

        @Flag(
            help: ArgumentHelp(
                say(
                    "Bara vilande som ska väckas, tester som skulle vara slut och besked som skulle ha kommit.",
                    "Only resting ones to wake, tests that should have ended, words that should have come."
                )))
        var due = false

        @Option(help: ArgumentHelp("table, csv, json", valueName: "format"))
        var format: String = "table"

        func perform() throws -> Answer {
            guard let format = ListFormat(rawValue: format) else {
                throw InputError.unknownChoice(
                    Phrase("format", "format"),
                    choices: Phrase("table, csv, json", "table, csv, json"))
            }
            let status: IdeaStatus? = try status.map { try choice($0, Phrase("status", "status")) }
            let store = try common.reading()
            var ideas = try store.ideas(unit: unit?.uppercased(), status: status)
            if let waiting {
                let times = try store.answerTimes(ideas)
                ideas = ideas.filter { idea in
                    idea.isWaiting(days: waiting, today: common.day)
                        && !(times[idea.state.record] ?? []).contains { $0.visible != nil }
                }
            }
            if due { ideas = ideas.filter { $0.isDue(today: common.day) } }
            let rows = ideas.map { IdeaJSON($0) }
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
        @OptionGroup var blocked: BlockedOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String

        func perform() throws -> Answer {
            let unit = try common.reading()
            let idea = try unit.idea(id, showsBlocked: blocked.showBlocked)
            let times = try unit.answerTimes(idea)
            let unseen = times.count { $0.visible == nil }
            let note =
                unseen == 0
                ? ""
                : count(
                    unseen,
                    Phrase(
                        "svar har inte nått enheten än: skicka ut till den.",
                        "answer has not reached the unit yet: export to it."),
                    Phrase(
                        "svar har inte nått enheten än: skicka ut till den.",
                        "answers have not reached the unit yet: export to it.")) + "\n"
            // Which authority it belongs to: that of its unit's code, for ever.
            let board = try idea.unit.flatMap(UnitCode.init).flatMap {
                try unit.register()[$0]?.board
            }
            let owner =
                board.map { say("Nämnd: ", "Board: ") + DisplayText.line($0) + "\n" } ?? ""
            let adoptions = try idea.number.map { try unit.adoptions(of: $0) } ?? []
            let taken = adoptions.map { say("Prövas av ", "Taken up by ") + $0.line + "\n" }
            return Answer(
                text: idea.page + taken.joined() + owner + idea.state.blockLines
                    + idea.state.erasureLines + note,
                json: IdeaJSON(idea, times, board: board, adoptions: adoptions))
        }
    }
}
