import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussReview
import SlussSync

struct SurveyCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        help(
            "Chefernas enkät om förmågan att förnya: formulär, svar, resultat. På centralen.",
            "The managers' survey of the capability to innovate: form, answers, result. At the central.",
            example: "sluss survey form --format html > enkat.html",
            more: Phrase(
                "Svaren samlas på chefsmöten, utan enhet och namn. De ligger på centralens dator, utanför databasen, och följer inte med i något paket och inte i säkerhetskopian.",
                "Answers are gathered at managers' meetings, without unit and name. They lie on the central's computer, outside the database, and go into no bundle and no backup."
            ),
            subcommands: [
                Form.self, Import.self, Close.self, Result.self, List.self, Discard.self,
            ], name: "survey")
    }

    /// The round.
    struct RoundOptions: ParsableArguments {
        @Option(
            help: ArgumentHelp(say("Omgången: ett år.", "The round: a year."), valueName: "year"))
        var round: Int
    }

    /// How the form is given.
    enum FormFormat: String, CaseIterable {
        case table
        case csv
        case html
        case answers
        case json
    }

    struct Form: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Skriv ut enkätens 24 påståenden, på båda språken.",
                "Print the survey's 24 sentences, in both languages.",
                example: "sluss survey form --format html > enkat.html",
                more: Phrase(
                    "html är en sida att skriva ut och fylla i; answers är rubrikraden för den lista som import läser: en rad per chef, 1–5 eller tomt.",
                    "html is a page to print and fill in; answers is the heading row of the list that import reads: one row for each manager, 1–5 or empty."
                ), name: "form")
        }

        @OptionGroup var common: CommonOptions

        @Option(
            help: ArgumentHelp(
                FormFormat.allCases.map(\.rawValue).joined(separator: ", "), valueName: "format"))
        var format: String = "table"

        func perform() throws -> Answer {
            guard let format = FormFormat(rawValue: format) else {
                let names = FormFormat.allCases.map(\.rawValue).joined(separator: ", ")
                throw InputError.unknownChoice(
                    Phrase("format", "format"), choices: Phrase(names, names))
            }
            let items = SurveyItem.all.map { SurveyItemJSON($0) }
            let text =
                switch format {
                case .table: SurveyItem.lines
                case .csv: SurveyItem.table.csv
                case .html: SurveyForm.html(Speech.language)
                case .answers: SurveyItem.answerTable.csv
                case .json: try Self.encoded(items)
                }
            return Answer(text: text, json: items)
        }
    }

    struct Import: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Läs in svar: en rad per chef, utan något som visar vem.",
                "Read answers in: a row for each manager, with nothing that tells who.",
                example: "sluss survey import chefsmote.csv --round 2026",
                more: Phrase(
                    "Kolumner: förvaltning, chefsnivå och A1 till I3. En lista med någon annan kolumn, eller ett enda fel, läses inte in. Chefsnivån sparas inte.",
                    "Columns: administration, level, and A1 to I3. A list with any other column, or one mistake, is not taken. The level is not kept."
                ), name: "import")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: RoundOptions

        @Argument(help: ArgumentHelp(say("Listan, CSV.", "The list, CSV."), valueName: "file"))
        var file: String

        private struct Imported: Encodable {
            let round: Int
            let new: Int
            let answers: Int
        }

        func perform() throws -> Answer {
            let unit = try common.writing("survey import")
            let (new, all) = try unit.importSurvey(file, year: options.round)
            return Answer(
                text: say(
                    "[KLAR] \(new) svar inlästa; omgången \(options.round) har \(all).\nRadera listan när du har sett att antalet stämmer.\n",
                    "[DONE] \(new) \(new == 1 ? "answer" : "answers") read in; the round \(options.round) has \(all).\nDelete the list once you have seen that the number is right.\n"
                ), json: Imported(round: options.round, new: new, answers: all))
        }
    }

    struct Close: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Stäng en omgång: inga fler svar, och resultatet kan visas.",
                "Close a round: no more answers, and the result can be shown.",
                example: "sluss survey close --round 2026 --invited 84", name: "close")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: RoundOptions

        @Option(
            help: ArgumentHelp(
                say("Hur många som tillfrågades.", "How many were asked."), valueName: "n"))
        var invited: Int?

        func perform() throws -> Answer {
            let unit = try common.writing("survey close")
            let round = try unit.closeSurvey(options.round, invited: invited)
            return Answer(
                text: say("[KLAR] Stängd. ", "[DONE] Closed. ") + round.line + "\n",
                json: SurveyRoundJSON(round))
        }
    }

    struct Result: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Visa resultatet av en stängd omgång.", "Show the result of a closed round.",
                example: "sluss survey result --round 2026",
                more: Phrase(
                    "Inget visas om färre än fem, inte heller det som då skulle kunna räknas ut. Svarsfördelning visas från tio svar.",
                    "Nothing is shown of fewer than five, nor what could be found from that. How answers are spread is shown from ten on."
                ), name: "result")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: RoundOptions

        @Option(help: ArgumentHelp("table, csv, json", valueName: "format"))
        var format: String = "table"

        @Flag(
            help: ArgumentHelp(
                say("Visa hur svaren fördelar sig.", "Show how the answers are spread.")))
        var distribution = false

        func perform() throws -> Answer {
            let format = try listFormat(format)
            let (now, before) = try common.reading().surveyResult(options.round)
            let json = SurveyResultJSON(now, since: before)
            switch format {
            case .json: return Answer(text: try Self.encoded(json), json: json)
            case .csv: return Answer(text: now.rows(since: before).csv, json: json)
            case .table:
                let spread = distribution ? now.distributionLines : ""
                return Answer(text: now.page(since: before) + spread, json: json)
            }
        }
    }

    struct List: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Visa omgångarna.", "Show the rounds.", example: "sluss survey list", name: "list")
        }

        @OptionGroup var common: CommonOptions

        func perform() throws -> Answer {
            let rounds = try common.reading().surveys()
            let none = say("Ingen enkät än.\n", "No survey yet.\n")
            return Answer(
                text: rounds.isEmpty ? none : rounds.map { $0.line + "\n" }.joined(),
                json: rounds.map { SurveyRoundJSON($0) })
        }
    }

    struct Discard: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Kasta en omgång med alla svar: en felaktig, eller en som ska gallras.",
                "Throw a round away with all its answers: a wrong one, or one that is to be disposed of.",
                example: "sluss survey discard --round 2026",
                more: Phrase(
                    "En stängd omgångs resultat försvinner med svaren; då behövs --closed. Kopior av filen på andra ställen tas inte bort.",
                    "A closed round's result goes with its answers; then --closed is needed. Copies of the file elsewhere are not removed."
                ), name: "discard")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: RoundOptions

        @Flag(
            help: ArgumentHelp(
                say("Även om den är stängd.", "Also if it is closed.")))
        var closed = false

        private struct Discarded: Encodable {
            let discarded: Int
        }

        func perform() throws -> Answer {
            let unit = try common.writing("survey discard")
            try unit.discardSurvey(options.round, isMeant: closed)
            return Answer(
                text: say(
                    "[KLAR] Omgången \(options.round) är borta, med alla svar.\n",
                    "[DONE] The round \(options.round) is gone, with all its answers.\n"),
                json: Discarded(discarded: options.round))
        }
    }
}
