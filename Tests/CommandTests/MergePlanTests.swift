import Foundation
import Testing
import _SlussTestSupport

/// A plan is what the merge then does, and binds it.
@Suite(.serialized) struct MergePlanTests {
    /// A central and two units that have sent a bundle each.
    private static func sent() throws -> Transcript {
        let transcript = try Transcript.made()
        for place in ["a", "b"] {
            let stick = transcript.folder.path("stick")
            #expect(try transcript.sluss(place, "export", "--output", stick).status == 0)
        }
        return transcript
    }

    private static func plan(_ transcript: Transcript) throws -> [String: Any] {
        try transcript.object(
            transcript.sluss(
                "central", "merge", "--dry-run", transcript.folder.path("stick"), "--json"))
    }

    @Test func thePlanIsTheEffectRowForRow() throws {
        let transcript = try Self.sent()
        let plan = try Self.plan(transcript)
        let digest = try #require(plan["planDigest"] as? String)
        #expect(
            try Self.plan(transcript)["planDigest"] as? String == digest, "a plan changes nothing")
        let done = try transcript.object(
            transcript.sluss(
                "central", "merge", "--expect", String(digest.prefix(8)),
                transcript.folder.path("stick"), "--json"))
        #expect(done["planDigest"] as? String == digest)
        let rows = { (report: [String: Any]) in
            (report["bundles"] as? [[String: Any]] ?? []).map {
                NSDictionary(dictionary: $0)
            }
        }
        #expect(rows(plan) == rows(done))
        #expect(rows(done).count == 2)
    }

    @Test func aPlanThatNoLongerHoldsIsRefused() throws {
        let transcript = try Self.sent()
        let stick = transcript.folder.path("stick")
        let digest = try #require(try Self.plan(transcript)["planDigest"] as? String)
        // Somebody writes at the central meanwhile.
        try transcript.sluss(
            "central", "idea", "add", "--problem", "Skylten vid porten saknas.", "--group")
        let result = try transcript.sluss(
            "central", "merge", "--expect", digest, stick, "--lang", "en")
        #expect(result.status == 65)
        #expect(result.errors.contains("It would no longer come out as planned"))
        let status = try transcript.object(transcript.sluss("central", "status", "--json"))
        #expect((status["records"] as? [String: Int])?["idea"] ?? 1 == 1)
        // A bundle that has come or gone moves it, too.
        let second = try #require(try Self.plan(transcript)["planDigest"] as? String)
        _ = try transcript.shell("rm stick/oms-ht-02-0001.sluss")
        #expect(try transcript.sluss("central", "merge", "--expect", second, stick).status == 65)
        #expect(try transcript.sluss("central", "merge", "--expect", "0", stick).status == 65)
    }
}
