/// What `bag-info.txt` says (RFC 8493, section 2.2.2), as far as a program can check it.
package struct BagInfo: Hashable, Sendable {
    /// How many bytes and files the payload has, by `Payload-Oxum`.
    package struct Oxum: Hashable, Sendable {
        /// Bytes of all files together.
        package let bytes: UInt64
        /// Files.
        package let files: UInt64
    }

    /// The file's name.
    package static let name = BundleLayout.bagInfo

    /// The payload's size, if the file says it.
    package let oxum: Oxum?

    /// Reads the file; throws what is wrong with it.
    package init(bytes: [UInt8]) throws(BundleRefusal) {
        func malformed(_ reason: String) -> BundleRefusal {
            .malformedFile(Self.name, reason: reason)
        }
        guard String(validating: bytes, as: UTF8.self) != nil,
            !bytes.starts(with: [0xEF, 0xBB, 0xBF])
        else { throw malformed("not UTF-8 without a mark") }
        guard let lines = Lines.split(bytes[...]) else {
            throw malformed("the last line does not end")
        }
        var oxum: Oxum?
        // A line that begins with a space goes on with the value before it.
        var canGoOn = false
        for line in lines {
            guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }) else {
                throw malformed("a control character")
            }
            if let first = line.first, Self.isSpace(first), canGoOn { continue }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                let first = line.first, !Self.isSpace(first), !Self.isSpace(line[colon - 1]),
                line[(colon + 1)...].first.map(Self.isSpace) == true
            else { throw malformed("a line is not label, colon, space, value") }
            let label = String(decoding: line[..<colon], as: UTF8.self)
            canGoOn = label.lowercased() != "payload-oxum"
            if canGoOn { continue }
            guard oxum == nil, let found = Oxum(line[(colon + 2)...]) else {
                throw malformed("Payload-Oxum")
            }
            oxum = found
        }
        self.oxum = oxum
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}

extension BagInfo.Oxum {
    /// Reads `<bytes>.<files>`, in digits alone.
    init?(_ text: ArraySlice<UInt8>) {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } }),
            let bytes = UInt64(String(decoding: parts[0], as: UTF8.self)),
            let files = UInt64(String(decoding: parts[1], as: UTF8.self))
        else { return nil }
        self.init(bytes: bytes, files: files)
    }
}
