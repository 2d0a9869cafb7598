import Foundation
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// A whole year comes out as whoever was there has noted it.
@Suite(.serialized) struct YearTests {
    /// The last day of the year, three days after its last Monday.
    private static let end = Day("2026-12-31") ?? Day(number: 0)

    @Test func aYearComesOutAsItWas() throws {
        let year = try Year(seed: 2026)
        try year.play()
        let figures = YearFigures(ledger: year.ledger, end: Self.end)
        // Not a year in which nothing happened.
        for what in [
            "lost", "late", "twice", "damaged", "settled", "withdrawn", "return lost",
            "bound to a plan",
        ] {
            #expect(year.counts[what] ?? 0 > 0, "\(what) never happened")
        }
        #expect(year.counts["program"] == 1)
        #expect(year.ledger.ideas.count > 100)
        #expect(year.share.words.count > 20 && year.share.takings.count > 10)
        #expect(year.share.occasions.count > 10)
        try Self.compareReport(year, figures)
        try Self.compareFreshness(year, figures)
        try Self.compareAnswers(year, figures)
        try Self.compareCentrals(year)
    }

    /// The tables of `sluss report`, from the built program.
    private static func compareReport(_ year: Year, _ figures: YearFigures) throws {
        let folder = try year.town.folder.folder("report")
        let done = try year.town.sluss(
            "central", on: end,
            [
                "report", "--audience", "coordinator", "--output", folder + "/r.html", "--csv",
                folder,
            ])
        #expect(done.status == 0, "\(done.errors)")
        let rows = try table(folder + "/coordinator-nyckeltal.csv")
        let values = Dictionary(
            rows.dropFirst().map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
        for (name, value) in figures.rows { #expect(values[name] == value, "\(name)") }
        for (name, value) in figures.rows(of: year.share) {
            #expect(values[name] == value, "\(name)")
        }
        let months = try table(folder + "/coordinator-ideer-per-manad.csv")
        #expect(months.dropFirst().map { $0[1] } == figures.months.map(String.init))
        let units = try table(folder + "/coordinator-enheter.csv")
        for (code, expected) in figures.freshness {
            let row = try #require(units.first { $0[0].hasPrefix(code) })
            #expect(row[1] == expected[0] ?? "–" && row[2] == expected[1] ?? "–", "\(code)")
            #expect(row[8] == (expected[3] == "0" ? "–" : expected[3]), "\(code)")
        }
    }

    /// The table of `sluss status`, from the built program.
    private static func compareFreshness(_ year: Year, _ figures: YearFigures) throws {
        let status = try year.object(year.town.sluss("central", on: end, ["status", "--json"]))
        let rows = try #require(status["freshness"] as? [[String: Any]])
        #expect(rows.count == year.ledger.units.count)
        for row in rows {
            let expected = try #require(figures.freshness[row["unit"] as? String ?? ""])
            let found = ["number", "day", "ageDays", "unseenAnswers"].map { key in
                row[key] is NSNull ? nil : "\(row[key] ?? "")"
            }
            #expect(found == expected, "\(row["unit"] ?? "")")
            #expect(row["oddDays"] as? Int == 0 && row["forks"] as? Int == 0)
        }
    }

    /// Every answer has reached its unit, or is listed as one that has not.
    private static func compareAnswers(_ year: Year, _ figures: YearFigures) throws {
        let central = try year.town.open("central", on: end)
        let ideas = Dictionary(
            try central.ideas().map { ($0.number ?? "", $0) }, uniquingKeysWith: { $1 })
        let times = try central.answerTimes(Array(ideas.values))
        var unseen = 0
        for idea in year.ledger.ideas where idea.act <= year.ledger.units[idea.unit].come {
            let found = try #require(ideas[idea.number])
            let days = times[found.state.record]?.map(\.visible) ?? []
            #expect(days == figures.visible(idea), "\(idea.number)")
            #expect(found.day == idea.day.description)
            #expect(found.status == idea.status || !isSettled(idea, year.ledger), "\(idea.number)")
            unseen += days.count { $0 == nil }
        }
        #expect(unseen == year.ledger.units.indices.map(figures.unseen).reduce(0, +))
        #expect(unseen > 0, "some are on their way")
        for (index, unit) in year.ledger.units.enumerated() {
            let place = try year.town.open(unit.code, on: end)
            let has = try place.ideas().map(\.answers.count).reduce(0, +)
            let sent = year.ledger.ideas.filter { $0.unit == index }.flatMap(\.answers)
                .count { $0.act <= unit.has }
            #expect(has == sent, "\(unit.code)")
            #expect(try place.check().isEmpty)
        }
    }

    /// Whether the central has heard of the unit's last step.
    private static func isSettled(_ idea: YearLedger.Idea, _ ledger: YearLedger) -> Bool {
        (idea.steps.last { $0.byUnit }?.act ?? 0) <= ledger.units[idea.unit].come
    }

    /// Another central that merges everything in another order has the same.
    private static func compareCentrals(_ year: Year) throws {
        try year.town.makeSecondCentral(on: end)
        let full = try #require(
            try year.town.export("central", .full, to: .central, into: "full", on: end))
        var files = year.delivered + [full.path]
        files.shuffle(using: &year.dice)
        let report = try year.town.open("second", on: end).merge(files)
        #expect(report.bundles.count == files.count)
        #expect(report.bundles.allSatisfy { !$0.isRefused })
        let first = try year.town.open("central", on: end)
        let second = try year.town.open("second", on: end)
        #expect(try first.status().state.digest == second.status().state.digest)
        #expect(try second.check().isEmpty)
    }

    /// The rows of a CSV file whose fields are all quoted or bare.
    private static func table(_ path: String) throws -> [[String]] {
        let text = String(
            decoding: try Data(contentsOf: URL(fileURLWithPath: path)).dropFirst(3), as: UTF8.self)
        return text.split(separator: "\r\n").map { line in
            var fields = [""]
            var isQuoted = false
            for character in line {
                switch character {
                case "\"": isQuoted.toggle()
                case "," where !isQuoted: fields.append("")
                default: fields[fields.count - 1].append(character)
                }
            }
            return fields
        }
    }
}
