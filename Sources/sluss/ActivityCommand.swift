import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct ActivityCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        help(
            "Aktiviteter: information, utbildning, möten, besök – räknade utan namn.",
            "Activities: information, training, meetings, visits – counted without names.",
            example: "sluss activity list",
            subcommands: [Add.self, Change.self, List.self, Show.self], name: "activity")
    }

    /// What is said of an activity; the same when it is new and when it is changed.
    struct EntryOptions: ParsableArguments {
        @Option(
            help: ArgumentHelp(
                say("Typ: ", "Type: ") + ActivityType.names(Speech.language), valueName: "word"))
        var type: String?
        @Option(
            help: ArgumentHelp(
                say("Dagen; annars i dag.", "The day; else today."), valueName: "day")
        )
        var day: String?
        @Option(help: ArgumentHelp(say("Hur länge.", "How long."), valueName: "n"))
        var minutes: Int?
        @Option(help: ArgumentHelp(say("Arrangör.", "Organiser."), valueName: "text"))
        var organiser: String?
        @Option(
            help: ArgumentHelp(
                say("Ledare: en roll, inget namn.", "Leader: a role, no name."), valueName: "role"))
        var leader: String?
        @Option(help: ArgumentHelp(say("Målgrupp.", "Target group."), valueName: "text"))
        var target: String?
        @Option(
            help: ArgumentHelp(
                say("Enhet som var med; kan upprepas.", "Unit that took part; repeatable."),
                valueName: "code"))
        var unit: [String] = []
        @Option(
            help: ArgumentHelp(
                say("Deltagare från organisationen.", "Participants from inside."), valueName: "n"))
        var `internal`: Int?
        @Option(
            help: ArgumentHelp(
                say(
                    "Hur många av dem som inte varit med förut, om ni vet.",
                    "How many of them are new, if you know."), valueName: "n"))
        var newInternal: Int?
        @Option(
            help: ArgumentHelp(
                say("Deltagare utifrån.", "Participants from outside."), valueName: "n"))
        var external: Int?
        @Option(
            help: ArgumentHelp(
                say(
                    "Hur många av dem som inte varit med förut, om ni vet.",
                    "How many of them are new, if you know."), valueName: "n"))
        var newExternal: Int?
        @Option(
            help: ArgumentHelp(
                say("Varifrån: ", "From where: ") + ExternalKind.names(Speech.language),
                valueName: "word"))
        var externalKind: [String] = []
        @Option(help: ArgumentHelp(say("Material.", "Material."), valueName: "text"))
        var material: String?
        @Option(
            help: ArgumentHelp(say("Medelbetyg 1–5.", "Mean rating, 1–5."), valueName: "4,2"))
        var rating: String?
        @Option(
            help: ArgumentHelp(say("Hur många som svarade.", "How many answered."), valueName: "n"))
        var answers: Int?
        @Option(help: ArgumentHelp(say("Lärdom.", "Lesson."), valueName: "text"))
        var lesson: String?

        func entry() throws -> ActivityEntry {
            var entry = ActivityEntry()
            entry.type = try type.map { try choice($0, Phrase("typ", "type")) }
            entry.day = try typedDay(day)
            entry.minutes = minutes
            entry.lines = [
                .organiser: organiser, .leader: leader, .targetGroup: target,
                .material: material, .lesson: lesson,
            ].compactMapValues { $0 }
            entry.addedUnits = try unit.map(typedUnit)
            entry.inside = try Self.attendance(self.internal, new: newInternal)
            entry.outside = try Self.attendance(external, new: newExternal)
            entry.addedKinds = try externalKind.map {
                try choice($0, Phrase("externt slag", "kind of outsiders"))
            }
            entry.rating = try typedRating()
            return entry
        }

        private static func attendance(_ count: Int?, new: Int?) throws -> Attendance? {
            if count == nil, new == nil { return nil }
            guard let count, let attendance = Attendance(count, new: new) else {
                throw FigureError.newWithoutAll
            }
            return attendance
        }

        /// `4,2`, `4.2` or `4`.
        private func typedRating() throws -> ActivityRating? {
            if rating == nil, answers == nil { return nil }
            let parts = (rating ?? "").split(
                omittingEmptySubsequences: false, whereSeparator: { $0 == "," || $0 == "." })
            guard (1...2).contains(parts.count), let answers,
                parts.allSatisfy({ $0.utf8.count == 1 }),
                let ones = parts.first.flatMap({ Int($0) }),
                let tenths = parts.count == 2 ? parts.last.flatMap({ Int($0) }) : 0,
                let rating = ActivityRating(tenths: 10 * ones + tenths, answers: answers)
            else { throw FigureError.ratingWithoutAnswers }
            return rating
        }
    }

    struct Add: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Lägg till en aktivitet.", "Add an activity.",
                example:
                    "sluss activity add --type utbildning --day 2026-03-11 --minutes 90 --internal 24 --new-internal 9",
                more: Phrase(
                    "Inga namn på deltagare. Hör till den egna enheten och går till centralen, inte till andra enheter.",
                    "No participant's name. Belongs to the own unit, and goes to the central and to no other unit."
                ), name: "add")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions
        @OptionGroup var activity: EntryOptions

        func perform() throws -> Answer {
            let unit = try common.writing("activity add")
            return .saved(try unit.add(try activity.entry(), by: try options.person(at: unit)))
        }
    }

    struct Change: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Ändra en aktivitet; det som inte anges står kvar.",
                "Change an activity; what is not given stays.",
                example: "sluss activity change OMS-SB-04-AKT-2026-03-11 --internal 26",
                more: Phrase(
                    "--internal utan --new-internal säger att antalet nya inte är känt. En tom text (\"\") tar bort. --struck yes tar den ur summorna.",
                    "--internal without --new-internal says that the number of new ones is not known. An empty text (\"\") clears. --struck yes takes it out of the sums."
                ), name: "change")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions
        @OptionGroup var activity: EntryOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String
        @Option(
            help: ArgumentHelp(
                say("Enhet som inte var med.", "Unit that did not take part."), valueName: "code"))
        var removeUnit: [String] = []
        @Option(
            help: ArgumentHelp(
                say("Varifrån ingen kom.", "From where nobody came."), valueName: "word"))
        var removeExternalKind: [String] = []
        @Option(
            help: ArgumentHelp(
                say("Struken: ja, nej.", "Struck out: yes, no."), valueName: "yes|no"))
        var struck: String?

        func perform() throws -> Answer {
            var entry = try activity.entry()
            entry.removedUnits = try removeUnit.map(typedUnit)
            entry.removedKinds = try removeExternalKind.map {
                try choice($0, Phrase("externt slag", "kind of outsiders"))
            }
            entry.isStruck = try struck.map { typed in
                let word: YesNo = try choice(typed, Phrase("struken", "struck out"))
                return word == .yes
            }
            let unit = try common.writing("activity change")
            return .saved(try unit.change(id, entry, by: try options.person(at: unit)))
        }
    }

    struct Show: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Visa en aktivitet.", "Show an activity.",
                example: "sluss activity show OMS-SB-04-AKT-2026-03-11", name: "show")
        }

        @OptionGroup var common: CommonOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String

        func perform() throws -> Answer {
            let activity = try common.reading().activity(id)
            return Answer(text: activity.page, json: ActivityJSON(activity))
        }
    }

    struct List: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Visa aktiviteterna här, efter dag.", "Show the activities here, by day.",
                example: "sluss activity list --format csv", name: "list")
        }

        @OptionGroup var common: CommonOptions

        @Option(help: ArgumentHelp("table, csv, json", valueName: "format"))
        var format: String = "table"

        func perform() throws -> Answer {
            let format = try listFormat(format)
            let activities = try common.reading().activities()
            let rows = activities.map { ActivityJSON($0) }
            switch format {
            case .json: return Answer(text: try Self.encoded(rows), json: rows)
            case .csv: return Answer(text: rows.csv, json: rows)
            case .table:
                let none = say("Inga aktiviteter än.\n", "No activities yet.\n")
                return Answer(
                    text: activities.isEmpty ? none : activities.table.text, json: rows)
            }
        }
    }
}

/// Yes or no, as typed.
enum YesNo: String, NamedChoice {
    case yes
    case no

    var phrase: Phrase {
        switch self {
        case .yes: Phrase("ja", "yes")
        case .no: Phrase("nej", "no")
        }
    }
}
