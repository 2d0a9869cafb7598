import Foundation
import Testing
import _SlussTestSupport

/// Where the file system cannot give two folders each other's name in one step, a restore takes two:
/// a kill between them leaves the former store and the new one, and the next run finishes.
///
/// Method: `renameat2` is made to fail as on such a file system, and every `rename` in turn to kill.
@Suite(
    .enabled(if: FaultBench.isPossible, "Known skip: strace is not here, or may not trace."))
struct RestoreRenameTests {
    /// A store with a backup of one idea, and one idea more.
    private static let setup = """
        set -e; mkdir usb
        sluss backup --store a --output usb --today 2026-03-09 >/dev/null
        sluss idea add --store a --problem 'Elcyklarna står still i november.' >/dev/null
        """
    private static let restore =
        "sluss restore usb/*.sluss --into a --today 2026-03-12"

    /// Runs the restore with such a file system, killed at the nth renaming, or not at all.
    private static func broken(_ kill: Int?) -> String {
        let killing = kill.map { " -e inject=rename,renameat:signal=KILL:when=\($0)" } ?? ""
        return "strace -f -qq -o /dev/null -e trace=rename,renameat,renameat2"
            + " -e inject=renameat2:error=EINVAL\(killing) \(restore)"
    }

    /// How many ideas each store beside each other has, sorted; what is half built has none.
    private static func counts(_ transcript: Transcript) throws -> [Int] {
        let names = try FileManager.default.contentsOfDirectory(atPath: transcript.folder.path)
        return try names.filter { $0 == "a" || $0.hasPrefix("a.") || $0.hasPrefix("a-") }
            .compactMap { name in
                let list = try transcript.sluss(name, "idea", "list", "--json")
                return list.status == 0 ? try transcript.list(list).count : nil
            }.sorted()
    }

    @Test func twoRenamingsDoWhatOneExchangeDoes() throws {
        let transcript = try Transcript.made()
        try #require(try transcript.shell(Self.setup).status == 0)
        let done = try transcript.shell(Self.broken(nil))
        #expect(done.status == 3, "\(done.output)\(done.errors)")
        #expect(try Self.counts(transcript) == [1, 2], "the new one and the former one")
        #expect(try transcript.list(transcript.sluss("a", "idea", "list", "--json")).count == 1)
        #expect([0, 3].contains(try transcript.sluss("a", "check").status))
    }

    @Test func aKillBetweenThemLosesNothingAndTheNextRunFinishes() throws {
        var kills = 0
        for place in 1...8 {
            let transcript = try Transcript.made()
            try #require(try transcript.shell(Self.setup).status == 0)
            let killed = try transcript.shell(Self.broken(place))
            if killed.status == 3 { break }
            kills += 1
            #expect(killed.status == 137, "\(place): \(killed.output)\(killed.errors)")
            #expect(try Self.counts(transcript).contains(2), "\(place): the former store is there")
            let again = try transcript.shell(Self.restore)
            #expect([0, 3].contains(again.status), "\(place): \(again.output)\(again.errors)")
            #expect(
                try transcript.list(transcript.sluss("a", "idea", "list", "--json")).count == 1,
                "\(place)")
            #expect(try Self.counts(transcript).contains(2), "\(place): and it stays")
            #expect([0, 3].contains(try transcript.sluss("a", "check").status), "\(place)")
        }
        #expect(kills >= 2, "both renamings were met")
    }
}
