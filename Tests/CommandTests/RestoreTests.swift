import Foundation
import Testing
import _SlussTestSupport

/// The PC is dead, and there is a stick with a backup on it.
@Suite struct RestoreTests {
    /// A unit that has exported, made a backup, written on and exported again; all is at the central.
    private static func made() throws -> Transcript {
        let transcript = try Transcript.made()
        let result = try transcript.shell(
            """
            set -e; mkdir usb one two back
            sluss export --store a --output one; sluss merge --store central one
            sluss export --store central --to OMS-SB-04 --output back; sluss merge --store a back
            sluss idea add --store a --problem 'Ring 19900101-2385 om stolen.' >log || true
            sluss backup --store a --output usb --today 2026-03-09
            sluss idea add --store a --problem 'Elcyklarna står still i november.'
            sluss export --store a --output two; sluss merge --store central two
            """)
        try #require(result.status == 0, "\(result.errors)")
        return transcript
    }

    private static let usb = "usb/oms-sb-04-backup-0001-2026-03-09.sluss"

    private func restore(
        _ transcript: Transcript, _ bundle: String = usb, into folder: String = "a",
        _ arguments: String..., day: String = "2026-03-12"
    ) throws -> ProcessResult {
        try transcript.sluss(
            "nowhere",
            [
                "restore", transcript.folder.path(bundle), "--into", transcript.folder.path(folder),
                "--today", day,
            ] + arguments)
    }

    private func numbers(_ transcript: Transcript, _ place: String) throws -> [String] {
        try transcript.list(transcript.sluss(place, "idea", "list", "--json"))
            .compactMap { $0["number"] as? String }.sorted()
    }

    private func names(_ transcript: Transcript) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: transcript.folder.path).sorted()
    }

    /// All is back, nothing is numbered twice, and what is new goes out.
    @Test func aRestoredUnitHealsFromTheCentralsNextBundle() throws {
        let transcript = try Self.made()
        let restored = try restore(transcript)
        #expect(restored.status == 3, "\(restored.errors)")
        #expect(
            restored.output.hasPrefix(
                """
                [TITTA] Lagret som ligger där har 1 skrivning i 1 post som kopian saknar:
                   OMS-SB-04: 1 skrivning
                [KLAR] Äppelvretens vårdboende (OMS-SB-04) är återställd ur säkerhetskopia 1: 2 skrivningar, 2 poster.

                """))
        #expect(try names(transcript).contains("a-before-2026-03-12"))
        #expect(!(try names(transcript).contains("a.restoring")))
        #expect(try transcript.sluss("a", "check").status == 0)
        // The draft, which never was in an ordinary bundle, is there.
        #expect(try numbers(transcript, "a") == ["OMS-SB-04-26-0001", "OMS-SB-04-26-0002"])
        let healed = try transcript.shell(
            """
            set -e; mkdir three four five
            sluss export --store a --output three; sluss merge --store central three
            sluss export --store central --to OMS-SB-04 --output four; sluss merge --store a four
            sluss idea add --store a --problem 'Skriven efter återställningen.'
            sluss export --store a --output five; sluss merge --store central five
            """)
        #expect(healed.status == 0, "\(healed.errors)")
        // No word of a copy: the new life was settled when it was restored.
        #expect(!healed.errors.contains("är en kopia"))
        let all = (1...4).map { "OMS-SB-04-26-000\($0)" }
        #expect(try numbers(transcript, "a") == all)
        // The draft stays here.
        #expect(try numbers(transcript, "central") == all.filter { $0 != all[1] })
        for place in ["a", "central"] {
            #expect(try transcript.sluss(place, "check").status == 0)
        }
        let (unit, central) = (
            try transcript.object(transcript.sluss("a", "status", "--json")),
            try transcript.object(transcript.sluss("central", "status", "--json"))
        )
        #expect(unit["stateDigest"] as? String == central["stateDigest"] as? String)
        let forks = try #require(central["forks"] as? [Any])
        #expect(forks.isEmpty)
    }

    @Test func aPlanSaysWhatWouldBeLostAndChangesNothing() throws {
        let transcript = try Self.made()
        let before = try names(transcript)
        let plan = try transcript.object(restore(transcript, Self.usb, "--dry-run", "--json"))
        #expect(plan["plan"] as? Bool == true && plan["former"] is NSNull)
        let lost = try #require(plan["lost"] as? [String: Any])
        #expect(lost["writes"] as? Int == 1 && lost["records"] as? Int == 1)
        let gained = try #require(plan["gained"] as? [String: Any])
        #expect(gained["writes"] as? Int == 0)
        #expect(try names(transcript) == before)
        #expect(try numbers(transcript, "a").count == 3)
        #expect(try transcript.sluss("a", "check").status == 0)
        // Nor is what a run that was cut off has left.
        _ = try transcript.shell("mkdir a.restoring; touch a.restoring/former")
        #expect(try restore(transcript, Self.usb, into: "a", "--dry-run").status == 3)
        #expect(try names(transcript) == (before + ["a.restoring"]).sorted())
        _ = try transcript.shell("rm -r a.restoring")
        // A folder that is not there is not made either.
        #expect(try restore(transcript, into: "x/y/z", "--dry-run").status == 40)
        #expect(!(try names(transcript).contains("x")))
    }

    @Test func whatIsThereIsMovedAsideAndNeverWrittenOver() throws {
        let transcript = try Self.made()
        let before = try transcript.object(transcript.sluss("a", "status", "--json"))
        for place in ["a-before-2026-03-12", "a-before-2026-03-12-2"] {
            #expect(try restore(transcript).status != 30)
            #expect(try names(transcript).contains(place))
        }
        let former = try transcript.object(
            transcript.sluss("a-before-2026-03-12", "status", "--json"))
        #expect(former["stateDigest"] as? String == before["stateDigest"] as? String)
        #expect(former["writes"] as? Int == before["writes"] as? Int)
        // And the store there, which the backup has all of.
        let again = try restore(transcript)
        #expect(again.status == 0 && again.output.hasPrefix("Kopian har allt som lagret har"))
    }

    @Test func aThinBundleIsNoBackup() throws {
        let transcript = try Self.made()
        let result = try restore(transcript, "two/oms-sb-04-0002.sluss", "--json")
        #expect(result.status == 12)
        #expect(try transcript.object(result)["error"] as? String == "notFull")
        #expect(result.errors.contains("har bara det som mottagaren saknade"))
        #expect(!(try names(transcript).contains { $0.hasPrefix("a-before") }))
    }

    @Test func aDamagedBackupIsRefusedAndTheStoreIsLeft() throws {
        let transcript = try Self.made()
        _ = try transcript.shell("head -c 2000 \(Self.usb) > cut.sluss")
        let result = try restore(transcript, "cut.sluss")
        #expect(result.status == 12, "\(result.errors)")
        #expect(try numbers(transcript, "a").count == 3)
        #expect(
            !(try names(transcript).contains { $0.contains("before") || $0.contains(".restoring") })
        )
    }

    /// The keys went with the PC: a passphrase opens the backup, and the central lets the new ones in.
    @Test func aUnitWithoutItsKeysIsLetInAgain() throws {
        let transcript = try Self.made()
        let made = try transcript.shell(
            """
            set -e; printf 'fyra mycket svåra ord\\n' > pass; printf 'fyra andra svåra ord\\n' > wrong
            sluss idea add --store a --problem 'Skriven strax före kopian.'
            sluss backup --store a --output usb --passphrase --passphrase-file pass --today 2026-03-10
            mv a dead; rm -r state/sluss/*
            """)
        try #require(made.status == 0, "\(made.errors)")
        let copy = "usb/oms-sb-04-backup-0002-2026-03-10.sluss"
        let (pass, wrong) = (transcript.folder.path("pass"), transcript.folder.path("wrong"))
        let refused = try restore(transcript, copy, "--passphrase-file", wrong)
        #expect(refused.status == 40 && refused.errors.contains("Lösenfrasen stämmer inte"))
        let unasked = try restore(transcript, copy)
        #expect(unasked.status == 40 && unasked.errors.contains("--passphrase-file"))
        let noKey = try restore(transcript)
        #expect(noKey.status == 40 && noKey.errors.contains("krypterat till någon annan"))
        let result = try restore(transcript, copy, "--passphrase-file", pass)
        #expect(result.status == 3)
        #expect(result.output.contains("[TITTA] Nycklarna fanns inte, så datorn har fått nya."))
        let steps = result.output.split(separator: "\n").filter { $0.hasPrefix("   ") }.map(
            String.init)
        #expect(
            steps.filter { $0.contains("sluss unit revoke OMS-SB-04 --key SHA256:") }.count == 1)
        // As it says.
        let revoke = try #require(
            steps.first { $0.contains("unit revoke") }?.components(
                separatedBy: "sedan sluss "
            ).last)
        let accept = try #require(
            steps.first { $0.contains("unit accept") }?.components(
                separatedBy: "--key "
            ).last)
        let let1 = try transcript.shell(
            """
            set -e; mkdir six seven eight
            sluss merge --store central \(copy) --passphrase-file pass || [ $? = 3 ]
            sluss \(revoke) --store central
            sluss export --store a --output six
            sluss unit accept six/*.sluss --key \(accept) --store central
            sluss merge --store central six
            sluss export --store central --to OMS-SB-04 --output seven; sluss merge --store a seven
            sluss idea add --store a --problem 'Skriven med den nya nyckeln.'
            sluss export --store a --output eight; sluss merge --store central eight
            """)
        #expect(let1.status == 0, "\(let1.errors)")
        let all = (1...5).map { "OMS-SB-04-26-000\($0)" }
        #expect(try numbers(transcript, "a") == all)
        #expect(try numbers(transcript, "central") == all.filter { $0 != all[1] })
        #expect(try transcript.sluss("a", "check").status == 0)
        #expect(try transcript.sluss("central", "check").status != 13)
    }

    /// The central's PC is dead: the copy of its keys opens the backup, and lets the new PC in.
    @Test func theCentralIsRestoredFromTheCopyOfItsKeys() throws {
        let transcript = try Self.made()
        let made = try transcript.shell(
            """
            set -e; sluss key copy --store central --output kc
            sluss backup --store central --output usb --today 2026-03-10; mv central dead
            """)
        try #require(made.status == 0)
        let copy = "usb/klk-sa-01-backup-0001-2026-03-10.sluss"
        let recovery = transcript.folder.path("kc/recovery")
        let noRoot = try restore(transcript, copy, into: "central", "--identity", recovery)
        #expect(noRoot.status == 40 && noRoot.errors.contains("--root"))
        #expect(!(try names(transcript).contains("central")))
        let result = try restore(
            transcript, copy, into: "central", "--identity", recovery, "--root",
            transcript.folder.path("kc"))
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("nätets rotnyckel har släppt in den"))
        let answered = try transcript.shell(
            """
            set -e; mkdir nine
            sluss idea answer OMS-SB-04-26-0001 'Tack, vi provar.' --store central
            sluss export --store central --to OMS-SB-04 --output nine; sluss merge --store a nine
            """)
        #expect(answered.status == 0, "\(answered.errors)")
        let idea = try transcript.object(
            transcript.sluss("a", "idea", "show", "OMS-SB-04-26-0001", "--json"))
        #expect((idea["answers"] as? [Any])?.count == 1)
        #expect(try transcript.sluss("central", "check").status == 0)
    }

    @Test func aFolderOfSomethingElseIsNotMoved() throws {
        let transcript = try Self.made()
        let other = try restore(
            transcript, into: "b", "--identity", transcript.folder.path("a/keys/identity"))
        #expect(other.status == 65 && other.errors.contains("ligger lagret för OMS-HT-02"))
        let home = try restore(
            transcript, into: ".", "--identity", transcript.folder.path("a/keys/identity"), "--json"
        )
        #expect(home.status == 65)
        #expect(try transcript.object(home)["error"] as? String == "foreignFolder")
        #expect(!(try names(transcript).contains { $0.contains("before") }))
    }

    @Test func aStoreInUseIsNotMoved() throws {
        let transcript = try Self.made()
        let result = try transcript.shell(
            "flock a/lock sluss restore \(Self.usb) --into a")
        #expect(result.status == 11)
        #expect(
            !(try names(transcript).contains { $0.contains("before") || $0.contains(".restoring") })
        )
    }

    /// A store that cannot be read is moved aside all the same; its keys are taken along.
    @Test func aDamagedStoreGivesWay() throws {
        let transcript = try Self.made()
        _ = try transcript.shell("head -c 60000 /dev/zero > a/sluss.sqlite; rm -f a/sluss.sqlite-*")
        let result = try restore(transcript)
        #expect(result.status == 3)
        #expect(result.output.contains("[TITTA] Lagret som ligger där går inte att läsa"))
        #expect(!result.output.contains("Nycklarna fanns inte"))
        #expect(try numbers(transcript, "a").count == 2)
        #expect(try transcript.sluss("a", "check").status == 0)
    }

    @Test func aFullDiskLeavesTheStore() throws {
        let transcript = try Self.made()
        let result = try transcript.shell(
            "ulimit -f 20; trap '' XFSZ; sluss restore \(Self.usb) --into a")
        #expect(result.status == 30, "\(result.errors)")
        #expect(try numbers(transcript, "a").count == 3)
        #expect(
            !(try names(transcript).contains { $0.contains("before") || $0.contains(".restoring") })
        )
    }
}
