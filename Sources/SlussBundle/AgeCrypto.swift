import enum Crypto.ChaChaPoly
import enum Crypto.Curve25519
import struct Crypto.HKDF
import struct Crypto.HMAC
import struct Crypto.SHA256
import struct Crypto.SymmetricKey

/// What age v1 (age-encryption.org/v1) asks of cryptography, in its own words.
enum AgeCrypto {
    /// Bytes that ChaCha20-Poly1305 adds.
    static let tagBytes = 16
    /// A file key, wrapped.
    static let wrappedKeyBytes = AgeFileKey.byteCount + tagBytes

    /// HKDF-SHA-256 (RFC 5869), 32 bytes.
    static func derive(_ key: [UInt8], salt: [UInt8], info: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: key), salt: salt, info: Array(info.utf8),
            outputByteCount: 32)
    }

    /// X25519 (RFC 7748), or `nil` if what comes out is all zeros: the other's key is then a
    /// point of small order, and anyone could open the file.
    static func agree(_ secret: [UInt8], _ share: [UInt8]) -> [UInt8]? {
        guard let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: secret),
            let other = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: share),
            let shared = try? key.sharedSecretFromKeyAgreement(with: other)
        else { return nil }
        let bytes = shared.withUnsafeBytes { Array($0) }
        return bytes.contains { $0 != 0 } ? bytes : nil
    }

    /// The X25519 public key of a secret of 32 bytes.
    static func publicKey(of secret: [UInt8]) -> [UInt8]? {
        (try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: secret)).map {
            Array($0.publicKey.rawRepresentation)
        }
    }

    /// The key that wraps a file key for a recipient.
    static func wrapKey(shared: [UInt8], share: [UInt8], recipient: [UInt8]) -> SymmetricKey {
        derive(shared, salt: share + recipient, info: "age-encryption.org/v1/X25519")
    }

    /// The key that wraps a file key under a passphrase; `nil` if there is not enough memory.
    static func wrapKey(
        _ passphrase: AgePassphrase, salt: [UInt8], workFactor: Int
    ) -> SymmetricKey? {
        let salt = Array("age-encryption.org/v1/scrypt".utf8) + salt
        return
            (try? KDFBridge.scrypt(
                password: passphrase.bytes, salt: salt, rounds: 1 << workFactor)).map {
                SymmetricKey(data: $0)
            }
    }

    /// Wraps a file key.
    static func wrap(_ fileKey: AgeFileKey, _ key: SymmetricKey) -> [UInt8] {
        seal(fileKey.bytes, key, nonce: [UInt8](repeating: 0, count: 12))
    }

    /// Unwraps a file key; `nil` if the key is another one.
    static func unwrap(_ body: [UInt8], _ key: SymmetricKey) -> AgeFileKey? {
        open(body[...], key, nonce: [UInt8](repeating: 0, count: 12)).flatMap {
            AgeFileKey(bytes: $0)
        }
    }

    /// The header's MAC, over all of it up to and with its `---`.
    static func headerMAC(_ fileKey: AgeFileKey, _ header: some Collection<UInt8>) -> [UInt8] {
        let key = derive(fileKey.bytes, salt: [], info: "header")
        return Array(HMAC<SHA256>.authenticationCode(for: Array(header), using: key))
    }

    /// Whether a header's MAC is right, told in the same time whatever it is.
    static func isHeaderMAC(
        _ code: [UInt8], _ fileKey: AgeFileKey, _ header: some Collection<UInt8>
    ) -> Bool {
        let key = derive(fileKey.bytes, salt: [], info: "header")
        return HMAC<SHA256>.isValidAuthenticationCode(
            code, authenticating: Array(header), using: key)
    }

    /// ChaCha20-Poly1305 (RFC 8439): the sealed bytes with their tag behind.
    static func seal(
        _ bytes: [UInt8], _ key: SymmetricKey, nonce: [UInt8]
    ) -> [UInt8] {
        guard let nonce = try? ChaChaPoly.Nonce(data: nonce),
            let box = try? ChaChaPoly.seal(bytes, using: key, nonce: nonce)
        else { preconditionFailure("keys have 32 bytes and nonces 12") }
        var sealed: [UInt8] = []
        sealed.reserveCapacity(bytes.count + tagBytes)
        sealed.append(contentsOf: box.ciphertext)
        sealed.append(contentsOf: box.tag)
        return sealed
    }

    /// What was sealed, or `nil` if it was not, with this key and nonce.
    static func open(
        _ bytes: ArraySlice<UInt8>, _ key: SymmetricKey, nonce: [UInt8]
    ) -> [UInt8]? {
        guard bytes.count >= tagBytes, let nonce = try? ChaChaPoly.Nonce(data: nonce),
            let box = try? ChaChaPoly.SealedBox(
                nonce: nonce, ciphertext: bytes.dropLast(tagBytes), tag: bytes.suffix(tagBytes)),
            let opened = try? ChaChaPoly.open(box, using: key)
        else { return nil }
        return Array(opened)
    }

    /// Bytes from a generator; the system's is a cryptographic one.
    static func random(
        _ count: Int, using generator: inout some RandomNumberGenerator
    ) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
