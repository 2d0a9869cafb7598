import Foundation
import Testing
import _SlussTestSupport

/// What one unit makes of another's idea, from its own words to the key figure.
@Suite(.serialized) struct AdoptionTests {
    private static let idea = "OMS-SB-04-26-0001"

    private static func carry(_ transcript: Transcript, _ place: String) throws {
        let stick = transcript.folder.path("stick")
        try transcript.sluss(place, "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
    }

    /// An idea that is in use where it came from, known at the central.
    private static func made() throws -> Transcript {
        let transcript = try Transcript.made()
        let day = ["--today", "2026-02-01"]
        try transcript.sluss("a", ["idea", "status", idea, "in-use", "--force"] + day)
        try carry(transcript, "a")
        try carry(transcript, "b")
        return transcript
    }

    private static func figure(_ transcript: Transcript) throws -> String {
        let folder = try transcript.folder.folder("report")
        let made = try transcript.sluss(
            "central", "report", "--audience", "coordinator", "--output", folder + "/r.html",
            "--csv", folder)
        #expect(made.status == 0, "\(made.errors)")
        let text = String(
            decoding: try Data(
                contentsOf: URL(fileURLWithPath: folder + "/coordinator-nyckeltal.csv")),
            as: UTF8.self)
        let row = try #require(
            text.split(separator: "\r\n").first { $0.hasPrefix("\"Spridning\"") })
        return row.components(separatedBy: "\",\"")[1]
    }

    @Test func aUnitTakesAnIdeaUpAndTheCentralCountsIt() throws {
        let transcript = try Self.made()
        #expect(try Self.figure(transcript) == "0 på 1 införda")
        // The idea is not in the store of the unit that tries it.
        #expect(try transcript.sluss("b", "idea", "show", Self.idea).status == 65)
        let begun = try transcript.sluss(
            "b", "idea", "adopt", Self.idea, "--status", "testar", "--change", "gröna brickor",
            "--day", "2026-02-10")
        #expect(begun.status == 0, "\(begun.errors)")
        #expect(
            begun.output == "[KLAR] Sparat. OMS-HT-02: testar 2026-02-10 – gröna brickor\n")
        try Self.carry(transcript, "b")
        let shown = try transcript.sluss("central", "idea", "show", Self.idea)
        #expect(
            shown.output.contains(
                "Prövas av OMS-HT-02: testar 2026-02-10 – gröna brickor\n"), "\(shown.output)")
        #expect(try Self.figure(transcript) == "0 på 1 införda", "a test is not in use")
        try transcript.sluss(
            "b", "idea", "adopt", Self.idea, "--status", "in-use", "--day", "2026-03-01")
        try Self.carry(transcript, "b")
        #expect(try Self.figure(transcript) == "1 på 1 införda")
        let idea = try transcript.object(
            transcript.sluss("central", "idea", "show", Self.idea, "--json"))
        let adoption = try #require((idea["adoptions"] as? [[String: Any]])?.first)
        #expect(adoption["status"] as? String == "in-use")
        #expect(adoption["day"] as? String == "2026-03-01")
        #expect(adoption["change"] as? String == "gröna brickor", "what is not named stays")
        // It goes to no other unit, not even to the one whose idea it is.
        let stick = transcript.folder.path("back")
        try transcript.sluss("central", "export", "--to", "OMS-SB-04", "--output", stick)
        try transcript.sluss("a", "merge", stick)
        #expect(try transcript.list(transcript.sluss("a", "idea", "adoptions", "--json")).isEmpty)
        // And there is one record, however often it is said.
        let rows = try transcript.sluss("central", "idea", "adoptions", "--format", "csv")
        #expect(
            rows.output
                == """
                "idea","unit","status","day","change"\r
                "\(Self.idea)","OMS-HT-02","in-use","2026-03-01","gröna brickor"\r

                """
        )
    }

    @Test func theCentralWritesForAUnitThatItNames() throws {
        let transcript = try Self.made()
        let unnamed = try transcript.sluss(
            "central", "idea", "adopt", Self.idea, "--status", "infört")
        #expect(unnamed.status == 65)
        #expect(
            unnamed.errors
                == "[FEL] KLK-SA-01 kan inte skriva det här. Det skrivs på enheten det gäller; centralen anger enhet med --unit. Inget har ändrats.\n"
        )
        let strange = try transcript.sluss(
            "central", "idea", "adopt", Self.idea, "--status", "infört", "--unit", "TEK-KO-01",
            "--json")
        #expect(strange.status == 65)
        #expect(try transcript.object(strange)["error"] as? String == "notInRegister")
        let done = try transcript.sluss(
            "central", "idea", "adopt", Self.idea, "--status", "infört", "--unit", "OMS-HT-02")
        #expect(done.status == 0, "\(done.errors)")
        #expect(try Self.figure(transcript) == "1 på 1 införda")
        // The unit gets it back, and what both say at once waits for somebody to choose.
        try transcript.sluss("b", "idea", "adopt", Self.idea, "--status", "passar inte")
        try Self.carry(transcript, "b")
        #expect(try Self.figure(transcript) == "0 på 1 införda", "contradicted is not counted")
        let shown = try transcript.sluss("central", "idea", "show", Self.idea)
        #expect(shown.output.contains("Prövas av OMS-HT-02: OLIKA BESKED"), "\(shown.output)")
        let conflicts = try transcript.sluss("central", "conflicts", "list")
        #expect(conflicts.output.contains("OMS-HT-02-PROV-\(Self.idea)"), "\(conflicts.output)")
        #expect(conflicts.output.contains("passar inte"))
    }

    @Test func whatCannotBeTakenUpIsRefused() throws {
        let transcript = try Self.made()
        let cases: [(String, [String], String)] = [
            ("a", [Self.idea, "--status", "infört"], "ownIdea"),
            ("a", ["OMS-SB-04-26-0099", "--status", "infört"], "ownIdea"),
            ("b", ["hyllan", "--status", "infört"], "noSuchRecord"),
            ("b", [Self.idea, "--status", "kanske"], "unknownChoice"),
            ("b", [Self.idea, "--status", "infört", "--unit", "OMS-SB-04"], "notThisUnit"),
            ("b", [Self.idea, "--status", "infört", "--day", "igår"], "malformed"),
            (
                "b", [Self.idea, "--status", "infört", "--change", "för 19900101-2385"],
                "personalNumber"
            ),
            (
                "b", [Self.idea, "--status", "infört", "--role", "samordnare"], "roleNotHere"
            ),
            (
                "central", ["OMS-SB-04-26-0099", "--status", "infört", "--unit", "OMS-HT-02"],
                "noSuchRecord"
            ),
        ]
        for (place, arguments, code) in cases {
            let result = try transcript.sluss(
                place, ["idea", "adopt"] + arguments + ["--json"])
            #expect(result.status == 65, "\(arguments)")
            #expect(try transcript.object(result)["error"] as? String == code, "\(arguments)")
        }
        #expect(try transcript.list(transcript.sluss("b", "idea", "adoptions", "--json")).isEmpty)
        let none = try transcript.sluss("b", "idea", "adoptions")
        #expect(none.output == "Inget prövas än.\n")
        #expect(try transcript.sluss("b", "idea", "adopt", Self.idea).status == 64)
    }
}
