import Foundation
import Glibc
import SlussArchive
import SlussBundle
public import SlussCore
public import SlussDomain
import SlussStore

/// A backup that has been made, or would be.
public struct BackupReport: Sendable {
    /// Where it lies, or would.
    public let path: String
    /// What it holds.
    public let summary: BundleSummary
    /// Whether it lay there already, with the same contents; it has been rehearsed again.
    public let isRepeat: Bool
    /// The state that it restores, drafts and all.
    public let state: Digest
    /// The older backups that the rule lets go of, by name: removed unless this is a plan.
    public let removed: [String]
    /// Those that it lets go of and that could not be removed.
    public let notRemoved: [String]
    /// Whether this is only what would happen.
    public let isPlan: Bool
}

/// The last backup of a store, for whoever must be reminded.
public struct LastBackup: Sendable {
    /// The day it was made.
    public let day: Day
    /// How many days ago that was.
    public let age: Int
    /// Its number.
    public let number: UInt64
    /// The name of its file.
    public let name: String
    /// Whether it is time for another.
    public var isOld: Bool { age > Self.daysMax }

    /// How old a backup may be: what is written in a week can still be asked for.
    public static let daysMax = 7
}

extension OpenUnit {
    /// Makes a full bundle of one moment's state, and restores it for a test before it gets its name.
    ///
    /// The test store is built in a folder of its own within the store's, which nobody else can read,
    /// and removed whatever comes of it: what is in it is as secret as the store.
    ///
    /// - Parameters:
    ///   - rule: Which older backups in the same folder are kept; without one, all.
    ///   - isPlan: Whether only to say what would happen.
    ///   - progress: Told what is being done.
    public func backup(
        output: String, protection: Protection = .recipients, keeping rule: RetentionRule? = nil,
        isPlan: Bool = false, progress: (Phrase) -> Void = { _ in }
    ) throws -> BackupReport {
        if !isPlan { try settle() }
        removeRehearsal()
        let made = try store.read { transaction in
            try makeBackup(output, protection, isPlan: isPlan, in: transaction, progress)
        }
        var backup = StoredBackup(
            name: made.target.name, day: today, number: made.draft.manifest.number, size: 0,
            mark: Digest.sha256([]))
        if !isPlan {
            // Noted before it gets its name: a number is never given to two bundles.
            if !made.draft.isRepeat { try note(made.draft) }
            if let writer = made.writer { _ = try writer.commit() }
            (backup.size, backup.mark) = try Self.mark(ofFile: made.target.path)
            try write { try $0.insert(backup) }
        }
        let gone = try rule.map { try retire($0, made.target.folder, isPlan ? backup : nil) }
        let report = made.draft.report(
            path: made.target.path, isEncrypted: made.isEncrypted, nil)
        return BackupReport(
            path: made.target.path, summary: report.summary,
            isRepeat: made.writer == nil && !isPlan,
            state: made.state, removed: gone?.removed ?? [], notRemoved: gone?.left ?? [],
            isPlan: isPlan)
    }

    /// A backup that lies under a temporary name, or that was there.
    private struct Made {
        let draft: ExportDraft
        let target: Target
        /// What is to be named; `nil` if it lay there.
        let writer: ArchiveWriter?
        let state: Digest
        let isEncrypted: Bool
    }

    private func makeBackup(
        _ output: String, _ protection: Protection, isPlan: Bool, in transaction: StoreTransaction,
        _ progress: (Phrase) -> Void
    ) throws -> Made {
        var draft = try ExportDraft(self, .full, .anyone, transaction)
        guard draft.manifest.logs.count <= BundleLimits.logsMax else {
            throw InputError.tooManyLogs(draft.manifest.logs.count)
        }
        let sealing = try Self.sealing(draft, protection)
        var target = try Target(output, fileName: draft.manifest.backupName(today))
        var existing: OpenedBundle?
        while FileManager.default.fileExists(atPath: target.path) {
            // What cannot be read here may be anything: it keeps its name.
            existing = try? target.existing(keys, protection)
            if let existing, existing.id == draft.id, existing.isEncrypted == sealing.isSealed {
                break
            }
            existing = nil
            guard target.isOfOurNaming else { throw InputError.targetTaken(target.path) }
            let number = draft.manifest.number + 1
            draft = try ExportDraft(self, .full, .anyone, numberMin: number, transaction)
            target = try Target(output, fileName: draft.manifest.backupName(today))
        }
        let sum = try StoreSum(try Ledger(transaction, reader: reader))
        func made(_ writer: ArchiveWriter?) -> Made {
            Made(
                draft: draft, target: target, writer: writer, state: sum.state,
                isEncrypted: sealing.isSealed)
        }
        guard !isPlan else { return made(nil) }
        func rehearse(_ path: String, _ unlock: @escaping BundleFile.Unlock) throws -> OpenedBundle
        {
            progress(
                Phrase(
                    "Läser tillbaka och provar att återställa …",
                    "Reading back and restoring for a test …"))
            // The store that is built has its own in memory.
            try transaction.releasePages()
            return try self.rehearse(path, unlock, draft.manifest, sum)
        }
        if existing != nil {
            _ = try rehearse(target.path) { header in
                try target.unlock(header, self.keys, protection)
            }
            return made(nil)
        }
        // The store that is restored for a test has as much in it as this one.
        try DiskRoom.require(DiskRoom.size(Self.storeFile(in: store.folder)) / 2, in: store.folder)
        ArchiveWriter.sweep(target.folder)
        progress(
            Phrase(
                "Skriver \(DisplayText.line(target.name)) …",
                "Writing \(DisplayText.line(target.name)) …"))
        let writer = try pack(draft, sealing, protection, target, in: transaction) {
            path, sealing in
            try readBack(path, sealing, draft, target) { try rehearse($0, $1.unlock) }
        }
        return made(writer)
    }

    // MARK: The rehearsal

    private var rehearsalFolder: String { store.folder + "/" + Self.rehearsalName }
    /// The folder within a store's in which a backup is restored for a test.
    static let rehearsalName = ".rehearsal"

    /// Removes a rehearsal's folder, also what a killed process has left of it.
    private func removeRehearsal() { try? FileManager.default.removeItem(atPath: rehearsalFolder) }

    /// Restores a bundle for a test and compares.
    private func rehearse(
        _ path: String, _ unlock: BundleFile.Unlock, _ manifest: BundleManifest, _ sum: StoreSum
    ) throws -> OpenedBundle {
        removeRehearsal()
        guard mkdir(rehearsalFolder, 0o700) == 0 else {
            throw BackupError.folder(rehearsalFolder, number: errno)
        }
        defer { removeRehearsal() }
        let signer = try keys.device().publicKey
        let source = StoreSource(
            manifest, signer: signer, device: signer.bytes,
            id: StoreID.random(using: &generator))
        var opened: OpenedBundle?
        let restored = try StoreBuilder.build(
            source, in: rehearsalFolder, reader: reader, indexing: .never, keptBytesMax: 2 << 20
        ) { feed in
            opened = try feed.take(bundle: path, unlock)
        }
        guard let opened, sum.isCopied(by: restored) else { throw BackupError.rehearsalDiffers }
        return opened
    }

    // MARK: Older backups

    /// How many bytes of a file's beginning tell it from all others: an encrypted one begins with
    /// keys drawn for it alone, an open one with its digests and their signature.
    private static let markBytes = 64 << 10

    /// A file's length and the digest of its beginning.
    private static func mark(ofFile path: String) throws -> (size: Int64, mark: Digest) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { throw FileFailure(.open, path, number: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw FileFailure(.read, path, number: EINVAL)
        }
        var bytes = [UInt8](repeating: 0, count: min(markBytes, Int(status.st_size)))
        var length = 0
        while length < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress?.advanced(by: length), $0.count - length, length)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileFailure(.read, path, number: count < 0 ? errno : EIO) }
            length += count
        }
        return (Int64(status.st_size), Digest.sha256(bytes))
    }

    /// Removes the older backups of this store that a rule does not keep.
    ///
    /// Only what the store remembers to have made, if it still lies in the folder under its name,
    /// with its length and its beginning. Nothing else is ever removed.
    ///
    /// - Parameter planned: A backup that would be made, and is not yet remembered.
    private func retire(
        _ rule: RetentionRule, _ folder: String, _ planned: StoredBackup?
    ) throws -> (removed: [String], left: [String]) {
        let known = try store.read { try $0.backups() }.filter { backup in
            let found = try? Self.mark(ofFile: folder + "/" + backup.name)
            return found.map { $0 == (backup.size, backup.mark) } ?? false
        }
        let all = known + (planned.map { [$0] } ?? [])
        let kept = rule.kept(of: all.map(\.day))
        let old = all.indices.filter { !kept.contains($0) }.map { all[$0] }
        guard planned == nil else { return (old.map(\.name), []) }
        var left: [String] = []
        for backup in old where unlink(folder + "/" + backup.name) != 0 { left.append(backup.name) }
        let removed = old.filter { !left.contains($0.name) }
        if !removed.isEmpty { try write { for backup in removed { try $0.forget(backup) } } }
        return (removed.map(\.name), left)
    }

    /// The newest backup that this store has made and proven.
    func lastBackup(in transaction: StoreTransaction) throws -> LastBackup? {
        try transaction.backups().last.map {
            LastBackup(
                day: $0.day, age: max(0, today.number - $0.day.number), number: $0.number,
                name: $0.name)
        }
    }
}

extension LogFeed {
    /// Takes all that a bundle holds, and reads it to its end.
    mutating func take(bundle path: String, _ unlock: BundleFile.Unlock) throws -> OpenedBundle {
        var ranges: [ReplicaID: BundleManifest.LogRange] = [:]
        return try BundleFile.readAhead(
            path, unlock: unlock,
            opened: { bundle in
                for range in bundle.manifest.logs { ranges[range.replica] = range }
            },
            lines: { lines in
                guard let replica = lines.first?.write.dot.replica, let range = ranges[replica]
                else { return }
                try take(lines, of: range)
            })
    }
}

extension BundleManifest {
    /// The name of a backup: unit, number and day, for any stick.
    ///
    /// Nothing is read out of it again.
    func backupName(_ day: Day) -> String {
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return "\(sender.unit)\(sender.machine)-backup-\(padded)-\(day).sluss".lowercased()
    }
}
