public import SlussCore

/// The signed list of what a bundle holds: `sluss/manifest.json` (docs/bundle-format.md).
public struct BundleManifest: Hashable, Sendable {
    /// The newest format that this release reads and the one that it writes.
    public static let format: Int64 = 1

    /// What a bundle is for.
    public enum Kind: String, Sendable {
        /// What the receiver has not acknowledged, from a unit.
        case delta
        /// Everything the sender has.
        ///
        /// A delta can never be taken for one.
        case full
        /// What a unit has not acknowledged, from the central.
        case `return`
    }

    /// Who made the bundle.
    public struct Sender: Hashable, Sendable {
        /// The unit's code.
        public var unit: UnitCode
        /// The unit's name; text from outside.
        public var name: Text
        /// The machine's letter within the unit, or nothing.
        public var machine: Text
        /// The store, so that two machines of one unit are told apart.
        public var store: StoreID
        /// Whether it is the central.
        public var isCentral: Bool
        /// The computer's name, so that people find it; text from outside.
        public var computer: Text
        /// The names that the store had before it was found to be a copy or to have been set back.
        public var formerly: [StoreID]

        /// Puts a sender together.
        public init(
            unit: UnitCode, name: Text, machine: Text, store: StoreID, isCentral: Bool,
            computer: Text = "", formerly: [StoreID] = []
        ) {
            self.computer = computer
            self.formerly = formerly
            self.unit = unit
            self.name = name
            self.machine = machine
            self.store = store
            self.isCentral = isCentral
        }
    }

    /// Who a bundle is for.
    public enum Receiver: Hashable, Sendable, CustomStringConvertible {
        /// The central.
        case central
        /// A unit.
        case unit(UnitCode)
        /// Whoever restores it: a full bundle.
        case anyone

        /// Reads the written form.
        public init?(_ text: String) {
            switch Text(text) {
            case "central": self = .central
            case "anyone": self = .anyone
            default:
                guard let unit = UnitCode(text) else { return nil }
                self = .unit(unit)
            }
        }

        /// The written form.
        public var description: String {
            switch self {
            case .central: "central"
            case .unit(let unit): unit.description
            case .anyone: "anyone"
            }
        }
    }

    /// A receipt: the newest bundle that the sender has merged of one of the receiver's stores.
    public struct Receipt: Hashable, Sendable {
        /// The store.
        public var store: StoreID
        /// The bundle's number.
        public var number: UInt64
        /// The bundle's digest.
        public var bundle: Digest

        /// Puts a receipt together.
        public init(store: StoreID, number: UInt64, bundle: Digest) {
            self.store = store
            self.number = number
            self.bundle = bundle
        }
    }

    /// A stretch of one log.
    public struct LogRange: Hashable, Sendable {
        /// The log, or the branch of it.
        public var replica: ReplicaID
        /// The replica under which the lines were written: another than ``replica`` if the log has
        /// forked.
        public var root: ReplicaID
        /// Who its records are for.
        public var audience: Audience
        /// The unit that the log's writer sits at.
        public var owner: UnitCode
        /// The machine's letter within that unit, or nothing.
        public var machine: Text
        /// The first write.
        public var from: UInt64
        /// The last write.
        public var to: UInt64
        /// The log's digest before the first write.
        public var before: Digest
        /// The log's digest after the last write.
        public var after: Digest

        /// Puts a stretch together.
        public init(
            replica: ReplicaID, root: ReplicaID? = nil, audience: Audience, owner: UnitCode,
            machine: Text, from: UInt64, to: UInt64, before: Digest, after: Digest
        ) {
            self.replica = replica
            self.root = root ?? replica
            self.audience = audience
            self.owner = owner
            self.machine = machine
            self.from = from
            self.to = to
            self.before = before
            self.after = after
        }

        /// How many writes.
        public var count: UInt64 { to - from + 1 }

        /// The order in which a bundle has its logs: a branch after what it continues.
        static func inBundleOrder(_ left: Self, _ right: Self) -> Bool {
            (left.root, left.from, left.replica) < (right.root, right.from, right.replica)
        }
    }

    /// The network that the sender is of; `nil` if it has not been let into one.
    public var network: NetworkID?
    /// What the bundle is for.
    public var kind: Kind
    /// Its number, counted from 1 by sender and receiver.
    public var number: UInt64
    /// The digest of the sender's bundle before this one to the same receiver.
    public var previous: Digest?
    /// Who made it.
    public var sender: Sender
    /// Who it is for.
    public var receiver: Receiver
    /// What it holds, sorted by root, first write and replica, so that a branch stands after what
    /// it continues.
    public var logs: [LogRange]
    /// How far each log has come at the sender, of what the receiver may see.
    public var acknowledged: Acknowledgement
    /// What the sender has last heard from the receiver's stores.
    public var receipts: [Receipt]
    /// Who may write what, and how far the logs have come by their writers' word.
    public var statements: [SignedStatement]
    /// How many records its writes touch.
    public var recordCount: UInt64
    /// The program that made it.
    public var producer: Text

    /// Puts a manifest together.
    public init(
        network: NetworkID?, kind: Kind, number: UInt64, previous: Digest?, sender: Sender,
        receiver: Receiver, logs: [LogRange], acknowledged: Acknowledgement,
        receipts: [Receipt] = [], statements: [SignedStatement] = [], recordCount: UInt64,
        producer: Text
    ) {
        self.network = network
        self.statements = statements
        self.receipts = receipts.sorted { $0.store < $1.store }
        self.kind = kind
        self.number = number
        self.previous = previous
        self.sender = sender
        self.receiver = receiver
        self.logs = logs.sorted(by: LogRange.inBundleOrder)
        self.acknowledged = acknowledged
        self.recordCount = recordCount
        self.producer = producer
    }

    /// How many writes the bundle holds.
    public var writeCount: UInt64 { logs.reduce(0) { $0 + $1.count } }

    /// The name a bundle is given: small letters, digits, hyphens and one point, so that any stick
    /// can hold it.
    ///
    /// Nothing is read out of it again.
    public var fileName: String {
        var parts = ["\(sender.unit)\(sender.machine)"]
        if case .unit(let unit) = receiver { parts.append(unit.description) }
        if kind == .full { parts.append("full") }
        let digits = String(number)
        parts.append(String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
        return parts.joined(separator: "-").lowercased() + ".sluss"
    }
}
