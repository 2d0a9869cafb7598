import enum Crypto.Curve25519

/// An Ed25519 signature in OpenSSH's form (`ssh-keygen -Y sign`).
///
/// It carries the public key; whether that key is anyone's is for the caller to know. The format
/// is OpenSSH's `PROTOCOL.sshsig`.
public struct SSHSignature: Hashable, Sendable {
    /// Bytes of the armored form: it has about 300, and longer namespaces do not exist.
    public static let armoredBytesMax = 4096

    private static let label = "SSH SIGNATURE"
    private static let magic = Array("SSHSIG".utf8)
    private static let version: UInt32 = 1
    private static let signatureBytes = 64

    /// Whose signature it says it is.
    public let key: DeviceKey
    /// What the signature is good for.
    public let namespace: String
    /// How the message was hashed.
    public let algorithm: SSHMessageHash.Algorithm
    private let signature: [UInt8]

    init(
        key: DeviceKey, namespace: String, algorithm: SSHMessageHash.Algorithm,
        signature: [UInt8]
    ) {
        self.key = key
        self.namespace = namespace
        self.algorithm = algorithm
        self.signature = signature
    }

    /// Reads the armored form, byte for byte as OpenSSH writes it.
    public init(armored text: [UInt8]) throws(SSHSignatureError) {
        guard text.count <= Self.armoredBytesMax else {
            throw .tooLong(max: Self.armoredBytesMax)
        }
        guard let bytes = SSHArmor.bytes(of: text, label: Self.label) else { throw .notArmored }
        var reader = SSHWireReader(bytes[...])
        guard let magic = reader.take(Self.magic.count), magic.elementsEqual(Self.magic),
            let version = reader.number()
        else { throw .malformed(reason: "start") }
        guard version == Self.version else { throw .unsupported("version \(version)") }
        guard let blob = reader.string(), let namespace = reader.string(),
            let reserved = reader.string(), let hash = reader.string(),
            let signature = reader.string(), reader.isAtEnd
        else { throw .malformed(reason: "parts") }
        guard reserved.isEmpty else { throw .malformed(reason: "reserved") }
        key = try Self.key(blob)
        guard let name = String(validating: namespace, as: UTF8.self), !name.isEmpty else {
            throw .malformed(reason: "namespace")
        }
        self.namespace = name
        guard let algorithm = SSHMessageHash.Algorithm(rawValue: Self.word(hash)) else {
            throw .unsupported(Self.word(hash))
        }
        self.algorithm = algorithm
        self.signature = try Self.signature(signature)
    }

    private static func key(_ blob: ArraySlice<UInt8>) throws(SSHSignatureError) -> DeviceKey {
        var reader = SSHWireReader(blob)
        guard let kind = reader.string() else { throw .malformed(reason: "key") }
        guard kind.elementsEqual(DeviceKey.kind.utf8) else { throw .unsupported(word(kind)) }
        guard let key = DeviceKey(blob: blob) else { throw .malformed(reason: "key") }
        return key
    }

    private static func signature(_ part: ArraySlice<UInt8>) throws(SSHSignatureError) -> [UInt8] {
        var reader = SSHWireReader(part)
        guard reader.expect(DeviceKey.kind), let signature = reader.string(), reader.isAtEnd,
            signature.count == signatureBytes
        else { throw .malformed(reason: "signature") }
        return Array(signature)
    }

    /// A short word from outside, for an error.
    private static func word(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix(40), as: UTF8.self)
    }

    /// The armored form: what stands in a `.sig` file.
    public var armored: [UInt8] {
        var inner = SSHWireWriter()
        inner.append(string: DeviceKey.kind.utf8)
        inner.append(string: signature)
        var writer = SSHWireWriter()
        writer.append(Self.magic)
        writer.append(Self.version)
        writer.append(string: key.blob)
        writer.append(string: namespace.utf8)
        writer.append(string: "".utf8)
        writer.append(string: algorithm.rawValue.utf8)
        writer.append(string: inner.bytes)
        return SSHArmor.text(of: writer.bytes, label: Self.label)
    }

    /// Whether ``key`` has signed `message` for `namespace`.
    ///
    /// A signature whose number S is not below the group's order is refused, as RFC 8032 asks:
    /// otherwise each signature would have twins.
    public func verifies(_ message: some Collection<UInt8>, namespace: String) -> Bool {
        verifies(SSHMessageHash(of: message, algorithm), namespace: namespace)
    }

    /// Whether ``key`` has signed the message with this hash for `namespace`.
    ///
    /// `false` if the message was hashed in another way than for the signature.
    public func verifies(_ hash: SSHMessageHash, namespace: String) -> Bool {
        // Bytes, not characters: Swift calls different bytes the same namespace.
        guard hash.algorithm == algorithm, self.namespace.utf8.elementsEqual(namespace.utf8),
            let verifier = try? Curve25519.Signing.PublicKey(rawRepresentation: key.bytes)
        else { return false }
        let statement = Self.statement(hash, namespace: namespace)
        return verifier.isValidSignature(signature, for: statement)
    }

    /// The bytes that are signed.
    static func statement(_ hash: SSHMessageHash, namespace: String) -> [UInt8] {
        var writer = SSHWireWriter()
        writer.append(magic)
        writer.append(string: namespace.utf8)
        writer.append(string: "".utf8)
        writer.append(string: hash.algorithm.rawValue.utf8)
        writer.append(string: hash.bytes)
        return writer.bytes
    }

    /// Whether two signatures are the same bytes.
    public static func == (left: Self, right: Self) -> Bool { left.armored == right.armored }

    /// Feeds the bytes.
    public func hash(into hasher: inout Hasher) { hasher.combine(armored) }
}
