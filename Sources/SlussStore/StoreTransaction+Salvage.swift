import Foundation
import GRDB
package import SlussCore

/// A line of a damaged store's log, as it can be read; whether it is right its digest tells.
package struct SalvagedLine: Sendable {
    /// The write's counter.
    package let counter: UInt64
    /// The line, once for each id that its record may have.
    package let candidates: [StoredLine]
}

/// Which record a small number stands for, by each of the places where that is written.
package struct SalvagedRecords: Sendable {
    fileprivate let ids: [[Int64: RecordID]]

    fileprivate subscript(no: Int64) -> [RecordID] {
        var found: [RecordID] = []
        for id in ids.compactMap({ $0[no] }) where !found.contains(id) { found.append(id) }
        return found
    }
}

/// Reading what can be read of a store that is damaged.
///
/// Nothing here gives up because something else cannot be read.
extension StoreTransaction {
    /// The logs that can be read, by replica.
    package func salvagedLogs() -> [ReplicaID: StoredLog] {
        var logs: [ReplicaID: StoredLog] = [:]
        var parents: [ReplicaID: Int64] = [:]
        forEachReadable("SELECT * FROM replica") { row in
            let log = try log(row)
            logs[log.replica] = log
            parents[log.replica] = row["parent"] as Int64?
        }
        let names = Dictionary(logs.values.map { ($0.no, $0.replica) }, uniquingKeysWith: { $1 })
        for (replica, parent) in parents { logs[replica]?.parent = names[parent] }
        return logs
    }

    /// The records' ids, from the table and from its index.
    package func salvagedRecords() -> SalvagedRecords {
        let sources = ["record NOT INDEXED", "record INDEXED BY sqlite_autoindex_record_1"]
        return SalvagedRecords(
            ids: sources.map { source in
                var ids: [Int64: RecordID] = [:]
                forEachReadable("SELECT no, id FROM \(source)") { row in
                    ids[try row.value(0)] = RecordID(bytes: try row.bytes(1))
                }
                return ids
            })
    }

    /// Hands out the lines of a log, in order, as far as they can be read.
    ///
    /// - Parameter body: Says whether to go on.
    package func forEachSalvagedLine(
        of log: StoredLog, _ records: SalvagedRecords, _ logs: [ReplicaID: StoredLog],
        _ body: (SalvagedLine) throws -> Bool
    ) throws {
        let names = Dictionary(logs.values.map { ($0.no, $0.replica) }, uniquingKeysWith: { $1 })
        guard let rows = try? lineRows(of: log) else { return }
        while let row = (try? rows.next()).flatMap({ $0 }) {
            guard let (key, no) = try? (LineKey(value: row.value(0)), row.value(1) as Int64) else {
                return
            }
            let candidates = records[no].compactMap { record in
                try? StoredLine(
                    dot: Dot(replica: log.replica, counter: key.counter), record: record,
                    envelope: row.bytes(2), body: (row[3] as Data?).map { Array($0) },
                    digest: digest(row.bytes(4), "log"),
                    name: { Int64(exactly: $0).flatMap { names[$0] } })
            }
            guard try body(SalvagedLine(counter: key.counter, candidates: candidates)) else {
                return
            }
        }
    }

    private func lineRows(of log: StoredLog) throws -> RowCursor {
        try Row.fetchCursor(
            db,
            sql: """
                SELECT dot, record, envelope, body, digest FROM log
                WHERE dot BETWEEN ? AND ? ORDER BY dot
                """, arguments: try LineKey.range(log, 1, LineKey.counterMax))
    }

    /// The counter of the last line of a log that is there, whatever it says; 0 if none.
    package func lastCounter(of log: StoredLog) -> UInt64 {
        let last = try? Int64.fetchOne(
            db, sql: "SELECT max(dot) FROM log WHERE dot BETWEEN ? AND ?",
            arguments: LineKey.range(log, 1, LineKey.counterMax))
        // If not even that can be read, the log's own row must be believed.
        return last.map { LineKey(value: $0).counter } ?? log.stored
    }

    /// How many lines are of a log that is not here.
    package func strayLineCount() throws -> Int {
        try Int.fetchOne(
            db,
            sql: "SELECT count(*) FROM log WHERE (dot >> 40) NOT IN (SELECT no FROM replica)")
            ?? 0
    }

    /// Whether the store has no line at all, as far as can be read.
    package var isEmptyOfLines: Bool {
        (try? Int64.fetchOne(db, sql: "SELECT dot FROM log LIMIT 1")) ?? nil == nil
    }

    /// The statements that can be read.
    package func salvagedStatements() -> [StoredStatement] {
        var statements: [StoredStatement] = []
        forEachReadable("SELECT * FROM statement ORDER BY no") { row in
            statements.append(try statement(row))
        }
        return statements
    }

    /// What is neither log nor derived from it, but for the statements.
    private static let factTables = [
        "invitation": "key, unit, name, machine, day, device",
        "peer": """
        store, unit, name, machine, central, number, day, acknowledged, waiting, bundle, twins,
        heard, device, producer
        """,
        "sent": "receiver, number, digest, previous, fingerprint, upTo, day, waiting, store",
        "run": "no, day, undone",
        "settling": "no, day, side, field, unit, kind, undone",
        "merged": """
        run, position, digest, store, unit, number, writes, records, before, after, computer
        """,
        "backup": "no, name, day, number, size, mark",
    ]

    /// Those that name logs and records, each with how to read it with their ids, and how to write it
    /// from those.
    private static let numberedFacts = [
        "visible": (
            """
            SELECT visible.unit, replica.id, visible.upTo, visible.day
            FROM visible JOIN replica ON replica.no = visible.log
            """,
            """
            INSERT INTO visible(unit, log, upTo, day)
            SELECT ?1, no, ?3, ?4 FROM replica WHERE id = ?2
            """
        ),
        "settled": (
            """
            SELECT settled.run, record.id, record.audience, settled.path, replica.id,
              settled.counter
            FROM settled JOIN record ON record.no = settled.record
              JOIN replica ON replica.no = settled.replica
            """,
            """
            INSERT INTO settled(run, record, path, replica, counter)
            SELECT ?1, record.no, ?4, replica.no, ?6 FROM record, replica
            WHERE record.id = ?2 AND record.audience = ?3 AND replica.id = ?5
            """
        ),
    ]

    /// Takes over the facts of another store, row by row.
    ///
    /// - Returns: The tables of which something was left out.
    package func copyFacts(from other: StoreTransaction) -> [String] {
        var short: Set<String> = []
        // Runs before what refers to them.
        for (table, columns) in Self.factTables.sorted(by: { $0.key > $1.key }) {
            let marks = columns.split(separator: ",").map { _ in "?" }.joined(separator: ", ")
            let isWhole = other.forEachReadable("SELECT \(columns) FROM \(table)") { row in
                try db.execute(
                    sql: "INSERT INTO \(table)(\(columns)) VALUES (\(marks))",
                    arguments: StatementArguments(row.databaseValues))
            }
            if !isWhole || !isReadable(table) {
                short.insert(table)
                if !isReadable(table) { try? db.execute(sql: "DELETE FROM \(table)") }
            }
        }
        // Small numbers are others here.
        for (table, (select, insert)) in Self.numberedFacts {
            let isWhole = other.forEachReadable(select) { row in
                try db.execute(sql: insert, arguments: StatementArguments(row.databaseValues))
            }
            if !isWhole { short.insert(table) }
        }
        return short.sorted()
    }

    /// Whether what stands in a table means something.
    private func isReadable(_ table: String) -> Bool {
        do {
            switch table {
            case "invitation": _ = try invitations()
            case "peer": _ = try peers()
            case "run", "merged": _ = try runs()
            case "backup": _ = try backups()
            case "settling": _ = try settlings()
            default:
                let receivers = try String.fetchAll(db, sql: "SELECT DISTINCT receiver FROM sent")
                for receiver in receivers { _ = try lastSent(to: receiver) }
            }
            return true
        } catch { return false }
    }

    /// Hands out the rows that can be read; one that means nothing is passed over.
    ///
    /// - Returns: Whether all could be read and meant something.
    @discardableResult
    private func forEachReadable(_ sql: String, _ body: (Row) throws -> Void) -> Bool {
        var isWhole = true
        do {
            let rows = try Row.fetchCursor(db, sql: sql)
            while let row = try rows.next() {
                do { try body(row) } catch { isWhole = false }
            }
        } catch { isWhole = false }
        return isWhole
    }
}
