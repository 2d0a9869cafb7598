import Foundation
import Testing
import _SlussTestSupport

/// `sluss backup` as a technician meets it: what it leaves, what it says, and what it never removes.
@Suite struct BackupTests {
    private static let name = "oms-sb-04-backup-0001-2026-03-09.sluss"

    private func backup(
        _ transcript: Transcript, _ arguments: String..., on day: String = "2026-03-09"
    ) throws -> ProcessResult {
        try transcript.sluss(
            "a",
            ["backup", "--output", transcript.folder.path("stick"), "--today", day] + arguments)
    }

    private func names(_ transcript: Transcript, _ folder: String = "stick") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: transcript.folder.path(folder)).sorted()
    }

    @Test func aBackupIsReadBackRestoredForATestAndNamed() throws {
        let transcript = try Transcript.made()
        let made = try backup(transcript)
        #expect(made.status == 0, "\(made.errors)")
        #expect(
            made.output.hasPrefix(
                "[KLAR] Säkerhetskopia 1: 1 skrivning, 1 post. Läst tillbaka och återställd på prov."
            )
        )
        #expect(try names(transcript) == [Self.name])
        // The rehearsal has left nothing, and the store is as it was.
        #expect(!(try names(transcript, "a").contains(".rehearsal")))
        let verified = try transcript.sluss(
            "a", "verify", transcript.folder.path("stick/\(Self.name)"))
        #expect(verified.status == 0)
        #expect(try transcript.sluss("a", "check", "--today", "2026-03-09").status != 13)
        let again = try backup(transcript)
        #expect(again.output.hasPrefix("[KLAR] Säkerhetskopia 1 (fanns redan): "))
        #expect(try names(transcript) == [Self.name])
        // Another day it is another file, of the same contents.
        let later = try transcript.object(backup(transcript, "--json", on: "2026-03-10"))
        #expect((later["file"] as? String)?.hasSuffix("-0001-2026-03-10.sluss") ?? false)
        #expect(later["repeated"] as? Bool == false && later["number"] as? Int == 1)
    }

    @Test func statusRemindsOfABackup() throws {
        let transcript = try Transcript.made()
        func status(_ day: String) throws -> (text: String, last: [String: Any]?) {
            let text = try transcript.sluss("a", "status", "--today", day)
            #expect(text.status == 0)
            let json = try transcript.object(
                transcript.sluss("a", "status", "--json", "--today", day))
            #expect(json.keys.contains("lastBackup"))
            return (text.output, json["lastBackup"] as? [String: Any])
        }
        let never = try status("2026-03-09")
        #expect(never.text.contains("[TITTA] Ingen säkerhetskopia är tagen"))
        #expect(never.last == nil)
        _ = try backup(transcript)
        let week = try status("2026-03-16")
        #expect(week.text.contains("Säkerhetskopia 1: 2026-03-09 (7 dagar sedan)."))
        #expect(!week.text.contains("[TITTA] Senaste"))
        #expect(week.last?["overdue"] as? Bool == false && week.last?["ageDays"] as? Int == 7)
        #expect(week.last?["file"] as? String == Self.name)
        let old = try status("2026-03-17")
        #expect(
            old.text.contains("[TITTA] Senaste säkerhetskopian är från 2026-03-09 (8 dagar sedan)"))
        #expect(old.last?["overdue"] as? Bool == true)
    }

    @Test func aStoreThatIsNotWhatItsLogSaysIsNotBackedUp() throws {
        let transcript = try Transcript.made()
        // Behind Sluss's back: the state says another need than the log.
        _ = try transcript.shell(
            "sqlite3 a/sluss.sqlite \"UPDATE record SET state = CAST(replace(CAST(state AS TEXT), 'skramlar', 'skramlat') AS BLOB)\""
        )
        let made = try backup(transcript, "--json")
        #expect(made.status == 13)
        #expect(try transcript.object(made)["error"] as? String == "rehearsalDiffers")
        #expect(made.errors.contains("gick inte att återställa till samma innehåll"))
        #expect(try names(transcript).isEmpty)
        #expect(!(try names(transcript, "a").contains(".rehearsal")))
        let status = try transcript.object(transcript.sluss("a", "status", "--json"))
        #expect(status["lastBackup"] is NSNull)
    }

    @Test func onlyTheRulesOldBackupsOfThisStoreAreRemoved() throws {
        let transcript = try Transcript.made()
        for day in 1...6 {
            try transcript.sluss(
                "a", "idea", "add", "--problem", "Behov nummer \(day) i köket.", "--today",
                "2026-03-0\(day)")
            let made = try backup(transcript, on: "2026-03-0\(day)")
            #expect(made.status == 0, "\(made.errors)")
        }
        // Another store's, one that was changed, one of another name, and what is none at all.
        try transcript.sluss(
            "b", "backup", "--output", transcript.folder.path("stick"), "--today", "2026-03-01")
        _ = try transcript.shell(
            """
            cd stick && cp oms-sb-04-backup-0001-2026-03-01.sluss kopia.sluss
            printf x >> oms-sb-04-backup-0002-2026-03-02.sluss
            printf x > oms-sb-04-backup-0009-2026-03-01.sluss
            """)
        let before = try names(transcript)
        let rule = ["--keep", "daily=2,monthly=1"]
        let plan = try backup(transcript, rule[0], rule[1], "--dry-run", on: "2026-03-07")
        #expect(plan.output.hasPrefix("[FÖRHANDSVISNING] Inget har ändrats."))
        let gone = [
            "oms-sb-04-backup-0001-2026-03-01.sluss", "oms-sb-04-backup-0003-2026-03-03.sluss",
            "oms-sb-04-backup-0004-2026-03-04.sluss", "oms-sb-04-backup-0005-2026-03-05.sluss",
        ]
        for name in gone { #expect(plan.output.contains("Skulle tas bort: \(name)\n")) }
        #expect(try names(transcript) == before)
        let made = try backup(transcript, rule[0], rule[1], on: "2026-03-07")
        #expect(made.status == 0)
        for name in gone { #expect(made.output.contains("Borttagen: \(name)\n")) }
        let left = before.filter { !gone.contains($0) } + ["oms-sb-04-backup-0006-2026-03-07.sluss"]
        #expect(try names(transcript) == left.sorted())
        let again = try transcript.object(
            backup(transcript, rule[0], rule[1], "--json", on: "2026-03-07"))
        #expect(again["removed"] as? [String] == [])
    }

    @Test(arguments: ["daily", "hourly=3", "daily=0"])
    func aRuleThatIsNoneIsRefused(rule: String) throws {
        let transcript = try Transcript.made()
        let made = try backup(transcript, "--keep", rule)
        #expect(made.status == 65)
        #expect(made.errors.contains("Skriv till exempel: daily=7,weekly=4,monthly=12."))
        #expect(try names(transcript).isEmpty)
    }

    @Test func aFileThatIsThereIsNotTouched() throws {
        let transcript = try Transcript.made()
        try transcript.folder.write(Array("mine".utf8), to: "stick/\(Self.name)")
        try transcript.folder.write(Array("mine".utf8), to: "mine.sluss")
        // Under its own name it takes the next number that is free.
        let made = try transcript.object(backup(transcript, "--json"))
        #expect(made["number"] as? Int == 2)
        #expect(
            try bytes(ofFile: transcript.folder.path("stick/\(Self.name)")) == Array("mine".utf8))
        let named = try transcript.sluss(
            "a", "backup", "--output", transcript.folder.path("mine.sluss"))
        #expect(named.status == 65 && named.errors.contains("redan"))
        #expect(try bytes(ofFile: transcript.folder.path("mine.sluss")) == Array("mine".utf8))
    }

    /// A folder that is not there must not become a file; a stick that is full leaves nothing.
    @Test func whereNothingCanBeWrittenNothingIsLeft() throws {
        let transcript = try Transcript.made()
        let nowhere = try transcript.sluss(
            "a", "backup", "--output", transcript.folder.path("borta"))
        #expect(nowhere.status == 30)
        #expect(!FileManager.default.fileExists(atPath: transcript.folder.path("borta")))
        // Files of at most one block: the bundle does not fit.
        let full = try transcript.shell(
            "ulimit -f 1; trap '' XFSZ; sluss backup --store b --output stick")
        #expect(full.status == 30, "\(full.errors)")
        #expect(try names(transcript).isEmpty)
        #expect(!(try names(transcript, "b").contains(".rehearsal")))
        #expect(try transcript.sluss("b", "check").status == 0)
    }
}
