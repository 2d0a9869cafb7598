import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

extension IdeaCommand {
    struct AnswerCommand: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Svara den som lämnade idén, eller flera på en gång.",
                "Answer whoever handed the idea in, or several at once.",
                example: "sluss idea answer OMS-SB-04-26-0007 \"Bra – gör det!\"", name: "answer")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions

        @Argument(
            help: ArgumentHelp(
                say(
                    "Nummer eller id, ett eller flera, och sist svaret (utom med --template).",
                    "Number or id, one or several, and last the answer (not with --template)."),
                valueName: "id … text"))
        var words: [String]

        @Option(
            help: ArgumentHelp(
                say("En mall: ", "A template: ") + AnswerTemplate.names(Speech.language),
                valueName: "word"))
        var template: String?

        @Option(
            help: ArgumentHelp(say("Vem tar det vidare.", "Who takes it on."), valueName: "role"))
        var owner: String?

        @Option(
            help: ArgumentHelp(
                say(
                    "Nästa besked, eller när det tas upp igen.",
                    "The next word, or when it is back."),
                valueName: "day"))
        var until: String?

        @Option(help: ArgumentHelp(say("Varför.", "Why."), valueName: "text"))
        var because: String?

        @Option(
            help: ArgumentHelp(
                say("Vad man kan göra i stället.", "What can be done instead."), valueName: "text"))
        var advice: String?

        func validate() throws {
            if words.count < (template == nil ? 2 : 1) {
                throw ValidationError(
                    say("Ange en idé och svaret.", "Give an idea and the answer."))
            }
        }

        func perform() throws -> Answer {
            let ids = template == nil ? words.dropLast() : words[...]
            var edit = OpenUnit.IdeaEdit()
            edit.answer = try template.map(text(of:)) ?? words.last
            let unit = try common.writing("idea answer")
            let ideas = try unit.edit(Array(ids), edit, by: try options.person(at: unit))
            guard ideas.count == 1, let idea = ideas.first else {
                return Answer(
                    text: ideas.map { Answer.saved($0).text }.joined(),
                    json: ideas.map { IdeaJSON($0) })
            }
            return Answer.saved(idea)
        }

        private func text(of typed: String) throws -> String {
            let template: AnswerTemplate = try choice(typed, Phrase("mall", "template"))
            var parts = AnswerTemplate.Parts()
            parts.owner = owner
            parts.day = try typedDay(until)
            parts.reason = because
            parts.advice = advice
            guard let text = template.text(parts) else {
                let needs = template.required.map { "--\($0)" }.joined(separator: ", ")
                throw InputError.malformed(
                    Phrase("mallens delar", "the template's parts"), example: needs)
            }
            return text.said
        }
    }
}
