public import SlussCore

/// The digest that a network is known by: SHA-256 of its root key as OpenSSH writes it to the wire.
public typealias NetworkID = Digest

/// A fact about who may write what, signed by whoever may say so (docs/bundle-format.md,
/// "Statements").
///
/// Facts are never changed and never taken back; a later one of the same kind with a higher number
/// counts instead. So what a set of statements allows is a function of the set.
public enum Statement: Hashable, Sendable {
    /// The rules of a network; signed by the root key.
    case network(NetworkRules)
    /// Who a device is; signed by the root key.
    case certificate(Certificate)
    /// From where on a device's writes do not count; signed by the root key.
    case revocation(Revocation)
    /// How far a log has come; signed by the device that writes it.
    case head(SignedHead)
    /// Who asks to be let in; signed by the key of an invitation, or else by the device itself.
    case enrolment(Enrolment)
    /// Something that this release does not know.
    case unknown

    /// The namespace of the signatures of all statements.
    static let namespace = "sluss-statement"
}

/// The rules of a network.
public struct NetworkRules: Hashable, Sendable {
    /// The network.
    public var network: NetworkID
    /// The higher number counts.
    public var number: UInt64
    /// Who can open every bundle should all else be lost: an age recipient.
    public var recovery: AgeRecipient
    /// Whether bundles that are not encrypted are taken.
    public var allowsPlain: Bool

    /// Puts rules together.
    public init(
        network: NetworkID, number: UInt64, recovery: AgeRecipient, allowsPlain: Bool
    ) {
        self.network = network
        self.number = number
        self.recovery = recovery
        self.allowsPlain = allowsPlain
    }
}

/// What a device may do.
public enum DeviceRole: String, Hashable, Sendable {
    /// Write for its unit.
    case unit
    /// Write for everyone, also in the roles that decide.
    case central
}

/// Who a device is.
public struct Certificate: Hashable, Sendable {
    /// The network.
    public var network: NetworkID
    /// The higher number counts.
    public var number: UInt64
    /// The device's key.
    public var key: DeviceKey
    /// To whom bundles for the device are encrypted.
    public var recipient: AgeRecipient
    /// What it may do.
    public var role: DeviceRole
    /// The unit that it stands at.
    public var unit: UnitCode
    /// The unit's name; text from outside.
    public var name: Text
    /// The machine's letter within the unit, or nothing.
    public var machine: Text

    /// Puts a certificate together.
    public init(
        network: NetworkID, number: UInt64, key: DeviceKey, recipient: AgeRecipient,
        role: DeviceRole, unit: UnitCode, name: Text, machine: Text
    ) {
        self.network = network
        self.number = number
        self.key = key
        self.recipient = recipient
        self.role = role
        self.unit = unit
        self.name = name
        self.machine = machine
    }

    /// Whether the device may write records for an audience.
    public func covers(_ audience: Audience) -> Bool {
        switch (role, audience) {
        case (.central, _), (.unit, .local): true
        case (.unit, .unit(let unit)): unit == self.unit
        // What everyone reads is published by the central.
        case (.unit, .shared): false
        }
    }
}

/// From where on a device's writes do not count.
public struct Revocation: Hashable, Sendable {
    /// The network.
    public var network: NetworkID
    /// The higher number counts.
    public var number: UInt64
    /// The device's key.
    public var key: DeviceKey
    /// How far each log counts; nothing does of a log that is not named.
    ///
    /// By the log's digest there, so that no other branch of it counts.
    public var after: [SignedHead]

    /// Puts a revocation together.
    public init(network: NetworkID, number: UInt64, key: DeviceKey, after: [SignedHead]) {
        self.network = network
        self.number = number
        self.key = key
        self.after = after.sorted()
    }
}

/// How far a log has come, by the word of the device that writes it.
///
/// It covers the log's every write up to there, since the digest does.
public struct SignedHead: Hashable, Comparable, Sendable {
    /// The replica under which the lines were written.
    public var log: ReplicaID
    /// How far.
    public var head: LogHead

    /// Puts a head together.
    public init(log: ReplicaID, head: LogHead) {
        self.log = log
        self.head = head
    }

    /// By log, then by count.
    public static func < (left: Self, right: Self) -> Bool {
        (left.log, left.head.count, Text(left.head.digest.description))
            < (right.log, right.head.count, Text(right.head.digest.description))
    }
}

/// Who asks to be let in.
public struct Enrolment: Hashable, Sendable {
    /// The network, if the device knows one.
    public var network: NetworkID?
    /// The device's key.
    public var key: DeviceKey
    /// To whom bundles for the device are encrypted.
    public var recipient: AgeRecipient
    /// The unit that it says it stands at.
    public var unit: UnitCode

    /// Puts a request together.
    public init(network: NetworkID?, key: DeviceKey, recipient: AgeRecipient, unit: UnitCode) {
        self.network = network
        self.key = key
        self.recipient = recipient
        self.unit = unit
    }
}
