/// The header of an age file: the ways to its key.
///
/// - Invariant: It has at least one stanza, and a scrypt stanza stands alone.
public struct AgeHeader: Sendable {
    /// What an age file of version 1 begins with.
    public static let start = Array("age-encryption.org/v1".utf8)

    /// The header's bytes, to the end of its last line.
    public let bytes: [UInt8]
    let stanzas: [AgeStanza]
    /// The part of ``bytes`` that the MAC is over.
    private let coveredCount: Int
    private let mac: [UInt8]

    /// Whether the file is opened with a passphrase, not with a key.
    public var needsPassphrase: Bool {
        stanzas.contains { if case .scrypt = $0 { true } else { false } }
    }

    /// How many X25519 keys the file is for.
    public var recipientCount: Int {
        stanzas.count { if case .x25519 = $0 { true } else { false } }
    }

    /// Makes a header for recipients; each of them can open the file alone.
    ///
    /// - Throws: ``AgeError/unusableRecipients(reason:)`` if there are none, more than
    ///   ``AgeLimits/stanzasMax``, or one whose key anyone could stand in for.
    public init(recipients: [AgeRecipient], fileKey: AgeFileKey) throws(AgeError) {
        var generator = SystemRandomNumberGenerator()
        try self.init(recipients: recipients, fileKey: fileKey, using: &generator)
    }

    /// Makes a header for a passphrase.
    ///
    /// - Throws: ``AgeError/notEnoughMemory``.
    /// - Precondition: The work factor is 1 to ``AgeLimits/scryptWorkFactorMax``; a smaller one
    ///   than age's own is for tests.
    public init(
        passphrase: AgePassphrase, workFactor: Int = AgeLimits.scryptWorkFactor,
        fileKey: AgeFileKey
    ) throws(AgeError) {
        precondition(1...AgeLimits.scryptWorkFactorMax ~= workFactor, "a work factor to be read")
        var generator = SystemRandomNumberGenerator()
        let salt = AgeCrypto.random(AgeStanza.saltBytes, using: &generator)
        guard let key = AgeCrypto.wrapKey(passphrase, salt: salt, workFactor: workFactor) else {
            throw .notEnoughMemory
        }
        let body = AgeCrypto.wrap(fileKey, key)
        self.init([.scrypt(salt: salt, workFactor: workFactor, body: body)], fileKey)
    }

    init(
        recipients: [AgeRecipient], fileKey: AgeFileKey,
        using generator: inout some RandomNumberGenerator
    ) throws(AgeError) {
        guard !recipients.isEmpty else { throw .unusableRecipients(reason: "none") }
        guard recipients.count <= AgeLimits.stanzasMax else {
            throw .unusableRecipients(reason: "more than \(AgeLimits.stanzasMax)")
        }
        var stanzas: [AgeStanza] = []
        for recipient in recipients {
            let secret = AgeCrypto.random(AgeRecipient.byteCount, using: &generator)
            guard let share = AgeCrypto.publicKey(of: secret),
                let shared = AgeCrypto.agree(secret, recipient.bytes)
            else { throw .unusableRecipients(reason: "a key of small order") }
            let key = AgeCrypto.wrapKey(
                shared: shared, share: share, recipient: recipient.bytes)
            stanzas.append(.x25519(share: share, body: AgeCrypto.wrap(fileKey, key)))
        }
        self.init(stanzas, fileKey)
    }

    private init(_ stanzas: [AgeStanza], _ fileKey: AgeFileKey) {
        let covered =
            Self.start + [UInt8(ascii: "\n")] + stanzas.flatMap(\.text) + Array("---".utf8)
        mac = AgeCrypto.headerMAC(fileKey, covered)
        let line = Array(" ".utf8) + CanonicalBase64.encode(mac, padded: false) + Array("\n".utf8)
        bytes = covered + line
        self.stanzas = stanzas
        coveredCount = covered.count
    }

    /// A header that has been read.
    init(bytes: [UInt8], coveredCount: Int, stanzas: [AgeStanza], mac: [UInt8]) {
        self.bytes = bytes
        self.coveredCount = coveredCount
        self.stanzas = stanzas
        self.mac = mac
    }

    /// The file's key, for whoever holds one of the keys it is for.
    ///
    /// - Throws: ``AgeError/noMatchingKey``, ``AgeError/headerMACMismatch``, or
    ///   ``AgeError/malformedHeader(reason:)`` for a share that fits every key.
    public func unlock(identities: [AgeIdentity]) throws(AgeError) -> AgeFileKey {
        for stanza in stanzas {
            guard case .x25519(let share, let body) = stanza else { continue }
            for identity in identities {
                guard let shared = AgeCrypto.agree(identity.secret, share) else {
                    throw .malformedHeader(reason: "X25519 share of small order")
                }
                let key = AgeCrypto.wrapKey(
                    shared: shared, share: share, recipient: identity.recipient.bytes)
                if let fileKey = AgeCrypto.unwrap(body, key) { return try checked(fileKey) }
            }
        }
        throw .noMatchingKey
    }

    /// The file's key, for whoever knows its passphrase.
    ///
    /// - Throws: ``AgeError/wrongPassphrase``, ``AgeError/noMatchingKey`` if the file has none,
    ///   ``AgeError/headerMACMismatch``, ``AgeError/notEnoughMemory``.
    public func unlock(passphrase: AgePassphrase) throws(AgeError) -> AgeFileKey {
        guard case .scrypt(let salt, let workFactor, let body) = stanzas.first else {
            throw .noMatchingKey
        }
        guard let key = AgeCrypto.wrapKey(passphrase, salt: salt, workFactor: workFactor) else {
            throw .notEnoughMemory
        }
        guard let fileKey = AgeCrypto.unwrap(body, key) else { throw .wrongPassphrase }
        return try checked(fileKey)
    }

    /// Whether the header was made for this file key.
    public func isSealed(with fileKey: AgeFileKey) -> Bool {
        AgeCrypto.isHeaderMAC(mac, fileKey, bytes.prefix(coveredCount))
    }

    private func checked(_ fileKey: AgeFileKey) throws(AgeError) -> AgeFileKey {
        guard isSealed(with: fileKey) else { throw .headerMACMismatch }
        return fileKey
    }
}
