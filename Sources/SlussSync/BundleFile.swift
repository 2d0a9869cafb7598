import SlussArchive
import SlussBundle
import SlussDomain

/// What is known of a bundle once its manifest has been read: the signature is right, and nothing
/// of what it says has been believed yet.
struct OpenedBundle {
    let manifest: BundleManifest
    let id: BundleID
    /// The device that has signed it.
    let signer: DeviceKey
    /// Whether the file was encrypted.
    let isEncrypted: Bool
}

/// A bundle's file, read through once.
enum BundleFile {
    /// Finds the key that opens an encrypted file.
    typealias Unlock = (AgeHeader) throws -> AgeFileKey

    /// Reads a bundle to its end and hands out what is in it; throws if any of it is not right.
    @discardableResult
    static func read(
        _ path: String, unlock: Unlock, opened: (OpenedBundle) throws -> Void = { _ in },
        lines: ([LogLine]) throws -> Void = { _ in }
    ) throws -> OpenedBundle {
        let archive = try ArchiveReader(path: path, unlock: unlock)
        var reader = BundleReader()
        var found: OpenedBundle?
        while let entry = try archive.next() {
            switch try reader.accept(entry) {
            case .none: continue
            case .opened(let manifest, let id, let signer):
                let bundle = OpenedBundle(
                    manifest: manifest, id: id, signer: signer, isEncrypted: archive.isEncrypted)
                found = bundle
                try opened(bundle)
            case .writes(let writes): try lines(writes)
            }
        }
        _ = try reader.finish()
        guard let found else { throw BundleRefusal.damaged }
        return found
    }

    /// The same for whoever has much to do with what is in it: it is read on a thread of its own.
    static func readAhead(
        _ path: String, unlock: Unlock, opened: (OpenedBundle) throws -> Void,
        lines: ([LogLine]) throws -> Void
    ) throws -> OpenedBundle {
        // Here, on the caller's thread, is where a passphrase is asked for.
        let archive = try ArchiveReader(path: path, unlock: unlock)
        let ahead = BundleAhead(.archive(archive), memory: StatementMemory(), lookingOn: nil)
        defer { ahead.end() }
        var found: OpenedBundle?
        while let event = try ahead.next() {
            switch event {
            case .opened(let bundle):
                found = bundle
                try opened(bundle)
            case .lines(let writes): try lines(writes)
            }
        }
        guard let found else { throw BundleRefusal.damaged }
        return found
    }
}

extension StoreKeys {
    /// Finds the key that opens an encrypted file, with all keys that are at hand.
    func unlock(_ header: AgeHeader) throws -> AgeFileKey {
        guard header.needsPassphrase else {
            do { return try header.unlock(identities: identities()) } catch AgeError.noMatchingKey {
                throw BundleRefusal.noKey
            }
        }
        let request = Phrase("Paketets lösenfras", "The bundle's passphrase")
        guard let typed = access.passphrase(request) else { throw KeyError.passphraseNeeded("") }
        return try header.unlock(typed: typed)
    }
}

extension AgeHeader {
    /// Opens a file with a passphrase as somebody has typed it.
    func unlock(typed: String) throws -> AgeFileKey {
        guard let passphrase = AgePassphrase(typed) else { throw KeyError.wrongPassphrase("") }
        do { return try unlock(passphrase: passphrase) } catch AgeError.wrongPassphrase {
            throw KeyError.wrongPassphrase("")
        }
    }
}

extension Sealing {
    /// Whether the file is encrypted.
    var isSealed: Bool { if case .plain = self { false } else { true } }

    /// Opens what was just written, whoever it is for.
    func unlock(_ header: AgeHeader) throws -> AgeFileKey {
        guard case .sealed(_, let key) = self else { throw BundleRefusal.noKey }
        return key
    }
}
