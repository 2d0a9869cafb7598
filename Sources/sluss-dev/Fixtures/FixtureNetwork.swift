import SlussBundle
import SlussCore
import _SlussTestSupport

/// The network in which all fixtures play, by its keys alone: whoever has them can say everything,
/// and everything wrong.
struct FixtureNetwork: Sendable {
    /// The passphrase of bundles that have one.
    static let passphrase = "aldrig hemligt"
    /// The unit of most cases.
    static let unit: UnitCode = code("OMS-HT-02")
    /// A unit that most cases have nothing to do with.
    static let otherUnit: UnitCode = code("OMS-SB-04")
    /// The central that most bundles from a central come from.
    static let central: UnitCode = code("KLK-SA-09")

    let root: DevicePrivateKey
    let recovery: AgeIdentity

    /// Reads the keys of `SyncFixtures/keys/network`.
    init() throws {
        root = try DevicePrivateKey(openSSH: bytes(ofFile: Story.keys + "/root"))
        let identities = try AgeIdentity.identities(
            inKeyFile: bytes(ofFile: Story.keys + "/recovery"))
        guard let recovery = identities.first else { throw StoryFailure(what: "recovery key") }
        self.recovery = recovery
    }

    /// A network of other keys.
    init(other name: String) throws {
        root = try Self.device("root of \(name)")
        recovery = try Self.identity("recovery of \(name)")
    }

    private static func code(_ text: String) -> UnitCode {
        guard let unit = UnitCode(text) else { preconditionFailure("a unit's code") }
        return unit
    }

    /// The network of a central that is there, by its root key.
    init(root: DevicePrivateKey) throws {
        self.root = root
        recovery = try Self.identity("recovery of the root")
    }

    /// The network's name.
    var id: NetworkID { Digest.sha256(root.publicKey.blob) }

    /// The device of that name: anyone can make its key.
    static func device(_ name: String) throws -> DevicePrivateKey {
        let seed = Digest.sha256(Array("device \(name)".utf8)).bytes
        guard let key = DevicePrivateKey(seed: seed) else { throw StoryFailure(what: name) }
        return key
    }

    /// The identity of that name.
    static func identity(_ name: String) throws -> AgeIdentity {
        let seed = Digest.sha256(Array("identity \(name)".utf8)).bytes
        guard let identity = AgeIdentity(bytes: seed) else { throw StoryFailure(what: name) }
        return identity
    }

    /// The network's rules.
    func rules(number: UInt64 = 1, allowsPlain: Bool = true) -> SignedStatement {
        SignedStatement(
            .network(
                NetworkRules(
                    network: id, number: number, recovery: recovery.recipient,
                    allowsPlain: allowsPlain)), by: root)
    }

    /// A device's certificate, signed by the root key unless another is given.
    func certificate(
        of key: DevicePrivateKey, at unit: UnitCode, role: DeviceRole = .unit,
        signedBy signer: DevicePrivateKey? = nil
    ) throws -> SignedStatement {
        let identity = try Self.identity(key.publicKey.fingerprint)
        return SignedStatement(
            .certificate(
                Certificate(
                    network: id, number: 1, key: key.publicKey, recipient: identity.recipient,
                    role: role, unit: unit, name: "Påhittad", machine: "")), by: signer ?? root)
    }

    /// The word that a device has been shut out.
    func revocation(of key: DevicePrivateKey, after: [SignedHead]) -> SignedStatement {
        SignedStatement(
            .revocation(
                Revocation(network: id, number: 1, key: key.publicKey, after: after)), by: root)
    }

    /// A device that has been let in for a unit.
    func device(at unit: UnitCode = unit, role: DeviceRole = .unit) throws -> Stranger {
        let key = try Self.device("\(role.rawValue) \(unit)")
        return Stranger(
            unit: unit, key: key, network: id,
            statements: [rules(), try certificate(of: key, at: unit, role: role)])
    }

    /// A file, encrypted to whoever has the recovery key.
    func sealed(_ inside: [UInt8]) throws -> [UInt8] {
        try Self.sealed(inside, to: [recovery.recipient])
    }

    /// A file, encrypted to recipients.
    static func sealed(_ inside: [UInt8], to recipients: [AgeRecipient]) throws -> [UInt8] {
        let key = AgeFileKey()
        let header = try AgeHeader(recipients: recipients, fileKey: key)
        return sealed(inside, header, key)
    }

    /// A file, encrypted with the passphrase; cheaper to open than those that Sluss makes.
    static func sealedWithPassphrase(_ inside: [UInt8]) throws -> [UInt8] {
        guard let passphrase = AgePassphrase(passphrase) else {
            throw StoryFailure(what: "passphrase")
        }
        let key = AgeFileKey()
        let header = try AgeHeader(passphrase: passphrase, workFactor: 10, fileKey: key)
        return sealed(inside, header, key)
    }

    private static func sealed(
        _ inside: [UInt8], _ header: AgeHeader, _ key: AgeFileKey
    ) -> [UInt8] {
        var sealer = AgeStreamSealer(key)
        let payload = sealer.seal(inside)
        return header.bytes + payload + sealer.finish()
    }
}
