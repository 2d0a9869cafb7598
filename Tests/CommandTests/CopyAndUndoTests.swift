import Foundation
import Testing
import _SlussTestSupport

/// What a person sees when a computer was imaged or set back, and when a merge is undone.
@Suite struct CopyAndUndoTests {
    /// A unit whose whole disk is set back after its second export, and that writes on.
    ///
    /// The bundles are in `one` and `two`. Files are written over in place, as a disk's snapshot is.
    private static func setBack() throws -> Transcript {
        let transcript = try Transcript()
        let result = try transcript.shell(
            """
            set -e; mkdir one two stick
            sluss init --store central --unit KLK-SA-01 --name Samordnaren --central
            sluss unit add OMS-HT-02 --store central --name 'Lomtjärns hemtjänst' --output i
            sluss init --store a --invite i
            sluss idea add --store a --problem 'Nya vikarier hittar inte till portarna.'
            sluss export --store a --output stick; sluss merge --store central stick
            cp -r a kept; cp -r state keptstate
            sluss idea add --store a --problem 'Elcyklarna står still i november.'
            sluss export --store a --output one
            cat kept/sluss.sqlite > a/sluss.sqlite; rm -f a/*-wal a/*-shm; rm -r state; cp -r keptstate state
            sluss idea add --store a --problem 'Kartorna ligger kvar på kontoret.'
            sluss export --store a --output two
            """)
        try #require(result.status == 0, "\(result.errors)")
        return transcript
    }

    @Test func twoComputersUnderOneNameEndWithThreeAndAreNamed() throws {
        let transcript = try Self.setBack()
        let first = try transcript.sluss("central", "merge", transcript.folder.path("one"))
        #expect(first.status == 0)
        let second = try transcript.sluss("central", "merge", transcript.folder.path("two"))
        #expect(second.status == 3)
        #expect(
            second.output.contains(
                "[TITTA] 2 datorer har skrivit under samma namn för OMS-HT-02, från skrivning 2:")
        )
        #expect(second.output.contains("Allt från båda finns kvar."))
        let host = try shell("hostname").trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(second.output.components(separatedBy: "\(host) ").count == 3)
        #expect(second.output.components(separatedBy: "(paket 2), 1 skrivning").count == 3)
        #expect(
            try transcript.list(transcript.sluss("central", "idea", "list", "--json")).count == 3)
        let check = try transcript.sluss("central", "check", "--json")
        let findings = try #require(
            try transcript.object(check)["findings"] as? [[String: Any]])
        #expect(check.status == 3)
        #expect(findings.contains { $0["code"] as? String == "fork" })
        let status = try transcript.object(transcript.sluss("central", "status", "--json"))
        #expect((status["forks"] as? [Any])?.count == 1)
    }

    @Test func aSetBackStoreIsToldByTheNextBundle() throws {
        let transcript = try Self.setBack()
        try transcript.sluss("central", "merge", transcript.folder.path("one"))
        let result = try transcript.shell(
            "sluss export --store central --to OMS-HT-02 --output stick && sluss merge --store a stick"
        )
        #expect(result.status == 3)
        #expect(result.output.contains("[TITTA] Det här lagret har satts tillbaka"))
        #expect(result.output.contains("Det fortsätter under ett nytt namn"))
    }

    @Test func aCopiedStoreIsLookedAtWithThreeAndWrittenToWithoutFuss() throws {
        let transcript = try Transcript.made()
        let look = try transcript.shell("cp -a a copy; sluss check --store copy")
        #expect(look.status == 3)
        #expect(look.output.contains("det låg på ett annat ställe"))
        #expect(
            try transcript.sluss("copy", "status").output.contains(
                "[TITTA] Lagret är en kopia, har flyttats eller har satts tillbaka"))
        // A rehearsal changes nothing; a write settles it.
        try transcript.sluss("copy", "merge", "--dry-run", transcript.folder.path("stick"))
        #expect(try transcript.sluss("copy", "check").status == 3)
        #expect(
            try transcript.sluss(
                "copy", "idea", "add", "--problem", "Kartorna ligger kvar på kontoret."
            ).status == 0)
        #expect(try transcript.sluss("copy", "check").status == 0)
        let lost = try transcript.sluss(
            "a", "check", environment: ["XDG_STATE_HOME": "/nonexistent"])
        #expect(lost.status == 3 && lost.output.contains("ingen anteckning"))
    }

    @Test(arguments: ["1970-01-01", "2001-09-09", "2099-12-31"])
    func aWrongYearIsToldAndHarmsNothing(today: String) throws {
        let transcript = try Transcript.made()
        let added = try transcript.sluss(
            "a", "idea", "add", "--problem", "Porten gnisslar på natten.", "--today", today)
        #expect(added.status == 0)
        let check = try transcript.sluss("a", "check", "--today", today)
        #expect(check.status == 3)
        #expect(check.output.contains("Datorns klocka säger \(today). Inget går förlorat"))
        // With the clock right again, a day that cannot have been is not held against it.
        #expect(try transcript.sluss("a", "check").status == 0)
    }

    @Test func aMergeIsUndoneAndDoneAgain() throws {
        let transcript = try Transcript.made()
        _ = try transcript.shell(
            "sluss export --store a --output stick; sluss export --store b --output stick")
        let stick = transcript.folder.path("stick")
        let merged = try transcript.sluss("central", "merge", stick)
        #expect(merged.output.contains("Ångra med: sluss merge --undo 1"))
        try transcript.sluss(
            "central", "idea", "answer", "OMS-SB-04-26-0001", "Tack, vi tar det vidare.")
        let plan = try transcript.sluss("central", "merge", "--undo", "1", "--dry-run")
        #expect(plan.status == 3)
        #expect(plan.output.hasPrefix("[FÖRHANDSVISNING] Inget har ändrats.\n[ÅNGRAT]"))
        #expect(
            try transcript.list(transcript.sluss("central", "idea", "list", "--json")).count == 2)

        let undone = try transcript.sluss("central", "merge", "--undo", "1")
        #expect(undone.status == 3)
        #expect(undone.output.contains("2 skrivningar räknas inte längre"))
        #expect(
            undone.output.contains(
                "OMS-SB-04-26-0001: 1 skrivning från KLK-SA-01 bygger på det ångrade"))
        #expect(try transcript.list(transcript.sluss("central", "idea", "list", "--json")).isEmpty)
        #expect(
            try transcript.sluss("central", "history", "OMS-SB-04-26-0001").output.contains(
                "[RÄKNAS INTE: sammanslagningen ångrades]"))
        #expect(try transcript.sluss("central", "merge", "--runs").output.contains("[ÅNGRAD"))

        let again = try transcript.sluss("central", "merge", "--undo", "1")
        #expect(again.status == 65 && again.errors.contains("är redan ångrad"))
        let unknown = try transcript.sluss("central", "merge", "--undo", "7")
        #expect(unknown.status == 65 && unknown.errors.contains("ingen sammanslagning 7"))
        #expect(try transcript.sluss("central", "merge", stick).status == 0)
        #expect(
            try transcript.list(transcript.sluss("central", "idea", "list", "--json")).count == 2)
        #expect(try transcript.sluss("central", "check").status == 0)
    }

    @Test func anUndoingIsTakenBackWithoutTheBundles() throws {
        let transcript = try Transcript.made()
        _ = try transcript.shell(
            "sluss export --store a --output stick && sluss merge --store central stick")
        let early = try transcript.sluss("central", "merge", "--redo", "1")
        #expect(early.status == 65 && early.errors.contains("är inte ångrad"))
        try transcript.sluss("central", "merge", "--undo", "1")
        let redone = try transcript.sluss("central", "merge", "--redo", "1", "--json")
        #expect(try transcript.object(redone)["writes"] as? Int == 1)
        #expect(
            try transcript.list(transcript.sluss("central", "idea", "list", "--json")).count == 1)
    }

    @Test(arguments: [
        ["merge"], ["merge", "--undo", "1", "stick"], ["merge", "--runs", "--dry-run"],
    ])
    func mergeAsksForOneThingAtATime(arguments: [String]) throws {
        let transcript = try Transcript.made()
        let result = try transcript.shell(
            "sluss \(arguments.joined(separator: " ")) --store central")
        #expect(result.status == 64)
        #expect(result.errors.contains("Ange paket eller mappar, eller --undo RUN"))
    }
}
