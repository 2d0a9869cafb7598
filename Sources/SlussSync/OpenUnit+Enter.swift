import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

extension OpenUnit {
    /// The door to the store for one change.
    func ledger(_ transaction: StoreTransaction) throws -> Ledger {
        try Ledger(transaction, reader: reader, memory: ledgerMemory)
    }

    /// Makes one write on a record, new or known, and folds it in: the act behind every entry.
    ///
    /// The write goes to this store's own log for the record's audience; the log is started if
    /// this is its first write. Its context is all that this store has of the record.
    @discardableResult
    func enter(
        _ ledger: inout Ledger, record: RecordID, kind: Text, audience: Audience,
        body: Write.Body, day: Day? = nil
    ) throws -> StoredRecord {
        var body = body
        if body.addsUp {
            body.once = Text(Hex.string(StoreID.random(using: &generator).bytes.prefix(8)))
        }
        let no = try ledger.transaction.recordNo(record, audience)
        let context = try no.map { try ledger.transaction.context(no: $0) }
        let log = try ownLog(&ledger, for: audience, record: no, context ?? VersionVector())
        let line = LogLine(
            after: log.digest, dot: Dot(replica: log.replica, counter: log.count + 1),
            record: record, kind: kind, context: context ?? VersionVector(), day: day ?? today,
            body: body)
        guard max(line.envelopeBytes.count, body.line.count) <= BundleLimits.lineBytesMax else {
            throw InputError.tooMuchAtOnce
        }
        try ledger.requireRoom(for: line, of: no)
        try ledger.append([line], to: log.replica, isEntered: true)
        var changed: Int64?
        try ledger.fold { changed = $0.no }
        guard let changed else { preconditionFailure("a write touches its record") }
        nextMemory = ledger.memory
        return try ledger.transaction.record(no: changed)
    }

    /// This store's log for an audience, started if there is none.
    ///
    /// If its last write to the record does not count – a merge that it builds on was undone – a
    /// new log is started: a write must have seen all earlier ones of its own log.
    private func ownLog(
        _ ledger: inout Ledger, for audience: Audience, record: Int64?, _ context: VersionVector
    ) throws -> StoredLog {
        guard let device = DeviceKey(bytes: store.identity.device) else {
            throw StoreError.damaged(what: "store")
        }
        guard try ledger.authority().revocations[device] == nil else { throw KeyError.shutOut }
        let own = ledger.logs.values.filter { $0.ownership == .live && $0.audience == audience }
        if var log = own.min(by: { $0.no < $1.no }) {
            let last = try record.map {
                try ledger.transaction.lastCounter(of: log, record: $0)
            }
            if last ?? 0 == context[log.replica] { return log }
            log.ownership = .retired
            try ledger.transaction.update(log)
            ledger.note(log)
        }
        return try ledger.log(
            device.newLog(using: &generator), audience: audience,
            owner: unit,
            machine: store.identity.machine, ownership: .live)
    }

    /// Finds a record by its number or by the first letters of its id.
    func find(_ reference: String, in transaction: StoreTransaction) throws -> StoredRecord {
        let numbered = try transaction.records(number: reference.uppercased())
        guard numbered.count < 2 else {
            throw InputError.ambiguousNumber(
                reference.uppercased(), ids: numbered.map { $0.state.record.description })
        }
        if let record = numbered.first { return record }
        // Four digits are the store's own; four more tell a few hundred records apart.
        guard reference.utf8.count >= 8, reference.utf8.count <= 32,
            let prefix = Hex.bytes(reference.lowercased().prefix(reference.utf8.count / 2 * 2))
        else { throw InputError.noSuchRecord(reference) }
        let found = try transaction.records(idPrefix: prefix).filter {
            $0.state.record.description.hasPrefix(reference.lowercased())
        }
        guard let record = found.first else { throw InputError.noSuchRecord(reference) }
        guard found.count == 1 else { throw InputError.ambiguousRecord(reference) }
        return record
    }
}

extension Ledger {
    /// The last write that this store has made for an audience.
    func lastOwn(for audience: Audience) throws -> Dot {
        let own = logs.values.filter { $0.ownership == .live && $0.audience == audience }
        guard let log = own.min(by: { $0.no < $1.no }), log.count > 0 else {
            throw StoreError.damaged(what: "log")
        }
        return Dot(replica: log.replica, counter: log.count)
    }
}

extension Write.Body {
    /// Whether doing the same twice is not the same as doing it once.
    fileprivate var addsUp: Bool {
        changes.contains { change in
            switch change.change {
            case .plus, .append: true
            default: false
            }
        }
    }
}
