import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussReview
import SlussSync

struct DiscloseCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Lämna ut: skriv en post som en webbsida, med maskning, och anteckna det. Bara i centralens lager.",
            "Disclose: write a record as a web page, with masking, and note it. Only in the central's store.",
            example:
                "sluss disclose OMS-SB-04-26-0007 --output utlamnad.html --mask problem --decision \"OMN 2026-18\"",
            more: Phrase(
                "Läs sidan innan du lämnar ut den: maskningen gäller de fält du anger. Posten själv ändras inte mer än att det antecknas. Filen är inte krypterad.",
                "Read the page before you hand it out: only the fields that you name are masked. The record itself is not changed, but for the note. The file is not encrypted."
            ), name: "disclose")
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: PersonOptions

    @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
    var id: String

    @Option(help: ArgumentHelp(say("Filen, .html.", "The file, .html."), valueName: "file"))
    var output: String

    @Option(
        help: ArgumentHelp(
            say("Fält som maskas, ett eller flera.", "Fields to mask, one or several."),
            valueName: "path"))
    var mask: [String] = []

    @Option(
        help: ArgumentHelp(
            say(
                "Till vem, om det ska antecknas.", "To whom, if that is to be noted."),
            valueName: "whom"))
    var to: String?

    @Option(
        help: ArgumentHelp(
            say("Beslutets nummer.", "The number of the decision."), valueName: "number"))
    var decision: String

    struct Done: Encodable {
        let file: String
        let masked: [String]
    }

    func perform() throws -> Answer {
        guard output.lowercased().hasSuffix(".html") else {
            throw InputError.malformed(
                Phrase("filnamnet", "the file name"), example: "utlamnad.html")
        }
        let unit = try common.writing("disclose")
        try unit.disclose(
            id, Disclosure.Order(decision: decision, whom: to, masked: mask),
            by: try options.person(at: unit), to: output, mark: ReportPage.generator
        ) { ReportPage($0, Speech.language).html }
        return Answer(
            text: say(
                "[KLAR] Sidan är skriven och antecknad i posten: \(DisplayText.line(output))\nLäs den innan du lämnar ut den. Filen är inte krypterad.\n",
                "[DONE] The page is written and noted in the record: \(DisplayText.line(output))\nRead it before you hand it out. The file is not encrypted.\n"
            ), json: Done(file: output, masked: mask))
    }
}
