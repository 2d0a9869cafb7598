import Foundation
import Testing
import _SlussTestSupport

/// `sluss repair`: a new store beside the damaged one, which is only read.
@Suite struct RepairTests {
    /// A unit with five ideas, a draft, an answer from the central, and a merge that was undone.
    private static func made() throws -> Transcript {
        let transcript = try Transcript.made()
        let result = try transcript.shell(
            """
            set -e; mkdir one back later
            for n in 2 3 4 5; do sluss idea add --store a --problem "Behov nummer $n i köket." ; done
            sluss idea add --store a --problem 'Ring 19900101-2385 om stolen.' || true
            sluss export --store a --output one; sluss merge --store central one
            sluss idea answer --store central OMS-SB-04-26-0001 'Tack, vi provar.'
            sluss export --store central --to OMS-SB-04 --output back; sluss merge --store a back
            sluss idea answer --store central OMS-SB-04-26-0002 'Tack, vi väntar.'
            sluss export --store central --to OMS-SB-04 --output later; sluss merge --store a later
            sluss merge --store a --undo 2
            """)
        try #require([0, 3].contains(result.status), "\(result.errors)")
        return transcript
    }

    private func sql(_ transcript: Transcript, _ statement: String) throws {
        let result = try transcript.shell("sqlite3 a/sluss.sqlite \"\(statement)\"")
        try #require(result.status == 0, "\(result.errors)")
    }

    private func status(_ transcript: Transcript, _ place: String) throws -> [String: Any] {
        try transcript.object(transcript.sluss(place, "status", "--json"))
    }

    @Test func everythingDerivedIsDerivedAnew() throws {
        let transcript = try Self.made()
        let before = try status(transcript, "a")
        try sql(
            transcript,
            """
            PRAGMA foreign_keys = OFF; DELETE FROM conflict; DELETE FROM word;
            UPDATE record SET state = x'00', number = 'OMS-SB-04-26-0099', status = NULL, kind = 'meeting';
            INSERT INTO search(search) VALUES ('delete-all');
            """)
        #expect(try transcript.sluss("a", "check").status == 13)
        let damaged = try bytes(ofFile: transcript.folder.path("a/sluss.sqlite"))
        let result = try transcript.sluss("a", "repair", "--today", "2026-03-09")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.hasPrefix("[KLAR] Allt är sparat: "))
        // The store itself is as it was.
        #expect(try bytes(ofFile: transcript.folder.path("a/sluss.sqlite")) == damaged)
        let swapped = try transcript.shell("mv a damaged && mv a-repaired-2026-03-09 a")
        #expect(swapped.status == 0)
        let after = try status(transcript, "a")
        for key in [
            "stateDigest", "stateCode", "writes", "records", "recordsByKind", "undoneWrites",
            "undoneRuns", "notYetExported", "notYetConfirmed",
        ] {
            #expect("\(before[key] ?? "")" == "\(after[key] ?? "")", "\(key)")
        }
        let check = try transcript.object(transcript.sluss("a", "check", "--json"))
        let codes = try #require(check["findings"] as? [[String: Any]]).compactMap {
            $0["code"] as? String
        }
        // It has not been where it is now.
        #expect(codes == ["copiedOrSetBack"])
        #expect(try transcript.list(transcript.sluss("a", "search", "nummer", "--json")).count == 4)
        // It has its keys, and what waits goes out and comes in.
        let on = try transcript.shell(
            """
            set -e; mkdir two; sluss merge --store a --redo 2
            sluss idea add --store a --problem 'Skriven efter lagningen.'
            sluss export --store a --output two; sluss merge --store central two
            """)
        #expect(on.status == 0, "\(on.errors)")
        #expect(
            try transcript.list(transcript.sluss("central", "idea", "list", "--json")).count == 6)
    }

    @Test func aDamagedLogIsSavedUpToTheFirstBadLine() throws {
        let transcript = try Self.made()
        try sql(
            transcript,
            """
            UPDATE log SET body = CAST(replace(CAST(body AS TEXT), 'nummer 3', 'nummer 8') AS BLOB)
            WHERE instr(CAST(body AS TEXT), 'nummer 3') > 0
            """)
        let result = try transcript.sluss(
            "a", "repair", "--json", "--output", transcript.folder.path("new"))
        #expect(result.status == 3)
        let report = try transcript.object(result)
        #expect(report["lost"] as? Int == 3)
        let logs = try #require(report["logs"] as? [[String: Any]])
        #expect(
            logs.count == 1 && logs.first?["saved"] as? Int == 2
                && logs.first?["own"] as? Bool == true)
        // What was lost and had been exported comes back.
        let healed = try transcript.shell(
            """
            set -e; mkdir two three; mv a damaged; mv new a
            sluss export --store a --output two; sluss merge --store central two
            sluss export --store central --to OMS-SB-04 --output three; sluss merge --store a three
            """)
        #expect([0, 3].contains(healed.status), "\(healed.errors)")
        #expect(try transcript.list(transcript.sluss("a", "idea", "list", "--json")).count == 6)
        #expect(try transcript.sluss("a", "check").status == 0)
        let words = try transcript.sluss("a", "repair")
        #expect(words.status == 0)
    }

    @Test func whatIsThereIsNotWrittenOver() throws {
        let transcript = try Self.made()
        let taken = try transcript.sluss("a", "repair", "--output", transcript.folder.path("b"))
        #expect(taken.status == 65 && taken.errors.contains("redan"))
        #expect(try transcript.sluss("nowhere", "repair").status == 10)
        let busy = try transcript.shell("flock a/lock sluss repair --store a --output new")
        #expect(busy.status == 11)
        let full = try transcript.shell(
            "ulimit -f 20; trap '' XFSZ; sluss repair --store a --output new")
        #expect(full.status == 30, "\(full.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: transcript.folder.path)
        #expect(!names.contains { $0.hasPrefix("new") || $0.contains("repair") })
    }

    @Test func aFileThatIsNoStoreCannotBeRepaired() throws {
        let transcript = try Self.made()
        _ = try transcript.shell("head -c 60000 /dev/zero > a/sluss.sqlite; rm -f a/sluss.sqlite-*")
        let result = try transcript.sluss("a", "repair", "--json")
        #expect(result.status == 13)
        #expect(try transcript.object(result)["error"] as? String == "notOurs")
    }
}
