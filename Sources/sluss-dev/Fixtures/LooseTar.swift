/// A tar archive written block by block, so that anything can be wrong with it.
///
/// Own code, and not the writer of bundles, so that a reader is tried with what another program
/// made from docs/bundle-format.md, "tar".
struct LooseTar {
    /// A file of the archive, and what its header says of it.
    struct Entry {
        var name: String
        var bytes: [UInt8]
        var mode = 0o644
        var owner = 0
        var time = 0
        /// `0` for a file, `2` for a symbolic link, `5` for a folder, `x` for an extension.
        var type = UInt8(ascii: "0")
        var linkName = ""
        /// How many bytes the header says that there are, if not as many as there are.
        var size: Int?
    }

    private static let blockBytes = 512

    var entries: [Entry]
    /// What stands behind the entries.
    var end = [UInt8](repeating: 0, count: 2 * blockBytes)

    /// The archive.
    var bytes: [UInt8] {
        entries.flatMap { entry in
            Self.header(of: entry) + entry.bytes
                + [UInt8](repeating: 0, count: -entry.bytes.count & (Self.blockBytes - 1))
        } + end
    }

    /// POSIX.1-1988, ustar: fields at fixed places, numbers in octal digits.
    private static func header(of entry: Entry) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: blockBytes)
        func put(_ text: String, at place: Int) {
            block.replaceSubrange(place..<place + text.utf8.count, with: text.utf8)
        }
        put(entry.name, at: 0)
        put(octal(entry.mode, digits: 6) + " ", at: 100)
        put(octal(entry.owner, digits: 6) + " ", at: 108)
        put(octal(entry.owner, digits: 6) + " ", at: 116)
        put(octal(entry.size ?? entry.bytes.count, digits: 11) + " ", at: 124)
        put(octal(entry.time, digits: 11) + " ", at: 136)
        block[156] = entry.type
        put(entry.linkName, at: 157)
        put("ustar", at: 257)
        put("00", at: 263)
        put("        ", at: 148)
        put(octal(block.reduce(0) { $0 + Int($1) }, digits: 6) + "\0 ", at: 148)
        return block
    }

    private static func octal(_ number: Int, digits: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
