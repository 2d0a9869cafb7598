import SlussBundle
import SlussCore

/// What is wrong with the file: age, zstd, tar.
extension BundleCase {
    static let files = notBundles + closed + cut + afterEnd

    private static let notBundles = [
        BundleCase("bad_notABundle_empty", "layers", "Not one byte.") { _ in [] },
        BundleCase("bad_notABundle_text", "layers", "A text.") { _ in
            Array("Hej, det här är inget paket.\n".utf8)
        },
        BundleCase("bad_notABundle_tar", "zstd", "The archive, not packed.") {
            try $0.bundle().tar.bytes
        },
        BundleCase("bad_notABundle_packedTwice", "zstd", "The packed archive, packed again.") {
            try ZstdFrame.packed($0.bundle().plain)
        },
        BundleCase("bad_notABundle_sealedTwice", "age", "An age file in an age file.") {
            try $0.sealed($0.sealed($0.bundle().plain))
        },
        BundleCase("bad_notABundle_gzip", "zstd", "Begins as gzip does.") { _ in
            [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        },
        BundleCase(
            "bad_notABundle_skippableBefore", "zstd", "A skippable frame before the frame."
        ) { try skippable + $0.bundle().plain },
        BundleCase("bad_notABundle_ageVersion", "age", "An age file of another version.") {
            let file = try $0.sealed($0.bundle().plain)
            return Array("age-encryption.org/v2".utf8) + file.dropFirst(21)
        },
    ]

    /// RFC 8878, section 3.1.2.
    private static let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]
    /// A frame of no bytes.
    private static let emptyFrame: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x20, 0, 1, 0, 0]

    private static let closed = [
        BundleCase("bad_noKey_otherRecipient", "age", "Encrypted to somebody else.") {
            try FixtureNetwork.sealed(
                $0.bundle().plain, to: [FixtureNetwork.identity("nobody").recipient])
        },
        BundleCase(
            "bad_notEncrypted_byTheReadersRules", "trust",
            "Not encrypted, and the reader's network does not allow that.",
            at: CaseReader(allowsPlain: false)
        ) { try $0.bundle().plain },
        BundleCase(
            "bad_notEncrypted_byItsOwnRules", "trust",
            "Not encrypted, and brings newer rules of the network that do not allow that."
        ) { network in
            try network.bundle {
                $0.statements.append(network.rules(number: 2, allowsPlain: false))
            }.plain
        },
        BundleCase(
            "bad_overLimit_workFactor", "limits", "A passphrase that costs 2 to the power of 21."
        ) { _ in
            let (salt, body) = (
                String(repeating: "A", count: 22), String(repeating: "A", count: 43)
            )
            return Array("age-encryption.org/v1\n-> scrypt \(salt) 21\n\(body)\n--- \(body)\n".utf8)
        },
    ]

    private static let cut = [
        BundleCase("bad_damaged_cut", "age", "The last byte of the age file is missing.") {
            try $0.sealed($0.bundle().plain).dropLast()
        },
        BundleCase("bad_damaged_cutHeader", "age", "The file ends within the age header.") {
            try Array($0.sealed($0.bundle().plain).prefix(100))
        },
        BundleCase("bad_damaged_behindAge", "age", "One byte follows the last chunk.") {
            try $0.sealed($0.bundle().plain) + [0]
        },
        BundleCase("bad_damaged_chunk", "age", "One bit of the payload is another.") {
            var file = try $0.sealed($0.bundle().plain)
            file[file.count - 100] ^= 4
            return file
        },
        BundleCase("bad_damaged_header", "age", "One bit of the header's MAC is another.") {
            var file = try $0.sealed($0.bundle().plain)
            guard let place = file.firstRange(of: Array("\n--- ".utf8)) else { return file }
            // The first of 43 characters, all of whose bits mean something.
            file[place.upperBound] = file[place.upperBound] == 0x41 ? 0x42 : 0x41
            return file
        },
        BundleCase("bad_damaged_cutFrame", "zstd", "The frame ends too early, in a whole age file.")
        {
            try $0.sealed($0.bundle().plain.dropLast())
        },
        BundleCase(
            "bad_damaged_cutArchive", "tar",
            "The archive ends after an entry, without the blocks that end it."
        ) { network in
            var tar = try network.bundle().tar
            tar.end = []
            return try network.sealed(ZstdFrame.packed(tar.bytes))
        },
        BundleCase(
            "bad_damaged_cutEnd", "tar", "One block of zeros ends the archive, not two."
        ) { network in
            var tar = try network.bundle().tar
            tar.end = [UInt8](repeating: 0, count: 512)
            return try ZstdFrame.packed(tar.bytes)
        },
        BundleCase("bad_damaged_headerOfTar", "tar", "A header's checksum is wrong.") { network in
            var bytes = try network.bundle().tar.bytes
            bytes[3] ^= 1
            return try ZstdFrame.packed(bytes)
        },
    ]

    private static let afterEnd = [
        BundleCase("bad_notCanonical_behindFrame", "zstd", "Three bytes follow the frame.") {
            try $0.bundle().plain + Array("hej".utf8)
        },
        BundleCase(
            "bad_notCanonical_behindFrameInAge", "zstd", "One byte follows the frame, in age."
        ) { try $0.sealed($0.bundle().plain + [0]) },
        BundleCase("bad_notCanonical_secondFrame", "zstd", "An empty frame follows the frame.") {
            try $0.bundle().plain + emptyFrame
        },
        BundleCase(
            "bad_notCanonical_skippableBehind", "zstd", "A skippable frame follows the frame."
        ) { try $0.bundle().plain + skippable },
        BundleCase(
            "bad_notCanonical_secondBundle", "zstd", "The bundle stands twice in the file."
        ) { network in
            let plain = try network.bundle().plain
            return plain + plain
        },
        BundleCase("bad_notCanonical_behindArchive", "tar", "A third block of zeros.") { network in
            var tar = try network.bundle().tar
            tar.end += [UInt8](repeating: 0, count: 512)
            return try network.sealed(ZstdFrame.packed(tar.bytes))
        },
        BundleCase(
            "bad_notCanonical_hiddenInEnd", "tar",
            "Something stands in the second of the blocks that end the archive."
        ) { network in
            var tar = try network.bundle().tar
            tar.end.replaceSubrange(600..<603, with: Array("hej".utf8))
            return try ZstdFrame.packed(tar.bytes)
        },
        BundleCase("bad_notCanonical_extension", "tar", "A pax header before an entry.") {
            var tar = try $0.bundle().tar
            let record = Array("19 comment=tyst...\n".utf8)
            tar.entries.insert(
                .init(name: "PaxHeader/x", bytes: record, type: UInt8(ascii: "x")), at: 6)
            return try ZstdFrame.packed(tar.bytes)
        },
    ]
}
