import Glibc
import SlussBundle

/// Where the packed bytes of a bundle go: into a file, sealed on the way if that is asked for.
///
/// What is to be stored as it is comes here unpacked, and is put into a frame on the way.
final class FileSink {
    /// The system's number for the write that failed, or 0.
    private(set) var number: Int32 = 0

    private let descriptor: Int32
    private var sealer: AgeStreamSealer?
    private let packing: ArchiveWriter.Packing

    /// Writes to a descriptor that the caller closes.
    init(_ descriptor: Int32, _ sealing: Sealing, _ packing: ArchiveWriter.Packing = .packed) {
        self.descriptor = descriptor
        self.packing = packing
        switch sealing {
        case .plain: break
        case .sealed(let header, let key):
            precondition(header.isSealed(with: key), "the header is of another key")
            sealer = AgeStreamSealer(key)
            _ = header.bytes.withUnsafeBytes { put($0) }
        }
        if packing == .stored { _ = StoredFrame.header.withUnsafeBytes { seal($0) } }
    }

    /// Takes the next packed bytes.
    ///
    /// - Returns: Whether they were written, as far as they are ready.
    func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard packing == .stored else { return seal(bytes) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let block = UnsafeRawBufferPointer(rebasing: rest.prefix(StoredFrame.blockBytesMax))
            let header = StoredFrame.blockHeader(byteCount: block.count)
            guard header.withUnsafeBytes({ seal($0) }), seal(block) else { return false }
            rest = rest.dropFirst(block.count)
        }
        return true
    }

    private func seal(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let sealed = sealer?.seal(bytes) else { return put(bytes) }
        return sealed.withUnsafeBytes { put($0) }
    }

    /// Writes what only the end brings.
    ///
    /// - Returns: Whether all has been written.
    func finish() -> Bool {
        if packing == .stored, !StoredFrame.end.withUnsafeBytes({ seal($0) }) { return false }
        guard let last = sealer?.finish() else { return number == 0 }
        sealer = nil
        return last.withUnsafeBytes { put($0) }
    }

    private func put(_ bytes: UnsafeRawBufferPointer) -> Bool {
        // What follows a hole must not be written behind it.
        guard number == 0 else { return false }
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = Glibc.write(descriptor, part.baseAddress, part.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                number = count < 0 ? errno : EIO
                return false
            }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
