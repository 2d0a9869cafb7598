import SlussBundle
import SlussCore

/// What only a store can tell: for whom a bundle is, and whether it continues what is there.
extension BundleCase {
    static let merges = receivers + sizes + gaps

    private static let receivers = [
        BundleCase(
            "bad_wrongReceiver_otherUnit", "what-a-merge-checks", "For a unit, at a central."
        ) {
            try $0.back().plain
        },
        BundleCase(
            "bad_wrongReceiver_central", "what-a-merge-checks",
            "Another unit's, for the central, at a unit.", at: CaseReader(store: .unit)
        ) { network in
            var crafted = CraftedBundle(logs: [FixtureNetwork.otherLog])
            crafted.store = StoreID(high: 8, low: 8)
            return try crafted.loose(by: network.device(at: FixtureNetwork.otherUnit)).plain
        },
        BundleCase(
            "bad_wrongAudience_otherUnit", "what-a-merge-checks",
            "A log for another unit than the one that merges it.", at: CaseReader(store: .unit)
        ) { try $0.back { $0.logs.append(FixtureNetwork.otherLog) }.plain },
        BundleCase(
            "bad_wrongAudience_local", "what-a-merge-checks", "Drafts (audience local) in a delta."
        ) { try $0.bundle { $0.logs[0].audience = .local }.plain },
        BundleCase(
            "bad_overLimit_numberJump", "limits",
            "A number 10 001 beyond the sender's last, which is none."
        ) { try $0.bundle { $0.number = 10_001 }.plain },
    ]

    /// Bundles that are right in every line and bring more than is taken.
    private static let sizes = [
        BundleCase(
            "bad_overLimit_recordWrites", "what-one-device-writes-to-one-record",
            "10 001 writes of one device to one record."
        ) { network in
            let body = #"{"role":"employee","plus":{"support":1}}"#
            return try network.bundle {
                $0 = CraftedBundle(lines: (0..<10_001).map { .init(seen: $0, body: body) })
            }.plain
        },
        BundleCase(
            "bad_overLimit_recordBytes", "what-one-device-writes-to-one-record",
            "Five writes of one device to one record, a megabyte each."
        ) { network in
            let text = String(repeating: "a", count: 1_000_000)
            let body = #"{"role":"employee","set":{"problem":"\#(text)"}}"#
            return try network.bundle {
                $0 = CraftedBundle(lines: (0..<5).map { .init(seen: $0, body: body) })
            }.plain
        },
        BundleCase(
            "bad_overLimit_deviceLogs", "limits", "1 025 logs of one device."
        ) { network in
            try network.bundle {
                $0.logs = (0..<1025).map {
                    .init(replica: CraftedBundle.Log.number(UInt64($0) + 10), lines: [.init()])
                }.sorted { $0.replica < $1.replica }
                $0.hasHeads = false
            }.plain
        },
        BundleCase(
            "bad_overLimit_branchDepth", "limits",
            "A log that has divided 257 times, each time behind the write before."
        ) { network in
            let trunk = CraftedBundle.Log(lines: (0..<258).map { .init(seen: $0) })
            let digests = CraftedBundle.digests(of: trunk)
            let branches = (0..<257).map { index in
                branch(
                    from: UInt64(index) + 2, after: digests[index],
                    [.init(seen: index + 1, body: #"{"role":"employee","set":{"problem":"x"}}"#)])
            }
            return try network.bundle {
                $0.logs = [trunk] + branches
                $0.hasHeads = false
            }.plain
        },
    ]

    private static let gaps = [
        BundleCase(
            "bad_missingHistory_all", "what-a-merge-checks",
            "It begins at write 4 of a log of which nothing is there."
        ) { try next($0).plain },
        BundleCase(
            "bad_missingHistory_some", "what-a-merge-checks",
            "It begins at write 6 of a log of which three are there.", after: ["ok_delta"]
        ) { network in
            try network.bundle {
                $0.number = 3
                $0.logs = [
                    .init(from: 6, before: Digest.sha256([]), lines: [.init(record: 8)])
                ]
            }.plain
        },
        BundleCase(
            "bad_missingContext_claimed", "what-a-merge-checks",
            "A write has seen a log of which the sender has four writes and the reader none."
        ) { network in
            try network.bundle { seeMore(&$0, Digest.sha256([]), count: 4) }.plain
        },
        BundleCase(
            "bad_missingBranch_context", "what-a-merge-checks",
            "A write has seen a log that went on otherwise at the sender than in the bundle."
        ) { network in
            try network.bundle {
                $0.logs.append(
                    .init(
                        replica: CraftedBundle.Log.second,
                        lines: [.init(), .init(record: 5)]))
                seeMore(&$0, Digest.sha256([]), count: 2)
            }.plain
        },
        BundleCase(
            "bad_missingBranch_connection", "what-a-merge-checks",
            "It goes on after a write 3 that is not the one that is there.", after: ["ok_delta"]
        ) { network in
            try next(network) { $0.logs[0].before = Digest.sha256([]) }.plain
        },
        BundleCase(
            "bad_missingBranch_inBundle", "branches",
            "A branch leaves the log after a write that the bundle has otherwise."
        ) { network in
            try network.bundle {
                $0.logs.append(
                    branch(from: 3, after: Digest.sha256([]), [.init(record: 4)]))
            }.plain
        },
    ]

    /// Has a new write see one write of the second log, of which the sender says that it has more.
    private static func seeMore(
        _ crafted: inout CraftedBundle, _ digest: Digest, count: UInt64
    ) {
        let (first, second) = (CraftedBundle.Log.first, CraftedBundle.Log.second)
        crafted.logs[0].lines.append(
            .init(
                envelope:
                    #"{"n":4,"record":"0000000000c0ffee0000000000000001","kind":"idea","seen":{"\#(first)":3,"\#(second)":1},"day":"2026-03-09","body":"BODY"}"#
            ))
        crafted.acknowledged = Acknowledgement([
            (second, LogHead(count: count, digest: digest))
        ])
    }
}
