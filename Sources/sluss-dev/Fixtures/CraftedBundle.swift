import Foundation
import SlussBundle
import SlussCore
import _SlussTestSupport

/// A device of no store that has been let in, with what its bundles must carry.
struct Stranger {
    var unit: UnitCode
    var key: DevicePrivateKey
    /// The network that it was let into.
    var network: NetworkID?
    var statements: [SignedStatement]
}

/// A bundle whose lines are written by hand, with digests that are right: only what the lines and
/// the manifest say can be wrong.
struct CraftedBundle {
    /// One write.
    struct Line {
        var record: UInt64 = 1
        var kind = "idea"
        /// The last earlier write of the log to the record that the writer has seen; 0 for none.
        var seen = 0
        /// Further members of the envelope.
        var more = ""
        /// The envelope as it stands, if it is not made of the above: `BODY` stands for the body's
        /// digest.
        var envelope: String?
        var body = #"{"role":"employee","set":{"problem":"Porten är mörk."}}"#
        /// Whether only its digest is left of the body.
        var isErased = false
    }

    /// A log, or a branch of one.
    struct Log {
        /// The replica of most cases: a log of the device that signs them.
        static let first = number(1)
        /// The replica of a second log.
        static let second = number(2)

        /// A log of the device that signs most cases, or of another.
        static func number(_ number: UInt64, of key: DeviceKey? = nil) -> ReplicaID {
            var generator = SplitMix64(seed: number)
            let usual = try? FixtureNetwork.device("unit \(FixtureNetwork.unit)").publicKey
            guard let key = key ?? usual else { preconditionFailure("a device's key") }
            return key.newLog(using: &generator)
        }

        var replica = first
        /// Whether the log is to be one of the device that signs the bundle, whichever that is.
        var isOfSigner: Bool { replica == Self.first }
        /// Of a branch: the replica under which its lines were written.
        var root: ReplicaID?
        /// The sender's unit, if it is not said.
        var audience: Audience?
        var from: UInt64 = 1
        /// What the lines follow; the log's own start, if it is not said.
        var before: Digest?
        /// How many writes a segment has; as many as the format says, if it is not said.
        var writesInSegment: Int?
        var lines: [Line]
    }

    var logs: [Log]
    var kind = BundleManifest.Kind.delta
    var number: UInt64 = 1
    var receiver = BundleManifest.Receiver.central
    var isFromCentral = false
    var store = StoreID(high: 7, low: 7)
    /// What the sender has besides the bundle's logs, or other than that.
    var acknowledged = Acknowledgement()
    /// Whether the signer vouches for the logs.
    var hasHeads = true

    init(logs: [Log]) { self.logs = logs }

    init(lines: [Line]) { logs = [Log(lines: lines)] }

    /// A log's line, as bytes, and the log's digest with it.
    private struct Written {
        let envelope: [UInt8]
        let body: [UInt8]
        let bodyDigest: Digest
        let digest: Digest
    }

    private static func start(of log: Log, at unit: UnitCode) -> Digest {
        log.before ?? LogChain.start(log.root ?? log.replica, log.audience ?? .unit(unit))
    }

    private static func written(_ log: Log, at unit: UnitCode) -> [Written] {
        var digest = start(of: log, at: unit)
        return log.lines.enumerated().map { index, line in
            let body = Array(line.body.utf8)
            let bodyDigest = Digest.sha256(body)
            let seen = line.seen == 0 ? "" : #""\#(log.root ?? log.replica)":\#(line.seen)"#
            let record = RecordID(high: 0xC0FFEE, low: line.record)
            let text =
                line.envelope
                ?? #"{"n":\#(log.from + UInt64(index)),"record":"\#(record)","kind":"\#(line.kind)","seen":{\#(seen)},"day":"2026-03-09","body":"BODY"\#(line.more)}"#
            let envelope = Array(text.replacing("BODY", with: bodyDigest.description).utf8)
            digest = LogChain.next(after: digest, envelope: envelope, bodyDigest: bodyDigest)
            return Written(
                envelope: envelope, body: body, bodyDigest: bodyDigest, digest: digest)
        }
    }

    /// The digests of a log with each of its writes.
    static func digests(of log: Log, at unit: UnitCode = FixtureNetwork.unit) -> [Digest] {
        written(log, at: unit).map(\.digest)
    }

    private static func segments(_ log: Log, at unit: UnitCode) -> [Segment] {
        var builder = SegmentBuilder(replica: log.replica, from: log.from)
        var segments: [Segment] = []
        for (index, (written, line)) in zip(written(log, at: unit), log.lines).enumerated() {
            if let size = log.writesInSegment, index > 0, index % size == 0 {
                if let segment = builder.finish() { segments.append(segment) }
            }
            let segment = builder.append(
                envelope: written.envelope, body: line.isErased ? nil : written.body,
                bodyDigest: line.isErased ? written.bodyDigest : nil)
            if let segment { segments.append(segment) }
        }
        if let segment = builder.finish() { segments.append(segment) }
        return segments
    }

    private func range(_ log: Log, at unit: UnitCode) -> BundleManifest.LogRange {
        let start = Self.start(of: log, at: unit)
        return BundleManifest.LogRange(
            replica: log.replica, root: log.root, audience: log.audience ?? .unit(unit),
            owner: unit, machine: "", from: log.from, to: log.from + UInt64(log.lines.count) - 1,
            before: start, after: Self.digests(of: log, at: unit).last ?? start)
    }

    /// The bundle, signed by a stranger.
    func loose(by stranger: Stranger) -> LooseBundle {
        var own = self
        // The usual log stands for one of whoever signs.
        for index in logs.indices where logs[index].root == nil && logs[index].isOfSigner {
            own.logs[index].replica = Log.number(1, of: stranger.key.publicKey)
        }
        return own.signed(by: stranger)
    }

    private func signed(by stranger: Stranger) -> LooseBundle {
        let ranges = logs.map { range($0, at: stranger.unit) }
        let heads = ranges.map { (replica: $0.replica, LogHead(count: $0.to, digest: $0.after)) }
        let signed = ranges.map {
            SignedStatement(
                .head(SignedHead(log: $0.root, head: LogHead(count: $0.to, digest: $0.after))),
                by: stranger.key)
        }
        let manifest = BundleManifest(
            network: stranger.network, kind: kind, number: number, previous: nil,
            sender: .init(
                unit: stranger.unit, name: "Påhittad", machine: "", store: store,
                isCentral: isFromCentral),
            receiver: receiver, logs: ranges,
            acknowledged: Acknowledgement(
                heads.filter { acknowledged[$0.replica] == nil }
                    + acknowledged.entries.map { ($0.replica, $0.head) }),
            statements: stranger.statements + (hasHeads ? signed : []),
            recordCount: UInt64(Set(logs.flatMap { $0.lines.map(\.record) }).count),
            producer: "crafted")
        let segments = manifest.logs.flatMap { range in
            logs.filter { $0.replica == range.replica }.prefix(1).flatMap {
                Self.segments($0, at: stranger.unit)
            }
        }
        var plan = BundlePlan()
        for segment in segments { plan.note(segment) }
        return LooseBundle(
            plan.head(manifest, signedBy: stranger.key).entries + [BundlePlan.readMe]
                + segments.flatMap(\.files), signedBy: stranger.key)
    }

    /// Writes the bundle, not encrypted, and returns its path.
    func write(to folder: String, by stranger: Stranger) throws -> String {
        let path = folder + "/" + "\(stranger.unit)-000\(number).sluss".lowercased()
        try Data(loose(by: stranger).plain).write(to: URL(fileURLWithPath: path))
        return path
    }
}
