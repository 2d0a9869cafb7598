import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

/// A store's lives: a store that was copied or set back goes on under a new name, with new logs,
/// so that no name of a write is ever given twice.
extension OpenUnit {
    /// Makes a change to the store, and lets the witness know once it is committed.
    ///
    /// Before the first change, and together with it, the store is compared with its witness, and
    /// what an older release could not understand is folded again: who changes nothing in the end
    /// has changed nothing of this either.
    func write<Result>(_ body: (StoreTransaction) throws -> Result) throws -> Result {
        let doubt = isSettled ? nil : try incarnationDoubt()
        let result: Result
        do {
            result = try store.write { transaction in
                if doubt != nil { try renewStore(in: transaction) }
                if !isSettled { try refoldIfNewer(in: transaction) }
                if !isIndexed { try indexWhatIsMarked(in: transaction) }
                let result = try body(transaction)
                try interruption?(.beforeCommit)
                return result
            }
        } catch {
            (ledgerMemory, nextMemory) = (nil, nil)
            try store.refreshIdentity()
            throw error
        }
        (isSettled, isIndexed) = (true, true)
        (ledgerMemory, nextMemory) = (nextMemory, nil)
        try interruption?(.beforeWitness)
        if !(try updateWitness()) { notify?(Self.unwritableWitness(machine.stateFolder)) }
        if let doubt { notify?(Self.renewedNotice(doubt)) }
        return result
    }

    /// Does what a change would do and takes it back.
    func rehearse<Result>(_ body: (StoreTransaction) throws -> Result) throws -> Result {
        let result = Swift.Result { try store.rehearse(body) }
        (ledgerMemory, nextMemory) = (nil, nil)
        try store.refreshIdentity()
        return try result.get()
    }

    /// Gives the store a new name and retires its logs, within a transaction.
    ///
    /// A new log costs nothing; a name given twice costs someone's note.
    func renewStore(in transaction: StoreTransaction) throws {
        #if SLUSS_SABOTAGE
            if Sabotage.current == .counterReuse { return }
        #endif
        let identity = try transaction.currentIdentity().renewed(StoreID.random(using: &generator))
        try transaction.renew(identity)
        store.adopt(identity)
    }

    /// Whether the sender has heard from this store what it has not said, or has other writes under
    /// a name that this store writes under, or more of them: then this one was set back, or another
    /// is its copy.
    func showsAnother(_ manifest: BundleManifest, _ ledger: Ledger) throws -> Bool {
        let own = store.identity.id
        guard manifest.sender.store != own, manifest.kind != .full else { return false }
        let name = isCentral ? manifest.sender.unit.description : "central"
        let isUnsaid = try manifest.receipts.contains { receipt in
            try receipt.store == own
                && ledger.transaction.sentDigest(to: name, number: receipt.number, by: own)
                    != receipt.bundle
        }
        return try isUnsaid
            || ledger.logs.values.contains { log in
                guard log.ownership == .live, let head = manifest.acknowledged[log.replica] else {
                    return false
                }
                return try ledger.transaction.digest(of: log, at: head.count) != head.digest
            }
    }

    /// Why the store cannot be sure that it is the one that its witness saw.
    func doubt() throws -> Witness.Doubt? {
        try store.read { transaction in
            let path = Witness.path(of: store.identity.id, in: machine.stateFolder)
            guard let witness = Witness(path: path) else { return .missing }
            let logs = try transaction.logs()
            let now = Witness(machine, folder: store.folder, heads: Acknowledgement())
            return try witness.doubt(of: now) { replica, count in
                try logs[replica].flatMap { try transaction.digest(of: $0, at: count) }
            }
        }
    }

    /// Why the store must go on under a new name before it is written to.
    private func incarnationDoubt() throws -> Witness.Doubt? {
        #if SLUSS_SABOTAGE
            if Sabotage.current == .counterReuse { return nil }
        #endif
        return try doubt()
    }

    /// Settles the store's name where it is needed before anything is written.
    func settle() throws {
        if !isSettled { try write { _ in } }
    }

    /// Notes how far the store's own logs have come.
    ///
    /// - Returns: Whether it could.
    private func updateWitness() throws -> Bool {
        let logs = try ledgerMemory?.logs ?? store.read { try $0.logs() }
        let heads = Acknowledgement(
            logs.values.filter { $0.ownership == .live }.compactMap { log in
                log.head.map { (log.replica, $0) }
            })
        let witness = Witness(machine, folder: store.folder, heads: heads)
        guard witness != self.witness || witnessed != store.identity.id else { return true }
        guard
            witness.write(
                to: Witness.path(of: store.identity.id, in: machine.stateFolder))
        else { return false }
        self.witness = witness
        witnessed = store.identity.id
        return true
    }

    /// Indexes what a merge that was interrupted had merged and not indexed.
    private func indexWhatIsMarked(in transaction: StoreTransaction) throws {
        let records = try transaction.unindexedRecords()
        guard !records.isEmpty else { return }
        var words = SearchBacklog()
        for no in records {
            words.note(try transaction.record(no: no).state.searchText, of: no)
            if words.isLarge { try words.index(in: transaction) }
        }
        try words.index(in: transaction)
        try transaction.clearUnindexed()
    }

    private func refoldIfNewer(in transaction: StoreTransaction) throws {
        guard try transaction.foldNumber() < Release.fold else { return }
        var ledger = try Ledger(transaction, reader: reader)
        for no in try transaction.recordsToRefold() { ledger.touched[no] = true }
        try ledger.fold { _ in }
        try transaction.setFoldNumber(Release.fold)
    }
}
