import Foundation
import Glibc
import SlussArchive
import SlussBundle
public import SlussCore
public import SlussDomain
import SlussStore

/// What could be saved of a damaged store.
public struct RepairReport: Sendable {
    /// A log of which something was lost.
    public struct Log: Sendable {
        /// Its replica, or the branch's name.
        public let replica: ReplicaID
        /// The unit of its writer.
        public let unit: UnitCode
        /// The machine's letter, or nothing.
        public let machine: String
        /// Whether this store writes it, or did.
        public let isOwn: Bool
        /// How many writes were saved.
        public let saved: UInt64
        /// How many were there and cannot be read, or come after one that cannot.
        public let lost: UInt64
    }

    /// Where the new store lies.
    public let path: String
    /// How many writes were saved.
    public let saved: UInt64
    /// The logs of which something was lost.
    public let logs: [Log]
    /// What is kept beside the logs and could not all be read, by the names of its tables.
    public let lostFacts: [String]
    /// The state of the new store.
    public let state: Digest

    /// How many writes were lost.
    public var lost: UInt64 { logs.reduce(0) { $0 + $1.lost } }
    /// Whether everything was saved.
    public var isWhole: Bool { logs.isEmpty && lostFacts.isEmpty }
}

/// Builds a new store from what can be read of another, which is only read.
///
/// Whatever is derived is derived anew from the log; of a log that is damaged itself, all up to the
/// first bad line is taken.
public struct Repair {
    private let folder: String
    private let day: Day
    private var generator: any RandomNumberGenerator
    private let progress: (Phrase) -> Void

    /// Prepares a repair of the store in a folder.
    public init(
        _ folder: String, today: Day,
        generator: any RandomNumberGenerator = SystemRandomNumberGenerator(),
        progress: @escaping (Phrase) -> Void = { _ in }
    ) {
        self.folder = folder
        day = today
        self.generator = generator
        self.progress = progress
    }

    /// Builds the new store in a folder that is not there yet: one beside the store, if none is named.
    public mutating func run(output: String? = nil) throws -> RepairReport {
        guard StoreFolder(path: folder).hasStore else { throw StoreError.noStore(folder: folder) }
        let path = output ?? freeName()
        guard access(path, F_OK) != 0 else { throw InputError.targetTaken(path) }
        let aside = path + ".repairing"
        let mark = KeyFile(path: aside + "/" + FolderSwap.markName)
        if mark.isThere { try? FileManager.default.removeItem(atPath: aside) }
        guard mkdir(aside, 0o700) == 0 else { throw BackupError.folder(aside, number: errno) }
        do {
            try mark.create([])
            progress(Phrase("Kopierar lagret …", "Copying the store …"))
            let copy = aside + "/copy"
            try copyStore(to: copy)
            try StoreFolder(path: folder).copyPrivate(to: aside)
            let report = try build(from: copy, in: aside, path)
            try? FileManager.default.removeItem(atPath: copy)
            unlink(mark.path)
            try FolderSwap.synchronise(aside)
            guard rename(aside, path) == 0 else { throw BackupError.folder(path, number: errno) }
            return report
        } catch {
            try? FileManager.default.removeItem(atPath: aside)
            if let failure = error as? FileFailure {
                throw BackupError.folder(failure.path, number: failure.number)
            }
            throw error
        }
    }

    private func freeName() -> String {
        let base = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        let first = "\(base)-repaired-\(day)"
        var name = first
        var number = 1
        while access(name, F_OK) == 0 {
            number += 1
            name = "\(first)-\(number)"
        }
        return name
    }

    /// Copies the database while nobody writes.
    private func copyStore(to copy: String) throws {
        let lock = try StoreLock(path: folder + "/" + UnitStore.lockName, act: "repair")
        defer { withExtendedLifetime(lock) {} }
        guard mkdir(copy, 0o700) == 0 else { throw BackupError.folder(copy, number: errno) }
        for suffix in ["", "-wal"] {
            let (from, to) = (
                OpenUnit.storeFile(in: folder) + suffix, OpenUnit.storeFile(in: copy) + suffix
            )
            guard access(from, F_OK) == 0 else { continue }
            let descriptor = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw BackupError.folder(to, number: errno) }
            defer { close(descriptor) }
            try FileBytes.forEachPiece(ofFile: from) { piece in
                var rest = UnsafeRawBufferPointer(piece)[...]
                while !rest.isEmpty {
                    let count = write(
                        descriptor, rest.withUnsafeBytes { $0.baseAddress }, rest.count)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { throw BackupError.folder(to, number: errno) }
                    rest = rest.dropFirst(count)
                }
            }
        }
    }

    // MARK: Building

    private mutating func build(
        from copy: String, in aside: String, _ path: String
    ) throws -> RepairReport {
        let old = try UnitStore(folder: copy, access: .writing("repair"))
        let id = StoreID.random(using: &generator)
        progress(Phrase("Bygger om ur loggen …", "Building anew from the log …"))
        return try old.read { old in
            let logs = old.salvagedLogs()
            guard !logs.isEmpty || old.isEmptyOfLines else { throw BackupError.nothingToSave }
            let statements = Self.valid(old.salvagedStatements())
            var source = StoreSource(
                identity: try old.currentIdentity().renewed(id),
                root: try old.rootKey().flatMap { DeviceKey(bytes: $0) },
                statements: statements.kept,
                isOwn: { logs[$0.replica]?.isOwn ?? false },
                written: { log, _ in logs[log.replica]?.written ?? 0 })
            source.acknowledged = Acknowledgement()
            var salvage = Salvage(old, logs)
            var lostFacts = statements.areAll ? [] : ["statement"]
            if (try? old.strayLineCount()) != 0 { lostFacts.append("replica") }
            let sum = try StoreBuilder.build(
                source, in: aside,
                feed: { feed in try salvage.feed(&feed) },
                finish: { ledger in
                    lostFacts += ledger.transaction.copyFacts(from: old)
                    try ledger.stepBack(toCountsOf: logs)
                })
            return RepairReport(
                path: path, saved: salvage.saved, logs: salvage.losses, lostFacts: lostFacts,
                state: sum.state)
        }
    }

    /// The statements that are whole, with signatures that are right.
    private static func valid(
        _ statements: [StoredStatement]
    ) -> (kept: [StoredStatement], areAll: Bool) {
        let json = StrictJSON()
        let kept = statements.compactMap {
            SignedStatement(text: $0.text, armored: $0.signature, json: json)?.stored
        }
        return (kept, kept == statements)
    }
}

extension Ledger {
    /// Lets no longer count what an undone run of the merge tool held back.
    fileprivate mutating func stepBack(toCountsOf logs: [ReplicaID: StoredLog]) throws {
        for (replica, old) in logs where old.count < old.stored {
            guard let log = self.logs[replica] else { continue }
            try stepBack(log, to: max(log.start - 1, old.count))
        }
        try fold { _ in }
    }
}

/// Takes the lines of a damaged store's logs as far as their digests are right.
private struct Salvage {
    private let transaction: StoreTransaction
    private let logs: [ReplicaID: StoredLog]
    private let reader = LogLineReader()
    private(set) var saved: UInt64 = 0
    private(set) var losses: [RepairReport.Log] = []
    /// So many lines are handed on together.
    private static let batchMax = 500

    init(_ transaction: StoreTransaction, _ logs: [ReplicaID: StoredLog]) {
        self.transaction = transaction
        self.logs = logs
    }

    mutating func feed(_ feed: inout LogFeed) throws {
        let records = transaction.salvagedRecords()
        for log in logs.values.sorted(by: {
            ($0.root, $0.start, $0.replica) < ($1.root, $1.start, $1.replica)
        }) {
            let count = try take(log, records, &feed)
            saved += count
            // A row that is damaged may say anything.
            let there = max(
                count, min(log.stored, transaction.lastCounter(of: log)) + 1 - log.start)
            if count < there {
                losses.append(
                    RepairReport.Log(
                        replica: log.replica, unit: log.owner, machine: log.machine,
                        isOwn: log.isOwn, saved: count, lost: there - count))
            }
        }
    }

    /// - Returns: How many lines of the log were taken.
    private func take(
        _ log: StoredLog, _ records: SalvagedRecords, _ feed: inout LogFeed
    ) throws -> UInt64 {
        var digest = LogChain.start(log.root, log.audience)
        if log.start > 1 {
            guard let parent = log.parent.flatMap({ logs[$0] }),
                let before = try? transaction.digest(of: parent, at: log.start - 1)
            else { return 0 }
            digest = before
        }
        let range = BundleManifest.LogRange(
            replica: log.replica, root: log.root, audience: log.audience, owner: log.owner,
            machine: Text(log.machine), from: log.start, to: log.stored, before: digest,
            after: log.digest)
        var batch: [LogLine] = []
        var counter = log.start - 1
        var taken: UInt64 = 0
        func hand(_ feed: inout LogFeed) throws -> Bool {
            // What the branch continues may have been lost.
            do { try feed.take(batch, of: range) } catch is BundleRefusal { return false }
            taken += UInt64(batch.count)
            batch = []
            return true
        }
        try transaction.forEachSalvagedLine(of: log, records, logs) { line in
            guard line.counter == counter + 1,
                let read = line.candidates.lazy.compactMap({ read($0, log, after: digest) }).first
            else { return false }
            counter += 1
            digest = read.digest
            batch.append(read)
            return batch.count < Self.batchMax ? true : try hand(&feed)
        }
        if !batch.isEmpty { _ = try hand(&feed) }
        return taken
    }

    private func read(_ line: StoredLine, _ log: StoredLog, after digest: Digest) -> LogLine? {
        guard
            let read = try? reader.read(
                envelope: line.envelope, body: line.body, replica: log.replica, after: digest),
            read.digest == line.digest, read.write.dot == line.dot
        else { return nil }
        return read
    }
}
