import Foundation
import SlussArchive
import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

/// What became of one bundle.
public struct BundleReport: Sendable {
    /// What became of it.
    public enum Outcome: Sendable {
        /// Its new writes are in the store.
        case merged
        /// All of it was here already.
        case nothingNew
        /// Nothing of it was taken, and nothing was changed.
        case refused(any Error & Sendable)
    }

    /// The file.
    public let file: String
    /// What it says it holds, if it could be read that far.
    public var summary: BundleSummary?
    /// What is missing before it, if that is why it was refused.
    public var gap: Gap?
    /// What became of it.
    public var outcome: Outcome
    /// How many writes were new.
    public var writes = 0
    /// How many records they touched.
    public var records = 0
    /// How many of those were new.
    public var newRecords = 0
    /// How many were changed by people who did not know of each other.
    public var parallelRecords = 0
    /// The sender's bundles before this one that have not been merged, if its number tells so.
    public var missingNumbers: ClosedRange<UInt64>?

    /// Whether it was refused.
    public var isRefused: Bool { if case .refused = outcome { true } else { false } }
}

/// What became of several bundles.
public struct MergeReport: Sendable {
    /// The run's number, if anything was merged.
    public var run: Int64?
    /// The bundles, in the order in which they were given.
    public var bundles: [BundleReport] = []
    /// The conflicts in the records that were touched.
    public var conflicts: [ConflictView] = []
    /// How many bundles in the folders are for someone else; they were left alone.
    public var forOthers = 0
    /// Whether this is only what would happen.
    public let isPlan: Bool
}

extension OpenUnit {
    /// Merges bundles: files, or folders of them, in any order.
    ///
    /// Each bundle goes in whole or not at all. One that waits for an earlier one is tried again
    /// after the others. Neither the bundles nor their folder are written to.
    ///
    /// - Parameter isPlan: Whether to do the same and take it back: what would happen.
    public func merge(_ paths: [String], isPlan: Bool = false) throws -> MergeReport {
        let files = try Self.bundles(paths)
        guard isPlan else {
            var run = MergeRun(unit: self, files: files)
            while let file = run.next() {
                run.note(file, Result { try store.write { try run.merge(file, in: $0) } })
            }
            if !run.waitingManifests.isEmpty {
                try store.write { try run.noteWaiting(in: $0) }
            }
            return try store.read { try run.report(isPlan: false, in: $0) }
        }
        return try store.rehearse { transaction in
            var run = MergeRun(unit: self, files: files)
            while let file = run.next() {
                run.note(
                    file,
                    Result { try transaction.attempt { try run.merge(file, in: transaction) } })
            }
            return try run.report(isPlan: true, in: transaction)
        }
    }

    /// The bundles that paths name, each once, and whether a folder brought them.
    private static func bundles(_ paths: [String]) throws -> [MergeRun.File] {
        var seen: Set<Text> = []
        return try paths.flatMap { path -> [MergeRun.File] in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
                isFolder.boolValue
            else { return [MergeRun.File(path: path, isFromFolder: false)] }
            return try contents(path).map { MergeRun.File(path: $0, isFromFolder: true) }
        }.filter { seen.insert(Text($0.path)).inserted }
    }

    /// The `.sluss` files of a folder, by name.
    private static func contents(_ path: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { Array($0.lowercased().utf8.suffix(6)) == Array(".sluss".utf8) }
                .filter { !$0.hasPrefix(ArchiveWriter.temporaryPrefix) }
                .map { Text($0) }.sorted().map { path + "/" + $0.string }
        } catch { throw FileFailure(.open, path, number: EACCES) }
    }
}

/// One run of the merge tool: which bundles are still to try, and what became of the others.
private struct MergeRun {
    /// A bundle to merge.
    struct File: Hashable {
        let path: String
        /// Whether a folder brought it: then it may well be for someone else.
        let isFromFolder: Bool
    }

    /// What merging one bundle gave.
    struct Merged {
        var report: BundleReport
        var inConflict: Set<Int64>
        var run: Int64?
    }

    private let unit: OpenUnit
    private let files: [File]
    private var waiting: [File]
    private var reports: [File: BundleReport] = [:]
    private var retries: [File] = []
    private var hasProgressed = false
    private var inConflict: Set<Int64> = []
    private var run: Int64?
    private var forOthers = 0
    private var gaps: [File: BundleManifest] = [:]

    /// The manifests of the bundles that wait for an earlier one.
    var waitingManifests: [BundleManifest] { Array(gaps.values) }

    init(unit: OpenUnit, files: [File]) {
        self.unit = unit
        self.files = files
        self.waiting = files
    }

    /// The next file to try; those that wait for another come again as long as others go in.
    mutating func next() -> File? {
        if waiting.isEmpty, hasProgressed {
            waiting = retries
            retries = []
            hasProgressed = false
        }
        return waiting.isEmpty ? nil : waiting.removeFirst()
    }

    mutating func note(_ file: File, _ result: Result<Merged, any Error>) {
        switch result {
        case .success(let merged):
            reports[file] = merged.report
            inConflict.formUnion(merged.inConflict)
            run = merged.run ?? run
            if merged.report.writes > 0 { hasProgressed = true }
            gaps[file] = nil
        case .failure(let error): note(file, error)
        }
    }

    private mutating func note(_ file: File, _ error: any Error) {
        let refused = error as? RefusedBundle
        let reason = refused?.reason ?? error
        switch reason as? BundleRefusal {
        case .wrongReceiver?, .wrongAudience?:
            if file.isFromFolder {
                forOthers += 1
                return
            }
        case let refusal? where refusal.isGap:
            retries.append(file)
            gaps[file] = refused?.manifest
        default: break
        }
        var report = BundleReport(file: file.path, outcome: .refused(reason))
        if let manifest = refused?.manifest, let id = refused?.id {
            report.summary = BundleSummary(manifest, id: id)
        }
        report.gap = (reason as? BundleRefusal).flatMap { Gap($0, refused?.manifest) }
        report.missingNumbers = refused?.missing
        reports[file] = report
    }

    /// Remembers who has bundles that wait here, so that the next bundle back tells them what is
    /// here; nothing of the bundles themselves is taken.
    func noteWaiting(in transaction: StoreTransaction) throws {
        for manifest in waitingManifests where manifest.kind != .full {
            let known = try transaction.peers().first { $0.store == manifest.sender.store }
            var peer =
                known
                ?? StoredPeer(
                    manifest, number: 0, day: unit.today, acknowledged: manifest.acknowledged)
            peer.waiting = max(peer.waiting, manifest.number)
            try transaction.save(peer)
        }
    }

    func report(isPlan: Bool, in transaction: StoreTransaction) throws -> MergeReport {
        var report = MergeReport(isPlan: isPlan)
        report.run = isPlan ? nil : run
        report.bundles = files.compactMap { reports[$0] }
        report.forOthers = forOthers
        for no in inConflict.sorted() {
            let state = try transaction.record(no: no).state
            report.conflicts += try state.conflicts.map {
                try unit.view(of: $0, state, in: transaction)
            }
        }
        return report
    }

    /// Merges one bundle within a transaction that the caller takes back if this throws.
    func merge(_ file: File, in transaction: StoreTransaction) throws -> Merged {
        let act = MergeAct(unit: unit, file: file.path, run: run, transaction)
        do { return try act.run() } catch {
            throw RefusedBundle(
                reason: error, manifest: act.manifest, id: act.id, missing: act.missingNumbers)
        }
    }
}

/// A refusal, with what had been read of the bundle by then.
private struct RefusedBundle: Error {
    let reason: any Error & Sendable
    let manifest: BundleManifest?
    let id: BundleID?
    let missing: ClosedRange<UInt64>?
}

/// The merging of one bundle, within one transaction.
private final class MergeAct {
    private let unit: OpenUnit
    private let file: String
    private let currentRun: Int64?
    private let transaction: StoreTransaction
    private(set) var manifest: BundleManifest?
    private(set) var id: BundleID?
    /// The sender's bundles between the last one merged and this one.
    private(set) var missingNumbers: ClosedRange<UInt64>?
    /// The logs that have been found to continue what is here; lines of others are passed over.
    private var admitted: Set<ReplicaID> = []
    private var writeCount = 0

    init(unit: OpenUnit, file: String, run: Int64?, _ transaction: StoreTransaction) {
        self.unit = unit
        self.file = file
        self.currentRun = run
        self.transaction = transaction
    }

    func run() throws -> MergeRun.Merged {
        var ledger = try Ledger(transaction, reader: unit.reader)
        let before = ledger.vector { _ in true }
        let (manifest, id) = try BundleFile.read(
            file,
            opened: { manifest, id in
                self.manifest = manifest
                self.id = id
                try admit(manifest, &ledger)
            }, lines: { lines in try take(lines, &ledger) })
        try notePeer(manifest)
        var report = BundleReport(
            file: file, summary: BundleSummary(manifest, id: id),
            outcome: writeCount == 0 ? .nothingNew : .merged)
        report.writes = writeCount
        // Only what a person must look at is read again for the report.
        var inConflict: Set<Int64> = []
        try ledger.fold { change in
            report.records += 1
            if change.isNew { report.newRecords += 1 }
            if change.isParallel { report.parallelRecords += 1 }
            if !change.conflicts.isEmpty { inConflict.insert(change.no) }
        }
        report.missingNumbers = missingNumbers
        var run = currentRun
        if writeCount > 0 {
            let number = try run ?? transaction.insertRun(day: unit.today)
            run = number
            try transaction.insert(
                MergedBundle(
                    digest: id, store: manifest.sender.store, unit: manifest.sender.unit,
                    number: manifest.number, writes: writeCount, records: report.records,
                    before: before, after: ledger.vector { _ in true }),
                run: number)
        }
        return MergeRun.Merged(report: report, inConflict: inConflict, run: run)
    }

    /// Asks whether the bundle is for this store, and whether its logs continue what is here.
    private func admit(_ manifest: BundleManifest, _ ledger: inout Ledger) throws {
        missingNumbers = try missing(manifest)
        guard isForUs(manifest) else {
            throw BundleRefusal.wrongReceiver(manifest.receiver.description)
        }
        let scope = unit.scope(of: unit.isCentral ? nil : unit.unit)
        for log in manifest.logs {
            // A full bundle holds its store's drafts; only restoring takes those back.
            if log.audience == .local, manifest.kind == .full { continue }
            guard scope(log.audience) else {
                throw BundleRefusal.wrongAudience(log.audience.description)
            }
            try connect(log, &ledger)
            admitted.insert(log.replica)
        }
    }

    /// A unit also takes its own bundles and those of its other machines.
    private func isForUs(_ manifest: BundleManifest) -> Bool {
        switch manifest.receiver {
        case .anyone: true
        case .unit(let receiver):
            receiver == unit.unit || manifest.sender.store == unit.store.identity.id
        case .central: unit.isCentral || manifest.sender.unit == unit.unit
        }
    }

    private func connect(_ range: BundleManifest.LogRange, _ ledger: inout Ledger) throws {
        let held = ledger.logs[range.replica]?.count ?? 0
        guard range.from <= held + 1 else {
            throw BundleRefusal.missingHistory(
                of: range.replica, held: held, firstInBundle: range.from)
        }
        let log = try ledger.log(
            range.replica, audience: range.audience, owner: range.owner,
            machine: range.machine.string, isOwn: false)
        guard log.audience == range.audience else {
            throw BundleRefusal.brokenChain(replica: range.replica)
        }
        let known =
            range.from == 1
            ? LogChain.start(log.replica, log.audience)
            : try transaction.digest(of: log, at: range.from - 1)
        guard known == range.before else {
            throw range.from == 1
                ? BundleRefusal.brokenChain(replica: range.replica)
                : BundleRefusal.conflictingHistory(of: range.replica, counter: range.from - 1)
        }
    }

    /// Takes the lines that are new, after comparing those that are not.
    private func take(_ lines: [LogLine], _ ledger: inout Ledger) throws {
        guard let first = lines.first, admitted.contains(first.write.dot.replica),
            let log = ledger.logs[first.write.dot.replica]
        else { return }
        let known = lines.prefix { $0.write.dot.counter <= log.count }
        if let last = known.last {
            guard try transaction.digest(of: log, at: last.write.dot.counter) == last.digest else {
                throw BundleRefusal.conflictingHistory(
                    of: log.replica, counter: last.write.dot.counter)
            }
        }
        let new = lines.dropFirst(known.count)
        writeCount += new.count
        try ledger.append(new, to: log.replica)
    }

    /// Notes what the sender says that it has, if this is its newest bundle.
    private func notePeer(_ manifest: BundleManifest) throws {
        let sender = manifest.sender
        guard sender.store != unit.store.identity.id else { return }
        guard manifest.kind != .full else { return }
        let known = try transaction.peers().first { $0.store == sender.store }
        var peer = StoredPeer(
            manifest, number: manifest.number, day: unit.today,
            acknowledged: manifest.acknowledged)
        if let known, known.number > manifest.number {
            // An old bundle, or a sender that has been set back: the smaller claim is the safe
            // one, since the next export then holds more, never less.
            peer = known
            peer.acknowledged = known.acknowledged.met(with: manifest.acknowledged)
        }
        peer.waiting = known.map { $0.waiting > manifest.number ? $0.waiting : 0 } ?? 0
        try transaction.save(peer)
    }

    private func lastNumber(_ manifest: BundleManifest) throws -> UInt64 {
        try transaction.peers().first { $0.store == manifest.sender.store }?.number ?? 0
    }

    private func missing(_ manifest: BundleManifest) throws -> ClosedRange<UInt64>? {
        let last = try lastNumber(manifest)
        guard manifest.kind != .full, manifest.number > last + 1 else { return nil }
        return last + 1...manifest.number - 1
    }
}

extension StoredPeer {
    /// The sender of a bundle, as a peer.
    fileprivate init(
        _ manifest: BundleManifest, number: UInt64, day: Day, acknowledged: VersionVector
    ) {
        let sender = manifest.sender
        self.init(
            store: sender.store, unit: sender.unit, name: sender.name.string,
            machine: sender.machine.string, isCentral: sender.isCentral, number: number, day: day,
            acknowledged: acknowledged, waiting: 0)
    }
}
