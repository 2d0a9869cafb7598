import ArgumentParser
import SlussCore
import SlussDomain
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

    struct Add: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Lämna en idé.", "Hand in an idea.",
                example: """
                    sluss idea add --problem "Vagnen skramlar på natten" \
                    --solution "Mjuka hjul" --anonymous
                    """,
                more: Phrase(
                    "Skriv inget om enskilda. Du får ett nummer och en kod; koden visas bara nu.",
                    "Write nothing about individuals. You get a number and a code, shown only now."
                ), name: "add")
        }

        @OptionGroup var common: CommonOptions

        @Option(
            help: ArgumentHelp(say("Vad är problemet?", "What is the problem?"), valueName: "text"))
        var problem: String

        @Option(
            help: ArgumentHelp(say("Har du en idé?", "Do you have an idea?"), valueName: "text"))
        var solution: String?

        @Option(help: ArgumentHelp(say("Rubrik.", "Heading."), valueName: "text"))
        var title: String?

        @Option(
            help: ArgumentHelp(
                say("Mitt namn får synas.", "My name may be shown."), valueName: "name"))
        var author: String?

        @Flag(help: ArgumentHelp(say("Från oss i gruppen.", "From us in the group.")))
        var group = false

        @Flag(
            help: ArgumentHelp(
                say("Anonymt: inget om mig sparas.", "Anonymous: nothing about me is kept.")))
        var anonymous = false

        @Option(
            help: ArgumentHelp(
                say("Kategori; kan upprepas.", "Category; may be repeated."), valueName: "word"))
        var category: [String] = []

        @Option(
            help: ArgumentHelp(
                say("Vem har nytta; kan upprepas.", "Who benefits; may be repeated."),
                valueName: "word"))
        var benefit: [String] = []

        @Option(help: ArgumentHelp(say("Ursprung.", "Origin."), valueName: "word"))
        var origin: String?

        @Option(
            help: ArgumentHelp(
                say("Dagen på pappret, om inte i dag.", "The day on the paper form, if not today."),
                valueName: "yyyy-mm-dd"))
        var day: String?

        @Option(
            help: ArgumentHelp(
                say(
                    "Numret på pappret, om det finns ett.",
                    "The number on the paper form, if there is one."), valueName: "number"))
        var number: String?

        func validate() throws {
            if [author != nil, group, anonymous].count(where: { $0 }) > 1 {
                throw ValidationError(
                    say(
                        "Välj en: --author, --group eller --anonymous.",
                        "Choose one: --author, --group or --anonymous."))
            }
        }

        func perform() throws -> Answer {
            var entry = IdeaEntry(
                problem: problem,
                submitter: anonymous ? .anonymous : author != nil ? .name : .group)
            entry.solution = solution
            entry.title = title
            entry.name = author
            entry.categories = try category.map { try choice($0, Phrase("kategori", "category")) }
            entry.beneficiaries = try benefit.map {
                try choice($0, Phrase("vem har nytta", "who benefits"))
            }
            if let origin { entry.origin = try choice(origin, Phrase("ursprung", "origin")) }
            entry.day = try typedDay(day)
            entry.number = try number.map { text in
                guard let number = IdeaNumber(text.uppercased()) else {
                    throw InputError.malformed(
                        Phrase("idé-numret", "the idea number"), example: "OMS-SB-04-26-0001")
                }
                return number
            }
            let receipt = try common.writing("idea add").add(entry)
            return Answer(
                text: Self.text(receipt), json: ReceiptJSON(receipt),
                status: receipt.isStopped ? .look : .done)
        }

        private static func text(_ receipt: IdeaReceipt) -> String {
            if receipt.isStopped {
                return say(
                    """
                    [STOPPAD] Det står något som ser ut som ett personnummer. Sparat som utkast \
                    \(receipt.number), bara på den här datorn. Ta bort numret, så skickas idén:
                      sluss idea edit \(receipt.number) --problem "…"

                    """,
                    """
                    [STOPPED] There is something that looks like a personal identity number. Saved \
                    as draft \(receipt.number), on this computer only. Remove the number to send it:
                      sluss idea edit \(receipt.number) --problem "…"

                    """)
            }
            let code = receipt.code?.description ?? "–"
            return say(
                "[KLAR] Sparat. Nummer \(receipt.number). Din kod: \(code) (skriv upp). Svar senast \(receipt.answerBy).\n",
                "[DONE] Saved. Number \(receipt.number). Your code: \(code) (write it down). Answer by \(receipt.answerBy).\n"
            )
        }
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
                "support",
            ])
            table.rows = ideas.map { idea in
                [
                    idea.number ?? "", idea.unit ?? "", idea.day ?? "", idea.status ?? "",
                    idea.title ?? "", idea.problem ?? "", idea.solution ?? "",
                    idea.categories.joined(separator: "|"), String(idea.support),
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

    struct Edit: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Ändra en idé.", "Change an idea.",
                example: "sluss idea edit OMS-SB-04-26-0007 --solution \"Mjuka hjul på en vagn\"",
                name: "edit")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String

        @Option(help: ArgumentHelp(say("Problemet.", "The problem."), valueName: "text"))
        var problem: String?

        @Option(help: ArgumentHelp(say("Idén.", "The idea."), valueName: "text"))
        var solution: String?

        @Option(help: ArgumentHelp(say("Rubrik.", "Heading."), valueName: "text"))
        var title: String?

        @Option(help: ArgumentHelp(say("Effekten.", "The effect."), valueName: "text"))
        var effect: String?

        @Option(
            help: ArgumentHelp(say("Lägg till kategori.", "Add a category."), valueName: "word"))
        var category: [String] = []

        @Option(
            help: ArgumentHelp(say("Ta bort kategori.", "Remove a category."), valueName: "word"))
        var removeCategory: [String] = []

        @Option(
            help: ArgumentHelp(
                say("Lägg till vem som har nytta.", "Add who benefits."), valueName: "word"))
        var benefit: [String] = []

        @Option(help: ArgumentHelp(say("Status.", "Status."), valueName: "word"))
        var status: String?

        func perform() throws -> Answer {
            var edit = OpenUnit.IdeaEdit()
            edit.problem = problem
            edit.solution = solution
            edit.title = title
            edit.effect = effect
            edit.status = try status.map { try choice($0, Phrase("status", "status")) }
            edit.addedCategories = try category.map {
                try choice($0, Phrase("kategori", "category"))
            }
            edit.removedCategories = try removeCategory.map {
                try choice($0, Phrase("kategori", "category"))
            }
            edit.addedBeneficiaries = try benefit.map {
                try choice($0, Phrase("vem har nytta", "who benefits"))
            }
            let unit = try common.writing("idea edit")
            let idea = try unit.edit(id, edit, by: try options.person(at: unit))
            return Answer.saved(idea)
        }
    }

    struct Support: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Jag håller med.", "I agree.", example: "sluss idea support OMS-SB-04-26-0007",
                name: "support")
        }

        @OptionGroup var common: CommonOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String

        func perform() throws -> Answer {
            let idea = try common.writing("idea support").support(id)
            return Answer(
                text: say(
                    "[KLAR] \(idea.number ?? "") har nu stöd av \(idea.support).\n",
                    "[DONE] \(idea.number ?? "") now has the support of \(idea.support).\n"),
                json: IdeaJSON(idea))
        }
    }

    struct Status: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Sätt status på en idé.", "Set an idea's status.",
                example: "sluss idea status OMS-HT-02-26-0003 vilar --text \"ny skolplattform\"",
                name: "status")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String

        @Argument(help: ArgumentHelp(IdeaStatus.names(Speech.language), valueName: "status"))
        var status: String

        @Option(
            help: ArgumentHelp(
                say("Varför, eller till när.", "Why, or until when."), valueName: "text"))
        var text: String?

        func perform() throws -> Answer {
            var edit = OpenUnit.IdeaEdit()
            edit.status = try choice(status, Phrase("status", "status"))
            edit.statusText = text
            let unit = try common.writing("idea status")
            return Answer.saved(try unit.edit(id, edit, by: try options.person(at: unit)))
        }
    }

    struct AnswerCommand: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Svara den som lämnade idén.", "Answer whoever handed the idea in.",
                example: "sluss idea answer OMS-SB-04-26-0007 \"Bra – gör det!\"", name: "answer")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String

        @Argument(help: ArgumentHelp(say("Svaret.", "The answer."), valueName: "text"))
        var text: String

        func perform() throws -> Answer {
            var edit = OpenUnit.IdeaEdit()
            edit.answer = text
            let unit = try common.writing("idea answer")
            return Answer.saved(try unit.edit(id, edit, by: try options.person(at: unit)))
        }
    }
}

extension Answer {
    fileprivate static func saved(_ idea: Idea) -> Answer {
        let mark = idea.state.audience == .local ? say(" (utkast)", " (draft)") : ""
        return Answer(
            text: say(
                "[KLAR] Sparat: \(idea.number ?? "")\(mark), \(idea.statusText).\n",
                "[DONE] Saved: \(idea.number ?? "")\(mark), \(idea.statusText).\n"),
            json: IdeaJSON(idea))
    }
}
