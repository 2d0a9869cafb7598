import SlussBundle
import SlussCore
import SlussStore

/// Who may write what: a pure function of the statements that are here.
///
/// Of several statements of one kind about one device, the one with the highest number counts, and
/// of those the one that allows least; so the order in which they came does not matter.
struct Authority {
    /// The network's root key; `nil` if the store has not been let into one.
    let root: DeviceKey?
    /// The network's rules.
    private(set) var rules: NetworkRules?
    /// Who each device is: the newest word of it.
    private(set) var certificates: [DeviceKey: Certificate] = [:]
    /// Every word of it: a device that moves to another unit keeps what it wrote at the first.
    private var everyCertificate: [DeviceKey: [Certificate]] = [:]
    /// From where on a device's writes do not count.
    private(set) var revocations: [DeviceKey: Revocation] = [:]
    /// The statements that those were read from, to be passed on.
    private(set) var statements: [SignedStatement] = []
    /// Their texts: a bundle brings mostly what is known.
    private var texts: Set<Text> = []

    /// The network's name.
    var network: NetworkID? { root?.network }

    /// Reads what a store keeps.
    init(_ transaction: StoreTransaction) throws {
        root = try transaction.rootKey().flatMap { DeviceKey(bytes: $0) }
        let json = StrictJSON()
        for kept in try transaction.facts() {
            guard
                let statement = SignedStatement(
                    kept: kept.text, armored: kept.signature, json: json)
            else { throw StoreError.damaged(what: "statement") }
            insert(statement)
        }
    }

    /// Starts with what a root key vouches for.
    init(root: DeviceKey?, statements: [SignedStatement] = []) {
        self.root = root
        for statement in statements { insert(statement) }
    }

    /// Takes a statement in; one that the root key has not signed is passed over.
    mutating func insert(_ signed: SignedStatement) {
        guard vouches(signed), texts.insert(Text(signed.text)).inserted else { return }
        switch signed.statement {
        case .network(let new):
            if let old = rules, Self.isWeaker(new, than: old) { break }
            rules = new
        case .certificate(let new):
            everyCertificate[new.key, default: []].append(new)
            if let old = certificates[new.key], Self.isWeaker(new, than: old) { break }
            certificates[new.key] = new
        case .revocation(let new):
            if let old = revocations[new.key], Self.isWeaker(new, than: old) { break }
            revocations[new.key] = new
        case .head, .enrolment, .unknown: return
        }
        statements.append(signed)
    }

    /// Whether a statement of the root key's is in it already, word for word.
    func holds(_ signed: SignedStatement) -> Bool {
        signed.signer == root && texts.contains(Text(signed.text))
    }

    /// Whether the root key has signed a statement of its own network.
    func vouches(_ signed: SignedStatement) -> Bool {
        guard let root, signed.signer == root else { return false }
        return switch signed.statement {
        case .network(let rules): rules.network == root.network
        case .certificate(let certificate): certificate.network == root.network
        case .revocation(let revocation): revocation.network == root.network
        case .head, .enrolment, .unknown: false
        }
    }

    /// Whether a device may write a log for an audience, but for what a revocation ends.
    func covers(_ key: DeviceKey, log: ReplicaID, _ audience: Audience) -> Bool {
        key.writes(log)
            && everyCertificate[key, default: []].contains(where: { $0.covers(audience) })
    }

    /// How far a log of a device counts; `nil` if the device has not been shut out.
    func limits(_ key: DeviceKey, log: ReplicaID) -> [LogHead]? {
        revocations[key].map { $0.after.filter { $0.log == log }.map(\.head) }
    }

    /// Who the device is, or was, that writes a log; `nil` if it is not known.
    func writers(of log: ReplicaID) -> [Certificate]? {
        everyCertificate.first { $0.key.writes(log) }?.value
    }

    /// Whether a device may write in the roles that decide.
    func isCentral(_ key: DeviceKey) -> Bool {
        everyCertificate[key, default: []].contains { $0.role == .central }
    }

    /// The devices at a unit, or those of the central, that have not been shut out.
    func devices(of unit: UnitCode?) -> [Certificate] {
        certificates.values.filter { device in
            guard revocations[device.key] == nil else { return false }
            guard let unit else { return device.role == .central }
            return device.role == .unit && device.unit == unit
        }.sorted { $0.key < $1.key }
    }

    private static func isWeaker(_ new: NetworkRules, than old: NetworkRules) -> Bool {
        (new.number, new.allowsPlain ? 0 : 1, Text(old.recovery.description))
            < (old.number, old.allowsPlain ? 0 : 1, Text(new.recovery.description))
    }

    private static func isWeaker(_ new: Certificate, than old: Certificate) -> Bool {
        let text = { (it: Certificate) in
            Text("\(it.role) \(it.unit) \(it.machine) \(it.recipient) \(it.name)")
        }
        return (new.number, text(new)) < (old.number, text(old))
    }

    private static func isWeaker(_ new: Revocation, than old: Revocation) -> Bool {
        let reach = { (it: Revocation) in it.after.reduce(0) { $0 &+ $1.head.count } }
        let text = { (it: Revocation) in
            Text(it.after.map { "\($0.log) \($0.head.count) \($0.head.digest)" }.joined())
        }
        return (new.number, reach(old), text(new)) < (old.number, reach(new), text(old))
    }
}

extension DeviceKey {
    /// The network that this is the root key of.
    var network: NetworkID { Digest.sha256(blob) }
}

extension SignedStatement {
    /// The statement as a store keeps it; `nil` for one that is not kept.
    var stored: StoredStatement? {
        switch statement {
        case .network:
            StoredStatement(
                type: "network", key: signer.bytes, text: text, signature: armored)
        case .certificate(let certificate):
            StoredStatement(
                type: "certificate", key: certificate.key.bytes, text: text, signature: armored)
        case .revocation(let revocation):
            StoredStatement(
                type: "revocation", key: revocation.key.bytes, text: text, signature: armored)
        case .head(let head):
            StoredStatement(
                type: "head", key: signer.bytes, log: head.log, head: head.head, text: text,
                signature: armored)
        case .enrolment, .unknown: nil
        }
    }
}
