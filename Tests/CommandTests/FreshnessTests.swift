import Foundation
import Testing
import _SlussTestSupport

/// How fresh each unit is, at the central: what has come from each, and what it has not got.
@Suite(.serialized) struct FreshnessTests {
    private static func row(
        _ transcript: Transcript, _ unit: String, today: String
    ) throws -> [String: Any] {
        let status = try transcript.object(
            transcript.sluss("central", "status", "--json", "--today", today))
        let rows = try #require(status["freshness"] as? [[String: Any]])
        #expect(rows.map { $0["unit"] as? String } == ["OMS-HT-02", "OMS-SB-04"])
        return try #require(rows.first { $0["unit"] as? String == unit })
    }

    /// Unit a has sent three bundles, of which the second was lost; nothing has come from unit b.
    private static func sent() throws -> Transcript {
        let transcript = try Transcript.made()
        let stick = transcript.folder.path("stick")
        for index in 1...3 {
            try transcript.sluss(
                "a", "idea", "add", "--problem", "Hyllan \(index) är tom på lördagar.", "--today",
                "2026-03-0\(index)")
            try transcript.sluss("a", "export", "--output", stick, "--today", "2026-03-0\(index)")
            if index == 1 {
                try transcript.sluss("central", "merge", stick, "--today", "2026-03-02")
            }
        }
        return transcript
    }

    @Test func aGapAnswersOnTheWayAndSilenceAreInTheTable() throws {
        let transcript = try Self.sent()
        let stick = transcript.folder.path("stick")
        _ = try transcript.shell("rm stick/oms-sb-04-0002.sluss")
        // The third holds what nobody has confirmed, so it goes in without the second.
        try transcript.sluss("central", "merge", stick, "--today", "2026-03-05")
        try transcript.sluss(
            "central", "idea", "answer", "OMS-SB-04-26-0001", "Vi testar.", "--today", "2026-03-05")
        let row = try Self.row(transcript, "OMS-SB-04", today: "2026-03-21")
        #expect(row["number"] as? Int == 3)
        #expect(row["day"] as? String == "2026-03-05")
        #expect(row["ageDays"] as? Int == 16)
        #expect(row["overdue"] as? Bool == true)
        #expect(row["waiting"] as? Int == 0)
        #expect(row["forks"] as? Int == 0)
        #expect((row["producer"] as? String)?.hasPrefix("sluss ") == true)
        #expect(row["olderRelease"] as? Bool == false)
        #expect(row["unseenAnswers"] as? Int == 1)
        #expect(row["lacks"] as? Int == 1)
        let silent = try Self.row(transcript, "OMS-HT-02", today: "2026-03-21")
        #expect(silent["number"] is NSNull && silent["day"] is NSNull)
        // Once the unit has said that it has the answer, nothing is on the way.
        try transcript.sluss("central", "export", "--to", "OMS-SB-04", "--output", stick)
        try transcript.sluss("a", "merge", stick)
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick, "--today", "2026-03-22")
        let after = try Self.row(transcript, "OMS-SB-04", today: "2026-03-22")
        #expect(after["unseenAnswers"] as? Int == 0)
        #expect(after["lacks"] as? Int == 0)
        #expect(after["ageDays"] as? Int == 0)
    }

    @Test func aFileThatIsMergedAgainIsNoNewsOfItsUnit() throws {
        let transcript = try Self.sent()
        let stick = transcript.folder.path("stick")
        try transcript.sluss("central", "merge", stick, "--today", "2026-03-05")
        try transcript.sluss("central", "merge", stick, "--today", "2026-03-19")
        let row = try Self.row(transcript, "OMS-SB-04", today: "2026-03-21")
        #expect(row["day"] as? String == "2026-03-05")
    }

    @Test func aBundleThatWaitsIsInTheTable() throws {
        let transcript = try Transcript.made()
        let stick = transcript.folder.path("stick")
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        try transcript.sluss("central", "export", "--to", "OMS-SB-04", "--output", stick)
        // The unit learns that its first bundle came, so its second starts behind it.
        try transcript.sluss("a", "merge", stick)
        try transcript.sluss("a", "idea", "add", "--problem", "Hyllan är tom på lördagar.")
        try transcript.sluss("a", "export", "--output", stick)
        let other = try Transcript.central(of: transcript)
        #expect(other.status == 14)
        let status = try transcript.object(transcript.sluss("second", "status", "--json"))
        let rows = try #require(status["freshness"] as? [[String: Any]])
        let row = try #require(rows.first { $0["unit"] as? String == "OMS-SB-04" })
        #expect(row["waiting"] as? Int == 2)
        #expect(row["number"] is NSNull)
        let shown = try transcript.sluss("second", "status")
        #expect(shown.output.contains("LUCKA: paketet med det numret väntar på ett tidigare."))
    }

    @Test func daysThatCannotBeAreCounted() throws {
        let transcript = try Transcript.made()
        let stick = transcript.folder.path("stick")
        for day in ["2031-01-01", "2001-01-01", "2026-03-02"] {
            try transcript.sluss("a", "idea", "support", "OMS-SB-04-26-0001", "--today", day)
        }
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        let first = try Self.row(transcript, "OMS-SB-04", today: "2028-03-09")
        #expect(first["oddDays"] as? Int == 2)
        let later = try Self.row(transcript, "OMS-SB-04", today: "2031-01-01")
        #expect(later["oddDays"] as? Int == 1, "that day has come")
        #expect(
            (try Self.row(transcript, "OMS-HT-02", today: "2028-03-09"))["oddDays"] as? Int == 0)
        let shown = try transcript.sluss(
            "central", "status", "--today", "2028-03-09", "--lang", "en")
        #expect(shown.output.contains("CLOCK: writes with a day after today or before 2024."))
    }

    @Test func theTableIsReadableOnAScreenOfEightyColumns() throws {
        let transcript = try Self.sent()
        try transcript.sluss("central", "merge", transcript.folder.path("stick"))
        for language in ["sv", "en"] {
            let shown = try transcript.sluss("central", "status", "--lang", language)
            let lines = shown.output.split(separator: "\n")
            let start = try #require(
                lines.firstIndex { $0.hasPrefix(language == "sv" ? "ENHET" : "UNIT") })
            for line in lines[start...].prefix(3) { #expect(line.count <= 80, "\(line)") }
            #expect(lines[start + 2].hasPrefix("OMS-SB-04"))
        }
        let unit = try transcript.object(transcript.sluss("a", "status", "--json"))
        #expect((unit["freshness"] as? [Any])?.isEmpty == true, "the table is the central's")
    }

    @Test func theCoordinatorsReportHasTheSameRows() throws {
        let transcript = try Self.sent()
        try transcript.sluss("central", "merge", transcript.folder.path("stick"))
        try transcript.sluss(
            "central", "idea", "answer", "OMS-SB-04-26-0001", "Vi testar.")
        _ = try transcript.folder.folder("csv")
        let done = try transcript.sluss(
            "central", "report", "--audience", "coordinator", "--output",
            transcript.folder.path("r.html"), "--csv", transcript.folder.path("csv"))
        #expect(done.status == 0)
        let table = String(
            decoding: try Data(
                contentsOf: URL(
                    fileURLWithPath: transcript.folder.path("csv/coordinator-enheter.csv"))),
            as: UTF8.self)
        let row = try #require(
            table.split(separator: "\r\n").first { $0.contains("Äppelvretens") })
        #expect(row.hasSuffix(#""–","–","sluss 0.1.0","–","1","1""#), "\(row)")
    }
}

extension Transcript {
    /// A second central of the same network merges the unit's second bundle.
    fileprivate static func central(of transcript: Transcript) throws -> ProcessResult {
        try transcript.sluss("central", "key", "copy", "--output", transcript.folder.path("keys"))
        try transcript.centralAgain("second", keys: "keys")
        return try transcript.sluss(
            "second", "merge", transcript.folder.path("stick/oms-sb-04-0002.sluss"), "--identity",
            transcript.folder.path("keys/recovery"))
    }
}
