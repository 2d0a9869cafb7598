import Glibc
import SlussBundle

/// A regular file that is open for reading, from its first byte to its last.
final class RegularFile {
    /// Bytes of one reading.
    static let blockBytes = 1 << 16

    /// Its name, for failures.
    let path: String
    /// How many bytes it had when it was opened.
    let byteCount: UInt64
    private let descriptor: Int32

    /// Opens the file.
    ///
    /// - Throws: ``BundleRefusal/notABundle`` if it is a folder, a pipe or a device, which might
    ///   wait or go on for ever; ``FileFailure``.
    init(path: String) throws {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileFailure.last(.open, path) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let failure = FileFailure.last(.open, path)
            close(descriptor)
            throw failure
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw BundleRefusal.notABundle
        }
        byteCount = UInt64(max(0, status.st_size))
    }

    deinit { close(descriptor) }

    /// The next bytes, none at the end.
    func next() throws(FileFailure) -> [UInt8] {
        var number: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.blockBytes) { buffer, count in
            var outcome = 0
            repeat {
                outcome = read(descriptor, buffer.baseAddress, Self.blockBytes)
            } while outcome < 0 && errno == EINTR
            if outcome < 0 { number = errno }
            count = max(0, outcome)
        }
        guard number == 0 else { throw FileFailure(.read, path, number: number) }
        return bytes
    }

    /// Goes back to the first byte.
    func rewind() throws(FileFailure) {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw FileFailure.last(.read, path) }
    }
}
