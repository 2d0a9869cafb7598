public import SlussCore

/// The digest that a bundle is known by: SHA-256 of its tag manifest, which covers everything in
/// it.
///
/// Never of the file or of a signature: those can change while the bundle stays the same.
public typealias BundleID = Digest

/// Everything that a bundle will say, decided before its first byte is written.
///
/// Collects the digests of the payload in a first pass over the logs; the second pass writes the
/// payload behind ``head``.
public struct BundlePlan {
    private var payload: [(name: String, digest: Digest)] = []
    private var payloadBytes: UInt64 = 0

    /// An empty bundle, with the page that explains it.
    public init() { note(Self.readMe) }

    /// The page that explains the bundle; the first of the payload.
    public static let readMe = BundleEntry(
        name: BundleLayout.readMe, bytes: BundleLayout.readMeBytes)

    /// Counts a segment in.
    public mutating func note(_ segment: Segment) {
        for file in segment.files { note(file) }
    }

    private mutating func note(_ file: BundleEntry) {
        payload.append((file.name, Digest.sha256(file.bytes)))
        payloadBytes += UInt64(file.bytes.count)
    }

    /// The entries before the payload, in order, and the bundle's digest.
    public func head(
        _ manifest: BundleManifest, signedBy key: DevicePrivateKey
    ) -> (entries: [BundleEntry], id: BundleID) {
        let files = [
            BundleEntry(name: BundleLayout.bagit, bytes: BundleLayout.bagitBytes),
            BundleEntry(name: BundleLayout.bagInfo, bytes: bagInfo(manifest)),
            BundleEntry(
                name: BundleLayout.payloadManifest, bytes: BagManifest(files: payload).bytes),
        ]
        let manifestFile = BundleEntry(name: BundleLayout.manifest, bytes: manifest.bytes)
        let tags = (files + [manifestFile]).map { ($0.name, Digest.sha256($0.bytes)) }
        let tagManifest = BundleEntry(
            name: BundleLayout.tagManifest, bytes: BagManifest(files: tags, byName: true).bytes)
        let signature = key.sign(
            tagManifest.bytes, namespace: BundleLayout.signatureNamespace)
        let signatureFile = BundleEntry(name: BundleLayout.signature, bytes: signature.armored)
        return (
            files + [tagManifest, signatureFile, manifestFile], Digest.sha256(tagManifest.bytes)
        )
    }

    private func bagInfo(_ manifest: BundleManifest) -> [UInt8] {
        // No date: the same writes must give the same bytes whenever they are exported.
        let name = manifest.fileName.dropLast(".sluss".count)
        return Array(
            """
            Source-Organization: \(manifest.sender.unit)
            External-Identifier: \(name)
            Bag-Software-Agent: \(manifest.producer)
            Payload-Oxum: \(payloadBytes).\(payload.count)

            """.utf8)
    }
}
