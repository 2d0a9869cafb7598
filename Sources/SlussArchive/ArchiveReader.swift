import CArchive
import Glibc
public import SlussBundle

/// Reads a bundle's entries from one file, in order, and never more of it than the limits allow.
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
    private var isFinished = false

    /// Opens the file.
    ///
    /// - Throws: ``BundleRefusal`` if it is no packed bundle, ``FileFailure`` if it cannot be read.
    public init(path: String) throws {
        source = try TarSource(path: path)
        guard let tar = archive_read_new() else { throw BundleRefusal.damaged }
        self.tar = tar
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

/// The unpacked bytes of a bundle's file, counted.
private final class TarSource {
    /// Why reading stopped; libarchive's own error says only that it did.
    private(set) var failure: (any Error)?

    private static let blockBytes = 1 << 16
    private let path: String
    private let descriptor: Int32
    private let zstd: OpaquePointer
    private let block: UnsafeMutableRawPointer
    private var packedBytes: UInt64 = 0
    private var unpackedBytes: UInt64 = 0
    /// The place behind the last byte that is not zero.
    private var endOfContent: UInt64 = 0

    init(path: String) throws {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileFailure.last(.open, path) }
        guard let zstd = archive_read_new() else { throw BundleRefusal.damaged }
        self.zstd = zstd
        block = .allocate(byteCount: Self.blockBytes, alignment: 16)
        try openZstd()
    }

    deinit {
        archive_read_free(zstd)
        block.deallocate()
        if descriptor >= 0 { close(descriptor) }
    }

    private func openZstd() throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure.last(.open, path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw BundleRefusal.notABundle }
        packedBytes = UInt64(max(0, status.st_size))
        var head = [UInt8](repeating: 0, count: 21)
        let count = pread(descriptor, &head, head.count, 0)
        guard count >= 0 else { throw FileFailure.last(.read, path) }
        if head.starts(with: "age-encryption.org/v1".utf8) { throw BundleRefusal.encrypted }
        guard head.starts(with: ZstdFrame.magic) else { throw BundleRefusal.notABundle }
        guard let end = ZstdFrame.end(descriptor), end <= packedBytes else {
            throw BundleRefusal.damaged
        }
        guard end == packedBytes else { throw BundleRefusal.notCanonical }
        archive_read_support_filter_zstd(zstd)
        archive_read_support_format_raw(zstd)
        var entry: OpaquePointer?
        guard archive_read_open_fd(zstd, descriptor, Self.blockBytes) == ARCHIVE_OK,
            archive_read_next_header(zstd, &entry) == ARCHIVE_OK
        else { throw BundleRefusal.damaged }
        guard archive_filter_code(zstd, 0) == ARCHIVE_FILTER_ZSTD,
            archive_filter_code(zstd, 1) == ARCHIVE_FILTER_NONE
        else {
            throw BundleRefusal.notABundle
        }
    }

    /// Gives the tar reader its next block.
    func next(_ pointer: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
        guard failure == nil else { return -1 }
        let count = archive_read_data(zstd, block, Self.blockBytes)
        guard count >= 0 else {
            let number = archive_errno(zstd)
            failure =
                [EIO, EBADF, ENXIO].contains(number)
                ? FileFailure(.read, path, number: number) : BundleRefusal.damaged
            return -1
        }
        note(UnsafeRawBufferPointer(start: block, count: count))
        guard failure == nil else { return -1 }
        pointer.pointee = UnsafeRawPointer(block)
        return count
    }

    private func note(_ bytes: UnsafeRawBufferPointer) {
        if let last = bytes.lastIndex(where: { $0 != 0 }) {
            endOfContent = unpackedBytes + UInt64(last) + 1
        }
        unpackedBytes += UInt64(bytes.count)
        if unpackedBytes > BundleLimits.totalBytesMax {
            failure = BundleRefusal.overLimit("totalBytesMax", max: BundleLimits.totalBytesMax)
        } else if unpackedBytes > BundleLimits.ratioFreeBytes,
            unpackedBytes / max(1, packedBytes) > BundleLimits.ratioMax
        {
            failure = BundleRefusal.overLimit("ratioMax", max: BundleLimits.ratioMax)
        }
    }

    /// Reads what is left and compares the whole with what its entries account for.
    func finish(expecting bytes: UInt64) throws {
        var pointer: UnsafeRawPointer?
        while true {
            let count = next(&pointer)
            if let failure { throw failure }
            if count == 0 { break }
        }
        guard unpackedBytes >= bytes else { throw BundleRefusal.damaged }
        guard unpackedBytes == bytes, endOfContent <= bytes - 1024 else {
            throw BundleRefusal.notCanonical
        }
    }
}
