import Foundation
import Testing
import _SlussTestSupport

/// Random damage to a store's file: `check` finds it, or nothing that people have written is changed
/// (promise P17).
///
/// Method: a store with ideas, a note, a draft and merged answers, its write-ahead log put into it.
/// For each seed one to four bytes of the file are changed; then `sluss check` must say that the store
/// is damaged (13), or the state's digest, and every log's count and digest, must be what they were. 60
/// seeds; more with `SLUSS_DAMAGES=500`.
///
/// What nothing covers, and no digest of what people have written depends on: pages that are not in
/// use, the bytes within a page between its rows, some fields of SQLite's header (its version, the
/// counters), and facts about bundles and other computers (`peer`, `sent`, `run`, `merged`, `visible`,
/// `backup`, the unit's name).
@Suite struct DamageFinderTests {
    private static let seeds: Range<UInt64> = {
        let wanted = ProcessInfo.processInfo.environment["SLUSS_DAMAGES"].flatMap { UInt64($0) }
        return 0..<(wanted ?? 60)
    }()

    private static func made() throws -> Transcript {
        let transcript = try Transcript.made()
        let result = try transcript.shell(
            """
            set -e; mkdir one back
            for n in $(seq 80); do
              sluss idea add --store a --problem "Behov nummer $n i köket: $(seq -s ' hylla ' 55)"
            done
            sluss idea add --store a --problem 'Ring 19900101-2385 om stolen.' || true
            sluss meeting add --store a --day 2026-03-02 --item '5 Arbetsmiljö: ljudnivån i matsalen'
            sluss export --store a --output one; sluss merge --store central one
            sluss idea answer --store central OMS-SB-04-26-0001 'Tack, vi provar.'
            sluss export --store central --to OMS-SB-04 --output back; sluss merge --store a back
            sqlite3 a/sluss.sqlite 'PRAGMA wal_checkpoint(TRUNCATE)'; rm -f a/sluss.sqlite-*
            cp a/sluss.sqlite whole
            """)
        try #require(result.status == 0, "\(result.errors)")
        return transcript
    }

    /// What must not change unnoticed.
    private static func sum(_ transcript: Transcript) throws -> [String] {
        let result = try transcript.sluss("a", "status", "--json")
        guard result.status == 0 else { return ["\(result.status)"] }
        let status = try transcript.object(result)
        let logs = try transcript.shell(
            "sqlite3 a/sluss.sqlite 'SELECT hex(id), audience, count, hex(digest) FROM replica'")
        return ["\(status["stateDigest"] ?? "")"]
            + logs.output.split(separator: "\n").map(String.init).sorted()
    }

    @Test func damageIsFoundOrHarmsNothing() throws {
        let transcript = try Self.made()
        let path = transcript.folder.path("a/sluss.sqlite")
        let whole = try bytes(ofFile: transcript.folder.path("whole"))
        let before = try Self.sum(transcript)
        try #require(before.count > 2)
        #expect(try transcript.sluss("a", "check").status == 0)
        var found = 0
        for seed in Self.seeds {
            var generator = SplitMix64(seed: seed)
            var damaged = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<damaged.count, using: &generator)
                damaged[place] ^= UInt8.random(in: 1...255, using: &generator)
            }
            // Written over in place: in another file the store would be a copy.
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.write(contentsOf: damaged)
            try handle.close()
            _ = try transcript.shell("rm -f a/sluss.sqlite-*")
            let check = try transcript.sluss("a", "check", "--json")
            #expect(
                [0, 3, 13].contains(check.status), "seed \(seed): \(check.status) \(check.errors)")
            if check.status == 13 {
                found += 1
            } else {
                #expect(try Self.sum(transcript) == before, "seed \(seed)")
            }
        }
        // The file is mostly in use, and most of what is used is covered.
        #expect(found * 4 > Self.seeds.count, "\(found) of \(Self.seeds.count)")
    }
}
