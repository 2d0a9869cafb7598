import Foundation
import Testing
import _SlussTestSupport

/// The units register and reports, as a person types them.
@Suite struct ReportTests {
    private static func made() throws -> Transcript {
        let transcript = try Transcript.made()
        for (code, board, administration) in [
            ("OMS-SB-04", "Omsorgsnämnden", "OMS"), ("KLK-SA-01", "Kommunstyrelsen", "KLK"),
        ] {
            let result = try transcript.sluss(
                "central", "unit", "register", "set", code, "--name", "Äppelvreten", "--board",
                board, "--administration", administration, "--headcount", "2026=58")
            #expect(result.status == 0, "\(result.errors)")
        }
        try transcript.sluss("a", "export", "--output", transcript.folder.path("stick"))
        try transcript.sluss("central", "merge", transcript.folder.path("stick"))
        return transcript
    }

    @Test func aReportIsWrittenAndWrittenAgain() throws {
        let transcript = try Self.made()
        let (page, tables) = (transcript.folder.path("m.html"), transcript.folder.path("stick"))
        for _ in 0..<2 {
            let result = try transcript.sluss(
                "central", "report", "--audience", "samordnare", "--output", page, "--csv", tables)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.hasPrefix("[KLAR] Rapporten är skriven.\n       \(page)\n"))
            #expect(result.output.contains("OBS: filen är inte krypterad."))
        }
        let html = try String(contentsOfFile: page, encoding: .utf8)
        #expect(html.contains("Vagnen skramlar på natten."))
        let csv = try Data(
            contentsOf: URL(fileURLWithPath: tables + "/coordinator-nya.csv"))
        #expect(csv.starts(with: Array("\u{FEFF}\"Idé\",\"Enhet\"".utf8)))
        let names = try FileManager.default.contentsOfDirectory(atPath: transcript.folder.path)
        #expect(!names.contains { $0.hasSuffix(".part") })
        let json = try transcript.object(
            transcript.sluss(
                "central", "report", "--audience", "leader", "--administration", "oms", "--output",
                page, "--json"))
        #expect(json["audience"] as? String == "leader")
        #expect(json["file"] as? String == page)
        #expect(json["csv"] as? [String] == [])
    }

    @Test func anotherFileIsLeftAlone() throws {
        let transcript = try Self.made()
        let page = transcript.folder.path("mine.html")
        try Data("<p>mitt</p>".utf8).write(to: URL(fileURLWithPath: page))
        let result = try transcript.sluss(
            "central", "report", "--audience", "coordinator", "--output", page)
        #expect(result.status == 65)
        #expect(result.errors.contains("Det ligger redan en annan fil på"))
        #expect(try String(contentsOfFile: page, encoding: .utf8) == "<p>mitt</p>")
        let nowhere = try transcript.sluss(
            "central", "report", "--audience", "coordinator", "--output",
            transcript.folder.path("not-there/m.html"))
        #expect(nowhere.status == 30)
    }

    @Test func whatCannotBeMadeIsSaid() throws {
        let transcript = try Self.made()
        let page = transcript.folder.path("x.html")
        for (place, arguments, status, error) in [
            (
                "a", ["--audience", "coordinator"], 65,
                "[FEL] Det gör bara centralen. Inget har ändrats.\n"
            ),
            (
                "a", ["--audience", "unit", "--unit", "OMS-HT-02"], 65,
                "[FEL] Ange en enhet som finns här, med --unit. På en enhet går det bara att göra den egna sidan. Inget har ändrats.\n"
            ),
            (
                "central", ["--audience", "leader"], 65,
                "[FEL] Okänt val för förvaltning (--administration). Välj bland: OMS. Inget har ändrats.\n"
            ),
            (
                "central",
                ["--audience", "management", "--from", "2026-02-01", "--to", "2026-01-01"], 65,
                "[FEL] Den första dagen är efter den sista. Byt plats på --from och --to. Inget har ändrats.\n"
            ),
            (
                "central", ["--audience", "alla"], 65,
                "[FEL] Okänt val för mottagare. Välj bland: samordnare, innovationsledare, enhet, ledning. Inget har ändrats.\n"
            ),
        ] {
            let result = try transcript.sluss(place, ["report", "--output", page] + arguments)
            #expect(result.status == status)
            #expect(result.errors == error)
        }
        #expect(!FileManager.default.fileExists(atPath: page))
        let own = try transcript.sluss("a", "report", "--audience", "unit", "--output", page)
        #expect(own.status == 0, "\(own.errors)")
    }

    @Test func theRegisterIsShownAndMissesAreSaid() throws {
        let transcript = try Self.made()
        let shown = try transcript.sluss("central", "unit", "register", "show", "oms-sb-04")
        #expect(
            shown.output == """
                OMS-SB-04 Äppelvreten
                   Nämnd: Omsorgsnämnden
                   Förvaltning: OMS
                   Medarbetare 2026: 58

                """)
        let missing = try transcript.sluss("central", "unit", "register", "show", "OMS-SB-99")
        #expect(missing.status == 65)
        #expect(
            missing.errors == """
                [FEL] OMS-SB-99 finns inte i enhetsregistret. ”sluss unit register list” visar det. \
                Inget har ändrats.

                """)
        let english = try transcript.sluss(
            "central", "unit", "register", "show", "OMS-SB-99", "--lang", "en", "--json")
        #expect(try transcript.object(english)["error"] as? String == "notInRegister")
        let refused = try transcript.sluss(
            "a", "unit", "register", "set", "OMS-SB-04", "--name", "x")
        #expect(refused.status == 65)
    }

    /// What `list --format csv` writes, `import --kind unit` reads.
    @Test func theRegisterGoesOutAndInWithASpreadsheet() throws {
        let transcript = try Self.made()
        let csv = try transcript.sluss("central", "unit", "register", "list", "--format", "csv")
        let path = transcript.folder.path("register.csv")
        try Data(csv.output.utf8).write(to: URL(fileURLWithPath: path))
        let before = try transcript.sluss("central", "unit", "register", "list", "--json").output
        let read = try transcript.sluss("central", "import", path, "--kind", "unit")
        #expect(read.status == 0, "\(read.errors)")
        #expect(read.output == "[KLAR] 2 rader inlästa, 0 inte.\n")
        let after = try transcript.sluss("central", "unit", "register", "list", "--json").output
        #expect(before == after)
    }

    @Test func anExportAcrossABorderSaysSoBeforeAndInJSON() throws {
        let transcript = try Self.made()
        let stick = transcript.folder.path("stick")
        let result = try transcript.sluss(
            "central", "export", "--to", "OMS-SB-04", "--output", stick, "--json")
        #expect(result.status == 0)
        #expect(
            result.errors == """
                [TITTA] Paketet går från Kommunstyrelsen till Omsorgsnämnden. Varje nämnd är en egen \
                myndighet: det som skickas blir allmän handling när det kommer fram.

                """)
        let border = try #require(transcript.list(result).first?["border"] as? [String: String])
        #expect(border == ["from": "Kommunstyrelsen", "to": "Omsorgsnämnden"])
    }
}
