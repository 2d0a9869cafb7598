import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

/// One run of the merge tool: which bundles are still to try, and what became of the others.
struct MergeRun {
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
        /// The words to be indexed at the end of the run.
        var words: SearchBacklog
        /// Whether content has been erased, and so all that there is has been indexed anew.
        var hasErased: Bool
    }

    private let unit: OpenUnit
    private let files: [File]
    private let allowed: MergeAllowance
    private var waiting: [File]
    private var reports: [File: BundleReport] = [:]
    private var retries: [File] = []
    private var hasProgressed = false
    private var inConflict: Set<Int64> = []
    private var run: Int64?
    private var forOthers = 0
    private var gaps: [File: OpenedBundle] = [:]
    /// Those of them whose senders have been shut out: they are owed nothing.
    private var shutOut: Set<File> = []
    /// A bundle that waits, of which not even the network's facts have been kept yet.
    private var untold: OpenedBundle?
    /// What has been merged and is not indexed yet; the store has marked it.
    private var words = SearchBacklog()
    /// Whether content has been erased: what is left of it in the write-ahead log must go, too.
    private(set) var hasErased = false

    /// The bundle that will be tried after the one at hand, as it looks now.
    var upcoming: File? { waiting.first }
    /// Reads the bundles.
    let queue: BundleQueue

    /// Whether so many words wait that they are better indexed now.
    var hasManyWords: Bool { words.isLarge }
    /// Whether anything has been merged.
    var hasMerged: Bool { run != nil }

    /// Indexes the words that wait.
    ///
    /// - Parameter isLast: Whether nothing more comes: then all that was marked has been indexed.
    mutating func index(in transaction: StoreTransaction, isLast: Bool) throws {
        try words.index(in: transaction)
        if isLast { try transaction.clearUnindexed() }
    }

    /// Whether a bundle waits for an earlier one.
    var hasGaps: Bool { !gaps.isEmpty }

    /// - Parameter allowed: What is let in though it would be held.
    init(unit: OpenUnit, files: [File], allowing allowed: MergeAllowance) {
        self.allowed = allowed
        self.unit = unit
        self.files = files
        self.waiting = files
        queue = BundleQueue(keys: unit.keys, today: unit.today)
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
            if merged.hasErased { (words, hasErased) = (SearchBacklog(), true) }
            words.add(merged.words)
            if merged.report.writes > 0 { hasProgressed = true }
            gaps[file] = nil
        case .failure(let error): note(file, error)
        }
    }

    private mutating func note(_ file: File, _ error: any Error) {
        let refused = error as? RefusedBundle
        let reason = refused?.reason ?? error
        switch reason as? BundleRefusal {
        case .wrongReceiver?, .noKey?:
            if file.isFromFolder {
                forOthers += 1
                return
            }
        case let refusal? where refusal.isGap:
            retries.append(file)
            gaps[file] = refused?.bundle
            if refused?.isShutOut ?? false { shutOut.insert(file) }
            untold = refused?.bundle
        // Another bundle may bring the word that its device has been let in.
        case .unknownDevice?: retries.append(file)
        default: break
        }
        var report = BundleReport(file: file.path, outcome: .refused(reason))
        if let bundle = refused?.bundle { report.summary = BundleSummary(bundle) }
        report.gap = (reason as? BundleRefusal).flatMap { Gap($0, refused?.bundle?.manifest) }
        report.gap?.isUndone = refused?.isUndone ?? false
        report.missingNumbers = refused?.missing
        reports[file] = report
    }

    /// Keeps what a bundle that waits says of the network: who has been let in or shut out holds
    /// whatever becomes of its writes.
    ///
    /// Only bundles from devices of the network come this far.
    mutating func keepFacts(in transaction: StoreTransaction) throws {
        defer { untold = nil }
        guard let untold else { return }
        let authority = try Authority(transaction)
        var ledger = try Ledger(transaction, reader: unit.reader)
        var toCover: Set<ReplicaID> = []
        for signed in untold.manifest.statements where authority.vouches(signed) {
            guard let stored = signed.stored, try transaction.insert(stored) else { continue }
            hasProgressed = true
            toCover.formUnion(try transaction.logs(signedBy: stored.key))
        }
        try ledger.cover(toCover)
        try ledger.fold { _ in }
    }

    /// Whether a bundle that waits has something to tell of the network.
    var hasFacts: Bool { untold != nil }

    /// Remembers who has bundles that wait here, so that the next bundle back tells them what is
    /// here; nothing of the bundles themselves is taken.
    ///
    /// What such a bundle tells of this store's own name is heeded all the same: a new name costs
    /// nothing, and waiting for what is missing must not make two machines write under one.
    mutating func noteWaiting(in transaction: StoreTransaction) throws {
        let ledger = try Ledger(transaction, reader: unit.reader)
        var isAnother = false
        for (file, bundle) in gaps where bundle.manifest.kind != .full && !shutOut.contains(file) {
            let manifest = bundle.manifest
            let known = try transaction.peer(manifest.sender.store)
            var peer =
                known
                ?? StoredPeer(
                    manifest, id: nil, number: 0, day: unit.today,
                    acknowledged: manifest.acknowledged, device: bundle.signer)
            peer.waiting = max(peer.waiting, manifest.number)
            try transaction.save(peer)
            if try unit.showsAnother(manifest, ledger) {
                isAnother = true
                reports[file]?.wasSetBack = true
            }
        }
        if isAnother { try unit.renewStore(in: transaction) }
    }

    func report(
        _ plan: MergePlan, isPlan: Bool, in transaction: StoreTransaction
    ) throws -> MergeReport {
        var report = MergeReport(isPlan: isPlan)
        report.run = isPlan ? nil : run
        report.bundles = files.compactMap { reports[$0] }
        report.forOthers = forOthers
        let logs = try transaction.logs()
        for no in inConflict.sorted() {
            let state = try transaction.record(no: no).state
            report.conflicts += try state.conflicts.map {
                try unit.view(of: $0, state, logs, in: transaction)
            }
        }
        report.planDigest = plan.digest(report)
        return report
    }

    /// Whether what a bundle waits for is here, and does not count since a merge was undone.
    private func isUndone(_ error: any Error, in transaction: StoreTransaction) throws -> Bool {
        guard let gap = (error as? BundleRefusal).flatMap({ Gap($0, nil) }) else { return false }
        return try transaction.logs().values.contains {
            $0.root == gap.replica && $0.count < gap.to && gap.to <= $0.stored
        }
    }

    /// Merges one bundle within a transaction that the caller takes back if this throws.
    func merge(_ file: File, in transaction: StoreTransaction) throws -> Merged {
        let act = MergeAct(
            unit: unit, file: file.path, upcoming: upcoming?.path, queue: queue, run: run,
            allowing: allowed, transaction)
        do { return try act.run() } catch {
            throw RefusedBundle(
                reason: error, bundle: act.bundle, isShutOut: act.isShutOut,
                missing: act.missingNumbers,
                isUndone: try isUndone(error, in: transaction))
        }
    }
}

/// A refusal, with what had been read of the bundle by then.
private struct RefusedBundle: Error {
    let reason: any Error & Sendable
    let bundle: OpenedBundle?
    let isShutOut: Bool
    let missing: ClosedRange<UInt64>?
    let isUndone: Bool
}
