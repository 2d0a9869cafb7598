import SlussBundle
public import SlussCore
import SlussDomain

/// What a unit needs to come into a network: a file that the central makes and hands over.
///
/// Holds a one-time key; whoever has the file can enrol in the unit's place, once.
public struct Invitation: Sendable {
    /// The unit.
    public let unit: UnitCode
    /// The unit's name.
    public let name: String
    /// The machine's letter, or nothing.
    public let machine: String
    /// The central's name.
    public let central: String
    let root: DeviceKey
    let key: DevicePrivateKey
    let seed: [UInt8]
    let statements: [SignedStatement]

    /// An invitation has a few statements; beyond this it is something else.
    private static let bytesMax = 1 << 20

    init?(
        unit: UnitCode, name: String, machine: String, central: String, root: DeviceKey,
        seed: [UInt8], statements: [SignedStatement]
    ) {
        guard let key = DevicePrivateKey(seed: seed) else { return nil }
        self.unit = unit
        self.name = name
        self.machine = machine
        self.central = central
        self.root = root
        self.key = key
        self.seed = seed
        self.statements = statements
    }

    /// Reads an invitation's file.
    ///
    /// - Throws: ``InputError/unreadableInvitation(_:)`` if it is none, or not whole.
    public init(path: String) throws {
        let bytes: [UInt8]
        do { bytes = try KeyFile(path: path).readOpen(max: Self.bytesMax) } catch is KeyError {
            throw InputError.unreadableInvitation(path)
        }
        guard let text = InvitationText(bytes: bytes),
            let unit = UnitCode(text.unit), let root = DeviceKey(openSSH: text.root),
            let seed = Hex.bytes(text.secret), MachineLetter(text.machine) != nil,
            text.statements.allSatisfy({ $0.signer == root }),
            Authority(root: root, statements: text.statements).rules != nil
        else { throw InputError.unreadableInvitation(path) }
        guard
            let invitation = Self(
                unit: unit, name: text.name, machine: text.machine, central: text.central,
                root: root, seed: seed, statements: text.statements)
        else { throw InputError.unreadableInvitation(path) }
        self = invitation
    }

    /// The file's bytes.
    var bytes: [UInt8] {
        InvitationText(
            unit: unit.description, name: name, machine: machine, central: central,
            root: root.openSSH, secret: Hex.string(seed[...]), statements: statements
        ).bytes
    }
}
