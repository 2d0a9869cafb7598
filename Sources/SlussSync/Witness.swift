import Foundation
import Glibc
import SlussBundle
import SlussCore

/// What is remembered of a store outside of it: where it is, and how far its own logs have come.
///
/// A store that has been copied or set back cannot know it by itself, and would give the names of
/// writes a second time; that is how such systems lose notes. So whoever opens a store compares it
/// with its witness, and if they do not fit, the store goes on under a new name with new logs
/// (docs/sync-model.md, "Incarnations").
///
/// Written after each commit, without waiting for the disk: a witness that is behind does no harm.
/// One that a power cut has torn is none, and costs the store a new name.
struct Witness: Equatable {
    /// Why a store is not what its witness has seen.
    enum Doubt: String, Sendable {
        /// There is no witness, or it cannot be read.
        case missing
        /// It was another computer.
        case otherMachine
        /// The store lay elsewhere, or was another file.
        case otherPlace
        /// The store had more writes, or others.
        case setBack
    }

    /// A digest of what tells the computer from others.
    var machine: Digest
    /// A digest of where the store is.
    var place: Digest
    /// The heads of the logs that the store writes.
    var heads: Acknowledgement

    init(_ machine: Machine, folder: String, heads: Acknowledgement) {
        self.machine = Digest.sha256(Array("sluss machine \(machine.id)".utf8))
        place = Digest.sha256(Array("sluss place \(machine.place(folder))".utf8))
        self.heads = heads
    }

    /// The file in which the witness of a store is kept.
    static func path(of store: StoreID, in stateFolder: String) -> String {
        stateFolder + "/witness-\(store)"
    }

    /// Reads a witness; `nil` if it is not there or not whole.
    ///
    /// One that is not whole may just be being written over: it is looked at again for a while.
    init?(path: String) {
        for look in 0..<Self.looksMax {
            if look > 0 { usleep(1_000) }
            guard let bytes = Self.contents(path) else { return nil }
            if let witness = Self(bytes) {
                self = witness
                return
            }
            guard bytes.starts(with: Self.heading.utf8) else { return nil }
        }
        return nil
    }

    /// How often one is looked at that is not whole, a millisecond apart.
    private static let looksMax = 250

    private init?(_ bytes: [UInt8]) {
        var lines = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        guard lines.popLast()?.allSatisfy({ $0 == " " }) ?? false, let end = lines.popLast(),
            end == Self.end(of: lines.map { $0 + "\n" }.joined()),
            lines.popFirst() == Self.heading,
            let machine = lines.popFirst().flatMap({ Digest($0) }),
            let place = lines.popFirst().flatMap({ Digest($0) })
        else { return nil }
        var heads: [(ReplicaID, LogHead)] = []
        for line in lines {
            let parts = line.split(separator: " ")
            guard parts.count == 3, let replica = ReplicaID(parts[0]),
                let count = UInt64(parts[1]), let digest = Digest(parts[2])
            else { return nil }
            heads.append((replica, LogHead(count: count, digest: digest)))
        }
        self.machine = machine
        self.place = place
        self.heads = Acknowledgement(heads)
    }

    private static let heading = "sluss witness 2"

    /// The last line: by it one is known that is not whole.
    private static func end(of text: String) -> String {
        "end \(Digest.sha256(Array(text.utf8)))"
    }

    /// A witness has a line for each log that the store writes: two, or a central's hundreds.
    private static let bytesMax = 1 << 20

    private static func contents(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard let size = size(of: descriptor) else { return nil }
        var bytes = [UInt8](repeating: 0, count: size)
        return pread(descriptor, &bytes, size, 0) == size ? bytes : nil
    }

    /// A file's length in bytes; `nil` if it cannot be a witness.
    private static func size(of descriptor: Int32) -> Int? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_nlink == 1, status.st_size <= bytesMax
        else { return nil }
        return Int(status.st_size)
    }

    /// Whether a witness can be kept in a folder, which is made when it is needed.
    static func canBeWritten(in stateFolder: String) -> Bool {
        var folder = stateFolder
        while !folder.isEmpty, folder != "/", access(folder, F_OK) != 0 {
            folder = (folder as NSString).deletingLastPathComponent
        }
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
            && isFolder.boolValue && access(folder, W_OK) == 0
    }

    private var text: String {
        let logs = heads.entries.map { "\($0.replica) \($0.head.count) \($0.head.digest)\n" }
        let text = "\(Self.heading)\n\(machine)\n\(place)\n\(logs.joined())"
        return "\(text)\(Self.end(of: text))\n"
    }

    /// The bytes of a disk's sector: a file's length is a multiple, so that it seldom has to grow.
    private static let sectorBytes = 512

    /// Writes the witness over the one before, if there is one of its length; else beside it, and
    /// puts it in its place.
    ///
    /// Whoever writes a witness holds the lock of the store that has its name. Renaming over a file
    /// makes the system write out what is in the new one: a sixth of what a change takes.
    ///
    /// - Returns: Whether it could be written. If not, the write it is of is saved all the same;
    ///   at worst the store goes on under a new name the next time.
    func write(to path: String) -> Bool {
        var bytes = Array(text.utf8)
        let rest = bytes.count % Self.sectorBytes
        if rest > 0 { bytes += Array(repeating: UInt8(ascii: " "), count: Self.sectorBytes - rest) }
        return Self.overwrite(path, bytes) || Self.put(bytes, at: path)
    }

    private static func overwrite(_ path: String, _ bytes: [UInt8]) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return size(of: descriptor) == bytes.count
            && pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
    }

    private static func put(_ bytes: [UInt8], at path: String) -> Bool {
        let folder = (path as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let temporary = path + ".new"
        let descriptor = open(
            temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        let isWritten = Glibc.write(descriptor, bytes, bytes.count) == bytes.count
        guard close(descriptor) == 0, isWritten, rename(temporary, path) == 0 else {
            unlink(temporary)
            return false
        }
        return true
    }

    /// Why the store that `now` describes is not the one that this has seen; `nil` if it is.
    ///
    /// - Parameter digest: The digest of a log of the store after a write.
    func doubt(
        of now: Witness, digest: (ReplicaID, UInt64) throws -> Digest?
    ) rethrows -> Doubt? {
        if machine != now.machine { return .otherMachine }
        if place != now.place { return .otherPlace }
        let isThere = try heads.entries.allSatisfy { replica, head in
            try digest(replica, head.count) == head.digest
        }
        return isThere ? nil : .setBack
    }
}
