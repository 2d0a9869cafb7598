import SlussBundle
public import SlussCore

/// What a bundle says it holds, for whoever shows it.
public struct BundleSummary: Sendable {
    /// A stretch of one log.
    public struct Log: Sendable {
        /// The log's replica, or the branch's name.
        public let replica: ReplicaID
        /// The replica under which its lines were written.
        public let root: ReplicaID
        /// Who its records are for.
        public let audience: String
        /// The unit of its writer.
        public let owner: UnitCode
        /// The first write.
        public let from: UInt64
        /// The last write.
        public let to: UInt64
    }

    /// Its format.
    public let format = BundleManifest.format
    /// Its digest, by which it is known.
    public let digest: Digest
    /// `delta`, `full` or `return`.
    public let kind: String
    /// Its number, by sender and receiver.
    public let number: UInt64
    /// The digest of the one before.
    public let previous: Digest?
    /// The sender's unit.
    public let unit: UnitCode
    /// The sender's name; text from outside.
    public let name: String
    /// The letter of the sender's machine, or nothing.
    public let machine: String
    /// The sender's store.
    public let store: StoreID
    /// The name of the sender's computer; text from outside.
    public let computer: String
    /// Whether the sender is the central.
    public let isFromCentral: Bool
    /// Who it is for.
    public let receiver: String
    /// What it holds.
    public let logs: [Log]
    /// How many writes.
    public let writes: UInt64
    /// How many records they touch.
    public let records: UInt64
    /// What the sender has.
    public let acknowledged: Acknowledgement
    /// The program that made it.
    public let producer: String
    /// The name that it is given.
    public let fileName: String

    /// The device that has signed it.
    public let signer: KeyName
    /// Whether the file was encrypted.
    public let isEncrypted: Bool
    /// The network that its sender is of.
    public let network: Digest?
    /// How many statements it brings.
    public let statements: Int

    init(_ bundle: OpenedBundle) {
        let manifest = bundle.manifest
        signer = KeyName(bundle.signer)
        isEncrypted = bundle.isEncrypted
        network = manifest.network
        statements = manifest.statements.count
        digest = bundle.id
        kind = manifest.kind.rawValue
        number = manifest.number
        previous = manifest.previous
        unit = manifest.sender.unit
        name = manifest.sender.name.string
        machine = manifest.sender.machine.string
        store = manifest.sender.store
        computer = manifest.sender.computer.string
        isFromCentral = manifest.sender.isCentral
        receiver = manifest.receiver.description
        logs = manifest.logs.map {
            Log(
                replica: $0.replica, root: $0.root, audience: $0.audience.description,
                owner: $0.owner,
                from: $0.from, to: $0.to)
        }
        writes = manifest.writeCount
        records = manifest.recordCount
        acknowledged = manifest.acknowledged
        producer = manifest.producer.string
        fileName = manifest.fileName
    }
}

/// Who a bundle is made for.
public enum Receiver: Hashable, Sendable, CustomStringConvertible {
    /// The central.
    case central
    /// A unit.
    case unit(UnitCode)

    /// The word for it.
    public var description: String { manifest.description }

    var manifest: BundleManifest.Receiver {
        switch self {
        case .central: .central
        case .unit(let unit): .unit(unit)
        }
    }
}

/// Writes that are missing before a bundle can be merged.
public struct Gap: Hashable, Sendable {
    /// The log's replica.
    public let replica: ReplicaID
    /// The unit of its writer, if the bundle says.
    public let unit: UnitCode?
    /// The first missing write.
    public let from: UInt64
    /// The last missing write.
    public let to: UInt64
    /// Whether they are here and do not count, since a merge was undone.
    public var isUndone = false

    init?(_ refusal: BundleRefusal, _ manifest: BundleManifest?) {
        switch refusal {
        case .missingHistory(let replica, let held, let first):
            (self.replica, from, to) = (replica, held + 1, first - 1)
        case .missingContext(let replica, let held, let needed):
            (self.replica, from, to) = (replica, held + 1, needed)
        default: return nil
        }
        let replica = replica
        unit = manifest?.logs.first { $0.replica == replica }?.owner
    }
}
