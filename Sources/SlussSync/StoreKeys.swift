import Foundation
import SlussBundle
import SlussCore

/// The keys of a store: files in the folder `keys` beside the store's own file.
///
/// Never in the store, in a bundle, or in an error; standard tools read them all.
final class StoreKeys {
    let folder: String
    let access: KeyAccess
    private let storeFolder: String
    /// What has been read: taking a key out of its protection costs a second of work.
    private var knownDevice: DevicePrivateKey?
    private var knownIdentity: AgeIdentity?
    private(set) var knownIdentities: [AgeIdentity]?

    init(store folder: String, access: KeyAccess) {
        self.folder = folder + "/keys"
        storeFolder = folder
        self.access = access
    }

    /// The device key, as `ssh-keygen` keeps it.
    var deviceFile: KeyFile { KeyFile(path: folder + "/device") }
    /// The age identity, as `age-keygen` keeps it.
    var identityFile: KeyFile { KeyFile(path: folder + "/identity") }
    /// The one-time key of an invitation, until it has been used.
    var invitationFile: KeyFile { KeyFile(path: folder + "/invitation") }
    /// At the central: the network's root key.
    var rootFile: KeyFile { KeyFile(path: folder + "/root") }
    /// At the central, until it is put away: the identity that opens every bundle.
    var recoveryFile: KeyFile { KeyFile(path: folder + "/recovery") }

    /// The device key.
    func device() throws -> DevicePrivateKey {
        if let knownDevice { return knownDevice }
        let key = try Self.privateKey(deviceFile, access, isOwn: true)
        knownDevice = key
        return key
    }

    /// The network's root key: from the folder that was named, or from the store's own.
    func root() throws -> DevicePrivateKey {
        if let path = access.rootPath {
            let isFolder = path.hasSuffix("/") || KeyFile(path: path + "/root").isThere
            return try Self.privateKey(
                KeyFile(path: isFolder ? path + "/root" : path), access, isOwn: false)
        }
        guard rootFile.isThere else { throw KeyError.noRoot }
        return try Self.privateKey(rootFile, access, isOwn: true)
    }

    /// The one-time key of the invitation, if it has not been used up.
    func invitation() throws -> DevicePrivateKey? {
        guard invitationFile.isThere else { return nil }
        return try Self.privateKey(invitationFile, access, isOwn: true)
    }

    /// The store's own age identity.
    func identity() throws -> AgeIdentity {
        if let knownIdentity { return knownIdentity }
        guard let identity = try Self.identities(identityFile, access, isOwn: true).first else {
            throw KeyError.malformed(identityFile.path)
        }
        knownIdentity = identity
        return identity
    }

    /// Every identity that may open a bundle: the store's own, those that were named, and at the
    /// central the recovery key as long as it has not been put away.
    func identities() throws -> [AgeIdentity] {
        if let knownIdentities { return knownIdentities }
        var identities: [AgeIdentity] = []
        // The own first: whoever sends names the receiver first, and each try takes time.
        let isStore = KeyFile(path: OpenUnit.storeFile(in: storeFolder)).isThere
        if identityFile.isThere { identities.append(try identity()) }
        if recoveryFile.isThere {
            identities += try Self.identities(recoveryFile, access, isOwn: true)
        }
        for path in access.identityFiles {
            identities += try Self.identities(KeyFile(path: path), access, isOwn: false)
        }
        // A store without its key is something to mend; no store at all is not.
        if isStore, identities.isEmpty { identities.append(try identity()) }
        knownIdentities = identities
        return identities
    }

    static func identities(
        _ file: KeyFile, _ access: KeyAccess, isOwn: Bool
    ) throws -> [AgeIdentity] {
        let bytes = try file.read(access, isOwn: isOwn)
        guard let identities = try? AgeIdentity.identities(inKeyFile: bytes) else {
            throw KeyError.malformed(file.path)
        }
        return identities
    }

    private static func privateKey(
        _ file: KeyFile, _ access: KeyAccess, isOwn: Bool
    ) throws -> DevicePrivateKey {
        let bytes = try file.read(access, isOwn: isOwn)
        do { return try DevicePrivateKey(openSSH: bytes) } catch {
            throw KeyError.malformed(file.path)
        }
    }
}
