import SlussBundle
import SlussCore

/// What is wrong with lines, in bundles whose digests, chains and signature are right.
extension BundleCase {
    static let lines = envelopes + bodies + chains

    /// A case of one envelope.
    private static func envelope(
        _ name: String, _ section: String, _ why: String, _ envelope: String
    ) -> BundleCase {
        BundleCase(name, section, why) { try $0.bundle(envelope: envelope) }
    }

    private static let record = "0000000000c0ffee0000000000000001"
    private static let rest = #""kind":"idea","seen":{},"day":"2026-03-09","body":"BODY""#

    private static let envelopes = [
        envelope(
            "bad_malformedLine_counter", "envelope", "The first line is write 2.",
            #"{"n":2,"record":"\#(record)",\#(rest)}"#),
        envelope(
            "bad_malformedLine_noRecord", "envelope", "No record.", #"{"n":1,\#(rest)}"#),
        envelope(
            "bad_malformedLine_record", "envelope", "The record's id has 31 digits.",
            #"{"n":1,"record":"\#(record.dropLast())",\#(rest)}"#),
        envelope(
            "bad_malformedLine_day", "envelope", "30 February.",
            #"{"n":1,"record":"\#(record)","kind":"idea","seen":{},"day":"2026-02-30","body":"BODY"}"#
        ),
        envelope(
            "bad_malformedLine_kind", "limits", "A kind of 41 bytes.",
            #"{"n":1,"record":"\#(record)","kind":"\#(String(repeating: "k", count: 41))","seen":{},"day":"2026-03-09","body":"BODY"}"#
        ),
        envelope(
            "bad_malformedLine_seenItself", "envelope", "A write that has seen itself.",
            #"{"n":1,"record":"\#(record)","kind":"idea","seen":{"\#(CraftedBundle.Log.first)":1},"day":"2026-03-09","body":"BODY"}"#
        ),
        envelope(
            "bad_malformedLine_seenNothing", "envelope", "A count of 0 in the context.",
            #"{"n":1,"record":"\#(record)","kind":"idea","seen":{"\#(CraftedBundle.Log.second)":0},"day":"2026-03-09","body":"BODY"}"#
        ),
        envelope(
            "bad_malformedLine_keyTwice", "strict-json", "A member stands twice.",
            #"{"n":1,"n":1,"record":"\#(record)",\#(rest)}"#),
        envelope(
            "bad_malformedLine_space", "envelope", "The line's first byte is a space.",
            #" {"n":1,"record":"\#(record)",\#(rest)}"#),
        envelope(
            "bad_malformedLine_carriageReturn", "logs-and-segments", "The line ends as on Windows.",
            #"{"n":1,"record":"\#(record)",\#(rest)}"# + "\r"),
        envelope(
            "bad_malformedLine_byteOrderMark", "logs-and-segments",
            "The file begins with a byte order mark.",
            "\u{FEFF}" + #"{"n":1,"record":"\#(record)",\#(rest)}"#),
    ]

    private static let bodies = [
        BundleCase(
            "bad_malformedLine_body", "envelope", "The envelope names another body's digest."
        ) { network in
            try network.bundle(
                envelope: #"{"n":1,"record":"\#(record)",\#(rest)}"#.replacing(
                    "BODY", with: "\(Digest.sha256([]))"))
        },
        BundleCase("bad_malformedLine_bodyKeyTwice", "strict-json", "A field stands twice.") {
            try $0.bundle([.init(body: #"{"set":{"problem":"a","problem":"b"}}"#)])
        },
        BundleCase(
            "bad_malformedLine_bodyNumber", "strict-json",
            "2.5 in an operation that is not known."
        ) { try $0.bundle([.init(body: #"{"later":{"x":2.5}}"#)]) },
        BundleCase("bad_malformedLine_bodyUTF8", "strict-json", "A byte that is not UTF-8.") {
            var bundle = try $0.bundle { $0.logs[0].lines[2].body = #"{"set":{"title":"BYTE"}}"# }
            let index = try bundle.index(of: bundle.bodies)
            guard let range = bundle.entries[index].bytes.firstRange(of: Array("BYTE".utf8)) else {
                return []
            }
            bundle.entries[index].bytes.replaceSubrange(range, with: [0x42, 0xFF, 0x54, 0x45])
            // The envelope and the chain are made right for what the body is now.
            return try relinked(bundle)
        },
        BundleCase("bad_malformedLine_bodyList", "body", "A body that is a list.") {
            try $0.bundle([.init(body: "[1]")])
        },
        BundleCase("bad_malformedLine_bodyTooDeep", "strict-json", "33 levels in a body.") {
            let (open, close) = (
                String(repeating: "[", count: 31), String(repeating: "]", count: 31)
            )
            return try $0.bundle([.init(body: #"{"set":{"problem":\#(open)\#(close)}}"#)])
        },
        BundleCase(
            "bad_malformedLine_erased", "erased-bodies",
            "What is left of an erased body is another digest than the envelope's."
        ) { network in
            var bundle = try network.bundle { $0.logs[0].lines[1].isErased = true }
            let lines = try bundle.text(of: bundle.bodies).split(separator: "\n")
            try bundle.replace(
                bundle.bodies, "\(lines[0])\n\"\(Digest.sha256([]))\"\n\(lines[2])\n")
            try bundle.seal()
            return try bundle.plain
        },
        BundleCase("bad_overLimit_line", "limits", "A body of 1 MiB and one byte.") {
            let empty = #"{"set":{"problem":""}}"#
            let text = String(repeating: "x", count: 1 << 20 + 1 - empty.utf8.count)
            return try $0.bundle([.init(body: #"{"set":{"problem":"\#(text)"}}"#)])
        },
    ]

    /// A bundle of the ordinary log whose bodies have been changed as bytes: envelopes, chain,
    /// digests and signature are made right again.
    private static func relinked(_ bundle: LooseBundle) throws -> [UInt8] {
        var bundle = bundle
        let bodies = bundle.entries[try bundle.index(of: bundle.bodies)].bytes
            .split(separator: 0x0A)
        let lines = try bundle.text(of: bundle.envelopes).split(separator: "\n")
        var digest = LogChain.start(CraftedBundle.Log.first, .unit(FixtureNetwork.unit))
        var changed: [String] = []
        for (line, body) in zip(lines, bodies) {
            let bodyDigest = Digest.sha256(body)
            let envelope = line.dropLast(66) + "\(bodyDigest)\"}"
            digest = LogChain.next(
                after: digest, envelope: Array(envelope.utf8), bodyDigest: bodyDigest)
            changed.append(envelope + "\n")
        }
        try bundle.replace(bundle.envelopes, changed.joined())
        try bundle.rewrite(try after(bundle), "\(digest)")
        return try bundle.plain
    }

    private static let chains = [
        BundleCase(
            "bad_brokenChain_end", "chain", "The chain does not end where the manifest says."
        ) { network in
            var bundle = try network.bundle()
            let digest = try after(bundle)
            try bundle.rewrite(digest, String(digest.reversed()))
            return try bundle.plain
        },
        BundleCase(
            "bad_brokenChain_start", "chain", "The chain starts as that of another audience would."
        ) {
            try $0.bundle { $0.logs[0].before = LogChain.start(CraftedBundle.Log.first, .shared) }
                .plain
        },
        BundleCase(
            "bad_brokenChain_replica", "chain", "The chain starts as that of another replica would."
        ) { network in
            try network.bundle {
                $0.logs[0].before = LogChain.start(
                    CraftedBundle.Log.second, .unit(FixtureNetwork.unit))
            }.plain
        },
        BundleCase(
            "bad_wrongAudience_shared", "trust",
            "A log that is known comes for everyone (shared), and was for its unit.",
            after: ["ok_delta"]
        ) { try next($0) { $0.logs[0].audience = .shared }.plain },
        BundleCase(
            "bad_wrongAudience_sharedFromStart", "trust",
            "The same, from its first write.", after: ["ok_delta"]
        ) { network in
            try network.bundle {
                $0.number = 2
                $0.logs[0].audience = .shared
                $0.logs[0].lines.append(.init(record: 7))
            }.plain
        },
    ]

    /// What the manifest says that the first log's chain ends with.
    private static func after(_ bundle: LooseBundle) throws -> String {
        let text = try bundle.text(of: LooseBundle.Name.manifest)
        guard let place = text.firstRange(of: #""after":""#)?.upperBound else {
            throw StoryFailure(what: "no chain")
        }
        return String(text[place...].prefix(64))
    }
}
