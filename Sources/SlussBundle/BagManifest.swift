package import SlussCore

/// A list of files and digests as BagIt has it: `<digest><space><space><name>`, a line each
/// (RFC 8493, section 2.1.3): of the payload in the order in which the files stand in the archive,
/// of the tag files in the order of the names' bytes.
package struct BagManifest {
    /// Names and digests.
    package var files: [(name: String, digest: Digest)]

    /// The file's bytes.
    package var bytes: [UInt8] {
        files.flatMap { Array("\($0.digest)  \($0.name)\n".utf8) }
    }

    /// Lists files as they come, or sorted.
    package init(files: [(name: String, digest: Digest)], byName: Bool = false) {
        self.files = byName ? files.sorted { Text($0.name) < Text($1.name) } : files
    }

    /// Reads a list: no name twice, a line feed after every line.
    package init(bytes: [UInt8], name listName: String) throws(BundleRefusal) {
        files = []
        var names: Set<Text> = []
        guard let lines = Lines.split(bytes[...]) else {
            throw .malformedFile(listName, reason: "the last line does not end")
        }
        for line in lines {
            guard line.count > 66, line.dropFirst(64).prefix(2).elementsEqual("  ".utf8),
                let digest = Digest(String(decoding: line.prefix(64), as: UTF8.self)),
                let name = String(validating: line.dropFirst(66), as: UTF8.self)
            else { throw .malformedFile(listName, reason: "a line is not digest, spaces, name") }
            guard names.insert(Text(name)).inserted else {
                throw .malformedFile(listName, reason: "a name stands twice")
            }
            guard files.count < BundleLimits.entriesMax else {
                throw .overLimit("entriesMax", max: UInt64(BundleLimits.entriesMax))
            }
            files.append((name, digest))
        }
    }
}

/// Splits bytes into lines.
///
/// As bytes, since Swift's characters hide CR LF and combining marks.
enum Lines {
    /// The lines without their line feeds; `nil` if the last one does not end in one.
    static func split(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
        var lines: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
            lines.append(bytes[start..<index])
            start = index + 1
        }
        return start == bytes.endIndex ? lines : nil
    }
}
