import SlussBundle
public import SlussCore
import SlussDomain
import SlussStore

/// Up to where the writes of a device that is shut out count.
public enum RevocationPoint: Sendable {
    /// All that is here.
    case here
    /// Up to a write of its log.
    case write(UInt64)
    /// Up to a bundle of its, which need not have been merged.
    case bundle(String)
}

/// What shutting out a device left.
public struct RevocationReport: Sendable {
    /// A log, and up to where it counts.
    public struct Log: Sendable {
        /// The log.
        public let replica: ReplicaID
        /// The last write that counts.
        public let count: UInt64
    }

    /// The device.
    public let device: DeviceView
    /// How far its logs count; the others of it do not count at all.
    public let after: [Log]
    /// How many writes that are here do not count any more.
    public let dropped: Int
}

extension OpenUnit {
    /// More logs than any honest device has; a statement has room for them.
    private static let logsKeptMax = 400

    /// Shuts a device out: its writes count up to a point of the log that is chosen, and as far as
    /// they are here in its others.
    ///
    /// - Parameters:
    ///   - fingerprint: Which of the unit's devices, if it has several.
    ///   - log: The first digits of the log that `point` means, if the device has several.
    public func revoke(
        _ unit: UnitCode, fingerprint: String?, after point: RevocationPoint, log: String? = nil
    ) throws -> RevocationReport {
        guard isCentral else { throw InputError.onlyCentral }
        return try write { transaction in
            var ledger = try Ledger(transaction, reader: reader)
            let authority = try ledger.authority()
            let certificate = try Self.device(of: unit, fingerprint, authority)
            let root = try keys.root()
            guard root.publicKey == authority.root, let network = authority.network else {
                throw KeyError.foreign(keys.rootFile.path)
            }
            let kept = try kept(of: certificate.key, point, log, ledger)
            let number = (authority.revocations[certificate.key]?.number ?? 0) + 1
            let statement = SignedStatement(
                .revocation(
                    Revocation(network: network, number: number, key: certificate.key, after: kept)),
                by: root)
            if let stored = statement.stored { _ = try transaction.insert(stored) }
            ledger.knownAuthority = nil
            let logs = ledger.logs.values.filter { certificate.key.writes($0.root) }
            let before = Self.uncovered(logs)
            try ledger.cover(Set(logs.map(\.root)))
            try ledger.fold { _ in }
            let after = Self.uncovered(logs.compactMap { ledger.logs[$0.replica] })
            return RevocationReport(
                device: view(of: certificate, try ledger.authority(), try transaction.peers()),
                after: Self.ends(kept),
                dropped: max(0, after - before))
        }
    }

    private static func ends(_ kept: [SignedHead]) -> [RevocationReport.Log] {
        var ends: [ReplicaID: UInt64] = [:]
        for head in kept { ends[head.log] = max(ends[head.log] ?? 0, head.head.count) }
        return ends.sorted { $0.key < $1.key }.map { .init(replica: $0.key, count: $0.value) }
    }

    private static func uncovered(_ logs: [StoredLog]) -> Int {
        logs.reduce(0) {
            $0 + Int(clamping: $1.count - min($1.count, max($1.covered, $1.start - 1)))
        }
    }

    private static func device(
        of unit: UnitCode, _ fingerprint: String?, _ authority: Authority
    ) throws -> Certificate {
        let all = authority.certificates.values.filter { $0.unit == unit }
            .sorted { $0.key < $1.key }
        let chosen =
            fingerprint.map { typed in
                all.filter { Text($0.key.fingerprint) == Text(typed) }
            } ?? all
        guard let first = chosen.first else { throw InputError.noSuchDevice(unit.description) }
        guard chosen.count == 1 else {
            throw InputError.severalDevices(
                unit.description,
                keys: chosen.map { "\($0.unit)\($0.machine) \($0.key.fingerprint)" })
        }
        return first
    }

    /// For each log of a device, where it is to end.
    private func kept(
        of key: DeviceKey, _ point: RevocationPoint, _ chosen: String?, _ ledger: Ledger
    ) throws -> [SignedHead] {
        // First seen first: should a thief have begun a thousand logs, the honest ones are kept.
        let ends = ledger.logs.values.filter { log in
            key.writes(log.root) && log.stored >= log.start
                && !ledger.tree.hasContinuations(log.replica)
        }.sorted { $0.no < $1.no }.prefix(Self.logsKeptMax)
        var kept = try ends.compactMap { log in
            try ledger.transaction.digest(of: log, at: log.stored).map {
                SignedHead(log: log.root, head: LogHead(count: log.stored, digest: $0))
            }
        }
        switch point {
        case .here:
            guard !kept.isEmpty else { throw InputError.nothingKept }
        case .write(0): kept.removeAll { chosen.map($0.log.description.hasPrefix) ?? true }
        case .bundle(let path):
            let bundle = try BundleFile.read(path, unlock: keys.unlock)
            guard bundle.signer == key else {
                throw InputError.otherKey(found: bundle.signer.fingerprint)
            }
            let named = bundle.manifest.statements.compactMap { signed -> SignedHead? in
                guard signed.signer == key, case .head(let head) = signed.statement,
                    key.writes(head.log)
                else { return nil }
                return head
            }
            // What is here already keeps counting, before the rest has come.
            kept =
                named
                + kept.filter { end in
                    named.allSatisfy { $0.log != end.log || end.head.count < $0.head.count }
                }
        case .write(let count):
            let roots = Set(ends.map(\.root)).sorted().filter {
                chosen.map($0.description.hasPrefix) ?? true
            }
            guard let root = roots.first, roots.count == 1 else {
                throw InputError.severalLogs(
                    ends.map { "\($0.root) (\($0.stored))" }.sorted())
            }
            let branches = ledger.tree.continuations(of: root).compactMap { ledger.logs[$0] }
            guard let most = branches.map(\.stored).max(), count <= most else {
                throw InputError.notHereYet(count, held: branches.map(\.stored).max() ?? 0)
            }
            kept.removeAll { $0.log == root && $0.head.count >= count }
            for log in branches where log.start <= count && count <= log.stored {
                guard let digest = try ledger.transaction.digest(of: log, at: count) else {
                    continue
                }
                kept.append(SignedHead(log: root, head: LogHead(count: count, digest: digest)))
            }
        }
        return kept
    }
}
