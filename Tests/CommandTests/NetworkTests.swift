import Foundation
import Testing
import _SlussTestSupport

/// Coming into a network, being shut out, and what is said about it: typed.
@Suite struct NetworkTests {
    @Test func aUnitIsInAfterOneRound() throws {
        let transcript = try Transcript.made()
        let stick = transcript.folder.path("stick")
        #expect(
            try transcript.sluss("a", "status").output.contains(
                "Inte insläppt än: skicka ut till centralen och läs in svaret."))
        try transcript.sluss("a", "export", "--output", stick)
        let merge = try transcript.sluss("central", "merge", stick)
        #expect(merge.status == 0)
        #expect(merge.output.contains("[INSLÄPPT] Datorn är insläppt med sin inbjudan: "))
        try transcript.sluss("central", "export", "--output", stick)
        let back = try transcript.sluss("a", "merge", stick)
        #expect(back.status == 0)
        #expect(back.output.contains("[INSLÄPPT] Centralen har släppt in den här datorn."))
        let status = try transcript.object(transcript.sluss("a", "status", "--json"))
        #expect(status["membership"] as? String == "letIn")
        let central = try transcript.object(transcript.sluss("central", "status", "--json"))
        #expect(central["unheard"] as? [String] == ["OMS-HT-02"])
        let list = try transcript.sluss("central", "unit", "list")
        #expect(list.output.contains("[INBJUDEN] OMS-HT-02 Lomtjärns hemtjänst, inbjuden "))
        #expect(list.output.contains("[INSLÄPPT] OMS-SB-04 Äppelvretens vårdboende, senaste paket"))
        // The words that are shown are the same at both ends.
        let words = try #require(
            try transcript.object(transcript.sluss("a", "key", "show", "--json"))["deviceWords"]
                as? String)
        #expect(list.output.contains(words) && merge.output.contains(words))
    }

    @Test func aStrangerIsRefusedWithItsWordsAndTheCommandThatLetsItIn() throws {
        let transcript = try Transcript.made(allowPlain: true)
        let path = transcript.folder.path("c.sluss")
        let alone = try transcript.sluss(
            "c", "init", "--unit", "OMS-LS-07", "--name", "Mejselns gruppbostad")
        #expect(alone.output.contains("Det är inte med i något nät än."))
        try transcript.sluss("c", "idea", "add", "--problem", "Taxi beställs för sent.")
        let locked = try transcript.sluss("c", "export", "--output", path)
        #expect(locked.status == 40)
        #expect(locked.errors.contains("eller skicka ett öppet paket med --plain"))
        let plain = try transcript.sluss("c", "export", "--plain", "--output", path)
        #expect(plain.status == 0 && plain.output.contains("OBS: öppet, inte krypterat."))
        let refused = try transcript.sluss("central", "merge", path)
        #expect(refused.status == 12)
        let shown = try transcript.object(transcript.sluss("c", "key", "show", "--json"))
        let words = try #require(shown["deviceWords"] as? String)
        let key = try #require(shown["device"] as? String)
        #expect(refused.output.contains("Ring enheten och jämför orden: \(words)."))
        #expect(refused.output.contains("sluss unit accept \(path) --key \(key)"))
        let wrong = try transcript.sluss(
            "central", "unit", "accept", path, "--key", "SHA256:fel")
        #expect(wrong.status == 65)
        #expect(wrong.errors.contains("underskrivet med en annan nyckel"))
        #expect(try transcript.sluss("central", "unit", "accept", path, "--key", key).status == 0)
        let merged = try transcript.sluss("central", "merge", path)
        #expect(merged.status == 0)
        #expect(merged.output.contains("OBS: paketet var inte krypterat."))
    }

    @Test func aStolenComputerIsShutOutFromAWriteOn() throws {
        let transcript = try Transcript.made()
        let stick = transcript.folder.path("stick")
        try transcript.sluss("a", "idea", "add", "--problem", "Larmknappen går inte att nå.")
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        let revoked = try transcript.sluss(
            "central", "unit", "revoke", "OMS-SB-04", "--after", "1")
        #expect(revoked.status == 0)
        #expect(revoked.output.contains("[SPÄRRAD] OMS-SB-04"))
        #expect(revoked.output.contains("1 skrivning räknas inte längre."))
        let check = try transcript.sluss("central", "check")
        #expect(check.status == 3)
        #expect(
            check.output.contains("dess dator får inte skriva den (spärrad, eller inte insläppt)"))
        try transcript.sluss("a", "idea", "add", "--problem", "Skrivet av en tjuv i natt.")
        try transcript.sluss("a", "export", "--output", transcript.folder.path("thief.sluss"))
        let merge = try transcript.sluss("central", "merge", transcript.folder.path("thief.sluss"))
        #expect(merge.status == 12)
        #expect(merge.output.contains("på OMS-SB-04 som är spärrad"))
        #expect(merge.output.contains("har inget som räknas och som inte redan finns här"))
        let ideas = try transcript.list(transcript.sluss("central", "idea", "list", "--json"))
        #expect(ideas.count == 1)
        let nobody = try transcript.sluss("central", "export", "--to", "OMS-SB-04")
        #expect(
            nobody.status == 65 && nobody.errors.contains("Alla datorer på OMS-SB-04 är spärrade"))
        let beyond = try transcript.sluss(
            "central", "unit", "revoke", "OMS-SB-04", "--after", "99")
        #expect(
            beyond.status == 65 && beyond.errors.contains("Skrivning 99 har inte kommit hit än"))
        #expect(try transcript.sluss("central", "unit", "revoke", "OMS-ZZ-99").status == 65)
        #expect(
            try transcript.sluss("a", "unit", "revoke", "OMS-SB-04").errors.contains(
                "Det gör bara centralen."))
    }

    @Test func silenceIsLoud() throws {
        let transcript = try Transcript.made()
        let stick = transcript.folder.path("stick")
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick, "--today", "2026-03-02")
        let day = try transcript.sluss("central", "status", "--today", "2026-03-16")
        #expect(day.status == 0 && day.output.contains("2026-03-02  14 "))
        let late = try transcript.sluss("central", "status", "--today", "2026-03-17")
        #expect(late.status == 3 && late.output.contains("[TYST I 15 DAGAR]"))
    }

    @Test func aPassphraseIsAskedForAtExportAndMergeOnly() throws {
        let transcript = try Transcript.made()
        let secret = transcript.folder.path("secret")
        try transcript.folder.write(Array("för kort\n".utf8), to: "secret")
        let weak = try transcript.sluss("a", "key", "protect", "--passphrase-file", secret)
        #expect(weak.status == 65 && weak.errors.contains("minst tolv tecken"))
        // Typed as one character or as two, it is the same passphrase.
        try transcript.folder.write(Array("fyra korta svåra ord\n".utf8), to: "secret")
        try transcript.folder.write(Array("fyra korta sva\u{30A}ra ord\n".utf8), to: "apart")
        try transcript.folder.write(Array("fyra korta svara ord\n".utf8), to: "wrong")
        #expect(
            try transcript.sluss("a", "key", "protect", "--passphrase-file", secret).status == 0)
        let key = try transcript.shell("head -c 21 a/keys/device; stat -c %a a/keys/device")
        #expect(key.output == "age-encryption.org/v1600\n")
        #expect(
            try transcript.sluss("a", "idea", "add", "--problem", "Porten gnisslar.").status == 0)
        let stick = transcript.folder.path("stick")
        let asked = try transcript.sluss("a", "export", "--output", stick)
        #expect(asked.status == 40 && asked.errors.contains("Det behövs en lösenfras"))
        let wrong = try transcript.sluss(
            "a", "export", "--output", stick, "--passphrase-file",
            transcript.folder.path("wrong"))
        #expect(wrong.status == 40 && wrong.errors.contains("Lösenfrasen stämmer inte"))
        let right = try transcript.sluss(
            "a", "export", "--output", stick,
            environment: ["SLUSS_PASSPHRASE_FILE": transcript.folder.path("apart")])
        #expect(right.status == 0)
        #expect(
            try transcript.sluss("a", "key", "unprotect", "--passphrase-file", secret).status == 0)
        #expect(try transcript.sluss("a", "export", "--output", stick).status == 0)
    }

    @Test func theCopyOfTheNetworksKeysMakesTheCentralAgain() throws {
        let transcript = try Transcript.made()
        try transcript.folder.write(Array("fyra korta svåra ord\n".utf8), to: "secret")
        let secret = transcript.folder.path("secret")
        let copy = transcript.folder.path("copy")
        let copied = try transcript.sluss(
            "central", "key", "copy", "--protect", "--output", copy, "--passphrase-file", secret)
        #expect(copied.status == 0 && copied.output.contains("läst tillbaka och kontrollerad"))
        #expect(try transcript.sluss("central", "key", "copy", "--output", copy).status == 65)
        // With the root key put away, letting in asks for it.
        _ = try transcript.shell("rm central/keys/root central/keys/recovery")
        let stick = transcript.folder.path("stick")
        try transcript.sluss("a", "export", "--output", stick)
        let missing = try transcript.sluss("central", "merge", stick)
        #expect(missing.status == 40 && missing.output.contains("peka ut den med --root"))
        let merged = try transcript.sluss(
            "central", "merge", stick, "--root", copy, "--passphrase-file", secret)
        #expect(merged.status == 0)
        let before = try transcript.object(transcript.sluss("central", "key", "show", "--json"))
        let again = try transcript.sluss(
            "again", "init", "--unit", "KLK-SA-01", "--name", "Samordnaren", "--central",
            "--key-copy", copy, "--passphrase-file", secret)
        #expect(again.status == 0)
        let after = try transcript.object(transcript.sluss("again", "key", "show", "--json"))
        #expect(before["network"] as? String == after["network"] as? String)
        #expect(before["device"] as? String != after["device"] as? String)
        #expect(
            try transcript.sluss(
                "x", "init", "--unit", "KLK-SA-01", "--name", "x", "--central", "--key-copy", copy
            ).status == 40)
        #expect(!FileManager.default.fileExists(atPath: transcript.folder.path("x")))
    }

    @Test(arguments: ["", "{}", "hej", #"{"sluss":"invitation","format":1}"#, "\u{FEFF}{}"])
    func aFileThatIsNoInvitationIsRefused(text: String) throws {
        let transcript = try Transcript()
        try transcript.folder.write(Array(text.utf8), to: "i.json")
        let result = try transcript.sluss(
            "a", "init", "--invite", transcript.folder.path("i.json"))
        #expect(result.status == 65 && result.errors.contains("är ingen inbjudan"))
        #expect(!FileManager.default.fileExists(atPath: transcript.folder.path("a")))
    }

    @Test func anInvitationThatWasChangedIsRefused() throws {
        let transcript = try Transcript.made()
        let file = transcript.folder.path("invitation-a.json")
        let text = String(decoding: try bytes(ofFile: file), as: UTF8.self)
        for (from, to) in [
            ("\"unit\":\"OMS-SB-04\"", "\"unit\":\"oms-sb-04\""),
            ("plain\\\":false", "plain\\\":true"),
            ("\"role\\\":\\\"central", "\"role\\\":\\\"unit"),
            ("ssh-ed25519 AAAA", "ssh-ed25519 AAAB"),
        ] {
            #expect(text.contains(from))
            try transcript.folder.write(Array(text.replacing(from, with: to).utf8), to: "i.json")
            let result = try transcript.sluss(
                "c", "init", "--invite", transcript.folder.path("i.json"))
            #expect(result.status == 65, "\(from)")
        }
    }

    @Test func namesFromOutsideCannotActOnTheScreen() throws {
        let transcript = try Transcript()
        try transcript.sluss(
            "central", "init", "--central", "--unit", "KLK-SA-01", "--name", "Samordnaren",
            "--allow-plain")
        // A name that Sluss itself would not take, as a forger's release may send it.
        try transcript.sluss("c", "init", "--unit", "OMS-LS-07", "--name", "Namnet")
        _ = try transcript.shell(
            #"sqlite3 c/sluss.sqlite "UPDATE store SET name = 'x' || char(27) || '[2J' || char(0x202e) || 'y'""#
        )
        let path = transcript.folder.path("c.sluss")
        try transcript.sluss("c", "export", "--plain", "--output", path)
        let shown = try transcript.object(transcript.sluss("c", "key", "show", "--json"))
        let key = try #require(shown["device"] as? String)
        var results = [try transcript.sluss("central", "merge", path)]
        results.append(try transcript.sluss("central", "unit", "accept", path, "--key", key))
        results.append(try transcript.sluss("central", "merge", path))
        for arguments in [
            ["unit", "list"], ["status"], ["inspect", path], ["verify", path],
            ["unit", "list", "--json"], ["status", "--json"], ["inspect", path, "--json"],
        ] {
            results.append(try transcript.sluss("central", arguments))
        }
        for result in results {
            let text = result.output + result.errors
            #expect(!text.isEmpty)
            #expect(
                !text.unicodeScalars.contains {
                    ($0.value < 0x20 && $0 != "\n") || $0.value == 0x202E || $0.value == 0x7F
                }, "\(text.debugDescription)")
        }
    }
}
