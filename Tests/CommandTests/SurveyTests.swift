import Foundation
import Testing
import _SlussTestSupport

/// The managers' survey, from the form to the key figure; its answers leave the computer nowhere.
@Suite(.serialized) struct SurveyTests {
    private static let items = [
        "A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "D1", "D2", "D3", "E1", "E2", "E3", "F1",
        "F2", "F3", "G1", "G2", "H1", "H2", "I1", "I2", "I3",
    ]

    private static func made() throws -> Transcript {
        let transcript = try Transcript.made()
        for (code, name) in [("OMS-SB-04", "Omsorg"), ("BUN-GR-03", "Bildning")] {
            try transcript.sluss(
                "central", "unit", "register", "set", code, "--name", code, "--administration",
                name)
        }
        return transcript
    }

    /// A list in which each manager says one thing to everything.
    @discardableResult
    private static func list(
        _ transcript: Transcript, _ name: String, _ rows: [(String, String)],
        heading: String? = nil
    ) throws -> String {
        let head = heading ?? (["Förvaltning", "Chefsnivå"] + items).joined(separator: ";")
        let lines = rows.map { administration, value in
            ([administration, "första linjen"] + items.map { _ in value }).joined(separator: ";")
        }
        let path = transcript.folder.path(name)
        try Data(([head] + lines).joined(separator: "\r\n").utf8).write(
            to: URL(fileURLWithPath: path))
        return path
    }

    private static func figure(_ transcript: Transcript, _ today: String) throws -> String {
        let folder = try transcript.folder.folder("report")
        let made = try transcript.sluss(
            "central", "report", "--audience", "coordinator", "--output", folder + "/r.html",
            "--csv", folder, "--today", today)
        #expect(made.status == 0, "\(made.errors)")
        let text = String(
            decoding: try Data(
                contentsOf: URL(fileURLWithPath: folder + "/coordinator-nyckeltal.csv")),
            as: UTF8.self)
        let row = try #require(
            text.split(separator: "\r\n").first { $0.hasPrefix("\"Enkätindex\"") })
        return row.components(separatedBy: "\",\"")[1]
    }

    @Test func aRoundIsGatheredClosedAndShown() throws {
        let transcript = try Self.made()
        #expect(try Self.figure(transcript, "2026-12-01") == "ingen enkät än")
        #expect(try transcript.sluss("central", "survey", "list").output == "Ingen enkät än.\n")
        let oms = ["1", "2", "3", "4", "5"].map { ("omsorg", $0) }
        let bun = ["3", "4", "5", "5", "5", "kan inte bedöma"].map { ("Bildning", $0) }
        let first = try Self.list(transcript, "a.csv", oms + [("", "")])
        let read = try transcript.sluss("central", "survey", "import", first, "--round", "2026")
        #expect(read.status == 0, "\(read.errors)")
        #expect(read.output.hasPrefix("[KLAR] 5 svar inlästa; omgången 2026 har 5.\n"))
        let second = try Self.list(transcript, "b.csv", bun)
        let more = try transcript.sluss("central", "survey", "import", second, "--round", "2026")
        #expect(more.output.hasPrefix("[KLAR] 5 svar inlästa; omgången 2026 har 10.\n"))
        let early = try transcript.sluss("central", "survey", "result", "--round", "2026")
        #expect(early.status == 65)
        #expect(
            early.errors
                == "[FEL] Omgången 2026 är öppen. Innan den är stängd visas ingenting, annars kan ett sent svar räknas ut. Stäng den: sluss survey close --round 2026. Inget har ändrats.\n"
        )
        #expect(try Self.figure(transcript, "2026-12-01") == "ingen enkät än")
        let closed = try transcript.sluss(
            "central", "survey", "close", "--round", "2026", "--invited", "16")
        #expect(closed.output == "[KLAR] Stängd. 2026: 10 svar av 16, stängd\n")
        // 1 2 3 4 5 3 4 5 5 5 are 37: (3.7 − 1)/4 = 67.5. OMS 50; BUN 22/5: 85.
        let shown = try transcript.sluss("central", "survey", "result", "--round", "2026")
        #expect(shown.status == 0, "\(shown.errors)")
        #expect(
            shown.output.hasPrefix(
                """
                Enkät 2026: 10 svar, svarsfrekvens 63\u{A0}% (10 av 16)
                Totalt         68  #############·······  n 10
                Omvärld        68  #############·······  n 10

                """), "\(shown.output)")
        #expect(shown.output.contains("Bildning     5  85      85"), "\(shown.output)")
        #expect(shown.output.contains("Omsorg       5  50      50"), "\(shown.output)")
        #expect(try Self.figure(transcript, "2026-12-01") == "68 (2026, 10 svar)")
        #expect(try Self.figure(transcript, "2025-12-31") == "ingen enkät än")
        let json = try transcript.object(
            transcript.sluss("central", "survey", "result", "--round", "2026", "--json"))
        #expect((json["distributions"] as? [String: [Int]])?["A1"] == [1, 1, 2, 2, 4])
        try Self.compareTrend(transcript, oms, bun)
    }

    /// The year after, everybody of OMS says 5: 25 + 22 = 47, (4.7 − 1)/4 = 92.5.
    private static func compareTrend(
        _ transcript: Transcript, _ oms: [(String, String)], _ bun: [(String, String)]
    ) throws {
        let next = try list(transcript, "c.csv", oms.map { ($0.0, "5") } + bun)
        try transcript.sluss("central", "survey", "import", next, "--round", "2027")
        try transcript.sluss("central", "survey", "close", "--round", "2027")
        let shown = try transcript.sluss("central", "survey", "result", "--round", "2027")
        #expect(shown.output.contains("n 10  ↑ +25 upp (2026)"), "\(shown.output)")
        #expect(
            try figure(transcript, "2027-12-01")
                == "93 (2027, 10 svar; 2026: 68, ↑ +25 upp)")
        let rows = try transcript.sluss(
            "central", "survey", "result", "--round", "2027", "--format", "csv")
        #expect(rows.output.contains("\"\",\"total\",\"93\",\"10\",\"25\""))
        #expect(rows.output.contains("\"Bildning\",\"total\",\"85\",\"5\",\"0\""))
    }

    @Test func answersGoNowhereAndTellNothingOfWhoAndWhen() throws {
        let transcript = try Self.made()
        let rows = ["5", "1", "3", "2", "4", "4"].map { ("Omsorg", $0) }
        try transcript.sluss(
            "central", "survey", "import", Self.list(transcript, "a.csv", rows), "--round", "2026")
        let file = transcript.folder.path("central/survey/2026.json")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let given = text.matches(of: /"values":"([1-5-]+)"/).map { String($0.1.prefix(1)) }
        #expect(given == ["1", "2", "3", "4", "4", "5"], "not in the order they came")
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect((attributes[.modificationDate] as? Date)?.timeIntervalSince1970 == 0)
        for word in ["OMS-SB", "KLK", "första", "2025", "-11-"] { #expect(!text.contains(word)) }
        // Neither bundles nor the backup have a word of it.
        let stick = try transcript.folder.folder("out")
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        let before = try FileManager.default.contentsOfDirectory(atPath: stick).count
        let again = try transcript.object(transcript.sluss("central", "status", "--json"))
        try transcript.sluss("central", "survey", "close", "--round", "2026")
        let after = try transcript.object(transcript.sluss("central", "status", "--json"))
        #expect(again["writes"] as? Int == after["writes"] as? Int, "it is no write")
        #expect(before == 1)
        // A restored store on the same computer keeps it.
        let backup = try transcript.folder.folder("backup")
        let saved = try transcript.sluss("central", "backup", "--output", backup)
        #expect(saved.status == 0, "\(saved.errors)")
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: backup).first {
                $0.hasSuffix(".sluss")
            })
        let restored = try transcript.sluss(
            "central", "restore", backup + "/" + name, "--into", transcript.folder.path("central"))
        #expect([0, 3].contains(restored.status), "\(restored.errors)")
        let list = try transcript.sluss("central", "survey", "list")
        #expect(list.output == "2026: 6 svar, stängd\n")
        #expect(try transcript.sluss("central", "check").status != 13)
    }

    @Test func listsWithAnythingWrongAreRefusedAsAWhole() throws {
        let transcript = try Self.made()
        let five = (0..<5).map { _ in ("Omsorg", "3") }
        let columns = (["Förvaltning", "Chefsnivå"] + Self.items).joined(separator: ";")
        let cases: [([(String, String)], String?, String)] = [
            (five, columns.replacingOccurrences(of: "Chefsnivå", with: "Enhet"), "surveyColumn"),
            (five, columns.replacingOccurrences(of: "Chefsnivå", with: "Datum"), "surveyColumn"),
            (five, columns.replacingOccurrences(of: "A2", with: "A1"), "unreadableList"),
            (five, columns.replacingOccurrences(of: ";I3", with: ""), "unreadableList"),
            (five + [("Omsorg", "6")], nil, "unreadableList"),
            (five + [("Omsorg", "tre")], nil, "unreadableList"),
            (five + [("Okänd", "3")], nil, "unknownChoice"),
            (five + [("19900101-2385", "3")], nil, "personalNumber"),
        ]
        for (place, (rows, heading, code)) in cases.enumerated() {
            let path = try Self.list(transcript, "\(place).csv", rows, heading: heading)
            let result = try transcript.sluss(
                "central", "survey", "import", path, "--round", "2026", "--json")
            #expect(result.status == 65, "\(code)")
            #expect(try transcript.object(result)["error"] as? String == code, "case \(place)")
        }
        #expect(try transcript.sluss("central", "survey", "list").output == "Ingen enkät än.\n")
        let wrong = try transcript.sluss(
            "central", "survey", "import", transcript.folder.path("0.csv"), "--round", "2026")
        #expect(
            wrong.errors
                == "[FEL] Kolumnen ”Enhet” hör inte till enkäten. Ta bort den: ett svar får inte ha enhet, namn, dag eller fri text. Inget har ändrats.\n"
        )
        let gone = try transcript.sluss(
            "central", "survey", "import", transcript.folder.path("none.csv"), "--round", "2026")
        #expect(gone.status == 30)
    }

    @Test func stepsInTheWrongOrderAreRefused() throws {
        let transcript = try Self.made()
        let list = try Self.list(transcript, "a.csv", (0..<4).map { _ in ("Omsorg", "3") })
        let late = try Self.list(transcript, "b.csv", (0..<9).map { _ in ("Omsorg", "3") })
        func refused(_ place: String, _ arguments: [String], _ code: String) throws {
            let result = try transcript.sluss(place, ["survey"] + arguments + ["--json"])
            #expect(result.status == (code == "surveyDamaged" ? 13 : 65), "\(arguments)")
            #expect(try transcript.object(result)["error"] as? String == code, "\(arguments)")
        }
        let round = ["--round", "2026"]
        try refused("a", ["import", list] + round, "onlyCentral")
        try refused("a", ["list"], "onlyCentral")
        try refused("central", ["result"] + round, "noSurvey")
        try refused("central", ["close"] + round, "noSurvey")
        try refused("central", ["discard"] + round, "noSurvey")
        try refused("central", ["import", list, "--round", "26"], "malformed")
        try refused("central", ["form", "--format", "pdf"], "unknownChoice")
        try transcript.sluss("central", ["survey", "import", list] + round)
        try refused("central", ["import", list] + round, "surveyListTaken")
        try refused("central", ["close", "--invited", "3"] + round, "malformed")
        try transcript.sluss("central", ["survey", "close"] + round)
        try refused("central", ["close"] + round, "surveyClosed")
        try refused("central", ["import", late] + round, "surveyClosed")
        let few = try transcript.sluss("central", ["survey", "result", "--distribution"] + round)
        #expect(few.output.hasPrefix("Enkät 2026\nFärre än fem har svarat: inget visas.\n"))
        #expect(few.output.contains("Färre än tio svar: fördelningen visas inte."))
        #expect(try Self.figure(transcript, "2026-12-01") == "2026: för få svar")
        try refused("central", ["discard"] + round, "surveyResultGoes")
        let gone = try transcript.sluss("central", ["survey", "discard", "--closed"] + round)
        #expect(gone.output == "[KLAR] Omgången 2026 är borta, med alla svar.\n")
        #expect(
            !FileManager.default.fileExists(
                atPath: transcript.folder.path("central/survey/2026.json")))
        try Data("{}".utf8).write(
            to: URL(fileURLWithPath: transcript.folder.path("central/survey/2026.json")))
        try refused("central", ["list"], "surveyDamaged")
    }

    @Test func theFormHasEverySentenceInBothLanguages() throws {
        let transcript = try Self.made()
        let text = try transcript.sluss("central", "survey", "form").output
        let html = try transcript.sluss("central", "survey", "form", "--format", "html").output
        for words in [
            "Vi vet vilka behov hos brukare, elever eller invånare som vi ännu inte möter.",
            "We know which needs we do not yet meet.", "We recognise those who improve the work.",
        ] { #expect(text.contains(words) && html.contains(words)) }
        for id in Self.items { #expect(text.contains("  \(id)  ") && html.contains(">\(id) ")) }
        #expect(html.matches(of: /<td class="box short">☐<\/td>/).count == 24 * 6)
        #expect(!html.contains("<script") && !html.contains("src=") && !html.contains("href="))
        // The heading row is one that import takes.
        let head = try transcript.sluss("central", "survey", "form", "--format", "answers").output
        let path = transcript.folder.path("own.csv")
        let row = "\"Omsorg\",\"\"," + Self.items.map { _ in "\"4\"" }.joined(separator: ",")
        try Data((head + row + "\r\n").utf8).write(to: URL(fileURLWithPath: path))
        let read = try transcript.sluss("central", "survey", "import", path, "--round", "2026")
        #expect(read.output.hasPrefix("[KLAR] 1 svar inlästa"), "\(read.errors)")
        let items = try transcript.list(
            transcript.sluss("central", "survey", "form", "--format", "json"))
        #expect(items.count == 24)
    }
}
