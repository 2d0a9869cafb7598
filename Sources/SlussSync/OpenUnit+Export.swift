import Foundation
import SlussArchive
import SlussBundle
import SlussCore
public import SlussDomain
import SlussStore

/// What came of an export.
public enum ExportOutcome: Sendable {
    /// A bundle lies at the path, read back and verified.
    case written(ExportReport)
    /// The receiver has, or has been sent, all there is; no file was made.
    case nothingNew(lastNumber: UInt64?)
}

/// A bundle that has been made.
public struct ExportReport: Sendable {
    /// Where it lies.
    public let path: String
    /// What it says it holds.
    public let summary: BundleSummary
    /// Whether it is the same bundle as last time.
    public let isRepeat: Bool
    /// The number of the newest bundle from the receiver, if any has come.
    public let lastHeard: UInt64?
    /// Where its writes hold what looks like a personal number; not asked of a backup, which is
    /// sent to nobody.
    public let personalNumbers: PersonalNumberReport
    /// The border between two boards that it goes over, if the register knows one.
    public var border: BoardBorder?
}

/// What an export holds.
public enum ExportKind: Sendable {
    /// What the receiver has not acknowledged.
    case delta
    /// Everything.
    case full
}

/// How a bundle is kept from others' eyes.
public enum Protection: Sendable {
    /// Encrypted to who shall read it.
    case recipients
    /// Encrypted with a passphrase.
    case passphrase(String)
    /// Not at all.
    case plain
}

extension OpenUnit {
    /// Makes a bundle for a receiver in a folder, or under a file name.
    ///
    /// What it holds follows from what the receiver last said that it has, never from what was
    /// sent: a bundle that got lost, or a central that was restored, is made good by the next one.
    public func export(
        _ kind: ExportKind = .delta, to receiver: Receiver, output: String,
        protection: Protection = .recipients
    ) throws -> ExportOutcome {
        // What is refused is refused before the store's name is settled.
        var draft = try store.read { try ExportDraft(self, kind, receiver.manifest, $0) }
        let identity = store.identity
        try settle()
        if store.identity != identity {
            draft = try store.read { try ExportDraft(self, kind, receiver.manifest, $0) }
        }
        if draft.hasNothingNew { return .nothingNew(lastNumber: draft.last?.number) }
        guard draft.manifest.logs.count <= BundleLimits.logsMax else {
            throw InputError.tooManyLogs(draft.manifest.logs.count)
        }
        let border = try store.read { try kind == .full ? nil : self.border(to: receiver, in: $0) }
        if let border { notify?(Self.borderNotice(border)) }
        let sealing = try Self.sealing(draft, protection)
        var target = try Target(output, fileName: draft.manifest.fileName)
        // A store that was set back does not know which numbers it has given since.
        // What lies there may be from before the keys were lost, so that nobody here can read it.
        while !store.identity.formerly.isEmpty, target.isOfOurNaming,
            FileManager.default.fileExists(atPath: target.path),
            (try? target.existing(keys, protection))?.id != draft.id
        {
            let number = draft.manifest.number + 1
            draft = try store.read {
                try ExportDraft(self, kind, receiver.manifest, numberMin: number, $0)
            }
            target = try Target(output, fileName: draft.manifest.fileName)
        }
        if let existing = try target.existing(keys, protection) {
            guard existing.id == draft.id else { throw InputError.targetTaken(target.path) }
            if existing.isEncrypted == sealing.isSealed {
                if !draft.isRepeat { try note(draft) }
                return .written(
                    draft.report(path: target.path, isEncrypted: sealing.isSealed, border))
            }
        }
        ArchiveWriter.sweep(target.folder)
        let writer = try store.read { transaction in
            try pack(draft, sealing, protection, target, in: transaction) { path, sealing in
                try readBack(path, sealing, draft, target)
            }
        }
        // Noted before it gets its name: a number is never given to two bundles.
        try note(draft)
        return .written(
            draft.report(path: try writer.commit(), isEncrypted: sealing.isSealed, border))
    }

    /// Writes a bundle aside and reads it back.
    func pack(
        _ draft: ExportDraft, _ sealing: Sealing, _ protection: Protection, _ target: Target,
        in transaction: StoreTransaction, readBack: (String, Sealing) throws -> Void
    ) throws -> ArchiveWriter {
        do {
            return try pack(draft, sealing, target, .packed, in: transaction, readBack)
        } catch BundleRefusal.overLimit("ratioMax", max: _) {
            // Text that repeats itself endlessly: somebody has sent that on purpose. It must not keep
            // all the rest from being exported.
            return try pack(
                draft, Self.sealing(draft, protection), target, .stored, in: transaction, readBack)
        }
    }

    private func pack(
        _ draft: ExportDraft, _ sealing: Sealing, _ target: Target,
        _ packing: ArchiveWriter.Packing, in transaction: StoreTransaction,
        _ readBack: (String, Sealing) throws -> Void
    ) throws -> ArchiveWriter {
        // Text packs about eight times; what packs better than this nobody writes.
        try DiskRoom.require(UInt64(draft.payloadBytes / 40), in: target.folder)
        let writer = try ArchiveWriter(
            folder: target.folder, name: target.name, sealing: sealing, packing: packing)
        for entry in draft.head { try writer.append(entry) }
        try writer.append(BundlePlan.readMe)
        try draft.forEachSegment(transaction) { segment in
            for file in segment.files { try writer.append(file) }
        }
        try writer.finish()
        try readBack(writer.temporaryPath, sealing)
        return writer
    }

    /// Said before the bundle is written: papers that reach another board are public at once.
    private static func borderNotice(_ border: BoardBorder) -> Phrase {
        let (from, to) = (DisplayText.line(border.from), DisplayText.line(border.to))
        return Phrase(
            "Paketet går från \(from) till \(to). Varje nämnd är en egen myndighet: det som skickas blir allmän handling när det kommer fram.",
            "The bundle goes from \(from) to \(to). Each board is an authority of its own: what is sent becomes a public record on arrival."
        )
    }

    /// How the file is encrypted, or that it is not.
    static func sealing(_ draft: ExportDraft, _ protection: Protection) throws -> Sealing {
        switch protection {
        case .plain:
            guard draft.allowsPlain else { throw InputError.plainNotAllowed }
            return .plain
        case .passphrase(let typed):
            guard let passphrase = AgePassphrase(typed) else { throw InputError.weakPassphrase }
            let key = AgeFileKey()
            return .sealed(try AgeHeader(passphrase: passphrase, fileKey: key), key)
        case .recipients:
            guard let recipients = draft.recipients else { throw KeyError.noRecipient }
            let key = AgeFileKey()
            return .sealed(try AgeHeader(recipients: recipients, fileKey: key), key)
        }
    }

    /// Reads a bundle just written as its receiver will.
    ///
    /// - Parameter read: Reads it to its end, and does with it what has to be done besides.
    func readBack(
        _ path: String, _ sealing: Sealing, _ draft: ExportDraft, _ target: Target,
        read: (String, Sealing) throws -> OpenedBundle = {
            try BundleFile.read($0, unlock: $1.unlock)
        }
    ) throws {
        do {
            guard try read(path, sealing).id == draft.id else {
                throw FileFailure(.verify, target.path, number: 0)
            }
        } catch let refusal as BundleRefusal {
            switch refusal {
            case .malformedLine, .brokenChain: throw StoreError.damaged(what: "log")
            case .overLimit: throw refusal
            default: throw FileFailure(.verify, target.path, number: 0)
            }
        }
    }

    /// Remembers that a bundle has been made, and its number.
    func note(_ draft: ExportDraft) throws {
        try write { try draft.note(day: today, in: $0) }
    }

    /// Where a bundle is to be put.
    struct Target {
        let folder: String
        let name: String
        /// Whether only a folder was given.
        let isOfOurNaming: Bool
        var path: String { folder + "/" + name }

        init(_ output: String, fileName: String) throws {
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: output, isDirectory: &isFolder)
            if exists, isFolder.boolValue {
                folder =
                    output.hasSuffix("/") && output.utf8.count > 1
                    ? String(output.dropLast()) : output
                name = fileName
                isOfOurNaming = true
                return
            }
            // A stick that is not there must not become a file of its name.
            guard output.lowercased().hasSuffix(".sluss") else {
                throw FileFailure(.open, output, number: ENOENT)
            }
            isOfOurNaming = false
            let url = URL(fileURLWithPath: output)
            folder = url.deletingLastPathComponent().path
            name = url.lastPathComponent
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
                isFolder.boolValue
            else { throw FileFailure(.open, folder, number: ENOENT) }
        }

        /// The bundle that lies there already; a file that is none is not touched.
        func existing(_ keys: StoreKeys, _ protection: Protection) throws -> OpenedBundle? {
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            let found = try? BundleFile.read(
                path, unlock: { try unlock($0, keys, protection) })
            guard let found else { throw InputError.targetTaken(path) }
            return found
        }

        /// Opens what lies there already, without asking anybody for anything.
        func unlock(
            _ header: AgeHeader, _ keys: StoreKeys, _ protection: Protection
        ) throws -> AgeFileKey {
            guard header.needsPassphrase else { return try keys.unlock(header) }
            guard case .passphrase(let typed) = protection else { throw BundleRefusal.noKey }
            return try header.unlock(typed: typed)
        }
    }

    /// The units that have a device which has been let in, for `export --to all`.
    public func receivers() throws -> [Receiver] {
        guard isCentral else { return [.central] }
        return try store.read { transaction in
            let authority = try Authority(transaction)
            let known = authority.certificates.values.filter { $0.role == .unit }.map(\.unit)
            return Set(known).filter { !authority.devices(of: $0).isEmpty }.sorted()
                .map { .unit($0) }
        }
    }
}
