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
        let needsCentral = write.body?.role.isCentral ?? false
        return write.dot.counter <= (needsCentral ? log.coveredAsCentral : log.covered)
    }

    /// Looks anew how far logs and their branches are covered, and has every record folded again
    /// of which a write counts now and did not, or the other way round.
    mutating func cover(_ roots: Set<ReplicaID>) throws {
        let authority = try authority()
        let identity = try transaction.currentIdentity()
        for root in roots.sorted() {
            var covered: [ReplicaID: UInt64] = [:]
            var asCentral: [ReplicaID: UInt64] = [:]
            let branches = tree.continuations(of: root).compactMap { logs[$0] }
            for log in branches where log.isOwn {
                let limit =
                    DeviceKey(bytes: identity.device)
                    .map { authority.limit($0, log: root) } ?? 0
                covered[log.replica] = limit
                asCentral[log.replica] = identity.isCentral ? limit : 0
            }
            for head in try transaction.heads(of: root) {
                guard let signer = DeviceKey(bytes: head.key), let place = head.head,
                    let last = try stored(place, of: root)
                else { continue }
                let limit = authority.limit(signer, log: root, last.audience)
                for branch in tree.path(to: last.replica) {
                    let reach =
                        branch.replica == last.replica
                        ? place.count : logs[branch.replica]?.stored ?? 0
                    let upTo = min(reach, limit)
                    covered[branch.replica] = max(covered[branch.replica] ?? 0, upTo)
                    if authority.isCentral(signer) {
                        asCentral[branch.replica] = max(asCentral[branch.replica] ?? 0, upTo)
                    }
                }
            }
            for log in branches {
                try set(log, covered[log.replica] ?? 0, asCentral[log.replica] ?? 0)
            }
        }
    }

    /// The branch in which a head lies, whether its writes count or not.
    private func stored(_ head: LogHead, of root: ReplicaID) throws -> StoredLog? {
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
