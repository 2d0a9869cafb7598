import Glibc

/// There is less room on a disk than what is asked for takes at the least.
package struct NoRoom: Error, Hashable, Sendable {
    /// The folder whose disk it is.
    package let folder: String
    /// How many bytes it takes.
    package let needed: UInt64
    /// How many are free.
    package let free: UInt64

    /// Puts figures together.
    package init(folder: String, needed: UInt64, free: UInt64) {
        self.folder = folder
        self.needed = needed
        self.free = free
    }
}

/// When a disk counts as nearly full.
package enum DiskRoom {
    /// Less than this is soon used up by other programs.
    package static let bytesMin: UInt64 = 100 << 20

    /// Whether a store can hardly go on: a merge, a backup's rehearsal and a restore need about as much
    /// room as the store has.
    package static func isNearlyFull(free: UInt64, store: UInt64) -> Bool {
        free < max(bytesMin, store)
    }

    /// How many bytes this account may still write where a folder lies; `nil` if the system does not
    /// say.
    package static func free(_ folder: String) -> UInt64? {
        var room = statvfs()
        guard statvfs(folder, &room) == 0 else { return nil }
        let free = UInt64(room.f_bavail).multipliedReportingOverflow(by: UInt64(room.f_frsize))
        return free.overflow ? nil : free.partialValue
    }

    /// Refuses to begin what cannot end.
    ///
    /// - Parameter bytes: What it takes at the least: nothing that could be done may be refused.
    /// - Throws: ``NoRoom``.
    package static func require(_ bytes: UInt64, in folder: String) throws {
        guard let free = free(folder), free < bytes else { return }
        throw NoRoom(folder: folder, needed: bytes, free: free)
    }

    /// How many bytes a file has; 0 if it is not there.
    static func size(_ path: String) -> UInt64 {
        var status = stat()
        return stat(path, &status) == 0 ? UInt64(max(0, status.st_size)) : 0
    }
}
