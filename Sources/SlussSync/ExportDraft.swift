import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

/// A bundle decided in every byte, before the first is written.
struct ExportDraft {
    let manifest: BundleManifest
    let id: BundleID
    /// The entries before the payload.
    let head: [BundleEntry]
    /// The newest bundle made for the same receiver before.
    let last: SentBundle?
    /// Whether this is that bundle again.
    let isRepeat: Bool
    private let stretches: [(log: StoredLog, from: UInt64)]
    private let fingerprint: Digest
    private let lastHeard: UInt64?
    /// See ``stamp(_:)``.
    private let waiting: UInt64
    private let sender: StoreID
    /// Whether every store of the receiver says that it knows this one.
    private let isKnownThere: Bool
    /// Who can open the bundle; `nil` if there is no network to say so.
    let recipients: [AgeRecipient]?
    /// Whether the network takes bundles that are not encrypted.
    let allowsPlain: Bool
    /// What this store says of its own logs.
    private let ownHeads: [SignedStatement]
    private let device: DeviceKey
    /// The payload, if it is small: most are, and need not be read from the store again.
    private let kept: [Segment]?
    /// Bytes of its lines, before they are packed.
    let payloadBytes: Int
    private static let keptBytesMax = 4 << 20
    private let personalNumbers: PersonalNumberReport

    /// Whether there is nothing that the receiver does not have or has not been sent word of.
    ///
    /// A first bundle is made also when it is empty: it says that this store is there, so that
    /// a unit's second machine can be sent what the first has written. And as long as the
    /// receiver has not been heard from since, the last bundle may be lost, and is made again.
    var hasNothingNew: Bool {
        manifest.logs.isEmpty && !isRepeat && last?.upTo == manifest.acknowledged.vector
            && last?.waiting == waiting && last?.store == sender && isKnownThere
    }

    /// Decides a bundle.
    ///
    /// - Parameter numberMin: The least number that it may have: smaller ones are on the stick.
    init(
        _ unit: OpenUnit, _ kind: ExportKind, _ receiver: BundleManifest.Receiver,
        numberMin: UInt64 = 0, _ transaction: StoreTransaction
    ) throws {
        let isFull = if case .full = kind { true } else { false }
        let receiver = isFull ? .anyone : receiver
        let trust = try ExportTrust(unit, receiver, transaction)
        recipients = trust.recipients
        allowsPlain = trust.allowsPlain
        device = trust.device.publicKey
        let peers = try Self.peers(of: receiver, unit, trust, transaction)
        let ledger = try Ledger(transaction, reader: unit.reader)
        let base = isFull ? VersionVector() : try Self.base(peers.map(\.acknowledged), ledger)
        let scope = Self.scope(of: receiver, unit)
        let logs = ledger.logs.values.filter { isFull || scope($0.audience) }
            .sorted { $0.replica < $1.replica }
        let acknowledged = Acknowledgement(
            logs.filter { $0.audience != .local }.compactMap { log in
                log.head.map { (log.replica, $0) }
            })
        stretches = logs.map { ($0, max($0.start, base[$0.replica] + 1)) }
            .filter { $0.from <= $0.log.count }
            .sorted {
                ($0.log.root, $0.from, $0.log.replica) < ($1.log.root, $1.from, $1.log.replica)
            }
        let bundleKind: BundleManifest.Kind =
            isFull ? .full : unit.isCentral ? .return : .delta
        waiting = Self.stamp(peers, trust)
        isKnownThere = peers.allSatisfy { $0.heard > 0 }
        let receipts = peers.compactMap { peer in
            peer.bundle.map {
                BundleManifest.Receipt(store: peer.store, number: peer.number, bundle: $0)
            }
        }
        fingerprint = Self.fingerprint(
            bundleKind, receiver, base: base, logs: logs, receipts: receipts, waiting: waiting,
            trust, unit.store.identity)
        last = try transaction.lastSent(to: receiver.description)
        isRepeat = last?.fingerprint == fingerprint && numberMin <= last?.number ?? 0
        sender = unit.store.identity.id
        lastHeard = peers.map(\.number).max()

        let ranges = try stretches.map { log, from in
            try Self.range(log, from: from, ledger)
        }
        let number =
            isRepeat ? last?.number ?? 1 : max(numberMin, (last?.number ?? 0) + 1)
        // A store that goes on under a new name starts a sequence of its own.
        let before = last.flatMap { $0.store == unit.store.identity.id ? $0.digest : nil }
        let previous = isRepeat ? last?.previous : before
        var records: Set<Int64> = []
        for (log, from) in stretches {
            try transaction.collectRecords(of: log, from: from, through: log.count, into: &records)
        }
        let heads = try trust.heads(of: stretches.map(\.log), ledger)
        ownHeads = heads.own
        manifest = BundleManifest(
            network: trust.authority.network, kind: bundleKind, number: number, previous: previous,
            sender: Self.sender(unit),
            receiver: receiver, logs: ranges, acknowledged: acknowledged,
            receipts: receipts, statements: trust.statements + heads.all,
            recordCount: UInt64(records.count), producer: Text(Release.name))
        var plan = BundlePlan()
        var segments: [Segment] = []
        var byteCount = 0
        var watch = PersonalNumberWatch(today: unit.today)
        try Self.forEachSegment(
            stretches, transaction,
            line: { line, log in
                guard !isFull, let body = line.body, PersonalNumberWatch.mayHold(body),
                    let write = try? line.write(unit.reader),
                    let no = try transaction.recordNo(write.record, log.audience)
                else { return }
                watch.note(write, of: no)
            }
        ) { segment in
            plan.note(segment)
            byteCount += segment.files.reduce(0) { $0 + $1.bytes.count }
            if byteCount <= Self.keptBytesMax { segments.append(segment) } else { segments = [] }
        }
        kept = byteCount <= Self.keptBytesMax ? segments : nil
        payloadBytes = byteCount
        personalNumbers = try watch.report(.export, in: transaction)
        (head, id) = plan.head(manifest, signedBy: trust.device)
    }

    /// Hands out the payload, in order.
    func forEachSegment(
        _ transaction: StoreTransaction, _ body: (Segment) throws -> Void
    ) throws {
        if let kept { return try kept.forEach(body) }
        try Self.forEachSegment(stretches, transaction, body: body)
    }

    private static func forEachSegment(
        _ stretches: [(log: StoredLog, from: UInt64)], _ transaction: StoreTransaction,
        line note: (StoredLine, StoredLog) throws -> Void = { _, _ in },
        body: (Segment) throws -> Void
    ) throws {
        let reader = LogLineReader()
        for (log, from) in stretches {
            var builder = SegmentBuilder(replica: log.replica, from: from)
            try transaction.forEachLine(of: log, from: from, through: log.count) { line in
                try note(line, log)
                let erased =
                    line.body == nil ? try reader.bodyDigest(envelope: line.envelope) : nil
                let segment = builder.append(
                    envelope: line.envelope, body: line.body, bodyDigest: erased)
                if let segment { try body(segment) }
            }
            if let segment = builder.finish() { try body(segment) }
        }
    }

    private func sent(day: Day) -> SentBundle {
        SentBundle(
            receiver: manifest.receiver.description, number: manifest.number, digest: id,
            previous: manifest.previous, fingerprint: fingerprint,
            upTo: manifest.acknowledged.vector, day: day, waiting: waiting, store: sender)
    }

    /// What must be noted once the bundle has been made.
    func note(day: Day, in transaction: StoreTransaction) throws {
        try transaction.insert(sent(day: day))
        for head in ownHeads.compactMap(\.stored) { _ = try transaction.insert(head) }
    }

    func report(path: String, isEncrypted: Bool, _ border: BoardBorder?) -> ExportReport {
        let bundle = OpenedBundle(
            manifest: manifest, id: id, signer: device, isEncrypted: isEncrypted)
        return ExportReport(
            path: path, summary: BundleSummary(bundle), isRepeat: isRepeat,
            lastHeard: lastHeard, personalNumbers: personalNumbers, border: border)
    }

    /// A number that changes when the receiver has to be told again what is here, even if that is
    /// nothing new: a bundle of it waits here, or two machines send as one.
    private static func stamp(_ peers: [StoredPeer], _ trust: ExportTrust) -> UInt64 {
        let waiting = peers.map(\.waiting).max() ?? 0
        let twins = peers.reduce(0) { $0 + $1.twins }
        let news = trust.news
        guard waiting > 0 || twins > 0 || !news.isEmpty else { return 0 }
        return Digest.sha256(Array("\(waiting) \(twins) \(news)".utf8)).bytes.prefix(4)
            .reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func peers(
        of receiver: BundleManifest.Receiver, _ unit: OpenUnit, _ trust: ExportTrust,
        _ transaction: StoreTransaction
    ) throws -> [StoredPeer] {
        // A device that has been shut out must not keep the others' bundles large for ever.
        let peers = try transaction.peers().filter { !trust.isShutOut($0.device) }
        switch receiver {
        case .central:
            guard !unit.isCentral else { throw InputError.noSuchReceiver("central") }
            return peers.filter(\.isCentral)
        case .unit(let code):
            guard unit.isCentral else { throw InputError.noSuchReceiver(code.description) }
            let heard = peers.filter { $0.unit == code && !$0.isCentral }
            guard !heard.isEmpty || !trust.authority.devices(of: code).isEmpty else {
                let isKnown = trust.authority.certificates.values.contains { $0.unit == code }
                throw isKnown
                    ? InputError.allShutOut(code.description)
                    : InputError.unheardReceiver(code.description)
            }
            return heard
        case .anyone: return []
        }
    }

    /// What every machine of the receiver is known to have.
    private static func base(
        _ claims: [Acknowledgement], _ ledger: Ledger
    ) throws -> VersionVector {
        let vectors = try claims.map { try ledger.resolve($0) }
        guard let first = vectors.first else { return VersionVector() }
        return vectors.dropFirst().reduce(first) { $0.met(with: $1) }
    }

    private static func scope(
        of receiver: BundleManifest.Receiver, _ unit: OpenUnit
    ) -> (Audience) -> Bool {
        switch receiver {
        case .central: unit.scope(of: unit.unit)
        case .unit(let code): unit.scope(of: code)
        case .anyone: unit.scope(of: nil)
        }
    }

    private static func sender(_ unit: OpenUnit) -> BundleManifest.Sender {
        let identity = unit.store.identity
        return BundleManifest.Sender(
            unit: identity.unit, name: Text(identity.name), machine: Text(identity.machine),
            store: identity.id, isCentral: identity.isCentral, computer: unit.machine.name,
            formerly: identity.formerly)
    }

    private static func range(
        _ log: StoredLog, from: UInt64, _ ledger: Ledger
    ) throws -> BundleManifest.LogRange {
        guard let before = try ledger.digest(before: from, of: log) else {
            throw StoreError.damaged(what: "log")
        }
        return BundleManifest.LogRange(
            replica: log.replica, root: log.root, audience: log.audience, owner: log.owner,
            machine: Text(log.machine), from: from, to: log.count, before: before,
            after: log.digest)
    }

    private static func fingerprint(
        _ kind: BundleManifest.Kind, _ receiver: BundleManifest.Receiver, base: VersionVector,
        logs: [StoredLog], receipts: [BundleManifest.Receipt], waiting: UInt64,
        _ trust: ExportTrust, _ identity: StoreIdentity
    ) -> Digest {
        var parts = ["\(Release.name) \(BundleManifest.format) \(kind.rawValue) \(receiver)"]
        parts.append("from \(identity.id)")
        parts += base.entries.map { "base \($0.replica) \($0.count)" }
        parts += logs.map { "upTo \($0.replica) \($0.count) \($0.digest)" }
        parts += receipts.map { "heard \($0.store) \($0.number) \($0.bundle)" }
        parts.append("waiting \(waiting)")
        parts += trust.statements.map(\.text)
        return Digest.sha256(Array(parts.joined(separator: "\n").utf8))
    }
}
