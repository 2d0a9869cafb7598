import SlussCore

extension Statement {
    /// The text that is signed: one JSON object, the members in the order of the specification.
    var text: String {
        var json = JSONWriter()
        json.object { json in
            switch self {
            case .network(let rules): rules.write(to: &json)
            case .certificate(let certificate): certificate.write(to: &json)
            case .revocation(let revocation): revocation.write(to: &json)
            case .head(let head): head.write(to: &json)
            case .enrolment(let enrolment): enrolment.write(to: &json)
            case .unknown: preconditionFailure("what is not known is never written")
            }
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// Reads a statement's text.
    init(text: String, json: StrictJSON) throws(Malformed) {
        let bytes = Array(text.utf8)
        guard bytes.count <= BundleLimits.statementBytesMax else {
            throw Malformed("a statement is too long")
        }
        self = try json.parse(bytes[...]) { root throws(Malformed) in
            let fields = try StatementFields(root)
            return switch fields.type {
            case "network": .network(try NetworkRules(fields))
            case "certificate": .certificate(try Certificate(fields))
            case "revocation": .revocation(try Revocation(fields))
            case "head": .head(try SignedHead(fields))
            case "enrolment": .enrolment(try Enrolment(fields))
            default: .unknown
            }
        }
    }
}

/// The members that statements have, each read once; which of them must be there the type says.
private struct StatementFields {
    var type: String?
    var network: NetworkID??
    var number: UInt64?
    var recovery: AgeRecipient?
    var allowsPlain: Bool?
    var key: DeviceKey?
    var recipient: AgeRecipient?
    var role: DeviceRole?
    var unit: UnitCode?
    var name: Text?
    var machine: Text?
    var after: [SignedHead]?
    var log: ReplicaID?
    var count: UInt64?
    var digest: Digest?

    /// The members of each type; what else stands in a statement is passed over.
    private static let members: [String: Set<String>] = [
        "network": ["network", "number", "recovery", "plain"],
        "certificate": [
            "network", "number", "key", "recipient", "role", "unit", "name", "machine",
        ],
        "revocation": ["network", "number", "key", "after"],
        "head": ["log", "count", "digest"],
        "enrolment": ["network", "key", "recipient", "unit"],
    ]

    init() {}

    init(_ root: JSONNode) throws(Malformed) {
        try root.members { name, value throws(Malformed) in
            if name == "type" { type = try value.text() }
        }
        let known = Self.members[try require(type)] ?? []
        try root.members { name, value throws(Malformed) in
            if known.contains(name) { try self.read(name, value) }
        }
    }

    private mutating func read(_ name: String, _ value: JSONNode) throws(Malformed) {
        switch name {
        case "network": network = .some(try value.digestOrNull())
        case "number": number = try value.counter()
        case "recovery": recovery = AgeRecipient(try value.text())
        case "plain": allowsPlain = try value.flag()
        case "key":
            let text = try value.text()
            key = DeviceKey(openSSH: text).flatMap { Text($0.openSSH) == Text(text) ? $0 : nil }
        case "recipient": recipient = AgeRecipient(try value.text())
        case "role": role = DeviceRole(rawValue: try value.text())
        case "unit": unit = UnitCode(try value.text())
        case "name": self.name = Text(try value.text())
        case "machine": machine = try value.machine()
        case "after":
            var heads: [SignedHead] = []
            try value.list { value throws(Malformed) in
                var fields = StatementFields()
                try value.members { name, value throws(Malformed) in
                    if ["log", "count", "digest"].contains(name) { try fields.read(name, value) }
                }
                heads.append(try SignedHead(fields))
            }
            after = heads
        case "log": log = ReplicaID(try value.text())
        case "count": count = try value.counter()
        case "digest": digest = Digest(try value.text())
        default: break
        }
    }

    func require<Value>(_ value: Value?) throws(Malformed) -> Value {
        guard let value else { throw Malformed("a statement lacks a member") }
        return value
    }
}

extension NetworkRules {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("type", "network")
        json.member("network", network.description)
        json.member("number", number)
        json.member("recovery", recovery.description)
        json.key("plain")
        json.value(.flag(allowsPlain))
    }

    fileprivate init(_ fields: StatementFields) throws(Malformed) {
        self.init(
            network: try fields.require(fields.require(fields.network)),
            number: try fields.require(fields.number),
            recovery: try fields.require(fields.recovery),
            allowsPlain: try fields.require(fields.allowsPlain))
    }
}

extension Certificate {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("type", "certificate")
        json.member("network", network.description)
        json.member("number", number)
        json.member("key", key.openSSH)
        json.member("recipient", recipient.description)
        json.member("role", role.rawValue)
        json.member("unit", unit.description)
        json.member("name", name.string)
        json.member("machine", machine.string)
    }

    fileprivate init(_ fields: StatementFields) throws(Malformed) {
        let name = try fields.require(fields.name)
        guard name.utf8.count <= BundleLimits.nameBytesMax else {
            throw Malformed("a name is too long")
        }
        self.init(
            network: try fields.require(fields.require(fields.network)),
            number: try fields.require(fields.number), key: try fields.require(fields.key),
            recipient: try fields.require(fields.recipient),
            role: try fields.require(fields.role), unit: try fields.require(fields.unit),
            name: name, machine: try fields.require(fields.machine))
    }
}

extension Revocation {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("type", "revocation")
        json.member("network", network.description)
        json.member("number", number)
        json.member("key", key.openSSH)
        json.key("after")
        json.list { json in
            for head in after { json.object { json in head.writeMembers(to: &json) } }
        }
    }

    fileprivate init(_ fields: StatementFields) throws(Malformed) {
        self.init(
            network: try fields.require(fields.require(fields.network)),
            number: try fields.require(fields.number), key: try fields.require(fields.key),
            after: try fields.require(fields.after))
    }
}

extension SignedHead {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("type", "head")
        writeMembers(to: &json)
    }

    fileprivate func writeMembers(to json: inout JSONWriter) {
        json.member("log", log.description)
        json.member("count", head.count)
        json.member("digest", head.digest.description)
    }

    fileprivate init(_ fields: StatementFields) throws(Malformed) {
        self.init(
            log: try fields.require(fields.log),
            head: LogHead(
                count: try fields.require(fields.count),
                digest: try fields.require(fields.digest)))
    }
}

extension Enrolment {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("type", "enrolment")
        json.key("network")
        json.value(network.map { .text($0.description) } ?? .null)
        json.member("key", key.openSSH)
        json.member("recipient", recipient.description)
        json.member("unit", unit.description)
    }

    fileprivate init(_ fields: StatementFields) throws(Malformed) {
        self.init(
            network: try fields.require(fields.network), key: try fields.require(fields.key),
            recipient: try fields.require(fields.recipient),
            unit: try fields.require(fields.unit))
    }
}
