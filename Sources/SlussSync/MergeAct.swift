import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

/// The merging of one bundle, within one transaction.
final class MergeAct {
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
        let isAheadOfUs = try notePeer(manifest, ledger)
        var report = BundleReport(
            file: file, summary: BundleSummary(manifest, id: id),
            outcome: writeCount == 0 ? .nothingNew : .merged)
        report.writes = writeCount
        // Only what a person must look at is read again for the report.
        var inConflict: Set<Int64> = []
        var numbers: Set<String> = []
        try ledger.fold { change in
            report.records += 1
            if change.isNew { report.newRecords += 1 }
            if change.isParallel { report.parallelRecords += 1 }
            if !change.conflicts.isEmpty { inConflict.insert(change.no) }
            if change.state.holdsUnknown { report.unknownRecords += 1 }
            if change.isNew, let number = change.state.text("number") { numbers.insert(number) }
        }
        report.missingNumbers = missingNumbers
        report.isAheadOfUs = isAheadOfUs
        report.sharedNumbers = try numbers.sorted().filter {
            try transaction.records(number: $0).count > 1
        }
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
    ///
    /// - Returns: Whether it says to have more of this store's own writes than this store: then this
    ///   one has been set back. The claim is cut to what is here, or later writes would be withheld.
    private func notePeer(_ manifest: BundleManifest, _ ledger: Ledger) throws -> Bool {
        let sender = manifest.sender
        guard sender.store != unit.store.identity.id, manifest.kind != .full else { return false }
        var acknowledged = manifest.acknowledged
        for log in ledger.logs.values where log.isOwn {
            acknowledged[log.replica] = min(acknowledged[log.replica], log.count)
        }
        let known = try transaction.peers().first { $0.store == sender.store }
        var peer = StoredPeer(
            manifest, number: manifest.number, day: unit.today, acknowledged: acknowledged)
        if let known, known.number > manifest.number {
            // An old bundle, or a sender that has been set back: the smaller claim is the safe
            // one, since the next export then holds more, never less.
            peer = known
            peer.acknowledged = known.acknowledged.met(with: acknowledged)
        }
        peer.waiting = known.map { $0.waiting > manifest.number ? $0.waiting : 0 } ?? 0
        try transaction.save(peer)
        return acknowledged != manifest.acknowledged
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
    init(
        _ manifest: BundleManifest, number: UInt64, day: Day, acknowledged: VersionVector
    ) {
        let sender = manifest.sender
        self.init(
            store: sender.store, unit: sender.unit, name: sender.name.string,
            machine: sender.machine.string, isCentral: sender.isCentral, number: number, day: day,
            acknowledged: acknowledged, waiting: 0)
    }
}
