import CArchive
import Glibc
import SlussBundle

/// The unpacked bytes of a bundle's file, counted.
final class TarSource {
    /// Why reading stopped; libarchive's own error says only that it did.
    private(set) var failure: (any Error)?

    private static let blockBytes = 1 << 16
    private let packed: PackedSource
    private let zstd: OpaquePointer
    private let block: UnsafeMutableRawPointer
    /// What libarchive is unpacking.
    private var packedBlock = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private var unpackedBytes: UInt64 = 0
    /// The place behind the last byte that is not zero.
    private var endOfContent: UInt64 = 0

    /// Whether the file is an age file.
    var isEncrypted: Bool { packed.isEncrypted }

    /// Opens the file.
    init(path: String, unlock: (AgeHeader) throws -> AgeFileKey) throws {
        packed = try PackedSource(path: path, unlock: unlock)
        guard let zstd = archive_read_new() else { throw BundleRefusal.damaged }
        self.zstd = zstd
        block = .allocate(byteCount: Self.blockBytes, alignment: 16)
    }

    deinit {
        archive_read_free(zstd)
        block.deallocate()
        packedBlock.deallocate()
    }

    /// Sets the unpacker up, before the first block is asked for.
    func open() throws {
        archive_read_support_filter_zstd(zstd)
        archive_read_support_format_raw(zstd)
        var entry: OpaquePointer?
        let opened = archive_read_open(
            zstd, Unmanaged.passUnretained(self).toOpaque(), nil,
            { _, context, block in
                guard let context, let block else { return -1 }
                return Unmanaged<TarSource>.fromOpaque(context).takeUnretainedValue()
                    .nextPacked(block)
            }, nil)
        guard opened == ARCHIVE_OK, archive_read_next_header(zstd, &entry) == ARCHIVE_OK else {
            throw failure ?? BundleRefusal.damaged
        }
        guard archive_filter_code(zstd, 0) == ARCHIVE_FILTER_ZSTD,
            archive_filter_code(zstd, 1) == ARCHIVE_FILTER_NONE
        else {
            throw BundleRefusal.notABundle
        }
    }

    /// Gives the unpacker its next block.
    private func nextPacked(_ pointer: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
        guard failure == nil else { return -1 }
        do {
            let bytes = try packed.next()
            if bytes.count > packedBlock.count {
                packedBlock.deallocate()
                packedBlock = .allocate(byteCount: bytes.count, alignment: 16)
            }
            packedBlock.copyBytes(from: bytes)
            pointer.pointee = UnsafeRawPointer(packedBlock.baseAddress)
            return bytes.count
        } catch {
            failure = error
            return -1
        }
    }

    /// Gives the tar reader its next block.
    func next(_ pointer: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
        guard failure == nil else { return -1 }
        let count = archive_read_data(zstd, block, Self.blockBytes)
        guard count >= 0 else {
            failure = failure ?? BundleRefusal.damaged
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
            unpackedBytes / max(1, packed.byteCount) > BundleLimits.ratioMax
        {
            failure = BundleRefusal.overLimit("ratioMax", max: BundleLimits.ratioMax)
        }
    }

    /// Reads what is left and compares the whole with what its entries account for.
    ///
    /// The file is read to its end, too: libarchive stops where its frame does, and an age file is
    /// known to be whole only when its last chunk has come.
    func finish(expecting bytes: UInt64) throws {
        var pointer: UnsafeRawPointer?
        while true {
            let count = next(&pointer)
            if let failure { throw failure }
            if count == 0 { break }
        }
        while try !packed.next().isEmpty {}
        guard unpackedBytes >= bytes else { throw BundleRefusal.damaged }
        guard unpackedBytes == bytes, endOfContent <= bytes - 1024 else {
            throw BundleRefusal.notCanonical
        }
    }
}
