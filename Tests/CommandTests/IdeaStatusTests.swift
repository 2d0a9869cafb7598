import Testing
import _SlussTestSupport

/// A status is set with what must be said with it, and in an order that people can follow.
@Suite(.serialized) struct IdeaStatusTests {
    private static func started() throws -> (Transcript, String) {
        let transcript = try Transcript()
        try transcript.sluss("a", "init", "--unit", "OMS-SB-04", "--name", "Äppelvreten")
        let idea = try transcript.object(
            transcript.sluss(
                "a", "idea", "add", "--problem", "Vagnen skramlar på natten.", "--group", "--json"))
        let number = try #require(idea["number"] as? String)
        return (transcript, number)
    }

    @Test func aStepThatDoesNotFollowIsRefusedWithThoseThatDo() throws {
        let (transcript, idea) = try Self.started()
        let result = try transcript.sluss("a", "idea", "status", idea, "Införd", "--lang", "sv")
        #expect(result.status == 65)
        #expect(
            result.errors.contains(
                "Införd kommer inte efter Inkommen. Efter den kan komma: Mottagen, Hänvisad, Återtagen."
            ))
        let shown = try transcript.object(transcript.sluss("a", "idea", "show", idea, "--json"))
        #expect(shown["status"] as? String == "submitted")
        #expect(try transcript.sluss("a", "idea", "status", idea, "Införd", "--force").status == 0)
    }

    @Test func whatIsMissingIsNamedWithItsOption() throws {
        let (transcript, idea) = try Self.started()
        let bare = try transcript.sluss("a", "idea", "status", idea, "received", "--lang", "en")
        #expect(bare.status == 65)
        #expect(bare.errors.contains("Received is not said without: text (--text)."))
        // A first answer is a first word, too.
        try transcript.sluss("a", "idea", "answer", idea, "Tack! Vi har läst.")
        #expect(try transcript.sluss("a", "idea", "status", idea, "received").status == 0)
        let closed = try transcript.sluss("a", "idea", "status", idea, "closed", "--lang", "sv")
        #expect(closed.errors.contains("skäl (--reason), text (--text)"))
        let done = try transcript.sluss(
            "a", "idea", "status", idea, "closed", "--reason", "finns redan", "--text",
            "Det finns en sådan vagn på Lomtjärn.")
        #expect(done.status == 0)
        let page = try transcript.sluss("a", "idea", "show", idea, "--lang", "sv")
        #expect(page.output.contains("Status, skäl: finns redan"))
    }

    @Test func aRestingIdeaSaysWhenItWakes() throws {
        let (transcript, idea) = try Self.started()
        try transcript.sluss("a", "idea", "status", idea, "mottagen", "--text", "Läst.")
        try transcript.sluss("a", "idea", "status", idea, "bereds", "--owner", "ledare")
        let bare = try transcript.sluss("a", "idea", "status", idea, "vilar", "--text", "plattform")
        #expect(bare.status == 65)
        let resting = try transcript.sluss(
            "a", "idea", "status", idea, "vilar", "--text", "plattform", "--until", "2026-08-10")
        #expect(resting.status == 0)
    }
}
