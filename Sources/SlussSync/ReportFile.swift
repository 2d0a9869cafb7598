import Foundation
import Glibc
import SlussArchive

/// A file of a report, for people to open: written whole or not at all.
public struct ReportFile: Sendable {
    private let path: String
    private let text: String
    private let mark: String

    /// A file to be written.
    ///
    /// - Parameter mark: What an earlier file of the same report has near its beginning; any other
    ///   file of that name is left alone.
    public init(path: String, text: String, mark: String) {
        self.path = path
        self.text = text
        self.mark = mark
    }

    /// How far into a file the mark is looked for, in bytes.
    private static let markBytesMax = 4096

    /// Writes files; none of them if something else lies at one of the places.
    public static func write(_ files: [ReportFile]) throws {
        for file in files { try file.refuseOthers() }
        for file in files { try file.write() }
    }

    private func refuseOthers() throws {
        var isFolder: ObjCBool = false
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
            isFolder.boolValue
        else { throw FileFailure(.open, folder, number: ENOENT) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return }
            throw FileFailure(.open, path, number: errno)
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard let head = try? handle.read(upToCount: Self.markBytesMax),
            head.isEmpty || head.range(of: Data(mark.utf8)) != nil
        else { throw InputError.targetTaken(path) }
    }

    private func write() throws {
        let url = URL(fileURLWithPath: path)
        let aside = url.deletingLastPathComponent().path + "/.\(url.lastPathComponent).part"
        let descriptor = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
        guard descriptor >= 0 else { throw FileFailure(.open, path, number: errno) }
        func giveUp(_ act: FileFailure.Act) -> FileFailure {
            let number = errno
            unlink(aside)
            return FileFailure(act, path, number: number)
        }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                defer { close(descriptor) }
                throw giveUp(.write)
            }
            rest = rest.dropFirst(count)
        }
        let isSynchronised = fsync(descriptor) == 0
        guard isSynchronised else {
            defer { close(descriptor) }
            throw giveUp(.synchronise)
        }
        guard close(descriptor) == 0 else { throw giveUp(.write) }
        guard rename(aside, path) == 0 else { throw giveUp(.rename) }
    }
}
