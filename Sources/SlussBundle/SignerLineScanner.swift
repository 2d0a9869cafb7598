/// Takes a line of an ALLOWED SIGNERS file apart, from left to right.
struct SignerLineScanner {
    /// Kinds of keys that OpenSSH knows and that are not used here; each also as a certificate.
    private static let otherKinds = [
        "ssh-rsa", "ssh-dss", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
        "ssh-rsa-cert-v01@openssh.com", "ssh-dss-cert-v01@openssh.com",
        "ecdsa-sha2-nistp256-cert-v01@openssh.com", "ecdsa-sha2-nistp384-cert-v01@openssh.com",
        "ecdsa-sha2-nistp521-cert-v01@openssh.com", "ssh-ed25519-cert-v01@openssh.com",
        "sk-ssh-ed25519-cert-v01@openssh.com", "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com",
    ]
    private static let quote = UInt8(ascii: "\"")

    private var rest: ArraySlice<UInt8>

    /// Starts at the first byte that is no space.
    init(_ line: ArraySlice<UInt8>) {
        rest = line
        skipSpace()
    }

    /// The next byte.
    var peek: UInt8? { rest.first }

    /// Whether a key comes next: a known kind of key, and something behind it.
    var isAtKey: Bool {
        let kind = rest.prefix { !Self.isSpace($0) }
        return kind.elementsEqual(DeviceKey.kind.utf8)
            || Self.otherKinds.contains { kind.elementsEqual($0.utf8) }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private mutating func skipSpace() { rest = rest.drop(while: Self.isSpace) }

    private mutating func take(_ count: Int) -> [UInt8] {
        let taken = rest.prefix(count)
        rest = rest.dropFirst(count)
        return Array(taken)
    }

    /// The principals: one word, or what stands between two quotes.
    mutating func principals() throws(Malformed) -> [UInt8] {
        let principals: [UInt8]
        if rest.first == Self.quote {
            rest = rest.dropFirst()
            guard let end = rest.firstIndex(of: Self.quote) else {
                throw Malformed("a quote does not end")
            }
            principals = take(end - rest.startIndex)
            rest = rest.dropFirst()
        } else {
            principals = take(rest.prefix { !Self.isSpace($0) }.count)
            guard !principals.contains(Self.quote) else {
                throw Malformed("a quote within the principals")
            }
        }
        guard let next = rest.first, Self.isSpace(next) else { throw Malformed("a key is missing") }
        skipSpace()
        return principals
    }

    /// The options: one word, in which spaces may stand between quotes.
    mutating func options() throws(Malformed) -> [UInt8] {
        var isQuoted = false
        var count = 0
        var previous: UInt8?
        for byte in rest {
            if byte == Self.quote, previous != UInt8(ascii: "\\") { isQuoted.toggle() }
            if !isQuoted, Self.isSpace(byte) { break }
            previous = byte
            count += 1
        }
        guard !isQuoted else { throw Malformed("a quote does not end") }
        defer { skipSpace() }
        return take(count)
    }

    /// The key; `nil` if it is of a kind that is not used here.
    ///
    /// What follows it is a comment.
    mutating func key() throws(Malformed) -> DeviceKey? {
        let kind = take(rest.prefix { !Self.isSpace($0) }.count)
        skipSpace()
        let blob = take(rest.prefix { !Self.isSpace($0) }.count)
        guard !blob.isEmpty, let bytes = CanonicalBase64.decode(blob, padded: true) else {
            throw Malformed("key")
        }
        guard kind.elementsEqual(DeviceKey.kind.utf8) else { return nil }
        guard let key = DeviceKey(blob: bytes[...]) else { throw Malformed("key") }
        return key
    }
}
