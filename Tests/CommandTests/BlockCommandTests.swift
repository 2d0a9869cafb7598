import Foundation
import Testing
import _SlussTestSupport

/// What is blocked is shown by no command, in no store that knows of it, until it is released.
///
/// Method: canary words in every text; every command that shows something is run before, while the
/// block stands, and after.
@Suite(.serialized) struct BlockCommandTests {
    private static let canary = "zqxkanarie"
    private static let idea = "OMS-SB-04-26-0002"
    private static let note = "OMS-SB-04-APT-2026-03-11"
    private static let day = ["--today", "2026-03-09"]

    /// A unit's idea and note with canaries everywhere, in conflict, at the unit and at the central.
    private static func made() throws -> Transcript {
        let transcript = try Transcript.made()
        let word = Self.canary
        try transcript.sluss(
            "a",
            [
                "idea", "add", "--problem", "Rummet hos \(word) är kallt.", "--solution",
                "Flytta \(word) till rum fyra.", "--title", "Kallt \(word)", "--author",
                "Anna \(word)",
            ] + day)
        try transcript.sluss(
            "a",
            [
                "meeting", "add", "--day", "2026-03-11", "--item", "5 Boende: \(word) vill ha fisk",
                "--decision", "5: \(word) får fisk", "--place", "Rummet hos \(word)",
            ] + day)
        try carry(transcript, "a", "central")
        try transcript.sluss(
            "central", ["idea", "answer", idea, "Tack, \(word) får en filt."] + day)
        for place in ["a", "central"] {
            try transcript.sluss(
                place, ["idea", "edit", idea, "--problem", "\(word) fryser, säger \(place)."] + day)
        }
        try carry(transcript, "a", "central")
        try carry(transcript, "central", "a")
        return transcript
    }

    private static func carry(_ transcript: Transcript, _ from: String, _ to: String) throws {
        let stick = try transcript.folder.folder("from-\(from)")
        let receiver = from == "central" ? ["--to", "OMS-SB-04"] : []
        let sent = try transcript.sluss(from, ["export", "--output", stick] + receiver + day)
        #expect(sent.status == 0, "\(sent.errors)")
        let merged = try transcript.sluss(to, ["merge", stick] + day)
        #expect([0, 3].contains(merged.status), "\(merged.errors)")
    }

    /// All that shows something of a record, and whether the canary is in it.
    private static func shown(_ transcript: Transcript, _ place: String) throws -> [String: Bool] {
        var found: [String: Bool] = [:]
        func look(_ arguments: [String]) throws -> ProcessResult {
            let result = try transcript.sluss(place, arguments + day)
            // What was searched for is said again by nobody.
            found[arguments.joined(separator: " ")] =
                (result.output + result.errors).contains(canary)
            #expect([0, 3].contains(result.status), "\(place) \(arguments) \(result.errors)")
            return result
        }
        let commands: [[String]] = [
            ["idea", "list"], ["idea", "list", "--format", "csv"], ["idea", "show", idea],
            ["idea", "similar", idea], ["meeting", "list", "--format", "csv"],
            ["meeting", "show", note], ["history", idea], ["history", note],
            ["search", canary], ["search", "kallt"], ["conflicts", "list"], ["status"],
        ]
        for command in commands {
            _ = try look(command)
            if !command.contains("csv") { _ = try look(command + ["--json"]) }
        }
        let list = try transcript.list(look(["conflicts", "list", "--json"]))
        for conflict in list {
            let id = try #require(conflict["id"] as? String)
            _ = try look(["conflicts", "show", id])
            _ = try look(["conflicts", "show", id, "--json"])
        }
        if place == "a" {
            // The terminal client: the list, both ideas, the notes and one of them.
            let keys = ["5", "1", "B", "2", "B", "B", "3", "1", "1", "B"].joined(separator: "\\n")
            let screen = try transcript.shell(
                "printf '\(keys)\\n' | SLUSS_STORE=a timeout 60 sluss-terminal --plain-mode")
            #expect(screen.output.contains(idea), "\(screen.output) \(screen.errors)")
            found["terminal"] = screen.output.contains(canary)
        }
        for audience in place == "central" ? ["coordinator", "unit"] : ["unit"] {
            let page = transcript.folder.path("\(place)-\(audience).html")
            let unit = place == "central" && audience == "unit" ? ["--unit", "OMS-SB-04"] : []
            _ = try look(["report", "--audience", audience, "--output", page] + unit)
            let text = String(decoding: try bytes(ofFile: page), as: UTF8.self)
            found["page \(audience)"] = text.contains(canary)
        }
        return found
    }

    @Test func whatIsBlockedIsShownByNoCommandUntilItIsReleased() throws {
        let transcript = try Self.made()
        for place in ["central", "a"] {
            let before = try Self.shown(transcript, place)
            for command in [
                "idea list", "idea list --format csv", "idea show \(Self.idea)",
                "meeting show \(Self.note)", "history \(Self.idea) --json", "page unit",
                "conflicts list --json", "search \(Self.canary)",
            ] {
                #expect(before[command] == true, "the test sees what is shown: \(place) \(command)")
            }
            #expect(before["terminal"] ?? true)
        }
        let blocked = try transcript.sluss(
            "central", ["block", Self.idea, Self.note, "--decision", "OMN 7"] + Self.day)
        #expect(blocked.status == 0 && blocked.output.hasPrefix("[KLAR] Spärrat: 2 poster."))
        try Self.carry(transcript, "central", "a")
        for place in ["central", "a"] {
            let now = try Self.shown(transcript, place).filter(\.value).keys.sorted()
            #expect(now.isEmpty, "\(place) \(now)")
            let page = try transcript.sluss(place, "idea", "show", Self.idea).output
            #expect(page.contains("[spärrad / blocked]"))
            #expect(page.contains("Spärrad: beslut OMN 7, 2026-03-09, samordnare"))
            let history = try transcript.sluss(place, "history", Self.idea).output
            #expect(history.contains("    spärrad = beslut OMN 7, samordnare\n"))
            #expect(try transcript.sluss(place, "search", "kallt", "--json").output == "[\n\n]\n")
            #expect(try transcript.sluss(place, "check").status == 0)
        }
        // The registrar sees it, and nobody else.
        for command in [["idea", "show", Self.idea], ["meeting", "show", Self.note]] {
            let all = try transcript.sluss("central", command + ["--show-blocked"])
            #expect(all.output.contains(Self.canary))
            let refused = try transcript.sluss("a", command + ["--show-blocked", "--json"])
            #expect(refused.status == 65 && !refused.output.contains(Self.canary))
            #expect(try transcript.object(refused)["error"] as? String == "roleNotHere")
        }
        // What is settled meanwhile is what was written, not what was shown.
        let settled = try transcript.sluss(
            "central",
            ["conflicts", "resolve", "\(Self.idea)/problem", "--pick", "1", "--reason", "så"]
                + Self.day)
        #expect(settled.status == 0 && !settled.output.contains(Self.canary), "\(settled.errors)")
        let released = try transcript.sluss(
            "central", ["block", Self.idea, Self.note, "--release", "--lang", "en"] + Self.day)
        #expect(released.status == 0 && released.output.hasPrefix("[DONE] Released: 2 records."))
        try Self.carry(transcript, "central", "a")
        for place in ["central", "a"] {
            let shown = try transcript.sluss(place, "idea", "show", Self.idea).output
            #expect(shown.contains("\(Self.canary) fryser") && !shown.contains("spärrad"))
            #expect(
                try transcript.sluss(place, "search", Self.canary).output.contains(Self.note))
        }
    }

    @Test func everyRefusalIsASentenceInBothLanguages() throws {
        let transcript = try Self.made()
        func expect(
            _ command: [String], _ code: String, _ swedish: String, _ english: String,
            at place: String = "central"
        ) throws {
            for (language, part) in [("sv", swedish), ("en", english)] {
                let result = try transcript.sluss(
                    place, command + ["--json", "--lang", language] + Self.day)
                #expect(result.status == 65, "\(command) \(result.errors)")
                #expect(try transcript.object(result)["error"] as? String == code, "\(command)")
                #expect(result.errors.contains(part), "\(result.errors)")
            }
        }
        let block = ["block", Self.idea, Self.note, "--decision", "7"]
        try expect(
            ["block", Self.idea, "--release"], "notBlocked", "inte spärrad", "not blocked")
        try expect(block, "roleNotHere", "Inget har ändrats.", "Nothing was changed.", at: "a")
        try expect(
            ["block", "OMS-SB-04-26-0099", "--decision", "7"], "noSuchRecord", "26-0099", "26-0099")
        #expect(try transcript.sluss("central", block + Self.day).status == 0)
        try expect(block, "alreadyBlocked", "redan spärrad", "blocked already")
        try Self.carry(transcript, "central", "a")
        try expect(
            ["block", Self.idea, "--release"], "roleNotHere", "Inget har ändrats.",
            "Nothing was changed.", at: "a")
        for place in ["a", "central"] {
            try expect(
                ["meeting", "edit", Self.note, "--addendum", "Ett tillägg."], "blockedNote",
                "är spärrad", "is blocked", at: place)
        }
        for bare in [["block", Self.idea], ["block", Self.idea, "--decision", ""], ["block"]] {
            #expect(try transcript.sluss("central", bare).status == 64)
        }
    }
}
