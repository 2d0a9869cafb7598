import Foundation
import GRDB
package import SlussCore

/// A backup that this store has made: read back and rehearsed.
package struct StoredBackup: Hashable, Sendable {
    /// The name of its file.
    package var name: String
    /// The day it was made.
    package var day: Day
    /// Its number.
    package var number: UInt64
    /// How many bytes the file has.
    package var size: Int64
    /// The digest of the file's beginning, which no other file has.
    package var mark: Digest

    /// Puts a backup together.
    package init(name: String, day: Day, number: UInt64, size: Int64, mark: Digest) {
        self.name = name
        self.day = day
        self.number = number
        self.size = size
        self.mark = mark
    }
}

extension StoreTransaction {
    /// Every backup that is remembered, in the order in which they were made.
    package func backups() throws -> [StoredBackup] {
        try Row.fetchAll(db, sql: "SELECT * FROM backup ORDER BY no").map { row in
            guard let day = Day(try row.value("day") as String) else {
                throw StoreError.damaged(what: "backup")
            }
            return StoredBackup(
                name: try row.value("name"), day: day, number: try row.counter("number"),
                size: try row.value("size"), mark: try digest(row.bytes("mark"), "backup"))
        }
    }

    /// Remembers a backup as the newest.
    package func insert(_ backup: StoredBackup) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO backup(name, day, number, size, mark) VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                backup.name, backup.day.description, Int64(clamping: backup.number), backup.size,
                Data(backup.mark.bytes),
            ])
    }

    /// Forgets a backup whose file is gone.
    package func forget(_ backup: StoredBackup) throws {
        try db.execute(
            sql: "DELETE FROM backup WHERE name = ? AND mark = ?",
            arguments: [backup.name, Data(backup.mark.bytes)])
    }
}
