import Foundation
import Glibc
import SlussArchive
package import SlussBundle
import SlussDomain
import SlussStore

/// The public halves of a store's keys.
public struct PublicKeys: Sendable {
    /// This device's.
    public let device: KeyName
    /// This device's, as OpenSSH writes it.
    public let deviceLine: String
    /// The network's root key; `nil` if the store is in none.
    public let network: KeyName?
    /// The devices of the network as `ssh-keygen -Y verify -f` reads them, a line each.
    public let allowedSigners: String
}

extension OpenUnit {
    /// The public halves of the keys, from the store alone.
    public func publicKeys() throws -> PublicKeys {
        try store.read { transaction in
            guard let device = DeviceKey(bytes: store.identity.device) else {
                throw StoreError.damaged(what: "store")
            }
            let authority = try Authority(transaction)
            let signers = authority.certificates.values.sorted { $0.key < $1.key }.map {
                "\($0.unit)\($0.machine) namespaces=\"sluss-bundle\" \($0.key.openSSH)\n"
            }
            return PublicKeys(
                device: KeyName(device), deviceLine: device.openSSH,
                network: authority.root.map { KeyName($0) }, allowedSigners: signers.joined())
        }
    }

    /// The network that the store is of.
    package func publicNetwork() throws -> NetworkID? {
        try store.read { try Authority($0).network }
    }

    /// Puts a copy of the network's root and recovery keys into a new folder, and reads it back.
    ///
    /// - Returns: The names of the files.
    @discardableResult
    public func copyKeys(to folder: String, protected: Bool) throws -> [String] {
        guard isCentral else { throw InputError.onlyCentral }
        guard access(folder, F_OK) != 0 else { throw InputError.targetTaken(folder) }
        // Under another name until it is whole: half a copy must not look like one.
        let aside = folder + ".new"
        try? FileManager.default.removeItem(atPath: aside)
        guard mkdir(aside, 0o700) == 0 else { throw FileFailure(.open, folder, number: errno) }
        var names: [String] = []
        do {
            let passphrase = protected ? try newPassphrase() : nil
            for file in [keys.rootFile, keys.recoveryFile] {
                guard file.isThere else { throw KeyError.missing(file.path) }
                let open = try file.read(keys.access, isOwn: true)
                let bytes = try passphrase.map { try AgeBytes.seal(open, $0) } ?? open
                let name = URL(fileURLWithPath: file.path).lastPathComponent
                let copy = KeyFile(path: aside + "/" + name)
                try copy.create(bytes)
                guard try copy.readOpen(max: bytes.count) == bytes else {
                    throw FileFailure(.verify, copy.path, number: 0)
                }
                names.append(name)
            }
            guard rename(aside, folder) == 0 else {
                throw FileFailure(.rename, folder, number: errno)
            }
        } catch {
            try? FileManager.default.removeItem(atPath: aside)
            throw error
        }
        return names
    }

    /// Encrypts the device key and the age identity with a passphrase.
    public func protectKeys() throws {
        let files = [keys.deviceFile, keys.identityFile]
        let open = try files.map { try $0.read(keys.access, isOwn: true) }
        let passphrase = try newPassphrase()
        for (file, bytes) in zip(files, open) {
            try file.replace(try AgeBytes.seal(bytes, passphrase))
        }
    }

    /// Takes the passphrase off the device key and the age identity.
    public func unprotectKeys() throws {
        for file in [keys.deviceFile, keys.identityFile] {
            try file.replace(try file.read(keys.access, isOwn: true))
        }
    }

    /// How a backup is encrypted with a passphrase that is asked for now.
    public func backupProtection() throws -> Protection {
        .passphrase(
            try newPassphrase(
                Phrase("Lösenfras för säkerhetskopian", "Passphrase for the backup")))
    }

    /// Asks for a new passphrase, twice, since nobody sees what is typed, and refuses one that is
    /// guessed too easily.
    private func newPassphrase(_ request: Phrase) throws -> String {
        guard let typed = keys.access.passphrase(request) else {
            throw KeyError.passphraseNeeded("")
        }
        let again = keys.access.passphrase(Phrase("En gång till", "Once more"))
        let letters = typed.unicodeScalars.filter { !$0.properties.isWhitespace }
        guard AgePassphrase(typed) != nil, typed.count >= 12, letters.count >= 10 else {
            throw InputError.weakPassphrase
        }
        guard again == typed else { throw KeyError.wrongPassphrase("") }
        return typed
    }

    private func newPassphrase() throws -> AgePassphrase {
        let typed = try newPassphrase(Phrase("Ny lösenfras", "New passphrase"))
        guard let passphrase = AgePassphrase(typed) else { throw InputError.weakPassphrase }
        return passphrase
    }
}
