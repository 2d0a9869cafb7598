import CSQLite
import CWriteAhead
import Foundation
import GRDB
import Glibc
import SlussCore

/// One unit's store: a folder with one SQLite file.
///
/// The log is the truth. Everything else in the file – record states, conflicts, the search
/// index – is derived from it in the same transaction and can be derived again.
package final class UnitStore {
    /// What a process wants with the store.
    package enum Access: Sendable {
        /// To read; never waits for a writer.
        case reading
        /// To write, for an act that is named to whoever has to wait.
        case writing(String)
    }

    /// The store's file within its folder.
    package static let fileName = "sluss.sqlite"
    /// The file within its folder that whoever writes holds locked.
    package static let lockName = "lock"

    /// Whose store it is.
    package private(set) var identity: StoreIdentity
    /// The folder.
    package let folder: String
    private let queue: DatabaseQueue
    private let lock: StoreLock?
    private let hot = HotStatements()

    /// Makes a new store in `folder`, which is made too if it is not there.
    ///
    /// - Parameters:
    ///   - fold: The number of the fold that its states will be made with.
    ///   - begin: Writes what the store is to begin with; if it throws, no store is made.
    package static func create(
        _ identity: StoreIdentity, in folder: String, fold: Int,
        begin: (StoreTransaction) throws -> Void = { _ in }
    ) throws {
        var isFolder: ObjCBool = false
        let path = folder + "/" + fileName
        if FileManager.default.fileExists(atPath: path) {
            throw StoreError.alreadyThere(folder: folder)
        }
        if !FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) {
            do {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
            } catch { throw StoreError.readOnly(folder: folder) }
        } else if !isFolder.boolValue {
            throw StoreError.alreadyThere(folder: folder)
        }
        try refuseNetwork(folder)
        let lock = try StoreLock(path: folder + "/" + lockName, act: "init")
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StoreError.alreadyThere(folder: folder)
        }
        // Under another name until it is whole, so that a kill leaves nothing that is half a store.
        let aside = path + ".new"
        func sweep() { for suffix in ["", "-wal", "-shm", "-journal"] { unlink(aside + suffix) } }
        sweep()
        do {
            try makeFile(identity, at: aside, fold: fold, begin: begin)
            guard rename(aside, path) == 0 else { throw StoreError.readOnly(folder: folder) }
        } catch {
            sweep()
            throw translated(error, folder: folder)
        }
        withExtendedLifetime(lock) {}
    }

    /// Refuses a place where no store can be made, before anything is put there.
    package static func refuse(_ folder: String) throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) {
            guard isFolder.boolValue,
                !FileManager.default.fileExists(atPath: folder + "/" + fileName)
            else { throw StoreError.alreadyThere(folder: folder) }
            try refuseNetwork(folder)
        }
    }

    private static func makeFile(
        _ identity: StoreIdentity, at path: String, fold: Int,
        begin: (StoreTransaction) throws -> Void
    ) throws {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError.readOnly(folder: path) }
        Glibc.close(descriptor)
        _ = writesAheadInLargePieces
        // Before the first page is written, and so before the file is set to WAL.
        let empty = try DatabaseQueue(path: path)
        try empty.inDatabase { db in
            try db.execute(sql: "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL")
        }
        try empty.close()
        let queue = try DatabaseQueue(path: path, configuration: configuration(readOnly: false))
        try harden(queue)
        try Schema.migrator.migrate(queue)
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO store(
                      one, id, unit, name, machine, central, device, formerly, fold)
                    VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    Data(identity.id.bytes), identity.unit.description, identity.name,
                    identity.machine, identity.isCentral, Data(identity.device),
                    identity.formerly.map(\.description).joined(separator: " "), fold,
                ])
            // A store that is built from another's lines is written from its beginning to its end.
            try db.execute(sql: "PRAGMA cache_size = -8192")
            let hot = HotStatements()
            defer { hot.finalize() }
            try begin(StoreTransaction(db, hot))
        }
        try queue.close()
    }

    /// Opens the store in `folder`.
    package init(folder: String, access: Access) throws {
        self.folder = folder
        let path = folder + "/" + Self.fileName
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreError.noStore(folder: folder)
        }
        try Self.refuseNetwork(folder)
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1
        else { throw StoreError.notOurs(folder: folder) }
        switch access {
        case .reading: lock = nil
        case .writing(let act): lock = try StoreLock(path: folder + "/" + Self.lockName, act: act)
        }
        do {
            if lock != nil {
                // A file that is not ours, or a newer release's, is not touched: opening for
                // writing alone sets a file to WAL.
                let looking = try DatabaseQueue(
                    path: path, configuration: Self.configuration(readOnly: true))
                try Self.checkMark(looking, folder: folder)
                try looking.close()
            }
            queue = try DatabaseQueue(
                path: path, configuration: Self.configuration(readOnly: lock == nil))
            try Self.checkMark(queue, folder: folder)
            if lock != nil { try Self.harden(queue) }
            identity = try queue.read { [hot] db in
                guard try Schema.isIntact(db) else { throw StoreError.notOurs(folder: folder) }
                return try StoreTransaction(db, hot).identity()
            }
        } catch { throw Self.translated(error, folder: folder) }
    }

    deinit { hot.finalize() }

    /// Reads from one moment's state.
    package func read<Result>(_ body: (StoreTransaction) throws -> Result) throws -> Result {
        do {
            guard lock != nil else {
                return try queue.read { db in try body(StoreTransaction(db, hot)) }
            }
            // GRDB's own way sets `query_only` before and after, upon which SQLite prepares every
            // statement of the connection again (`OP_Expire`).
            var result: Result?
            try queue.inDatabase { db in
                let changes = db.totalChangesCount
                try db.inTransaction(.deferred) {
                    result = try body(StoreTransaction(db, hot))
                    precondition(db.totalChangesCount == changes, "reading has written")
                    return .rollback
                }
            }
            guard let result else { throw StoreError.damaged(what: "no result") }
            return result
        } catch { throw Self.translated(error, folder: folder) }
    }

    /// Writes all of what `body` writes, or nothing if it throws.
    package func write<Result>(_ body: (StoreTransaction) throws -> Result) throws -> Result {
        precondition(lock != nil, "a store that is written to is opened for writing")
        do {
            return try queue.write { db in try body(StoreTransaction(db, hot)) }
        } catch {
            hot.forgetWords()
            throw Self.translated(error, folder: folder)
        }
    }

    /// Moves what is in the write-ahead log into the file, and empties it.
    ///
    /// - Returns: Whether it is empty; it is not if another process reads what is in it.
    @discardableResult
    package func emptyWriteAhead() throws -> Bool {
        do {
            return try queue.inDatabase { db in
                try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
            }
        } catch { throw Self.translated(error, folder: folder) }
    }

    /// Goes by the name that a transaction is giving the store.
    package func adopt(_ identity: StoreIdentity) { self.identity = identity }

    /// Reads again whose store it is, after a transaction that may have renewed it.
    package func refreshIdentity() throws { identity = try read { try $0.identity() } }

    /// Does what ``write(_:)`` does and takes it back: what would happen, with no other code.
    package func rehearse<Result>(_ body: (StoreTransaction) throws -> Result) throws -> Result {
        precondition(lock != nil, "a store that is written to is opened for writing")
        do {
            var result: Result?
            try queue.inDatabase { db in
                try db.inTransaction(.immediate) {
                    defer { hot.forgetWords() }
                    result = try body(StoreTransaction(db, hot))
                    return .rollback
                }
            }
            guard let result else { throw StoreError.damaged(what: "no result") }
            return result
        } catch { throw Self.translated(error, folder: folder) }
    }

    /// Before the first connection is opened.
    private static let writesAheadInLargePieces = sluss_write_ahead_register() == SQLITE_OK

    private static func configuration(readOnly: Bool) -> Configuration {
        _ = writesAheadInLargePieces
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.publicStatementArguments = false
        if !readOnly { configuration.journalMode = .wal }
        configuration.prepareDatabase { db in
            guard sluss_sqlite_defensive(db.sqliteConnection) == SQLITE_OK else {
                throw StoreError.inputOutput(what: "defensive mode")
            }
            try db.execute(
                sql: """
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    PRAGMA mmap_size = 0;
                    """)
        }
        return configuration
    }

    /// GRDB sets `synchronous = NORMAL` with WAL, which loses confirmed rows in a power cut; so it
    /// is set again here, after GRDB, and read back.
    private static func harden(_ queue: DatabaseQueue) throws {
        try queue.inDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    PRAGMA secure_delete = ON;
                    PRAGMA cache_size = -16384;
                    PRAGMA wal_autocheckpoint = 2000;
                    """)
            guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2,
                try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal"
            else { throw StoreError.inputOutput(what: "synchronous mode") }
        }
    }

    private static func checkMark(_ queue: DatabaseQueue, folder: String) throws {
        let (mark, schema) = try queue.inDatabase { db in
            (
                try Int32.fetchOne(db, sql: "PRAGMA application_id"),
                try Int.fetchOne(db, sql: "PRAGMA user_version")
            )
        }
        guard mark == Schema.applicationID, let schema, schema > 0 else {
            throw StoreError.notOurs(folder: folder)
        }
        guard schema <= Schema.newest else {
            throw StoreError.newerSchema(found: schema, newestKnown: Schema.newest)
        }
    }

    /// Refuses file systems whose locks cannot be trusted (`statfs(2)`): NFS, SMB, CIFS, AFS, 9P, FUSE.
    package static func refuseNetwork(_ folder: String) throws(StoreError) {
        let types: Set<UInt32> = [
            0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x5346_414F, 0x0102_1997, 0x6573_5546,
        ]
        if types.contains(UInt32(truncatingIfNeeded: sluss_file_system_type(folder))) {
            throw .networkFileSystem(folder: folder)
        }
    }

    /// Gives two folders each other's name in one step; -1 and `errno` if the system cannot.
    package static func exchange(_ one: String, _ other: String) -> Int32 {
        sluss_exchange(one, other)
    }

    /// Whether this account could write in a folder: on a medium for reading nobody can.
    private static func isWritable(_ folder: String) -> Bool {
        folder.isEmpty || access(folder, W_OK) == 0
    }

    private static func translated(_ error: any Error, folder: String = "") -> any Error {
        guard let error = error as? DatabaseError else { return error }
        switch StoreError(error) {
        case .notOurs: return StoreError.notOurs(folder: folder)
        // SQLite makes a file beside a store to read it, too.
        case .inputOutput where error.resultCode == .SQLITE_CANTOPEN && !isWritable(folder):
            return StoreError.readOnly(folder: folder)
        case .readOnly: return StoreError.readOnly(folder: folder)
        case let other: return other
        }
    }
}
