import Glibc

/// The outline of a Zstandard frame (RFC 8878, section 3.1.1), just enough to find its end.
///
/// Own code because libarchive unpacks what follows a frame, or skips it, without saying so; a
/// bundle is one frame and nothing more.
struct ZstdFrame {
    /// The magic number of a frame.
    static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    /// The place behind the frame that begins the file, or `nil` if there is no whole one.
    static func end(_ descriptor: Int32) -> UInt64? {
        guard let head = read(descriptor, at: 0, count: 5), head.prefix(4).elementsEqual(magic)
        else { return nil }
        let flags = head[4]
        let isSingleSegment = flags & 0x20 != 0
        let dictionaryBytes: UInt64 = [0, 1, 2, 4][Int(flags & 3)]
        let sizeBytes: UInt64 = [isSingleSegment ? 1 : 0, 2, 4, 8][Int(flags >> 6)]
        var place = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes
        while true {
            guard let block = read(descriptor, at: place, count: 3) else { return nil }
            let header = UInt64(block[0]) | UInt64(block[1]) << 8 | UInt64(block[2]) << 16
            // Raw blocks and packed ones hold as many bytes as they say; a repeated byte is one.
            let type = header >> 1 & 3
            guard type != 3 else { return nil }
            place += 3 + (type == 1 ? 1 : header >> 3)
            if header & 1 == 1 { break }
        }
        return place + (flags & 4 != 0 ? 4 : 0)
    }

    private static func read(_ descriptor: Int32, at place: UInt64, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        guard let offset = Int(exactly: place),
            pread(descriptor, &bytes, count, offset) == count
        else { return nil }
        return bytes
    }
}
