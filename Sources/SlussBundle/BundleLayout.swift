import SlussCore

/// The names of a bundle's entries, and the bytes that are the same in every bundle.
public enum BundleLayout {
    /// RFC 8493, section 2.1.1.
    package static let bagit = "bagit.txt"
    static let bagInfo = "bag-info.txt"
    /// The list of the payload's files.
    package static let payloadManifest = "manifest-sha256.txt"
    /// The list of the other files.
    package static let tagManifest = "tagmanifest-sha256.txt"
    /// The signature of the tag manifest.
    package static let signature = "tagmanifest-sha256.txt.sig"
    /// The namespace of that signature.
    package static let signatureNamespace = "sluss-bundle"
    /// The list of what the bundle holds.
    static let manifest = "sluss/manifest.json"
    static let readMe = "data/README.txt"

    /// What `bagit.txt` is, byte for byte.
    package static let bagitBytes = Array(
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".utf8)

    /// What a payload file is.
    enum Payload: Hashable {
        case readMe
        case envelopes(SegmentName)
        case bodies(SegmentName)

        init?(_ name: String) {
            if name == BundleLayout.readMe {
                self = .readMe
            } else if let segment = SegmentName(name, suffix: SegmentName.envelopesSuffix) {
                self = .envelopes(segment)
            } else if let segment = SegmentName(name, suffix: SegmentName.bodiesSuffix) {
                self = .bodies(segment)
            } else {
                return nil
            }
        }
    }

    /// What whoever finds the bundle in twenty years should know.
    static let readMeBytes = Array(
        """
        SLUSS

        Det här är ett paket från Sluss, ett system där vård- och skolenheter i en svensk kommun
        skrev ner idéer och anteckningar från arbetsplatsträffar (APT) utan nätverk.

        Varje fil som slutar på .envelopes.ndjson har en rad per skrivning: nummer, post, dag och
        vad den som skrev hade sett. Rad i i filen .bodies.ndjson bredvid har innehållet till rad i,
        eller bara dess kontrollsumma om innehållet har tagits bort. Raderna är JSON i UTF-8.
        Vad paketet omfattar står i sluss/manifest.json. Paketet följer BagIt (RFC 8493).

        This is a bundle from Sluss, a system in which care and school units of a Swedish
        municipality wrote down ideas and notes from workplace meetings without a network.

        Each file that ends in .envelopes.ndjson has one line for each write: its number, record,
        day, and what its writer had seen. Line i of the .bodies.ndjson file beside it has the
        content of line i, or only its SHA-256 if the content has been erased. Lines are JSON in
        UTF-8. What the bundle covers is in sluss/manifest.json. The bundle is a BagIt bag
        (RFC 8493).

        """.utf8)
}

/// The name of a segment: a stretch of one log, in two files.
struct SegmentName: Hashable {
    static let envelopesSuffix = ".envelopes.ndjson"
    static let bodiesSuffix = ".bodies.ndjson"
    private static let digits = 12

    let replica: ReplicaID
    let from: UInt64
    let to: UInt64

    init(replica: ReplicaID, from: UInt64, to: UInt64) {
        self.replica = replica
        self.from = from
        self.to = to
    }

    init?(_ name: String, suffix: String) {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 4, parts[0] == "data", parts[1] == "logs",
            let replica = ReplicaID(parts[2]),
            parts[3].utf8.count == 2 * Self.digits + 1 + suffix.utf8.count,
            let from = UInt64(parts[3].prefix(Self.digits)),
            let to = UInt64(parts[3].dropFirst(Self.digits + 1).prefix(Self.digits)),
            from > 0, from <= to
        else { return nil }
        self.init(replica: replica, from: from, to: to)
        guard Text(self.path(suffix)) == Text(name) else { return nil }
    }

    var envelopes: String { path(Self.envelopesSuffix) }
    var bodies: String { path(Self.bodiesSuffix) }

    private func path(_ suffix: String) -> String {
        "data/logs/\(replica)/\(Self.padded(from))-\(Self.padded(to))\(suffix)"
    }

    private static func padded(_ number: UInt64) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
