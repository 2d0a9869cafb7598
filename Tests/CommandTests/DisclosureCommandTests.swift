import Foundation
import Testing
import _SlussTestSupport

/// `disclose` writes a page without what is masked, never over another file, and notes it.
@Suite(.serialized) struct DisclosureCommandTests {
    private static let canary = "zqxkanarie"
    private static let idea = "OMS-SB-04-26-0002"

    /// An idea whose need was changed and fought over, with a hostile solution and an answer.
    private static func sent() throws -> Transcript {
        let transcript = try Transcript.made()
        try transcript.sluss(
            "a", "idea", "add", "--problem", "Rummet hos \(canary) är kallt.", "--solution",
            "<script>alert(1)</script> & element", "--author", "Anna Andersson")
        let stick = transcript.folder.path("stick")
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        try transcript.sluss("central", "idea", "answer", idea, "Vi provar en filt.")
        for place in ["a", "central"] {
            try transcript.sluss(
                place, "idea", "edit", idea, "--problem", "\(canary) fryser, säger \(place).")
        }
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        try transcript.sluss(
            "central", "conflicts", "resolve", "\(idea)/problem", "--pick", "1", "--reason",
            "det är \(canary) som vet")
        return transcript
    }

    private static func page(_ transcript: Transcript, _ name: String) throws -> String {
        String(decoding: try bytes(ofFile: transcript.folder.path(name)), as: UTF8.self)
    }

    @Test func whatIsMaskedIsNotOnThePageAndTheRestIs() throws {
        let transcript = try Self.sent()
        let out = transcript.folder.path("ut.html")
        let done = try transcript.sluss(
            "central", "disclose", Self.idea, "--output", out, "--mask", "problem", "--mask",
            "submitter", "--decision", "OMN 2026-18", "--to", "Sydsvenska posten")
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.hasPrefix("[KLAR] Sidan är skriven och antecknad i posten: "))
        let page = try Self.page(transcript, "ut.html")
        #expect(!page.contains(Self.canary) && !page.contains("Anna"))
        #expect(page.contains("▮▮▮") && page.contains("Vi provar en filt."))
        #expect(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script"))
        #expect(page.contains("OMN 2026-18") && page.contains("Sydsvenska posten"))
        // Unmasked, all of it is there: the test would see it.
        let all = transcript.folder.path("allt.html")
        try transcript.sluss(
            "central", "disclose", Self.idea, "--output", all, "--decision", "OMN 2026-19")
        let whole = try Self.page(transcript, "allt.html")
        for text in ["Rummet hos \(Self.canary)", "säger a.", "som vet"] {
            #expect(whole.contains(text), "\(text)")
        }
        // Who wrote is not on it, asked for or not.
        #expect(!whole.contains("Anna"))
        // No half file lies about.
        let names = try FileManager.default.contentsOfDirectory(atPath: transcript.folder.path)
        #expect(names.filter { $0.hasPrefix(".") || $0.hasSuffix(".new") }.isEmpty, "\(names)")

        let notes = try transcript.list(
            transcript.sluss("central", "history", Self.idea, "--json")
        ).compactMap { $0["changes"] as? [[String: Any]] }.joined()
            .filter { $0["field"] as? String == "disclosure" }
            .compactMap { $0["value"] as? [String: Any] }
        #expect(notes.count == 2)
        #expect(notes.first?["decision"] as? String == "OMN 2026-18")
        #expect(notes.first?["masked"] as? [String] == ["problem", "submitter"])
        #expect(notes.first?["to"] as? String == "Sydsvenska posten")
        #expect(notes.first?["role"] as? String == "coordinator")
        #expect(notes.last?["to"] == nil, "only if it was said")
    }

    @Test func everyRefusalIsASentenceInBothLanguages() throws {
        let transcript = try Self.sent()
        let taken = transcript.folder.path("taken.html")
        try transcript.folder.write(Array("Sluss report".utf8), to: "taken.html")
        let free = transcript.folder.path("ut.html")
        func expect(
            _ more: [String], _ code: String, _ status: Int32 = 65, at place: String = "central",
            output: String
        ) throws {
            let before = try transcript.object(transcript.sluss(place, "status", "--json"))
            var texts: Set<String> = []
            for language in ["sv", "en"] {
                let result = try transcript.sluss(
                    place,
                    ["disclose", Self.idea, "--output", output, "--json", "--lang", language]
                        + more)
                #expect(result.status == status, "\(more) \(result.errors)")
                #expect(try transcript.object(result)["error"] as? String == code, "\(more)")
                #expect(
                    result.errors.contains(
                        language == "sv" ? "Inget har ändrats." : "Nothing was changed."),
                    "\(result.errors)")
                texts.insert(result.errors)
            }
            #expect(texts.count == 2)
            let after = try transcript.object(transcript.sluss(place, "status", "--json"))
            #expect(before["stateDigest"] as? String == after["stateDigest"] as? String)
            #expect(!FileManager.default.fileExists(atPath: free))
        }
        let decision = ["--decision", "7"]
        try expect(decision, "targetTaken", output: taken)
        #expect(try Self.page(transcript, "taken.html") == "Sluss report")
        try expect(decision, "roleNotHere", at: "a", output: free)
        try expect(decision + ["--mask", "nonsense"], "unknownChoice", output: free)
        try expect(decision + ["--to", "19900101-2385"], "personalNumber", output: free)
        try expect(decision, "malformed", output: transcript.folder.path("ut.txt"))
        try expect(
            decision, "inputOutput", 30, output: transcript.folder.path("nowhere/ut.html"))
        try transcript.sluss("central", "block", Self.idea, "--decision", "8")
        try expect(decision, "blockedNote", output: free)
        #expect(
            try transcript.sluss("central", "disclose", Self.idea, "--output", free).status == 64)
    }
}
