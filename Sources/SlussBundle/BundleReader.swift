public import SlussCore

/// Reads a bundle entry by entry: a value that says of each what it is, or refuses the bundle.
///
/// Entries must come in the one order of docs/bundle-format.md, "Order of entries". Nothing that
/// this hands out may be kept before ``finish()`` has returned: only then is all of it verified.
public struct BundleReader {
    /// What an entry turned out to be.
    public enum Event {
        /// Nothing to act on.
        case none
        /// The manifest has been read: what follows is known.
        ///
        /// The signature is right; whether `signer` may say any of it is for the caller to ask.
        case opened(BundleManifest, id: BundleID, signer: DeviceKey)
        /// The next writes of a log, in order.
        case writes([LogLine])
    }

    private enum Step: Int {
        case bagit, bagInfo, payloadManifest, tagManifest, signature, manifest, payload
    }

    private let json = StrictJSON()
    private var step = Step.bagit
    private var seen: [String: Digest] = [:]
    private var expected: ArraySlice<(name: String, digest: Digest)> = []
    private var manifestDigest: Digest?
    private var tagManifestBytes: [UInt8] = []
    private var id: BundleID?
    private var signer: DeviceKey?
    private var logs: LogProgress?

    private let memory: StatementMemory

    /// Starts before the first entry.
    ///
    /// - Parameter memory: The statements of other bundles that the same thread has read.
    public init(memory: StatementMemory = StatementMemory()) { self.memory = memory }

    /// How many bytes the next entry may have: asked before it is read.
    public static func bytesMax(_ name: String) -> Int {
        switch name {
        case BundleLayout.payloadManifest: BundleLimits.listBytesMax
        case BundleLayout.manifest: BundleLimits.manifestBytesMax
        case BundleLayout.signature: BundleLimits.signatureBytesMax
        default: BundleLimits.entryBytesMax
        }
    }

    /// Takes the next entry.
    public mutating func accept(_ entry: BundleEntry) throws(BundleRefusal) -> Event {
        if step == .payload { return try acceptPayload(entry) }
        let name = Self.names[step.rawValue]
        guard Text(entry.name) == Text(name) else {
            let isLater =
                Self.names.contains { Text($0) == Text(entry.name) }
                || BundleLayout.Payload(entry.name) != nil
            throw isLater ? .missingEntry(name) : .unexpectedEntry(entry.name)
        }
        seen[name] = Digest.sha256(entry.bytes)
        defer { step = Step(rawValue: step.rawValue + 1) ?? .payload }
        switch step {
        case .bagit:
            guard entry.bytes == BundleLayout.bagitBytes else {
                throw .malformedFile(name, reason: "not BagIt 1.0 in UTF-8")
            }
        case .bagInfo: break
        case .payloadManifest:
            expected = try BagManifest(bytes: entry.bytes, name: name).files[...]
            guard expected.first?.name == BundleLayout.readMe else {
                throw .missingEntry(BundleLayout.readMe)
            }
        case .tagManifest: try acceptTagManifest(entry)
        case .signature: try acceptSignature(entry)
        case .manifest, .payload: return try acceptManifest(entry)
        }
        return .none
    }

    /// Ends the bundle; refuses if anything that it promised is missing.
    public func finish() throws(BundleRefusal) -> BundleID {
        guard step == .payload, let id, let logs else {
            throw .missingEntry(Self.names[min(step.rawValue, Self.names.count - 1)])
        }
        if let missing = expected.first { throw .missingEntry(missing.name) }
        try logs.finish()
        return id
    }

    private static let names = [
        BundleLayout.bagit, BundleLayout.bagInfo, BundleLayout.payloadManifest,
        BundleLayout.tagManifest, BundleLayout.signature, BundleLayout.manifest,
    ]
    /// The tag files that the tag manifest lists.
    private static let listed = [
        BundleLayout.bagInfo, BundleLayout.bagit, BundleLayout.payloadManifest,
        BundleLayout.manifest,
    ]

    private mutating func acceptTagManifest(_ entry: BundleEntry) throws(BundleRefusal) {
        let tags = try BagManifest(bytes: entry.bytes, name: entry.name).files
        let wanted = Self.listed.map { Text($0) }.sorted()
        guard tags.map({ Text($0.name) }) == wanted else {
            throw .malformedFile(entry.name, reason: "does not list the four tag files")
        }
        for tag in tags where tag.name != BundleLayout.manifest && seen[tag.name] != tag.digest {
            throw .digestMismatch(tag.name)
        }
        manifestDigest = tags.first { $0.name == BundleLayout.manifest }?.digest
        id = Digest.sha256(entry.bytes)
        tagManifestBytes = entry.bytes
    }

    private mutating func acceptSignature(_ entry: BundleEntry) throws(BundleRefusal) {
        guard let signature = try? SSHSignature(armored: entry.bytes),
            signature.verifies(
                tagManifestBytes, namespace: BundleLayout.signatureNamespace)
        else { throw .badSignature }
        signer = signature.key
    }

    private mutating func acceptManifest(_ entry: BundleEntry) throws(BundleRefusal) -> Event {
        guard let id, let signer, seen[entry.name] == manifestDigest else {
            throw .digestMismatch(entry.name)
        }
        let manifest = try BundleManifest(bytes: entry.bytes[...], json: json, memory)
        logs = LogProgress(manifest.logs)
        return .opened(manifest, id: id, signer: signer)
    }

    private mutating func acceptPayload(_ entry: BundleEntry) throws(BundleRefusal) -> Event {
        guard let next = expected.first else { throw .unexpectedEntry(entry.name) }
        guard Text(next.name) == Text(entry.name) else {
            throw expected.contains { Text($0.name) == Text(entry.name) }
                ? .missingEntry(next.name) : .unexpectedEntry(entry.name)
        }
        expected = expected.dropFirst()
        guard Digest.sha256(entry.bytes) == next.digest else { throw .digestMismatch(entry.name) }
        switch BundleLayout.Payload(entry.name) {
        case nil: throw .unexpectedEntry(entry.name)
        case .readMe: return .none
        case .bodies(let segment):
            try logs?.acceptBodies(segment, entry.bytes)
            return .none
        case .envelopes(let segment):
            return .writes(try logs?.acceptEnvelopes(segment, entry.bytes, json: json) ?? [])
        }
    }
}
