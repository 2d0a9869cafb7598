import SlussBundle

/// Finds the end of a Zstandard frame (RFC 8878, section 3.1.1) in bytes that come in pieces.
///
/// Own code because libarchive unpacks what follows a frame, or skips it, without saying so; a
/// bundle is one frame and nothing more.
struct ZstdFrameScanner: Equatable {
    private enum Part: Equatable {
        /// The magic number.
        case magic
        /// The byte that says what else is in the frame's header.
        case descriptor
        /// What is left of the frame's header.
        case header
        /// The three bytes before a block.
        case blockHeader
        /// A block.
        case block(isLast: Bool)
        /// The checksum behind the last block.
        case checksum
        /// The end.
        case end
    }

    private static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    private var part = Part.magic
    /// The bytes that the part still has.
    private var left = magic.count
    /// The bytes of a part that is looked at, as far as they have come.
    private var held: [UInt8] = []
    private var hasChecksum = false

    /// Whether the frame has come whole.
    var isAtEnd: Bool { part == .end }

    /// Whether the magic number has come.
    var hasBegun: Bool { part != .magic }

    /// Takes the next bytes.
    ///
    /// - Throws: ``BundleRefusal/notABundle`` if no frame begins there,
    ///   ``BundleRefusal/notCanonical`` if something follows the frame,
    ///   ``BundleRefusal/damaged`` if a block is of no known type.
    mutating func accept(_ bytes: some Collection<UInt8>) throws(BundleRefusal) {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard part != .end else { throw .notCanonical }
            let piece = rest.prefix(left)
            rest = rest.dropFirst(left)
            left -= piece.count
            switch part {
            case .magic, .descriptor, .blockHeader: held += piece
            case .header, .block, .checksum, .end: break
            }
            if part == .magic, !Self.magic.starts(with: held) { throw .notABundle }
            // A part may have no bytes: a block of nothing, a header of nothing more.
            while left == 0, part != .end { try advance() }
        }
    }

    /// Goes on to the next part, when one has come whole.
    private mutating func advance() throws(BundleRefusal) {
        let bytes = held
        held = []
        switch part {
        case .magic: begin(.descriptor, 1)
        case .descriptor: begin(.header, headerBytes(bytes.first ?? 0))
        case .header: begin(.blockHeader, 3)
        case .blockHeader:
            let header = bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
            // Raw blocks and packed ones hold as many bytes as they say; a repeated byte is one.
            let type = header >> 1 & 3
            guard type != 3 else { throw .damaged }
            begin(.block(isLast: header & 1 == 1), type == 1 ? 1 : header >> 3)
        case .block(let isLast):
            if !isLast {
                begin(.blockHeader, 3)
            } else if hasChecksum {
                begin(.checksum, 4)
            } else {
                begin(.end, 0)
            }
        case .checksum, .end: begin(.end, 0)
        }
    }

    private mutating func begin(_ next: Part, _ count: Int) {
        part = next
        left = count
    }

    /// The bytes of the frame's header behind its descriptor.
    private mutating func headerBytes(_ descriptor: UInt8) -> Int {
        hasChecksum = descriptor & 4 != 0
        let isSingleSegment = descriptor & 0x20 != 0
        let windowBytes = isSingleSegment ? 0 : 1
        let dictionaryBytes = [0, 1, 2, 4][Int(descriptor & 3)]
        let sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][Int(descriptor >> 6)]
        return windowBytes + dictionaryBytes + sizeBytes
    }
}
