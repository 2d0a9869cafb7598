import Foundation
import GRDB
import SlussCore

/// What can be read and written within one transaction of a store.
///
/// Each method is one act; the acts that keep an invariant together are called together by
/// SlussSync's `Ledger`, the one door through which writes come.
package struct StoreTransaction {
    let db: Database

    init(_ db: Database) { self.db = db }

    /// Does all of what `body` does, or takes it back if it throws; the transaction goes on.
    package func attempt<Result>(_ body: () throws -> Result) throws -> Result {
        var result: Result?
        try db.inSavepoint {
            result = try body()
            return .commit
        }
        guard let result else { throw StoreError.damaged(what: "savepoint") }
        return result
    }

    /// Whose store it is.
    func identity() throws -> StoreIdentity {
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM store"),
            let id = StoreID(bytes: try row.bytes("id")),
            let unit = UnitCode(try row.value("unit") as String)
        else { throw StoreError.damaged(what: "store") }
        return StoreIdentity(
            id: id, unit: unit, name: try row.value("name"), machine: try row.value("machine"),
            isCentral: try row.value("central"))
    }

    func digest(_ bytes: [UInt8], _ what: String) throws -> Digest {
        guard let digest = Digest(bytes: bytes) else { throw StoreError.damaged(what: what) }
        return digest
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
