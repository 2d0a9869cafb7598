import Foundation
import SlussBundle
import SlussCore
import SlussDomain
import SlussStore
import SlussSync
import _SlussTestSupport

/// The network that a workload is replayed in: a central, and one unit with a machine for each of
/// the workload's units.
///
/// One unit, since a certificate covers the records of its own unit alone, and the workload's units
/// change each other's records. Every key follows from its name, so that the same workload gives
/// the same network.
struct ReplayNetwork {
    /// The unit that all records are for.
    static let unitCode = "OMS-SB-04"
    private static let centralCode = "KLK-SA-01"
    /// The unit's first machine has no letter, the others B to Z.
    static let machinesMax = 26

    let unit: UnitCode
    let id: NetworkID
    /// The devices, in the order of the workload's units.
    let devices: [DevicePrivateKey]
    /// The network's rules and every device's certificate.
    let statements: [SignedStatement]
    /// Whom a machine's bundles are encrypted to besides itself, in the order of an export.
    private let recipients: [AgeRecipient]

    /// Makes the network, with the central's store in `folder`/central.
    init(machines: Int, folder: String) throws {
        guard (1...Self.machinesMax).contains(machines) else {
            throw WorkloadFailure(what: "1 to \(Self.machinesMax) units can be machines of one")
        }
        guard let unit = UnitCode(Self.unitCode) else {
            throw WorkloadFailure(what: Self.unitCode)
        }
        self.unit = unit
        let keys = try FixtureNetwork(other: "replay")
        id = keys.id
        let central = try Self.makeCentral(keys, in: folder)
        let devices = try (0..<machines).map { try Self.device($0) }
        self.devices = devices
        let identities = try devices.map { try Self.identity(of: $0) }
        let certificates = try (0..<machines).map { index in
            SignedStatement(
                .certificate(
                    Certificate(
                        network: keys.id, number: 1, key: devices[index].publicKey,
                        recipient: identities[index].recipient, role: .unit, unit: unit,
                        name: "Återspelat", machine: Text(try Self.letter(index).suffix))),
                by: keys.root)
        }
        try Self.keep(certificates, inStore: "\(folder)/central")
        statements = central.statements + certificates
        recipients =
            [central.recipient] + identities.map(\.recipient) + [keys.recovery.recipient]
    }

    /// Gives the central the certificates, as if it had let the devices in itself.
    private static func keep(_ certificates: [SignedStatement], inStore folder: String) throws {
        try UnitStore(folder: folder, access: .writing("replay")).write { transaction in
            for signed in certificates {
                guard case .certificate(let certificate) = signed.statement else { continue }
                _ = try transaction.insert(
                    StoredStatement(
                        type: "certificate", key: certificate.key.bytes, text: signed.text,
                        signature: signed.armored))
            }
        }
    }

    private static func identity(of device: DevicePrivateKey) throws -> AgeIdentity {
        try FixtureNetwork.identity(device.publicKey.fingerprint)
    }

    /// The device key of a machine.
    static func device(_ machine: Int) throws -> DevicePrivateKey {
        try FixtureNetwork.device("replay \(machine)")
    }

    /// The log of a machine.
    static func log(ofMachine machine: Int) throws -> ReplicaID {
        var generator = SplitMix64(seed: UInt64(machine) + 100)
        return try device(machine).publicKey.newLog(using: &generator)
    }

    /// The letter of a machine.
    static func letter(_ machine: Int) throws -> MachineLetter {
        let letter = Character(UnicodeScalar(UInt8(ascii: "A") + UInt8(machine)))
        guard let letter = MachineLetter(String(letter)) else {
            throw WorkloadFailure(what: "machine \(machine) has no letter")
        }
        return letter
    }

    /// Who can open a machine's bundle.
    func recipients(ofMachine machine: Int) throws -> [AgeRecipient] {
        let own = try Self.identity(of: devices[machine]).recipient
        return [own] + recipients.filter { $0 != own }
    }

    /// Makes the central's store, as `sluss init --central` does, but with keys that are known.
    private static func makeCentral(
        _ keys: FixtureNetwork, in folder: String
    ) throws -> (statements: [SignedStatement], recipient: AgeRecipient) {
        guard let code = UnitCode(centralCode) else { throw WorkloadFailure(what: centralCode) }
        let copy = "\(folder)/network"
        try FileManager.default.createDirectory(
            atPath: copy, withIntermediateDirectories: true)
        for (name, bytes) in [
            ("root", keys.root.openSSH(comment: "public test data")),
            ("recovery", keys.recovery.keyFile),
        ] { try Data(bytes).write(to: URL(fileURLWithPath: "\(copy)/\(name)")) }
        let store = "\(folder)/central"
        // The witness lies beside the store: every copy of it is a new central anyway.
        try OpenUnit.create(
            in: store, unit: code, name: "Samordnaren", machine: .first,
            as: .centralAgain(copy: copy, allowsPlain: true),
            on: Machine(id: "replay", name: "replay", stateFolder: "\(folder)/state"),
            generator: SplitMix64(seed: 5))
        let json = StrictJSON()
        let statements = try UnitStore(folder: store, access: .reading).read {
            try $0.facts().compactMap {
                SignedStatement(kept: $0.text, armored: $0.signature, json: json)
            }
        }
        guard
            let recipient = statements.lazy.compactMap({ signed -> AgeRecipient? in
                if case .certificate(let certificate) = signed.statement {
                    certificate.recipient
                } else {
                    nil
                }
            }).first
        else { throw WorkloadFailure(what: "the central has no certificate") }
        return (statements, recipient)
    }
}
