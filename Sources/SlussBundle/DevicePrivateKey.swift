import enum Crypto.Curve25519

/// The private Ed25519 key (RFC 8032) of one machine: with it a bundle is signed.
///
/// It is kept in OpenSSH's own file format, without a passphrase of its own: what guards it are
/// the file's mode and the computer's login. The bytes are not wiped from memory.
public struct DevicePrivateKey: SecretValue {
    private static let keyFileBytesMax = 16 << 10
    private static let label = "OPENSSH PRIVATE KEY"
    private static let magic = Array("openssh-key-v1\0".utf8)
    /// OpenSSH fills the secret part up to the block size of its cipher, 8 if there is none.
    private static let blockBytes = 8

    private let key: Curve25519.Signing.PrivateKey

    /// The public half.
    public let publicKey: DeviceKey

    /// Draws a new key.
    public init() {
        guard let drawn = Self(Curve25519.Signing.PrivateKey()) else {
            preconditionFailure("a drawn key is a point of large order")
        }
        self = drawn
    }

    /// The key of a seed (RFC 8032, section 5.1.5); `nil` if the seed has not 32 bytes.
    public init?(seed: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            return nil
        }
        self.init(key)
    }

    private init?(_ key: Curve25519.Signing.PrivateKey) {
        guard let publicKey = DeviceKey(bytes: key.publicKey.rawRepresentation) else { return nil }
        self.key = key
        self.publicKey = publicKey
    }

    /// Reads a key file as `ssh-keygen -t ed25519` writes it, byte for byte.
    ///
    /// - Throws: ``KeyFileError``; of a key with a passphrase ``KeyFileError/passphraseProtected``.
    public init(openSSH text: [UInt8]) throws(KeyFileError) {
        guard text.count <= Self.keyFileBytesMax else {
            throw .tooLong(max: Self.keyFileBytesMax)
        }
        guard text.starts(with: "-----BEGIN \(Self.label)-----".utf8) else { throw .notAKeyFile }
        guard let bytes = SSHArmor.bytes(of: text, label: Self.label) else {
            throw .malformed(reason: "lines")
        }
        var reader = SSHWireReader(bytes[...])
        guard let magic = reader.take(Self.magic.count), magic.elementsEqual(Self.magic),
            let cipher = reader.string(), let derivation = reader.string(),
            let options = reader.string()
        else { throw .malformed(reason: "start") }
        guard cipher.elementsEqual("none".utf8) else { throw .passphraseProtected }
        guard derivation.elementsEqual("none".utf8), options.isEmpty, reader.number() == 1,
            let blob = reader.string(), let secret = reader.string(), reader.isAtEnd
        else { throw .malformed(reason: "parts") }
        self = try Self.read(secret: secret, blob: blob)
    }

    private static func read(
        secret: ArraySlice<UInt8>, blob: ArraySlice<UInt8>
    ) throws(KeyFileError) -> Self {
        guard secret.count % blockBytes == 0 else { throw .malformed(reason: "length") }
        var reader = SSHWireReader(secret)
        guard let first = reader.number(), let second = reader.number(), first == second,
            let kind = reader.string()
        else { throw .malformed(reason: "check numbers") }
        guard kind.elementsEqual(DeviceKey.kind.utf8) else {
            throw .unsupportedKind(String(decoding: kind.prefix(40), as: UTF8.self))
        }
        guard let point = reader.string(), let pair = reader.string(), pair.count == 64,
            reader.string() != nil, let key = Self(seed: Array(pair.prefix(32)))
        else { throw .malformed(reason: "key") }
        let padding = reader.remainder()
        guard padding.count < blockBytes,
            padding.elementsEqual((0..<padding.count).map { UInt8($0 + 1) })
        else { throw .malformed(reason: "padding") }
        guard key.publicKey.bytes.elementsEqual(point),
            key.publicKey.bytes.elementsEqual(pair.suffix(32)),
            key.publicKey.blob.elementsEqual(blob)
        else { throw .malformed(reason: "public key") }
        return key
    }

    /// The file's bytes, which OpenSSH's tools read.
    ///
    /// The check numbers, which OpenSSH draws, follow from the public key, so that a key has one
    /// file. They tell a wrong passphrase, and there is none.
    public func openSSH(comment: String) -> [UInt8] {
        let blob = publicKey.blob
        var secret = SSHWireWriter()
        for _ in 0..<2 { secret.append(publicKey.bytes.prefix(4)) }
        secret.append(string: DeviceKey.kind.utf8)
        secret.append(string: publicKey.bytes)
        secret.append(string: Array(key.rawRepresentation) + publicKey.bytes)
        secret.append(string: comment.utf8)
        var padding: UInt8 = 1
        while secret.bytes.count % Self.blockBytes != 0 {
            secret.append([padding])
            padding += 1
        }
        var writer = SSHWireWriter()
        writer.append(Self.magic)
        writer.append(string: "none".utf8)
        writer.append(string: "none".utf8)
        writer.append(string: "".utf8)
        writer.append(1)
        writer.append(string: blob)
        writer.append(string: secret.bytes)
        return SSHArmor.text(of: writer.bytes, label: Self.label)
    }

    /// Signs a message for a namespace, which says what the signature is good for.
    public func sign(_ message: some Collection<UInt8>, namespace: String) -> SSHSignature {
        sign(SSHMessageHash(of: message), namespace: namespace)
    }

    /// Signs a message of which only the hash is at hand.
    ///
    /// On Linux the same key, namespace and message give the same signature (BoringSSL signs as
    /// RFC 8032 says); Apple's library mixes randomness in. Nothing here relies on either.
    ///
    /// - Precondition: The namespace is not empty: OpenSSH refuses that.
    public func sign(_ hash: SSHMessageHash, namespace: String) -> SSHSignature {
        precondition(!namespace.isEmpty, "a signature is good for something")
        let statement = SSHSignature.statement(hash, namespace: namespace)
        guard let signature = try? key.signature(for: statement) else {
            preconditionFailure("Ed25519 signs every message")
        }
        return SSHSignature(
            key: publicKey, namespace: namespace, algorithm: hash.algorithm,
            signature: Array(signature))
    }
}
