/// The readers that are fed with made-up bytes: each must take or refuse them, and never trap.
///
/// The first byte of an input chooses the way in, so that mutations can get past digests, checksums
/// and encodings, which they would never guess. What must hold is a precondition: that fails as
/// loudly as a trap.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// One file on disk: age, zstd, tar, then the bundle in it.
    case archive
    /// A bundle's entries, and the writes in them down to what a person would see.
    case bundle
    /// The lists of a bag, the names in them, and bag-info.
    case bag
    /// JSON, and lines of it.
    case json
    /// Age files, and files of keys.
    case age
    /// Machines' keys, signatures, and lists of who may sign.
    case keys
    /// A record's state as a store keeps it.
    case state

    /// Feeds the target with bytes; says whether they were taken.
    @discardableResult
    public func run(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first else { return false }
        let way = Int(first &- UInt8(ascii: "0"))
        let rest = bytes.dropFirst()
        return switch self {
        case .archive: ArchiveFuzz.run(way: way, rest)
        case .bundle: BundleFuzz.run(way: way, rest)
        case .bag: BagFuzz.run(way: way, rest)
        case .json: JSONFuzz.run(way: way, rest)
        case .age: AgeFuzz.run(way: way, rest)
        case .keys: KeyFuzz.run(way: way, rest)
        case .state: StateFuzz.run(rest)
        }
    }

    /// Small inputs to begin with, all of which are taken.
    public var seeds: [[UInt8]] {
        switch self {
        case .archive: ArchiveFuzz.seeds
        case .bundle: BundleFuzz.seeds
        case .bag: BagFuzz.seeds
        case .json: JSONFuzz.seeds
        case .age: AgeFuzz.seeds
        case .keys: KeyFuzz.seeds
        case .state: StateFuzz.seeds
        }
    }

    /// Words of the target's formats, which mutations would take long to find.
    public var words: [String] {
        switch self {
        case .bundle, .json, .archive: Self.bundleWords
        case .bag: ["Payload-Oxum: ", "data/", "%25", "  ", "\u{301}", "ß"]
        case .age: ["-> X25519 ", "-> scrypt ", "--- ", "age1", "AGE-SECRET-KEY-1", "a\u{30A}"]
        case .keys:
            [
                "ssh-ed25519", "ssh-rsa", "cert-authority", "namespaces=\"", "valid-after=\"",
                "valid-before=\"", "\\\"", "SSHSIG", "sha512", "sha256", "\u{0}\u{0}\u{0}\u{B}",
            ]
        case .state: []
        }
    }

    private static let bundleWords = [
        "format", "kind", "delta", "full", "return", "number", "previous", "sender", "unit", "name",
        "machine", "store", "central", "computer", "formerly", "receiver", "logs", "replica",
        "root", "audience", "shared", "owner", "from", "to", "before", "after", "acknowledged",
        "count", "digest", "receipts", "bundle", "counts", "records", "producer", "n", "record",
        "idea", "meeting", "seen", "day", "body", "BODY", "RECORD", "author", "writer", "reason",
        "once", "role", "set", "settle", "fix", "own", "add", "remove", "plus", "append",
        "problem", "status", "state", "submitter", "category", "support", "answer", "title",
        "item.a.text", "present", "addendum", "employee", "manager", "null", "true", "false",
        "9007199254740991", "999999999999", "\\u0000", "\\ud800", "\u{1E}", "data/logs/",
        ".bodies.ndjson", ".envelopes.ndjson", "-000000000003",
    ]

    /// The target that a file of `SyncFixtures/crashers` is for: its name begins with the target's.
    public init?(fileName: String) {
        guard let name = fileName.split(separator: "-").first else { return nil }
        self.init(rawValue: String(name))
    }
}

/// Ways to take an input apart.
enum FuzzInput {
    /// Separates the parts of an input: a byte that JSON never holds as it is.
    static let separator: UInt8 = 0x1E

    /// The parts of an input.
    static func parts(_ bytes: ArraySlice<UInt8>) -> [[UInt8]] {
        bytes.split(separator: separator, omittingEmptySubsequences: false).map(Array.init)
    }

    /// Joins parts to an input that goes `way`.
    static func join(_ way: Character, _ parts: [[UInt8]]) -> [UInt8] {
        Array(String(way).utf8) + parts.joined(separator: [separator])
    }

    /// Calls `body` with pieces whose sizes follow from the bytes themselves.
    static func forEachPiece<Failure: Error>(
        of bytes: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        var rest = bytes
        var size = Int(bytes.last ?? 0) + 1
        while !rest.isEmpty {
            try body(rest.prefix(size))
            rest = rest.dropFirst(size)
            size = size * 3 % 1021 + 1
        }
    }
}
