import CSQLite
import CWriteAhead
import CWriteFault
import Foundation
import Testing
import _SlussTestSupport

/// The way to a write-ahead log that writes in large pieces, beside a plain array of bytes and beside
/// SQLite's own.
@Suite struct WriteAheadTests {
    /// A connection of one's own, by one way to files or the other.
    private final class Connection {
        let db: OpaquePointer

        init(_ path: String, by name: String, _ setting: String) throws {
            try #require(sluss_write_ahead_register() == SQLITE_OK)
            var db: OpaquePointer?
            let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI
            try #require(sqlite3_open_v2(path, &db, flags, name) == SQLITE_OK)
            self.db = try #require(db)
            // Before the first table, and before there is a log.
            try run("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL")
            try run("PRAGMA wal_autocheckpoint = 0; \(setting)")
        }

        deinit { sqlite3_close(db) }

        func run(_ sql: String) throws {
            let outcome = sqlite3_exec(db, sql, nil, nil, nil)
            try #require(outcome == SQLITE_OK, "\(String(cString: sqlite3_errmsg(db)))")
        }

        /// Runs what may fail.
        func outcome(_ sql: String) -> Int32 { sqlite3_exec(db, sql, nil, nil, nil) }

        /// What SQLite says of the file: `ok`, or what is wrong with it.
        func integrity() -> String {
            var statement: OpaquePointer?
            sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &statement, nil)
            defer { sqlite3_finalize(statement) }
            guard sqlite3_step(statement) == SQLITE_ROW,
                let text = sqlite3_column_text(statement, 0)
            else { return String(cString: sqlite3_errmsg(db)) }
            return String(cString: text)
        }

        func number(_ sql: String) throws -> Int64 {
            var statement: OpaquePointer?
            try #require(sqlite3_prepare_v2(db, sql, -1, &statement, nil) == SQLITE_OK)
            defer { sqlite3_finalize(statement) }
            let outcome = sqlite3_step(statement)
            try #require(outcome == SQLITE_ROW, "\(String(cString: sqlite3_errmsg(db)))")
            return sqlite3_column_int64(statement, 0)
        }

        /// The log as SQLite has it open.
        func log() throws -> UnsafeMutablePointer<sqlite3_file> {
            var file: UnsafeMutablePointer<sqlite3_file>?
            try run("CREATE TABLE IF NOT EXISTS t(a)")
            let outcome = sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file)
            try #require(outcome == SQLITE_OK)
            return try #require(file)
        }
    }

    private static func bytes(_ path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path).map(Array.init)
    }

    /// Whatever is done to a log in whatever order, it holds what a plain file would.
    @Test(arguments: 0..<40 as Range<UInt64>)
    func aLogHoldsWhatAPlainFileWould(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store-wal")
        let connection = try Connection(folder.path("store"), by: "sluss", "")
        let log = try connection.log()
        let methods = log.pointee.pMethods.pointee
        var generator = SplitMix64(seed: seed)
        var model = try #require(Self.bytes(path))
        func random(_ range: ClosedRange<Int>) -> Int {
            Int.random(in: range, using: &generator)
        }
        for _ in 0..<300 {
            switch random(0...19) {
            case 0..<14:
                // Mostly a piece behind the last; at times over what is there, or beyond the end.
                let start = random(0...9) < 8 ? model.count : random(0...model.count + 50)
                let count = [1, 24, 24, 8_192, 8_192, 8_192, 65_536, 122_880][random(0...7)]
                // What is as long as a frame's header is none that commits: that is handed on at once.
                let byte = count == 24 ? 0 : UInt8(random(0...255))
                let bytes = [UInt8](repeating: byte, count: count)
                let outcome = methods.xWrite(log, bytes, Int32(count), Int64(start))
                #expect(outcome == SQLITE_OK)
                if start + count > model.count {
                    model += [UInt8](repeating: 0, count: start + count - model.count)
                }
                model.replaceSubrange(start..<start + count, with: bytes)
            case 14..<17 where !model.isEmpty:
                let start = random(0...model.count - 1)
                let count = random(1...min(20_000, model.count - start))
                var bytes = [UInt8](repeating: 0xAA, count: count)
                let outcome = methods.xRead(log, &bytes, Int32(count), Int64(start))
                let isSame = bytes[...] == model[start..<start + count]
                #expect(outcome == SQLITE_OK && isSame)
            case 17:
                var size: Int64 = -1
                #expect(methods.xFileSize(log, &size) == SQLITE_OK)
                #expect(Int(size) == model.count)
            case 18:
                let size = random(0...model.count)
                #expect(methods.xTruncate(log, Int64(size)) == SQLITE_OK)
                model.removeLast(model.count - size)
            default:
                #expect(methods.xSync(log, SQLITE_SYNC_FULL) == SQLITE_OK)
                let isSame = Self.bytes(path) == model
                #expect(isSame, "what is synced is in the file, for whoever else reads it")
            }
        }
        #expect(methods.xSync(log, SQLITE_SYNC_FULL) == SQLITE_OK)
        #expect(methods.xTruncate(log, 0) == SQLITE_OK)
    }

    /// After each transaction the log is what SQLite's own way would have written, whatever is
    /// synced: also when pages have gone into it before the end, and when all was taken back.
    @Test(arguments: ["FULL", "NORMAL", "OFF"], 0..<6 as Range<UInt64>)
    func aLogIsWhatItWouldBeWithoutThis(synchronous: String, seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let setting = "PRAGMA synchronous = \(synchronous); PRAGMA cache_size = 20"
        let ours = try Connection(folder.path("ours"), by: "sluss", setting)
        let plain = try Connection(folder.path("plain"), by: "unix", setting)
        for connection in [ours, plain] { try connection.run("CREATE TABLE t(a, b)") }
        var generator = SplitMix64(seed: seed)
        for _ in 0..<30 {
            let count = [1, 3, 100, 400][Int.random(in: 0...3, using: &generator)]
            let length = Int.random(in: 1...900, using: &generator)
            let end = Int.random(in: 0...3, using: &generator) == 0 ? "ROLLBACK" : "COMMIT"
            for connection in [ours, plain] {
                try connection.run(
                    """
                    BEGIN IMMEDIATE;
                    WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT \(count))
                    INSERT INTO t SELECT x, hex(zeroblob(\(length))) FROM n;
                    \(end);
                    """)
            }
            // Frames carry a salt that each log draws for itself: rows are compared.
            let sum = "SELECT count(*) * 1000000 + total(length(b)) FROM t"
            let other = try Connection(folder.path("ours"), by: "unix", setting)
            #expect(try other.number(sum) == plain.number(sum))
            #expect(
                try other.number(
                    "SELECT count(*) FROM pragma_integrity_check() WHERE integrity_check = 'ok'")
                    == 1)
        }
    }

    /// What has been taken back is never written over what another has committed since.
    @Test func whatIsTakenBackIsNotWrittenLater() throws {
        let folder = try TemporaryFolder()
        let setting = "PRAGMA synchronous = FULL; PRAGMA cache_size = 20"
        let one = try Connection(folder.path("store"), by: "sluss", setting)
        try one.run("CREATE TABLE t(a, b)")
        func insert(_ count: Int, _ text: String) -> String {
            """
            WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT \(count))
            INSERT INTO t SELECT x, \(text) FROM n;
            """
        }
        for round in 1...20 as ClosedRange<Int64> {
            // With an empty log nothing is read from it when a transaction is taken back.
            try one.run("PRAGMA wal_checkpoint(TRUNCATE)")
            try one.run("BEGIN IMMEDIATE; \(insert(113, "hex(zeroblob(900))")) ROLLBACK")
            // Another program writes in its place, before this one does anything more.
            let other = try Connection(folder.path("store"), by: "unix", setting)
            try other.run("BEGIN IMMEDIATE; \(insert(370, "hex(randomblob(700))")) COMMIT")
            #expect(try one.number("SELECT count(*) FROM t") == round * 370)
            #expect(try other.number("SELECT count(*) FROM t") == round * 370)
            let isSound =
                "SELECT count(*) FROM pragma_integrity_check() WHERE integrity_check = 'ok'"
            #expect(try one.number(isSound) == 1)
        }
    }

    /// Without shared memory the log is let go of in another way.
    @Test(arguments: [36, 38, 40])
    func norWhatWasTakenBackUnderALockOnAll(rows: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store")
        let setting = "PRAGMA synchronous = FULL; PRAGMA cache_size = 20"
        let one = try Connection(path, by: "sluss", setting)
        try one.run("CREATE TABLE t(a, b); PRAGMA wal_checkpoint(TRUNCATE)")
        func insert(_ numbers: ClosedRange<Int>) -> String {
            """
            WITH RECURSIVE n(x) AS (
              SELECT \(numbers.lowerBound) UNION ALL SELECT x + 1 FROM n LIMIT \(numbers.count))
            INSERT INTO t SELECT x, randomblob(7000) FROM n;
            """
        }
        try one.run(
            """
            PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; \(insert(1...rows))
            PRAGMA locking_mode = NORMAL; ROLLBACK
            """)
        let other = try Connection(path, by: "unix", setting)
        try other.run(insert(1_001...1_200))
        for reader in [one, other, try Connection(path, by: "unix", setting)] {
            #expect(try reader.number("SELECT count(*) FROM t WHERE a > 1000") == 200)
            #expect(reader.integrity() == "ok")
        }
    }

    /// Where a sector might be torn, SQLite writes the last frame again, cut where a sector ends: a
    /// piece of it can be as long as a frame's header.
    @Test func aPieceIsNotTakenForAHeader() throws {
        for pages in 334...342 {
            let folder = try TemporaryFolder()
            let path = "file:\(folder.path("store"))?psow=0"
            let setting = "PRAGMA synchronous = FULL"
            let one = try Connection(path, by: "sluss", setting)
            try one.run("CREATE TABLE t(a, b)")
            try one.run("PRAGMA wal_checkpoint(TRUNCATE)")
            try one.run("INSERT INTO t VALUES(1, zeroblob(8188 * \(pages)))")
            let other = try Connection(path, by: "unix", setting)
            #expect(other.integrity() == "ok", "\(pages)")
            #expect(other.outcome("PRAGMA wal_checkpoint(PASSIVE)") == SQLITE_OK, "\(pages)")
        }
    }

    /// A full disk that is met by a read takes back one statement only: the transaction goes on, and
    /// what it had written before must be there in the end.
    @Test func whatAFullDiskHasHeldBackIsTriedAgain() throws {
        var tried = 0
        for edits in 0..<8 {
            let folder = try TemporaryFolder()
            let path = folder.path("store")
            let setting = "PRAGMA synchronous = FULL"
            let one = try Connection(path, by: "sluss", setting)
            func insert(_ count: Int) -> String {
                """
                WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT \(count))
                INSERT INTO t SELECT x, randomblob(3000), x FROM n;
                """
            }
            try one.run("CREATE TABLE t(a INTEGER PRIMARY KEY, b, c UNIQUE)")
            try one.run("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA cache_size = 20")
            try one.run("BEGIN IMMEDIATE; \(insert(150))")
            for edit in 0..<edits {
                try one.run("UPDATE t SET b = randomblob(3000) WHERE a = \(edit * 13 + 1)")
            }
            let log = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
                .compactMap { Int32($0) }
                .first {
                    (try? FileManager.default.destinationOfSymbolicLink(
                        atPath: "/proc/self/fd/\($0)")) == path + "-wal"
                }
            _ = sluss_fail_next_write(try #require(log))
            let outcome = one.outcome("UPDATE t SET b = randomblob(3000), c = c + 1000")
            guard sluss_fail_next_write(-1) == 1 else { continue }
            #expect(outcome == SQLITE_FULL)
            guard sqlite3_get_autocommit(one.db) == 0 else { continue }
            tried += 1
            try one.run("COMMIT")
            let other = try Connection(path, by: "unix", setting)
            #expect(other.integrity() == "ok")
            #expect(try other.number("SELECT count(*) FROM t") == 150)
        }
        #expect(tried > 0, "no transaction went on")
    }

    @Test func itIsTheDefault() throws {
        try #require(sluss_write_ahead_register() == SQLITE_OK)
        let found = try #require(sqlite3_vfs_find(nil))
        #expect(String(cString: found.pointee.zName) == "sluss")
    }
}
