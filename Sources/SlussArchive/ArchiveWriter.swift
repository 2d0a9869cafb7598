import CArchive
import Glibc
public import SlussBundle

/// Packs a bundle's entries into one file: tar, then zstd, the same bytes for the same entries.
///
/// The file is written under a temporary name beside the final one. ``finish()`` synchronises it;
/// it is then read back from ``temporaryPath``, and ``commit()`` gives it its final name, so that
/// a bundle under its final name is whole, whatever power cuts and full sticks do.
public final class ArchiveWriter {
    /// How the entries are packed.
    public enum Packing: Sendable {
        /// As Sluss always does.
        case packed
        /// Not at all: for what would unpack to more than a reader takes for its size.
        case stored
    }

    private let archive: OpaquePointer
    private let sink: FileSink
    private let descriptor: Int32
    private let folder: String
    private let finalPath: String
    /// Where the bundle lies until it gets its name.
    public let temporaryPath: String
    private var isOpen = true

    /// `AE_IFREG` is a macro with a cast, which Swift does not import.
    private static let regularFile: UInt32 = 0o100000

    /// The start of every temporary name; what begins with it may be swept away.
    public static let temporaryPrefix = ".sluss-tmp-"

    /// Starts a file in `folder`.
    ///
    /// The caller keeps the key of a sealed file, to read it back with.
    public init(
        folder: String, name: String, sealing: Sealing, packing: Packing = .packed
    ) throws(FileFailure) {
        self.folder = folder
        finalPath = folder + "/" + name
        temporaryPath = folder + "/" + Self.temporaryPrefix + "\(getpid())-" + name
        descriptor = open(
            temporaryPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileFailure.last(.open, temporaryPath) }
        guard let archive = archive_write_new() else {
            close(descriptor)
            throw FileFailure(.open, temporaryPath, number: ENOMEM)
        }
        self.archive = archive
        sink = FileSink(descriptor, sealing, packing)
        archive_write_set_format_pax_restricted(archive)
        if packing == .packed {
            archive_write_add_filter_zstd(archive)
            // Level 3: level 9 takes six times as long for a quarter less (docs/decisions/0004).
            archive_write_set_filter_option(archive, "zstd", "compression-level", "3")
        }
        archive_write_set_bytes_in_last_block(archive, 1)
        let opened = archive_write_open2(
            archive, Unmanaged.passUnretained(sink).toOpaque(), nil,
            { _, context, bytes, count in
                guard let context, let bytes else { return -1 }
                let sink = Unmanaged<FileSink>.fromOpaque(context).takeUnretainedValue()
                return sink.write(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : -1
            }, nil, nil)
        guard opened == ARCHIVE_OK else { throw failure() }
    }

    deinit {
        archive_write_free(archive)
        if isOpen {
            close(descriptor)
            unlink(temporaryPath)
        }
    }

    /// Adds an entry.
    public func append(_ entry: BundleEntry) throws(FileFailure) {
        guard let header = archive_entry_new() else {
            throw FileFailure(.write, temporaryPath, number: ENOMEM)
        }
        defer { archive_entry_free(header) }
        archive_entry_set_pathname(header, entry.name)
        archive_entry_set_filetype(header, Self.regularFile)
        archive_entry_set_perm(header, 0o644)
        archive_entry_set_mtime(header, 0, 0)
        archive_entry_set_size(header, Int64(entry.bytes.count))
        guard archive_write_header(archive, header) == ARCHIVE_OK else { throw failure() }
        let written = entry.bytes.withUnsafeBytes {
            archive_write_data(archive, $0.baseAddress, $0.count)
        }
        guard written == entry.bytes.count else { throw failure() }
    }

    /// Ends the file and synchronises it.
    public func finish() throws(FileFailure) {
        guard archive_write_close(archive) == ARCHIVE_OK, sink.finish() else { throw failure() }
        guard fsync(descriptor) == 0 else { throw FileFailure.last(.synchronise, temporaryPath) }
        // What is read back shall come from the medium, as far as the system lets us ask for that.
        posix_fadvise(descriptor, 0, 0, Int32(POSIX_FADV_DONTNEED))
    }

    /// Gives the file its final name and returns it.
    public func commit() throws(FileFailure) -> String {
        guard rename(temporaryPath, finalPath) == 0 else {
            throw FileFailure.last(.rename, finalPath)
        }
        isOpen = false
        close(descriptor)
        try synchroniseFolder()
        return finalPath
    }

    /// Removes what processes that are no more have left half-written in a folder.
    public static func sweep(_ folder: String) {
        guard let directory = opendir(folder) else { return }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasPrefix(temporaryPrefix),
                let process = Int32(
                    name.dropFirst(temporaryPrefix.count).prefix { $0.isASCII && $0.isNumber }),
                process > 0, kill(process, 0) != 0, errno == ESRCH
            else { continue }
            unlink(folder + "/" + name)
        }
    }

    private func synchroniseFolder() throws(FileFailure) {
        let folderDescriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folderDescriptor >= 0 else {
            throw FileFailure.last(.synchroniseFolder, finalPath)
        }
        defer { close(folderDescriptor) }
        // Some file systems of sticks cannot synchronise a folder; they say EINVAL.
        guard fsync(folderDescriptor) == 0 || errno == EINVAL else {
            throw FileFailure.last(.synchroniseFolder, finalPath)
        }
    }

    private func failure() -> FileFailure {
        let number = sink.number != 0 ? sink.number : archive_errno(archive)
        return FileFailure(.write, temporaryPath, number: number == 0 ? EIO : number)
    }
}
