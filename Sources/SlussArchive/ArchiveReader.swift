import CArchive
import Glibc
public import SlussBundle

/// Reads a bundle's entries from one file, in order, and never more of it than the limits allow.
///
/// The file is a bundle as it is packed, or an age file with one in it. Of an age file only
/// authenticated bytes come out; that it is whole is known when ``next()`` has returned `nil`.
///
/// libarchive does the unpacking, in two steps: zstd alone, then tar alone, so that every byte
/// between the two is counted. libarchive says yes to a tar that is cut at an entry's end and
/// ignores what follows the end mark; the count and the zeros at the end tell those.
///
/// The file is opened once and read through that one descriptor, so what is verified is what is
/// applied, whatever happens to the name meanwhile.
public final class ArchiveReader {
    private let source: TarSource
    private let tar: OpaquePointer
    private var entryCount = 0
    private var accountedBytes: UInt64 = 0
    private var isOpen = false
    private var isFinished = false

    /// Whether the file is encrypted.
    public var isEncrypted: Bool { source.isEncrypted }

    /// Opens the file; unpacking begins with the first entry.
    ///
    /// `unlock` is asked for the key of an encrypted file, once, before this returns.
    ///
    /// - Throws: ``BundleRefusal`` if it is no packed bundle, or none that opens here;
    ///   ``FileFailure`` if it cannot be read. What `unlock` throws is passed on, but for
    ///   ``AgeError``, which becomes a refusal.
    public init(path: String, unlock: (AgeHeader) throws -> AgeFileKey) throws {
        source = try TarSource(path: path, unlock: unlock)
        guard let tar = archive_read_new() else { throw BundleRefusal.damaged }
        self.tar = tar
    }

    private func open() throws {
        try source.open()
        archive_read_support_format_tar(tar)
        let context = Unmanaged.passUnretained(source).toOpaque()
        let opened = archive_read_open(
            tar, context, nil,
            { _, context, block in
                guard let context, let block else { return -1 }
                return Unmanaged<TarSource>.fromOpaque(context).takeUnretainedValue().next(block)
            }, nil)
        if opened != ARCHIVE_OK { throw source.failure ?? BundleRefusal.damaged }
    }

    deinit {
        archive_read_free(tar)
    }

    /// The next entry, or `nil` after the last, once the end has been found whole.
    public func next() throws -> BundleEntry? {
        guard !isFinished else { return nil }
        if !isOpen {
            isOpen = true
            try open()
        }
        var entry: OpaquePointer?
        let outcome = archive_read_next_header(tar, &entry)
        if let failure = source.failure { throw failure }
        if outcome == ARCHIVE_EOF {
            isFinished = true
            try source.finish(expecting: accountedBytes + 1024)
            return nil
        }
        guard outcome == ARCHIVE_OK, let entry else { throw BundleRefusal.damaged }
        entryCount += 1
        guard entryCount <= BundleLimits.entriesMax else {
            throw BundleRefusal.overLimit("entriesMax", max: UInt64(BundleLimits.entriesMax))
        }
        return try read(entry)
    }

    private func read(_ entry: OpaquePointer) throws -> BundleEntry {
        guard let pointer = archive_entry_pathname(entry),
            let name = String(validatingCString: pointer)
        else { throw BundleRefusal.unexpectedEntry("?") }
        guard archive_entry_filetype(entry) == S_IFREG, archive_entry_hardlink(entry) == nil,
            archive_entry_symlink(entry) == nil, archive_entry_perm(entry) == 0o644,
            archive_entry_uid(entry) == 0, archive_entry_gid(entry) == 0,
            archive_entry_mtime(entry) == 0
        else { throw BundleRefusal.unexpectedEntry(name) }
        let size = archive_entry_size(entry)
        let sizeMax = BundleReader.bytesMax(name)
        guard size >= 0, size <= sizeMax else {
            throw BundleRefusal.overLimit("entryBytesMax", max: UInt64(sizeMax))
        }
        var bytes = [UInt8](repeating: 0, count: Int(size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                archive_read_data(
                    tar, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
            }
            if let failure = source.failure { throw failure }
            guard count > 0 else { throw BundleRefusal.damaged }
            filled += count
        }
        accountedBytes += 512 + (UInt64(size) + 511) / 512 * 512
        return BundleEntry(name: name, bytes: bytes)
    }
}
