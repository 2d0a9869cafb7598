import Foundation
import Glibc
public import SlussCore

/// The computer that a store is on, as far as Sluss must know it.
///
/// A parameter, so that a test or a simulation can pose as any computer.
public struct Machine: Sendable {
    /// What tells it from other computers; only ever kept as a digest.
    public var id: String
    /// Its name, by which people find it.
    public var name: Text
    /// The folder for what must not be in the store: see ``Witness``.
    public var stateFolder: String
    /// What tells a store's place on the computer from any other, given its folder.
    public var place: @Sendable (String) -> String

    /// Describes a computer.
    public init(
        id: String, name: Text, stateFolder: String,
        place: @escaping @Sendable (String) -> String = Machine.placeOnDisk
    ) {
        self.id = id
        self.name = name
        self.stateFolder = stateFolder
        self.place = place
    }

    /// The folder's one true path and the file's number in its file system: a copy differs in one
    /// of them.
    public static func placeOnDisk(_ folder: String) -> String {
        var status = stat()
        let found = stat(OpenUnit.storeFile(in: folder), &status)
        let inode = found == 0 ? UInt64(status.st_ino) : 0
        guard let resolved = realpath(folder, nil) else { return "\(inode) \(folder)" }
        defer { free(resolved) }
        return "\(inode) \(String(cString: resolved))"
    }
}
