import SlussBundle
import SlussCore
import SlussStore

/// What a bundle says of who may write what, who signs it, and who can open it.
struct ExportTrust {
    let authority: Authority
    /// The key that signs.
    let device: DevicePrivateKey
    /// What the receiver must know of the network, and what this store asks of it.
    let statements: [SignedStatement]
    /// Who can open the bundle; `nil` if there is no network to say so.
    let recipients: [AgeRecipient]?
    /// What a unit has to be told even if there is nothing else to tell.
    let news: String

    /// Whether the network takes bundles that are not encrypted, or there is none to ask.
    var allowsPlain: Bool { authority.rules?.allowsPlain ?? true }

    init(
        _ unit: OpenUnit, _ receiver: BundleManifest.Receiver, _ transaction: StoreTransaction
    ) throws {
        let authority = try Authority(transaction)
        self.authority = authority
        let identity = unit.store.identity
        device = try unit.keys.device()
        guard device.publicKey.bytes == identity.device else {
            throw KeyError.foreign(unit.keys.deviceFile.path)
        }
        guard authority.revocations[device.publicKey] == nil else { throw KeyError.shutOut }
        let own = try unit.keys.identity().recipient
        var statements = Self.facts(for: receiver, authority)
        news = unit.isCentral ? statements.map(\.text).joined(separator: "\n") : ""
        if authority.certificates[device.publicKey] == nil {
            let request = Enrolment(
                network: authority.network, key: device.publicKey, recipient: own,
                unit: identity.unit)
            statements.append(
                SignedStatement(.enrolment(request), by: try unit.keys.invitation() ?? device))
        }
        self.statements = statements
        recipients = Self.recipients(for: receiver, authority, own: own, at: unit)
    }

    /// The statements that a receiver may see: all at the central, those of itself at a unit.
    private static func facts(
        for receiver: BundleManifest.Receiver, _ authority: Authority
    ) -> [SignedStatement] {
        guard case .unit(let code) = receiver else { return authority.statements }
        func isFor(_ key: DeviceKey) -> Bool {
            authority.isCentral(key) || authority.certificates[key]?.unit == code
        }
        return authority.statements.filter { signed in
            switch signed.statement {
            case .certificate(let certificate): isFor(certificate.key)
            case .revocation(let revocation): isFor(revocation.key)
            default: true
            }
        }
    }

    /// Whoever the bundle is for, whoever can save it when all else is lost, and the sender itself:
    /// it has all of it anyway, and must be able to read back what lies on a stick
    /// (docs/decisions/0014).
    private static func recipients(
        for receiver: BundleManifest.Receiver, _ authority: Authority, own: AgeRecipient,
        at unit: OpenUnit
    ) -> [AgeRecipient]? {
        guard let rules = authority.rules else { return nil }
        var devices = authority.devices(of: nil)
        switch receiver {
        case .central: devices += authority.devices(of: unit.unit)
        case .unit(let code): devices += authority.devices(of: code)
        case .anyone: break
        }
        var recipients = [own]
        for recipient in devices.map(\.recipient) + [rules.recovery]
        where !recipients.contains(recipient) {
            recipients.append(recipient)
        }
        return recipients
    }

    /// Whether the device with that key has been shut out.
    func isShutOut(_ key: [UInt8]) -> Bool {
        DeviceKey(bytes: key).map { authority.revocations[$0] != nil } ?? false
    }

    /// How far this store has written a log itself, of what counts.
    private func ownHead(of log: StoredLog, _ ledger: Ledger) throws -> LogHead? {
        let count = min(log.count, log.written)
        guard log.isOwn, device.publicKey.writes(log.root), count >= log.start else { return nil }
        return try ledger.transaction.digest(of: log, at: count).map {
            LogHead(count: count, digest: $0)
        }
    }

    /// What the writers of logs have signed of them, and what this store says of its own.
    func heads(
        of logs: [StoredLog], _ ledger: Ledger
    ) throws -> (all: [SignedStatement], own: [SignedStatement]) {
        var all: [SignedStatement] = []
        var own: [SignedStatement] = []
        let json = StrictJSON()
        var byRoot: [ReplicaID: SignedPlaces<StoredStatement>] = [:]
        for log in logs {
            let ownHead = try ownHead(of: log, ledger)
            var found: Set<[UInt8]> = []
            let kept =
                try byRoot[log.root]
                ?? SignedPlaces(
                    ledger.transaction.heads(of: log.root).compactMap { statement in
                        statement.head.map { ($0, statement) }
                    })
            byRoot[log.root] = kept
            for count in kept.counts(from: log.start, through: log.count) {
                guard let digest = try ledger.transaction.digest(of: log, at: count) else {
                    continue
                }
                for statement in kept[LogHead(count: count, digest: digest)]
                where !found.contains(statement.key) {
                    let isOwn = statement.key == device.publicKey.bytes
                    guard !isOwn || count > ownHead?.count ?? 0,
                        let signed = SignedStatement(
                            kept: statement.text, armored: statement.signature, json: json)
                    else { continue }
                    found.insert(statement.key)
                    all.append(signed)
                }
            }
            if let ownHead, !found.contains(device.publicKey.bytes) {
                let signed = SignedStatement(
                    .head(SignedHead(log: log.root, head: ownHead)), by: device)
                own.append(signed)
                all.append(signed)
            }
        }
        return (all, own)
    }
}
