import Foundation
import Testing
import _SlussTestSupport

/// The coordinator's inbox: see what each has changed, put off, and settle many at once.
@Suite(.serialized) struct ConflictInboxTests {
    /// The unit and the central have both changed `count` ideas, and the central has merged.
    static func disputed(_ count: Int) throws -> (Transcript, [String]) {
        let transcript = try Transcript.made()
        let stick = transcript.folder.path("stick")
        var numbers: [String] = []
        for index in 0..<count {
            let idea = try transcript.object(
                transcript.sluss(
                    "a", "idea", "add", "--problem", "Hyllan i förråd \(index) är tom på lördagar.",
                    "--json"))
            numbers.append(try #require(idea["number"] as? String))
        }
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        for (index, number) in numbers.enumerated() {
            try transcript.sluss(
                "a", "idea", "edit", number, "--problem",
                "Hyllan i förråd \(index) är tom på söndagar.")
            try transcript.sluss(
                "central", "idea", "edit", number, "--problem",
                "Hyllan i förråd \(index) är ofta tom på lördagar.")
        }
        try transcript.sluss("a", "export", "--output", stick)
        #expect(try transcript.sluss("central", "merge", stick).status == 3)
        return (transcript, numbers)
    }

    @Test func showTellsWhatEachHasChanged() throws {
        let (transcript, numbers) = try Self.disputed(1)
        let shown = try transcript.sluss(
            "central", "conflicts", "show", "\(numbers[0])/problem", "--lang", "sv")
        #expect(shown.output.contains("Från början: Hyllan i förråd 0 är tom på lördagar."))
        #expect(shown.output.contains("[-lördagar.-] {+söndagar.+}"))
        #expect(shown.output.contains("{+ofta+}"))
    }

    @Test func whatIsPutOffComesBackWithAFurtherValue() throws {
        let (transcript, numbers) = try Self.disputed(1)
        let name = "\(numbers[0])/problem"
        let put = try transcript.sluss(
            "central", "conflicts", "defer", name, "--reason", "frågar enheten")
        #expect(put.status == 0)
        let listed = try transcript.list(transcript.sluss("central", "conflicts", "list", "--json"))
        #expect(
            (listed.first?["deferred"] as? [String: Any])?["reason"] as? String == "frågar enheten")
        #expect(try transcript.sluss("central", "conflicts", "reopen", name).status == 0)
        let again = try transcript.object(
            transcript.sluss("central", "conflicts", "show", name, "--json"))
        #expect(again["deferred"] is NSNull)
        // Put off once more; then the unit, which has not seen it, writes a third value.
        try transcript.sluss("central", "conflicts", "defer", name, "--reason", "väntar")
        let stick = transcript.folder.path("stick")
        try transcript.sluss(
            "a", "idea", "edit", numbers[0], "--problem", "Tredje texten, helt ny.")
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        let back = try transcript.object(
            transcript.sluss("central", "conflicts", "show", name, "--json"))
        #expect(back["deferred"] is NSNull)
    }

    @Test func oneRuleSettlesMany() throws {
        let (transcript, numbers) = try Self.disputed(3)
        try transcript.sluss(
            "central", "conflicts", "defer", "\(numbers[2])/problem", "--reason", "frågar")
        let rule = [
            "conflicts", "resolve", "--take", "unit", "--field", "problem", "--unit", "OMS-SB-04",
            "--reason", "enheten vet bäst", "--json",
        ]
        let plan = try transcript.object(transcript.sluss("central", rule + ["--dry-run"]))
        #expect((plan["settled"] as? [Any])?.count == 2)
        let other = try transcript.object(
            transcript.sluss(
                "central", "conflicts", "resolve", "--take", "unit", "--unit", "OMS-HT-02",
                "--reason", "x", "--dry-run", "--json"))
        #expect((other["settled"] as? [Any])?.isEmpty == true)
        let before = try transcript.list(transcript.sluss("central", "conflicts", "list", "--json"))
        #expect(before.count == 3, "a plan changes nothing")
        let done = try transcript.object(transcript.sluss("central", rule))
        #expect((done["settled"] as? [Any])?.count == 2)
        #expect(done["left"] as? Int == 1)
        let after = try transcript.list(transcript.sluss("central", "conflicts", "list", "--json"))
        #expect(after.count == 1, "what is put off is left")
        let idea = try transcript.object(
            transcript.sluss("central", "idea", "show", numbers[0], "--json"))
        #expect((idea["problem"] as? String)?.hasSuffix("söndagar.") == true)
    }

    @Test func aRuleAndANameAreNotGivenTogether() throws {
        let transcript = try Transcript.made()
        let both = try transcript.sluss(
            "central", "conflicts", "resolve", "x", "--take", "unit", "--reason", "x")
        #expect(both.status == 64)
        let wrong = try transcript.sluss(
            "central", "conflicts", "resolve", "--take", "alla", "--reason", "x")
        #expect(wrong.status == 65)
        #expect(wrong.errors.contains("enheten, centralen"))
    }
}
