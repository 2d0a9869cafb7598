import Foundation
import GRDB
package import SlussCore

/// A signed statement as it is kept: verbatim, with what it must be found by beside it.
package struct StoredStatement: Hashable, Sendable {
    /// What kind of statement.
    package let type: String
    /// The device's public key; of the rules of a network, its root key.
    package let key: [UInt8]
    /// Of a signed head: the log.
    package let log: ReplicaID?
    /// Of a signed head: how far the log has come.
    package let head: LogHead?
    /// The signed text.
    package let text: String
    /// The signature, armored.
    package let signature: String

    /// Puts a statement together.
    package init(
        type: String, key: [UInt8], log: ReplicaID? = nil, head: LogHead? = nil, text: String,
        signature: String
    ) {
        self.type = type
        self.key = key
        self.log = log
        self.head = head
        self.text = text
        self.signature = signature
    }
}

/// An invitation that the central has given out.
package struct StoredInvitation: Hashable, Sendable {
    /// The public half of its one-time key.
    package let key: [UInt8]
    /// Whom it lets in.
    package let unit: UnitCode
    /// The unit's name.
    package let name: String
    /// The machine's letter, or nothing.
    package let machine: String
    /// The day it was made.
    package let day: Day
    /// The device that has used it.
    package var device: [UInt8]?

    /// Puts an invitation together.
    package init(
        key: [UInt8], unit: UnitCode, name: String, machine: String, day: Day,
        device: [UInt8]? = nil
    ) {
        self.key = key
        self.unit = unit
        self.name = name
        self.machine = machine
        self.day = day
        self.device = device
    }
}

extension StoreTransaction {
    /// The root key of the network that the store has been let into; `nil` if it is in none.
    package func rootKey() throws -> [UInt8]? {
        try Data.fetchOne(db, sql: "SELECT root FROM store").map { Array($0) }
    }

    /// Notes the root key of the store's network, once.
    package func setRootKey(_ key: [UInt8]) throws {
        try db.execute(sql: "UPDATE store SET root = ?", arguments: [Data(key)])
    }

    /// Keeps a statement.
    ///
    /// - Returns: Whether it was not here.
    package func insert(_ statement: StoredStatement) throws -> Bool {
        try db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO
                  statement(type, key, log, count, digest, text, signature)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            statement.type, Data(statement.key), statement.log.map { Data($0.bytes) },
            statement.head.map { Int64($0.count) }, statement.head.map { Data($0.digest.bytes) },
            statement.text, statement.signature,
        ])
        return db.changesCount > 0
    }

    /// Every statement that is not a log's head, oldest first.
    package func facts() throws -> [StoredStatement] {
        try statements("WHERE type <> 'head'", [])
    }

    /// Every statement, oldest first.
    package func allStatements() throws -> [StoredStatement] { try statements("", []) }

    /// The signed heads of a log and its branches.
    package func heads(of log: ReplicaID) throws -> [StoredStatement] {
        try statements("WHERE log = ?", [Data(log.bytes)])
    }

    /// The logs that a device has signed.
    package func logs(signedBy key: [UInt8]) throws -> Set<ReplicaID> {
        let ids = try Data.fetchAll(
            db, sql: "SELECT DISTINCT log FROM statement WHERE key = ? AND log IS NOT NULL",
            arguments: [Data(key)])
        return Set(
            try ids.map { data in
                guard let id = ReplicaID(bytes: Array(data)) else {
                    throw StoreError.damaged(what: "statement")
                }
                return id
            })
    }

    private func statements(
        _ filter: String, _ arguments: StatementArguments
    ) throws -> [StoredStatement] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT type, key, log, count, digest, text, signature FROM statement
                    \(filter) ORDER BY no
                    """), arguments: arguments
        ).map(statement)
    }

    func statement(_ row: Row) throws -> StoredStatement {
        var log: ReplicaID?
        var head: LogHead?
        if row["log"] as Data? != nil {
            log = ReplicaID(bytes: try row.bytes("log"))
            head = LogHead(
                count: try row.counter("count"),
                digest: try digest(row.bytes("digest"), "statement"))
        }
        return StoredStatement(
            type: try row.value("type"), key: try row.bytes("key"), log: log, head: head,
            text: try row.value("text"), signature: try row.value("signature"))
    }

    /// Every invitation, by day.
    package func invitations() throws -> [StoredInvitation] {
        try Row.fetchAll(db, sql: "SELECT * FROM invitation ORDER BY day, unit, machine, key")
            .map { row in
                guard let unit = UnitCode(try row.value("unit") as String),
                    let day = Day(try row.value("day") as String)
                else { throw StoreError.damaged(what: "invitation") }
                return StoredInvitation(
                    key: try row.bytes("key"), unit: unit, name: try row.value("name"),
                    machine: try row.value("machine"), day: day,
                    device: (row["device"] as Data?).map { Array($0) })
            }
    }

    /// Notes an invitation, or that it has been used.
    package func save(_ invitation: StoredInvitation) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO invitation(key, unit, name, machine, day, device)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                Data(invitation.key), invitation.unit.description, invitation.name,
                invitation.machine, invitation.day.description,
                invitation.device.map { Data($0) },
            ])
    }
}
