import Foundation
import Testing
import _SlussTestSupport

/// A bundle that changes an unusual share of what the central has from a unit is held until
/// somebody has looked.
@Suite(.serialized) struct MassChangeTests {
    /// A unit whose `count` ideas the central has, all of which it has changed since; its second
    /// bundle is not merged yet.
    private static func changed(_ count: Int, by line: String) throws -> Transcript {
        let transcript = try Transcript.made()
        let stick = transcript.folder.path("stick")
        let rows = (1...count).map { "Behovet nummer \($0) på avdelningen" }
        try ("problem\n" + rows.joined(separator: "\n") + "\n").write(
            toFile: transcript.folder.path("list.csv"), atomically: true, encoding: .utf8)
        try transcript.sluss("a", "import", transcript.folder.path("list.csv"))
        try transcript.sluss("a", "export", "--output", stick)
        // So many new records, and the unit's first bundle: nothing of that is held.
        #expect(try transcript.sluss("central", "merge", stick).status == 0)
        let done = try transcript.shell(
            """
            export SLUSS_STORE=a
            for n in $(seq -f OMS-SB-04-26-%04g 2 \(count + 1)); do \(line) >/dev/null || exit 9; done
            sluss export --output stick
            """)
        #expect(done.status == 0, "\(done.errors)")
        return transcript
    }

    private static let edit = "sluss idea edit $n --problem \"Ny text för $n, alldeles för många.\""

    private static func held(_ transcript: Transcript, _ options: String...) throws -> [String: Any]
    {
        let report = try transcript.object(
            transcript.sluss(
                "central",
                ["merge", transcript.folder.path("stick/oms-sb-04-0002.sluss"), "--json"] + options)
        )
        return try #require((report["bundles"] as? [[String: Any]])?.first)
    }

    @Test func aBundleThatChangesTooMuchIsHeldWithItsCounts() throws {
        let transcript = try Self.changed(51, by: Self.edit)
        let path = transcript.folder.path("stick/oms-sb-04-0002.sluss")
        let swedish = try transcript.sluss("central", "merge", path)
        #expect(swedish.status == 12)
        #expect(
            swedish.output.contains("Paketet ändrar ovanligt mycket av det som redan finns här"))
        #expect(swedish.output.contains("51 av enhetens 52 poster"))
        #expect(swedish.output.contains("Inget ur paketet har lästs in."))
        let english = try transcript.sluss("central", "merge", path, "--lang", "en")
        #expect(english.output.contains("51 of the unit's 52 records"))
        #expect(english.output.contains("let it in with --allow-mass-change"))
        let bundle = try Self.held(transcript)
        let refusal = try #require(bundle["refusal"] as? [String: Any])
        #expect(refusal["code"] as? String == "massChange")
        #expect(refusal["gap"] is NSNull)
        #expect(
            refusal["massChange"] as? [String: Int] == ["changed": 51, "known": 52, "ended": 0])
        #expect(bundle["writes"] as? Int == 0)
        #expect((try Self.held(transcript, "--dry-run"))["outcome"] as? String == "refused")
        let inspected = try transcript.object(
            transcript.sluss("central", "inspect", path, "--json"))
        #expect(inspected["wouldMerge"] as? String == "massChange")
        let idea = try transcript.object(
            transcript.sluss("central", "idea", "show", "OMS-SB-04-26-0002", "--json"))
        #expect((idea["problem"] as? String)?.hasPrefix("Behovet") == true, "nothing was changed")
        #expect(try Self.held(transcript, "--allow-mass-change")["outcome"] as? String == "merged")
    }

    @Test func thePlanInWhichItIsLetInBindsAsAnyOther() throws {
        let transcript = try Self.changed(51, by: Self.edit)
        let stick = transcript.folder.path("stick")
        let digest = { (options: [String]) in
            try #require(
                transcript.object(
                    transcript.sluss(
                        "central", ["merge", "--dry-run", stick, "--json"] + options))[
                        "planDigest"] as? String)
        }
        let (held, letIn) = (try digest([]), try digest(["--allow-mass-change"]))
        #expect(held != letIn)
        // What the first plan says is that the bundle is held: that is what is done.
        #expect(try transcript.sluss("central", "merge", "--expect", held, stick).status == 3)
        #expect(try digest([]) == held)
        let done = try transcript.object(
            transcript.sluss("central", "merge", "--expect", letIn, stick, "--json"))
        let outcomes = (done["bundles"] as? [[String: Any]])?.map { $0["outcome"] as? String }
        #expect(outcomes == ["nothingNew", "merged"])
        #expect(try transcript.sluss("central", "merge", "--expect", letIn, stick).status == 65)
    }

    @Test func fiftyChangesAreNotTooManyAndAnswersAreNoChanges() throws {
        let transcript = try Self.changed(50, by: Self.edit)
        #expect(
            try transcript.sluss(
                "central", "merge", transcript.folder.path("stick/oms-sb-04-0002.sluss")
            ).status == 0)
        let answered = try Self.changed(51, by: "sluss idea answer $n \"Tack, det tar vi själva.\"")
        #expect(try Self.held(answered)["outcome"] as? String == "merged")
    }

    @Test func ideasThatAreTakenBackCountFromTheTwentyFirst() throws {
        let line = "sluss idea status $n withdrawn"
        let many = try Self.held(try Self.changed(21, by: line))
        let refusal = try #require(many["refusal"] as? [String: Any])
        #expect(
            refusal["massChange"] as? [String: Int] == ["changed": 21, "known": 22, "ended": 21])
        let few = try Self.held(try Self.changed(20, by: line))
        #expect(few["outcome"] as? String == "merged")
    }

    @Test func whatTheCentralSendsIsNotHeld() throws {
        let transcript = try Self.changed(51, by: "true")
        let answer = try transcript.shell(
            """
            export SLUSS_STORE=central
            for n in $(seq -f OMS-SB-04-26-%04g 2 52)
            do sluss idea edit $n --problem "Centralens text för $n." >/dev/null || exit 9; done
            sluss export --to OMS-SB-04 --output back.sluss && SLUSS_STORE=a sluss merge back.sluss
            """)
        #expect(answer.status == 0, "\(answer.output)")
    }

    @Test func theFlagGoesWithBundlesOnly() throws {
        let transcript = try Transcript.made()
        #expect(
            try transcript.sluss("central", "merge", "--undo", "1", "--allow-mass-change").status
                == 64)
    }
}
