import Foundation
import GRDB
package import SlussCore

/// Whose log it is.
package enum LogOwnership: Int, Sendable {
    /// Another store writes it.
    case foreign = 0
    /// This store writes it.
    case live = 1
    /// This store wrote it once and never will again: it was copied or set back.
    case retired = 2
}

/// A log that the store holds, or one branch of a log that has forked.
package struct StoredLog: Hashable, Sendable {
    /// The small number that stands for it in the store.
    package let no: Int64
    /// The replica whose log it is, or the branch's name.
    package let replica: ReplicaID
    /// The replica under which its lines were written.
    package let root: ReplicaID
    /// The branch that it continues.
    package var parent: ReplicaID?
    /// The counter of its first write.
    package let start: UInt64
    /// Who its records are for.
    package let audience: Audience
    /// The unit that the writer sits at.
    package let owner: UnitCode
    /// The machine's letter within that unit, or nothing.
    package let machine: String
    /// Whether this store writes it.
    package var ownership: LogOwnership
    /// The counter of the last write that counts; `start - 1` if none does.
    package var count: UInt64
    /// The counter of the last write that is stored; greater than `count` if a merge was undone.
    package var stored: UInt64
    /// The counter of the last write that this store has entered itself; 0 if none.
    package var written: UInt64
    /// The counter of the last write that the log's device may have made.
    package var covered: UInt64
    /// The same for writes in the roles that only the central's devices have.
    package var coveredAsCentral: UInt64
    /// The log's digest after write `count`.
    package var digest: Digest

    /// Whether this store writes it, or did.
    package var isOwn: Bool { ownership != .foreign }
    /// How many of its writes count.
    package var writes: UInt64 { count + 1 - start }
    /// How far it has come; `nil` if no write counts.
    package var head: LogHead? {
        count < start ? nil : LogHead(count: count, digest: digest)
    }

    /// Its place among the branches of its log.
    package var branch: Branch {
        Branch(replica: replica, root: root, parent: parent, start: start)
    }
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
        var names: [Int64: ReplicaID] = [:]
        var parents: [ReplicaID: Int64] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM replica")
        while let row = try rows.next() {
            guard let replica = ReplicaID(bytes: try row.bytes("id")),
                let root = ReplicaID(bytes: try row.bytes("root")),
                let audience = Audience(try row.value("audience")),
                let owner = UnitCode(try row.value("owner") as String),
                let ownership = LogOwnership(rawValue: try row.value("own"))
            else { throw StoreError.damaged(what: "replica") }
            let log = StoredLog(
                no: try row.value("no"), replica: replica, root: root,
                start: try row.counter("start"), audience: audience, owner: owner,
                machine: try row.value("machine"), ownership: ownership,
                count: try row.counter("count"), stored: try row.counter("stored"),
                written: try row.counter("written"), covered: try row.counter("covered"),
                coveredAsCentral: try row.counter("coveredAsCentral"),
                digest: try digest(row.bytes("digest"), "replica"))
            guard log.start > 0, log.count + 1 >= log.start, log.stored >= log.count else {
                throw StoreError.damaged(what: "replica")
            }
            logs[replica] = log
            names[log.no] = replica
            parents[replica] = row["parent"] as Int64?
        }
        for (replica, parent) in parents {
            guard let name = names[parent] else { throw StoreError.damaged(what: "replica") }
            logs[replica]?.parent = name
        }
        return logs
    }

    /// Starts a log, or a branch of one; no write is in it yet.
    ///
    /// - Parameter digest: The digest before its first write.
    package func insertLog(
        _ branch: Branch, parent: StoredLog?, audience: Audience, owner: UnitCode,
        machine: String, ownership: LogOwnership, digest: Digest
    ) throws -> StoredLog {
        let count = branch.start - 1
        try db.execute(
            sql: """
                INSERT INTO replica(
                  id, root, parent, start, audience, owner, machine, own, count, stored, written,
                  covered, coveredAsCentral, digest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?)
                """,
            arguments: [
                Data(branch.replica.bytes), Data(branch.root.bytes), parent?.no,
                Int64(branch.start), audience.description, owner.description, machine,
                ownership.rawValue, Int64(count), Int64(count), Data(digest.bytes),
            ])
        return StoredLog(
            no: db.lastInsertedRowID, replica: branch.replica, root: branch.root,
            parent: parent?.replica, start: branch.start, audience: audience, owner: owner,
            machine: machine, ownership: ownership, count: count, stored: count, written: 0,
            covered: 0,
            coveredAsCentral: 0,
            digest: digest)
    }

    /// Notes how far a log has come, and who writes it.
    package func update(_ log: StoredLog) throws {
        try db.cachedStatement(
            sql: """
                UPDATE replica SET count = ?, stored = ?, written = ?, covered = ?,
                  coveredAsCentral = ?,
                  digest = ?, own = ? WHERE no = ?
                """
        ).execute(arguments: [
            Int64(log.count), Int64(log.stored), Int64(log.written), Int64(log.covered),
            Int64(log.coveredAsCentral), Data(log.digest.bytes), log.ownership.rawValue, log.no,
        ])
    }

    /// Moves the lines of `log` from write `counter` on, and whatever continues it, to `branch`.
    package func move(from log: StoredLog, at counter: UInt64, to branch: StoredLog) throws {
        // The places of others point at the branch's end, which is now the new one's.
        try db.execute(
            sql: "UPDATE replica SET parent = ?1 WHERE parent = ?2 AND no <> ?1",
            arguments: [branch.no, log.no])
        try db.execute(sql: "DELETE FROM aside WHERE replica = ?", arguments: [log.no])
        try db.execute(
            sql: "UPDATE log SET replica = ? WHERE replica = ? AND counter >= ?",
            arguments: [branch.no, log.no, Int64(counter)])
        func renamed(_ text: String) throws -> String {
            var vector = try VectorText.decode(text)
            guard vector[log.replica] >= counter else { return text }
            vector[branch.replica] = vector[log.replica]
            vector[log.replica] = counter - 1 < log.start ? 0 : counter - 1
            return VectorText.encode(vector)
        }
        for row in try Row.fetchAll(db, sql: "SELECT run, position, before, after FROM merged") {
            try db.execute(
                sql: "UPDATE merged SET before = ?, after = ? WHERE run = ? AND position = ?",
                arguments: [
                    renamed(row.value("before")), renamed(row.value("after")),
                    row["run"] as Int64?, row["position"] as Int64?,
                ])
        }
        for row in try Row.fetchAll(db, sql: "SELECT receiver, number, upTo FROM sent") {
            try db.execute(
                sql: "UPDATE sent SET upTo = ? WHERE receiver = ? AND number = ?",
                arguments: [
                    renamed(row.value("upTo")), row["receiver"] as String?,
                    row["number"] as Int64?,
                ])
        }
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

    /// The last write of a log to a record; 0 if there is none.
    package func lastCounter(of log: StoredLog, record: Int64) throws -> UInt64 {
        let counter = try Int64.fetchOne(
            db.cachedStatement(
                sql: "SELECT max(counter) FROM log WHERE record = ? AND replica = ?"),
            arguments: [record, log.no])
        return UInt64(exactly: counter ?? 0) ?? 0
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

    /// The records that the lines of a log from write `counter` on touch.
    package func records(of log: StoredLog, from counter: UInt64) throws -> Set<Int64> {
        var records: Set<Int64> = []
        try collectRecords(of: log, from: counter, through: log.stored, into: &records)
        return records
    }

    private func line(_ row: Row, replica: ReplicaID) throws -> StoredLine {
        StoredLine(
            dot: Dot(replica: replica, counter: try row.counter(0)),
            envelope: try row.bytes(1), body: (row[2] as Data?).map { Array($0) },
            digest: try digest(row.bytes(3), "log"))
    }
}
