import GRDB
package import SlussCore

/// Up to where a unit has had a log in sight, and since which day that has been known here.
extension StoreTransaction {
    /// Notes that a unit has a log's first writes, unless it is known that it has so many.
    package func noteVisible(_ unit: UnitCode, log: Int64, upTo count: UInt64, day: Day) throws {
        guard count > 0 else { return }
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT max(upTo) FROM visible WHERE unit = ? AND log = ?"),
            arguments: [unit.description, log])
        if let known, known >= Int64(clamping: count) { return }
        try db.cachedStatement(
            sql: "INSERT INTO visible(unit, log, upTo, day) VALUES (?, ?, ?, ?)"
        ).execute(
            arguments: [unit.description, log, Int64(clamping: count), day.description])
    }

    /// How many of a log's writes a unit is known to have.
    package func visibleCount(_ unit: UnitCode, log: Int64) throws -> UInt64 {
        let count = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT max(upTo) FROM visible WHERE unit = ? AND log = ?"),
            arguments: [unit.description, log])
        return UInt64(exactly: count ?? 0) ?? 0
    }

    /// The day on which it became known here that a unit has a write; `nil` if it is not known.
    package func visibleDay(_ unit: UnitCode, log: Int64, count: UInt64) throws -> Day? {
        let text = try String.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT day FROM visible WHERE unit = ? AND log = ? AND upTo >= ?
                    ORDER BY upTo LIMIT 1
                    """),
            arguments: [unit.description, log, Int64(clamping: count)])
        guard let text else { return nil }
        guard let day = Day(text) else { throw StoreError.damaged(what: "visible") }
        return day
    }
}
