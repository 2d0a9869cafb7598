import Foundation
import GRDB
import SlussCore

/// What can be read and written within one transaction of a store.
///
/// Each method is one act; the acts that keep an invariant together are called together by
/// SlussSync's `Ledger`, the one door through which writes come.
package struct StoreTransaction {
    let db: Database
    let hot: HotStatements
    let numbers = ReplicaNumbers()

    init(_ db: Database, _ hot: HotStatements) {
        self.db = db
        self.hot = hot
    }

    /// Does all of what `body` does, or takes it back if it throws; the transaction goes on.
    package func attempt<Result>(_ body: () throws -> Result) throws -> Result {
        var result: Result?
        do {
            try db.inSavepoint {
                result = try body()
                return .commit
            }
        } catch {
            numbers.forget()
            hot.forgetWords()
            throw error
        }
        guard let result else { throw StoreError.damaged(what: "savepoint") }
        return result
    }

    /// Lets go of the pages that are kept in memory: they will not be read again soon.
    package func releasePages() throws { try db.execute(sql: "PRAGMA shrink_memory") }

    /// Whose store it is, as this transaction has it.
    package func currentIdentity() throws -> StoreIdentity { try identity() }

    /// Whose store it is.
    func identity() throws -> StoreIdentity {
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM store"),
            let id = StoreID(bytes: try row.bytes("id")),
            let unit = UnitCode(try row.value("unit") as String)
        else { throw StoreError.damaged(what: "store") }
        return StoreIdentity(
            id: id, unit: unit, name: try row.value("name"), machine: try row.value("machine"),
            isCentral: try row.value("central"), device: try row.bytes("device"),
            formerly: try (row.value("formerly") as String).split(separator: " ").map {
                guard let id = StoreID($0) else { throw StoreError.damaged(what: "store") }
                return id
            })
    }

    /// Gives the store a new name, and retires every log that it writes: it is a copy, or was set
    /// back, and another may be writing under the old names.
    package func renew(_ identity: StoreIdentity) throws {
        try db.execute(
            sql: "UPDATE store SET id = ?, formerly = ?",
            arguments: [
                Data(identity.id.bytes),
                identity.formerly.map(\.description).joined(separator: " "),
            ])
        try db.execute(sql: "UPDATE replica SET own = 2 WHERE own = 1")
    }

    /// The number of the fold that the stored states were made with.
    package func foldNumber() throws -> Int {
        try Int.fetchOne(db, sql: "SELECT fold FROM store") ?? 0
    }

    /// Notes that the stored states are those of fold `number`.
    package func setFoldNumber(_ number: Int) throws {
        try db.execute(sql: "UPDATE store SET fold = ?", arguments: [number])
    }

    func digest(_ bytes: [UInt8], _ what: String) throws -> Digest {
        guard let digest = Digest(bytes: bytes) else { throw StoreError.damaged(what: what) }
        return digest
    }
}

/// An acknowledgement as bytes, 56 for each log: its name, its count, its digest.
enum AcknowledgementBytes {
    private static let entryBytes = 56

    static func encode(_ acknowledgement: Acknowledgement) -> [UInt8] {
        acknowledgement.entries.flatMap { replica, head in
            replica.bytes + (0..<8).map { UInt8(truncatingIfNeeded: head.count >> (56 - $0 * 8)) }
                + head.digest.bytes
        }
    }

    static func decode(_ bytes: [UInt8]) throws(StoreError) -> Acknowledgement {
        var heads: [(ReplicaID, LogHead)] = []
        guard bytes.count % entryBytes == 0 else { throw .damaged(what: "acknowledgement") }
        for start in stride(from: 0, to: bytes.count, by: entryBytes) {
            let count = bytes[start + 16..<start + 24].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard let replica = ReplicaID(bytes: bytes[start..<start + 16]),
                let digest = Digest(bytes: bytes[start + 24..<start + entryBytes])
            else { throw .damaged(what: "acknowledgement") }
            heads.append((replica, LogHead(count: count, digest: digest)))
        }
        return Acknowledgement(heads)
    }
}

/// A version vector as text: `<replica>:<count>`, separated by spaces, sorted.
enum VectorText {
    static func encode(_ vector: VersionVector) -> String {
        vector.entries.map { "\($0.replica):\($0.count)" }.joined(separator: " ")
    }

    static func decode(_ text: String) throws(StoreError) -> VersionVector {
        var vector = VersionVector()
        for part in text.split(separator: " ") {
            let pair = part.split(separator: ":")
            guard pair.count == 2, let replica = ReplicaID(pair[0]), let count = UInt64(pair[1])
            else { throw .damaged(what: "vector") }
            vector[replica] = count
        }
        return vector
    }
}
