import Foundation
import Testing
import _SlussTestSupport

/// The main job, typed.
@Suite struct MainJobTests {
    @Test func theDemoEndsWellAndLeavesNothingBehind() throws {
        let transcript = try Transcript()
        let result = try transcript.shell("TMPDIR=\"$PWD\" sluss demo && ls")
        #expect(result.status == 0)
        #expect(result.output.contains("1  Införd  – OMS-HT-02, enhetschef"))
        #expect(result.output.contains("2  Vilar – väntar på ny kartmall  – KLK-SA-01, samordnare"))
        #expect(result.output.contains("BUN-GR-03-APT-2026-03-11, punkt 5 – text"))
        #expect(result.output.contains("= centralen"))
        #expect(!result.output.contains("sluss-demo-"[...] + "\n"))
    }

    /// The ten bundles that units send in the demo: every order of the five that hold a conflict
    /// or the writes it builds on, the others before, between and after; and all of them twice.
    @Test func everyOrderOfTheDemosBundlesGivesTheSameState() throws {
        let transcript = try Transcript()
        try transcript.sluss("x", "demo", "--keep", transcript.folder.path("demo"))
        try transcript.centralAgain("new", keys: "demo/central/keys")
        let stick = transcript.folder.path("demo/sticka/")
        let all = try FileManager.default.contentsOfDirectory(atPath: stick)
            .filter { !$0.hasPrefix("klk-") }.sorted()
        let telling = all.filter { name in
            [
                "oms-ht-02-0001", "oms-ht-02-0002", "bun-gr-03-0001", "bun-gr-03-0002",
                "bun-gr-03b-0002",
            ]
            .contains(String(name.dropLast(6)))
        }
        let others = all.filter { !telling.contains($0) }
        #expect(all.count == 10 && telling.count == 5)
        for name in all where name.hasSuffix("0001.sluss") {
            try transcript.accept(stick + name, at: "new")
        }
        var digests: Set<String> = []
        for (index, order) in permutations(telling).enumerated() {
            let cut = index % (others.count + 1)
            var paths = others.prefix(cut) + order + others.dropFirst(cut)
            if index % 10 == 0 { paths += paths }
            let place = "central\(index)"
            try FileManager.default.copyItem(
                atPath: transcript.folder.path("new"), toPath: transcript.folder.path(place))
            let merge = try run(
                Transcript.program,
                ["merge", "--store", transcript.folder.path(place)]
                    + paths.map { stick + $0 },
                environment: ["XDG_STATE_HOME": transcript.folder.path("state")])
            #expect(merge.status == 3)
            let status = try transcript.object(transcript.sluss(place, "status", "--json"))
            digests.insert(try #require(status["stateDigest"] as? String))
        }
        #expect(digests.count == 1)
    }

    @Test func theDemoKeepsItsFilesWhereAskedButNeverOverwrites() throws {
        let transcript = try Transcript()
        let keep = transcript.folder.path("demo")
        #expect(try transcript.sluss("x", "demo", "--keep", keep).status == 0)
        #expect(try transcript.sluss("demo/central", "check").status == 0)
        let again = try transcript.sluss("x", "demo", "--keep", keep)
        #expect(again.status == 65)
        #expect(again.errors.contains("finns redan"))
    }

    @Test func aReceiptSaysNumberCodeAndDay() throws {
        let transcript = try Transcript.made()
        let result = try transcript.sluss(
            "a", "idea", "add", "--problem", "Cyklarna saknar pump vid porten.", "--anonymous",
            "--day", "2026-03-02")
        let pattern =
            /\[KLAR\] Sparat. Nummer OMS-SB-04-26-000\d. Din kod: (\S+-\d\d) \(skriv upp\). Svar senast 2026-03-16.\n/
        let match = try #require(result.output.wholeMatch(of: pattern))
        let code = String(match.1)
        let everything = try transcript.shell("cat a/* | grep -ac -- '\(code)'")
        #expect(everything.output == "0\n", "the code is nowhere in the store")
    }

    @Test func twoUnitsSyncThroughAFile() throws {
        let transcript = try Transcript.made()
        let stick = transcript.folder.path("stick")
        for unit in ["a", "b"] {
            let result = try transcript.sluss(unit, "export", "--output", stick)
            #expect(result.status == 0)
            #expect(result.output.contains("Läst tillbaka och kontrollerat."))
        }
        let plan = try transcript.sluss("central", "merge", stick, "--dry-run", "--json")
        #expect(try transcript.object(plan)["plan"] as? Bool == true)
        #expect(try transcript.list(transcript.sluss("central", "idea", "list", "--json")).isEmpty)

        let merge = try transcript.sluss("central", "merge", stick, "--json")
        #expect(merge.status == 0)
        let report = try transcript.object(merge)
        let bundles = try #require(report["bundles"] as? [[String: Any]])
        #expect(bundles.map { $0["outcome"] as? String } == ["merged", "merged"])
        #expect(bundles.map { $0["unit"] as? String } == ["OMS-HT-02", "OMS-SB-04"])
        #expect(bundles.allSatisfy { $0["refusal"] is NSNull })

        let idea = "OMS-SB-04-26-0001"
        try transcript.sluss("central", "idea", "answer", idea, "Bra – gör det!")
        try transcript.sluss("central", "export", "--to", "OMS-SB-04", "--output", stick)
        let back = try transcript.sluss("a", "merge", stick)
        #expect(back.status == 0)
        #expect(
            back.output.contains("2 paket är till andra")
                || back.output.contains("till någon annan"))
        let shown = try transcript.sluss("a", "idea", "show", idea)
        #expect(shown.output.contains("(samordnare): Bra – gör det!"))
        let codes = try [transcript.sluss("a", "status", "--json")].map {
            try transcript.object($0)["stateCode"] as? String
        }
        let central = try transcript.object(transcript.sluss("central", "status", "--json"))
        let peers = try #require(central["peers"] as? [[String: Any]])
        #expect(
            peers.first { $0["unit"] as? String == "OMS-SB-04" }?["stateCode"] as? String
                == codes[0])
    }

    @Test func aConflictEndsWithThreeAndIsSettledByName() throws {
        let transcript = try Transcript.made()
        let stick = transcript.folder.path("stick")
        let idea = "OMS-SB-04-26-0001"
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        try transcript.sluss("a", "idea", "status", idea, "Införd", "--force")
        try transcript.sluss("central", "idea", "status", idea, "Vilar", "--force")
        try transcript.sluss("a", "export", "--output", stick)
        let merge = try transcript.sluss("central", "merge", stick)
        #expect(merge.status == 3)
        #expect(merge.output.contains("[OLIKA BESKED] 1 att avgöra:"))
        #expect(
            try transcript.sluss("central", "idea", "show", idea).output.contains("OLIKA BESKED"))

        let conflicts = try transcript.list(
            transcript.sluss("central", "conflicts", "list", "--json"))
        let values = try #require(conflicts.first?["values"] as? [[String: Any]])
        #expect(conflicts.first?["field"] as? String == "status")
        #expect(values.count == 2)
        #expect(Set(values.compactMap { $0["unit"] as? String }) == ["OMS-SB-04", "KLK-SA-01"])

        let wrong = try transcript.sluss(
            "central", "conflicts", "resolve", "\(idea)/status", "--pick", "3", "--reason", "så")
        #expect(wrong.status == 65)
        #expect(
            wrong.errors == "[FEL] Det finns inget värde 3; välj 1 till 2. Inget har ändrats.\n")
        let settled = try transcript.sluss(
            "central", "conflicts", "resolve", "\(idea)/status", "--pick", "1", "--reason",
            "så är det")
        #expect(settled.status == 0)
        #expect(
            try transcript.sluss("central", "conflicts", "list").output == "Inga olika besked.\n")
        let history = try transcript.sluss("central", "history", idea)
        #expect(history.output.contains("skäl: så är det"))
        #expect(history.output.contains("[SAMTIDIGT]"))
    }

    @Test func aGapEndsWithFourteenOrThreeIfOthersWentIn() throws {
        let transcript = try Transcript.made()
        let stick = transcript.folder.path("stick")
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        try transcript.sluss("central", "export", "--to", "OMS-SB-04", "--output", stick)
        try transcript.sluss("a", "merge", stick)
        try transcript.sluss("a", "idea", "add", "--problem", "Larmknappen går inte att nå.")
        let later = transcript.folder.path("later.sluss")
        try transcript.sluss("a", "export", "--output", later)
        try transcript.centralAgain("fresh", keys: "central/keys")
        let gap = try transcript.sluss("fresh", "merge", later)
        #expect(gap.status == 14)
        #expect(
            gap.output.contains(
                "[VÄNTAR] OMS-SB-04: skrivning 1 saknas. Paket 1 har inte kommit hit."))
        #expect(gap.output.contains("Inget ur paketet har lästs in."))
        try transcript.sluss("b", "export", "--output", stick)
        let b = transcript.folder.path("stick/oms-ht-02-0001.sluss")
        try transcript.accept(b, at: "fresh")
        let some = try transcript.sluss("fresh", "merge", later, b)
        #expect(some.status == 3)
        // The earlier bundle heals it, in whatever order they are named.
        let a = transcript.folder.path("stick/oms-sb-04-0001.sluss")
        #expect(try transcript.sluss("fresh", "merge", later, a).status == 0)
        #expect(try transcript.list(transcript.sluss("fresh", "idea", "list", "--json")).count == 3)
    }

    @Test func ourBagsAreBagsToTheStandardTools() throws {
        let transcript = try Transcript.made(allowPlain: true)
        try transcript.sluss("a", "export", "--plain", "--output", transcript.folder.path("stick"))
        let python = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../.build-tools/bin/python").standardized.path
        let result = try transcript.shell(
            """
            mkdir bag && bsdtar -xf stick/oms-sb-04-0001.sluss -C bag &&
            '\(python)' -m bagit --validate bag &&
            (cd bag && sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt) &&
            jq -e .problem_or_set bag/sluss/manifest.json > /dev/null || jq -r .sender.unit bag/sluss/manifest.json
            """)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "OMS-SB-04\n")
    }
}
