import Foundation
import GRDB
package import SlussCore

/// A write that is kept and does not count.
package struct AsideWrite: Hashable, Sendable {
    /// The record that it is to.
    package let record: Int64
    /// Its name.
    package let dot: Dot
    /// Why.
    package let flaw: Flaw
}

/// A run of the merge tool.
package struct StoredRun: Sendable {
    /// Its number.
    package let no: Int64
    /// The day.
    package let day: Day
    /// The day on which it was undone, if it was.
    package let undone: Day?
    /// What it merged, in order.
    package let bundles: [MergedBundle]
}

extension StoreTransaction {
    /// The writes that do not count, of all records or of one.
    package func asides(
        logs: [Int64: StoredLog], record: Int64? = nil
    ) throws -> [AsideWrite] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT record, replica, counter, flaw FROM aside
                WHERE ?1 IS NULL OR record = ?1 ORDER BY record, replica, counter
                """, arguments: [record]
        ).map { row in
            guard let log = logs[try row.value(1)], let flaw = Flaw(rawValue: try row.value(3))
            else { throw StoreError.damaged(what: "aside") }
            return AsideWrite(
                record: try row.value(0),
                dot: Dot(replica: log.replica, counter: try row.counter(2)), flaw: flaw)
        }
    }

    /// The records of which a write does not count.
    package func recordsWithAsides() throws -> Set<Int64> {
        Set(try Int64.fetchAll(db, sql: "SELECT DISTINCT record FROM aside"))
    }

    /// The records of which no write counts.
    package func recordsThatAreGone() throws -> [StoredRecord] {
        try Int64.fetchAll(db, sql: "SELECT no FROM record WHERE kind = '' ORDER BY no")
            .map { try record(no: $0) }
    }

    /// How many writes do not count, but for those of undone merges.
    package func asideCount() throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM aside") ?? 0
    }

    /// The records that hold what an older fold could not understand.
    package func recordsToRefold() throws -> Set<Int64> {
        try recordsWithAsides().union(
            try Int64.fetchAll(db, sql: "SELECT no FROM record WHERE holdsUnknown"))
    }

    /// Notes which writes to a record do not count.
    package func save(
        _ record: Int64, aside: [Dot: Flaw], logs: [ReplicaID: StoredLog]
    ) throws {
        try db.cachedStatement(sql: "DELETE FROM aside WHERE record = ?")
            .execute(arguments: [record])
        for (dot, flaw) in aside {
            try db.cachedStatement(
                sql: "INSERT INTO aside(record, replica, counter, flaw) VALUES (?, ?, ?, ?)"
            ).execute(arguments: [
                record, logs[dot.replica]?.no, Int64(dot.counter), flaw.rawValue,
            ])
        }
    }

    /// The runs of the merge tool that took something, oldest first, or the one of that number.
    package func runs(_ no: Int64? = nil) throws -> [StoredRun] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM run WHERE ?1 IS NULL OR no = ?1 ORDER BY no", arguments: [no]
        ).map { row in
            let number: Int64 = try row.value("no")
            guard let day = Day(try row.value("day") as String) else {
                throw StoreError.damaged(what: "run")
            }
            return StoredRun(
                no: number, day: day, undone: (row["undone"] as String?).flatMap { Day($0) },
                bundles: try bundles(ofRun: number))
        }
    }

    /// The runs that are undone.
    package func undoneRuns() throws -> [Int64] {
        try Int64.fetchAll(db, sql: "SELECT no FROM run WHERE undone IS NOT NULL ORDER BY no")
    }

    private func bundles(ofRun run: Int64) throws -> [MergedBundle] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM merged WHERE run = ? ORDER BY position", arguments: [run]
        ).map { row in
            guard let store = StoreID(bytes: try row.bytes("store")),
                let unit = UnitCode(try row.value("unit") as String)
            else { throw StoreError.damaged(what: "merged") }
            return MergedBundle(
                digest: try digest(row.bytes("digest"), "merged"), store: store, unit: unit,
                number: try row.counter("number"), writes: try row.value("writes"),
                records: try row.value("records"),
                before: try VectorText.decode(row.value("before")),
                after: try VectorText.decode(row.value("after")),
                computer: try row.value("computer"))
        }
    }

    /// Notes that a run was undone, or no longer is.
    package func noteUndone(run: Int64, day: Day?) throws {
        try db.execute(
            sql: "UPDATE run SET undone = ? WHERE no = ?", arguments: [day?.description, run])
    }
}
