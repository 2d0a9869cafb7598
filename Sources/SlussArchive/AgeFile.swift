public import SlussBundle

/// Opens age files without looking at what is in them.
public enum AgeFile {
    /// Opens a file and hands out what is in it, piece by piece, once all of it is known to be
    /// whole.
    ///
    /// The file is read twice through one descriptor: first to its end, with nothing handed out;
    /// then once more, authenticated again, since the file may have changed in between. If it has,
    /// the pieces that came before the change are right, and an error follows them.
    ///
    /// - Throws: ``AgeError``, ``FileFailure``, ``BundleRefusal/notABundle`` if it is no regular
    ///   file, and whatever `unlock` and `body` throw.
    public static func decrypt(
        path: String, unlock: (AgeHeader) throws -> AgeFileKey,
        body: (ArraySlice<UInt8>) throws -> Void
    ) throws {
        let file = try RegularFile(path: path)
        let (header, rest) = try header(of: file, [])
        let key = try self.key(of: header, unlock)
        try forEachPiece(of: file, rest, key) { _ in }
        try file.rewind()
        let (again, restAgain) = try self.header(of: file, [])
        guard again.bytes == header.bytes else { throw AgeError.headerMACMismatch }
        try forEachPiece(of: file, restAgain, key, body)
    }

    /// Reads the header of a file of which `start` has been read, and what was read behind it.
    static func header(
        of file: RegularFile, _ start: [UInt8]
    ) throws -> (header: AgeHeader, rest: ArraySlice<UInt8>) {
        var reader = AgeHeaderReader()
        var bytes = start.isEmpty ? try file.next() : start
        while !bytes.isEmpty {
            if let found = try reader.accept(bytes[...]) { return found }
            bytes = try file.next()
        }
        throw reader.end()
    }

    /// The key that `unlock` gives, if the header is of that key.
    ///
    /// Whoever has just written a file has its key and need not open the header; without this, a
    /// header that was damaged on its way to the disk would be read back as if it were well.
    static func key(
        of header: AgeHeader, _ unlock: (AgeHeader) throws -> AgeFileKey
    ) throws -> AgeFileKey {
        let key = try unlock(header)
        guard header.isSealed(with: key) else { throw AgeError.headerMACMismatch }
        return key
    }

    private static func forEachPiece(
        of file: RegularFile, _ start: ArraySlice<UInt8>, _ key: AgeFileKey,
        _ body: (ArraySlice<UInt8>) throws -> Void
    ) throws {
        var opener = AgeStreamOpener(key)
        func give(_ bytes: [UInt8]) throws {
            if !bytes.isEmpty { try body(bytes[...]) }
        }
        try give(try opener.open(start))
        while true {
            let bytes = try file.next()
            if bytes.isEmpty { break }
            try give(try opener.open(bytes))
        }
        try give(try opener.finish())
    }
}
