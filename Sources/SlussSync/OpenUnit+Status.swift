import SlussBundle
public import SlussCore
import SlussDomain
import SlussStore

/// How a store stands.
public struct StoreStatus: Sendable {
    /// A log.
    public struct Log: Sendable {
        /// Its replica.
        public let replica: ReplicaID
        /// The unit of its writer.
        public let unit: UnitCode
        /// The machine's letter, or nothing.
        public let machine: String
        /// Who its records are for.
        public let audience: Audience
        /// How many writes are here.
        public let writes: UInt64
        /// Whether this store writes it, or did.
        public let isOwn: Bool
    }

    /// Another store that has been heard from.
    public struct Peer: Sendable {
        /// Its unit.
        public let unit: UnitCode
        /// The unit's name; text from outside.
        public let name: String
        /// The machine's letter, or nothing.
        public let machine: String
        /// Whether it is the central.
        public let isCentral: Bool
        /// The number of its newest bundle.
        public let number: UInt64
        /// The day that bundle was merged.
        public let day: Day
        /// How many days ago that was.
        public let age: Int
        /// Whether its device has been shut out.
        public let isShutOut: Bool
        /// Whether it has been silent for so long that somebody should ask.
        public var isOverdue: Bool { !isShutOut && age > StoreStatus.silentDaysMax }
        /// The number of its newest bundle that waits for an earlier one; 0 if none does.
        public let waiting: UInt64
        /// What it lacks, as far as it has said.
        public let lacks: UInt64
        /// The state of what that unit may see: equal to the unit's own code when both have the
        /// same writes.
        public let state: StateCode?
        /// The release that made its newest bundle; text from outside.
        public let producer: String
    }

    /// How long a store may be silent: bundles go by the week, and a stick can miss one.
    public static let silentDaysMax = 14

    /// The unit.
    public let unit: UnitCode
    /// The unit's name.
    public let name: String
    /// How it stands with this store's device.
    public let membership: Membership
    /// Whether the network takes bundles that are not encrypted.
    public let allowsPlain: Bool
    /// Devices that have been let in and have not sent anything, and open invitations.
    public let unheard: [String]
    /// Whether this is the central.
    public let isCentral: Bool
    /// How many records of each kind.
    public let records: [String: Int]
    /// How many writes.
    public let writes: UInt64
    /// Writes of one's own that no bundle holds yet.
    public let notYetExported: UInt64
    /// Writes of one's own that no receiver has confirmed.
    public let notYetConfirmed: UInt64
    /// The number of the newest bundle made for the central.
    public let lastSent: UInt64?
    /// How many fields are in conflict.
    public let conflicts: Int
    /// How many records hold something that this release does not know.
    public let holdsUnknown: Int
    /// The state of everything that is not local.
    public let state: StateCode
    /// How many writes are kept and do not count.
    public let asides: Int
    /// The runs of the merge tool that are undone.
    public let undoneRuns: [Int64]
    /// How many writes are here and do not count because of that.
    public let undoneWrites: UInt64
    /// The logs that have forked.
    public let forks: [ForkView]
    /// Whether the store was copied or set back since it was last written to.
    public let isInDoubt: Bool
    /// The logs.
    public let logs: [Log]
    /// The other stores.
    public let peers: [Peer]
    /// At the central: how fresh what is here is, for each unit.
    public let freshness: [UnitFreshness]
    /// The newest backup; `nil` if none has been made.
    public let lastBackup: LastBackup?

    /// Whether somebody should make a backup: there is something to lose.
    public var wantsBackup: Bool { writes > 0 && lastBackup?.isOld ?? true }
}

/// How it stands with a store's device.
public enum Membership: String, Sendable {
    /// It is in no network.
    case alone
    /// It has been invited, and the central has not let it in yet, as far as is known here.
    case waiting
    /// It has been let in.
    case letIn
    /// It has been shut out.
    case shutOut
}

extension OpenUnit {
    /// How the store stands.
    public func status() throws -> StoreStatus {
        let isInDoubt = try doubt() != nil
        return try store.read { transaction in
            let ledger = try Ledger(transaction, reader: reader)
            let logs = ledger.logs.values.sorted { $0.replica < $1.replica }
            let peers = try transaction.peers()
            let authority = try Authority(transaction)
            let audiences = Set(logs.map(\.audience)).subtracting([.local])
            // A unit's computers have one code together.
            func visible(_ peer: StoredPeer) -> Set<Audience> {
                audiences.intersection([.unit(peer.unit), .shared])
            }
            let codes = try transaction.stateDigests(
                of: Set([audiences] + (isCentral ? peers.map(visible) : []))
            ).mapValues { StateCode(digest: $0) }
            let own = logs.filter { $0.isOwn && $0.audience != .local }
            let sent = try sentUpTo(peers, in: transaction)
            let confirmed = try peers.reduce(VersionVector()) {
                $0.joined(with: try ledger.resolve($1.acknowledged))
            }
            let views = try peers.map { peer in
                try view(
                    peer, ledger, authority, isCentral ? codes[visible(peer)] : nil,
                    in: transaction)
            }
            return StoreStatus(
                unit: unit, name: name, membership: membership(authority),
                allowsPlain: authority.rules?.allowsPlain ?? false,
                unheard: try unheard(authority, peers, in: transaction), isCentral: isCentral,
                records: try transaction.recordCounts(),
                writes: logs.reduce(0) { $0 + $1.writes },
                notYetExported: Self.count(own) { max(sent[$0.replica], confirmed[$0.replica]) },
                notYetConfirmed: Self.count(own) { confirmed[$0.replica] },
                lastSent: try transaction.lastSent(to: "central")?.number,
                conflicts: try transaction.conflictCount(),
                holdsUnknown: try transaction.unknownCount(),
                state: codes[audiences] ?? StateCode(digest: Digest.sha256([])),
                asides: try transaction.asideCount(),
                undoneRuns: try transaction.undoneRuns(),
                undoneWrites: logs.reduce(0) { $0 + $1.stored - $1.count },
                forks: try ledger.forks(),
                isInDoubt: isInDoubt,
                logs: logs.map {
                    StoreStatus.Log(
                        replica: $0.replica, unit: $0.owner, machine: $0.machine,
                        audience: $0.audience, writes: $0.writes, isOwn: $0.isOwn)
                },
                peers: views,
                freshness: isCentral ? try freshness(views, ledger, in: transaction) : [],
                lastBackup: try lastBackup(in: transaction))
        }
    }

    private func membership(_ authority: Authority) -> Membership {
        guard authority.root != nil, let device = DeviceKey(bytes: store.identity.device) else {
            return .alone
        }
        if authority.revocations[device] != nil { return .shutOut }
        return authority.certificates[device] == nil ? .waiting : .letIn
    }

    /// Who has been let in or invited, and has not been heard from.
    private func unheard(
        _ authority: Authority, _ peers: [StoredPeer], in transaction: StoreTransaction
    ) throws -> [String] {
        guard isCentral else { return [] }
        let heard = Set(peers.map(\.device))
        let silent = authority.certificates.values.filter {
            $0.role == .unit && authority.revocations[$0.key] == nil
                && !heard.contains($0.key.bytes)
        }.map { "\($0.unit)\($0.machine)" }
        let invited = try transaction.invitations().filter { $0.device == nil }
            .map { "\($0.unit)\($0.machine)" }
        return Set(silent + invited).sorted()
    }

    private func sentUpTo(
        _ peers: [StoredPeer], in transaction: StoreTransaction
    ) throws -> VersionVector {
        let receivers =
            isCentral ? Set(peers.map { $0.unit.description }).sorted() : ["central"]
        return try receivers.reduce(VersionVector()) { vector, receiver in
            vector.joined(with: try transaction.lastSent(to: receiver)?.upTo ?? VersionVector())
        }
    }

    private static func count(
        _ logs: [StoredLog], beyond reached: (StoredLog) -> UInt64
    ) -> UInt64 {
        logs.reduce(0) { $0 + $1.count - min($1.count, max($1.start - 1, reached($1))) }
    }

    private func view(
        _ peer: StoredPeer, _ ledger: Ledger, _ authority: Authority, _ state: StateCode?,
        in transaction: StoreTransaction
    ) throws -> StoreStatus.Peer {
        let had = try ledger.resolve(peer.acknowledged)
        let isInScope = scope(of: isCentral ? peer.unit : unit)
        let lacks = Self.count(ledger.logs.values.filter { isInScope($0.audience) }) {
            had[$0.replica]
        }
        return StoreStatus.Peer(
            unit: peer.unit, name: peer.name, machine: peer.machine, isCentral: peer.isCentral,
            number: peer.number, day: peer.day, age: max(0, today.number - peer.day.number),
            isShutOut: DeviceKey(bytes: peer.device).map { authority.revocations[$0] != nil }
                ?? false,
            waiting: peer.waiting, lacks: lacks, state: state, producer: peer.producer)
    }
}
