import Foundation
import Testing
import _SlussTestSupport

/// What people and programs see.
@Suite struct ShowingTests {
    @Test func theKeysOfTheContractAreAlwaysThere() throws {
        let transcript = try Transcript.made()
        let stick = transcript.folder.path("stick")
        let idea = try #require(
            try transcript.list(transcript.sluss("a", "idea", "list", "--json")).first)
        #expect(
            Set(idea.keys).isSuperset(of: [
                "id", "number", "unit", "status", "problem", "solution", "title", "categories",
                "support", "author", "day", "conflicts",
            ]))
        #expect(idea["author"] is NSNull)
        let status = try transcript.object(transcript.sluss("a", "status", "--json"))
        #expect(
            Set(status.keys).isSuperset(of: [
                "unit", "records", "writes", "notYetExported", "notYetConfirmed", "conflicts",
                "stateCode", "stateDigest", "replicas",
            ]))
        #expect(status["notYetExported"] as? Int == 1)
        try transcript.sluss("a", "export", "--output", stick)
        let merge = try transcript.object(transcript.sluss("central", "merge", stick, "--json"))
        #expect(Set(merge.keys).isSuperset(of: ["run", "bundles", "conflicts", "plan"]))
        let bundle = try #require((merge["bundles"] as? [[String: Any]])?.first)
        #expect(
            Set(bundle.keys).isSuperset(of: [
                "file", "digest", "unit", "number", "outcome", "refusal", "writes", "records",
            ]))
        let inspect = try transcript.object(
            transcript.sluss(
                "central", "inspect", stick + "/oms-sb-04-0001.sluss", "--json"))
        #expect(inspect["wouldMerge"] as? String == "nothingNew")
        let check = try transcript.object(transcript.sluss("a", "check", "--json"))
        #expect(check["ok"] as? Bool == true && (check["findings"] as? [Any])?.isEmpty == true)
    }

    @Test func inspectNeedsNoStore() throws {
        let transcript = try Transcript.made()
        let path = transcript.folder.path("paket.sluss")
        try transcript.sluss("a", "export", "--output", path)
        let locked = try transcript.sluss("none", "inspect", path)
        #expect(locked.status == 40 && locked.errors.contains("ingen nyckel här öppnar det"))
        let result = try transcript.sluss(
            "none", "inspect", path, "--json", "--identity",
            transcript.folder.path("central/keys/recovery"))
        #expect(result.status == 0)
        let object = try transcript.object(result)
        #expect(object["wouldMerge"] is NSNull)
        #expect((object["sender"] as? [String: Any])?["unit"] as? String == "OMS-SB-04")
    }

    @Test(arguments: [
        (["SLUSS_LANG": "en"], "No ideas"), (["SLUSS_LANG": "sv"], "Inga idéer"),
        (["SLUSS_LANG": "", "LANG": "en_GB.UTF-8", "LC_ALL": "", "LANGUAGE": ""], "No ideas"),
        (["SLUSS_LANG": "", "LANG": "sv_SE.UTF-8", "LC_ALL": "", "LANGUAGE": ""], "Inga idéer"),
        (["SLUSS_LANG": "", "LANG": "C.UTF-8", "LC_ALL": "C", "LANGUAGE": ""], "Inga idéer"),
    ])
    func theLanguageFollowsTheSettingsSwedishFirst(
        environment: [String: String], start: String
    ) throws {
        let transcript = try Transcript()
        try transcript.sluss("a", "init", "--unit", "OMS-SB-04", "--name", "x")
        let result = try transcript.sluss("a", "idea", "list", environment: environment)
        #expect(result.output.hasPrefix(start))
        let other = try transcript.sluss(
            "a", "idea", "list", "--lang", "en", environment: environment)
        #expect(other.output.hasPrefix("No ideas"))
    }

    @Test func everyCommandHasHelpWithAnExample() throws {
        let transcript = try Transcript()
        for command in [
            "init", "idea", "idea add", "idea list", "idea show", "idea edit", "idea support",
            "idea status", "idea answer", "meeting", "meeting add", "meeting list",
            "meeting show", "meeting edit", "search", "history", "export", "merge", "conflicts",
            "conflicts list", "conflicts show", "conflicts resolve", "inspect", "verify",
            "status", "check", "import", "demo",
        ] {
            let result = try transcript.shell("sluss \(command) --help")
            #expect(result.status == 0)
            #expect(result.output.contains("Exempel:\n  sluss "), "\(command)")
        }
        let completion = try transcript.shell(
            "sluss --generate-completion-script bash > c && bash -n c && wc -l < c")
        #expect(completion.status == 0)
    }

    @Test func whatCameFromOutsideCannotActOnTheScreen() throws {
        let transcript = try Transcript.made()
        let name = "Enheten \u{1B}]0;x\u{7}"
        // Typed names are refused; names in bundles come as they are. Forge one in the store.
        #expect(
            try transcript.sluss("c", "init", "--unit", "OMS-LS-07", "--name", name).status == 65)
        _ = try transcript.shell(
            "sqlite3 a/sluss.sqlite \"UPDATE store SET name = 'Enheten ' || char(27) || '[31m'\"")
        let path = transcript.folder.path("paket.sluss")
        try transcript.sluss("a", "export", "--output", path)
        for arguments in [
            ["merge", path, "--dry-run"], ["inspect", path], ["merge", path], ["status"],
        ] {
            let result = try run(
                Transcript.program, arguments,
                environment: [
                    "SLUSS_STORE": transcript.folder.path("central"), "SLUSS_LANG": "sv",
                    "XDG_STATE_HOME": transcript.folder.path("state"),
                ])
            #expect(result.status == 0)
            #expect(!result.output.unicodeScalars.contains("\u{1B}"), "\(arguments)")
        }
        #expect(try transcript.sluss("central", "inspect", path).output.contains("‹U+001B›"))
        _ = try transcript.shell(
            "sqlite3 a/sluss.sqlite \"UPDATE store SET name = 'Enheten ' || char(155) || char(8238)\""
        )
        let status = try transcript.sluss("a", "status", "--json")
        #expect(status.output.contains("Enheten \\u009b\\u202e"))
    }

    @Test func aTextCannotPassItselfOffAsAnotherField() throws {
        let transcript = try Transcript.made()
        let add = try transcript.sluss(
            "a", "idea", "add", "--json", "--problem",
            "Vagnen skramlar\nStöd: 40\nSvar 2026-03-13 (samordnare): Beviljat")
        let number = try #require(try transcript.object(add)["number"] as? String)
        let shown = try transcript.sluss("a", "idea", "show", number).output
        #expect(shown.contains("Behov: Vagnen skramlar\n    Stöd: 40\n    Svar 2026"))
        #expect(shown.contains("\nStöd: 0\n"))
    }

    @Test func aConflictIsSeenInEveryList() throws {
        let transcript = try Transcript.made()
        let stick = transcript.folder.path("stick")
        let idea = "OMS-SB-04-26-0001"
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        try transcript.sluss("a", "idea", "edit", idea, "--problem", "Vagnen gnisslar på natten.")
        try transcript.sluss("central", "idea", "edit", idea, "--problem", "Vagnen låter illa.")
        try transcript.sluss("a", "export", "--output", stick)
        try transcript.sluss("central", "merge", stick)
        #expect(try transcript.sluss("central", "idea", "list").output.contains("(olika besked)"))
        let shown = try transcript.sluss("central", "idea", "show", idea).output
        #expect(shown.contains("Behov (olika besked): Vagnen gnisslar på natten."))
        #expect(shown.contains("Behov (olika besked): Vagnen låter illa."))
        let csv = try transcript.sluss("central", "idea", "list", "--format", "csv").output
        #expect(csv.contains("\"problem\"\r\n"))
    }

    @Test func listsGoToASpreadsheetAsText() throws {
        let transcript = try Transcript.made()
        try transcript.sluss(
            "a", "idea", "add", "--problem", "=HYPERLINK(\"http://x\";\"klicka\")")
        let result = try transcript.sluss("a", "idea", "list", "--format", "csv")
        #expect(result.output.contains("\"'=HYPERLINK(\"\"http://x\"\";\"\"klicka\"\")\""))
        #expect(result.output.hasPrefix("\"number\",\"unit\","))
    }

    @Test func theCommonOptionsMayStandFirst() throws {
        let transcript = try Transcript.made()
        let result = try transcript.shell("sluss --store a --lang en --json status")
        #expect(try transcript.object(result)["unit"] as? String == "OMS-SB-04")
    }
}
