import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct BlockCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Spärra: ingen ser posternas text förrän spärren hävs. Bara i centralens lager.",
            "Block: nobody sees the records' texts until they are released. Only in the central's store.",
            example: "sluss block OMS-SB-04-26-0007 --decision \"OMN 2026-17\"",
            more: Phrase(
                "Texten finns kvar och kan visas igen: --release. Hos enheterna försvinner den när de läser in nästa paket. Registratorn ser den med ”sluss idea show ID --show-blocked”.",
                "The text is still there and can be shown again: --release. At the units it goes when they merge the next bundle. The registrar sees it with “sluss idea show ID --show-blocked”."
            ), name: "block")
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: PersonOptions

    @Argument(
        help: ArgumentHelp(
            say("Nummer eller id, ett eller flera.", "Number or id, one or several."),
            valueName: "id"))
    var references: [String]

    @Option(
        help: ArgumentHelp(
            say("Beslutets nummer.", "The number of the decision."), valueName: "number"))
    var decision: String?

    @Flag(help: ArgumentHelp(say("Häv spärren.", "Release.")))
    var release = false

    func validate() throws {
        guard !references.isEmpty, release == (decision == nil), decision != "" else {
            throw ValidationError(
                say(
                    "Ange poster, och beslutets nummer (--decision) eller --release.",
                    "Give records, and the number of the decision (--decision) or --release."))
        }
    }

    struct Done: Encodable {
        let records: Int
        let blocked: Bool
    }

    func perform() throws -> Answer {
        let unit = try common.writing("block")
        let person = try options.person(at: unit)
        if let decision {
            try unit.block(references, decision: decision, by: person)
        } else {
            try unit.release(references, by: person)
        }
        let records = count(
            references.count, Phrase("post", "record"), Phrase("poster", "records"))
        let text =
            release
            ? say(
                "[KLAR] Spärren är hävd för \(records). Skicka ut till enheterna.\n",
                "[DONE] Released: \(records). Export to the units.\n")
            : say(
                "[KLAR] Spärrat: \(records). Texten syns inte här. Skicka ut till enheterna genast: hos dem syns den tills de läser in paketet.\n",
                "[DONE] Blocked: \(records). The text is not shown here. Export to the units at once: there it is shown until they merge the bundle.\n"
            )
        return Answer(text: text, json: Done(records: references.count, blocked: !release))
    }
}

/// What the registrar alone sees.
struct BlockedOptions: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            say(
                "Visa också det som är spärrat. Bara i centralens lager.",
                "Show what is blocked, too. Only in the central's store.")))
    var showBlocked = false
}

extension RecordState {
    /// By whose decision the record is blocked, in a line for each; nothing if it is not.
    var blockLines: String {
        blocks.map { block in
            say("Spärrad: beslut ", "Blocked: decision ") + DisplayText.line(block.decision) + ", "
                + DisplayText.line(block.day) + ", " + block.role.phrase.said + "\n"
        }.joined()
    }
}
