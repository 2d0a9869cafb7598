import SlussBundle
import SlussCore

/// What is wrong with the tag files, the digests and the signature.
extension BundleCase {
    static let bags = digests + signatures + tagFiles

    private static let digests = [
        BundleCase("bad_digestMismatch_payload", "order-of-entries", "A text in a body is another.")
        {
            var bundle = try $0.bundle()
            try bundle.edit(bundle.bodies, "portarna", "dörrarna")
            return try bundle.plain
        },
        BundleCase("bad_digestMismatch_readMe", "tag-files", "The page in the bundle is another.") {
            var bundle = try $0.bundle()
            try bundle.edit(LooseBundle.Name.readMe, "SLUSS", "sluss")
            return try bundle.plain
        },
        BundleCase("bad_digestMismatch_bagInfo", "tag-files", "bag-info.txt names another unit.") {
            var bundle = try $0.bundle()
            try bundle.edit(LooseBundle.Name.bagInfo, "OMS-HT-02", "OMS-HT-03")
            return try bundle.plain
        },
        BundleCase("bad_digestMismatch_manifest", "tag-files", "The manifest's number is another.")
        {
            var bundle = try $0.bundle()
            try bundle.edit(LooseBundle.Name.manifest, #""number":1"#, #""number":2"#)
            return try bundle.plain
        },
        BundleCase(
            "bad_digestMismatch_list", "tag-files", "A digest of the payload's list is another."
        ) {
            var bundle = try $0.bundle()
            let text = try bundle.text(of: LooseBundle.Name.payload)
            try bundle.replace(
                LooseBundle.Name.payload, (text.first == "0" ? "1" : "0") + text.dropFirst())
            return try bundle.plain
        },
    ]

    private static let signatures = [
        BundleCase(
            "bad_badSignature_ofAnother", "signature",
            "All digests are right, and the signature is that of the bundle before the change."
        ) { network in
            var bundle = try network.bundle()
            try bundle.edit(bundle.bodies, "portarna", "dörrarna")
            try bundle.digest()
            return try bundle.plain
        },
        BundleCase("bad_badSignature_bit", "signature", "One bit of the signature is another.") {
            var bundle = try $0.bundle()
            let name = LooseBundle.Name.signature
            var lines = try bundle.text(of: name).split(separator: "\n").map(String.init)
            // The last line of base64 has the end of the 64 bytes of Ed25519.
            let last = lines.count - 2
            lines[last] = (lines[last].hasPrefix("A") ? "B" : "A") + lines[last].dropFirst()
            try bundle.replace(name, lines.joined(separator: "\n") + "\n")
            return try bundle.plain
        },
        BundleCase(
            "bad_badSignature_namespace", "signature",
            "Signed for sluss-statement, not sluss-bundle."
        ) { network in
            var bundle = try network.bundle()
            try bundle.sign(namespace: "sluss-statement")
            return try bundle.plain
        },
        BundleCase("bad_badSignature_empty", "signature", "The signature's file is empty.") {
            var bundle = try $0.bundle()
            try bundle.replace(LooseBundle.Name.signature, "")
            return try bundle.plain
        },
        BundleCase("bad_badSignature_carriageReturn", "signature", "Its lines end as on Windows.") {
            var bundle = try $0.bundle()
            let name = LooseBundle.Name.signature
            try bundle.replace(
                name, try bundle.text(of: name).replacing("\n", with: "\r\n"))
            return try bundle.plain
        },
        BundleCase("bad_badSignature_lastLine", "signature", "Its last line does not end.") {
            var bundle = try $0.bundle()
            let name = LooseBundle.Name.signature
            try bundle.replace(name, String(try bundle.text(of: name).dropLast()))
            return try bundle.plain
        },
    ]

    private static let tagFiles = [
        BundleCase("bad_malformedFile_bagit", "tag-files", "BagIt 0.97, signed.") {
            var bundle = try $0.bundle()
            try bundle.edit(LooseBundle.Name.bagit, "1.0", "0.97")
            try bundle.seal()
            return try bundle.plain
        },
        BundleCase(
            "bad_malformedFile_listUnended", "tag-files", "The list's last line does not end."
        ) {
            try tags($0) { bundle in
                let text = try bundle.text(of: LooseBundle.Name.payload)
                try bundle.replace(LooseBundle.Name.payload, String(text.dropLast()))
            }
        },
        BundleCase("bad_malformedFile_listTwice", "tag-files", "A name stands twice in the list.") {
            try tags($0) { bundle in
                let text = try bundle.text(of: LooseBundle.Name.payload)
                let line = text.split(separator: "\n").last ?? ""
                try bundle.replace(LooseBundle.Name.payload, text + line + "\n")
            }
        },
        BundleCase("bad_malformedFile_listCapitals", "tag-files", "Digests in capitals.") {
            try tags($0) { bundle in
                let lines = try bundle.text(of: LooseBundle.Name.payload).split(separator: "\n")
                try bundle.replace(
                    LooseBundle.Name.payload,
                    lines.map { $0.prefix(64).uppercased() + $0.dropFirst(64) + "\n" }.joined())
            }
        },
        BundleCase("bad_malformedFile_listOneSpace", "tag-files", "One space after the digest.") {
            try tags($0) { bundle in
                let text = try bundle.text(of: LooseBundle.Name.payload)
                try bundle.replace(LooseBundle.Name.payload, text.replacing("  ", with: " "))
            }
        },
        BundleCase("bad_malformedFile_tagsOrder", "tag-files", "The tag manifest is not sorted.") {
            var bundle = try $0.bundle()
            let lines = try bundle.text(of: LooseBundle.Name.tags).split(separator: "\n")
            try bundle.replace(
                LooseBundle.Name.tags, lines.reversed().map { $0 + "\n" }.joined())
            try bundle.sign()
            return try bundle.plain
        },
        BundleCase("bad_malformedFile_tagsFewer", "tag-files", "bag-info.txt is not listed.") {
            var bundle = try $0.bundle()
            let lines = try bundle.text(of: LooseBundle.Name.tags).split(separator: "\n")
            try bundle.replace(
                LooseBundle.Name.tags, lines.dropFirst().map { $0 + "\n" }.joined())
            try bundle.sign()
            return try bundle.plain
        },
        BundleCase("bad_malformedFile_fewerLines", "logs-and-segments", "A body too few.") {
            var bundle = try $0.bundle()
            let lines = try bundle.text(of: bundle.bodies).split(separator: "\n")
            try bundle.replace(bundle.bodies, lines.dropLast().map { $0 + "\n" }.joined())
            try bundle.seal()
            return try bundle.plain
        },
        BundleCase("bad_malformedFile_moreLines", "logs-and-segments", "An envelope too many.") {
            var bundle = try $0.bundle()
            try bundle.replace(bundle.envelopes, try bundle.text(of: bundle.envelopes) + "{}\n")
            try bundle.seal()
            return try bundle.plain
        },
        BundleCase(
            "bad_malformedFile_lineUnended", "logs-and-segments", "The last body does not end."
        ) {
            var bundle = try $0.bundle()
            try bundle.replace(bundle.bodies, String(try bundle.text(of: bundle.bodies).dropLast()))
            try bundle.seal()
            return try bundle.plain
        },
    ]

    /// Changes the payload's list, which is then digested and signed as it is.
    private static func tags(
        _ network: FixtureNetwork, _ change: (inout LooseBundle) throws -> Void
    ) throws -> [UInt8] {
        var bundle = try network.bundle()
        try change(&bundle)
        let list = bundle.entries[try bundle.index(of: LooseBundle.Name.payload)].bytes
        let lines = try bundle.text(of: LooseBundle.Name.tags).split(separator: "\n").map { line in
            line.hasSuffix("  " + LooseBundle.Name.payload)
                ? "\(Digest.sha256(list))" + line.dropFirst(64) : String(line)
        }
        try bundle.replace(LooseBundle.Name.tags, lines.map { $0 + "\n" }.joined())
        try bundle.sign()
        return try bundle.plain
    }
}
