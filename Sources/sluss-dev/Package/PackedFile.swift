import CArchive
import Foundation

/// One file of a package.
struct PackedFile {
    /// Where it will lie, from the root: `usr/bin/sluss`.
    let path: String
    let bytes: Data
    var isProgram = false
}

/// Packs files with libarchive: the same bytes for the same files and the same day.
enum Packer {
    /// What is written, as it comes.
    private final class Sink {
        var bytes = Data()
    }

    /// `AE_IFREG` and `AE_IFDIR` are macros with casts, which Swift does not import.
    private static let (regularFile, directory): (UInt32, UInt32) = (0o100000, 0o040000)

    /// A tar archive compressed with xz, which every dpkg can read: folders first, everything of
    /// root's and of one moment.
    static func tarXZ(_ files: [PackedFile], seconds: Int) throws -> Data {
        try write { archive in
            archive_write_set_format_gnutar(archive)
            archive_write_add_filter_xz(archive)
            archive_write_set_filter_option(archive, "xz", "compression-level", "6")
        } content: { archive in
            for folder in folders(of: files) {
                try header(archive, folder, directory, mode: 0o755, size: 0, seconds)
            }
            for file in files.sorted(by: { $0.path < $1.path }) {
                let mode: UInt32 = file.isProgram ? 0o755 : 0o644
                try header(
                    archive, "./" + file.path, regularFile, mode: mode, size: file.bytes.count,
                    seconds)
                try data(archive, file.bytes)
            }
        }
    }

    /// Bytes compressed with gzip, with neither a name nor a time.
    static func gzip(_ bytes: Data) throws -> Data {
        try write { archive in
            archive_write_set_format_raw(archive)
            archive_write_add_filter_gzip(archive)
            archive_write_set_filter_option(archive, "gzip", "compression-level", "9")
            archive_write_set_filter_option(archive, "gzip", "timestamp", nil)
        } content: { archive in
            try header(archive, "data", regularFile, mode: 0o644, size: bytes.count, 0)
            try data(archive, bytes)
        }
    }

    /// Every folder that the files lie in, each before what is in it.
    private static func folders(of files: [PackedFile]) -> [String] {
        var folders: Set<String> = ["./"]
        for file in files {
            let parts = file.path.split(separator: "/").dropLast()
            for end in parts.indices {
                folders.insert("./" + parts[...end].joined(separator: "/") + "/")
            }
        }
        return folders.sorted()
    }

    private static func write(
        set: (OpaquePointer) -> Void, content: (OpaquePointer) throws -> Void
    ) throws -> Data {
        guard let archive = archive_write_new() else {
            throw PackageFailure(what: "there is no memory for an archive")
        }
        defer { archive_write_free(archive) }
        set(archive)
        archive_write_set_bytes_in_last_block(archive, 1)
        let sink = Sink()
        try withExtendedLifetime(sink) {
            let opened = archive_write_open2(
                archive, Unmanaged.passUnretained(sink).toOpaque(), nil,
                { _, context, bytes, count in
                    guard let context, let bytes else { return -1 }
                    Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue().bytes.append(
                        contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
                    return count
                }, nil, nil)
            guard opened == ARCHIVE_OK else { throw failure(archive) }
            try content(archive)
            guard archive_write_close(archive) == ARCHIVE_OK else { throw failure(archive) }
        }
        return sink.bytes
    }

    private static func header(
        _ archive: OpaquePointer, _ path: String, _ type: UInt32, mode: UInt32, size: Int,
        _ seconds: Int
    ) throws {
        guard let entry = archive_entry_new() else {
            throw PackageFailure(what: "there is no memory for an entry")
        }
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname(entry, path)
        archive_entry_set_filetype(entry, type)
        archive_entry_set_perm(entry, mode)
        archive_entry_set_uname(entry, "root")
        archive_entry_set_gname(entry, "root")
        archive_entry_set_mtime(entry, seconds, 0)
        archive_entry_set_size(entry, Int64(size))
        guard archive_write_header(archive, entry) == ARCHIVE_OK else { throw failure(archive) }
    }

    private static func data(_ archive: OpaquePointer, _ bytes: Data) throws {
        let written = bytes.withUnsafeBytes {
            archive_write_data(archive, $0.baseAddress, $0.count)
        }
        guard written == bytes.count else { throw failure(archive) }
    }

    private static func failure(_ archive: OpaquePointer) -> PackageFailure {
        PackageFailure(
            what: archive_error_string(archive).map { String(cString: $0) }
                ?? "the archive could not be written")
    }
}
