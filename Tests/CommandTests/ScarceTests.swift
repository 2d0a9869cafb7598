import Foundation
import Testing
import _SlussTestSupport

/// What is scarce or gone is said in a clear sentence, with status 30, and nothing is lost.
///
/// Files that may be open, names on a disk, media that can be written, standard streams.
@Suite struct ScarceTests {
    private static func ideas(_ transcript: Transcript) throws -> Int {
        try transcript.list(transcript.sluss("a", "idea", "list", "--json")).count
    }

    @Test func fewFilesMayBeOpen() throws {
        let transcript = try Transcript.made()
        var saved = try Self.ideas(transcript)
        for limit in [4, 6, 8, 12, 16, 24, 31, 32, 40] {
            let result = try transcript.shell(
                "(ulimit -n \(limit); sluss idea add --store a --problem 'Lampan i hissen blinkar, \(limit).')"
            )
            if limit < 32 {
                #expect(result.status == 30, "\(limit)")
                #expect(result.errors.contains("För få filer får vara öppna samtidigt. Inget har"))
            } else {
                #expect(result.status == 0, "\(limit): \(result.errors)")
                saved += 1
            }
            #expect(try Self.ideas(transcript) == saved, "\(limit)")
        }
        let english = try transcript.shell("ulimit -n 8; SLUSS_LANG=en sluss status --store a")
        #expect(english.status == 30 && english.errors.contains("Too few files may be open"))
        let client = try transcript.shell("ulimit -n 8; sluss-terminal --store a </dev/null")
        #expect(client.status == 30, "\(client.errors)")
    }

    @Test func noNameIsLeftOnTheDisk() throws {
        let transcript = try Transcript.made()
        let result = try transcript.shell(
            """
            unshare -rm bash -c 'mount -t tmpfs -o size=9m,nr_inodes=16 tmpfs stick && cp -r a stick/ &&
            for n in $(seq 16); do touch stick/f$n 2>/dev/null; done
            sluss idea add --store stick/a --problem "Dörren går inte att låsa."; echo $?
            sluss export --store stick/a --output stick; echo $?; sluss backup --store stick/a --output stick; echo $?
            ls stick | grep -c sluss; rm stick/f*
            sluss idea list --store stick/a --json | jq length; sluss check --store stick/a >/dev/null; echo $?'
            """)
        // With a write-ahead log to make, nothing is saved; afterwards all is as it was.
        #expect(result.output == "30\n30\n30\n0\n1\n3\n", "\(result.output)\(result.errors)")
    }

    @Test func aMediumForReadingSaysSo() throws {
        let transcript = try Transcript.made()
        let result = try transcript.shell(
            """
            unshare -rm bash -c 'mount -t tmpfs tmpfs stick && cp -r a stick/ && mount -o remount,ro stick
            for act in "idea add --problem Dörren_går_inte_att_låsa." "idea list" "status"; do
            sluss $act --store stick/a; echo $?; done
            sluss export --store a --output stick; echo $?'
            """)
        #expect(result.output == "30\n30\n30\n30\n", "\(result.output)")
        #expect(
            result.errors.components(separatedBy: "Det går inte att skriva i stick/a").count == 4,
            "\(result.errors)")
        #expect(result.errors.contains("kopiera mappen till datorns egen disk"))
        #expect(result.errors.contains("(är skrivskyddat)"))
    }

    /// A stick that is pulled out while a bundle is written: no file under the final name is half.
    @Test func aMediumThatIsPulledOut() throws {
        let transcript = try Transcript.made()
        let result = try transcript.shell(
            """
            unshare -rm bash -c 'mount -t tmpfs tmpfs stick && cd stick && umount -l ../stick && cd .. &&
            sluss export --store a --output stick/away; echo $?'
            """)
        #expect(result.output == "30\n", "\(result.output)\(result.errors)")
        #expect(try transcript.shell("sluss export --store a --output stick").status == 0)
    }

    @Test func closedStreamsGiveNoStoreTheirNumber() throws {
        let transcript = try Transcript.made()
        let before = try Self.ideas(transcript)
        let silent = try transcript.shell(
            "sluss idea add --store a --problem 'Stängda strömmar.' <&- >&- 2>&-; echo $?")
        #expect(silent.output == "30\n", "saved, but the answer could not be written")
        #expect(try Self.ideas(transcript) == before + 1)
        let half = try transcript.shell(
            "sluss idea support --store a OMS-SB-04-26-0001 <&- 2>&-; echo $?")
        #expect(half.output.hasSuffix("\n0\n"))
        let check = try transcript.shell("sqlite3 a/sluss.sqlite 'PRAGMA integrity_check'")
        #expect(check.output == "ok\n")
        #expect(try transcript.sluss("a", "check").status == 0)
    }
}
