import SlussBundle
import SlussCore

/// What is wrong with the manifest, in bundles whose digests and signature are right.
extension BundleCase {
    static let manifests = formats + members + combinations + statements

    /// A case whose manifest has one text changed.
    private static func changed(
        _ name: String, _ section: String, _ why: String, _ from: String, _ to: String
    ) -> BundleCase {
        BundleCase(name, section, why) {
            var bundle = try $0.bundle()
            try bundle.rewrite(from, to)
            return try bundle.plain
        }
    }

    private static let formats = [
        changed(
            "bad_unsupportedFormat_later", "manifest", "Format 2.", #""format":1"#, #""format":2"#),
        changed(
            "bad_unsupportedFormat_never", "changes-between-formats",
            "Format 0, which no release reads.", #""format":1"#, #""format":0"#),
        BundleCase(
            "bad_unsupportedFormat_alone", "manifest",
            "Format 2, and nothing else that this format knows: the format is looked at first."
        ) { network in
            var bundle = try network.bundle()
            try bundle.replace(LooseBundle.Name.manifest, #"{"kind":7,"format":2}"# + "\n")
            try bundle.seal()
            return try bundle.plain
        },
        changed(
            "bad_malformedFile_noFormat", "manifest", "No format.", #""format":1,"#, ""),
        changed(
            "bad_malformedFile_formatText", "manifest", "The format is a text.", #""format":1"#,
            #""format":"1""#),
    ]

    private static let members = [
        changed(
            "bad_malformedFile_keyTwice", "strict-json", "A member stands twice.", #""number":1"#,
            #""number":1,"number":1"#),
        changed(
            "bad_malformedFile_keyTwiceEscaped", "strict-json",
            "A member stands twice, once with an escape, within a member that is not known.",
            #""number":1"#, #""number":1,"later":{"x":1,"\u0078":2}"#),
        changed(
            "bad_malformedFile_fraction", "strict-json", "1.0 is no integer.", #""number":1"#,
            #""number":1.0"#),
        changed(
            "bad_malformedFile_exponent", "strict-json", "1e0 is no integer, known member or not.",
            #""number":1"#, #""number":1,"later":1e0"#),
        changed(
            "bad_malformedFile_largeInteger", "strict-json", "2 to the power of 53.",
            #""number":1"#, #""number":1,"later":9007199254740992"#),
        changed(
            "bad_malformedFile_nul", "strict-json", "U+0000 in a text.", "Påhittad",
            #"P\u0000hittad"#),
        changed(
            "bad_malformedFile_surrogate", "strict-json", "A lone surrogate.", "Påhittad",
            #"P\ud800hittad"#),
        changed(
            "bad_malformedFile_tooDeep", "strict-json", "33 levels.", #""number":1"#,
            #""number":1,"later":"# + String(repeating: "[", count: 32)
                + String(repeating: "]", count: 32)),
        changed(
            "bad_malformedFile_byteOrderMark", "strict-json", "A byte order mark.", #"{"format"#,
            "\u{FEFF}{\"format"),
        changed(
            "bad_malformedFile_comma", "strict-json", "A trailing comma.", "}\n", ",}\n"),
        changed(
            "bad_malformedFile_behind", "strict-json", "Something follows the object.", "}\n",
            "}\n{}\n"),
        changed(
            "bad_malformedFile_kind", "manifest", "A kind that there is not.", #""delta""#,
            #""thin""#),
        changed(
            "bad_malformedFile_numberZero", "manifest", "Numbers begin at 1.", #""number":1"#,
            #""number":0"#),
        changed(
            "bad_malformedFile_unit", "manifest", "The sender's unit is no unit code.",
            #""sender":{"unit":"OMS-HT-02""#, #""sender":{"unit":"oms-ht-02""#),
        changed(
            "bad_malformedFile_longName", "limits", "A unit's name of 402 bytes.", "Påhittad",
            String(repeating: "ö", count: 201)),
        changed(
            "bad_malformedFile_manyNames", "limits", "65 former names.", #""computer":"""#,
            #""computer":"","formerly":["#
                + (UInt64(1)...65).map { #""\#(StoreID(high: 8, low: $0))""# }.joined(
                    separator: ",")
                + "]"),
        changed(
            "bad_malformedFile_capitals", "words-and-notation", "A store's id in capitals.",
            #""store":"\#(StoreID(high: 7, low: 7))""#,
            #""store":"0000000000000007000000000000000A""#),
    ]

    private static let combinations = [
        BundleCase("bad_malformedFile_returnOfUnit", "manifest", "A unit's bundle says return.") {
            try $0.bundle { $0.kind = .return }.plain
        },
        changed(
            "bad_malformedFile_producerLines", "manifest", "A program's name of two lines.",
            #""producer":"crafted""#, #""producer":"crafted\nby hand""#),
        BundleCase("bad_malformedFile_deltaOfCentral", "manifest", "A central's says delta.") {
            try $0.back { $0.kind = .delta }.plain
        },
        BundleCase(
            "bad_malformedFile_unsortedLogs", "manifest", "The logs are not in their order."
        ) { network in
            var bundle = try network.bundle {
                $0.logs.append(.init(replica: CraftedBundle.Log.second, lines: [.init(record: 5)]))
            }
            let text = try bundle.text(of: LooseBundle.Name.manifest)
            guard let from = text.firstRange(of: #""logs":["#)?.upperBound,
                let to = text[from...].firstRange(of: "]")?.lowerBound,
                let between = text[from...].firstRange(of: "},{")?.lowerBound
            else { return [] }
            let end = text.index(after: between)
            let first = text[from..<end]
            let second = text[text.index(after: end)..<to]
            try bundle.rewrite(String(text[from..<to]), "\(second),\(first)")
            return try bundle.plain
        },
        BundleCase(
            "bad_malformedFile_branchName", "branches",
            "A log that is none goes by a branch's name."
        ) { network in
            try network.bundle {
                $0.logs[0].replica = CraftedBundle.Log.first.asBranchName
            }.plain
        },
        BundleCase(
            "bad_malformedFile_branchWithoutName", "branches", "A branch goes by a log's name."
        ) { try $0.bundle { $0.logs[0].root = CraftedBundle.Log.second }.plain },
        changed(
            "bad_malformedFile_rangeBackwards", "manifest", "A log ends before it begins.",
            #""from":1"#, #""from":4"#),
    ]

    private static let statements = [
        BundleCase(
            "bad_malformedFile_statementSignature", "statements", "A statement's text is another."
        ) { network in
            var bundle = try network.bundle()
            try bundle.rewrite(#"{\"type\":\"head\",\"log\""#, #"{\"type\":\"head\", \"log\""#)
            return try bundle.plain
        },
        BundleCase(
            "bad_malformedFile_statementNamespace", "statements",
            "A statement is signed as a bundle is."
        ) { network in
            var bundle = try network.bundle()
            let text = #"{"type":"weather"}"#
            try bundle.insert(
                FixtureNetwork.statement(
                    text, signedBy: bundle.key, namespace: LooseBundle.namespace),
                at: #""statements":["#)
            return try bundle.plain
        },
        BundleCase(
            "bad_malformedFile_statementMember", "statements",
            "A head without its digest, signed as it is."
        ) { network in
            var bundle = try network.bundle()
            let text = #"{"type":"head","log":"\#(CraftedBundle.Log.first)","count":1}"#
            try bundle.insert(
                FixtureNetwork.statement(text, signedBy: bundle.key), at: #""statements":["#)
            return try bundle.plain
        },
        BundleCase(
            "bad_malformedFile_statementType", "statements", "A statement that names no type."
        ) { network in
            var bundle = try network.bundle()
            try bundle.insert(
                FixtureNetwork.statement("{}", signedBy: bundle.key), at: #""statements":["#)
            return try bundle.plain
        },
        BundleCase(
            "bad_malformedFile_statementLength", "limits", "A statement of more than 64 KiB."
        ) { network in
            var bundle = try network.bundle()
            let text = #"{"type":"weather","x":"\#(String(repeating: "x", count: 65_536))"}"#
            try bundle.insert(
                FixtureNetwork.statement(text, signedBy: bundle.key), at: #""statements":["#)
            return try bundle.plain
        },
    ]
}
