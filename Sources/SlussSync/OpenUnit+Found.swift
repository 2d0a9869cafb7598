import Foundation
import Glibc
import SlussArchive
import SlussBundle
public import SlussCore
public import SlussDomain
import SlussStore

/// How a store comes into a network, or does not.
public enum Founding: Sendable {
    /// A unit that no central knows yet.
    case alone
    /// A unit with an invitation.
    case invited(Invitation)
    /// The central of a new network.
    ///
    /// - Parameter allowsPlain: Whether bundles that are not encrypted are taken.
    case central(allowsPlain: Bool)
    /// The central of a network that is there, from the offline copy of its keys.
    case centralAgain(copy: String, allowsPlain: Bool)

    var isCentral: Bool {
        switch self {
        case .alone, .invited: false
        case .central, .centralAgain: true
        }
    }
}

extension OpenUnit {
    /// Makes a new store in `folder`, with keys of its own.
    ///
    /// Keys that lie there already, without a store, are kept and used.
    public static func create(
        in folder: String, unit: UnitCode, name: String, machine: MachineLetter,
        as founding: Founding, on computer: Machine, keys access: KeyAccess = KeyAccess(),
        generator: any RandomNumberGenerator = SystemRandomNumberGenerator()
    ) throws {
        var generator = generator
        let name = try Entered.line(name, of: Phrase("enhetens namn", "the unit's name"), max: 80)
        let id = StoreID.random(using: &generator)
        try UnitStore.refuse(folder)
        let keys = StoreKeys(store: folder, access: access)
        let found = try KeyFounding(founding, access, &generator)
        let isNew = try keys.found(found)
        do {
            let device = try keys.device()
            try UnitStore.create(
                StoreIdentity(
                    id: id, unit: unit, name: name, machine: machine.suffix,
                    isCentral: founding.isCentral, device: device.publicKey.bytes),
                in: folder, fold: Release.fold
            ) { transaction in
                let facts = try facts(founding, keys, device, unit, name, machine.suffix)
                if let root = facts.root { try transaction.setRootKey(root.bytes) }
                for statement in facts.statements.compactMap(\.stored) {
                    _ = try transaction.insert(statement)
                }
            }
        } catch {
            if isNew { keys.remove() }
            throw error
        }
        _ = Witness(computer, folder: folder, heads: Acknowledgement())
            .write(to: Witness.path(of: id, in: computer.stateFolder))
    }

    /// What a new store knows of its network.
    private static func facts(
        _ founding: Founding, _ keys: StoreKeys, _ device: DevicePrivateKey, _ unit: UnitCode,
        _ name: String, _ machine: String
    ) throws -> (root: DeviceKey?, statements: [SignedStatement]) {
        let allowsPlain: Bool
        switch founding {
        case .alone: return (nil, [])
        case .invited(let invitation): return (invitation.root, invitation.statements)
        case .central(let plain), .centralAgain(_, let plain): allowsPlain = plain
        }
        let root = try keys.root()
        let network = root.publicKey.network
        let recovery = try StoreKeys.identities(keys.recoveryFile, keys.access, isOwn: true)
        guard let recovery = recovery.first?.recipient else {
            throw KeyError.malformed(keys.recoveryFile.path)
        }
        let rules = NetworkRules(
            network: network, number: 1, recovery: recovery, allowsPlain: allowsPlain)
        let certificate = Certificate(
            network: network, number: 1, key: device.publicKey,
            recipient: try keys.identity().recipient, role: .central, unit: unit,
            name: Text(name), machine: Text(machine))
        return (
            root.publicKey,
            [
                SignedStatement(.network(rules), by: root),
                SignedStatement(.certificate(certificate), by: root),
            ]
        )
    }
}

/// The files that a new store's key folder begins with.
struct KeyFounding {
    let files: [(name: String, bytes: [UInt8])]

    init(
        _ founding: Founding, _ access: KeyAccess, _ generator: inout any RandomNumberGenerator
    ) throws {
        let device = try Self.key(&generator)
        var files = [
            ("device", device.openSSH(comment: "sluss device")),
            ("device.pub", Array((device.publicKey.openSSH + " sluss device\n").utf8)),
            ("identity", try Self.identity(&generator).keyFile),
        ]
        switch founding {
        case .alone: break
        case .invited(let invitation):
            files.append(("invitation", invitation.key.openSSH(comment: "sluss invitation")))
        case .central:
            let root = try Self.key(&generator)
            files.append(("root", root.openSSH(comment: "sluss root")))
            files.append(("recovery", try Self.identity(&generator).keyFile))
        case .centralAgain(let copy, _):
            for name in ["root", "recovery"] {
                let file = KeyFile(path: copy + "/" + name)
                // Out of its protection, so that a wrong passphrase is noticed now.
                files.append((name, try file.read(access, isOwn: false)))
            }
        }
        self.files = files
    }

    private static func key(
        _ generator: inout any RandomNumberGenerator
    ) throws -> DevicePrivateKey {
        guard let key = DevicePrivateKey(seed: bytes(&generator)) else {
            throw KeyError.malformed("device")
        }
        return key
    }

    private static func identity(
        _ generator: inout any RandomNumberGenerator
    ) throws -> AgeIdentity {
        guard let identity = AgeIdentity(bytes: bytes(&generator)) else {
            throw KeyError.malformed("identity")
        }
        return identity
    }

    static func bytes(_ generator: inout any RandomNumberGenerator) -> [UInt8] {
        (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

extension StoreKeys {
    /// Makes the folder of keys, whole or not at all; keys that are there stay as they are.
    ///
    /// - Returns: Whether it was made.
    func found(_ founding: KeyFounding) throws -> Bool {
        if deviceFile.isThere { return false }
        let aside = folder + ".new"
        // What a killed process has left; a second one at the same time fails and says so.
        try? FileManager.default.removeItem(atPath: aside)
        do {
            try FileManager.default.createDirectory(
                atPath: aside, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch { throw StoreError.readOnly(folder: folder) }
        do {
            for file in founding.files {
                try KeyFile(path: aside + "/" + file.name).create(
                    file.bytes, mode: file.name.hasSuffix(".pub") ? 0o644 : 0o600)
            }
            guard rename(aside, folder) == 0 else {
                throw FileFailure(.rename, folder, number: errno)
            }
        } catch {
            try? FileManager.default.removeItem(atPath: aside)
            throw error
        }
        return true
    }

    /// Takes back what ``found(_:)`` has made.
    func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
