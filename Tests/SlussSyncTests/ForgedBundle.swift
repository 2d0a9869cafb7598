import SlussArchive
import SlussCore
import _SlussTestSupport

@testable import SlussBundle

/// A bundle whose lines are written by hand, with digests that are right: only the rules inside
/// can refuse it.
struct ForgedBundle {
    struct Log {
        var replica: ReplicaID
        var audience = "OMS-HT-02"
        var owner = "OMS-HT-02"
        /// Whether the chain starts as another audience's would.
        var hasForeignStart = false
        /// Bodies, and envelopes without their body digest.
        var lines: [(envelope: String, body: String)]
    }

    var logs: [Log]
    var sender = StoreID(high: 77, low: 77)
    var number: UInt64 = 1
    /// Whose device forges.
    var unit = "OMS-HT-02"
    /// What it says of itself, if not the truth.
    var claimedUnit: String?
    /// Statements besides those that belong there.
    var moreStatements: [SignedStatement] = []
    /// The network that it names, if not its own.
    var claimedNetwork: NetworkID?
    /// Whether the logs come without their signed heads.
    var hasNoHeads = false

    /// The forger's device.
    var key: DevicePrivateKey? {
        DevicePrivateKey(seed: Digest.sha256(Array(unit.utf8)).bytes)
    }
    var acknowledged = Acknowledgement()

    private static func network(_ facts: [SignedStatement]) -> NetworkID? {
        facts.lazy.compactMap { signed in
            if case .network(let rules) = signed.statement { rules.network } else { nil }
        }.first
    }

    static let replica = log(1)
    static let other = log(2)

    /// A log that the forger's device may write.
    static func log(_ number: UInt64, of unit: String = "OMS-HT-02") -> ReplicaID {
        var generator = SplitMix64(seed: number)
        let key = DevicePrivateKey(seed: Digest.sha256(Array(unit.utf8)).bytes)?.publicKey
        return key?.newLog(using: &generator) ?? ReplicaID(high: 0, low: number)
    }

    /// An envelope's text; `BODY` is where the body's digest goes.
    static func envelope(
        _ counter: Int, record: UInt64 = 1, kind: String = "idea", seen: String = "{}",
        more: String = ""
    ) -> String {
        let id = RecordID(high: 0, low: record)
        return
            #"{"n":\#(counter),"record":"\#(id)","kind":"\#(kind)","seen":\#(seen),"day":"2026-03-09","body":"BODY"\#(more)}"#
    }

    static func seen(_ replica: ReplicaID, _ count: Int) -> String { #"{"\#(replica)":\#(count)}"# }

    /// Writes the bundle, signed by a device that the town's central has let in, and not
    /// encrypted.
    func write(for town: Town, _ name: String = "forged.sluss") throws -> String {
        guard let key else { throw Malformed("key") }
        let facts = try town.letIn(key, for: unit)
        var heads: [SignedStatement] = []
        var plan = BundlePlan()
        var segments: [Segment] = []
        var ranges: [BundleManifest.LogRange] = []
        for log in logs.sorted(by: { $0.replica < $1.replica }) {
            guard let audience = Audience(log.audience), let owner = UnitCode(log.owner) else {
                throw Malformed("audience")
            }
            let start = LogChain.start(log.replica, log.hasForeignStart ? .shared : audience)
            var digest = start
            var builder = SegmentBuilder(replica: log.replica, from: 1)
            for (envelope, body) in log.lines {
                let bodyBytes = Array(body.utf8)
                let bodyDigest = Digest.sha256(bodyBytes)
                let line = Array(
                    envelope.replacing("BODY", with: bodyDigest.description).utf8)
                digest = LogChain.next(after: digest, envelope: line, bodyDigest: bodyDigest)
                if let segment = builder.append(
                    envelope: line, body: bodyBytes, bodyDigest: nil)
                {
                    segments.append(segment)
                }
            }
            if let segment = builder.finish() { segments.append(segment) }
            let head = SignedHead(
                log: log.replica, head: LogHead(count: UInt64(log.lines.count), digest: digest))
            heads.append(SignedStatement(.head(head), by: key))
            ranges.append(
                .init(
                    replica: log.replica, audience: audience, owner: owner, machine: "", from: 1,
                    to: UInt64(log.lines.count), before: start, after: digest))
        }
        guard let unit = UnitCode(claimedUnit ?? unit) else { throw Malformed("unit") }
        for segment in segments { plan.note(segment) }
        let head = plan.head(
            BundleManifest(
                network: claimedNetwork ?? Self.network(facts), kind: .delta, number: number,
                previous: nil,
                sender: .init(
                    unit: unit, name: "\u{1B}[31mFalsk", machine: "", store: sender,
                    isCentral: false),
                receiver: .central, logs: ranges, acknowledged: acknowledged,
                statements: facts + moreStatements + (hasNoHeads ? [] : heads), recordCount: 1,
                producer: "forged"), signedBy: key)
        let writer = try ArchiveWriter(
            folder: town.folder.path, name: name, sealing: .plain)
        for entry in head.entries + [BundlePlan.readMe] + segments.flatMap(\.files) {
            try writer.append(entry)
        }
        try writer.finish()
        return try writer.commit()
    }
}
