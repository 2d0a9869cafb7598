import SlussBundle
import SlussCore

/// The bundles that most cases begin with.
extension FixtureNetwork {
    /// The log of the ordinary bundle: two ideas, and one of them changed.
    static let log = CraftedBundle.Log(lines: [
        .init(
            body:
                #"{"role":"employee","set":{"problem":"Nya vikarier hittar inte till portarna.","status":{"state":"submitted"}},"fix":{"day":"2026-03-09","number":"OMS-HT-02-26-0001","unit":"OMS-HT-02"}}"#
        ),
        .init(
            record: 2,
            body:
                #"{"role":"employee","set":{"problem":"Elcyklarna står still i november."},"fix":{"number":"OMS-HT-02-26-0002","unit":"OMS-HT-02"}}"#
        ),
        .init(seen: 1, body: #"{"role":"employee","set":{"solution":"En karta vid varje port."}}"#),
    ])

    /// The log of another unit.
    static let otherLog = CraftedBundle.Log(
        replica: CraftedBundle.Log.number(3), audience: .unit(otherUnit),
        lines: [.init(record: 3)])

    /// The head of the ordinary log with its write `count`.
    static func head(_ count: Int) throws -> SignedHead {
        let digests = CraftedBundle.digests(of: log)
        guard digests.indices.contains(count - 1) else { throw StoryFailure(what: "a write") }
        return SignedHead(
            log: CraftedBundle.Log.first,
            head: LogHead(count: UInt64(count), digest: digests[count - 1]))
    }

    /// A bundle from the unit to the central that is right in everything, or changed in what it
    /// says.
    func bundle(_ change: (inout CraftedBundle) throws -> Void = { _ in }) throws -> LooseBundle {
        var crafted = CraftedBundle(logs: [Self.log])
        try change(&crafted)
        return crafted.loose(by: try device())
    }

    /// A bundle of one log with the lines given.
    func bundle(_ lines: [CraftedBundle.Line]) throws -> [UInt8] {
        try bundle { $0 = CraftedBundle(lines: lines) }.plain
    }

    /// A bundle of one write with that envelope: `BODY` stands for the body's digest.
    func bundle(envelope: String) throws -> [UInt8] { try bundle([.init(envelope: envelope)]) }

    /// A bundle from the central to the unit.
    func back(_ change: (inout CraftedBundle) throws -> Void = { _ in }) throws -> LooseBundle {
        let central = try device(at: Self.central, role: .central)
        var crafted = CraftedBundle(logs: [
            CraftedBundle.Log(
                replica: CraftedBundle.Log.number(9, of: central.key.publicKey),
                audience: .unit(Self.unit),
                lines: [
                    .init(
                        record: 9,
                        body: #"{"role":"coordinator","set":{"problem":"Från samordnaren."}}"#)
                ])
        ])
        crafted.kind = .return
        crafted.receiver = .unit(Self.unit)
        crafted.isFromCentral = true
        crafted.store = StoreID(high: 9, low: 9)
        try change(&crafted)
        return crafted.loose(by: central)
    }

    /// A bundle whose signer is changed in what it may say.
    func bundle(
        by change: (inout Stranger) throws -> Void,
        heads: (inout CraftedBundle) -> Void = { _ in }
    ) throws -> LooseBundle {
        var stranger = try device()
        try change(&stranger)
        var crafted = CraftedBundle(logs: [Self.log])
        heads(&crafted)
        return crafted.loose(by: stranger)
    }

    /// A member of `statements`: a text with its signature, whatever it says.
    static func statement(
        _ text: String, signedBy key: DevicePrivateKey, namespace: String = "sluss-statement"
    ) -> String {
        let signature = key.sign(Array(text.utf8), namespace: namespace)
        var json = JSONWriter()
        json.object { json in
            json.key("text")
            json.text(text)
            json.key("signature")
            json.text(String(decoding: signature.armored, as: UTF8.self))
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

extension LooseBundle {
    /// Puts one more member in front of a list or an object of the manifest, and makes digests and
    /// signature right again.
    mutating func insert(_ member: String, at place: String) throws {
        try rewrite(place, "\(place)\(member),")
    }
}
