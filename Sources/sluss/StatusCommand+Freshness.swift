import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

extension StoreStatus {
    /// The units as a table of at most eighty columns, with what its marks mean.
    var freshnessTable: String {
        var table = Table(headings: [
            say("ENHET", "UNIT"), say("NR", "NO"), say("DAG", "DAY"), say("ÅLDER", "AGE"),
            say("LUCKA", "GAP"), say("DELAD", "FORKS"), say("VERSION", "RELEASE"),
            say("KLOCKA", "CLOCK"), say("SVAR", "REPLY"), say("KVAR", "LEFT"),
        ])
        table.rows = freshness.map { row in
            [
                row.unit.description, row.number.map(String.init) ?? "–",
                row.day?.description ?? say("aldrig", "never"),
                (row.age.map(String.init) ?? "–") + (row.isOverdue ? "!" : ""),
                row.waiting == 0 ? "–" : "\(row.waiting)!",
                row.forks == 0 ? "–" : "\(row.forks)!",
                row.release + (row.isOlder ? "!" : ""),
                row.oddDays == 0 ? "–" : "\(row.oddDays)!",
                row.unseenAnswers == 0 ? "–" : "\(row.unseenAnswers)",
                row.lacks == 0 ? "–" : "\(row.lacks)",
            ]
        }
        return table.text + legend.map { "  \($0)\n" }.joined()
    }

    /// What a person needs to be told of the marks that are there, and of no others.
    private var legend: [String] {
        var lines: [String] = []
        if freshness.contains(where: { $0.waiting > 0 }) {
            lines.append(
                say(
                    "LUCKA: paketet med det numret väntar på ett tidigare. Skicka ut till enheten.",
                    "GAP: the bundle of that number lacks an earlier one. Export to the unit."))
        }
        if freshness.contains(where: \.isOlder) {
            let own = Self.short(Release.name)
            lines.append(
                say(
                    "VERSION: äldre Sluss än här (\(own)).", "RELEASE: older than here (\(own))."))
        }
        if freshness.contains(where: { $0.oddDays > 0 }) {
            lines.append(
                say(
                    "KLOCKA: skrivningar med en dag efter i dag eller före 2024. Ställ klockan där.",
                    "CLOCK: writes with a day after today or before 2024. Set the clock there."))
        }
        if freshness.contains(where: { $0.unseenAnswers > 0 || $0.lacks > 0 }) {
            lines.append(
                say(
                    "SVAR: svar som inte syns där än. KVAR: skrivningar som inte har kommit fram.",
                    "REPLY: answers not visible there yet. LEFT: writes that have not arrived."))
        }
        return lines
    }

    /// A release's number alone, cut to the width of its column.
    fileprivate static func short(_ producer: String) -> String {
        let word = producer.split(separator: " ").last.map(String.init) ?? "?"
        let safe = DisplayText.line(word)
        return safe.count > 8 ? safe.prefix(7) + "…" : safe
    }
}

extension UnitFreshness {
    fileprivate var release: String { producer.map(StoreStatus.short) ?? "–" }
}

/// How fresh a unit is, in JSON (docs/cli.md).
struct FreshnessJSON: Encodable {
    let unit: String
    @OrNull var number: UInt64?
    @OrNull var day: String?
    @OrNull var ageDays: Int?
    let overdue: Bool
    let waiting: UInt64
    let forks: Int
    @OrNull var producer: String?
    let olderRelease: Bool
    let oddDays: Int
    let unseenAnswers: Int
    let lacks: UInt64

    init(_ row: UnitFreshness) {
        unit = row.unit.description
        number = row.number
        day = row.day?.description
        ageDays = row.age
        overdue = row.isOverdue
        waiting = row.waiting
        forks = row.forks
        producer = row.producer
        olderRelease = row.isOlder
        oddDays = row.oddDays
        unseenAnswers = row.unseenAnswers
        lacks = row.lacks
    }
}
