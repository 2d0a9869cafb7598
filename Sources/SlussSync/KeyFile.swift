import Glibc
import SlussArchive
import SlussBundle
import SlussDomain

/// One file with a key in it: open, or encrypted with a passphrase as `age -p` does.
struct KeyFile {
    let path: String
    /// No key file is longer, protected or not.
    private static let bytesMax = 64 << 10

    var isThere: Bool { access(path, F_OK) == 0 }

    /// The file's bytes, out of their protection.
    ///
    /// - Parameter isOwn: Whether it is a key that Sluss made: then nobody else may be able to
    ///   read it. A stick with a copy cannot say who may.
    func read(_ keys: KeyAccess, isOwn: Bool) throws -> [UInt8] {
        let bytes = try contents(isOwn: isOwn)
        guard bytes.starts(with: Array("age-encryption.org/v1".utf8)) else { return bytes }
        guard let typed = keys.passphrase(request(isOwn: isOwn)) else {
            throw KeyError.passphraseNeeded(path)
        }
        guard let passphrase = AgePassphrase(typed) else { throw KeyError.wrongPassphrase(path) }
        do { return try AgeBytes.open(bytes, passphrase) } catch {
            throw error == .wrongPassphrase
                ? KeyError.wrongPassphrase(path) : KeyError.malformed(path)
        }
    }

    /// The bytes of a file that need not be secret.
    func readOpen(max: Int) throws -> [UInt8] { try contents(isOwn: false, max: max) }

    private func contents(isOwn: Bool, max: Int = bytesMax) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let number = errno
            guard number == ENOENT || number == ENOTDIR else {
                throw FileFailure(.open, path, number: number)
            }
            throw isOwn ? KeyError.missing(path) : KeyError.notThere(path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= max
        else { throw KeyError.malformed(path) }
        if isOwn, status.st_mode & 0o077 != 0 { throw KeyError.tooOpen(path) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count == bytes.count else { throw FileFailure(.read, path, number: errno) }
        return bytes
    }

    /// Writes a new file, for its owner's eyes only.
    func create(_ bytes: [UInt8], mode: mode_t = 0o600) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw FileFailure(.open, path, number: errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw giveUp(.write) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw giveUp(.synchronise) }
    }

    /// Puts other bytes in the file's place, whole or not at all.
    func replace(_ bytes: [UInt8]) throws {
        let aside = KeyFile(path: path + ".new")
        unlink(aside.path)
        try aside.create(bytes)
        guard rename(aside.path, path) == 0 else { throw aside.giveUp(.rename) }
    }

    /// What failed, after removing what was written.
    private func giveUp(_ act: FileFailure.Act) -> FileFailure {
        let number = errno
        unlink(path)
        return FileFailure(act, path, number: number)
    }

    /// Keys that lie together have one passphrase, so that it is asked for once.
    private func request(isOwn: Bool) -> Phrase {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? path
        let name = DisplayText.line(isOwn ? folder : path)
        return Phrase("Lösenfras för \(name)", "Passphrase of \(name)")
    }
}
