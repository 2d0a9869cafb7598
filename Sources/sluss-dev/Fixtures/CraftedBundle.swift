import SlussArchive
import SlussBundle
import SlussCore
import _SlussTestSupport

/// A device of no store that has been let in, with what its bundles must carry.
struct Stranger {
    let unit: UnitCode
    let key: DevicePrivateKey
    let statements: [SignedStatement]

    /// The network that it was let into.
    var network: NetworkID? {
        statements.lazy.compactMap { signed in
            if case .network(let rules) = signed.statement { rules.network } else { nil }
        }.first
    }
}

/// A bundle whose lines are written by hand, with digests that are right: only what the lines say
/// can be wrong.
struct CraftedBundle {
    struct Line {
        var record: UInt64
        var kind = "idea"
        /// The last earlier write of the log to the record that the writer has seen; 0 for none.
        var seen = 0
        /// Further members of the envelope.
        var more = ""
        var body: String
    }

    private let lines: [Line]

    init(lines: [Line]) throws { self.lines = lines }

    /// Writes the bundle and returns its path.
    func write(to folder: String, by stranger: Stranger) throws -> String {
        let unit = stranger.unit
        var generator = SplitMix64(seed: 0xC0FFEE)
        let replica = stranger.key.publicKey.newLog(using: &generator)
        let start = LogChain.start(replica, .unit(unit))
        var digest = start
        var builder = SegmentBuilder(replica: replica, from: 1)
        var segments: [Segment] = []
        for (index, line) in lines.enumerated() {
            let body = Array(line.body.utf8)
            let bodyDigest = Digest.sha256(body)
            let seen = line.seen == 0 ? "" : #""\#(replica)":\#(line.seen)"#
            let record = RecordID(high: 0xC0FFEE, low: line.record)
            let envelope = Array(
                #"{"n":\#(index + 1),"record":"\#(record)","kind":"\#(line.kind)","seen":{\#(seen)},"day":"2026-03-09","body":"\#(bodyDigest)"\#(line.more)}"#
                    .utf8)
            digest = LogChain.next(after: digest, envelope: envelope, bodyDigest: bodyDigest)
            if let segment = builder.append(envelope: envelope, body: body, bodyDigest: nil) {
                segments.append(segment)
            }
        }
        if let segment = builder.finish() { segments.append(segment) }
        var plan = BundlePlan()
        for segment in segments { plan.note(segment) }
        let count = UInt64(lines.count)
        let head = SignedStatement(
            .head(SignedHead(log: replica, head: LogHead(count: count, digest: digest))),
            by: stranger.key)
        let manifest = BundleManifest(
            network: stranger.network, kind: .delta, number: 1, previous: nil,
            sender: .init(
                unit: unit, name: "Påhittad", machine: "", store: StoreID(high: 7, low: 7),
                isCentral: false),
            receiver: .central,
            logs: [
                .init(
                    replica: replica, audience: .unit(unit), owner: unit, machine: "", from: 1,
                    to: count, before: start, after: digest)
            ],
            acknowledged: Acknowledgement([(replica, LogHead(count: count, digest: digest))]),
            statements: stranger.statements + [head], recordCount: 3, producer: "crafted")
        let writer = try ArchiveWriter(
            folder: folder, name: manifest.fileName, sealing: .plain)
        for entry in plan.head(manifest, signedBy: stranger.key).entries + [BundlePlan.readMe]
            + segments.flatMap(\.files)
        {
            try writer.append(entry)
        }
        try writer.finish()
        return try writer.commit()
    }
}
