import Foundation
import GRDB

/// The index of words: which records may hold which words.
///
/// It tells where to look, not what is there: a record that no longer holds a word is still found
/// by it, and whoever asks looks at the text itself.
extension StoreTransaction {
    /// Indexes words of a record, each with a space behind it, beside those it has already.
    package func index(_ words: [UInt8], of record: Int64) throws {
        try words.withUnsafeBufferPointer { words in
            for place in hot.newWords(in: words) {
                let word = UnsafeBufferPointer(rebasing: words[place])
                try hot.run(.insertWord, db) { $0.text(1, word) }
            }
            try hot.run(.index, db) {
                $0.number(1, record)
                $0.text(2, words)
            }
        }
    }

    /// Marks the lines of a log from write `counter` on as not indexed yet.
    package func markUnindexed(_ log: StoredLog, since counter: UInt64) throws {
        try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO unindexed(replica, since) VALUES (?, ?)"
        ).execute(arguments: [log.no, Int64(counter)])
    }

    /// Takes the marks away: all that they marked has been indexed.
    package func clearUnindexed() throws { try db.execute(sql: "DELETE FROM unindexed") }

    /// The records that marked lines touch, and all of the same logs' branches, the newest first.
    package func unindexedRecords() throws -> [Int64] {
        let marks = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT replica, since FROM unindexed"))
        guard !marks.isEmpty else { return [] }
        var records: Set<Int64> = []
        let logs = try self.logs()
        for mark in marks {
            let (number, since): (Int64, UInt64) = (try mark.value(0), try mark.counter(1))
            let root = logs.values.first { $0.no == number }?.root
            // A branch that has been divided since has its lines under another number.
            for log in logs.values where log.root == root {
                try collectRecords(of: log, from: since, through: log.stored, into: &records)
            }
        }
        return records.sorted(by: >)
    }

    /// The words of the vocabulary that hold `part`, or `nil` if there are more than `max`.
    package func words(holding part: String, max: Int) throws -> [String]? {
        let words = try String.fetchAll(
            db.cachedStatement(
                sql: "SELECT text FROM word WHERE instr(text, ?) > 0 LIMIT ?"),
            arguments: [part, max + 1])
        return words.count > max ? nil : words
    }

    /// Hands out the records that may hold one word of each group, the newest first, until `body`
    /// says that it is enough; without groups all records.
    package func candidates(
        _ groups: [[String]], _ body: (Int64) throws -> Bool
    ) throws {
        // The words hold neither quotation marks nor anything else that FTS5 reads.
        let match = groups.map { group in
            "(" + group.map { "\"\($0)\"" }.joined(separator: " OR ") + ")"
        }.joined(separator: " AND ")
        let rows =
            groups.isEmpty
            ? try Int64.fetchCursor(
                db.cachedStatement(
                    sql: "SELECT no FROM record WHERE kind <> '' ORDER BY no DESC"))
            : try Int64.fetchCursor(
                db.cachedStatement(
                    sql: "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC"),
                arguments: [match])
        while let record = try rows.next() {
            guard try body(record) else { return }
        }
    }

    /// Hands out every pair of a word and a record that are indexed together, by word.
    package func forEachPosting(_ body: (String, Int64) throws -> Void) throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT term, doc FROM posting")
        while let row = try rows.next() { try body(row.value(0), row.value(1)) }
    }

    /// Whether the vocabulary has every word of the index.
    package func knowsEveryWord() throws -> Bool {
        return try Int.fetchOne(
            db,
            sql: """
                SELECT 1 FROM posting
                WHERE NOT EXISTS (SELECT 1 FROM word WHERE text = posting.term) LIMIT 1
                """) == nil
    }
}
