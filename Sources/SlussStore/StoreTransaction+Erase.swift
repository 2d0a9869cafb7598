import Foundation
import GRDB
package import SlussCore

/// The erasing of content: from the log and from the search index.
///
/// Pages that are let go are overwritten (`secure_delete`); what is in the write-ahead log goes
/// with ``UnitStore/emptyWriteAhead()``.
extension StoreTransaction {
    /// The records of which something has been erased: their new writes take all others to judge.
    package func recordsWithErasures() throws -> Set<Int64> {
        Set(try Int64.fetchAll(db, sql: "SELECT record FROM erased"))
    }

    /// Notes that something of a record has been erased, or that nothing is any more.
    package func save(_ record: Int64, hasErasure: Bool) throws {
        try db.cachedStatement(
            sql: hasErasure
                ? "INSERT OR IGNORE INTO erased(record) VALUES (?)"
                : "DELETE FROM erased WHERE record = ?"
        ).execute(arguments: [record])
    }

    /// Removes the body of a write; its digest stays.
    package func eraseBody(_ write: Write, _ line: StoredLine, bodyDigest: Digest, log: StoredLog)
        throws
    {
        let key = try LineKey(log, write.dot.counter)
        let envelope: [UInt8] =
            switch line.kept {
            case .asWritten(let bytes): bytes
            case .packed:
                try PackedEnvelope.pack(write, bodyDigest: bodyDigest) {
                    try numbers.number(of: $0, load: replicaNumbers)
                }
            }
        try db.cachedStatement(sql: "UPDATE log SET envelope = ?, body = NULL WHERE dot = ?")
            .execute(arguments: [Data(envelope), key.value])
    }

    /// Empties the index of words, and the vocabulary: the caller indexes every record anew.
    package func emptyIndex() throws {
        try db.execute(sql: "DELETE FROM word")
        try db.execute(sql: "INSERT INTO search(search) VALUES ('delete-all')")
        try clearUnindexed()
        hot.forgetWords()
    }

    /// The numbers of all records of which a write counts.
    package func recordNumbers() throws -> [Int64] {
        try Int64.fetchAll(db, sql: "SELECT no FROM record WHERE kind <> '' ORDER BY no")
    }
}
