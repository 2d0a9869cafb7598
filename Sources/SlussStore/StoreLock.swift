import Foundation
import Glibc

/// The one exclusive lock around every process that writes to a store.
///
/// SQLite would lock by itself, but its release in Debian 12 can lose rows when two connections
/// write and checkpoint at the same moment (the WAL-reset bug, fixed in 3.51.3); one writer
/// excludes it. `flock` goes away with its holder, however that ends.
package final class StoreLock {
    /// Who holds the lock.
    package struct Holder: Hashable, Sendable {
        /// The process.
        package let process: String
        /// Since when, as the clock says; shown to people.
        package let since: String
        /// What it is doing.
        package let act: String
    }

    private let descriptor: Int32

    /// How long to wait for another process, in milliseconds: longer than a person's entry takes
    /// to store, shorter than a person's patience.
    package static let waitMillisecondsMax = 5000

    /// Takes the lock, waiting a while.
    package init(path: String, act: String, waitMilliseconds: Int = waitMillisecondsMax)
        throws(StoreError)
    {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw [EACCES, EROFS, EPERM].contains(errno)
                ? .readOnly(folder: (path as NSString).deletingLastPathComponent)
                : .inputOutput(what: String(cString: strerror(errno)))
        }
        var waited = 0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR, waited < waitMilliseconds else {
                let holder = Self.holder(descriptor)
                close(descriptor)
                throw .busy(holder: holder)
            }
            usleep(20_000)
            waited += 20
        }
        note(act)
    }

    deinit { close(descriptor) }

    /// Writes who holds the lock.
    ///
    /// For people only, so a full disk does no harm.
    private func note(_ act: String) {
        var clock = time(nil)
        var local = tm()
        localtime_r(&clock, &local)
        var buffer = [CChar](repeating: 0, count: 32)
        let count = strftime(&buffer, buffer.count, "%Y-%m-%d %H:%M:%S", &local)
        let since = String(
            decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let text = Array("\(getpid())\n\(since)\n\(act)\n".utf8)
        ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }

    private static func holder(_ descriptor: Int32) -> Holder? {
        var buffer = [UInt8](repeating: 0, count: 200)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return nil }
        let lines = String(decoding: buffer.prefix(count), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count >= 3 else { return nil }
        return Holder(process: lines[0], since: lines[1], act: lines[2])
    }
}
