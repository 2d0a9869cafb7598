import Foundation
import GRDB
import SlussCore
import Testing
import _SlussTestSupport

@testable import SlussStore

/// A real store file, opened as it should be and as it should not.
@Suite struct UnitStoreTests {
    private static let unit: UnitCode = {
        guard let unit = UnitCode("OMS-SB-04") else { preconditionFailure("a code") }
        return unit
    }()

    private static let identity = StoreIdentity(
        id: StoreID(high: 1, low: 2), unit: unit, name: "Äppelvreten",
        machine: "", isCentral: false, device: Array(repeating: 3, count: 32))

    private static func made() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try UnitStore.create(identity, in: folder.path("store"), fold: 1)
        return folder
    }

    private static func error(_ folder: String, _ access: UnitStore.Access = .reading)
        -> StoreError?
    {
        do {
            _ = try UnitStore(folder: folder, access: access)
            return nil
        } catch { return error as? StoreError }
    }

    private static func tamper(_ folder: TemporaryFolder, _ sql: String) throws {
        let queue = try DatabaseQueue(path: folder.path("store/" + UnitStore.fileName))
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test func aNewStoreRemembersWhoseItIs() throws {
        let folder = try Self.made()
        let store = try UnitStore(folder: folder.path("store"), access: .reading)
        #expect(store.identity == Self.identity)
    }

    @Test func aWriterHasThePragmasOfTheDesign() throws {
        let folder = try Self.made()
        let store = try UnitStore(folder: folder.path("store"), access: .writing("test"))
        let found = try store.write { transaction in
            try [
                "synchronous", "journal_mode", "secure_delete", "trusted_schema", "foreign_keys",
                "cell_size_check", "mmap_size", "application_id",
            ].map { try String.fetchOne(transaction.db, sql: "PRAGMA \($0)") ?? "" }
        }
        #expect(found == ["2", "wal", "1", "0", "1", "1", "0", String(0x536C_7573)])
    }

    @Test func aStoreIsNeverMadeOverSomethingElse() throws {
        let folder = try Self.made()
        #expect(throws: StoreError.alreadyThere(folder: folder.path("store"))) {
            try UnitStore.create(Self.identity, in: folder.path("store"), fold: 1)
        }
        let file = try folder.write([1], to: "file")
        #expect(throws: StoreError.alreadyThere(folder: file)) {
            try UnitStore.create(Self.identity, in: file, fold: 1)
        }
    }

    @Test func whatIsNoStoreIsToldApart() throws {
        let folder = try TemporaryFolder()
        #expect(Self.error(folder.path("none")) == .noStore(folder: folder.path("none")))
        _ = try folder.folder("text")
        try folder.write(
            Array(repeating: UInt8(ascii: "x"), count: 5000), to: "text/" + UnitStore.fileName)
        #expect(Self.error(folder.path("text")) == .notOurs(folder: folder.path("text")))
        _ = try folder.folder("empty")
        try folder.write([], to: "empty/" + UnitStore.fileName)
        #expect(Self.error(folder.path("empty")) == .notOurs(folder: folder.path("empty")))
        _ = try folder.folder("other")
        let other = try DatabaseQueue(path: folder.path("other/" + UnitStore.fileName))
        try other.writeWithoutTransaction { try $0.execute(sql: "CREATE TABLE t(x)") }
        try other.close()
        #expect(Self.error(folder.path("other")) == .notOurs(folder: folder.path("other")))
    }

    @Test func aNewerSchemaAsksForAnUpdate() throws {
        let folder = try Self.made()
        try Self.tamper(folder, "PRAGMA user_version = 99")
        #expect(
            Self.error(folder.path("store")) == .newerSchema(found: 99, newestKnown: Schema.newest))
    }

    @Test(arguments: [
        "CREATE TRIGGER evil AFTER INSERT ON log BEGIN DELETE FROM log; END",
        "CREATE VIEW evil AS SELECT 1", "CREATE TABLE evil(x)", "DROP INDEX record_list",
        "ALTER TABLE run ADD COLUMN evil TEXT",
    ])
    func aSchemaThatIsNotOursIsRefused(sql: String) throws {
        let folder = try Self.made()
        try Self.tamper(folder, sql)
        #expect(Self.error(folder.path("store")) == .notOurs(folder: folder.path("store")))
    }

    @Test func aSecondWriterIsToldWhoHoldsTheStoreAndTheLockDiesWithItsHolder() throws {
        let folder = try Self.made()
        let path = folder.path("store/lock")
        do {
            let lock = try StoreLock(path: path, act: "merge")
            let error = #expect(throws: StoreError.self) {
                try StoreLock(path: path, act: "idea add", waitMilliseconds: 40)
            }
            guard case .busy(let holder?) = error else {
                Issue.record("not busy: \(String(describing: error))")
                return
            }
            #expect(holder.act == "merge")
            #expect(holder.process == String(ProcessInfo.processInfo.processIdentifier))
            withExtendedLifetime(lock) {}
        }
        _ = try StoreLock(path: path, act: "idea add", waitMilliseconds: 40)
    }

    @Test func aFailedWriteLeavesNothingAndARehearsalNeither() throws {
        struct Stop: Error {}
        let folder = try Self.made()
        let store = try UnitStore(folder: folder.path("store"), access: .writing("test"))
        let replica = ReplicaID(high: 3, low: 3)
        let digest = try #require(Digest(String(repeating: "0", count: 64)))
        func insert(_ transaction: StoreTransaction) throws {
            _ = try transaction.insertLog(
                Branch(replica: replica, root: replica, parent: nil, start: 1), parent: nil,
                audience: .shared, owner: Self.identity.unit, machine: "", ownership: .live,
                digest: digest)
        }
        #expect(throws: Stop.self) {
            try store.write {
                try insert($0)
                throw Stop()
            }
        }
        _ = try store.rehearse { try insert($0) }
        #expect(try store.read { try $0.logs() }.isEmpty)
    }

    @Test func aReaderSeesTheStoreWhileAWriterHoldsIt() throws {
        let folder = try Self.made()
        let writer = try UnitStore(folder: folder.path("store"), access: .writing("test"))
        let reader = try UnitStore(folder: folder.path("store"), access: .reading)
        #expect(try reader.read { try $0.logs() }.isEmpty)
        withExtendedLifetime(writer) {}
    }
}
