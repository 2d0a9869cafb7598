import SlussArchive
import SlussBundle

extension Layer {
    /// What may open an age file.
    public struct AgeKeys: Sendable {
        /// Files of keys as `age-keygen` writes them.
        public var identityFiles: [String]
        /// A file whose only line is the passphrase.
        public var passphraseFile: String?

        /// Names the files.
        public init(identityFiles: [String], passphraseFile: String? = nil) {
            self.identityFiles = identityFiles
            self.passphraseFile = passphraseFile
        }
    }

    /// Opens an age file and hands out what is in it, once all of it is known to be whole.
    ///
    /// - Throws: ``LayerError`` if it does not open or is not whole; nothing has been handed out
    ///   then, unless the file was changed while it was read.
    public static func decrypt(
        _ path: String, _ keys: AgeKeys, body: (ArraySlice<UInt8>) throws -> Void
    ) throws {
        let identities = try keys.identityFiles.flatMap(identities)
        let passphrase = try keys.passphraseFile.map(passphrase)
        var hasGiven = false
        do {
            try AgeFile.decrypt(path: path) { header in
                if header.needsPassphrase, let passphrase {
                    return try header.unlock(passphrase: passphrase)
                }
                return try header.unlock(identities: identities)
            } body: { piece in
                hasGiven = true
                try body(piece)
            }
        } catch let error as AgeError {
            throw hasGiven ? LayerError.changedMeanwhile : LayerError.age(error)
        } catch BundleRefusal.notABundle { throw LayerError.age(.notAge) }
    }

    private static func identities(_ path: String) throws -> [AgeIdentity] {
        let max = AgeLimits.identityFileBytesMax
        guard let bytes = try FileBytes.all(ofFile: path, max: max) else {
            throw LayerError.noIdentities(path, .tooLong(max: max))
        }
        do throws(KeyFileError) { return try AgeIdentity.identities(inKeyFile: bytes) } catch {
            throw LayerError.noIdentities(path, error)
        }
    }

    private static func passphrase(_ path: String) throws -> AgePassphrase {
        // A line end of either kind belongs to the file, not to the passphrase.
        guard var bytes = try FileBytes.all(ofFile: path, max: AgeLimits.passphraseBytesMax + 2)
        else { throw LayerError.noPassphrase(path) }
        if bytes.last == UInt8(ascii: "\n") {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        }
        guard
            let passphrase = String(validating: bytes, as: UTF8.self).flatMap({ AgePassphrase($0) })
        else { throw LayerError.noPassphrase(path) }
        return passphrase
    }
}
