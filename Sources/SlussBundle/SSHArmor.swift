/// The text that OpenSSH puts around a structure: a first and a last line, base64 between.
enum SSHArmor {
    private static let columns = 70

    /// The text of `bytes`, each line ended.
    static func text(of bytes: [UInt8], label: String) -> [UInt8] {
        var text = Array("-----BEGIN \(label)-----\n".utf8)
        var body = CanonicalBase64.encode(bytes, padded: true)[...]
        while !body.isEmpty {
            text += body.prefix(columns)
            text.append(UInt8(ascii: "\n"))
            body = body.dropFirst(columns)
        }
        text += Array("-----END \(label)-----\n".utf8)
        return text
    }

    /// The bytes that `text` holds, or `nil` if OpenSSH would have written it otherwise.
    static func bytes(of text: [UInt8], label: String) -> [UInt8]? {
        let first = Array("-----BEGIN \(label)-----\n".utf8)
        let last = Array("-----END \(label)-----\n".utf8)
        guard text.count >= first.count + last.count else { return nil }
        let body = text.dropFirst(first.count).dropLast(last.count)
            .filter { $0 != UInt8(ascii: "\n") }
        guard let bytes = CanonicalBase64.decode(body, padded: true),
            self.text(of: bytes, label: label) == text
        else { return nil }
        return bytes
    }
}
