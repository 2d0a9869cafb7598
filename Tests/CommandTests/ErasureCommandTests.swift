import Foundation
import Testing
import _SlussTestSupport

/// `mask`, `dispose` and `erasures`, as the registrar meets them.
@Suite(.serialized) struct ErasureCommandTests {
    private static let canary = "zqxkanarie"
    private static let why = ["--reason", "personalData", "--decision", "OMN 2026-17"]

    /// A unit's idea with a canary at the central.
    private static func sent() throws -> (Transcript, String) {
        let transcript = try Transcript.made()
        let added = try transcript.object(
            transcript.sluss(
                "a", "idea", "add", "--problem", "Rummet hos \(canary) är kallt.", "--solution",
                "Flytta \(canary) till rum fyra.", "--json"))
        try carry(transcript, "a", "central")
        return (transcript, try #require(added["number"] as? String))
    }

    /// Exports at one place and merges at another.
    @discardableResult
    private static func carry(
        _ transcript: Transcript, _ from: String, _ to: String
    ) throws -> String {
        let stick = try transcript.folder.folder("from-\(from)")
        let receiver = from == "central" ? ["--to", "all"] : []
        try transcript.sluss(from, ["export", "--output", stick] + receiver)
        let merged = try transcript.sluss(to, "merge", stick)
        #expect([0, 3, 12].contains(merged.status), "\(merged.errors)")
        return merged.output
    }

    /// The files of a store, and of what Sluss keeps outside it, in which the canary stands.
    private static func files(_ transcript: Transcript, _ place: String) throws -> String {
        try run(
            "/bin/bash",
            [
                "-c", "cd '\(transcript.folder.path)' && grep -rla \(canary) \(place) state",
            ]
        ).output
    }

    @Test func aMaskedTextIsInNoFileAndTheUnitErasesItToo() throws {
        let (transcript, number) = try Self.sent()
        #expect(try Self.files(transcript, "central").contains("central/sluss.sqlite"))
        let fields = ["--field", "problem", "--field", "solution"]
        let done = try transcript.sluss("central", ["mask", number] + fields + Self.why)
        #expect(done.status == 0, "\(done.errors)")
        #expect(
            done.output.contains("[KLAR] Nu maskat: 1 post. Texten är borta ur det här lagret"))
        #expect(done.output.contains("Gamla paket och säkerhetskopior på stickor har den kvar"))
        #expect(try Self.files(transcript, "central").isEmpty)
        let shown = try transcript.sluss("central", "idea", "show", number)
        #expect(shown.output.contains("[maskat: personuppgift, "))
        #expect(!shown.output.contains(Self.canary))
        let history = try transcript.sluss("central", "history", number)
        #expect(history.status == 0 && !history.output.contains(Self.canary))
        // In the words of the fields, not by their paths, and nobody's role is made up.
        #expect(
            history.output.contains(
                "maskat: problem/behov, idé/lösning – personuppgift, beslut OMN 2026-17"))
        #expect(!history.output.contains("deferral.") && !history.output.contains("  , "))
        #expect(history.output.contains("  OMS-SB-04  skrivning 2\n    borttaget\n"))
        #expect(shown.output.contains("[maskat] problem/behov, idé/lösning: personuppgift"))

        #expect(
            try transcript.sluss("central", "erasures").output.contains("inte bekräftat: OMS-SB-04")
        )
        let told = try Self.carry(transcript, "central", "a")
        #expect(told.contains("[BORTTAGET] Text i 1 post tas bort för gott"))
        #expect(!told.contains("--undo"))
        let undo = try transcript.sluss("a", "merge", "--undo", "1")
        #expect(undo.status == 65)
        #expect(
            undo.errors
                == "[FEL] Sammanslagning 1 går inte att ångra: centralen har tagit bort eller spärrat text i \(number), och det gäller. Be samordnaren rätta det som blev fel. Inget har ändrats.\n"
        )
        #expect(try Self.files(transcript, "a").isEmpty)
        try Self.carry(transcript, "a", "central")
        let list = try transcript.sluss("central", "erasures", "--lang", "en")
        #expect(list.output.contains("erased at all who had it"))
        #expect(list.output.contains("decision OMN 2026-17"))
        for place in ["central", "a"] {
            #expect(try transcript.sluss(place, "check").status == 0)
        }
    }

    @Test func aPlanChangesNothing() throws {
        let (transcript, number) = try Self.sent()
        let before = try transcript.object(transcript.sluss("central", "status", "--json"))
        let plan = try transcript.sluss(
            "central", ["mask", number, "--dry-run", "--lang", "en"] + Self.why)
        #expect(plan.status == 0)
        #expect(plan.output == "[PLAN] Would be masked: 1 record. Nothing was changed.\n")
        let json = try transcript.object(
            transcript.sluss("central", ["mask", number, "--dry-run", "--json"] + Self.why))
        #expect(json["plan"] as? Bool == true && json["act"] as? String == "mask")
        let after = try transcript.object(transcript.sluss("central", "status", "--json"))
        #expect(before["stateDigest"] as? String == after["stateDigest"] as? String)
        let none = try transcript.sluss("central", "erasures")
        #expect(none.status == 0 && none.output == "Inget är maskat eller gallrat.\n")
        let unknown = try transcript.sluss(
            "central", ["mask", "OMS-SB-04-26-0099", "--dry-run"] + Self.why)
        #expect(unknown.status == 65)
    }

    @Test func whatIsDisposedOfStandsInTheTable() throws {
        let (transcript, number) = try Self.sent()
        let done = try transcript.sluss(
            "central", "dispose", number, "--decision", "=HYPERLINK(\"x\")", "--json")
        #expect(done.status == 0, "\(done.errors)")
        let json = try transcript.object(done)
        #expect(json["records"] as? Int == 1 && json["emptied"] as? Bool == true)
        #expect(try Self.files(transcript, "central").isEmpty)
        let table = try transcript.sluss("central", "erasures", "--csv")
        #expect(
            table.output.hasPrefix(
                "\"nummer\",\"slag\",\"enhet\",\"åtgärd\",\"skäl\",\"beslut\",\"datum\""))
        #expect(table.output.contains("\"\(number)\",\"idé\",\"OMS-SB-04\",\"gallrat\""))
        #expect(table.output.contains(",\"'=HYPERLINK(\"\"x\"\")\","), "no cell is a formula")
        let list = try transcript.object(transcript.sluss("central", "erasures", "--json"))
        let item = try #require((list["erasures"] as? [[String: Any]])?.first)
        #expect(item["act"] as? String == "dispose" && item["reason"] as? String == "retention")
        #expect(item["fields"] is NSNull && item["number"] as? String == number)
        let units = try #require(item["units"] as? [[String: Any]])
        #expect(units.first?["unit"] as? String == "OMS-SB-04" && units.first?["day"] is NSNull)
        let empty = try transcript.sluss("central", "erasures", "--empty", "--lang", "en")
        #expect(empty.status == 0 && empty.output == "[DONE] The log file is empty.\n")
    }

    /// What was said with a status goes, and the status does not.
    @Test func aStatusIsMaskedAndStays() throws {
        let (transcript, number) = try Self.sent()
        try transcript.sluss(
            "central", "idea", "status", number, "closed", "--reason", "finns redan", "--text",
            "Vi har pratat med \(Self.canary).", "--force")
        let fields = ["problem", "solution", "status"].flatMap { ["--field", $0] }
        let done = try transcript.sluss("central", ["mask", number] + fields + Self.why)
        #expect(done.status == 0, "\(done.errors)")
        #expect(try Self.files(transcript, "central").isEmpty)
        let shown = try transcript.object(
            transcript.sluss("central", "idea", "show", number, "--json"))
        #expect(shown["status"] as? String == "closed")
        let page = try transcript.sluss("central", "idea", "show", number).output
        #expect(page.contains("Avslutad") && !page.contains(Self.canary))
    }

    /// What goes wrong: the arguments, the code, a Swedish and an English part of the sentence.
    private static let wrong: [([String], String, String, String)] = [
        (
            ["mask", "--role", "medarbetare"] + why, "roleNotHere", "Inget har ändrats.",
            "Nothing was changed."
        ),
        (
            ["mask", "--field", "nonsense"] + why, "unknownChoice", "problem, solution",
            "problem, solution"
        ),
        (["mask", "--field", "number"] + why, "unknownChoice", "problem", "problem"),
        (
            ["mask", "--reason", "retention", "--decision", "1"], "unknownChoice",
            "personalData, secrecy, mistake", "personalData, secrecy, mistake"
        ),
        (
            ["mask", "--reason", "secrecy", "--decision", "19900101-2385"], "personalNumber",
            "beslutet", "the decision"
        ),
        (
            ["dispose", "--decision", "\u{1B}[2J"], "controlCharacter", "Inget har ändrats.",
            "Nothing was changed."
        ),
    ]

    @Test func everyRefusalIsASentenceInBothLanguages() throws {
        let (transcript, number) = try Self.sent()
        for (arguments, code, swedish, english) in Self.wrong {
            try Self.expect(transcript, arguments + [number], code, swedish, english)
        }
        // A unit's own store erases nothing.
        for command in [["mask", number] + Self.why, ["dispose", number, "--decision", "1"]] {
            try Self.expect(
                transcript, command, "roleNotHere", "Inget har ändrats.", "Nothing was changed.",
                at: "a")
        }
        // Erased once, there is nothing left to erase.
        let command = ["mask", number, "--field", "problem"] + Self.why
        #expect(try transcript.sluss("central", command).status == 0)
        try Self.expect(
            transcript, command, "nothingToErase", "Där finns inget att ta bort",
            "There is nothing to erase")
        for bare in [["mask", number], ["mask"] + Self.why, ["dispose", number]] {
            #expect(try transcript.sluss("central", bare).status == 64)
        }
        #expect(
            try transcript.sluss("central", "mask", number, "--reason", "secrecy", "--decision", "")
                .status == 64)
    }

    @Test func whatWasWrittenTogetherMustBeSettledFirst() throws {
        let (transcript, number) = try Self.sent()
        try transcript.sluss(
            "a", "idea", "edit", number, "--problem", "Det är \(Self.canary) som fryser.",
            "--solution", "En filt till alla.")
        try transcript.sluss("central", "idea", "edit", number, "--solution", "Ett element till.")
        try Self.carry(transcript, "a", "central")
        try Self.expect(
            transcript, ["mask", number, "--field", "problem"] + Self.why, "settleFirst",
            "har flera värden", "has several values")
        // As the sentence says: the whole record can go.
        #expect(try transcript.sluss("central", ["mask", number] + Self.why).status == 0)
        #expect(try Self.files(transcript, "central").isEmpty)
    }

    @Test func whatCannotBeKeptByItselfIsSaid() throws {
        let transcript = try Transcript.made()
        try transcript.folder.write(
            Array("problem;stöd\nRummet hos \(Self.canary) är kallt.;5\n".utf8), to: "list.csv")
        let read = try transcript.sluss("a", "import", transcript.folder.path("list.csv"))
        #expect(read.status == 0, "\(read.errors)")
        try Self.carry(transcript, "a", "central")
        try Self.expect(
            transcript, ["mask", "OMS-SB-04-26-0002", "--field", "problem"] + Self.why,
            "eraseWhole", "går inte att behålla för sig", "cannot be kept by itself")
    }

    /// A command is refused with 65, a code, and a sentence in each language, and changes nothing.
    private static func expect(
        _ transcript: Transcript, _ command: [String], _ code: String, _ swedish: String,
        _ english: String, at place: String = "central"
    ) throws {
        let before = try transcript.object(transcript.sluss(place, "status", "--json"))
        for (language, part) in [("sv", swedish), ("en", english)] {
            let result = try transcript.sluss(place, command + ["--json", "--lang", language])
            #expect(result.status == 65, "\(command) \(result.errors)")
            #expect(try transcript.object(result)["error"] as? String == code, "\(command)")
            #expect(result.errors.contains(part), "\(command) \(result.errors)")
            #expect(!result.errors.contains("\u{1B}") && !result.errors.contains("19900101"))
        }
        let after = try transcript.object(transcript.sluss(place, "status", "--json"))
        #expect(before["stateDigest"] as? String == after["stateDigest"] as? String)
    }
}
