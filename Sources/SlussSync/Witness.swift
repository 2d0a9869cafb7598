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
    init?(path: String) {
        guard let bytes = Self.contents(path) else { return nil }
        var lines = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        guard lines.popFirst() == Self.heading, lines.popLast() == "",
            lines.popLast() == "end", let machine = lines.popFirst().flatMap({ Digest($0) }),
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

    private static let heading = "sluss witness 1"

    /// A witness has a line for each log that the store writes: two, or a central's hundreds.
    private static let bytesMax = 1 << 20

    private static func contents(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= bytesMax
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        guard read(descriptor, &bytes, bytes.count) == bytes.count else { return nil }
        return bytes
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
        return "\(Self.heading)\n\(machine)\n\(place)\n\(logs.joined())end\n"
    }

    /// Writes the witness beside the one before and puts it in its place.
    ///
    /// - Returns: Whether it could be written. If not, the write it is of is saved all the same;
    ///   at worst the store goes on under a new name the next time.
    func write(to path: String) -> Bool {
        let folder = (path as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        // Whoever writes a witness holds the lock of the store that has its name.
        let temporary = path + ".new"
        let descriptor = open(
            temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        let bytes = Array(text.utf8)
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
