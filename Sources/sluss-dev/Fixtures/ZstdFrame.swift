import CArchive

/// Packs bytes into one Zstandard frame, whatever they are.
enum ZstdFrame {
    /// What a file cannot have: a regular file's type is a macro that Swift does not import.
    private static let regularFile: UInt32 = 0o100000

    /// The frame.
    static func packed(_ bytes: [UInt8], level: Int = 19) throws -> [UInt8] {
        guard let archive = archive_write_new(), let entry = archive_entry_new() else {
            throw StoryFailure(what: "no memory")
        }
        defer {
            archive_entry_free(entry)
            archive_write_free(archive)
        }
        archive_write_set_format_raw(archive)
        archive_write_add_filter_zstd(archive)
        archive_write_set_filter_option(archive, "zstd", "compression-level", "\(level)")
        archive_entry_set_filetype(entry, regularFile)
        // A frame of what cannot be packed is larger by its headers, three bytes a block.
        var room = [UInt8](repeating: 0, count: bytes.count + bytes.count / 1024 + (64 << 10))
        var used = 0
        let isWritten = room.withUnsafeMutableBytes { buffer in
            archive_write_open_memory(archive, buffer.baseAddress, buffer.count, &used)
                == ARCHIVE_OK
                && archive_write_header(archive, entry) == ARCHIVE_OK
                && bytes.withUnsafeBytes {
                    archive_write_data(archive, $0.baseAddress, $0.count)
                } == bytes.count && archive_write_close(archive) == ARCHIVE_OK
        }
        guard isWritten else { throw StoryFailure(what: "zstd") }
        return Array(room.prefix(used))
    }
}
