import Foundation
import GRDB
package import SlussCore

/// A run in which a rule settled many conflicts at once.
package struct StoredSettling: Sendable {
    /// Its number.
    package let no: Int64
    /// The day.
    package let day: Day
    /// Whose values were taken.
    package let side: String
    /// The field that it was for, if for one only.
    package let field: String?
    /// The unit that it was for, if for one only.
    package let unit: String?
    /// The kind of record that it was for, if for one only.
    package let kind: String?
    /// The day on which it was undone, if it was.
    package let undone: Day?
    /// How many conflicts it settled.
    package let count: Int
}

/// A resolution of such a run.
package struct StoredResolution: Sendable {
    /// The record.
    package let record: Int64
    /// The field.
    package let path: String
    /// The write.
    package let dot: Dot

    /// Names a resolution.
    package init(record: Int64, path: String, dot: Dot) {
        self.record = record
        self.path = path
        self.dot = dot
    }
}

extension StoreTransaction {
    /// Notes a run of resolutions and returns its number.
    package func insertSettling(
        day: Day, side: String, field: String?, unit: String?, kind: String?,
        _ resolutions: [StoredResolution], logs: [ReplicaID: StoredLog]
    ) throws -> Int64 {
        try db.execute(
            sql: "INSERT INTO settling(day, side, field, unit, kind) VALUES (?, ?, ?, ?, ?)",
            arguments: [day.description, side, field, unit, kind])
        let run = db.lastInsertedRowID
        for resolution in resolutions {
            try db.cachedStatement(
                sql: """
                    INSERT INTO settled(run, record, path, replica, counter)
                    VALUES (?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                run, resolution.record, resolution.path, logs[resolution.dot.replica]?.no,
                Int64(resolution.dot.counter),
            ])
        }
        return run
    }

    /// The runs of resolutions, oldest first, or the one of that number.
    package func settlings(_ no: Int64? = nil) throws -> [StoredSettling] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT *, (SELECT count(*) FROM settled WHERE run = no) AS number FROM settling
                WHERE ?1 IS NULL OR no = ?1 ORDER BY no
                """, arguments: [no]
        ).map { row in
            guard let day = Day(try row.value("day") as String) else {
                throw StoreError.damaged(what: "settling")
            }
            return StoredSettling(
                no: try row.value("no"), day: day, side: try row.value("side"),
                field: row["field"], unit: row["unit"], kind: row["kind"],
                undone: (row["undone"] as String?).flatMap { Day($0) },
                count: try row.value("number"))
        }
    }

    /// The resolutions of a run.
    package func resolutions(
        ofSettling run: Int64, logs: [Int64: StoredLog]
    ) throws -> [StoredResolution] {
        try Row.fetchAll(
            db,
            sql: "SELECT record, path, replica, counter FROM settled WHERE run = ? ORDER BY 1, 2",
            arguments: [run]
        ).map { row in
            guard let log = logs[try row.value(2)] else {
                throw StoreError.damaged(what: "settled")
            }
            return StoredResolution(
                record: try row.value(0), path: try row.value(1),
                dot: Dot(replica: log.replica, counter: try row.counter(3)))
        }
    }

    /// Hands out the lines of a log in which somebody may have chosen between values, with their
    /// records, the newest first, while `body` says so.
    ///
    /// Whether somebody has is in the line; here only those are left out that have not the word.
    package func forEachChoice(
        of log: StoredLog, _ body: (Int64, StoredLine) throws -> Bool
    ) throws {
        // A quotation mark within a text is written otherwise, so this is a member's name.
        let words = ["\"settle\":", "\"own\":"].map { Data($0.utf8) }
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT dot, record FROM log WHERE dot BETWEEN ? AND ?
                AND (instr(body, ?) > 0 OR instr(body, ?) > 0) ORDER BY dot DESC
                """,
            arguments: LineKey.range(log, log.start, log.count)
                + StatementArguments([words[0], words[1]]))
        while let row = try rows.next() {
            let key = LineKey(value: try row.value(0))
            let record: Int64 = try row.value(1)
            var found: StoredLine?
            try forEachLine(of: log, from: key.counter, through: key.counter) { found = $0 }
            if let found, try !body(record, found) { return }
        }
    }

    /// Notes that a run of resolutions has been undone.
    package func noteUndone(settling run: Int64, day: Day) throws {
        try db.execute(
            sql: "UPDATE settling SET undone = ? WHERE no = ?", arguments: [day.description, run])
    }
}
