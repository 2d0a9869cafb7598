import Glibc
import SlussBundle

/// Where the packed bytes of a bundle go: into a file, sealed on the way if that is asked for.
final class FileSink {
    /// The system's number for the write that failed, or 0.
    private(set) var number: Int32 = 0

    private let descriptor: Int32
    private var sealer: AgeStreamSealer?

    /// Writes to a descriptor that the caller closes.
    init(_ descriptor: Int32, _ sealing: Sealing) {
        self.descriptor = descriptor
        switch sealing {
        case .plain: break
        case .sealed(let header, let key):
            precondition(header.isSealed(with: key), "the header is of another key")
            sealer = AgeStreamSealer(key)
            _ = header.bytes.withUnsafeBytes { put($0) }
        }
    }

    /// Takes the next packed bytes.
    ///
    /// - Returns: Whether they were written, as far as they are ready.
    func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let sealed = sealer?.seal(bytes) else { return put(bytes) }
        return sealed.withUnsafeBytes { put($0) }
    }

    /// Writes what only the end brings.
    ///
    /// - Returns: Whether all has been written.
    func finish() -> Bool {
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
