import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

extension ConflictsCommand {
    struct Undo: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Ångra vad en regel har avgjort: värdena står sida vid sida igen.",
                "Undo what a rule has settled: the values stand side by side again.",
                example: "sluss conflicts undo 3", name: "undo")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions

        @Argument(
            help: ArgumentHelp(
                say(
                    "Numret som ”conflicts resolve --take” skrev ut.",
                    "The number that “conflicts resolve --take” printed."), valueName: "run"))
        var run: Int64

        @Flag(
            help: ArgumentHelp(
                say(
                    "Visa vad som skulle hända, och ändra inget.",
                    "Show what would happen, and change nothing.")))
        var dryRun = false

        func perform() throws -> Answer {
            let unit = try common.writing("conflicts undo")
            let undo = try unit.undo(
                settling: run, by: try options.person(at: unit), isPlan: dryRun)
            let (reopened, left) = (undo.reopened.count, undo.left.count)
            var lines = [
                dryRun
                    ? say(
                        "[FÖRHANDSVISNING] \(reopened) skulle vänta igen, \(left) lämnas.",
                        "[PLAN] \(reopened) would wait again, \(left) left.")
                    : say(
                        "[ÅNGRAT] \(reopened) väntar igen, \(left) lämnade. Det följer med nästa paket.",
                        "[UNDONE] \(reopened) wait again, \(left) left. It travels with the next bundle."
                    )
            ]
            let rows = undo.left.map { left in
                "  \(DisplayText.line(left.number)) – \(left.label.said): \(left.reason.phrase.said)"
            }
            lines += rows.prefix(Self.shownMax)
            if rows.count > Self.shownMax {
                lines.append(
                    "  … " + say("och fler", "and more") + " (\(rows.count - Self.shownMax))")
            }
            return Answer(
                text: lines.joined(separator: "\n") + "\n", json: SettlingUndoJSON(undo),
                status: undo.left.isEmpty ? .done : .look)
        }

        /// How many rows people are shown; JSON has all.
        private static let shownMax = 40
    }

    struct Runs: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Visa vad regler har avgjort, och numren att ångra med.",
                "Show what rules have settled, and the numbers to undo it by.",
                example: "sluss conflicts runs", name: "runs")
        }

        @OptionGroup var common: CommonOptions

        func perform() throws -> Answer {
            let runs = try common.reading().settlingRuns()
            let json = runs.map(SettlingRunJSON.init)
            guard !runs.isEmpty else {
                return Answer(
                    text: say(
                        "Ingen regel har avgjort något här.\n",
                        "No rule has settled anything here.\n"),
                    json: json)
            }
            var table = Table(headings: [
                say("NR", "RUN"), say("DAG", "DAY"), say("AVGJORDA", "SETTLED"),
                say("VEMS VÄRDE", "WHOSE VALUE"), say("BARA", "ONLY"), "",
            ])
            table.rows = runs.map { run in
                let only = [run.rule.field, run.rule.unit, run.rule.kind?.rawValue]
                    .compactMap { $0 }.map(DisplayText.line).joined(separator: ", ")
                return [
                    "\(run.number)", "\(run.day)", "\(run.count)", run.rule.side.phrase.said, only,
                    run.undone.map { say("[ÅNGRAD \($0)]", "[UNDONE \($0)]") } ?? "",
                ]
            }
            return Answer(text: table.text, json: json)
        }
    }
}

extension SettlingUndo.Reason {
    fileprivate var phrase: Phrase {
        switch self {
        case .changed:
            Phrase("någon har ändrat det sedan dess", "somebody has changed it since")
        case .inConflict: Phrase("har redan flera värden igen", "has several values again already")
        case .gone:
            Phrase("posten finns inte här nu", "the record is not here now")
        }
    }
}

private struct SettlingUndoJSON: Encodable {
    struct Reopened: Encodable {
        let id: String
        @OrNull var number: String?
        let field: String
    }

    struct Left: Encodable {
        let number: String
        let field: String
        let reason: String
    }

    let run: Int64
    let plan: Bool
    let reopened: [Reopened]
    let left: [Left]

    init(_ undo: SettlingUndo) {
        run = undo.run
        plan = undo.isPlan
        reopened = undo.reopened.map {
            Reopened(
                id: $0.conflict.id, number: $0.number, field: $0.conflict.path.description)
        }
        left = undo.left.map {
            Left(number: $0.number, field: $0.field.description, reason: $0.reason.rawValue)
        }
    }
}

private struct SettlingRunJSON: Encodable {
    let run: Int64
    let day: String
    let take: String
    @OrNull var field: String?
    @OrNull var unit: String?
    @OrNull var kind: String?
    let settled: Int
    @OrNull var undone: String?

    init(_ view: SettlingRun) {
        run = view.number
        day = view.day.description
        take = view.rule.side.rawValue
        field = view.rule.field
        unit = view.rule.unit
        kind = view.rule.kind?.rawValue
        settled = view.count
        undone = view.undone?.description
    }
}
