import Foundation
import Testing
import _SlussTestSupport

/// What `sluss check` finds around a store: who can read it, its write-ahead log, its clock.
@Suite struct CheckTests {
    private func codes(_ transcript: Transcript, _ arguments: String...) throws -> (
        status: Int32, codes: [String], text: String
    ) {
        let json = try transcript.sluss("a", ["check", "--json"] + arguments)
        let findings = try #require(try transcript.object(json)["findings"] as? [[String: Any]])
        let text = try transcript.sluss("a", ["check"] + arguments)
        #expect(text.status == json.status)
        return (json.status, findings.compactMap { $0["code"] as? String }, text.output)
    }

    @Test(arguments: ["a", "a/sluss.sqlite", "a/keys", "a/keys/device", "a/keys/identity"])
    func whatOthersCanReadIsTold(path: String) throws {
        let transcript = try Transcript.made()
        _ = try transcript.shell("chmod go+r \(path)")
        let found = try codes(transcript)
        #expect(found.status == 3 && Set(found.codes) == ["openToOthers"])
        #expect(
            found.text.contains(
                "Andra på datorn kommer åt \(transcript.folder.path(path)). Stäng av det"))
    }

    @Test func anotherStoresKeyIsTold() throws {
        let transcript = try Transcript.made()
        _ = try transcript.shell("cp b/keys/* a/keys/")
        let found = try codes(transcript)
        #expect(found.status == 13 && found.codes == ["foreignKey"])
        #expect(found.text.contains("är en annan än lagrets"))
    }

    /// SQLite takes such a file for empty, and says nothing.
    @Test func aWriteAheadLogThatIsNotReadIsTold() throws {
        let transcript = try Transcript.made()
        _ = try transcript.shell(
            "rm -f a/*-wal a/*-shm; head -c 9000 /dev/urandom > a/sluss.sqlite-wal; chmod 600 a/*-wal"
        )
        let found = try codes(transcript)
        #expect(found.status == 13 && found.codes.contains("foreignWAL"))
        #expect(found.text.contains("sluss.sqlite-wal är skadad eller hör till ett annat lager"))
    }

    /// Killed before it could be put into the store, a write-ahead log holds what was saved last.
    @Test func aWriteAheadLogThatIsMissingIsTold() throws {
        let transcript = try Transcript.made()
        let killed = try transcript.shell(
            """
            mkfifo in; sqlite3 a/sluss.sqlite < in & reader=$!; exec 3> in
            printf 'BEGIN;\n.output out\nSELECT count(*) FROM log;\n.output stdout\n' >&3
            until grep -q 1 out 2>/dev/null; do sleep 0.05; done
            sluss idea add --store a --problem 'Porten gnisslar på natten.'
            kill -9 $reader; sluss status --store a --json
            """)
        try #require(killed.output.contains("\"writes\" : 2"), "\(killed.output) \(killed.errors)")
        #expect(try codes(transcript).status == 0)
        _ = try transcript.shell("rm a/sluss.sqlite-wal a/sluss.sqlite-shm")
        let found = try codes(transcript)
        #expect(found.status == 3 && found.codes == ["copiedOrSetBack"])
        #expect(found.text.contains("det hade fler skrivningar förut"))
    }

    @Test(arguments: [
        ("2026-03-08", true), ("2026-03-09", false), ("2026-03-10", false),
        ("2031-03-10", false), ("2031-03-11", true), ("1999-01-01", true), ("2061-01-01", true),
    ])
    func aClockThatCannotBeRightIsTold(today: String, isTold: Bool) throws {
        let transcript = try Transcript()
        try transcript.sluss("a", "init", "--unit", "OMS-SB-04", "--name", "A")
        try transcript.sluss(
            "a", "idea", "add", "--problem", "Porten gnisslar på natten.", "--today", "2026-03-10")
        let found = try codes(transcript, "--today", today)
        #expect(found.codes == (isTold ? ["clock"] : []), "\(found.text)")
        #expect(found.status == (isTold ? 3 : 0))
    }

    @Test func aStatementThatWasChangedIsFound() throws {
        let transcript = try Transcript.made()
        _ = try transcript.shell(
            "sqlite3 a/sluss.sqlite \"UPDATE statement SET text = replace(text, 'Samordnaren', 'Samordnarem')\""
        )
        let found = try codes(transcript)
        #expect(found.status == 13 && found.codes.contains("statementDiffers"))
        #expect(found.text.contains("intyg är inte som de signerades"))
    }

    @Test func linesOfALogThatIsNotThereAreFound() throws {
        let transcript = try Transcript.made()
        _ = try transcript.shell(
            "sqlite3 a/sluss.sqlite \"INSERT INTO log SELECT dot + (77 << 40), record, digest, envelope, body FROM log\""
        )
        let found = try codes(transcript)
        #expect(found.status == 13 && found.codes.contains("brokenChain"))
        #expect(found.text.contains("1 skrivningar hör till en logg som inte finns"))
    }
}
