/// The private X25519 key of one who may read: `AGE-SECRET-KEY-1…`.
///
/// The bytes are not wiped from memory.
public struct AgeIdentity: SecretValue {
    private static let prefix = "age-secret-key-"

    let secret: [UInt8]

    /// The public half, for whom a file is made.
    public let recipient: AgeRecipient

    /// Draws a new key.
    public init() {
        var generator = SystemRandomNumberGenerator()
        guard let drawn = Self(bytes: AgeCrypto.random(AgeRecipient.byteCount, using: &generator))
        else { preconditionFailure("every 32 bytes are an X25519 key") }
        self = drawn
    }

    /// Takes 32 bytes; `nil` if there are not 32.
    public init?(bytes: [UInt8]) {
        guard bytes.count == AgeRecipient.byteCount,
            let recipient = AgeCrypto.publicKey(of: bytes).flatMap({ AgeRecipient(bytes: $0) })
        else { return nil }
        secret = bytes
        self.recipient = recipient
    }

    /// Reads the written form, all upper case.
    public init?(_ text: String) {
        guard !text.utf8.contains(where: { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }),
            text.utf8.allSatisfy({ $0 < 0x80 }),
            let bytes = Bech32.decode(prefix: Self.prefix, text.lowercased())
        else { return nil }
        self.init(bytes: bytes)
    }

    /// The written form, which is the secret itself.
    public var secretText: String {
        Bech32.encode(prefix: Self.prefix, secret).uppercased()
    }

    /// A file of this key alone, in the form of `age-keygen`.
    public var keyFile: [UInt8] {
        Array("# public key: \(recipient)\n\(secretText)\n".utf8)
    }

    /// Reads a file of keys as `age-keygen` writes it: one key a line, comments behind `#`, empty
    /// lines; lines may end as on Windows.
    ///
    /// - Throws: ``KeyFileError``; the number of a line that is none, never the line.
    public static func identities(
        inKeyFile bytes: [UInt8]
    ) throws(KeyFileError) -> [AgeIdentity] {
        guard bytes.count <= AgeLimits.identityFileBytesMax else {
            throw .tooLong(max: AgeLimits.identityFileBytesMax)
        }
        var identities: [AgeIdentity] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
            guard let text = String(validating: line, as: UTF8.self),
                let identity = AgeIdentity(text)
            else { throw .malformedLine(index + 1) }
            identities.append(identity)
        }
        guard !identities.isEmpty else { throw .empty }
        return identities
    }
}
