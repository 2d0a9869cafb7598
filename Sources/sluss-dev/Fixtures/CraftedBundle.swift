import SlussArchive
import SlussBundle
import SlussCore

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
    private let replica = ReplicaID(high: 0xC0FFEE, low: 1)

    init(lines: [Line]) throws { self.lines = lines }

    /// Writes the bundle and returns its path.
    func write(to folder: String) throws -> String {
        guard let unit = UnitCode("OMS-HT-02") else { throw StoryFailure(what: "a unit's code") }
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
        let manifest = BundleManifest(
            kind: .delta, number: 1, previous: nil,
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
            recordCount: 3, producer: "crafted")
        let writer = try ArchiveWriter(folder: folder, name: manifest.fileName, sealing: .plain)
        for entry in plan.head(manifest).entries + [BundlePlan.readMe] + segments.flatMap(\.files) {
            try writer.append(entry)
        }
        try writer.finish()
        return try writer.commit()
    }
}
