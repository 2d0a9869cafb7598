import SlussBundle
import SlussCore
import SlussStore

/// How far the devices that have signed a log may have written it.
///
/// A pure function of the lines, the signed heads and the certificates that are here: a head covers
/// all that leads to it, as far as its signer's certificate and revocation go. What nothing covers
/// is kept and does not count (docs/sync-model.md, "Authority").
extension Ledger {
    /// Who may write what.
    mutating func authority() throws -> Authority {
        if let knownAuthority { return knownAuthority }
        let authority = try Authority(transaction)
        knownAuthority = authority
        return authority
    }

    /// Whether the certificates that are here let a device make a write.
    func isCovered(_ write: Write) -> Bool {
        guard let log = logs[write.dot.replica] else { return false }
        return write.dot.counter <= (write.claimsCentral ? log.coveredAsCentral : log.covered)
    }

    /// Looks anew how far logs and their branches are covered, and has every record folded again
    /// of which a write counts now and did not, or the other way round.
    mutating func cover(_ roots: Set<ReplicaID>) throws {
        let authority = try authority()
        for root in roots.sorted() {
            let branches = tree.continuations(of: root).compactMap { logs[$0] }
            guard let audience = branches.first?.audience else { continue }
            var reach = Reach()
            // What this store has entered itself it vouches for, and nothing that came under its name
            // from elsewhere. It has let itself in as far as it knows. A store that was restored
            // vouches for what it had entered with the key that was lost, too.
            var entered = Dictionary(
                uniqueKeysWithValues: branches.map { ($0.replica, $0.written) })
            if entered.values.contains(where: { $0 > 0 }) {
                let identity = try transaction.currentIdentity()
                let own = DeviceKey(bytes: identity.device).flatMap { $0.writes(root) ? $0 : nil }
                // Nobody but this store has its drafts; whoever shut out its lost key meant others.
                let lost = audience == .local ? nil : authority.revocations.keys
                let writer = own ?? lost?.first { $0.writes(root) }
                if let limits = writer.flatMap({ authority.limits($0, log: root) }) {
                    try cut(&entered, by: limits, of: root)
                }
                reach.add(entered, isCentral: identity.isCentral)
            }
            for (signer, heads) in try heads(of: root) {
                guard authority.covers(signer, log: root, audience) else { continue }
                var covered = try paths(to: heads, of: root)
                if let limits = authority.limits(signer, log: root) {
                    try cut(&covered, by: limits, of: root)
                }
                reach.add(covered, isCentral: authority.isCentral(signer))
            }
            for log in branches {
                try set(
                    log, reach.all[log.replica] ?? 0, reach.asCentral[log.replica] ?? 0)
            }
        }
    }

    /// How far each branch of a log is covered.
    private struct Reach {
        var all: [ReplicaID: UInt64] = [:]
        var asCentral: [ReplicaID: UInt64] = [:]

        mutating func add(_ covered: [ReplicaID: UInt64], isCentral: Bool) {
            all.merge(covered, uniquingKeysWith: max)
            if isCentral { asCentral.merge(covered, uniquingKeysWith: max) }
        }
    }

    private func heads(of root: ReplicaID) throws -> [DeviceKey: [LogHead]] {
        var heads: [DeviceKey: [LogHead]] = [:]
        for statement in try transaction.heads(of: root) {
            guard let signer = DeviceKey(bytes: statement.key), let head = statement.head else {
                continue
            }
            heads[signer, default: []].append(head)
        }
        return heads
    }

    /// For each branch, the last write that leads to one of some heads.
    private func paths(
        to heads: [LogHead], of root: ReplicaID
    ) throws -> [ReplicaID: UInt64] {
        var reached: [ReplicaID: UInt64] = [:]
        let heads = SignedPlaces(heads.map { ($0, ()) })
        for log in tree.continuations(of: root).compactMap({ logs[$0] }) {
            // What is signed of a branch covers it up to there, and all that leads to it.
            for count in heads.counts(from: log.start, through: log.stored) {
                guard let digest = try transaction.digest(of: log, at: count),
                    heads.holds(LogHead(count: count, digest: digest))
                else { continue }
                for branch in tree.path(to: log.replica) {
                    let upTo =
                        branch.replica == log.replica
                        ? count : logs[branch.replica]?.stored ?? 0
                    reached[branch.replica] = max(reached[branch.replica] ?? 0, upTo)
                }
                break
            }
        }
        return reached
    }

    /// Leaves of what is covered only what leads to one of the heads that a revocation leaves.
    private func cut(
        _ covered: inout [ReplicaID: UInt64], by limits: [LogHead], of root: ReplicaID
    ) throws {
        let left = try paths(to: limits, of: root)
        covered = Dictionary(
            uniqueKeysWithValues: covered.map { ($0.key, min($0.value, left[$0.key] ?? 0)) })
    }

    /// The branch in which a head lies, whether its writes count or not.
    func storedBranch(of head: LogHead, _ root: ReplicaID) throws -> StoredLog? {
        try tree.continuations(of: root).compactMap { logs[$0] }.first { log in
            guard log.start <= head.count, head.count <= log.stored else { return false }
            return try transaction.digest(of: log, at: head.count) == head.digest
        }
    }

    private mutating func set(
        _ log: StoredLog, _ covered: UInt64, _ asCentral: UInt64
    ) throws {
        guard log.covered != covered || log.coveredAsCentral != asCentral else { return }
        var log = log
        for (old, new) in [(log.covered, covered), (log.coveredAsCentral, asCentral)]
        where old != new {
            let through = min(max(old, new), countsAtFirst[log.replica] ?? 0)
            var records: Set<Int64> = []
            guard min(old, new) < through else { continue }
            try transaction.collectRecords(
                of: log, from: min(old, new) + 1, through: through, into: &records)
            for record in records { touched[record] = true }
        }
        log.covered = covered
        log.coveredAsCentral = asCentral
        try transaction.update(log)
        note(log)
    }
}
