import Foundation
import Testing
import _SlussTestSupport

/// Activities, from the keyboard to the sums.
@Suite(.serialized) struct ActivityTests {
    private static func carry(_ transcript: Transcript, _ place: String) throws {
        let stick = transcript.folder.path("stick")
        try transcript.sluss(place, "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
    }

    private static func figures(_ transcript: Transcript, _ day: String) throws -> [String] {
        let folder = try transcript.folder.folder("report")
        let made = try transcript.sluss(
            "central", "report", "--audience", "coordinator", "--output", folder + "/r.html",
            "--csv", folder, "--today", day)
        #expect(made.status == 0, "\(made.errors)")
        let text = String(
            decoding: try Data(
                contentsOf: URL(fileURLWithPath: folder + "/coordinator-nyckeltal.csv")),
            as: UTF8.self)
        return text.split(separator: "\r\n").filter {
            $0.hasPrefix("\"Informerade internt\"") || $0.hasPrefix("\"Nådda externt\"")
        }.map { $0.components(separatedBy: "\",\"")[1] }
    }

    @Test func activitiesAreEnteredChangedAndAddedUp() throws {
        let transcript = try Transcript.made()
        let day = ["--today", "2026-03-12"]
        let added = try transcript.sluss(
            "a",
            [
                "activity", "add", "--type", "utbildning", "--day", "2026-03-11", "--minutes", "90",
                "--organiser", "Slussgruppen", "--leader", "innovationsledare", "--target",
                "nattpersonal", "--unit", "OMS-SB-04", "--unit", "oms-ht-02", "--internal", "24",
                "--new-internal", "9", "--material", "handboken", "--rating", "4,2", "--answers",
                "18", "--lesson", "Kortare pass.",
            ] + day)
        #expect(added.status == 0, "\(added.errors)")
        #expect(
            added.output == """
                [KLAR] Sparat.
                OMS-SB-04-AKT-2026-03-11 · 2026-03-11 · utbildning
                Minuter: 90
                Arrangör: Slussgruppen
                Ledare: innovationsledare
                Målgrupp: nattpersonal
                Enheter: OMS-HT-02, OMS-SB-04
                Deltagare internt: 24 (9 nya)
                Material: handboken
                Betyg: 4,2 av 5 (18 svar)
                Lärdom: Kortare pass.

                """)
        let second = try transcript.sluss(
            "a",
            [
                "activity", "add", "--type", "extern spridning", "--day", "2026-03-11",
                "--external", "30", "--external-kind", "press", "--external-kind", "kommun",
            ] + day)
        #expect(
            second.output.contains("OMS-SB-04-AKT-2026-03-11-2 · 2026-03-11 · extern spridning"))
        try transcript.sluss(
            "central",
            [
                "activity", "add", "--type", "information", "--internal", "7", "--new-internal",
                "7", "--day", "2026-03-10",
            ] + day)
        try Self.carry(transcript, "a")
        #expect(
            try Self.figures(transcript, "2026-03-12") == [
                "31 deltagartillfällen, 16 unika (uppskattat)",
                "30 deltagartillfällen, 0–30 unika (uppskattat; 1 aktivitet säger inte hur många som var nya)",
            ])
        // Before them there is nothing.
        #expect(try Self.figures(transcript, "2026-03-09") == ["inga än", "inga än"])
        let first = "OMS-SB-04-AKT-2026-03-11"
        let changed = try transcript.sluss(
            "a", "activity", "change", first, "--internal", "26", "--lesson", "",
            "--remove-unit", "OMS-HT-02")
        #expect(changed.status == 0, "\(changed.errors)")
        #expect(changed.output.contains("Deltagare internt: 26\n"), "new is not known any more")
        #expect(
            !changed.output.contains("Lärdom") && changed.output.contains("Enheter: OMS-SB-04\n"))
        try transcript.sluss("a", "activity", "change", first + "-2", "--struck", "ja")
        try Self.carry(transcript, "a")
        #expect(
            try Self.figures(transcript, "2026-03-12") == [
                "33 deltagartillfällen, 7–33 unika (uppskattat; 1 aktivitet säger inte hur många som var nya)",
                "inga än",
            ])
        let list = try transcript.sluss("central", "activity", "list")
        #expect(
            list.output == """
                NUMMER                      DATUM       TYP               INTERNT    EXTERNT
                KLK-SA-01-AKT-2026-03-10    2026-03-10  information       7 (7 nya)  –
                OMS-SB-04-AKT-2026-03-11    2026-03-11  utbildning        26         –
                OMS-SB-04-AKT-2026-03-11-2  2026-03-11  extern spridning  –          30       STRUKEN

                """)
        let shown = try transcript.object(
            transcript.sluss("central", "activity", "show", first, "--json"))
        #expect(shown["internal"] as? Int == 26 && shown["newInternal"] is NSNull)
        #expect(shown["ratingTenths"] as? Int == 42 && shown["type"] as? String == "training")
        let csv = try transcript.sluss("central", "activity", "list", "--format", "csv")
        #expect(csv.output.components(separatedBy: "\r\n").count == 5)
    }

    @Test func whatTwoComputersSayAtOnceIsNotCountedUntilSomebodyHasChosen() throws {
        let transcript = try Transcript.made()
        let number = "OMS-SB-04-AKT-2026-03-11"
        try transcript.sluss(
            "a", "activity", "add", "--type", "workshop", "--day", "2026-03-11", "--internal", "10",
            "--new-internal", "10")
        try Self.carry(transcript, "a")
        try transcript.sluss("central", "activity", "change", number, "--internal", "12")
        try transcript.sluss("a", "activity", "change", number, "--internal", "11")
        try Self.carry(transcript, "a")
        #expect(try Self.figures(transcript, "2026-03-12").first == "inga än")
        let shown = try transcript.sluss("central", "activity", "show", number)
        #expect(shown.output.contains("[OLIKA BESKED] deltagare internt: se sluss conflicts show"))
        let waiting = try transcript.list(
            transcript.sluss("central", "conflicts", "list", "--json"))
        let id = try #require(waiting.first?["id"] as? String)
        let done = try transcript.sluss(
            "central", "conflicts", "resolve", id, "--pick", "2", "--reason", "listan")
        #expect(done.status == 0, "\(done.errors)")
        let sum = try #require(try Self.figures(transcript, "2026-03-12").first)
        #expect(sum.hasPrefix("11 deltag") || sum.hasPrefix("12 deltag"))
    }

    @Test func whatCannotBeEnteredIsRefused() throws {
        let transcript = try Transcript.made()
        let add = ["activity", "add", "--type", "workshop"]
        let cases: [([String], String)] = [
            (["activity", "add"], "tooShort"),
            (["activity", "add", "--type", "fest"], "unknownChoice"),
            (add + ["--day", "i fjol"], "malformed"), (add + ["--minutes", "0"], "malformed"),
            (add + ["--internal", "3", "--new-internal", "4"], "newWithoutAll"),
            (add + ["--new-external", "4"], "newWithoutAll"),
            (add + ["--internal", "100001"], "newWithoutAll"),
            (add + ["--rating", "4,2"], "ratingWithoutAnswers"),
            (add + ["--rating", "5,1", "--answers", "3"], "ratingWithoutAnswers"),
            (add + ["--rating", "4,25", "--answers", "3"], "ratingWithoutAnswers"),
            (add + ["--answers", "3"], "ratingWithoutAnswers"),
            (add + ["--external-kind", "mars"], "unknownChoice"),
            (add + ["--unit", "hemma"], "malformed"),
            (add + ["--leader", "19900101-2385"], "personalNumber"),
            (add + ["--target", String(repeating: "x", count: 121)], "tooLong"),
            (["activity", "change", "OMS-SB-04-AKT-2026-03-11", "--minutes", "5"], "noSuchRecord"),
            (["activity", "show", "OMS-SB-04-26-0001"], "noSuchRecord"),
            (["activity", "list", "--format", "xml"], "unknownChoice"),
        ]
        for (arguments, code) in cases {
            let result = try transcript.sluss("a", arguments + ["--json"])
            #expect(result.status == 65, "\(arguments)")
            #expect(try transcript.object(result)["error"] as? String == code, "\(arguments)")
        }
        let none = try transcript.sluss("a", "activity", "list")
        #expect(none.output == "Inga aktiviteter än.\n")
        try transcript.sluss("a", "activity", "add", "--type", "workshop", "--day", "2026-03-11")
        let nothing = try transcript.sluss("a", "activity", "change", "OMS-SB-04-AKT-2026-03-11")
        #expect(nothing.status == 65)
        let few = try transcript.sluss("a", add + ["--new-internal", "2"])
        #expect(
            few.errors
                == "[FEL] De nya hör till dem som var med: ange antalet deltagare också, minst så många, och högst 100000. Inget har ändrats.\n"
        )
    }
}
