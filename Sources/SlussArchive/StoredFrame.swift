/// A Zstandard frame that holds what it is given as it is (RFC 8878, section 3.1.1): raw blocks.
///
/// For bundles that would pack better than a reader takes (docs/bundle-format.md, "Limits").
struct StoredFrame {
    /// The magic number; no content size and no checksum; a window of 128 KiB, which is also the most
    /// that a block may have.
    static let header: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38]
    /// The last block, an empty one.
    static let end: [UInt8] = [0x01, 0x00, 0x00]
    /// Bytes of a block.
    static let blockBytesMax = 128 << 10

    /// What stands before a block that is not the last.
    static func blockHeader(byteCount: Int) -> [UInt8] {
        precondition(byteCount <= blockBytesMax, "a block of a frame")
        let value = byteCount << 3
        return [0, 8, 16].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
