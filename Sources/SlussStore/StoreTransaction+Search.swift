import Foundation
import GRDB

extension StoreTransaction {
    /// The records whose text holds every one of `terms`, also as a part of a word, newest first.
    ///
    /// The index is of three-letter sequences (FTS5 `trigram`), so `byte` finds `däckbyte`, and
    /// å, ä and ö are letters of their own. Terms shorter than three letters are looked for in
    /// the text itself.
    package func search(_ terms: [String], limit: Int) throws -> [Int64] {
        let long = terms.filter { $0.unicodeScalars.count >= 3 }
        let short = terms.filter { $0.unicodeScalars.count < 3 }
        let match = long.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
            .joined(separator: " AND ")
        let rows =
            long.isEmpty
            ? try Row.fetchCursor(db, sql: "SELECT rowid, text FROM search ORDER BY rowid DESC")
            : try Row.fetchCursor(
                db,
                sql: "SELECT rowid, text FROM search WHERE search MATCH ? ORDER BY rowid DESC",
                arguments: [match])
        var found: [Int64] = []
        while found.count < limit, let row = try rows.next() {
            let text = short.isEmpty ? "" : (try row.value(1) as String).lowercased()
            if short.allSatisfy({ Self.contains(text, $0.lowercased()) }) {
                found.append(try row.value(0))
            }
        }
        return found
    }

    /// Byte for byte: Swift's own comparison would take a letter and its mark apart for one.
    private static func contains(_ text: String, _ term: String) -> Bool {
        Data(text.utf8).range(of: Data(term.utf8)) != nil
    }
}
