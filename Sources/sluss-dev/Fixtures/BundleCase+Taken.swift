import SlussBundle
import SlussCore

/// What must be taken: right bundles of every kind, and what a reader must not mind.
extension BundleCase {
    static let taken = kinds + notMinded + counted

    private static let kinds = [
        BundleCase("ok_delta", "layers", "A unit's writes, encrypted to the central.") {
            try $0.sealed($0.bundle().plain)
        },
        BundleCase(
            "ok_plain", "age", "The same, not encrypted, in a network that allows it."
        ) { try $0.bundle().plain },
        BundleCase("ok_empty", "logs-and-segments", "A first bundle may hold no writes.") {
            try $0.sealed($0.bundle { $0.logs = [] }.plain)
        },
        BundleCase(
            "ok_return", "manifest", "The central's answer, for the unit that merges it.",
            at: CaseReader(store: .unit)
        ) { try $0.sealed($0.back().plain) },
        BundleCase(
            "ok_ownUnit", "what-a-merge-checks",
            "A unit takes what another of its machines sends to the central.",
            at: CaseReader(store: .unit)
        ) { try $0.sealed($0.bundle().plain) },
        BundleCase(
            "ok_full", "manifest", "All that a unit has; its drafts (audience local) are left out."
        ) { try $0.sealed(full($0)) },
        BundleCase(
            "ok_passphrase", "age", "A full bundle, encrypted with a passphrase, work factor 10."
        ) { try FixtureNetwork.sealedWithPassphrase(full($0)) },
        BundleCase(
            "ok_next", "what-a-merge-checks", "It continues the log where the one before ended.",
            after: ["ok_delta"]
        ) { try $0.sealed(next($0).plain) },
        BundleCase(
            "ok_again", "determinism", "The same bundle, packed and encrypted anew.",
            after: ["ok_delta"]
        ) { try $0.sealed(ZstdFrame.packed($0.bundle().tar.bytes, level: 1)) },
        BundleCase(
            "ok_branch", "branches", "A log that forked at its second write: both branches."
        ) { try $0.sealed($0.bundle { $0.logs = branches }.plain) },
        BundleCase("ok_erased", "erased-bodies", "Only its digest is left of one body.") {
            try $0.bundle { $0.logs[0].lines[1].isErased = true }.plain
        },
    ]

    private static func full(_ network: FixtureNetwork) throws -> [UInt8] {
        try network.bundle {
            $0.kind = .full
            $0.receiver = .anyone
            $0.logs.append(
                .init(
                    replica: CraftedBundle.Log.second, audience: .local, lines: [.init(record: 5)]))
        }.plain
    }

    /// What the unit writes after the ordinary bundle.
    static func next(
        _ network: FixtureNetwork, _ change: (inout CraftedBundle) -> Void = { _ in }
    ) throws -> LooseBundle {
        let before = CraftedBundle.digests(of: FixtureNetwork.log)
        return try network.bundle {
            $0.number = 2
            $0.logs = [
                .init(
                    from: 4, before: before.last,
                    lines: [
                        .init(
                            seen: 3, body: #"{"role":"employee","set":{"title":"Portarna"}}"#)
                    ])
            ]
            change(&$0)
        }
    }

    /// The ordinary log, and a branch that leaves it after its first write.
    private static var branches: [CraftedBundle.Log] {
        let log = FixtureNetwork.log
        let digests = CraftedBundle.digests(of: log)
        var root = log
        root.lines = [log.lines[0]]
        return [root]
            + [log.lines[1...], [.init(record: 4), .init(record: 4, seen: 2)]].map { lines in
                branch(from: 2, after: digests[0], Array(lines))
            }
    }

    /// A branch of the ordinary log, under the name that its first write gives it.
    static func branch(
        from: UInt64, after before: Digest, _ lines: [CraftedBundle.Line]
    ) -> CraftedBundle.Log {
        let root = CraftedBundle.Log.first
        var log = CraftedBundle.Log(
            replica: root, root: root, from: from, before: before, lines: lines)
        let first = CraftedBundle.digests(of: log).first ?? before
        log.replica = LogChain.branch(of: root, firstDigest: first)
        return log
    }

    private static let notMinded = [
        BundleCase(
            "ok_unknownMembers", "what-is-not-known",
            "Members of the manifest and of an envelope that this format does not know."
        ) { network in
            var bundle = try network.bundle { $0.logs[0].lines[1].more = #","later":[1,null]"# }
            try bundle.insert(#""later":{"x":[1,{"y":null}]}"#, at: "{")
            try bundle.insert(#""later":true"#, at: #""sender":{"#)
            try bundle.insert(#""later":"x""#, at: #""logs":[{"#)
            return try bundle.plain
        },
        BundleCase(
            "ok_unknownStatement", "what-is-not-known", "A statement of a type that is not known."
        ) { network in
            var bundle = try network.bundle()
            let text = #"{"type":"weather","network":1,"key":[]}"#
            try bundle.insert(
                FixtureNetwork.statement(text, signedBy: bundle.key), at: #""statements":["#)
            return try bundle.plain
        },
        BundleCase(
            "ok_membersOfOtherTypes", "statements",
            "A head with members that only other types of statement have, of other types."
        ) { network in
            var bundle = try network.bundle()
            let text =
                #"{"type":"head","log":"\#(CraftedBundle.Log.second)","count":1,"digest":"\#(Digest.sha256([]))","number":"1","key":7,"machine":[]}"#
            try bundle.insert(
                FixtureNetwork.statement(text, signedBy: bundle.key), at: #""statements":["#)
            return try bundle.plain
        },
        BundleCase(
            "ok_counts", "manifest", "Counts are only shown: these are wrong, and one is no number."
        ) { network in
            var bundle = try network.bundle()
            try bundle.rewrite(#""writes":3,"records":2"#, #""writes":-7,"records":"two""#)
            return try bundle.plain
        },
        BundleCase(
            "ok_spelling", "strict-json",
            "White space, other escapes and another order of members in the manifest and in lines."
        ) { network in
            var bundle = try network.bundle {
                $0.logs[0].lines[1].envelope =
                    #"{ "body" : "BODY" , "day":"2026-03-09","seen":{},"ki\u006ed":"ide\u0061","record":"0000000000c0ffee0000000000000002","n" :2 }"#
                $0.logs[0].lines[1].body =
                    #"{"set": {"problem":"Elcyklarna st\u00e5r still \ud83d\udeb2."}, "role":"employee" }"#
            }
            try bundle.edit(LooseBundle.Name.manifest, #"{"format":1,"#, "{\n\t")
            try bundle.rewrite("}\n", ",\r\n \"format\" : 1 }\n\n")
            return try bundle.plain
        },
        BundleCase(
            "ok_segments", "logs-and-segments", "A segment for each write: a reader takes any cut."
        ) { try $0.bundle { $0.logs[0].writesInSegment = 1 }.plain },
        BundleCase(
            "ok_hashOfSignature", "signature",
            "Signed over SHA-256 instead of SHA-512, which a reader may take."
        ) { network in
            var bundle = try network.bundle()
            try bundle.sign(.sha256)
            return try bundle.plain
        },
        BundleCase(
            "ok_numberJump", "limits", "A number 10 000 beyond the sender's last, which is none."
        ) { try $0.bundle { $0.number = 10_000 }.plain },
        BundleCase(
            "ok_longestName", "manifest", "A unit's name of 400 bytes."
        ) { network in
            var bundle = try network.bundle()
            try bundle.rewrite("Påhittad", String(repeating: "ö", count: 200))
            return try bundle.plain
        },
    ]

    private static let counted = [
        BundleCase(
            "ok_setAside", "envelope",
            "One write whose context names a write to another record: it is kept and does not count."
        ) { try $0.bundle { $0.logs[0].lines.append(.init(record: 2, seen: 1)) }.plain },
        BundleCase(
            "ok_noBody", "body", "A body that is strict JSON of another shape: it does not count."
        ) {
            try $0.bundle { $0.logs[0].lines.append(.init(record: 6, body: #"{"set":[]}"#)) }.plain
        },
        BundleCase(
            "ok_noHead", "trust", "Nobody vouches for the log: it is kept and does not count."
        ) { try $0.bundle { $0.hasHeads = false }.plain },
        BundleCase(
            "ok_headOfAnother", "trust",
            "Another device vouches for the log than the one that it belongs to: it does not count."
        ) { network in
            try network.bundle { stranger in
                let friend = try FixtureNetwork.device("friend")
                stranger.statements += [
                    try network.certificate(of: friend, at: stranger.unit),
                    SignedStatement(.head(try FixtureNetwork.head(3)), by: friend),
                ]
            } heads: {
                $0.hasHeads = false
            }.plain
        },
        BundleCase(
            "ok_logOfAnother", "trust",
            "The signer vouches for a log that belongs to another device: it does not count."
        ) { network in
            let friend = try FixtureNetwork.device("friend")
            return try network.bundle {
                $0.logs[0].replica = CraftedBundle.Log.number(1, of: friend.publicKey)
            }.plain
        },
        BundleCase(
            "ok_noNetwork", "trust",
            "It names no network: the signer was let in after it had made the bundle."
        ) { network in try network.bundle { $0.network = nil }.plain },
        BundleCase(
            "ok_roleOfAnother", "trust",
            "A unit's device writes as the coordinator: that write does not count."
        ) { network in
            try network.bundle {
                $0.logs[0].lines.append(
                    .init(
                        record: 1, seen: 3,
                        body: #"{"role":"coordinator","set":{"title":"Taget."}}"#))
            }.plain
        },
        BundleCase(
            "ok_revokedLater", "trust",
            "The signer has been shut out after the log's second write: the third does not count."
        ) { network in
            try network.bundle { stranger in
                let after = [try FixtureNetwork.head(2)]
                stranger.statements.append(network.revocation(of: stranger.key, after: after))
            }.plain
        },
    ]
}
