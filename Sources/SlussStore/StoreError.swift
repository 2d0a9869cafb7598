import CSQLite
package import GRDB

/// Why a store could not be opened, read or written.
///
/// The sentences for people are in SlussSync.
package enum StoreError: Error, Hashable, Sendable {
    /// There is no store in the folder.
    case noStore(folder: String)
    /// There is a store already, or something else, where a new one was to be made.
    case alreadyThere(folder: String)
    /// Another process is writing.
    case busy(holder: StoreLock.Holder?)
    /// The file is no Sluss store, or its schema is not the one that this release makes.
    case notOurs(folder: String)
    /// The store was made by a newer release.
    case newerSchema(found: Int, newestKnown: Int)
    /// SQLite finds the file damaged, or what is in it contradicts itself.
    case damaged(what: String)
    /// The folder is on a network share or a FUSE file system.
    case networkFileSystem(folder: String)
    /// The disk is full.
    case diskFull
    /// The system refused to read or write.
    case inputOutput(what: String)
    /// The folder or file may not be written.
    case readOnly(folder: String)

    /// What an error of SQLite means.
    ///
    /// Statement arguments are never part of it.
    package init(_ error: DatabaseError) {
        switch error.resultCode {
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(holder: nil)
        case .SQLITE_CORRUPT, .SQLITE_FORMAT: self = .damaged(what: Self.name(error))
        case .SQLITE_NOTADB: self = .notOurs(folder: "")
        case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(folder: "")
        case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_NOMEM:
            self = .inputOutput(what: Self.name(error))
        default: self = .damaged(what: Self.name(error))
        }
    }

    private static func name(_ error: DatabaseError) -> String {
        String(cString: sqlite3_errstr(error.extendedResultCode.rawValue))
            + " (\(error.extendedResultCode.rawValue))"
    }
}
