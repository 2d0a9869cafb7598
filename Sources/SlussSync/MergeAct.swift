import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

/// The merging of one bundle, within one transaction.
final class MergeAct {
    let unit: OpenUnit
    private let file: String
    private let upcoming: String?
    private let queue: BundleQueue
    private let currentRun: Int64?
    private let allowed: MergeAllowance
    /// The sender as it was known, if it was; once it has been looked up.
    private var sender: StoredPeer??
    let transaction: StoreTransaction
    private(set) var bundle: OpenedBundle?
    /// The device that was let in by this bundle.
    var enrolled: KeyName?
    /// Whether the sender has been shut out; what it wrote before may still count.
    var isShutOut = false
    /// Whether this store has learned that it has been let in.
    var isLetIn = false
    /// How many statements were new.
    var learned = 0
    /// The logs of which it must be asked anew how far they are covered.
    var toCover: Set<ReplicaID> = []
    /// The sender's bundles between the last one merged and this one.
    private(set) var missingNumbers: ClosedRange<UInt64>?
    /// The logs that are taken; lines of others are passed over.
    private var admitted: [ReplicaID: BundleManifest.LogRange] = [:]
    /// Where each of them goes on.
    private var positions: [ReplicaID: LogPosition] = [:]
    private var writeCount = 0
    /// Adds up what comes, if that may be held.
    private var largeWatch: LargeBundleWatch?

    init(
        unit: OpenUnit, file: String, upcoming: String?, queue: BundleQueue, run: Int64?,
        allowing allowed: MergeAllowance, _ transaction: StoreTransaction
    ) {
        self.allowed = allowed
        self.unit = unit
        self.file = file
        self.upcoming = upcoming
        self.queue = queue
        self.currentRun = run
        self.transaction = transaction
    }

    func run() throws -> MergeRun.Merged {
        var ledger = try Ledger(
            transaction, reader: unit.reader, indexing: .later, memory: unit.ledgerMemory)
        ledger.watch = PersonalNumberWatch(today: unit.today)
        let before = ledger.vector { _ in true }
        let forksBefore = ledger.forkPoints
        let bundle = try queue.read(
            file, upcoming: upcoming,
            opened: { bundle in
                self.bundle = bundle
                missingNumbers = try missing(bundle.manifest)
                try admitReceiver(bundle.manifest)
                try trust(bundle, &ledger)
                try admit(bundle.manifest, &ledger)
                try requireRoom(for: bundle)
                if !allowed.contains(.largeBundle), !ledger.sizes.isPassedOn {
                    largeWatch = LargeBundleWatch()
                }
                if try !allowed.contains(.massChange) && isToBeWatched(bundle.manifest) {
                    ledger.massWatch = MassChangeWatch()
                }
            }, lines: { lines in try take(lines, &ledger) })
        let roots = Set(bundle.manifest.logs.map(\.root))
        try ledger.refuseDeepBranches(roots)
        try ledger.refuseManyLogs(roots)
        if !ledger.renamings.isEmpty { try transaction.rename(ledger.renamed) }
        let (manifest, id) = (bundle.manifest, bundle.id)
        try ledger.cover(toCover.union(manifest.logs.map(\.root)))
        try ledger.refuseLargeRecords()
        // What was held back only because of a run that is no longer undone comes with it.
        if writeCount > 0, try !transaction.undoneRuns().isEmpty, try ledger.endUndoings() {
            writeCount += Int(clamping: try ledger.stepForward())
        }
        // Who has been shut out is not heeded in anything.
        let showsAnother = try !isShutOut && unit.showsAnother(manifest, ledger)
        let order = try order(bundle)
        if !isShutOut { try notePeer(bundle, ledger) }
        var report = BundleReport(
            file: file, summary: BundleSummary(bundle),
            outcome: writeCount == 0 ? .nothingNew : .merged)
        report.writes = writeCount
        // Only what a person must look at is read again for the report.
        var inConflict: Set<Int64> = []
        var numbers: Set<String> = []
        try ledger.fold(acknowledged: manifest.acknowledged) { change in
            report.count(change)
            if change.isInConflict { inConflict.insert(change.no) }
            if change.isNew, let number = change.number { numbers.insert(number) }
        }
        try refuseMassChange(ledger.massWatch, manifest, newRecords: report.newRecords)
        if let watch = ledger.watch {
            report.personalNumbers = try watch.report(.merge, in: transaction)
        }
        report.erasedRecords = ledger.erasedRecords.count
        report.missingNumbers = missingNumbers
        report.order = order
        report.enrolled = enrolled
        report.isLetIn = isLetIn
        report.isShutOut = isShutOut
        report.isEncrypted = bundle.isEncrypted
        report.wasSetBack = showsAnother || ledger.hasLostOwn
        report.sharedNumbers = try numbers.sorted().filter(transaction.isShared)
        if report.wasSetBack { try unit.renewStore(in: transaction) }
        var run = currentRun
        if writeCount > 0 {
            let number = try run ?? transaction.insertRun(day: unit.today)
            run = number
            try transaction.insert(
                MergedBundle(
                    digest: id, store: manifest.sender.store, unit: manifest.sender.unit,
                    number: manifest.number, writes: writeCount, records: report.records,
                    before: ledger.renamed(before), after: ledger.vector { _ in true },
                    computer: manifest.sender.computer.string),
                run: number)
        }
        report.forks = try ledger.forks(excluding: forksBefore)
        unit.nextMemory = report.wasSetBack ? nil : ledger.memory
        return MergeRun.Merged(
            report: report, inConflict: inConflict, run: run, words: ledger.words,
            hasErased: !ledger.erasedRecords.isEmpty)
    }

    /// Refuses a bundle that is new here if the store's disk has not even room for the packed file
    /// twice: the log alone takes five times as much, and the write-ahead log as much again.
    private func requireRoom(for bundle: OpenedBundle) throws {
        guard try transaction.vector(afterBundle: bundle.id) == nil else { return }
        try DiskRoom.require(2 * DiskRoom.size(file), in: unit.store.folder)
    }

    /// Asks whether the bundle is for this store, and whether its logs continue what is here.
    private func admit(_ manifest: BundleManifest, _ ledger: inout Ledger) throws {
        let scope = unit.scope(of: unit.isCentral ? nil : unit.unit)
        // How far the bundle itself has a log; a manifest is sorted by root.
        var reached: (root: ReplicaID, to: UInt64)?
        for log in manifest.logs {
            let isInBundle = reached.map { $0.root == log.root && log.from <= $0.to + 1 } ?? false
            reached = (
                log.root, reached?.root == log.root ? max(reached?.to ?? 0, log.to) : log.to
            )
            // A full bundle holds its store's drafts; only restoring takes those back.
            if log.audience == .local, manifest.kind == .full { continue }
            guard scope(log.audience) else {
                throw BundleRefusal.wrongAudience(log.audience.description)
            }
            admitted[log.replica] = log
            // What a branch continues may come with the same bundle: then it is looked up later.
            if !isInBundle { positions[log.replica] = try ledger.position(log) }
        }
        try ledger.refuseManyLogs(manifest.logs.map(\.root))
    }

    /// Asks whether the bundle is for this store at all, before who has made it.
    private func admitReceiver(_ manifest: BundleManifest) throws {
        guard isForUs(manifest) else {
            throw BundleRefusal.wrongReceiver(manifest.receiver.description)
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

    /// Takes the lines that are new, after comparing those that are not.
    private func take(_ lines: [LogLine], _ ledger: inout Ledger) throws {
        try largeWatch?.note(lines)
        guard let replica = lines.first?.write.dot.replica, let range = admitted[replica] else {
            return
        }
        var position = try positions[replica].map(ledger.renamed) ?? ledger.position(range)
        writeCount += try ledger.take(lines, at: &position)
        positions[replica] = position
    }

    /// Notes what the sender says that it has, if this is its newest bundle.
    private func notePeer(_ bundle: OpenedBundle, _ ledger: Ledger) throws {
        let (manifest, id) = (bundle.manifest, bundle.id)
        let sender = manifest.sender
        guard sender.store != unit.store.identity.id, manifest.kind != .full else { return }
        let known = try knownPeer(manifest)
        var peer = StoredPeer(
            manifest, id: id, number: manifest.number, day: unit.today,
            acknowledged: manifest.acknowledged, device: bundle.signer)
        // Two bundles under one name and number: two machines send as one store.
        let isTwin = known?.number == manifest.number && known?.bundle != id
        if let known, known.number > manifest.number || isTwin {
            // An old bundle, or a sender that has been set back: the smaller claim is the safe
            // one, since the next export then holds more, never less.
            peer = known
            peer.acknowledged = known.acknowledged.met(with: manifest.acknowledged)
        } else if let known, known.bundle == id {
            // A file that lies on the stick since last year is no news from its unit.
            peer.day = known.day
        }
        let own = unit.store.identity.id
        peer.heard = manifest.receipts.first { $0.store == own }?.number ?? 0
        peer.twins = (known?.twins ?? 0) + (isTwin ? 1 : 0)
        peer.waiting = known.map { $0.waiting > manifest.number ? $0.waiting : 0 } ?? 0
        try transaction.save(peer)
        try noteVisible(manifest, ledger)
        // Once only: if that was a copy, the store that still has the name is heard from again.
        if known == nil {
            // Nobody speaks for another unit's stores.
            for former in try sender.formerly.compactMap(transaction.peer)
            where former.device == bundle.signer.bytes {
                try transaction.forgetPeer(former.store)
            }
        }
    }

    /// Notes what of this store's own writes the sender's unit can see now: answers count from then.
    private func noteVisible(_ manifest: BundleManifest, _ ledger: Ledger) throws {
        let seen = try ledger.resolve(manifest.acknowledged)
        for log in ledger.logs.values where log.isOwn && log.audience != .local {
            try transaction.noteVisible(
                manifest.sender.unit, log: log.no, upTo: seen[log.replica], day: unit.today)
        }
    }

    /// How the bundle stands to the one of its sender that was merged last.
    private func order(_ bundle: OpenedBundle) throws -> BundleReport.Order {
        let manifest = bundle.manifest
        guard manifest.kind != .full, manifest.sender.store != unit.store.identity.id,
            let last = try knownPeer(manifest)
        else { return .next }
        if manifest.number < last.number { return .older(than: last.number) }
        if manifest.number == last.number { return bundle.id == last.bundle ? .next : .other }
        guard manifest.number == last.number + 1, let digest = last.bundle else { return .next }
        return manifest.previous == digest ? .next : .other
    }

    /// The sender as it was known before this bundle.
    func knownPeer(_ manifest: BundleManifest) throws -> StoredPeer? {
        if let sender { return sender }
        let peer = try transaction.peer(manifest.sender.store)
        sender = .some(peer)
        return peer
    }

    func lastNumber(_ manifest: BundleManifest) throws -> UInt64 {
        // A peer can have been forgotten; what it brought has not.
        let store = manifest.sender.store
        let peer = try knownPeer(manifest)
        return try peer?.number ?? transaction.lastMergedNumber(of: store)
    }

    private func missing(_ manifest: BundleManifest) throws -> ClosedRange<UInt64>? {
        let last = try lastNumber(manifest)
        // The first bundle of a store that goes on under a new name has no predecessor.
        guard manifest.kind != .full, manifest.number > last + 1,
            last > 0 || manifest.previous != nil
        else { return nil }
        return last + 1...manifest.number - 1
    }
}

extension StoredPeer {
    /// The sender of a bundle, as a peer.
    init(
        _ manifest: BundleManifest, id: BundleID?, number: UInt64, day: Day,
        acknowledged: Acknowledgement, device: DeviceKey
    ) {
        let sender = manifest.sender
        self.init(
            store: sender.store, unit: sender.unit, name: sender.name.string,
            machine: sender.machine.string, isCentral: sender.isCentral, number: number, day: day,
            acknowledged: acknowledged, waiting: 0, bundle: id, device: device.bytes)
        producer = manifest.producer.string
    }
}
