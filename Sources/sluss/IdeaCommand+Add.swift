import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

extension IdeaCommand {
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
                say(
                    "APT-anteckningen som idén kom ur.",
                    "The meeting note that the idea came from."), valueName: "number"))
        var meeting: String?

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
            entry.meeting = meeting
            entry.day = try typedDay(day)
            entry.number = try number.map { text in
                guard let number = IdeaNumber(text.uppercased()) else {
                    throw InputError.malformed(
                        Phrase("idé-numret", "the idea number"), example: "OMS-SB-04-26-0001")
                }
                return number
            }
            let unit = try common.writing("idea add")
            let receipt = try unit.add(entry)
            let similar = try unit.hints(for: receipt)
            return Answer(
                text: Self.text(receipt) + Self.hint(similar, to: receipt),
                json: ReceiptJSON(receipt, similar: similar),
                status: receipt.isStopped ? .look : .done)
        }

        /// The ideas that are alike; nothing is asked.
        private static func hint(_ similar: [String], to receipt: IdeaReceipt) -> String {
            guard !similar.isEmpty else { return "" }
            let list = similar.map(DisplayText.line).joined(separator: ", ")
            return say(
                "Liknar: \(list). Se på vilka ord: sluss idea similar \(receipt.number)\n",
                "Like: \(list). See by which words: sluss idea similar \(receipt.number)\n")
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
            let doubt =
                receipt.isDoubtful
                ? say(
                    "[TITTA] Är det ett personnummer i texten? Ta i så fall bort det: sluss idea edit \(receipt.number)\n",
                    "[LOOK] Is there a personal identity number in the text? If so, remove it: sluss idea edit \(receipt.number)\n"
                ) : ""
            return doubt
                + say(
                    "[KLAR] Sparat. Nummer \(receipt.number). Din kod: \(code) (skriv upp). Svar senast \(receipt.answerBy).\n",
                    "[DONE] Saved. Number \(receipt.number). Your code: \(code) (write it down). Answer by \(receipt.answerBy).\n"
                )
        }
    }
}
