import SlussCore

/// The text of an invitation's file: one JSON object (docs/bundle-format.md, "Invitation").
public struct InvitationText: Sendable {
    /// The unit's code.
    public let unit: String
    /// The unit's name.
    public let name: String
    /// The machine's letter, or nothing.
    public let machine: String
    /// The central's name.
    public let central: String
    /// The network's root key as OpenSSH writes it.
    public let root: String
    /// The seed of the one-time key, in hexadecimal digits.
    public let secret: String
    /// The network's rules and the central's certificates.
    public let statements: [SignedStatement]

    /// Puts a text together.
    public init(
        unit: String, name: String, machine: String, central: String, root: String,
        secret: String, statements: [SignedStatement]
    ) {
        self.unit = unit
        self.name = name
        self.machine = machine
        self.central = central
        self.root = root
        self.secret = secret
        self.statements = statements
    }

    /// The bytes, with a line feed at the end.
    public var bytes: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("sluss", "invitation")
            json.member("format", BundleManifest.format)
            json.member("unit", unit)
            json.member("name", name)
            json.member("machine", machine)
            json.member("central", central)
            json.member("root", root)
            json.member("secret", secret)
            json.key("statements")
            json.list { json in for statement in statements { statement.write(to: &json) } }
        }
        return json.bytes + [UInt8(ascii: "\n")]
    }

    /// Reads the bytes; `nil` if they are no invitation, or a signature is not right.
    public init?(bytes: [UInt8]) {
        let inner = StrictJSON()
        let read = try? StrictJSON().parse(bytes[...]) { root throws(Malformed) in
            try Self(root, inner)
        }
        guard let read else { return nil }
        self = read
    }

    private init(_ root: JSONNode, _ json: StrictJSON) throws(Malformed) {
        var texts: [String: String] = [:]
        var statements: [SignedStatement] = []
        var format: Int64?
        try root.members { name, value throws(Malformed) in
            switch name {
            case "format": format = try value.integer()
            case "statements":
                try value.list { value throws(Malformed) in
                    statements.append(try SignedStatement(value, json, StatementMemory()))
                }
            case "sluss", "unit", "name", "machine", "central", "root", "secret":
                texts[name] = try value.text()
            default: break
            }
        }
        guard format == BundleManifest.format, texts["sluss"] == "invitation",
            let unit = texts["unit"], let name = texts["name"], let machine = texts["machine"],
            let central = texts["central"], let rootKey = texts["root"],
            let secret = texts["secret"]
        else { throw Malformed("no invitation") }
        guard max(name.utf8.count, central.utf8.count) <= BundleLimits.nameBytesMax else {
            throw Malformed("a name is too long")
        }
        self.init(
            unit: unit, name: name, machine: machine, central: central, root: rootKey,
            secret: secret, statements: statements)
    }
}
