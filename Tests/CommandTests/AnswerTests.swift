import Foundation
import Testing
import _SlussTestSupport

/// An answer counts when the unit can see it.
@Suite(.serialized) struct AnswerTests {
    private static func sent() throws -> (Transcript, [String]) {
        let transcript = try Transcript.made()
        try transcript.sluss("a", "idea", "add", "--problem", "Hyllan är tom på lördagar.")
        let stick = transcript.folder.path("stick")
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        let ideas = try transcript.list(transcript.sluss("central", "idea", "list", "--json"))
        return (transcript, ideas.compactMap { $0["number"] as? String })
    }

    private static func visible(_ transcript: Transcript, _ number: String) throws -> Any? {
        let idea = try transcript.object(
            transcript.sluss("central", "idea", "show", number, "--json"))
        return (idea["answers"] as? [[String: Any]])?.first?["visible"]
    }

    @Test func anAnswerIsVisibleOnceTheUnitHasSaidSo() throws {
        let (transcript, numbers) = try Self.sent()
        let stick = transcript.folder.path("stick")
        try transcript.sluss("central", "idea", "answer", numbers[0], "Vi testar.")
        #expect(try Self.visible(transcript, numbers[0]) is NSNull)
        let shown = try transcript.sluss("central", "idea", "show", numbers[0])
        #expect(shown.output.contains("1 svar har inte nått enheten än: skicka ut till den."))
        try transcript.sluss("central", "export", "--to", "OMS-SB-04", "--output", stick)
        #expect(try Self.visible(transcript, numbers[0]) is NSNull, "sent is not seen")
        try transcript.sluss("a", "merge", stick)
        #expect(try Self.visible(transcript, numbers[0]) is NSNull, "nobody has told the central")
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick, "--today", "2027-01-10")
        #expect(try Self.visible(transcript, numbers[0]) as? String == "2027-01-10")
        // A later bundle does not move the day.
        try transcript.sluss("a", "idea", "support", numbers[0])
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick, "--today", "2027-02-10")
        #expect(try Self.visible(transcript, numbers[0]) as? String == "2027-01-10")
    }

    @Test func aUnitSeesAnAnswerFromTheDayItCame() throws {
        let (transcript, numbers) = try Self.sent()
        let stick = transcript.folder.path("stick")
        try transcript.sluss(
            "central", "idea", "answer", numbers[0], "Vi testar.", "--today", "2027-01-04")
        try transcript.sluss("central", "export", "--to", "OMS-SB-04", "--output", stick)
        try transcript.sluss("a", "merge", stick, "--today", "2027-01-20")
        let idea = try transcript.object(
            transcript.sluss("a", "idea", "show", numbers[0], "--json"))
        let answer = try #require((idea["answers"] as? [[String: Any]])?.first)
        #expect(answer["day"] as? String == "2027-01-04")
        // As in the unit's report: one home for the day.
        #expect(answer["visible"] as? String == "2027-01-20")
    }

    @Test func whoHandsInIsToldWhatIsLikeIt() throws {
        let (transcript, numbers) = try Self.sent()
        #expect(!numbers.isEmpty)
        let text = "Vagnen i korridoren skramlar så att boende vaknar på natten"
        try transcript.sluss("a", "idea", "add", "--problem", text)
        let added = try transcript.sluss("a", "idea", "add", "--problem", text + " igen")
        #expect(added.status == 0)
        #expect(
            added.output.contains(
                "Liknar: OMS-SB-04-26-0003, OMS-SB-04-26-0001. Se på vilka ord: sluss idea similar OMS-SB-04-26-0004"
            ), "\(added.output)")
        let other = try transcript.object(
            transcript.sluss(
                "a", "idea", "add", "--problem", "Cyklarna saknar lyse i november.", "--json"))
        #expect((other["similar"] as? [String])?.isEmpty == true)
        let again = try transcript.object(
            transcript.sluss("a", "idea", "add", "--problem", text, "--json"))
        #expect((again["similar"] as? [String])?.count == 3)
        // What was stopped is on nobody's list, and gets none.
        let stopped = try transcript.object(
            transcript.sluss(
                "a", "idea", "add", "--problem", text + " 19900101-2385", "--json"))
        #expect(stopped["stopped"] as? Bool == true)
        #expect((stopped["similar"] as? [String])?.isEmpty == true)
        let after = try transcript.object(
            transcript.sluss("a", "idea", "add", "--problem", text, "--json"))
        let draft = try #require(stopped["number"] as? String)
        #expect((after["similar"] as? [String])?.contains(draft) == false)
    }

    @Test func whoHasWaitedIsListedUntilTheUnitSeesAnAnswer() throws {
        let (transcript, numbers) = try Self.sent()
        func waiting(_ day: String) throws -> [String] {
            try transcript.list(
                transcript.sluss(
                    "central", "idea", "list", "--waiting", "14", "--today", day, "--json")
            ).compactMap { $0["number"] as? String }
        }
        #expect(try waiting("2999-01-01") == numbers)
        try transcript.sluss("central", "idea", "answer", numbers[0], "Vi testar.")
        #expect(try waiting("2999-01-01") == numbers, "an answer that nobody sees is none")
        let today = try transcript.sluss("central", "idea", "list", "--waiting", "14", "--json")
        #expect(try transcript.list(today).isEmpty)
    }

    @Test func aTemplateAnswersSeveralAtOnceOrNone() throws {
        let (transcript, numbers) = try Self.sent()
        let done = try transcript.sluss(
            "central",
            ["idea", "answer"] + numbers + [
                "--template", "tack", "--owner", "Samordnaren", "--until", "2026-12-24",
            ])
        #expect(done.status == 0)
        let ideas = try transcript.list(transcript.sluss("central", "idea", "list", "--json"))
        let texts = ideas.compactMap {
            ($0["answers"] as? [[String: Any]])?.last?["text"] as? String
        }
        #expect(
            texts
                == Array(
                    repeating:
                        "Tack! Vi har läst. Samordnaren tar det vidare. Nästa besked: 2026-12-24.",
                    count: numbers.count))
        let missing = try transcript.sluss(
            "central", "idea", "answer", numbers[0], "--template", "inte nu")
        #expect(missing.status == 65)
        #expect(missing.errors.contains("--because, --until"))
        let none = try transcript.sluss(
            "central", "idea", "answer", numbers[0], "OMS-SB-04-26-9999", "Bra!")
        #expect(none.status == 65)
        let after = try transcript.list(transcript.sluss("central", "idea", "list", "--json"))
        #expect(after.allSatisfy { ($0["answers"] as? [Any])?.count == 1 })
    }

    @Test func whatShouldHaveComeIsListed() throws {
        let (transcript, numbers) = try Self.sent()
        try transcript.sluss(
            "central", "idea", "status", numbers[0], "vilar", "--text", "plattform", "--until",
            "2027-01-10", "--force")
        func due(_ day: String) throws -> Int {
            try transcript.list(
                transcript.sluss("central", "idea", "list", "--due", "--today", day, "--json")
            ).count
        }
        #expect(try due("2027-01-09") == 0)
        #expect(try due("2027-01-10") == 1)
    }

    @Test func whoeverProposedAJoinedIdeaGetsTheAnswer() throws {
        let (transcript, numbers) = try Self.sent()
        let joined = try transcript.sluss(
            "central", "idea", "join", numbers[1], "--into", numbers[0], "--force")
        #expect(joined.status == 0)
        let crosswise = try transcript.sluss(
            "central", "idea", "join", numbers[0], "--into", "OMS-SB-04-26-9999", "--force")
        #expect(crosswise.status == 65)
        try transcript.sluss("central", "idea", "answer", numbers[0], "Vi testar.")
        func answers(_ number: String) throws -> Int {
            let idea = try transcript.object(
                transcript.sluss("central", "idea", "show", number, "--json"))
            return (idea["answers"] as? [Any])?.count ?? 0
        }
        #expect(try (answers(numbers[0]), answers(numbers[1])) == (1, 1))
        try transcript.sluss("central", "idea", "split", numbers[1], "--owner", "ledare")
        try transcript.sluss("central", "idea", "answer", numbers[0], "Det gick bra.")
        #expect(try (answers(numbers[0]), answers(numbers[1])) == (2, 1))
    }

    @Test func anAssessorSeesNoNames() throws {
        let (transcript, _) = try Self.sent()
        let idea = try transcript.object(
            transcript.sluss(
                "central", "idea", "add", "--problem", "Hyllan är tom.", "--author", "Eva Canary",
                "--json"))
        let number = try #require(idea["number"] as? String)
        let rows = [
            "user", "employee", "resources", "time", "cost", "rules", "dependencies", "will",
        ]
        for (assessor, score) in [("EL", 4), ("BO", 2)] {
            let result = try transcript.sluss(
                "central",
                ["idea", "assess", number, "--as", assessor]
                    + rows.flatMap { ["--score", "\($0)=\(score)"] })
            #expect(result.status == 0)
        }
        let page = try transcript.sluss("central", "idea", "assess", number, "--lang", "sv")
        #expect(page.output.contains("Poäng: 9,0 – testa"))
        #expect(page.output.contains("PRATA IHOP ER"))
        for canary in ["Canary", "KLK-SA-01", number, "EL", "BO"] {
            #expect(!page.output.contains(canary))
        }
        let wrong = try transcript.sluss(
            "central", "idea", "assess", number, "--as", "EL", "--score", "user=6")
        #expect(wrong.status == 65)
    }
}
