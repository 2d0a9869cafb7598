import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

/// What both acts are told.
struct ErasureOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            say("Nummer eller id, ett eller flera.", "Number or id, one or several."),
            valueName: "id"))
    var references: [String]

    @Option(
        help: ArgumentHelp(
            say("Beslutets nummer.", "The number of the decision."), valueName: "number"))
    var decision: String

    @Flag(
        help: ArgumentHelp(
            say(
                "Visa vad som skulle hända, och ändra inget.",
                "Show what would happen, and change nothing.")))
    var dryRun = false

    func validate() throws {
        guard !references.isEmpty, !decision.isEmpty else {
            throw ValidationError(
                say(
                    "Ange poster och beslutets nummer.",
                    "Give records and the number of the decision."))
        }
    }

    /// Erases, and says what that means.
    func perform(_ act: ErasureAct, _ order: ErasureOrder, _ unit: OpenUnit, _ person: Person)
        throws -> Answer
    {
        let isEmpty = try unit.erase(references, order, by: person, isPlan: dryRun)
        let records = count(
            references.count, Phrase("post", "record"), Phrase("poster", "records"))
        let label = act.label.said
        var lines = [
            dryRun
                ? say(
                    "[FÖRHANDSVISNING] Skulle bli \(label): \(records). Inget har ändrats.",
                    "[PLAN] Would be \(label): \(records). Nothing was changed.")
                : say(
                    "[KLAR] Nu \(label): \(records). Texten är borta ur det här lagret och går inte att få tillbaka.",
                    "[DONE] Now \(label): \(records). The text is gone from this store and cannot be brought back."
                )
        ]
        if !dryRun {
            lines.append(
                say(
                    "Skicka ut till enheterna (sluss export --to all): hos dem går den när de läser in paketet. ”sluss erasures” visar vilka som har gjort det. Gamla paket och säkerhetskopior på stickor har den kvar: förstör dem när deras tid är ute.",
                    "Export to the units (sluss export --to all): theirs goes when they merge the bundle. “sluss erasures” shows which have. Old bundles and backups on sticks still hold it: destroy them when their time is over."
                ))
        }
        if !isEmpty {
            lines.append(
                say(
                    "[TITTA] Loggfilen bredvid lagret kunde inte tömmas: ett annat program läser lagret, eller disken sviker. Stäng programmet, och kör ”sluss erasures --empty”.",
                    "[LOOK] The log file beside the store could not be emptied: another program reads the store, or the disk fails. Close the program, and run “sluss erasures --empty”."
                ))
        }
        return Answer(
            text: lines.joined(separator: "\n") + "\n",
            json: ErasureDoneJSON(
                plan: dryRun, act: act.rawValue, records: references.count, emptied: isEmpty),
            status: isEmpty ? .done : .look)
    }

    typealias Person = OpenUnit.Person
}

/// The answer of an erasing in JSON.
struct ErasureDoneJSON: Encodable {
    let plan: Bool
    let act: String
    let records: Int
    let emptied: Bool
}

struct MaskCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Maskera: ta bort text ur en post för gott. Bara i centralens lager.",
            "Mask: remove text from a record for good. Only in the central's store.",
            example:
                "sluss mask OMS-SB-04-26-0007 --field problem --reason personalData --decision \"OMN 2026-17\"",
            more: Phrase(
                "Utan --field går allt innehåll; nummer, enhet, datum och status står kvar. Det som skrevs samtidigt på annat håll i samma fält går också. Slutstatus: 0 klart, 3 klart men någon måste titta, 65 det gick inte.",
                "Without --field all content goes; number, unit, day and status stay. What was written elsewhere in the same fields meanwhile goes, too. Exit status: 0 done, 3 done but a person must look, 65 it could not be done."
            ), name: "mask")
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: PersonOptions
    @OptionGroup var erasure: ErasureOptions

    @Option(
        help: ArgumentHelp(
            say(
                "Fält, ett eller flera: problem, solution, answer …",
                "Field, one or several: problem, solution, answer …"), valueName: "path"))
    var field: [String] = []

    @Option(
        help: ArgumentHelp(
            say("Varför: ", "Why: ") + "personalData, secrecy, mistake", valueName: "word"))
    var reason: String

    func perform() throws -> Answer {
        guard let why = ErasureReason(rawValue: reason), why != .retention else {
            let words = ErasureReason.allCases.filter { $0 != .retention }.map(\.rawValue)
                .joined(separator: ", ")
            throw InputError.unknownChoice(
                Phrase("skälet", "the reason"), choices: Phrase(words, words))
        }
        let unit = try common.writing("mask")
        let order = ErasureOrder(.mask, reason: why, decision: erasure.decision, fields: field)
        return try erasure.perform(.mask, order, unit, try options.person(at: unit))
    }
}

struct DisposeCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Gallra: ta bort allt innehåll i poster vars tid är ute. Bara i centralens lager.",
            "Dispose: remove all content of records whose time is over. Only in the central's store.",
            example: "sluss dispose OMS-SB-04-24-0003 OMS-SB-04-24-0009 --decision \"Plan 4.2\"",
            more: Phrase(
                "Nummer, enhet, datum och status står kvar. ”sluss erasures --csv” är gallringsprotokollet.",
                "Number, unit, day and status stay. “sluss erasures --csv” is the record of disposals."
            ), name: "dispose")
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: PersonOptions
    @OptionGroup var erasure: ErasureOptions

    func perform() throws -> Answer {
        let unit = try common.writing("dispose")
        let order = ErasureOrder(.dispose, reason: .retention, decision: erasure.decision)
        return try erasure.perform(.dispose, order, unit, try options.person(at: unit))
    }
}

struct ErasuresCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Visa vad som är maskat och gallrat, och vilka enheter som har gjort det.",
            "Show what has been masked and disposed of, and which units have done it.",
            example: "sluss erasures --csv > gallringsprotokoll.csv", name: "erasures")
    }

    @OptionGroup var common: CommonOptions

    @Flag(help: ArgumentHelp(say("Som tabell för ett kalkylark.", "As a table for a spreadsheet.")))
    var csv = false

    @Flag(
        help: ArgumentHelp(
            say(
                "Töm loggfilen bredvid lagret, om det inte gick sist.",
                "Empty the log file beside the store, if that failed last time.")))
    var empty = false

    func perform() throws -> Answer {
        if empty {
            let isEmpty = try common.writing("erasures").emptyWriteAhead()
            return Answer(
                text: isEmpty
                    ? say("[KLAR] Loggfilen är tom.\n", "[DONE] The log file is empty.\n")
                    : say(
                        "[TITTA] Ett annat program läser lagret ännu. Loggfilen är inte tömd.\n",
                        "[LOOK] Another program still reads the store. The log file is not emptied.\n"
                    ),
                json: ErasureDoneJSON(plan: false, act: "empty", records: 0, emptied: isEmpty),
                status: isEmpty ? .done : .look)
        }
        let store = try common.reading()
        let records = try store.erasedRecords()
        if csv { return Answer(text: Self.table(records), json: ErasuresJSON(records)) }
        let lines =
            records.isEmpty
            ? [say("Inget är maskat eller gallrat.", "Nothing has been masked or disposed of.")]
            : records.flatMap { Self.lines($0, isCentral: store.isCentral) }
        return Answer(text: lines.joined(separator: "\n") + "\n", json: ErasuresJSON(records))
    }

    private static func lines(_ record: ErasedRecord, isCentral: Bool) -> [String] {
        let note = record.note
        let what = note.extent(in: record.state.definition).said
        let missing = record.confirmed.filter { $0.day == nil }.map(\.unit.description)
        let units =
            if !isCentral {
                say("borttaget här", "erased here")
            } else if missing.isEmpty {
                say("borttaget hos alla som hade det", "erased at all who had it")
            } else {
                say("inte bekräftat: ", "not confirmed: ") + missing.joined(separator: ", ")
            }
        return [
            "\(DisplayText.line(record.number))  \(note.act.label.said), \(note.reason.label.said), "
                + "\(DisplayText.line(note.day)), \(say("beslut", "decision")) "
                + DisplayText.line(note.decision),
            "   \(what) – \(units)",
        ]
    }

    /// The record of disposals (gallringsprotokoll) as a table.
    private static func table(_ records: [ErasedRecord]) -> String {
        let header = [
            say("nummer", "number"), say("slag", "kind"), say("enhet", "unit"),
            say("åtgärd", "act"), say("skäl", "reason"), say("beslut", "decision"),
            say("datum", "day"), say("omfattning", "extent"), say("bekräftat av", "confirmed by"),
            say("inte bekräftat av", "not confirmed by"),
        ]
        let rows = records.map { record -> [String] in
            let units = { (isDone: Bool) in
                record.confirmed.filter { ($0.day != nil) == isDone }
                    .map { "\($0.unit)" + ($0.day.map { " \($0)" } ?? "") }
                    .joined(separator: "; ")
            }
            return [
                record.number, record.state.definition?.label.said ?? "",
                record.state.namedUnit ?? "", record.note.act.label.said,
                record.note.reason.label.said, record.note.decision, record.note.day,
                record.note.extent(in: record.state.definition).said, units(true), units(false),
            ]
        }
        return Table(headings: header, rows: rows).csv
    }
}

/// What has been erased, in JSON.
struct ErasuresJSON: Encodable {
    struct Unit: Encodable {
        let unit: String
        @OrNull var day: String?
    }

    struct Item: Encodable {
        let number: String
        let act: String
        let reason: String
        let decision: String
        let day: String
        @OrNull var fields: [String]?
        let units: [Unit]
    }

    let erasures: [Item]

    init(_ records: [ErasedRecord]) {
        erasures = records.map { record in
            Item(
                number: record.number, act: record.note.act.rawValue,
                reason: record.note.reason.rawValue, decision: record.note.decision,
                day: record.note.day, fields: record.note.fields?.map(\.description),
                units: record.confirmed.map {
                    Unit(unit: $0.unit.description, day: $0.day?.description)
                })
        }
    }
}

extension RecordState {
    /// What has been erased of the record, in a line for each act.
    var erasureLines: String {
        erasures.map { note in
            "[\(note.act.label.said)] \(note.extent(in: definition).said): \(note.reason.label.said), "
                + "\(DisplayText.line(note.day)), \(say("beslut", "decision")) "
                + DisplayText.line(note.decision) + "\n"
        }.joined()
    }
}
