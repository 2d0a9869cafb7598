import Foundation
import GRDB
import SlussStore

/// What lies in a store's file, seen from outside: through a connection of its own.
struct StoreContents: Equatable {
    /// Every table's rows, as SQLite writes them out.
    let rows: [String: [String]]

    /// What a bundle that waits may leave: the root key's word, and that its sender is waiting.
    static let mayKnowOfGaps: Set<String> = ["statement", "peer"]

    /// How many rows each table has.
    var counts: [String: Int] { rows.mapValues(\.count) }

    /// The contents but for some tables.
    func without(_ tables: Set<String>) -> Self {
        Self(rows: rows.filter { !tables.contains($0.key) })
    }

    private init(rows: [String: [String]]) { self.rows = rows }

    /// Reads the store in a folder.
    init(of folder: String) throws {
        self = try StoreWatch(of: folder).contents()
    }

    fileprivate init(_ db: Database) throws {
        let tables = try String.fetchAll(
            db,
            sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE V%'")
        var rows: [String: [String]] = [:]
        for table in tables {
            rows[table] = try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").map { row in
                row.databaseValues.map(\.description).joined(separator: "|")
            }.sorted()
        }
        self.rows = rows
    }
}

/// A second connection to a store, that notices whatever the first one commits.
final class StoreWatch {
    private let queue: DatabaseQueue

    init(of folder: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        queue = try DatabaseQueue(
            path: folder + "/" + UnitStore.fileName, configuration: configuration)
    }

    /// A number that is another one whenever anything has been written since.
    ///
    /// Source: SQLite, `PRAGMA data_version`.
    func version() throws -> Int64? {
        try queue.read { try Int64.fetchOne($0, sql: "PRAGMA data_version") }
    }

    /// What lies in the store.
    func contents() throws -> StoreContents { try queue.read { try StoreContents($0) } }
}
