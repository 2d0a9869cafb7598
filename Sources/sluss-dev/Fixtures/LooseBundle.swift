import SlussBundle
import SlussCore

/// A bundle taken apart, in which everything can be changed, and made right again or not.
struct LooseBundle {
    /// The names of its first entries (docs/bundle-format.md, "Order of entries").
    enum Name {
        static let bagit = "bagit.txt"
        static let bagInfo = "bag-info.txt"
        static let payload = "manifest-sha256.txt"
        static let tags = "tagmanifest-sha256.txt"
        static let signature = "tagmanifest-sha256.txt.sig"
        static let manifest = "sluss/manifest.json"
        static let readMe = "data/README.txt"
    }

    /// The namespace of the signature.
    static let namespace = "sluss-bundle"

    var entries: [LooseTar.Entry]
    /// Who signs it.
    var key: DevicePrivateKey

    init(_ entries: [BundleEntry], signedBy key: DevicePrivateKey) {
        self.entries = entries.map { LooseTar.Entry(name: $0.name, bytes: $0.bytes) }
        self.key = key
    }

    /// The bodies of the first segment.
    var bodies: String { name(endingIn: ".bodies.ndjson") }
    /// The envelopes of the first segment.
    var envelopes: String { name(endingIn: ".envelopes.ndjson") }

    private func name(endingIn ending: String) -> String {
        entries.first { $0.name.hasSuffix(ending) }?.name ?? ""
    }

    /// The place of an entry.
    func index(of name: String) throws -> Int {
        guard let index = entries.firstIndex(where: { $0.name == name }) else {
            throw StoryFailure(what: "no entry \(name)")
        }
        return index
    }

    /// An entry's text.
    func text(of name: String) throws -> String {
        String(decoding: entries[try index(of: name)].bytes, as: UTF8.self)
    }

    /// Gives an entry another text.
    mutating func replace(_ name: String, _ text: String) throws {
        entries[try index(of: name)].bytes = Array(text.utf8)
    }

    /// Changes a text in an entry, in the first place where it stands.
    ///
    /// As bytes, since Swift's characters hide CR LF and combining marks.
    mutating func edit(_ name: String, _ from: String, _ to: String) throws {
        let index = try index(of: name)
        guard let range = entries[index].bytes.firstRange(of: Array(from.utf8)) else {
            throw StoryFailure(what: "\(name) has no \(from)")
        }
        entries[index].bytes.replaceSubrange(range, with: to.utf8)
    }

    /// Changes a text in the manifest, and makes digests and signature right again.
    mutating func rewrite(_ from: String, _ to: String) throws {
        try edit(Name.manifest, from, to)
        try seal()
    }

    /// Makes digests and signature right again.
    mutating func seal() throws {
        try digest()
        try sign()
    }

    /// Makes the two lists right again.
    mutating func digest() throws {
        try replace(Name.payload, Self.list(entries.filter { $0.name.hasPrefix("data/") }))
        let tags = [Name.bagInfo, Name.bagit, Name.payload, Name.manifest]
        try replace(Name.tags, Self.list(try tags.map { entries[try index(of: $0)] }))
    }

    private static func list(_ entries: [LooseTar.Entry]) -> String {
        entries.map { "\(Digest.sha256($0.bytes))  \($0.name)\n" }.joined()
    }

    /// Signs the tag manifest as it is.
    mutating func sign(
        namespace: String = namespace, _ algorithm: SSHMessageHash.Algorithm = .sha512
    ) throws {
        let hash = SSHMessageHash(of: entries[try index(of: Name.tags)].bytes, algorithm)
        entries[try index(of: Name.signature)].bytes =
            key.sign(hash, namespace: namespace).armored
    }

    /// The bundle's digest.
    var id: Digest {
        get throws { Digest.sha256(entries[try index(of: Name.tags)].bytes) }
    }

    /// The archive.
    var tar: LooseTar { LooseTar(entries: entries) }

    /// The file, not encrypted.
    var plain: [UInt8] { get throws { try ZstdFrame.packed(tar.bytes) } }
}
