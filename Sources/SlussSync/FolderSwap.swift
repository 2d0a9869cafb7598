import Foundation
import Glibc
import SlussArchive
import SlussCore
import SlussStore

/// Puts a store's folder that has been built aside in its place, and the one that was there beside
/// it: a kill at any moment leaves one or the other, and the next run finishes.
///
/// What is built has a mark in it until all is done. So whatever lies aside can be told: with the
/// mark it is only half built, or has not been taken into use, and may go; without it, it is the
/// former store, which only waits for its last name.
final class FolderSwap {
    /// The folder's place, with no link in it.
    let path: String
    /// Where the new one is built.
    let aside: String
    private let parent: String
    /// The folder around it, locked: two that swap at once would take each other's work away.
    private let descriptor: Int32

    /// The name of the mark within the new folder.
    static let markName = ".restoring"

    /// What an earlier run has left.
    struct Settled {
        /// Whether it had put this very bundle's store in its place.
        var isDone = false
        /// Where the former store was put, if that was done now.
        var former: String?
    }

    /// - Parameter isPlan: Whether nothing will be put in its place: then nothing is made on the way
    ///   there either.
    init(_ folder: String, isPlan: Bool) throws {
        let url = URL(fileURLWithPath: folder).standardizedFileURL
        var wanted = url.path
        if let real = Self.real(wanted) { wanted = real }
        var around = (wanted as NSString).deletingLastPathComponent
        let name = (wanted as NSString).lastPathComponent
        guard !name.isEmpty, name != "/" else { throw BackupError.folder(folder, number: EBUSY) }
        if isPlan {
            while access(around, F_OK) != 0, around.utf8.count > 1 {
                around = (around as NSString).deletingLastPathComponent
            }
        } else {
            do {
                try FileManager.default.createDirectory(
                    atPath: around, withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
            } catch {
                throw BackupError.folder(around, number: access(around, W_OK) == 0 ? EIO : errno)
            }
        }
        try UnitStore.refuseNetwork(around)
        let isThere = Self.real(wanted) != nil
        if !isThere, !isPlan, let real = Self.real(around) { around = real }
        parent = around
        path = isThere || isPlan ? wanted : Self.joined(around, name)
        // A plan must not touch what a run that was cut off has left to be finished.
        aside = Self.joined(around, name) + (isPlan ? ".planning" : Self.suffix)
        descriptor = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw BackupError.folder(parent, number: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let number = errno
            close(descriptor)
            throw number == EWOULDBLOCK
                ? StoreError.busy(holder: nil) : BackupError.folder(parent, number: number)
        }
    }

    deinit { close(descriptor) }

    /// Where a store's folder lies: aside, whole, if a run was cut off when the former one had been
    /// moved away and the new one was not in its place yet.
    static func home(of folder: String) -> String {
        let aside = URL(fileURLWithPath: folder).standardizedFileURL.path + suffix
        return !exists(folder) && exists(OpenUnit.storeFile(in: aside)) ? aside : folder
    }

    /// What the name of the folder ends in in which a new store is built.
    private static let suffix = ".restoring"

    private static func joined(_ folder: String, _ name: String) -> String {
        folder == "/" ? "/" + name : folder + "/" + name
    }

    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    private func mark(in folder: String) -> String { folder + "/" + Self.markName }

    /// Finishes or takes back what a run that was cut off has left.
    ///
    /// - Parameters:
    ///   - name: What the new store is built from.
    ///   - placed: See ``finish(day:placed:)``.
    func settle(_ name: Digest, day: Day, placed: () -> Void) throws -> Settled {
        var settled = Settled()
        if Self.exists(aside) {
            let isNew = Self.exists(mark(in: aside))
            if isNew, !Self.exists(path), Self.exists(OpenUnit.storeFile(in: aside)) {
                // It was whole, and the former one had been moved away already.
                try move(aside, to: path)
            } else if isNew {
                try removeAside()
            } else {
                settled.former = try putAway(day)
            }
        }
        if let bytes = KeyFile(path: mark(in: path)).bytesIfAny {
            settled.isDone = bytes == Array(name.description.utf8)
            if settled.isDone { placed() }
            try unmark()
        }
        return settled
    }

    /// Makes the folder that the new store is built in.
    func begin(_ name: Digest) throws {
        try removeAsideIfMarked()
        guard mkdir(aside, 0o700) == 0 else { throw BackupError.folder(aside, number: errno) }
        do {
            try KeyFile(path: mark(in: aside)).create(Array(name.description.utf8))
        } catch let failure as FileFailure {
            rmdir(aside)
            throw BackupError.folder(aside, number: failure.number)
        }
    }

    /// Takes back what was built.
    func removeAside() throws {
        // The mark last: without it this would pass for the former store.
        let names = try? FileManager.default.contentsOfDirectory(atPath: aside)
        for name in names ?? [] where name != Self.markName {
            try? FileManager.default.removeItem(atPath: aside + "/" + name)
        }
        try? FileManager.default.removeItem(atPath: aside)
        if Self.exists(aside) { throw BackupError.folder(aside, number: EACCES) }
    }

    /// Takes back what was built, if it has not changed places with what was there.
    func removeAsideIfMarked() throws {
        if Self.exists(mark(in: aside)) { try removeAside() }
    }

    /// Puts what was built in its place.
    ///
    /// - Parameter placed: Called once it is there, before the mark goes: done again if that was cut
    ///   off.
    /// - Returns: Where what was there has been put; `nil` if there was nothing.
    func finish(day: Day, placed: () -> Void) throws -> String? {
        try Self.synchronise(aside)
        var former: String?
        if Self.exists(path) {
            // Both names change in one step.
            if UnitStore.exchange(aside, path) == 0 {
                try Self.synchronise(parent)
                do { former = try putAway(day) } catch {
                    throw BackupError.unfinished(path, former: aside)
                }
            } else {
                let number = errno
                guard [EINVAL, ENOSYS, ENOTTY].contains(number) else {
                    throw BackupError.folder(path, number: number)
                }
                // A file system without that step: killed in between, the next run finishes.
                former = freeName(day)
                if let former { try move(path, to: former) }
                try move(aside, to: path)
            }
        } else {
            try move(aside, to: path)
        }
        placed()
        do { try unmark() } catch { throw BackupError.unfinished(path, former: former ?? path) }
        return former
    }

    /// Gives the former store, which lies aside, its last name; an empty folder goes.
    private func putAway(_ day: Day) throws -> String? {
        if rmdir(aside) == 0 { return nil }
        let name = freeName(day)
        try move(aside, to: name)
        return name
    }

    private func freeName(_ day: Day) -> String {
        let first = "\(path)-before-\(day)"
        var name = first
        var number = 1
        while Self.exists(name) {
            number += 1
            name = "\(first)-\(number)"
        }
        return name
    }

    private func move(_ from: String, to: String) throws {
        guard rename(from, to) == 0 else { throw BackupError.folder(to, number: errno) }
        try Self.synchronise(parent)
    }

    private func unmark() throws {
        guard unlink(mark(in: path)) == 0 else { throw BackupError.folder(path, number: errno) }
        try Self.synchronise(path)
    }

    /// Makes sure that the names in a folder last.
    static func synchronise(_ folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw BackupError.folder(folder, number: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw BackupError.folder(folder, number: errno)
        }
    }
}

extension KeyFile {
    /// The bytes of the file, if there is one that can be read.
    var bytesIfAny: [UInt8]? { try? readOpen(max: 4096) }
}
