import Foundation
import Testing
import _SlussTestSupport

/// What a rule has settled in one run is undone in one go: the values stand side by side again,
/// in every store, and still as those of whoever gave them.
@Suite(.serialized) struct ConflictUndoTests {
    private static let reason = ["--reason", "enheten vet bäst"]

    /// Disputed ideas at the central, settled by a rule.
    private static func settled(_ count: Int) throws -> (Transcript, [String], [[String: Any]]) {
        let (transcript, numbers) = try ConflictInboxTests.disputed(count)
        let before = try conflicts(transcript, at: "central")
        let done = try transcript.sluss(
            "central", ["conflicts", "resolve", "--take", "unit", "--lang", "en"] + reason)
        #expect(done.status == 0)
        #expect(done.output.contains("Undo with: sluss conflicts undo 1"))
        #expect(try conflicts(transcript, at: "central").isEmpty)
        return (transcript, numbers, before)
    }

    private static func conflicts(
        _ transcript: Transcript, at place: String
    ) throws -> [[String: Any]] {
        try transcript.list(transcript.sluss(place, "conflicts", "list", "--json"))
    }

    private static func isEqual(_ left: [[String: Any]], _ right: [[String: Any]]) -> Bool {
        (left as NSArray).isEqual(to: right)
    }

    @Test func theValuesStandSideBySideAgainEverywhere() throws {
        let (transcript, numbers, before) = try Self.settled(4)
        let plan = try transcript.object(
            transcript.sluss("central", "conflicts", "undo", "1", "--dry-run", "--json"))
        #expect((plan["reopened"] as? [Any])?.count == 4)
        #expect(plan["plan"] as? Bool == true)
        #expect(try Self.conflicts(transcript, at: "central").isEmpty, "a plan changes nothing")
        let undone = try transcript.sluss("central", "conflicts", "undo", "1")
        #expect(undone.status == 0)
        #expect(undone.output.hasPrefix("[ÅNGRAT] 4 väntar igen, 0 lämnade."))
        // Values, units, roles and days are those from before.
        #expect(Self.isEqual(try Self.conflicts(transcript, at: "central"), before))
        let idea = try transcript.object(
            transcript.sluss("central", "idea", "show", numbers[0], "--json"))
        #expect(idea["conflicts"] as? [String] == ["problem"])
        let stick = transcript.folder.path("stick")
        try transcript.sluss("central", "export", "--to", "OMS-SB-04", "--output", stick)
        try transcript.sluss("a", "merge", stick)
        #expect(Self.isEqual(try Self.conflicts(transcript, at: "a"), before))
        for place in ["central", "a"] {
            #expect(try transcript.sluss(place, "check").status == 0, "\(place)")
        }
        // Settled anew, it is settled.
        #expect(
            try transcript.sluss(
                "central",
                ["conflicts", "resolve", "\(numbers[0])/problem", "--pick", "1"] + Self.reason
            ).status == 0)
        #expect(try Self.conflicts(transcript, at: "central").count == 3)
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        try transcript.sluss("central", "export", "--to", "OMS-SB-04", "--output", stick)
        try transcript.sluss("a", "merge", stick)
        #expect(try Self.conflicts(transcript, at: "a").count == 3)
        #expect(try transcript.sluss("a", "check").status == 0)
    }

    @Test func whatHasBeenChangedSinceIsLeftWithWhy() throws {
        let (transcript, numbers, _) = try Self.settled(3)
        let stick = transcript.folder.path("stick")
        try transcript.sluss(
            "central", "idea", "edit", numbers[0], "--problem", "Något helt annat skrevs sedan.")
        // The unit, which knows of no resolution, writes a third value.
        try transcript.sluss(
            "a", "idea", "edit", numbers[1], "--problem", "Enheten skrev om det en gång till.")
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        let undone = try transcript.sluss("central", "conflicts", "undo", "1", "--json")
        #expect(undone.status == 3)
        let report = try transcript.object(undone)
        let left = try #require(report["left"] as? [[String: Any]])
        let reasons = Dictionary(
            left.map { ($0["number"] as? String ?? "", $0["reason"] as? String ?? "") },
            uniquingKeysWith: { $1 })
        #expect(reasons == [numbers[0]: "changed", numbers[1]: "inConflict"])
        let reopened = try #require(report["reopened"] as? [[String: Any]])
        #expect(reopened.map { $0["number"] as? String } == [numbers[2]])
        #expect(try transcript.sluss("central", "check").status == 0)
    }

    @Test func aFurtherValueComesBesideThoseThatWereOpenedAgain() throws {
        let (transcript, numbers, _) = try Self.settled(1)
        let stick = transcript.folder.path("stick")
        try transcript.sluss("central", "conflicts", "undo", "1")
        try transcript.sluss(
            "a", "idea", "edit", numbers[0], "--problem", "Enheten skrev om det en gång till.")
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        let conflict = try #require(try Self.conflicts(transcript, at: "central").first)
        let values = try #require(conflict["values"] as? [[String: Any]])
        #expect(values.count == 3)
        #expect(
            values.map { $0["unit"] as? String }.sorted { ($0 ?? "") < ($1 ?? "") }
                == ["KLK-SA-01", "OMS-SB-04", "OMS-SB-04"])
        #expect(try transcript.sluss("central", "check").status == 0)
        // Settled for good, and undone once more.
        let again = try transcript.object(
            transcript.sluss(
                "central", ["conflicts", "resolve", "--take", "central", "--json"] + Self.reason))
        #expect(again["run"] as? Int == 2)
        #expect(try transcript.sluss("central", "conflicts", "undo", "2").status == 0)
        let back = try #require(try Self.conflicts(transcript, at: "central").first)
        #expect(Self.isEqual([back], [conflict]))
        #expect(try transcript.sluss("central", "check").status == 0)
        // The unit comes to the central's text by itself: that settles nothing.
        try transcript.sluss(
            "a", "idea", "edit", numbers[0], "--problem",
            "Hyllan i förråd 0 är ofta tom på lördagar.")
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        #expect(try Self.conflicts(transcript, at: "central").count == 1)
        #expect(try transcript.sluss("central", "check").status == 0)
    }

    @Test func aRecordThatIsGoneIsLeft() throws {
        let (transcript, numbers, _) = try Self.settled(1)
        try transcript.sluss("central", "merge", "--undo", "1")
        let undone = try transcript.object(
            transcript.sluss("central", "conflicts", "undo", "1", "--json"))
        #expect((undone["left"] as? [[String: Any]])?.first?["reason"] as? String == "gone")
        #expect(!numbers.isEmpty)
    }

    @Test func runsAreListedAndUndoneOnce() throws {
        let (transcript, _, _) = try Self.settled(1)
        try transcript.sluss("central", "conflicts", "undo", "1")
        let rows = try transcript.list(transcript.sluss("central", "conflicts", "runs", "--json"))
        #expect(rows.count == 1)
        #expect(rows.first?["settled"] as? Int == 1)
        #expect(rows.first?["take"] as? String == "unit")
        #expect(rows.first?["undone"] is String)
        let shown = try transcript.sluss("central", "conflicts", "runs", "--lang", "en")
        #expect(shown.output.contains("[UNDONE "))
        let twice = try transcript.sluss("central", "conflicts", "undo", "1", "--lang", "en")
        #expect(twice.status == 65)
        #expect(twice.errors.contains("Run 1 is undone already."))
        let unknown = try transcript.sluss("central", "conflicts", "undo", "9")
        #expect(unknown.status == 65)
        #expect(unknown.errors.contains("Det finns ingen omgång 9"))
        let none = try transcript.sluss("a", "conflicts", "runs")
        #expect(none.output == "Ingen regel har avgjort något här.\n")
    }
}
