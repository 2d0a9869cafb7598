import Glibc

/// Reads a file's bytes in pieces of a bounded size.
public enum FileBytes {
    private static let pieceBytes = 1 << 16

    /// Reads a file, or a pipe, to its end.
    ///
    /// - Throws: ``FileFailure``, and what `body` throws.
    public static func forEachPiece(
        ofFile path: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw FileFailure.last(.open, path) }
        defer { close(descriptor) }
        try forEachPiece(of: descriptor, named: path, body)
    }

    /// The bytes of a small file, or `nil` if it has more than `max`.
    public static func all(ofFile path: String, max: Int) throws -> [UInt8]? {
        struct TooMany: Error {}
        var bytes: [UInt8] = []
        do {
            try forEachPiece(ofFile: path) { piece in
                guard bytes.count + piece.count <= max else { throw TooMany() }
                bytes += piece
            }
        } catch is TooMany { return nil }
        return bytes
    }

    /// Reads what a descriptor gives until it ends; pieces come as soon as they are there.
    public static func forEachPiece(
        of descriptor: Int32, named name: String,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: pieceBytes)
        defer { buffer.deallocate() }
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileFailure.last(.read, name) }
            if count == 0 { return }
            try body(UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
