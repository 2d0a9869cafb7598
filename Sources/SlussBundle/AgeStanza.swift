/// One way to the file key, as it stands in an age file's header.
enum AgeStanza: Hashable, Sendable {
    /// For the holder of an X25519 key.
    case x25519(share: [UInt8], body: [UInt8])
    /// For whoever knows the passphrase; stands alone in its header.
    case scrypt(salt: [UInt8], workFactor: Int, body: [UInt8])
    /// Of a kind that is not known here: passed over.
    case other

    static let saltBytes = 16

    /// What a stanza's arguments and body mean.
    init(arguments: [[UInt8]], body: [UInt8]) throws(AgeError) {
        guard let kind = arguments.first else { throw .malformedHeader(reason: "arguments") }
        switch String(decoding: kind, as: UTF8.self) {
        case "X25519":
            guard arguments.count == 2 else { throw .malformedHeader(reason: "X25519 arguments") }
            guard let share = CanonicalBase64.decode(arguments[1], padded: false),
                share.count == AgeRecipient.byteCount
            else { throw .malformedHeader(reason: "X25519 share") }
            guard body.count == AgeCrypto.wrappedKeyBytes else {
                throw .malformedHeader(reason: "X25519 body")
            }
            self = .x25519(share: share, body: body)
        case "scrypt":
            guard arguments.count == 3 else { throw .malformedHeader(reason: "scrypt arguments") }
            guard let salt = CanonicalBase64.decode(arguments[1], padded: false),
                salt.count == Self.saltBytes
            else { throw .malformedHeader(reason: "scrypt salt") }
            let workFactor = try Self.workFactor(arguments[2])
            guard body.count == AgeCrypto.wrappedKeyBytes else {
                throw .malformedHeader(reason: "scrypt body")
            }
            self = .scrypt(salt: salt, workFactor: workFactor, body: body)
        default: self = .other
        }
    }

    /// A decimal number without signs and leading zeros, not above the limit.
    private static func workFactor(_ text: [UInt8]) throws(AgeError) -> Int {
        guard let first = text.first, first != UInt8(ascii: "0"),
            text.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
        else { throw .malformedHeader(reason: "scrypt work factor") }
        // A number that no integer holds is above the limit, too.
        let number = Int(String(decoding: text, as: UTF8.self)) ?? .max
        guard number <= AgeLimits.scryptWorkFactorMax else {
            throw .workFactorTooHigh(found: number, max: AgeLimits.scryptWorkFactorMax)
        }
        return number
    }

    /// The stanza's lines.
    var text: [UInt8] {
        func base64(_ bytes: [UInt8]) -> String {
            String(decoding: CanonicalBase64.encode(bytes, padded: false), as: UTF8.self)
        }
        switch self {
        case .x25519(let share, let body):
            return Array("-> X25519 \(base64(share))\n\(base64(body))\n".utf8)
        case .scrypt(let salt, let workFactor, let body):
            return Array("-> scrypt \(base64(salt)) \(workFactor)\n\(base64(body))\n".utf8)
        case .other: preconditionFailure("only stanzas of known kinds are written")
        }
    }
}
