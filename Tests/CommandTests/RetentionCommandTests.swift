import Foundation
import Testing
import _SlussTestSupport

/// `retention` lists what the rules say is due, with the day, and does nothing.
@Suite(.serialized) struct RetentionCommandTests {
    private static let closed = "OMS-SB-04-23-0001"
    private static let used = "OMS-SB-04-23-0002"
    private static let note = "OMS-SB-04-APT-2024-02-01"

    /// A unit with an idea that was closed, one that came into use before, a note and a draft.
    private static func made() throws -> Transcript {
        let transcript = try Transcript.made()
        func a(_ day: String, _ arguments: String...) throws {
            let result = try transcript.sluss("a", arguments + ["--today", day])
            #expect([0, 3].contains(result.status), "\(arguments) \(result.errors)")
        }
        try a("2023-03-01", "idea", "add", "--problem", "Hyllan är tom på lördagar.")
        try a("2023-03-02", "idea", "add", "--problem", "Skylten syns inte i mörkret.")
        try a("2023-05-01", "idea", "status", used, "in-use", "--force")
        for idea in [closed, used] {
            try a("2024-03-09", "idea", "status", idea, "closed", "--force")
        }
        try a("2024-02-01", "meeting", "add", "--day", "2024-02-01", "--item", "5 Boende: fisk")
        try a("2026-01-01", "idea", "add", "--problem", "Ring 19900101-2385 om hissen.")
        return transcript
    }

    private static func due(
        _ transcript: Transcript, _ place: String, _ day: String, _ more: String...
    ) throws -> [String] {
        let result = try transcript.sluss(place, ["retention", "--json", "--today", day] + more)
        #expect(result.status == 0, "\(result.errors)")
        return try transcript.list(result).map {
            "\($0["rule"] ?? "") \($0["due"] ?? "")"
        }
    }

    @Test func whatIsDueIsListedFromItsDayOn() throws {
        let transcript = try Self.made()
        let note = "meetingNote 2026-02-01"
        let idea = "ideaNotTakenFurther 2026-03-09"
        let draft = "idleDraft 2026-01-31"
        #expect(try Self.due(transcript, "a", "2026-01-30").isEmpty)
        #expect(try Self.due(transcript, "a", "2026-01-31") == [draft])
        #expect(try Self.due(transcript, "a", "2026-03-08") == [draft, note])
        // The idea that came into use is kept.
        #expect(try Self.due(transcript, "a", "2026-03-09") == [draft, note, idea])
        #expect(try Self.due(transcript, "a", "2026-03-09", "--years", "3") == [draft])
        #expect(try Self.due(transcript, "a", "2025-03-09", "--years", "1").count == 2)
        for years in ["0", "100", "x"] {
            #expect(try transcript.sluss("a", "retention", "--years", years).status == 64)
        }
        let text = try transcript.sluss("a", "retention", "--today", "2026-03-09").output
        let row = try #require(text.split(separator: "\n").first { $0.hasPrefix(Self.closed) })
        #expect(row.contains("idé som inte gick vidare  2024-03-09"))
        #expect(text.contains("Inget är borttaget. Efter beslut: sluss dispose"))
        #expect(!text.contains("Hyllan") && !text.contains("19900101"))
        let none = try transcript.sluss("b", "retention", "--lang", "en", "--today", "2026-03-09")
        #expect(none.output == "No record has been kept longer than it is to be.\n")
    }

    @Test func theCentralDisposesOfWhatIsProposed() throws {
        let transcript = try Self.made()
        let stick = transcript.folder.path("stick")
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        #expect(
            try Self.due(transcript, "central", "2026-03-09")
                == ["meetingNote 2026-02-01", "ideaNotTakenFurther 2026-03-09"],
            "drafts stay at the unit")
        let table = try transcript.sluss(
            "central", "retention", "--csv", "--today", "2026-03-09", "--lang", "en")
        #expect(table.output.hasPrefix("\"NUMBER\",\"UNIT\",\"RULE\",\"COUNTED FROM\""))
        #expect(
            table.output.contains(
                "\"\(Self.note)\",\"OMS-SB-04\",\"meeting note\",\"2024-02-01\",\"2026-02-01\"\r\n")
        )
        let done = try transcript.sluss(
            "central", "dispose", Self.note, Self.closed, "--decision", "Plan 4.2", "--today",
            "2026-03-09")
        #expect(done.status == 0, "\(done.errors)")
        #expect(try Self.due(transcript, "central", "2030-03-09").isEmpty, "done is done")
        #expect(
            try transcript.sluss("central", "retention", "--today", "2026-03-09").output.contains(
                "Ingen post har legat längre än den ska."))
    }
}
