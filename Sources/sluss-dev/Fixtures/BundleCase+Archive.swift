import SlussBundle
import SlussCore

/// What is wrong with the archive's entries: their headers, their order, which there are.
extension BundleCase {
    static let archives = headers + orders

    /// A bundle in which one entry's header says something else.
    private static func header(
        _ network: FixtureNetwork, _ change: (inout LooseTar.Entry) -> Void
    ) throws -> [UInt8] {
        var bundle = try network.bundle()
        change(&bundle.entries[try bundle.index(of: bundle.bodies)])
        return try bundle.plain
    }

    private static let headers = [
        BundleCase("bad_unexpectedEntry_mode", "tar", "A file that may be run (mode 0755).") {
            try header($0) { $0.mode = 0o755 }
        },
        BundleCase("bad_unexpectedEntry_owner", "tar", "A file of user 1000.") {
            try header($0) { $0.owner = 1000 }
        },
        BundleCase("bad_unexpectedEntry_time", "tar", "A file that has a time.") {
            try header($0) { $0.time = 1_772_000_000 }
        },
        BundleCase("bad_unexpectedEntry_symbolicLink", "tar", "A symbolic link for a file.") {
            try header($0) {
                $0.type = UInt8(ascii: "2")
                $0.linkName = "/etc/passwd"
                $0.bytes = []
            }
        },
        BundleCase("bad_unexpectedEntry_hardLink", "tar", "A hard link for a file.") {
            try header($0) {
                $0.type = UInt8(ascii: "1")
                $0.linkName = LooseBundle.Name.readMe
                $0.bytes = []
            }
        },
        BundleCase("bad_unexpectedEntry_folder", "tar", "An entry for a folder.") {
            var bundle = try $0.bundle()
            bundle.entries.insert(
                .init(name: "data/", bytes: [], mode: 0o644, type: UInt8(ascii: "5")), at: 6)
            return try bundle.plain
        },
        BundleCase("bad_unexpectedEntry_device", "tar", "An entry for a device.") {
            try header($0) {
                $0.type = UInt8(ascii: "3")
                $0.bytes = []
            }
        },
        BundleCase(
            "bad_overLimit_entry", "limits",
            "A header that says 4 MiB and one byte; nothing follows it."
        ) { network in
            var tar = try network.bundle().tar
            tar.entries = [.init(name: LooseBundle.Name.bagit, bytes: [], size: 4 << 20 + 1)]
            return try ZstdFrame.packed(tar.bytes)
        },
        BundleCase("bad_overLimit_signature", "limits", "A signature of 4 097 bytes.") {
            var bundle = try $0.bundle()
            let index = try bundle.index(of: LooseBundle.Name.signature)
            bundle.entries[index].bytes = [UInt8](repeating: 0x0A, count: 4097)
            return try bundle.plain
        },
    ]

    private static let orders = [
        BundleCase("bad_missingEntry_signature", "order-of-entries", "No signature.") {
            var bundle = try $0.bundle()
            bundle.entries.remove(at: try bundle.index(of: LooseBundle.Name.signature))
            return try bundle.plain
        },
        BundleCase(
            "bad_missingEntry_everything", "order-of-entries", "An archive without entries."
        ) { network in
            var tar = try network.bundle().tar
            tar.entries = []
            return try ZstdFrame.packed(tar.bytes)
        },
        BundleCase("bad_missingEntry_manifest", "order-of-entries", "The signature is the last.") {
            var bundle = try $0.bundle()
            bundle.entries = Array(bundle.entries.prefix(5))
            return try bundle.plain
        },
        BundleCase("bad_missingEntry_last", "order-of-entries", "The last file is missing.") {
            var bundle = try $0.bundle()
            bundle.entries.removeLast()
            return try bundle.plain
        },
        BundleCase(
            "bad_missingEntry_order", "order-of-entries", "Two files stand in another order."
        ) { network in
            var bundle = try network.bundle()
            let index = try bundle.index(of: bundle.bodies)
            bundle.entries.swapAt(index, index + 1)
            return try bundle.plain
        },
        BundleCase(
            "bad_missingEntry_listedOrder", "order-of-entries",
            "A segment's envelopes stand before its bodies, in the list, too, and signed."
        ) { network in
            var bundle = try network.bundle()
            let index = try bundle.index(of: bundle.bodies)
            bundle.entries.swapAt(index, index + 1)
            try bundle.seal()
            return try bundle.plain
        },
        BundleCase(
            "bad_missingEntry_readMe", "tag-files", "Nothing explains the bundle; all is signed."
        ) { network in
            var bundle = try network.bundle()
            bundle.entries.remove(at: try bundle.index(of: LooseBundle.Name.readMe))
            try bundle.seal()
            return try bundle.plain
        },
        BundleCase(
            "bad_missingEntry_log", "logs-and-segments",
            "The manifest has a log of which there is no segment; all is signed."
        ) { network in
            var bundle = try network.bundle()
            bundle.entries.removeLast(2)
            try bundle.seal()
            return try bundle.plain
        },
        BundleCase("bad_unexpectedEntry_twice", "order-of-entries", "A file stands twice.") {
            var bundle = try $0.bundle()
            bundle.entries.append(bundle.entries[try bundle.index(of: bundle.envelopes)])
            return try bundle.plain
        },
        BundleCase("bad_unexpectedEntry_first", "order-of-entries", "fetch.txt, as BagIt allows.") {
            var bundle = try $0.bundle()
            bundle.entries.insert(.init(name: "fetch.txt", bytes: []), at: 1)
            return try bundle.plain
        },
        BundleCase(
            "bad_unexpectedEntry_outside", "order-of-entries", "A file that would lie elsewhere."
        ) { network in
            var bundle = try network.bundle()
            bundle.entries.append(.init(name: "../elsewhere", bytes: [1]))
            return try bundle.plain
        },
        BundleCase(
            "bad_unexpectedEntry_listed", "order-of-entries",
            "One more file, listed and signed, that is no part of the format."
        ) { network in
            var bundle = try network.bundle()
            bundle.entries.append(.init(name: "data/zzz.txt", bytes: [1]))
            try bundle.seal()
            return try bundle.plain
        },
        BundleCase(
            "bad_unexpectedEntry_log", "logs-and-segments",
            "A segment of a log that the manifest does not have; all is signed."
        ) { network in
            var bundle = try network.bundle()
            let more = try network.bundle { $0.logs = [FixtureNetwork.otherLog] }
            bundle.entries += more.entries.suffix(2)
            try bundle.seal()
            return try bundle.plain
        },
        BundleCase(
            "bad_unexpectedEntry_gap", "logs-and-segments",
            "The second segment does not begin where the first one ended; all is signed."
        ) { network in
            var bundle = try network.bundle { $0.logs[0].writesInSegment = 1 }
            let index = try bundle.index(of: bundle.bodies)
            bundle.entries.removeSubrange(index + 2..<index + 4)
            try bundle.seal()
            return try bundle.plain
        },
    ]
}
