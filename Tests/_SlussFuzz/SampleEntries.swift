import SlussBundle
import SlussCore

/// A small valid bundle, as entries and as a tar.
enum SampleEntries {
    static let replica = ReplicaID(high: 0xA, low: 0xB)
    static let audience = Audience.shared

    /// The lines of a log, `BODY` where the digest of the body goes.
    static let lines: [(envelope: String, body: String)] = [
        (
            #"{"n":1,"record":"RECORD","kind":"idea","seen":{},"day":"2026-03-09","body":"BODY"}"#,
            #"{"role":"employee","set":{"problem":"Porten är mörk.","status":{"state":"received"}},"fix":{"number":"OMS-SB-04-26-0001"},"add":{"category":["vardag","annat"]},"plus":{"support":1},"append":{"answer":{"text":"Ja","role":"manager","day":"2026-03-10"}}}"#
        ),
        (
            #"{"n":2,"record":"RECORD","kind":"idea","seen":{"REPLICA":1},"day":"2026-03-10","body":"BODY"}"#,
            #"{"author":"Anna","role":"manager","set":{"problem":"Porten är ljus."},"remove":{"category":["vardag"]},"own":{"assessment":5}}"#
        ),
        (
            #"{"n":3,"record":"RECORD","kind":"idea","seen":{"REPLICA":1},"day":"2026-03-10","body":"BODY"}"#,
            #"{"role":"leader","reason":"x","settle":{"status":{"state":"done","reason":"y"}}}"#
        ),
    ].map { ($0.0.replacing("REPLICA", with: replica.description), $0.1) }

    /// The same for a meeting's note.
    static let meetingLines: [(envelope: String, body: String)] = [
        (
            lines[0].envelope.replacing("idea", with: "meeting"),
            #"{"role":"manager","set":{"day":"2026-03-09","present":[9,6],"status":{"state":"draft"},"item.a.text":"Ljudet.","action.b.text":"Mät.","action.b.due":"2026-04-01","decision.c.by":{"who":"x"}},"fix":{"item.a.number":5,"action.b.item":5}}"#
        ),
        (
            lines[1].envelope.replacing("idea", with: "meeting"),
            #"{"role":"employee","set":{"item.a.text":"Ljudnivån.","item.a.title":"Miljö"},"append":{"addendum":{"text":"Rättat."}}}"#
        ),
        (
            lines[2].envelope.replacing("idea", with: "meeting"),
            #"{"role":"manager","once":"x","set":{"item.a.text":"Oljud."},"remove":{"category":["x"]}}"#
        ),
    ]

    /// The manifest with members that most do not have.
    static func richManifest(_ bytes: [UInt8]) -> [UInt8] {
        let digest = Digest.sha256([1]).description
        let store = StoreID(high: 9, low: 9).description
        let other = ReplicaID(high: 1, low: 1).description
        return [
            (#""previous":null"#, #""previous":"\#(digest)""#),
            (#""computer":"""#, #""computer":"DATOR-1","formerly":["\#(store)"]"#),
            (
                #""receipts":[]"#,
                #""receipts":[{"store":"\#(store)","number":7,"bundle":"\#(digest)"}],"new":[{"a":1}]"#
            ),
            (
                #""acknowledged":{"#,
                #""acknowledged":{"\#(other)":{"count":5,"digest":"\#(digest)"},"#
            ),
        ].reduce(bytes) { replacing($0, $1.0, $1.1) }
    }

    /// The log with its digests put in, and what the manifest says of it.
    static func segments(
        _ lines: [(envelope: [UInt8], body: [UInt8])]
    ) -> (segments: [Segment], range: BundleManifest.LogRange?) {
        let start = LogChain.start(replica, audience)
        var digest = start
        var builder = SegmentBuilder(replica: replica, from: 1)
        var segments: [Segment] = []
        for (envelope, body) in lines {
            let bodyDigest = Digest.sha256(body)
            let line = replacing(envelope, "BODY", bodyDigest.description)
            digest = LogChain.next(after: digest, envelope: line, bodyDigest: bodyDigest)
            if let segment = builder.append(envelope: line, body: body, bodyDigest: nil) {
                segments.append(segment)
            }
        }
        if let segment = builder.finish() { segments.append(segment) }
        guard let unit = UnitCode("OMS-SB-04"), !lines.isEmpty else { return ([], nil) }
        return (
            segments,
            .init(
                replica: replica, audience: audience, owner: unit, machine: "", from: 1,
                to: UInt64(lines.count), before: start, after: digest)
        )
    }

    /// The device that signs; the seed is everyone's.
    static let key = DevicePrivateKey()

    private static func statements(_ range: BundleManifest.LogRange) -> [SignedStatement] {
        let head = LogHead(count: range.to, digest: range.after)
        return [SignedStatement(.head(SignedHead(log: range.root, head: head)), by: key)]
    }

    static func manifest(_ range: BundleManifest.LogRange) -> BundleManifest {
        BundleManifest(
            network: nil, kind: .delta, number: 1, previous: nil,
            sender: .init(
                unit: range.owner, name: "Äppelvreten", machine: "",
                store: StoreID(high: 5, low: 6), isCentral: false),
            receiver: .central, logs: [range],
            acknowledged: Acknowledgement([
                (replica, LogHead(count: range.to, digest: range.after))
            ]), statements: statements(range), recordCount: 1, producer: "fuzz")
    }

    static var whole: [BundleEntry] {
        let record = RecordID(high: 1, low: 2).description
        let (segments, range) = segments(
            lines.map { line in
                (Array(line.envelope.replacing("RECORD", with: record).utf8), Array(line.body.utf8))
            })
        guard let range else { return [] }
        var plan = BundlePlan()
        for segment in segments { plan.note(segment) }
        return plan.head(manifest(range), signedBy: key).entries + [BundlePlan.readMe]
            + segments.flatMap(\.files)
    }

    /// The same bytes with `from` replaced everywhere.
    static func replacing(_ bytes: [UInt8], _ from: String, _ to: String) -> [UInt8] {
        let from = Array(from.utf8)
        var result: [UInt8] = []
        var rest = bytes[...]
        while let first = rest.first {
            if first == from.first, rest.starts(with: from) {
                result += to.utf8
                rest = rest.dropFirst(from.count)
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return result
    }

    /// A tar (POSIX 1003.1, ustar) of the entries, as libarchive writes short ones.
    static func tar(_ entries: [BundleEntry]) -> [UInt8] {
        var tar: [UInt8] = []
        for entry in entries {
            var header = [UInt8](repeating: 0, count: 512)
            func put(_ text: String, at place: Int) {
                for (index, byte) in text.utf8.enumerated() { header[place + index] = byte }
            }
            func octal(_ number: Int, _ width: Int) -> String {
                let text = String(number, radix: 8)
                return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
            }
            put(String(entry.name.prefix(100)), at: 0)
            put("0000644 ", at: 100)
            put("0000000 0000000 ", at: 108)
            put(octal(entry.bytes.count, 11) + " ", at: 124)
            put("00000000000 ", at: 136)
            put("        ", at: 148)
            put("0", at: 156)
            put("ustar\u{0}00", at: 257)
            put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\u{0} ", at: 148)
            tar += header + entry.bytes
            tar += [UInt8](repeating: 0, count: (512 - entry.bytes.count % 512) % 512)
        }
        return tar + [UInt8](repeating: 0, count: 1024)
    }
}
