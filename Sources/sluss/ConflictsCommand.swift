import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct ConflictsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        help(
            "Visa och avgör olika besked.", "Show and settle conflicting answers.",
            example: "sluss conflicts list",
            subcommands: [
                List.self, Show.self, Resolve.self, Undo.self, Runs.self, Defer.self, Reopen.self,
            ],
            name: "conflicts")
    }

    struct List: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Visa det som väntar på någon.", "Show what waits for a person.",
                example: "sluss conflicts list --json", name: "list")
        }

        @OptionGroup var common: CommonOptions

        func perform() throws -> Answer {
            let all = try common.reading().conflicts()
            // What has been put off comes last.
            let conflicts =
                all.filter { $0.deferral == nil } + all.filter { $0.deferral != nil }
            let none = say("Inga olika besked.\n", "No conflicting answers.\n")
            return Answer(
                text: conflicts.isEmpty ? none : conflicts.map { $0.block() + "\n" }.joined(),
                json: conflicts.map(ConflictJSON.init))
        }
    }

    struct Show: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Visa alla värden sida vid sida.", "Show all values side by side.",
                example: "sluss conflicts show OMS-HT-02-26-0003/status", name: "show")
        }

        @OptionGroup var common: CommonOptions

        @Argument(
            help: ArgumentHelp(
                say("Namn ur listan, eller NUMMER/FÄLT.", "Name from the list, or NUMBER/FIELD."),
                valueName: "id"))
        var id: String

        func perform() throws -> Answer {
            let unit = try common.reading()
            let conflict: ConflictView
            do { conflict = try unit.conflict(id) } catch InputError.noSuchConflict {
                conflict = try unit.settledConflict(id)
            }
            return Answer(
                text: conflict.block(isWhole: true) + "\n" + conflict.differences,
                json: ConflictJSON(conflict))
        }
    }

    struct Resolve: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Avgör olika besked.", "Settle conflicting answers.",
                example:
                    "sluss conflicts resolve OMS-HT-02-26-0003/status --pick 1 --reason \"kartan används\"",
                name: "resolve")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions

        @Argument(
            help: ArgumentHelp(
                say(
                    "Namn ur listan, eller NUMMER/FÄLT. Utelämnas med --take.",
                    "Name from the list, or NUMBER/FIELD. Left out with --take."),
                valueName: "id"))
        var id: String?

        @Option(help: ArgumentHelp(say("Värde nummer N.", "Value number N."), valueName: "n"))
        var pick: Int?

        @Option(
            help: ArgumentHelp(say("Ett eget värde.", "A value of one's own."), valueName: "text"))
        var value: String?

        @Option(help: ArgumentHelp(say("Varför.", "Why."), valueName: "text"))
        var reason: String

        @OptionGroup var rule: ConflictRuleOptions

        func validate() throws {
            let isRule = rule.take != nil
            guard isRule == (id == nil), isRule || (pick == nil) != (value == nil),
                !isRule || pick == nil && value == nil
            else {
                throw ValidationError(
                    say(
                        "Välj en: --pick eller --value för ett namn, eller --take för många.",
                        "Choose one: --pick or --value for one name, or --take for many."))
            }
        }

        func perform() throws -> Answer {
            guard let id else { return try rule.perform(common, options, reason) }
            let unit = try common.writing("conflicts resolve")
            let chosen: OpenUnit.Choice = pick.map { .pick($0) } ?? .value(value ?? "")
            let conflict = try unit.resolve(
                id, chosen, reason: reason, by: try options.person(at: unit))
            return Answer(
                text: say(
                    "[KLAR] Avgjort: \(conflict.title). Beskedet följer med nästa paket.\n",
                    "[DONE] Settled: \(conflict.title). It travels with the next bundle.\n"),
                json: ConflictJSON(conflict))
        }
    }

    struct Defer: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Skjut upp olika besked, med skäl.", "Put conflicting answers off, with why.",
                example: "sluss conflicts defer 3dw9gx3c --reason \"frågar enheten i veckan\"",
                name: "defer")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions
        @Argument(help: ArgumentHelp(valueName: "id")) var id: String
        @Option(help: ArgumentHelp(say("Varför.", "Why."), valueName: "text"))
        var reason: String

        func perform() throws -> Answer {
            let unit = try common.writing("conflicts defer")
            let conflict = try unit.deferConflict(
                id, reason: reason, by: try options.person(at: unit))
            return Answer(
                text: say(
                    "[KLAR] Uppskjutet: \(conflict.title). Kommer fler värden så kommer frågan tillbaka.\n",
                    "[DONE] Put off: \(conflict.title). If a further value comes, it is back.\n"),
                json: ConflictJSON(conflict))
        }
    }

    struct Reopen: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Öppna igen vad som är uppskjutet eller avgjort.",
                "Open again what was put off or settled.",
                example: "sluss conflicts reopen 3dw9gx3c", name: "reopen")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions
        @Argument(help: ArgumentHelp(valueName: "id")) var id: String

        func perform() throws -> Answer {
            let unit = try common.writing("conflicts reopen")
            let person = try options.person(at: unit)
            let conflict: ConflictView
            do { conflict = try unit.reopenConflict(id, by: person) } catch InputError
                .noSuchConflict
            { conflict = try unit.reopen(settled: id, by: person) }
            return Answer(
                text: say(
                    "[KLAR] Väntar igen: \(conflict.title).\n",
                    "[DONE] Waits again: \(conflict.title).\n"),
                json: ConflictJSON(conflict))
        }
    }
}

extension ConflictView {
    /// Which field of which record, in words.
    var title: String {
        let place = place.map { say(", punkt \($0)", ", item \($0)") } ?? ""
        let number = DisplayText.line(number ?? String(conflict.record.description.prefix(12)))
        return "\(number)\(place) – \(label.said)"
    }

    /// How many values a list shows of a conflict, if it is not asked for all.
    private static let shownMax = 20

    /// The conflict as a few lines: every value, and who gave it; in a list the beginnings of those.
    func block(isWhole: Bool = false) -> String {
        var lines = ["  \(conflict.id)  \(title)"]
        let shown = isWhole ? values[...] : values.prefix(Self.shownMax)
        for (index, value) in shown.enumerated() {
            let text = isWhole ? value.value.shown(in: content) : value.value.brief(in: content)
            let machine = value.machine.isEmpty ? "" : " (\(value.machine))"
            let author = value.author.map { ", \(DisplayText.line($0))" } ?? ""
            lines.append(
                "     \(index + 1)  \(text)  – \(value.unit)\(machine), \(value.role.phrase.said)\(author), \(value.day)"
            )
        }
        if shown.count < values.count {
            let more = values.count - shown.count
            lines.append(
                "     "
                    + say(
                        "och \(more) till: sluss conflicts show \(conflict.id)",
                        "and \(more) more: sluss conflicts show \(conflict.id)"))
        }
        if let deferral, settlement == nil {
            lines.append(
                "     "
                    + say(
                        "uppskjutet \(deferral.day): ", "put off \(deferral.day): ")
                    + DisplayText.line(deferral.reason))
        }
        if let settlement {
            let author = settlement.author.map { ", \(DisplayText.line($0))" } ?? ""
            let value =
                isWhole ? settlement.value.shown(in: content) : settlement.value.brief(in: content)
            let reason = settlement.reason.map { ": " + DisplayText.line($0) } ?? ""
            lines.append(
                "     "
                    + say("avgjort \(settlement.day): ", "settled \(settlement.day): ")
                    + "\(value)  – \(settlement.role.phrase.said)\(author)\(reason)")
        }
        return lines.joined(separator: "\n")
    }

    /// What they started from, and what each has changed, word by word: `[-away-] {+new+}`.
    var differences: String {
        let texts = values.map(\.value.asText)
        guard let old = base?.asText ?? texts.first ?? nil else { return "" }
        var lines: [String] = []
        if let base = base?.asText {
            lines.append(say("  Från början: ", "  At first: ") + DisplayText.indented(base))
        }
        for (index, text) in texts.enumerated() where base != nil || index > 0 {
            guard let text else { continue }
            let pieces = WordDifference.pieces(from: old, to: text).map { piece in
                switch piece {
                case .same(let words): DisplayText.line(words)
                case .removed(let words): "[-\(DisplayText.line(words))-]"
                case .added(let words): "{+\(DisplayText.line(words))+}"
                }
            }
            lines.append("  \(index + 1): " + pieces.joined(separator: " "))
        }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }
}

/// A conflict in JSON (docs/cli.md).
struct ConflictJSON: Encodable {
    struct Value: Encodable {
        let value: ValueJSON
        let unit: String
        let machine: String
        let replica: String
        let day: String
        @OrNull var author: String?
        let role: String
    }

    let id: String
    let record: String
    @OrNull var number: String?
    let field: String
    let values: [Value]
    @OrNull var deferred: DeferralJSON?
    @OrNull var base: ValueJSON?
    @OrNull var settled: SettlementJSON?

    struct SettlementJSON: Encodable {
        let value: ValueJSON
        let day: String
        @OrNull var author: String?
        let role: String
        @OrNull var reason: String?
    }

    struct DeferralJSON: Encodable {
        let reason: String
        let day: String
    }

    init(_ view: ConflictView) {
        id = view.conflict.id
        record = view.conflict.record.description
        number = view.number
        field = view.conflict.path.description
        deferred = view.deferral.map { DeferralJSON(reason: $0.reason, day: $0.day) }
        base = view.base.map(ValueJSON.init)
        settled = view.settlement.map {
            SettlementJSON(
                value: ValueJSON($0.value), day: $0.day.description, author: $0.author,
                role: $0.role.rawValue, reason: $0.reason)
        }
        values = view.values.map {
            Value(
                value: ValueJSON($0.value), unit: $0.unit.description, machine: $0.machine,
                replica: $0.replica.description, day: $0.day.description, author: $0.author,
                role: $0.role.rawValue)
        }
    }
}
