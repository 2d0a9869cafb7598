import Foundation
import GRDB
package import SlussCore

/// A log that the store holds.
package struct StoredLog: Hashable, Sendable {
    /// The small number that stands for it in the store.
    package let no: Int64
    /// The replica whose log it is.
    package let replica: ReplicaID
    /// Who its records are for.
    package let audience: Audience
    /// The unit that the writer sits at.
    package let owner: UnitCode
    /// The machine's letter within that unit, or nothing.
    package let machine: String
    /// Whether this store writes it.
    package let isOwn: Bool
    /// How many writes are here.
    package var count: UInt64
    /// The log's digest after the last of them.
    package var digest: Digest
}

/// One write as it is stored.
package struct StoredLine: Sendable {
    /// The write's name.
    package let dot: Dot
    /// The envelope's bytes.
    package let envelope: [UInt8]
    /// The body's bytes, or `nil` if erased.
    package let body: [UInt8]?
    /// The log's digest with this write.
    package let digest: Digest

    /// Puts a line together.
    package init(dot: Dot, envelope: [UInt8], body: [UInt8]?, digest: Digest) {
        self.dot = dot
        self.envelope = envelope
        self.body = body
        self.digest = digest
    }
}

extension StoreTransaction {
    /// Every log, by replica.
    package func logs() throws -> [ReplicaID: StoredLog] {
        var logs: [ReplicaID: StoredLog] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM replica")
        while let row = try rows.next() {
            guard let replica = ReplicaID(bytes: try row.bytes("id")),
                let audience = Audience(try row.value("audience")),
                let owner = UnitCode(try row.value("owner") as String)
            else { throw StoreError.damaged(what: "replica") }
            logs[replica] = StoredLog(
                no: try row.value("no"), replica: replica, audience: audience, owner: owner,
                machine: try row.value("machine"), isOwn: try row.value("own"),
                count: try row.counter("count"), digest: try digest(row.bytes("digest"), "replica"))
        }
        return logs
    }

    /// Starts a log.
    ///
    /// `start` is its digest before the first write.
    package func insertLog(
        _ replica: ReplicaID, audience: Audience, owner: UnitCode, machine: String, isOwn: Bool,
        start: Digest
    ) throws -> StoredLog {
        try db.execute(
            sql: """
                INSERT INTO replica(id, audience, owner, machine, own, count, digest)
                VALUES (?, ?, ?, ?, ?, 0, ?)
                """,
            arguments: [
                Data(replica.bytes), audience.description, owner.description, machine, isOwn,
                Data(start.bytes),
            ])
        return StoredLog(
            no: db.lastInsertedRowID, replica: replica, audience: audience, owner: owner,
            machine: machine, isOwn: isOwn, count: 0, digest: start)
    }

    /// Notes how far a log has come.
    package func update(_ log: StoredLog) throws {
        try db.cachedStatement(sql: "UPDATE replica SET count = ?, digest = ? WHERE no = ?")
            .execute(arguments: [Int64(log.count), Data(log.digest.bytes), log.no])
    }

    /// Adds a line to a log; the caller moves the log's count and digest (``update(_:)``).
    package func insertLine(_ line: StoredLine, log: StoredLog, record: Int64) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO log(replica, counter, record, envelope, body, digest)
                VALUES (?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            log.no, Int64(line.dot.counter), record, Data(line.envelope),
            line.body.map { Data($0) },
            Data(line.digest.bytes),
        ])
    }

    /// The digest of a log after write `counter`, or `nil` if that write is not here.
    package func digest(of log: StoredLog, at counter: UInt64) throws -> Digest? {
        let data = try Data.fetchOne(
            db.cachedStatement(sql: "SELECT digest FROM log WHERE replica = ? AND counter = ?"),
            arguments: [log.no, Int64(counter)])
        return try data.map { try digest(Array($0), "log") }
    }

    /// Hands out the lines of a log, in order.
    package func forEachLine(
        of log: StoredLog, from: UInt64, through: UInt64, _ body: (StoredLine) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT counter, envelope, body, digest FROM log
                    WHERE replica = ? AND counter BETWEEN ? AND ? ORDER BY counter
                    """),
            arguments: [log.no, Int64(from), Int64(through)])
        while let row = try rows.next() {
            try body(try line(row, replica: log.replica))
        }
    }

    /// The lines that touch a record, of every log, with those above `after` only.
    package func lines(
        ofRecord record: Int64, logs: [Int64: StoredLog], after: VersionVector = VersionVector()
    ) throws -> [StoredLine] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT counter, envelope, body, digest, replica FROM log WHERE record = ?
                    """),
            arguments: [record])
        var lines: [StoredLine] = []
        while let row = try rows.next() {
            guard let log = logs[try row.value(4)] else { throw StoreError.damaged(what: "log") }
            let dot = Dot(replica: log.replica, counter: try row.counter(0))
            guard !after.covers(dot) else {
                continue
            }
            lines.append(try line(row, replica: log.replica))
        }
        return lines
    }

    /// How many records the lines of a log touch, into `records`.
    package func collectRecords(
        of log: StoredLog, from: UInt64, through: UInt64, into records: inout Set<Int64>
    ) throws {
        let rows = try Int64.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT DISTINCT record FROM log WHERE replica = ? AND counter BETWEEN ? AND ?
                    """),
            arguments: [log.no, Int64(from), Int64(through)])
        while let record = try rows.next() { records.insert(record) }
    }

    private func line(_ row: Row, replica: ReplicaID) throws -> StoredLine {
        StoredLine(
            dot: Dot(replica: replica, counter: try row.counter(0)),
            envelope: try row.bytes(1), body: (row[2] as Data?).map { Array($0) },
            digest: try digest(row.bytes(3), "log"))
    }
}
