import SlussCore

@testable import SlussBundle

/// A small bundle in memory, to be taken apart and put together wrongly.
struct SampleBundle {
    static let replica = ReplicaID(high: 0xA, low: 0xB)
    /// The device that signs the sample.
    static let key = DevicePrivateKey()
    static let unit = UnitCode("OMS-SB-04")

    var entries: [BundleEntry]
    let id: BundleID

    /// A log of `count` writes, in segments.
    init(count: Int = 3) throws {
        var digest = LogChain.start(Self.replica, .shared)
        let before = digest
        var builder = SegmentBuilder(replica: Self.replica, from: 1)
        var segments: [Segment] = []
        for index in 1...count {
            let line = LogLine(
                after: digest, dot: Dot(replica: Self.replica, counter: UInt64(index)),
                record: RecordID(high: 1, low: UInt64(index)), kind: "idea",
                context: VersionVector(), day: Day(number: 20_000),
                body: Write.Body(changes: [
                    .init("problem", .set(.text("behov \(index)")))
                ]))
            digest = line.digest
            if let segment = builder.append(
                envelope: line.envelopeBytes, body: line.bodyBytes, bodyDigest: nil)
            {
                segments.append(segment)
            }
        }
        if let segment = builder.finish() { segments.append(segment) }
        guard let unit = Self.unit else { throw Malformed("unit") }
        let manifest = BundleManifest(
            network: nil, kind: .delta, number: 1, previous: nil,
            sender: .init(
                unit: unit, name: "Äppelvreten", machine: "", store: StoreID(high: 5, low: 6),
                isCentral: false),
            receiver: .central,
            logs: [
                .init(
                    replica: Self.replica, audience: .shared, owner: unit, machine: "", from: 1,
                    to: UInt64(count), before: before, after: digest)
            ],
            acknowledged: Acknowledgement([
                (Self.replica, LogHead(count: UInt64(count), digest: digest))
            ]),
            recordCount: UInt64(count), producer: "test")
        self.init(manifest, segments)
    }

    init(_ manifest: BundleManifest, _ segments: [Segment]) {
        var plan = BundlePlan()
        for segment in segments { plan.note(segment) }
        let head = plan.head(manifest, signedBy: Self.key)
        entries = head.entries + [BundlePlan.readMe] + segments.flatMap(\.files)
        id = head.id
    }

    /// What a reader makes of the entries.
    func read() -> Result<(BundleManifest, [Write]), BundleRefusal> {
        var reader = BundleReader()
        var manifest: BundleManifest?
        var writes: [Write] = []
        do throws(BundleRefusal) {
            for entry in entries {
                switch try reader.accept(entry) {
                case .none: continue
                case .opened(let opened, _, _): manifest = opened
                case .writes(let lines): writes += lines.map(\.write)
                }
            }
            _ = try reader.finish()
        } catch { return .failure(error) }
        guard let manifest else { return .failure(.damaged) }
        return .success((manifest, writes))
    }

    var refusal: BundleRefusal? {
        if case .failure(let refusal) = read() { refusal } else { nil }
    }

    /// The same bundle with one entry's bytes changed.
    func changing(_ name: String, _ change: (inout [UInt8]) -> Void) -> Self {
        var copy = self
        copy.entries = entries.map { entry in
            guard entry.name == name else { return entry }
            var bytes = entry.bytes
            change(&bytes)
            return BundleEntry(name: name, bytes: bytes)
        }
        return copy
    }

    /// The same bundle with one entry's text changed and every digest made right again.
    func resealing(_ name: String, _ from: String, _ to: String) -> Self {
        var copy = changing(name) { bytes in
            let text = String(decoding: bytes, as: UTF8.self).replacing(from, with: to)
            bytes = Array(text.utf8)
        }
        copy.reseal()
        return copy
    }

    mutating func reseal() {
        let payload = entries.filter { $0.name.hasPrefix("data/") }
        replace(
            BundleLayout.payloadManifest,
            BagManifest(files: payload.map { ($0.name, Digest.sha256($0.bytes)) }).bytes)
        let tags = entries.filter {
            !$0.name.hasPrefix("data/") && $0.name != BundleLayout.tagManifest
                && $0.name != BundleLayout.signature
        }
        replace(
            BundleLayout.tagManifest,
            BagManifest(
                files: tags.map { ($0.name, Digest.sha256($0.bytes)) }, byName: true
            ).bytes)
        sign()
    }

    /// Signs the tag manifest as it is now.
    mutating func sign(by key: DevicePrivateKey = key) {
        guard let tags = entries.first(where: { $0.name == BundleLayout.tagManifest }) else {
            return
        }
        replace(
            BundleLayout.signature,
            key.sign(tags.bytes, namespace: BundleLayout.signatureNamespace).armored)
    }

    mutating func replace(_ name: String, _ bytes: [UInt8]) {
        entries = entries.map { $0.name == name ? BundleEntry(name: name, bytes: bytes) : $0 }
    }
}
