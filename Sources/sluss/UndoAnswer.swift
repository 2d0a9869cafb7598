import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

/// What `merge --undo` answers.
enum UndoAnswer {
    /// What `merge --redo` answers.
    static func redone(_ run: Int64, writes: Int, records: Int) -> Answer {
        let writesText = count(
            writes, Phrase("skrivning", "write"), Phrase("skrivningar", "writes"))
        let recordsText = count(records, Phrase("post", "record"), Phrase("poster", "records"))
        return Answer(
            text: writes == 0
                ? say(
                    "[KLAR] Sammanslagning \(run) är inte längre ångrad, men väntar: en tidigare är det.\n",
                    "[DONE] Merge \(run) is no longer undone, but waits: an earlier one is.\n")
                : say(
                    "[KLAR] Sammanslagning \(run) gäller igen: \(writesText) i \(recordsText).\n",
                    "[DONE] Merge \(run) counts again: \(writesText) in \(recordsText).\n"),
            json: ["run": Int(run), "writes": writes, "records": records])
    }

    static func answer(_ report: UndoReport) -> Answer {
        var lines: [String] = []
        if report.isPlan {
            lines.append(say("[FÖRHANDSVISNING] Inget har ändrats.", "[PLAN] Nothing was changed."))
        }
        let writes = count(
            report.writes, Phrase("skrivning räknas", "write no longer counts"),
            Phrase("skrivningar räknas", "writes no longer count"))
        let records = count(
            report.records, Phrase("post", "record"), Phrase("poster", "records"))
        lines.append(
            say(
                "[ÅNGRAT] Sammanslagning \(report.run.number) från \(report.run.day): \(writes) inte längre. Inget är raderat.",
                "[UNDONE] Merge \(report.run.number) of \(report.run.day): \(writes). Nothing is deleted."
            ))
        if report.laterWrites > 0 {
            let runs = report.laterRuns.map(String.init).joined(separator: ", ")
            let later = count(
                report.laterWrites, Phrase("skrivning", "write"), Phrase("skrivningar", "writes"))
            lines.append(
                say(
                    "   Därför räknas inte heller \(later) från sammanslagning \(runs), så länge.",
                    "   Nor, meanwhile, \(later) of merge \(runs), built on it."
                ))
        }
        for dependant in report.dependants {
            let record = DisplayText.line(dependant.record)
            let waiting = count(
                dependant.writes, Phrase("skrivning", "write"), Phrase("skrivningar", "writes"))
            lines.append(
                say(
                    "   \(record): \(waiting) från \(dependant.unit) bygger på det ångrade och väntar.",
                    "   \(record): \(waiting) of \(dependant.unit) built on what was undone, waiting."
                ))
        }
        let bundles = report.run.bundles.map { "\($0.unit) \($0.number)" }.joined(separator: ", ")
        lines.append(
            say(
                "   Berör \(records). Läs in paketen igen för att ta tillbaka det: \(bundles), eller: sluss merge --redo \(report.run.number)",
                "   Touches \(records). Merge the bundles again to take this back: \(bundles), or: sluss merge --redo \(report.run.number)"
            ))
        return Answer(
            text: lines.joined(separator: "\n") + "\n", json: UndoJSON(report),
            status: report.dependants.isEmpty ? .done : .look)
    }
}

/// An undone merge in JSON (docs/cli.md).
private struct UndoJSON: Encodable {
    struct DependantJSON: Encodable {
        let record: String
        let unit: String
        let writes: Int
    }

    let run: Int64
    let plan: Bool
    let writes: Int
    let records: Int
    let goneRecords: Int
    let laterWrites: Int
    let laterRuns: [Int64]
    let dependants: [DependantJSON]

    init(_ report: UndoReport) {
        run = report.run.number
        plan = report.isPlan
        writes = report.writes
        records = report.records
        goneRecords = report.goneRecords
        laterWrites = report.laterWrites
        laterRuns = report.laterRuns
        dependants = report.dependants.map {
            DependantJSON(record: $0.record, unit: $0.unit.description, writes: $0.writes)
        }
    }
}

/// What `merge --runs` answers.
enum MergeRunsAnswer {
    struct RunJSON: Encodable {
        struct BundleJSON: Encodable {
            let unit: String
            let number: UInt64
            let digest: String
            let writes: Int
        }

        let run: Int64
        let day: String
        @OrNull var undone: String?
        let bundles: [BundleJSON]
    }

    static func answer(_ runs: [MergeRunView]) -> Answer {
        let json = runs.map { run in
            RunJSON(
                run: run.number, day: run.day.description, undone: run.undone?.description,
                bundles: run.bundles.map {
                    .init(
                        unit: $0.unit.description, number: $0.number,
                        digest: $0.digest.description, writes: $0.writes)
                })
        }
        guard !runs.isEmpty else {
            return Answer(
                text: say("Inget har lästs in än.\n", "Nothing merged yet.\n"), json: json)
        }
        var table = Table(headings: [
            say("NR", "RUN"), say("DAG", "DAY"), say("PAKET", "BUNDLES"),
            say("SKRIVNINGAR", "WRITES"), "",
        ])
        table.rows = runs.map { run in
            let mark = run.undone.map { say("[ÅNGRAD \($0)]", "[UNDONE \($0)]") } ?? ""
            return [
                "\(run.number)", "\(run.day)",
                run.bundles.map { "\($0.unit) \($0.number)" }.joined(separator: ", "),
                "\(run.bundles.reduce(0) { $0 + $1.writes })", mark,
            ]
        }
        return Answer(text: table.text, json: json)
    }
}
