import Foundation
import Glibc
import SlussArchive
import SlussBundle
public import SlussCore
public import SlussDomain
import SlussStore

/// What came of restoring a backup, or would.
public struct RestoreReport: Sendable {
    /// Where the store lies, or would.
    public let path: String
    /// What the backup is.
    public let summary: BundleSummary
    /// The network that the store is of; `nil` if it is in none.
    public let network: KeyName?
    /// The state that was restored, drafts and all; `nil` if an earlier run had restored it.
    public let state: Digest?
    /// What the store that was there has and the backup lacks; `nil` if there was none, or if it
    /// cannot be read.
    public let lost: StoreDifference?
    /// What the backup has and that store lacks.
    public let gained: StoreDifference?
    /// Whether a store was there.
    public let hadStore: Bool
    /// Where it was put, if it was.
    public let former: String?
    /// The device that the store is on; `nil` if that is not decided yet.
    public let device: KeyName?
    /// Whether that has been made now: then the central must let it in.
    public let hasNewKeys: Bool
    /// Whether this is only what would happen.
    public let isPlan: Bool

    /// Whether the store that was there could not be read.
    public var wasUnreadable: Bool { hadStore && lost == nil && state != nil }
    /// Whether a person must look: something has to be brought back, or somebody has to let it in.
    public var wantsLook: Bool {
        lost?.writes ?? 0 > 0 || wasUnreadable || hasNewKeys && !summary.isFromCentral
    }
}

/// Makes a store of a full bundle.
///
/// It is built beside the place that it shall have, and changes places with what is there, which is
/// never written to or removed. It begins a new life: whatever has been written under the old
/// names since the backup was made, nothing is numbered twice (docs/sync-model.md, "Incarnations").
public struct Restore {
    private let bundle: String
    private let day: Day
    private let machine: Machine
    private let access: KeyAccess
    private let progress: (Phrase) -> Void
    private var generator: any RandomNumberGenerator
    /// How many bytes of lines are kept to be folded; what is more is read from the log again.
    ///
    /// A simulation keeps none at times.
    package var keptBytesMax = FreshWrites.bytesMax

    /// Prepares a restoring.
    ///
    /// - Parameter progress: Told what is being done.
    public init(
        _ bundle: String, today: Day, on machine: Machine, keys access: KeyAccess = KeyAccess(),
        generator: any RandomNumberGenerator = SystemRandomNumberGenerator(),
        progress: @escaping (Phrase) -> Void = { _ in }
    ) {
        self.bundle = bundle
        day = today
        self.machine = machine
        self.access = access
        self.generator = generator
        self.progress = progress
    }

    /// Restores into a folder, which may have a store.
    ///
    /// - Parameter isPlan: Whether to do it all but the last step, and take it back.
    public mutating func run(into folder: String, isPlan: Bool = false) throws -> RestoreReport {
        // Where a run was cut off between two renamings, the keys lie aside with the new store.
        let home = StoreKeys(store: FolderSwap.home(of: folder), access: access)
        progress(Phrase("Läser säkerhetskopian …", "Reading the backup …"))
        let opened = try BundleFile.read(
            bundle, unlock: home.unlock,
            opened: { bundle in
                guard bundle.manifest.kind == .full else { throw BackupError.notFull }
            })
        let swap = try FolderSwap(folder, isPlan: isPlan)
        try StoreFolder(path: folder).refuseForeign()
        if !isPlan {
            let settled = try swap.settle(opened.id, day: day) { witness(swap.path) }
            if settled.isDone { return try finished(opened, swap.path, settled.former) }
        }
        let (keys, found) = (StoreKeys(store: folder, access: access), StoreFolder(path: folder))
        return try build(opened, keys, found, swap, isPlan: isPlan)
    }

    private mutating func build(
        _ opened: OpenedBundle, _ keys: StoreKeys, _ found: StoreFolder, _ swap: FolderSwap,
        isPlan: Bool
    ) throws -> RestoreReport {
        let hadStore = found.hasStore
        // Held until the end: nobody writes to what is being moved.
        let lock =
            hadStore
            ? try StoreLock(path: found.path + "/" + UnitStore.lockName, act: "restore") : nil
        defer { withExtendedLifetime(lock) {} }
        let old = try former(found, opened)
        try swap.begin(opened.id)
        do {
            let device = try makeKeys(opened, keys, found, swap.aside, old)
            progress(Phrase("Bygger lagret …", "Building the store …"))
            var source = StoreSource(
                opened.manifest, signer: opened.signer, device: device.key.bytes,
                id: StoreID.random(using: &generator),
                lives: old.map { $0.identity.formerly + [$0.identity.id] } ?? [])
            source.statements += device.statements.compactMap(\.stored)
            let sum = try StoreBuilder.build(
                source, in: swap.aside, keptBytesMax: keptBytesMax
            ) { feed in
                let again = try feed.take(bundle: bundle, keys.unlock)
                guard again.id == opened.id else { throw BundleRefusal.damaged }
            }
            let difference = try old.flatMap { try compare($0, swap.aside) }
            let former: String?
            if isPlan {
                try swap.removeAside()
                former = nil
            } else {
                former = try swap.finish(day: day) { witness(swap.path) }
            }
            return RestoreReport(
                path: swap.path, summary: BundleSummary(opened),
                network: source.root.map { KeyName($0) },
                state: sum.state, lost: difference?.lost, gained: difference?.gained,
                hadStore: hadStore, former: former, device: KeyName(device.key),
                hasNewKeys: device.isNew, isPlan: isPlan)
        } catch let error as BackupError {
            if case .unfinished = error { throw error }
            try? swap.removeAsideIfMarked()
            throw error
        } catch {
            try? swap.removeAsideIfMarked()
            throw error
        }
    }

    /// The report of a run that was cut off after the last step that matters.
    private func finished(
        _ opened: OpenedBundle, _ path: String, _ former: String?
    ) throws -> RestoreReport {
        let store = try UnitStore(folder: path, access: .reading)
        return RestoreReport(
            path: path, summary: BundleSummary(opened),
            network: opened.manifest.root.map { KeyName($0) }, state: nil, lost: nil, gained: nil,
            hadStore: former != nil, former: former,
            device: DeviceKey(bytes: store.identity.device).map { KeyName($0) },
            hasNewKeys: store.identity.device != opened.signer.bytes, isPlan: false)
    }

    /// So that the store, when it is first written to, does not pass for a copy.
    private func witness(_ path: String) {
        guard let store = try? UnitStore(folder: path, access: .reading) else { return }
        let id = store.identity.id
        _ = Witness(machine, folder: path, heads: Acknowledgement())
            .write(to: Witness.path(of: id, in: machine.stateFolder))
    }

    // MARK: What was there

    /// The store that is there, if it can be read.
    private func former(_ found: StoreFolder, _ opened: OpenedBundle) throws -> UnitStore? {
        guard found.hasStore, let store = try? UnitStore(folder: found.path, access: .reading)
        else { return nil }
        let (there, sender) = (store.identity, opened.manifest.sender)
        let root = try? store.read { try $0.rootKey() }
        let isOfOtherNetwork =
            root.flatMap { $0 }.map { key in
                opened.manifest.root.map { $0.bytes != key } ?? false
            } ?? false
        guard there.unit == sender.unit, there.isCentral == sender.isCentral,
            Text(there.machine) == sender.machine, !isOfOtherNetwork
        else { throw BackupError.otherStore(found.path, unit: "\(there.unit)\(there.machine)") }
        return store
    }

    /// What the former store has and the new one lacks, and the other way round; `nil` if the former
    /// is damaged.
    private func compare(
        _ old: UnitStore, _ aside: String
    ) throws -> (lost: StoreDifference, gained: StoreDifference)? {
        let new = try UnitStore(folder: aside, access: .reading)
        return try new.read { new in
            let here = try Ledger(new, reader: LogLineReader())
            return try? old.read { old in
                let there = try Ledger(old, reader: LogLineReader())
                return (
                    lost: try StoreDifference(of: there, lackingIn: here),
                    gained: try StoreDifference(of: here, lackingIn: there)
                )
            }
        }
    }

    // MARK: Keys

    private struct Device {
        let key: DeviceKey
        let isNew: Bool
        /// What the root key says of it, if it had to say something.
        var statements: [SignedStatement] = []
    }

    /// Takes the keys along that are there, or makes new ones; a backup has none.
    private mutating func makeKeys(
        _ opened: OpenedBundle, _ keys: StoreKeys, _ found: StoreFolder, _ aside: String,
        _ old: UnitStore?
    ) throws -> Device {
        try found.copyPrivate(to: aside)
        if keys.deviceFile.isThere {
            if let old, let key = DeviceKey(bytes: old.identity.device) {
                return Device(key: key, isNew: false)
            }
            let open = KeyFile(path: keys.deviceFile.path + ".pub").bytesIfAny
            let line = open.map { String(decoding: $0, as: UTF8.self) }
            return Device(
                key: try line.flatMap { DeviceKey(openSSH: $0) } ?? keys.device().publicKey,
                isNew: false)
        }
        let sender = opened.manifest.sender
        var founding = Founding.alone
        if sender.isCentral, opened.manifest.network != nil {
            guard let copy = access.rootPath else { throw KeyError.noRoot }
            founding = .centralAgain(copy: copy, allowsPlain: false)
        }
        let made = StoreKeys(store: aside, access: access)
        try? FileManager.default.removeItem(atPath: made.folder)
        _ = try made.found(try KeyFounding(founding, access, &generator))
        var device = Device(key: try made.device().publicKey, isNew: true)
        if case .centralAgain = founding, let network = opened.manifest.network {
            let root = try made.root()
            guard root.publicKey == opened.manifest.root else {
                throw KeyError.foreign(made.rootFile.path)
            }
            let certificate = Certificate(
                network: network, number: 1, key: device.key,
                recipient: try made.identity().recipient, role: .central, unit: sender.unit,
                name: sender.name, machine: sender.machine)
            device.statements = [SignedStatement(.certificate(certificate), by: root)]
        }
        return device
    }
}
