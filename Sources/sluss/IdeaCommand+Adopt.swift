import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

extension IdeaCommand {
    struct Adopt: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Pröva hos oss: säg hur långt enheten har kommit med en annan enhets idé.",
                "Adopt: say how far the unit has come with another unit's idea.",
                example:
                    "sluss idea adopt OMS-SB-04-26-0001 --status infört --change \"gröna brickor\"",
                more: Phrase(
                    "Skrivs på den enhet som prövar och går till centralen, inte till andra enheter. Centralen anger enhet med --unit.",
                    "Written at the unit that tries it; goes to the central and to no other unit. The central names the unit with --unit."
                ), name: "adopt")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions

        @Argument(
            help: ArgumentHelp(say("Idéns nummer.", "The idea's number."), valueName: "number"))
        var number: String

        @Option(
            help: ArgumentHelp(
                say("Läge: ", "Status: ") + AdoptionStatus.names(Speech.language),
                valueName: "word"))
        var status: String

        @Option(
            help: ArgumentHelp(
                say("Vad ni gör annorlunda; \"\" tar bort.", "What you do otherwise; \"\" clears."),
                valueName: "text"))
        var change: String?

        @Option(
            help: ArgumentHelp(
                say("Sedan vilken dag; annars i dag.", "Since which day; otherwise today."),
                valueName: "day"))
        var day: String?

        @Option(
            help: ArgumentHelp(
                say("På centralen: vilken enhet.", "At the central: which unit."),
                valueName: "code"))
        var unit: String?

        func perform() throws -> Answer {
            var entry = AdoptionEntry(try choice(status, Phrase("läge", "status")))
            entry.change = change
            entry.day = try typedDay(day)
            entry.unit = try unit.map(typedUnit)
            let store = try common.writing("idea adopt")
            let adoption = try store.adopt(number, entry, by: try options.person(at: store))
            return Answer(
                text: say("[KLAR] Sparat. ", "[DONE] Saved. ") + adoption.line + "\n",
                json: AdoptionJSON(adoption))
        }
    }

    struct Adoptions: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Visa vilka idéer enheter prövar efter andra.",
                "Show which ideas units have taken up from others.",
                example: "sluss idea adoptions --format csv", name: "adoptions")
        }

        @OptionGroup var common: CommonOptions

        @Option(help: ArgumentHelp("table, csv, json", valueName: "format"))
        var format: String = "table"

        func perform() throws -> Answer {
            let format = try listFormat(format)
            let adoptions = try common.reading().adoptions()
            let rows = adoptions.map { AdoptionJSON($0) }
            switch format {
            case .json: return Answer(text: try Self.encoded(rows), json: rows)
            case .csv: return Answer(text: Self.csv(adoptions).csv, json: rows)
            case .table:
                let none = say("Inget prövas än.\n", "Nothing is taken up yet.\n")
                return Answer(
                    text: adoptions.isEmpty ? none : Self.table(adoptions).text, json: rows)
            }
        }

        private static func table(_ adoptions: [Adoption]) -> Table {
            Table(
                headings: [
                    say("IDÉ", "IDEA"), say("ENHET", "UNIT"), say("LÄGE", "STATUS"),
                    say("SEDAN", "SINCE"), say("LOKAL ÄNDRING", "LOCAL CHANGE"),
                ],
                rows: adoptions.map {
                    [
                        $0.idea, $0.unit.description, $0.statusText, $0.day?.description ?? "–",
                        $0.change ?? "",
                    ]
                })
        }

        private static func csv(_ adoptions: [Adoption]) -> Table {
            Table(
                headings: ["idea", "unit", "status", "day", "change"],
                rows: adoptions.map {
                    [
                        $0.idea, $0.unit.description, $0.status ?? "", $0.day?.description ?? "",
                        $0.change ?? "",
                    ]
                })
        }
    }
}

/// Reads how a list is to be shown, or refuses with the ways there are.
func listFormat(_ typed: String) throws -> ListFormat {
    guard let format = ListFormat(rawValue: typed) else {
        let names = ListFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw InputError.unknownChoice(Phrase("format", "format"), choices: Phrase(names, names))
    }
    return format
}

/// An adoption in JSON.
struct AdoptionJSON: Encodable {
    let idea: String
    let unit: String
    @OrNull var status: String?
    @OrNull var day: String?
    @OrNull var change: String?

    init(_ adoption: Adoption) {
        idea = adoption.idea
        unit = adoption.unit.description
        status = adoption.status
        day = adoption.day?.description
        change = adoption.change
    }
}

extension Adoption {
    /// The status in words, or that people have said different things.
    var statusText: String {
        if isContradicted { return say("OLIKA BESKED", "CONFLICTING ANSWERS") }
        return status.map { AdoptionStatus(rawValue: $0)?.phrase.said ?? DisplayText.line($0) }
            ?? "–"
    }

    /// `OMS-HT-02: infört 2026-03-01 – gröna brickor`.
    var line: String {
        "\(unit): \(statusText)" + (day.map { " \($0)" } ?? "")
            + (change.map { " – " + DisplayText.indented($0) } ?? "")
    }
}
