import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

extension IdeaCommand {
    struct Join: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Låt en idé leva vidare i en annan. Båda som lämnade får samma svar.",
                "Let an idea live on in another. Both who handed in get the same answer.",
                example: "sluss idea join BUN-FS-11-26-0008 --into BUN-GR-03-26-0006", name: "join")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String

        @Option(
            help: ArgumentHelp(
                say("Idén som den lever vidare i.", "The idea that it lives on in."),
                valueName: "id"))
        var into: String

        @Option(help: ArgumentHelp(say("Varför.", "Why."), valueName: "text"))
        var text: String?

        @Flag(help: ArgumentHelp(say("Fast den inte följer.", "Though it does not follow.")))
        var force = false

        func perform() throws -> Answer {
            var status = StatusEntry(.joined, text: text)
            status.target = into
            status.isForced = force
            var edit = OpenUnit.IdeaEdit()
            edit.status = status
            let unit = try common.writing("idea join")
            return Answer.saved(try unit.edit(id, edit, by: try options.person(at: unit)))
        }
    }

    struct Split: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Sära en idé som lever vidare i en annan: den bereds för sig igen.",
                "Split an idea that lives on in another: it is under review by itself again.",
                example: "sluss idea split BUN-FS-11-26-0008 --owner innovationsledare",
                name: "split")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String

        @Option(
            help: ArgumentHelp(
                say("Vem har den nu: en roll.", "Who has it: a role."), valueName: "role")
        )
        var owner: String

        func perform() throws -> Answer {
            let unit = try common.writing("idea split")
            var edit = OpenUnit.IdeaEdit()
            var status = StatusEntry(.underReview)
            status.owner = owner
            edit.status = status
            return Answer.saved(try unit.edit(id, edit, by: try options.person(at: unit)))
        }
    }

    struct Similar: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Visa idéer som liknar en, och vilka ord de delar.",
                "Show ideas that are like one, and which words they share.",
                example: "sluss idea similar BUN-FS-11-26-0008", name: "similar")
        }

        @OptionGroup var common: CommonOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String

        func perform() throws -> Answer {
            let found = try common.reading().similar(to: id)
            let lines = found.map { idea, match in
                "\(idea.number ?? "–")  \(Int((match.score * 100).rounded())) %  "
                    + DisplayText.line(idea.title ?? "–") + "  ("
                    + match.shared.prefix(6).map(DisplayText.line).joined(separator: ", ") + ")\n"
            }
            return Answer(
                text: lines.isEmpty
                    ? say("Ingen idé liknar den.\n", "No idea is like it.\n") : lines.joined(),
                json: found.map {
                    SimilarJSON(
                        id: $0.match.record.description, number: $0.idea.number,
                        score: $0.match.score, shared: $0.match.shared)
                })
        }
    }
}

private struct SimilarJSON: Encodable {
    let id: String
    @OrNull var number: String?
    let score: Double
    let shared: [String]
}
