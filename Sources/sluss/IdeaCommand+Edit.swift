import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

extension IdeaCommand {
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

        @OptionGroup var parts: StatusOptions

        @Flag(
            help: ArgumentHelp(
                say(
                    "Nästa lediga nummer, när två har samma.",
                    "The next free number, when two have the same.")))
        var newNumber = false

        func perform() throws -> Answer {
            var edit = OpenUnit.IdeaEdit()
            edit.wantsNewNumber = newNumber
            edit.problem = problem
            edit.solution = solution
            edit.title = title
            edit.effect = effect
            edit.status = try status.map { try parts.entry($0) }
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
                example:
                    "sluss idea status OMS-HT-02-26-0003 vilar --text \"ny skolplattform\" --until 2026-08-10",
                name: "status")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String

        @Argument(help: ArgumentHelp(IdeaStatus.names(Speech.language), valueName: "status"))
        var status: String

        @OptionGroup var parts: StatusOptions

        func perform() throws -> Answer {
            var edit = OpenUnit.IdeaEdit()
            edit.status = try parts.entry(status)
            let unit = try common.writing("idea status")
            return Answer.saved(try unit.edit(id, edit, by: try options.person(at: unit)))
        }
    }
}

extension Answer {
    static func saved(_ idea: Idea) -> Answer {
        let mark = idea.state.audience == .local ? say(" (utkast)", " (draft)") : ""
        return Answer(
            text: say(
                "[KLAR] Sparat: \(idea.number ?? "")\(mark), \(idea.statusText).\n",
                "[DONE] Saved: \(idea.number ?? "")\(mark), \(idea.statusText).\n"),
            json: IdeaJSON(idea))
    }
}
