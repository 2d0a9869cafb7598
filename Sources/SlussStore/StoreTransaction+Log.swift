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
    /// Days that none of its stored writes is outside of; `nil` if it has none.
    package var days: ClosedRange<Day>?

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

    /// Notes the day of a write that is stored.
    package mutating func note(_ day: Day) {
        days = days.map { min($0.lowerBound, day)...max($0.upperBound, day) } ?? day...day
    }
}

extension StoreTransaction {
    /// How many writes of a log have a day that cannot be right: outside of `days`.
    package func oddDayCount(of log: StoredLog, outside days: ClosedRange<Day>) throws -> Int {
        guard let range = log.days, range.clamped(to: days) != range else { return 0 }
        let envelopes = try Data.fetchCursor(
            db, sql: "SELECT envelope FROM log WHERE dot BETWEEN ? AND ?",
            arguments: LineKey.range(log, 1, LineKey.counterMax))
        var count = 0
        while let envelope = try envelopes.next() {
            if let day = PackedEnvelope.day([UInt8](envelope)), !days.contains(day) { count += 1 }
        }
        return count
    }

    /// Every log, by replica.
    package func logs() throws -> [ReplicaID: StoredLog] {
        var logs: [ReplicaID: StoredLog] = [:]
        var names: [Int64: ReplicaID] = [:]
        var parents: [ReplicaID: Int64] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM replica")
        while let row = try rows.next() {
            let log = try log(row)
            let replica = log.replica
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

    /// A log as its row has it, but for what it continues.
    func log(_ row: Row) throws -> StoredLog {
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
            digest: try digest(row.bytes("digest"), "replica"), days: try days(row))
        guard log.start > 0, log.count + 1 >= log.start, log.stored >= log.count else {
            throw StoreError.damaged(what: "replica")
        }
        return log
    }

    private func days(_ row: Row) throws -> ClosedRange<Day>? {
        guard let first: Int = row["firstDay"], let last: Int = row["lastDay"] else { return nil }
        guard first <= last else { throw StoreError.damaged(what: "replica") }
        return Day(number: first)...Day(number: last)
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
        numbers.note([(db.lastInsertedRowID, branch.replica)])
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
                  digest = ?, own = ?, firstDay = ?, lastDay = ? WHERE no = ?
                """
        ).execute(arguments: [
            Int64(log.count), Int64(log.stored), Int64(log.written), Int64(log.covered),
            Int64(log.coveredAsCentral), Data(log.digest.bytes), log.ownership.rawValue,
            log.days?.lowerBound.number, log.days?.upperBound.number, log.no,
        ])
    }

    /// Moves the lines of `log` from write `counter` on, and whatever continues it, to `branch`.
    ///
    /// What is kept of merges and exports names it as before, until ``rename(_:)``.
    package func move(from log: StoredLog, at counter: UInt64, to branch: StoredLog) throws {
        // The places of others point at the branch's end, which is now the new one's.
        try db.execute(
            sql: "UPDATE replica SET parent = ?1 WHERE parent = ?2 AND no <> ?1",
            arguments: [branch.no, log.no])
        try db.execute(sql: "DELETE FROM aside WHERE replica = ?", arguments: [log.no])
        try db.execute(
            sql: "UPDATE log SET dot = dot + ? WHERE dot BETWEEN ? AND ?",
            arguments: [
                try LineKey(branch, 0).value - LineKey(log, 0).value,
                try LineKey(log, counter).value, try LineKey(log, LineKey.counterMax).value,
            ])
    }

    /// Puts the vectors that are kept of merges and exports into the names that branches have now.
    package func rename(_ renamed: (VersionVector) -> VersionVector) throws {
        for row in try Row.fetchAll(db, sql: "SELECT run, position, before, after FROM merged") {
            let (before, after) = try (row.value("before") as String, row.value("after") as String)
            let now = try [before, after].map {
                VectorText.encode(renamed(try VectorText.decode($0)))
            }
            guard now != [before, after] else { continue }
            try db.execute(
                sql: "UPDATE merged SET before = ?, after = ? WHERE run = ? AND position = ?",
                arguments: [
                    now[0], now[1], row["run"] as Int64?, row["position"] as Int64?,
                ])
        }
        for row in try Row.fetchAll(db, sql: "SELECT receiver, number, upTo FROM sent") {
            let upTo: String = try row.value("upTo")
            let now = VectorText.encode(renamed(try VectorText.decode(upTo)))
            guard now != upTo else { continue }
            try db.execute(
                sql: "UPDATE sent SET upTo = ? WHERE receiver = ? AND number = ?",
                arguments: [now, row["receiver"] as String?, row["number"] as Int64?])
        }
    }

    /// Adds a line to a log; the caller moves the log's count and digest (``update(_:)``).
    ///
    /// - Parameters:
    ///   - envelope: The envelope's bytes if they are to be kept as they are; else what `write` says
    ///     is kept.
    ///   - bodyDigest: The digest of a body that has been erased.
    package func insertLine(
        _ write: Write, envelope: [UInt8]?, body: [UInt8]?, bodyDigest: Digest?, digest: Digest,
        log: StoredLog, record: Int64
    ) throws {
        let key = try LineKey(log, write.dot.counter)
        let envelope =
            try envelope
            ?? PackedEnvelope.pack(write, bodyDigest: bodyDigest) {
                try numbers.number(of: $0, load: replicaNumbers)
            }
        try envelope.withUnsafeBufferPointer { envelope in
            func run(_ body: UnsafeBufferPointer<UInt8>?) throws {
                try hot.run(.insertLine, db) { binding in
                    binding.number(1, key.value)
                    binding.number(2, record)
                    binding.digest(3, digest)
                    binding.bytes(4, envelope)
                    if let body { binding.bytes(5, body) } else { binding.null(5) }
                }
            }
            if let body {
                try body.withUnsafeBufferPointer(run)
            } else {
                try run(nil)
            }
        }
    }

    /// Spares the transaction a look for which number stands for which log.
    ///
    /// - Parameter logs: All logs of the store.
    package func remember(_ logs: some Sequence<StoredLog>) {
        numbers.note(logs.map { ($0.no, $0.replica) })
    }

    func replicaNumbers() throws -> [(Int64, ReplicaID)] {
        try Row.fetchAll(db, sql: "SELECT no, id FROM replica").map { row in
            guard let replica = ReplicaID(bytes: try row.bytes(1)) else {
                throw StoreError.damaged(what: "replica")
            }
            return (try row.value(0), replica)
        }
    }

    /// The digest of a log after write `counter`, or `nil` if that write is not here.
    package func digest(of log: StoredLog, at counter: UInt64) throws -> Digest? {
        let key = try LineKey(log, counter)
        return try hot.first(.digest, db) {
            $0.number(1, key.value)
        } _: {
            guard let digest = Digest(bytes: $0.bytes(0)) else {
                throw StoreError.damaged(what: "log")
            }
            return digest
        }
    }

    /// Hands out the lines of a log, in order.
    package func forEachLine(
        of log: StoredLog, from: UInt64, through: UInt64, _ body: (StoredLine) throws -> Void
    ) throws {
        let (first, last) = (
            try LineKey(log, from), try LineKey(log, min(through, LineKey.counterMax))
        )
        try hot.forEach(.lines, db) {
            $0.number(1, first.value)
            $0.number(2, last.value)
        } _: {
            try body(try line($0, replica: log.replica))
        }
    }

    /// The lines that touch a record, of every log, with those above `after` only.
    package func lines(
        ofRecord record: Int64, logs: [Int64: StoredLog], after: VersionVector = VersionVector()
    ) throws -> [StoredLine] {
        var lines: [StoredLine] = []
        try hot.forEach(.recordLines, db) {
            $0.number(1, record)
        } _: { row in
            let key = LineKey(value: row.number(0))
            guard let log = logs[key.log] else { throw StoreError.damaged(what: "log") }
            let dot = Dot(replica: log.replica, counter: key.counter)
            guard !after.covers(dot) else { return }
            lines.append(try line(row, replica: log.replica))
        }
        return lines
    }

    /// The lines that touch a record that has no row yet.
    package func lines(
        ofNewRecord no: Int64, _ record: RecordID, logs: [Int64: StoredLog]
    ) throws -> [StoredLine] {
        var lines: [StoredLine] = []
        try hot.forEach(.newRecordLines, db) {
            $0.number(1, no)
        } _: { row in
            guard let log = logs[LineKey(value: row.number(0)).log] else {
                throw StoreError.damaged(what: "log")
            }
            lines.append(try line(row, record, replica: log.replica))
        }
        return lines
    }

    /// What each write to a record had seen.
    ///
    /// - Returns: `nil` if an envelope is spelled in another way; then its line must be read.
    package func contexts(
        ofRecord record: Int64, logs: [Int64: StoredLog]
    ) throws -> [Dot: VersionVector]? {
        var contexts: [Dot: VersionVector] = [:]
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT dot, envelope FROM log WHERE record = ?"),
            arguments: [record])
        while let row = try rows.next() {
            let key = LineKey(value: try row.value(0))
            let envelope = try row.bytes(1)
            guard let log = logs[key.log] else { throw StoreError.damaged(what: "log") }
            guard PackedEnvelope.isPacked(envelope) else { return nil }
            do {
                contexts[Dot(replica: log.replica, counter: key.counter)] =
                    try PackedEnvelope.unpack(envelope) {
                        try numbers.name(of: $0, load: replicaNumbers)
                    }.context
            } catch is PackedEnvelope.Damaged { throw StoreError.damaged(what: "log") }
        }
        return contexts
    }

    /// The last write of a log to a record; 0 if there is none.
    package func lastCounter(of log: StoredLog, record: Int64) throws -> UInt64 {
        let counter = try Int64.fetchOne(
            db.cachedStatement(
                sql: "SELECT max(dot) FROM log WHERE record = ? AND dot BETWEEN ? AND ?"),
            arguments: [record] + LineKey.range(log, 1, LineKey.counterMax))
        return counter.map { LineKey(value: $0).counter } ?? 0
    }

    /// How many records the lines of a log touch, into `records`.
    package func collectRecords(
        of log: StoredLog, from: UInt64, through: UInt64, into records: inout Set<Int64>
    ) throws {
        let rows = try Int64.fetchCursor(
            db.cachedStatement(
                sql: "SELECT DISTINCT record FROM log WHERE dot BETWEEN ? AND ?"),
            arguments: try LineKey.range(log, from, through))
        while let record = try rows.next() { records.insert(record) }
    }

    /// The records that the lines of a log from write `counter` on touch.
    package func records(of log: StoredLog, from counter: UInt64) throws -> Set<Int64> {
        var records: Set<Int64> = []
        try collectRecords(of: log, from: counter, through: log.stored, into: &records)
        return records
    }

    private func line(_ row: Columns, replica: ReplicaID) throws -> StoredLine {
        guard let record = RecordID(bytes: row.bytes(4)) else {
            throw StoreError.damaged(what: "log")
        }
        return try line(row, record, replica: replica)
    }

    private func line(
        _ row: Columns, _ record: RecordID, replica: ReplicaID
    ) throws -> StoredLine {
        guard let digest = Digest(bytes: row.bytes(3)) else {
            throw StoreError.damaged(what: "log")
        }
        return try StoredLine(
            dot: Dot(replica: replica, counter: LineKey(value: row.number(0)).counter),
            record: record, envelope: [UInt8](row.bytes(1)),
            body: row.isNull(2) ? nil : [UInt8](row.bytes(2)), digest: digest,
            name: { try numbers.name(of: $0, load: replicaNumbers) })
    }
}

/// The key of a line in the table `log`: the small number of its log or branch, and its counter.
///
/// One integer, so that the table is SQLite's own B-tree of row ids: a log lies together on disk,
/// and only lines of more than a page need another.
struct LineKey {
    let value: Int64

    /// A counter has at most twelve digits (``Dot/counterMax``).
    private static let counterBits: Int64 = 40
    static let counterMax = UInt64(1) << counterBits - 1
    private static let logMax = Int64.max >> counterBits

    init(value: Int64) { self.value = value }

    init(_ log: StoredLog, _ counter: UInt64) throws(StoreError) {
        guard counter <= Self.counterMax, (0...Self.logMax).contains(log.no) else {
            throw .damaged(what: "replica")
        }
        value = log.no << Self.counterBits | Int64(counter)
    }

    var log: Int64 { value >> Self.counterBits }
    var counter: UInt64 { UInt64(truncatingIfNeeded: value) & Self.counterMax }

    static func range(
        _ log: StoredLog, _ from: UInt64, _ through: UInt64
    ) throws(StoreError) -> StatementArguments {
        [try LineKey(log, from).value, try LineKey(log, min(through, counterMax)).value]
    }
}
