import Foundation
import Glibc
import SlussArchive

/// A folder that its owner alone may read, with files that are whole or not there.
struct PrivateFolder {
    let path: String

    /// What the name of a file begins with that is being written.
    static let asidePrefix = ".new-"

    /// The path of something in it.
    func path(_ name: String) -> String { path + "/" + name }

    /// Whether it is there, and is a folder and no link to one.
    var isThere: Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Makes it if it is not there; others lose their access if they had any.
    func make() throws(DraftError) {
        if mkdir(path, 0o700) == 0 { return }
        let number = errno
        guard number == EEXIST, isThere else {
            throw .notWritten(path, number: number == EEXIST ? ENOTDIR : number)
        }
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & 0o077 != 0 { chmod(path, 0o700) }
    }

    /// The names of what is in it, sorted; none if it is not there.
    func names() throws(DraftError) -> [String] {
        guard isThere else { return [] }
        do { return try FileManager.default.contentsOfDirectory(atPath: path).sorted() } catch {
            throw .notRead(path, number: access(path, R_OK | X_OK) == 0 ? 0 : errno)
        }
    }

    /// The bytes of a file; `nil` if it is not there, is no regular file, or has more than `max`.
    func read(_ name: String, max: Int) throws(DraftError) -> [UInt8]? {
        let path = path(name)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else {
            let number = errno
            if [ENOENT, ENOTDIR, ELOOP, ENXIO].contains(number) { return nil }
            throw .notRead(path, number: number)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        var bytes: [UInt8] = []
        do {
            // Read to the end, not to the length: the file may be growing.
            try FileBytes.forEachPiece(of: descriptor, named: path) { piece in
                guard bytes.count + piece.count <= max else { throw TooLong() }
                bytes += piece
            }
        } catch let failure as FileFailure {
            throw .notRead(path, number: failure.number)
        } catch { return nil }
        return bytes
    }

    private struct TooLong: Error {}

    /// When a file was written, as it was said then.
    func seconds(of name: String) -> Int64? {
        var status = stat()
        guard lstat(path(name), &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        return Int64(status.st_mtim.tv_sec)
    }

    /// Puts a file in its place, whole or not at all: written aside, on the disk, then renamed.
    ///
    /// What had the name stays until the new file is on the disk; power cut or `kill -9`, one of
    /// the two is there.
    func put(
        _ bytes: [UInt8], as name: String, aside: String, seconds: Int64,
        beforeRename: () throws -> Void = {}
    ) throws {
        let asidePath = path(Self.asidePrefix + aside)
        do {
            try Self.write(bytes, to: asidePath, seconds: seconds)
            try beforeRename()
            guard rename(asidePath, path(name)) == 0 else {
                throw DraftError.notWritten(path(name), number: errno)
            }
        } catch let error as DraftError {
            unlink(asidePath)
            throw error
        }
        try synchronise()
    }

    private static func write(
        _ bytes: [UInt8], to path: String, seconds: Int64
    ) throws(DraftError) {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else { throw .notWritten(path, number: errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .notWritten(path, number: count < 0 ? errno : EIO) }
            rest = rest.dropFirst(count)
        }
        let time = timespec(tv_sec: Int(seconds), tv_nsec: 0)
        // A file system that keeps no such time loses the order of a list, not a text.
        futimens(descriptor, [time, time])
        guard fsync(descriptor) == 0 else { throw .notWritten(path, number: errno) }
    }

    /// Makes sure that the names last.
    func synchronise() throws(DraftError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
        guard descriptor >= 0 else { throw .notConfirmed(path, number: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .notConfirmed(path, number: errno) }
    }

    /// Removes a file or a folder with all that is in it, if it is there.
    func remove(_ name: String) throws(DraftError) {
        var status = stat()
        guard lstat(path(name), &status) == 0 else { return }
        do { try FileManager.default.removeItem(atPath: path(name)) } catch {
            guard lstat(path(name), &status) == 0 else { return }
            throw .notWritten(path(name), number: EACCES)
        }
    }
}
