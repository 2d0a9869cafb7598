import Foundation
import GRDB
package import SlussCore

/// Another store that this one has merged a bundle from.
package struct StoredPeer: Hashable, Sendable {
    /// That store's name.
    package var store: StoreID
    /// Its unit.
    package var unit: UnitCode
    /// The unit's name; text from outside.
    package var name: String
    /// The machine's letter, or nothing.
    package var machine: String
    /// Whether it is the central.
    package var isCentral: Bool
    /// The number of the newest bundle merged from it.
    package var number: UInt64
    /// The day that one was merged.
    package var day: Day
    /// What it said there that it has.
    package var acknowledged: Acknowledgement
    /// The number of the newest bundle from it that was refused for a gap; 0 if none waits.
    package var waiting: UInt64
    /// The digest of the newest bundle merged from it.
    package var bundle: Digest?
    /// How often a bundle came under its name and a number that another bundle had had: two
    /// machines send under one name.
    package var twins: UInt64 = 0
    /// The number of this store's newest bundle that it says it has merged; 0 if it names none.
    package var heard: UInt64 = 0
    /// The public key of its device.
    package var device: [UInt8]
    /// The release that made its newest bundle; text from outside.
    package var producer = ""

    /// Puts a peer together.
    package init(
        store: StoreID, unit: UnitCode, name: String, machine: String, isCentral: Bool,
        number: UInt64, day: Day, acknowledged: Acknowledgement, waiting: UInt64,
        bundle: Digest?, device: [UInt8]
    ) {
        self.device = device
        self.bundle = bundle
        self.store = store
        self.unit = unit
        self.name = name
        self.machine = machine
        self.isCentral = isCentral
        self.number = number
        self.day = day
        self.acknowledged = acknowledged
        self.waiting = waiting
    }
}

/// A bundle that this store has made.
package struct SentBundle: Hashable, Sendable {
    /// Who it is for, as the bundle writes it.
    package var receiver: String
    /// Its number.
    package var number: UInt64
    /// Its digest.
    package var digest: Digest
    /// The digest of the one before.
    package var previous: Digest?
    /// The digest of all that decides its bytes but number and predecessor: equal, and the same
    /// bundle can be made again.
    package var fingerprint: Digest
    /// What the receiver has once it is merged.
    package var upTo: VersionVector
    /// The day it was made.
    package var day: Day
    /// A number that changed when the receiver had to be told again what is here.
    package var waiting: UInt64
    /// The store's name at the time.
    package var store: StoreID

    /// Puts a bundle together.
    package init(
        receiver: String, number: UInt64, digest: Digest, previous: Digest?, fingerprint: Digest,
        upTo: VersionVector, day: Day, waiting: UInt64, store: StoreID
    ) {
        self.store = store
        self.receiver = receiver
        self.number = number
        self.digest = digest
        self.previous = previous
        self.fingerprint = fingerprint
        self.upTo = upTo
        self.day = day
        self.waiting = waiting
    }
}

/// A bundle that has been merged into this store.
package struct MergedBundle: Sendable {
    /// Its digest.
    package var digest: Digest
    /// The store that made it.
    package var store: StoreID
    /// That store's unit.
    package var unit: UnitCode
    /// Its number.
    package var number: UInt64
    /// How many writes were new.
    package var writes: Int
    /// How many records they touched.
    package var records: Int
    /// What was here before.
    package var before: VersionVector
    /// What was here after.
    package var after: VersionVector
    /// The name of the computer that made it; text from outside.
    package var computer: String

    /// Puts a bundle together.
    package init(
        digest: Digest, store: StoreID, unit: UnitCode, number: UInt64, writes: Int, records: Int,
        before: VersionVector, after: VersionVector, computer: String
    ) {
        self.computer = computer
        self.digest = digest
        self.store = store
        self.unit = unit
        self.number = number
        self.writes = writes
        self.records = records
        self.before = before
        self.after = after
    }
}

extension StoreTransaction {
    /// Every store that a bundle has been merged from.
    package func peers() throws -> [StoredPeer] {
        try Row.fetchAll(db, sql: "SELECT * FROM peer ORDER BY unit, machine, store").map(peer)
    }

    /// Whether a bundle of a unit has been merged.
    package func hasMerged(from unit: UnitCode) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(
                sql: "SELECT EXISTS(SELECT 1 FROM peer WHERE unit = ? AND number > 0)"),
            arguments: [unit.description]) ?? false
    }

    /// The store of that name, if a bundle has been merged from it.
    package func peer(_ store: StoreID) throws -> StoredPeer? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM peer WHERE store = ?"),
            arguments: [Data(store.bytes)]
        ).map(peer)
    }

    private func peer(_ row: Row) throws -> StoredPeer {
        guard let store = StoreID(bytes: try row.bytes("store")),
            let unit = UnitCode(try row.value("unit") as String),
            let day = Day(try row.value("day") as String)
        else { throw StoreError.damaged(what: "peer") }
        var peer = StoredPeer(
            store: store, unit: unit, name: try row.value("name"),
            machine: try row.value("machine"), isCentral: try row.value("central"),
            number: try row.counter("number"), day: day,
            acknowledged: try AcknowledgementBytes.decode(row.bytes("acknowledged")),
            waiting: try row.counter("waiting"),
            bundle: try (row["bundle"] as Data?).map { try digest(Array($0), "peer") },
            device: try row.bytes("device"))
        peer.twins = try row.counter("twins")
        peer.heard = try row.counter("heard")
        peer.producer = try row.value("producer")
        return peer
    }

    /// Notes what a newer bundle of a peer has told.
    package func save(_ peer: StoredPeer) throws {
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO
                  peer(store, unit, name, machine, central, number, day, acknowledged, waiting,
                    bundle, twins, heard, device, producer)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: [
                Data(peer.store.bytes), peer.unit.description, peer.name, peer.machine,
                peer.isCentral, Int64(peer.number), peer.day.description,
                Data(AcknowledgementBytes.encode(peer.acknowledged)), Int64(peer.waiting),
                peer.bundle.map { Data($0.bytes) }, Int64(peer.twins), Int64(peer.heard),
                Data(peer.device), peer.producer,
            ])
    }

    /// The digest of the bundle that a store of this name made for a receiver under a number.
    package func sentDigest(
        to receiver: String, number: UInt64, by store: StoreID
    ) throws -> Digest? {
        try Data.fetchOne(
            db, sql: "SELECT digest FROM sent WHERE receiver = ? AND number = ? AND store = ?",
            arguments: [receiver, Int64(number), Data(store.bytes)]
        ).map { try digest(Array($0), "sent") }
    }

    /// The newest bundle made for a receiver.
    package func lastSent(to receiver: String) throws -> SentBundle? {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM sent WHERE receiver = ? ORDER BY number DESC LIMIT 1",
            arguments: [receiver])
        guard let row else { return nil }
        guard let day = Day(try row.value("day") as String),
            let store = StoreID(bytes: try row.bytes("store"))
        else { throw StoreError.damaged(what: "sent") }
        return SentBundle(
            receiver: receiver, number: try row.counter("number"),
            digest: try digest(row.bytes("digest"), "sent"),
            previous: try (row["previous"] as Data?).map { try digest(Array($0), "sent") },
            fingerprint: try digest(row.bytes("fingerprint"), "sent"),
            upTo: try VectorText.decode(row.value("upTo")), day: day,
            waiting: try row.counter("waiting"), store: store)
    }

    /// Notes a bundle that has been made, read back and given its name.
    package func insert(_ sent: SentBundle) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO
                  sent(receiver, number, digest, previous, fingerprint, upTo, day, waiting, store)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                sent.receiver, Int64(sent.number), Data(sent.digest.bytes),
                sent.previous.map { Data($0.bytes) }, Data(sent.fingerprint.bytes),
                VectorText.encode(sent.upTo), sent.day.description, Int64(sent.waiting),
                Data(sent.store.bytes),
            ])
    }

    /// Forgets a store that goes on under another name.
    package func forgetPeer(_ store: StoreID) throws {
        try db.execute(
            sql: "DELETE FROM peer WHERE store = ?", arguments: [Data(store.bytes)])
    }

    /// The largest number of a bundle of a store that brought something; 0 if none did.
    package func lastMergedNumber(of store: StoreID) throws -> UInt64 {
        let number = try Int64.fetchOne(
            db, sql: "SELECT max(number) FROM merged WHERE store = ?",
            arguments: [Data(store.bytes)])
        return UInt64(exactly: number ?? 0) ?? 0
    }

    /// Starts a run of the merge tool and returns its number.
    package func insertRun(day: Day) throws -> Int64 {
        try db.execute(sql: "INSERT INTO run(day) VALUES (?)", arguments: [day.description])
        return db.lastInsertedRowID
    }

    /// What was here once the bundle of that digest had been merged; `nil` if it has not been, or
    /// brought nothing new.
    package func vector(afterBundle digest: Digest) throws -> VersionVector? {
        let text = try String.fetchOne(
            db, sql: "SELECT after FROM merged WHERE digest = ? ORDER BY run DESC LIMIT 1",
            arguments: [Data(digest.bytes)])
        return try text.map { try VectorText.decode($0) }
    }

    /// The digests of merged bundles that begin with `prefix`, at most two.
    package func mergedDigests(prefix: String) throws -> [Digest] {
        let hex = prefix.uppercased()
        return try Data.fetchAll(
            db,
            sql: """
                SELECT DISTINCT digest FROM merged WHERE substr(hex(digest), 1, ?) = ? LIMIT 2
                """, arguments: [hex.utf8.count, hex]
        ).map { try digest(Array($0), "merged") }
    }

    /// Notes a merged bundle as the next of its run.
    package func insert(_ merged: MergedBundle, run: Int64) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO merged(
                  run, position, digest, store, unit, number, writes, records, before, after,
                  computer)
                SELECT ?1, 1 + coalesce((SELECT max(position) FROM merged WHERE run = ?1), 0),
                  ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
                """
        ).execute(
            arguments: [
                run, Data(merged.digest.bytes), Data(merged.store.bytes),
                merged.unit.description, Int64(merged.number), merged.writes, merged.records,
                VectorText.encode(merged.before), VectorText.encode(merged.after),
                merged.computer,
            ])
    }
}
