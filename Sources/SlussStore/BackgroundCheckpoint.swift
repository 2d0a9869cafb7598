import CSQLite
import Dispatch
import Synchronization

/// The moving of committed pages from the write-ahead log into the file, on another core, while
/// one transaction follows the other.
///
/// SQLite allows it from a second connection at any time, and what a commit promises does not
/// depend on it (sqlite.org/wal.html, "Checkpointing"). The log is only begun anew once all of it has been
/// moved, which a busy writer never leaves time for: so from ``pagesMax`` on the writer moves the
/// rest itself.
final class BackgroundCheckpoint: Sendable {
    /// From how many pages in the log on some are moved.
    private static let pagesMin: Int32 = 2000
    /// From how many on the writer waits for it.
    private static let pagesMax: Int32 = 4000

    private let path: String
    private let queue = DispatchQueue(label: "sluss.checkpoint")
    private let isBusy = Mutex(false)
    private let connection = Mutex<OpaquePointer?>(nil)

    /// Looks after the store's file at `path`; nothing is opened before it is needed.
    init(path: String) { self.path = path }

    /// Takes the place of SQLite's own rule for a connection that writes.
    func attach(to writer: OpaquePointer?) {
        sqlite3_wal_hook(
            writer,
            { context, writer, _, pages in
                guard let context else { return SQLITE_OK }
                Unmanaged<BackgroundCheckpoint>.fromOpaque(context).takeUnretainedValue()
                    .note(pages, writer)
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Waits for what has been begun, and lets go of the file.
    ///
    /// - Precondition: No writer is attached any more.
    func end() {
        queue.sync {}
        connection.withLock { connection in
            sqlite3_close(connection)
            connection = nil
        }
    }

    /// Notes that so many pages are in the log after a commit.
    private func note(_ pages: Int32, _ writer: OpaquePointer?) {
        guard pages >= Self.pagesMin else { return }
        if pages >= Self.pagesMax {
            queue.sync {}
            // As SQLite's own rule: what cannot be moved now stays in the log.
            _ = sqlite3_wal_checkpoint_v2(writer, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        } else if isBusy.withLock({ isBusy in
            defer { isBusy = true }
            return !isBusy
        }) {
            queue.async {
                self.move()
                self.isBusy.withLock { $0 = false }
            }
        }
    }

    private func move() {
        connection.withLock { connection in
            if connection == nil {
                let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
                guard sqlite3_open_v2(path, &connection, flags, nil) == SQLITE_OK,
                    sqlite3_exec(connection, "PRAGMA synchronous = FULL", nil, nil, nil)
                        == SQLITE_OK
                else {
                    sqlite3_close(connection)
                    connection = nil
                    return
                }
            }
            _ = sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        }
    }
}
