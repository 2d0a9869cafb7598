import SlussCore

/// A statement with the signature that vouches for it, both kept byte for byte.
public struct SignedStatement: Hashable, Sendable {
    /// What it says.
    public let statement: Statement
    /// The text that is signed; JSON.
    public let text: String
    /// The signature as `ssh-keygen -Y sign` would write it (SSHSIG, armored).
    public let armored: String
    /// The key that has signed, if the signature is right.
    public let signer: DeviceKey

    /// Signs a statement.
    public init(_ statement: Statement, by key: DevicePrivateKey) {
        self.statement = statement
        text = statement.text
        let signature = key.sign(Array(text.utf8), namespace: Statement.namespace)
        armored = String(decoding: signature.armored, as: UTF8.self)
        signer = key.publicKey
    }

    /// Reads a statement as it was kept or came in a bundle, and checks its signature.
    ///
    /// - Returns: `nil` if any of it is not as the format asks, or the signature is not right.
    public init?(text: String, armored: String, json: StrictJSON) {
        do throws(Malformed) {
            try self.init(checking: text, armored, json)
        } catch { return nil }
    }

    /// Takes a statement from where only checked ones are kept, without checking it again.
    public init?(kept text: String, armored: String, json: StrictJSON) {
        guard let statement = try? Statement(text: text, json: json),
            let signature = try? SSHSignature(armored: Array(armored.utf8))
        else { return nil }
        self.statement = statement
        self.text = text
        self.armored = armored
        signer = signature.key
    }

    init(checking text: String, _ armored: String, _ json: StrictJSON) throws(Malformed) {
        statement = try Statement(text: text, json: json)
        self.text = text
        self.armored = armored
        guard let signature = try? SSHSignature(armored: Array(armored.utf8)),
            signature.verifies(Array(text.utf8), namespace: Statement.namespace)
        else { throw Malformed("a statement's signature is not right") }
        signer = signature.key
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("text", text)
            json.member("signature", armored)
        }
    }

    init(
        _ value: JSONNode, _ json: StrictJSON, _ memory: StatementMemory
    ) throws(Malformed) {
        var text: String?
        var armored: String?
        try value.members { name, value throws(Malformed) in
            switch name {
            case "text": text = try value.text()
            case "signature": armored = try value.text()
            default: break
            }
        }
        guard let text, let armored else { throw Malformed("a statement is incomplete") }
        self = try memory.statement(text, armored, json)
    }
}
