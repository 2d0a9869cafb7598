import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

extension IdeaCommand {
    struct Helpful: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Var svaret till hjälp? Säg ja, delvis eller nej när idén har fått ett slut.",
                "Was the answer of help? Say yes, partly or no once the idea has come to an end.",
                example: "sluss idea helpful OMS-SB-04-26-0007 ja",
                more: Phrase(
                    "På idéns enhet. Räknas en gång per idé; det senaste gäller. Samordnaren ser svaret, inte vem som gav det.",
                    "At the idea's unit. Counts once for each idea; the latest word is the one. The coordinator sees the word, not who said it."
                ), name: "helpful")
        }

        @OptionGroup var common: CommonOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String

        @Argument(
            help: ArgumentHelp(
                Helpfulness.names(Speech.language), valueName: say("ja|delvis|nej", "yes|partly|no")
            ))
        var word: String

        func perform() throws -> Answer {
            let word: Helpfulness = try choice(word, Phrase("svaret", "the word"))
            let idea = try common.writing("idea helpful").sayHelpful(id, word)
            return Answer(
                text: say("[KLAR] Tack. ", "[DONE] Thank you. ") + (idea.helpfulLine ?? "") + "\n",
                json: IdeaJSON(idea))
        }
    }
}

extension Idea {
    /// `Var svaret till hjälp: delvis`; `nil` if nobody has said.
    var helpfulLine: String? {
        let words = Helpfulness.allCases.filter(helpful.contains).map(\.phrase.said)
        guard !words.isEmpty else { return nil }
        return say("Var svaret till hjälp: ", "Was the answer of help: ")
            + words.joined(separator: say(" och ", " and "))
    }
}
