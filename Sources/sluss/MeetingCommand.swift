import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct MeetingCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        help(
            "Skriva och läsa APT-anteckningar.", "Write and read notes of workplace meetings.",
            example: "sluss meeting list",
            subcommands: [Add.self, List.self, Show.self, Edit.self], name: "meeting")
    }

    /// What is written of a meeting, new or later.
    struct EntryOptions: ParsableArguments {
        @Option(
            help: ArgumentHelp(
                say("Mötets dag.", "The day of the meeting."), valueName: "yyyy-mm-dd"))
        var day: String?

        @Option(help: ArgumentHelp(say("Från och till.", "From and to."), valueName: "13.30–15.00"))
        var time: String?

        @Option(
            help: ArgumentHelp(
                say("Antal närvarande vid varje tillfälle.", "How many at each sitting."),
                valueName: "9+6"))
        var present: String?

        @Option(help: ArgumentHelp(say("Plats.", "Place."), valueName: "text"))
        var place: String?

        @Option(
            help: ArgumentHelp(
                say("utkast, klar eller justerad.", "draft, ready or signed off."),
                valueName: "status"))
        var status: String?

        @Option(
            help: ArgumentHelp(
                say("Dagen för justering.", "The day it was signed off."), valueName: "yyyy-mm-dd"))
        var signed: String?

        @Option(
            help: ArgumentHelp(
                say("Den som justerar; anges två gånger.", "Who signs off; given twice."),
                valueName: "name"))
        var signer: [String] = []

        @Option(help: ArgumentHelp(say("Punkt.", "Item."), valueName: "5 Rubrik: text"))
        var item: [String] = []

        @Option(
            help: ArgumentHelp(
                say("Beslut.", "Decision."), valueName: "5: text | vem | inom mandat"))
        var decision: [String] = []

        @Option(
            help: ArgumentHelp(say("Åtgärd.", "Action."), valueName: "6: text | vem | dag | status")
        )
        var action: [String] = []

        @Option(
            help: ArgumentHelp(
                say("Lyft till någon annan.", "Escalation."), valueName: "9: text | till | dag"))
        var lift: [String] = []

        func entry() throws -> MeetingEntry {
            var entry = MeetingEntry()
            entry.day = try typedDay(day)
            entry.time = time
            entry.place = place
            entry.present = try (present ?? "").split(separator: "+").map { part in
                guard let count = Int64(part), (0...10_000).contains(count) else {
                    throw InputError.malformed(Phrase("närvarande", "present"), example: "9+6")
                }
                return count
            }
            entry.status = try status.map { try choice($0, Phrase("status", "status")) }
            entry.signedDay = try typedDay(signed)
            if entry.signedDay != nil, entry.status == nil { entry.status = .signed }
            entry.signers = signer
            entry.items = try item.map { try NoteLine(typed: $0) }
            entry.decisions = try decision.map { try NoteLine(typed: $0) }
            entry.actions = try action.map { try NoteLine(typed: $0) }
            entry.lifts = try lift.map { try NoteLine(typed: $0) }
            return entry
        }
    }

    struct Add: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Skriv en APT-anteckning.", "Write the notes of a meeting.",
                example: """
                    sluss meeting add --day 2026-03-11 --present 21 \
                    --item "5 Arbetsmiljö: ljudnivån i matsalen" \
                    --action "8: anmäla | arbetslagsledare | 2026-03-20"
                    """, name: "add")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions
        @OptionGroup var note: EntryOptions

        func perform() throws -> Answer {
            let unit = try common.writing("meeting add")
            return Answer.saved(
                try unit.add(try note.entry(), by: try options.person(at: unit)))
        }
    }

    struct Edit: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Ändra en APT-anteckning.", "Change the notes of a meeting.",
                example: """
                    sluss meeting edit BUN-GR-03-APT-2026-03-11 \
                    --item "5: ljudnivån i matsalen och korridor B"
                    """,
                more: Phrase(
                    "En punkt som redan finns får ny text; annat läggs till.",
                    "An item that is there gets a new text; the rest is added."), name: "edit")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions
        @OptionGroup var note: EntryOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String

        @Option(
            help: ArgumentHelp(
                say("Ny status för en åtgärd.", "A new status for an action."), valueName: "1=klar")
        )
        var actionStatus: [String] = []

        @Option(help: ArgumentHelp(say("Tillägg efteråt.", "A later addition."), valueName: "text"))
        var addendum: String?

        @Flag(
            help: ArgumentHelp(
                say(
                    "Nästa lediga nummer, när två har samma.",
                    "The next free number, when two have the same.")))
        var newNumber = false

        func perform() throws -> Answer {
            var entry = try note.entry()
            entry.wantsNewNumber = newNumber
            entry.addendum = addendum
            entry.actionStatuses = try actionStatus.map { typed in
                let parts = typed.split(separator: "=").map(String.init)
                guard parts.count == 2, let place = Int(parts[0]) else {
                    throw InputError.malformed(
                        Phrase("åtgärdens status", "the action's status"), example: "1=klar")
                }
                return (
                    place, try choice(parts[1], Phrase("åtgärdens status", "the action's status"))
                )
            }
            let unit = try common.writing("meeting edit")
            return Answer.saved(try unit.edit(id, entry, by: try options.person(at: unit)))
        }
    }

    struct List: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Visa anteckningarna här.", "Show the notes here.", example: "sluss meeting list",
                name: "list")
        }

        @OptionGroup var common: CommonOptions

        @Option(help: ArgumentHelp(say("Bara denna enhet.", "Only this unit."), valueName: "code"))
        var unit: String?

        @Option(help: ArgumentHelp("table, csv, json", valueName: "format"))
        var format: String = "table"

        func perform() throws -> Answer {
            guard let format = ListFormat(rawValue: format) else {
                throw InputError.unknownChoice(
                    Phrase("format", "format"),
                    choices: Phrase("table, csv, json", "table, csv, json"))
            }
            let meetings = try common.reading().meetings(unit: unit?.uppercased())
            let rows = meetings.map(MeetingJSON.init)
            var table = Table(headings: [
                say("NUMMER", "NUMBER"), say("DATUM", "DATE"), "STATUS",
                say("NÄRVARANDE", "PRESENT"), say("PUNKTER", "ITEMS"),
            ])
            table.rows = meetings.map { meeting in
                [
                    meeting.number ?? "–", meeting.day ?? "–", meeting.statusText,
                    meeting.present.map(String.init).joined(separator: "+"),
                    String(meeting.items.count),
                ]
            }
            switch format {
            case .json: return Answer(text: try Self.encoded(rows), json: rows)
            case .csv: return Answer(text: Self.csv(meetings).csv, json: rows)
            case .table:
                let none = say("Inga anteckningar här än.\n", "No notes here yet.\n")
                return Answer(text: meetings.isEmpty ? none : table.text, json: rows)
            }
        }

        /// For programs: the same headings and words in every language.
        private static func csv(_ meetings: [Meeting]) -> Table {
            var table = Table(headings: [
                "number", "unit", "day", "time", "status", "present", "items",
            ])
            table.rows = meetings.map { meeting in
                [
                    meeting.number ?? "", meeting.unit ?? "", meeting.day ?? "",
                    meeting.time ?? "", meeting.status ?? "",
                    meeting.present.map(String.init).joined(separator: "+"),
                    meeting.items.flatMap { item in item.texts.map { "\(item.item): \($0)" } }
                        .joined(separator: "\n"),
                ]
            }
            return table
        }
    }

    struct Show: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Visa en anteckning.", "Show a note.",
                example: "sluss meeting show OMS-SB-04-APT-2026-02-11", name: "show")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var blocked: BlockedOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String

        func perform() throws -> Answer {
            let unit = try common.reading()
            let meeting = try unit.meeting(id, showsBlocked: blocked.showBlocked)
            return Answer(
                text: meeting.page(today: common.day) + meeting.state.blockLines
                    + meeting.state.erasureLines,
                json: MeetingJSON(meeting))
        }
    }
}

extension Answer {
    fileprivate static func saved(_ meeting: Meeting) -> Answer {
        Answer(
            text: say(
                "[KLAR] Sparat: \(meeting.number ?? ""), \(meeting.statusText).\n",
                "[DONE] Saved: \(meeting.number ?? ""), \(meeting.statusText).\n"),
            json: MeetingJSON(meeting))
    }
}
