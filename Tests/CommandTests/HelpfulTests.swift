import Foundation
import Testing
import _SlussTestSupport

/// "Var svaret till hjälp?" from the unit to the key figure.
@Suite(.serialized) struct HelpfulTests {
    private static func carry(_ transcript: Transcript) throws {
        let stick = transcript.folder.path("stick")
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        try transcript.sluss("central", "export", "--to", "OMS-SB-04", "--output", stick)
        try transcript.sluss("a", "merge", stick)
    }

    private static func number(_ place: Int) -> String { "OMS-SB-04-26-000\(place)" }

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
            text.split(separator: "\r\n").first { $0.hasPrefix("\"Idégivarnöjdhet\"") })
        return row.components(separatedBy: "\",\"")[1]
    }

    @Test func aUnitSaysWhetherTheAnswerWasOfHelpAndTheCentralCounts() throws {
        let transcript = try Transcript.made()
        for place in 2...5 {
            try transcript.sluss(
                "a", "idea", "add", "--problem", "Hyllan är tom på lördag \(place).")
        }
        try Self.carry(transcript)
        for place in 1...5 {
            try transcript.sluss(
                "central", "idea", "status", Self.number(place), "closed", "--force", "--reason",
                "done", "--text", "klart")
        }
        try Self.carry(transcript)
        for (place, word) in [(1, "ja"), (2, "yes"), (3, "delvis"), (4, "ja")] {
            let said = try transcript.sluss("a", "idea", "helpful", Self.number(place), word)
            #expect(said.status == 0, "\(said.errors)")
        }
        try Self.carry(transcript)
        #expect(try Self.figure(transcript) == "färre än fem svar")
        let last = try transcript.sluss("a", "idea", "helpful", Self.number(5), "nej")
        #expect(last.output == "[KLAR] Tack. Var svaret till hjälp: nej\n")
        try Self.carry(transcript)
        #expect(try Self.figure(transcript) == "3 av 5")
        // The last word counts, and counts once.
        for word in ["ja", "delvis", "ja"] {
            try transcript.sluss("a", "idea", "helpful", Self.number(5), word)
        }
        try Self.carry(transcript)
        #expect(try Self.figure(transcript) == "4 av 5")
        let shown = try transcript.sluss("central", "idea", "show", Self.number(3))
        #expect(shown.output.contains("Var svaret till hjälp: delvis\n"))
        let idea = try transcript.object(
            transcript.sluss("central", "idea", "show", Self.number(5), "--json"))
        #expect(idea["helpful"] as? String == "yes")
    }

    @Test func whatIsSaidAtTheSameTimeIsNoYesAndNoConflict() throws {
        let transcript = try Transcript.made()
        let file = transcript.folder.path("more.json")
        try transcript.sluss("a", "idea", "status", Self.number(1), "in-use", "--force")
        try Self.carry(transcript)
        try transcript.sluss(
            "central", "unit", "add", "OMS-SB-04", "--name", "Äppelvreten", "--output", file)
        let begun = try transcript.sluss("a2", "init", "--invite", file)
        #expect(begun.status == 0, "\(begun.errors)")
        let stick = transcript.folder.path("stick")
        try transcript.sluss("a2", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        try transcript.sluss("central", "export", "--to", "OMS-SB-04", "--output", stick)
        try transcript.sluss("a2", "merge", stick)
        for (place, word) in [("a", "ja"), ("a2", "nej")] {
            let said = try transcript.sluss(place, "idea", "helpful", Self.number(1), word)
            #expect(said.status == 0, "\(said.errors)")
            try transcript.sluss(place, "export", "--output", stick)
        }
        try transcript.sluss("central", "merge", stick)
        let idea = try transcript.object(
            transcript.sluss("central", "idea", "show", Self.number(1), "--json"))
        #expect(idea["helpful"] is NSNull)
        #expect((idea["conflicts"] as? [String])?.isEmpty == true, "nobody is to settle it")
        let shown = try transcript.sluss("central", "idea", "show", Self.number(1))
        #expect(shown.output.contains("Var svaret till hjälp: ja och nej\n"), "\(shown.output)")
    }

    @Test func whatCannotBeSaidIsRefused() throws {
        let transcript = try Transcript.made()
        try Self.carry(transcript)
        let early = try transcript.sluss("a", "idea", "helpful", Self.number(1), "ja")
        #expect(early.status == 65)
        #expect(
            early.errors
                == "[FEL] OMS-SB-04-26-0001 har inte fått ett slut än. Frågan ställs när idén är införd, avslutad, sammanförd eller hänvisad. Inget har ändrats.\n"
        )
        try transcript.sluss("a", "idea", "status", Self.number(1), "in-use", "--force")
        try Self.carry(transcript)
        let cases: [(String, [String], String)] = [
            ("central", [Self.number(1), "ja"], "onlyIdeasUnit"),
            ("a", [Self.number(1), "kanske"], "unknownChoice"),
            ("a", [Self.number(9), "ja"], "noSuchRecord"),
        ]
        for (place, arguments, code) in cases {
            let result = try transcript.sluss(place, ["idea", "helpful"] + arguments + ["--json"])
            #expect(result.status == 65, "\(arguments)")
            #expect(try transcript.object(result)["error"] as? String == code, "\(arguments)")
        }
        #expect(try transcript.sluss("a", "idea", "helpful", Self.number(1)).status == 64)
    }
}
