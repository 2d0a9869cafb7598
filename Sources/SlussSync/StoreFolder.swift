import Foundation
import Glibc
import SlussArchive
import SlussStore

/// What lies in a store's folder besides the database.
struct StoreFolder {
    let path: String

    /// Everything that Sluss puts there, or SQLite.
    private static let names: Set<String> = [
        UnitStore.fileName, UnitStore.fileName + "-wal", UnitStore.fileName + "-shm",
        UnitStore.fileName + "-journal", UnitStore.fileName + ".new",
        UnitStore.fileName + ".new-wal", UnitStore.fileName + ".new-shm", UnitStore.lockName,
        "keys", "keys.new", "drafts", SurveyFile.folderName, OpenUnit.rehearsalName,
        FolderSwap.markName,
    ]

    /// Whether there is a store.
    var hasStore: Bool { access(OpenUnit.storeFile(in: path), F_OK) == 0 }

    /// Refuses a folder that is not a store's and holds something: it may be somebody's home.
    func refuseForeign() throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue else {
            throw BackupError.foreignFolder(
                (path as NSString).deletingLastPathComponent,
                name: (path as NSString).lastPathComponent)
        }
        let found = try contents(path)
        if let name = found.first(where: { !Self.names.contains($0) }) {
            throw BackupError.foreignFolder(path, name: name)
        }
    }

    /// Copies what must not be lost with the database: keys, what people have begun to write, and the
    /// answers of the survey.
    func copyPrivate(to other: String) throws {
        for name in ["keys", "drafts", SurveyFile.folderName]
        where access(path + "/" + name, F_OK) == 0 {
            try copy(path + "/" + name, to: other + "/" + name, depth: 0)
        }
    }

    /// Folders and plain files only; what a killed process has left half-written is left out.
    private func copy(_ from: String, to: String, depth: Int) throws {
        guard mkdir(to, 0o700) == 0 else { throw BackupError.folder(to, number: errno) }
        for name in try contents(from)
        where ![".new-", ".gone-"].contains(where: name.hasPrefix) && name != "lock" {
            let (old, new) = (from + "/" + name, to + "/" + name)
            var status = stat()
            guard lstat(old, &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR where depth < 2: try copy(old, to: new, depth: depth + 1)
            case S_IFREG: try copyFile(old, to: new, status)
            default: continue
            }
        }
        try FolderSwap.synchronise(to)
    }

    private func copyFile(_ from: String, to: String, _ status: stat) throws {
        // Keys are small, a draft has at most a mebibyte.
        do {
            let bytes = try KeyFile(path: from).readOpen(max: 16 << 20)
            try KeyFile(path: to).create(bytes, mode: from.hasSuffix(".pub") ? 0o644 : 0o600)
        } catch let failure as FileFailure {
            throw BackupError.folder(failure.path, number: failure.number)
        }
        // When a draft was saved is told by its file.
        let times = [status.st_mtim, status.st_mtim]
        utimensat(AT_FDCWD, to, times, 0)
    }

    private func contents(_ folder: String) throws -> [String] {
        do { return try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
            throw BackupError.folder(folder, number: access(folder, R_OK | X_OK) == 0 ? EIO : errno)
        }
    }
}
