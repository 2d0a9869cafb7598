import Foundation
import GRDB
package import SlussCore

/// What of a record's state can be listed, sorted and looked up without decoding the state.
package struct RecordSummary: Hashable, Sendable {
    /// The number that people know it by.
    package var number: String?
    /// The unit.
    package var unit: String?
    /// The day.
    package var day: String?
    /// The stored word of the status.
    package var status: String?
    /// The fields in conflict and the conflicts' names.
    package var conflicts: [(path: String, id: String)]
    /// Whether it holds something that this release does not know.
    package var holdsUnknown: Bool

    /// Puts a summary together.
    package init(
        number: String?, unit: String?, day: String?, status: String?,
        conflicts: [(path: String, id: String)], holdsUnknown: Bool
    ) {
        self.number = number
        self.unit = unit
        self.day = day
        self.status = status
        self.conflicts = conflicts
        self.holdsUnknown = holdsUnknown
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.number == right.number && left.unit == right.unit && left.day == right.day
            && left.status == right.status && left.holdsUnknown == right.holdsUnknown
            && left.conflicts.elementsEqual(right.conflicts, by: ==)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(number)
        hasher.combine(status)
    }
}

/// A record as it is stored.
package struct StoredRecord: Sendable {
    /// The small number that stands for it in the store.
    package let no: Int64
    /// Its state.
    package let state: RecordState
}

/// A record as its row has it, undecoded: for whoever asks whether it is right.
package struct RawRecord: Sendable {
    /// The small number that stands for it in the store.
    package let no: Int64
    /// The record.
    package let record: RecordID
    /// Its kind.
    package let kind: String
    /// Who it is for.
    package let audience: Audience
    /// How many fields are said to be in conflict.
    package let conflictCount: Int
    /// What should be the canonical bytes of its state.
    package let state: [UInt8]
}

/// Which records to list.
package struct RecordFilter: Sendable {
    /// Only this kind.
    package var kind: String?
    /// Only of this unit.
    package var unit: String?
    /// Only with this status.
    package var status: String?
    /// Only those in conflict.
    package var onlyConflicts = false
    /// At most so many.
    package var limit: Int?

    /// Every record of a kind.
    package init(kind: String? = nil) { self.kind = kind }
}

extension StoreTransaction {
    /// The small number of a record, or `nil` if it is not here.
    ///
    /// An id names a record within an audience: what a log for one audience says can never touch
    /// what a log for another has.
    package func recordNo(_ record: RecordID, _ audience: Audience) throws -> Int64? {
        try hot.first(.findRecord, db) {
            $0.id(1, record)
            $0.text(2, audience.description)
        } _: {
            $0.number(0)
        }
    }

    /// The largest small number that a record has.
    package func lastRecordNo() throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT max(no) FROM record") ?? 0
    }

    /// A record by its small number.
    package func record(no: Int64) throws -> StoredRecord {
        let record = try hot.first(.record, db) {
            $0.number(1, no)
        } _: {
            try Self.decode($0)
        }
        guard let record else { throw StoreError.damaged(what: "record") }
        return record
    }

    /// What has been folded into a record: which writes it stands for.
    package func context(no: Int64) throws -> VersionVector {
        let context = try hot.first(.record, db) {
            $0.number(1, no)
        } _: {
            try? StateDecoder.context(of: [UInt8]($0.bytes(2)))
        }
        guard let context = context ?? nil else { throw StoreError.damaged(what: "record") }
        return context
    }

    /// The records that people know by `number`; drafts of what has been sent are left out.
    package func records(number: String) throws -> [StoredRecord] {
        let nos = try Int64.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT no FROM record WHERE number = ?1 AND (audience <> 'local' OR NOT EXISTS (
                      SELECT 1 FROM record WHERE number = ?1 AND audience <> 'local'))
                    ORDER BY id
                    """), arguments: [number])
        return try nos.map { try record(no: $0) }
    }

    /// Whether more than one record goes by `number`, as ``records(number:)`` counts them.
    package func isShared(_ number: String) throws -> Bool {
        try hot.first(.countNumber, db) {
            $0.text(1, number)
        } _: { row in
            let (all, sent) = (row.number(0), row.number(1))
            return sent > 0 ? sent > 1 : all > 1
        } ?? false
    }

    /// The records whose id begins with `prefix`, at most two.
    package func records(idPrefix: [UInt8]) throws -> [StoredRecord] {
        var last = idPrefix
        last += [UInt8](repeating: 0xFF, count: max(0, 16 - idPrefix.count))
        let nos = try Int64.fetchAll(
            db, sql: "SELECT no FROM record WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 2",
            arguments: [Data(idPrefix), Data(last)])
        return try nos.map { try record(no: $0) }
    }

    /// Hands out the records that `filter` lets through, by day and number.
    package func forEachRecord(
        _ filter: RecordFilter, _ body: (StoredRecord) throws -> Void
    ) throws {
        var conditions: [String] = []
        var arguments: [(any DatabaseValueConvertible)?] = []
        for (column, value) in [
            ("kind", filter.kind), ("unit", filter.unit), ("status", filter.status),
        ] {
            guard let value else { continue }
            conditions.append("\(column) = ?")
            arguments.append(value)
        }
        if filter.onlyConflicts { conditions.append("conflicts > 0") }
        let condition = conditions.isEmpty ? "1" : conditions.joined(separator: " AND ")
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT no, id, state FROM record WHERE \(condition)
                ORDER BY kind, day, length(number), number, id LIMIT \(filter.limit ?? -1)
                """, arguments: StatementArguments(arguments))
        while let row = try rows.next() { try body(try Self.decode(row)) }
    }

    /// What is stored beside a record's state, for comparing with what the state gives.
    package func summary(no: Int64) throws -> RecordSummary? {
        guard
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT number, unit, day, status, holdsUnknown FROM record WHERE no = ?
                    """, arguments: [no])
        else { return nil }
        let conflicts = try Row.fetchAll(
            db, sql: "SELECT path, id FROM conflict WHERE record = ? ORDER BY path",
            arguments: [no])
        return RecordSummary(
            number: row[0], unit: row[1], day: row[2], status: row[3],
            conflicts: try conflicts.map { (path: try $0.value(0), id: try $0.value(1)) },
            holdsUnknown: try row.value(4))
    }

    /// Every record by id, undecoded.
    package func forEachRawRecord(_ body: (RawRecord) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT no, id, audience, state, kind, conflicts FROM record ORDER BY id, audience"
        )
        while let row = try rows.next() {
            guard let record = RecordID(bytes: try row.bytes(1)),
                let audience = Audience(try row.value(2))
            else { throw StoreError.damaged(what: "record") }
            try body(
                RawRecord(
                    no: try row.value(0), record: record, kind: try row.value(4),
                    audience: audience, conflictCount: try row.value(5), state: try row.bytes(3)))
        }
    }

    /// Hands out the ids, the audiences and the states of the records for some audiences, as they
    /// lie in the file; those of which no write counts are left out.
    package func forEachState(
        for audiences: Set<Audience>,
        _ body: (UnsafeBufferPointer<UInt8>, Audience, UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        var known = audiences.map { (audience: $0, name: Array($0.description.utf8)) }
        try hot.forEach(.states, db) { _ in
        } _: { row in
            let name = row.bytes(2)
            guard let place = known.firstIndex(where: { $0.name.elementsEqual(name) }) else {
                return
            }
            // The next is likely for the same.
            if place > 0 { known.swapAt(0, place) }
            try body(row.bytes(0), known[0].audience, row.bytes(1))
        }
    }

    /// How many records there are of each kind.
    package func recordCounts() throws -> [String: Int] {
        let rows = try Row.fetchAll(
            db, sql: "SELECT kind, count(*) FROM record WHERE kind <> '' GROUP BY kind")
        return Dictionary(
            try rows.map { (try $0.value(0) as String, try $0.value(1) as Int) },
            uniquingKeysWith: { $1 })
    }

    /// How many records there are for an audience.
    package func recordCount(for audience: Audience) throws -> Int {
        try Int.fetchOne(
            db, sql: "SELECT count(*) FROM record WHERE audience = ? AND kind <> ''",
            arguments: [audience.description]) ?? 0
    }

    /// How many records hold something that this release does not know.
    package func unknownCount() throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM record WHERE holdsUnknown") ?? 0
    }

    /// Numbers that more than one record has.
    package func duplicateNumbers() throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT number FROM record WHERE number IS NOT NULL AND audience <> 'local'
                GROUP BY number HAVING count(*) > 1 ORDER BY number
                """)
    }

    /// The numbers that begin with `prefix`.
    package func numbers(withPrefix prefix: String) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT number FROM record WHERE number >= ? AND number < ? ORDER BY number
                """, arguments: [prefix, prefix + "\u{10FFFF}"])
    }

    /// The conflicts that wait for a person: record and field, oldest record first.
    package func conflicts(id: String? = nil) throws -> [(record: Int64, path: String)] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT record, path FROM conflict JOIN record ON record.no = conflict.record
                WHERE \(id == nil ? "1" : "conflict.id = ?") ORDER BY number, record.id, path
                """, arguments: id.map { [$0] } ?? [])
        return try rows.map { (record: try $0.value(0), path: try $0.value(1)) }
    }

    /// How many fields are in conflict.
    package func conflictCount() throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM conflict") ?? 0
    }

    /// What SQLite says of the file's own integrity: empty if all is well.
    package func integrityFindings() throws -> [String] {
        try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
    }

    private static func decode(_ row: Columns) throws -> StoredRecord {
        guard let state = try? StateDecoder.decode([UInt8](row.bytes(2))),
            state.record == RecordID(bytes: row.bytes(1))
        else { throw StoreError.damaged(what: "state") }
        return StoredRecord(no: row.number(0), state: state)
    }

    private static func decode(_ row: Row) throws -> StoredRecord {
        guard let state = try? StateDecoder.decode(row.bytes(2)),
            try state.record.bytes == row.bytes(1)
        else { throw StoreError.damaged(what: "state") }
        return StoredRecord(no: try row.value(0), state: state)
    }
}
