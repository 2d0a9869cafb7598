import Dispatch
import Glibc
import SlussArchive
import SlussBundle

/// A bundle that is read, unpacked, verified and parsed on a thread of its own, while what came
/// before is written.
///
/// The writer never waits for a digest, and SQLite never for zstd: on two cores that is a third of a
/// merge's work. At most ``bytesMax`` bytes are read ahead, and one segment more.
///
/// - Invariant: the thread alone uses `archive` and `reader`; everything else is used under `mutex`.
final class BundleAhead {
    /// What has been read.
    enum Event {
        case opened(OpenedBundle)
        case lines([LogLine])

        /// The bytes of its lines.
        var byteCount: Int {
            guard case .lines(let lines) = self else { return 0 }
            return lines.reduce(0) { $0 + $1.byteCount }
        }
    }

    /// Two segments as Sluss makes them; a crafted one may be four times as large.
    static let bytesMax = 2 << 20

    private let archive: ArchiveReader
    private var reader: BundleReader
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var events: [Event] = []
    private var byteCount = 0
    private var failure: (any Error)?
    private var isWhole = false
    private var isGivenUp = false
    private var thread: pthread_t?

    /// Begins to read.
    init(_ archive: ArchiveReader, memory: StatementMemory) {
        self.archive = archive
        reader = BundleReader(memory: memory)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
        // The thread has a reference of its own, which it gives up at its end.
        let context = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let outcome = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                let ahead = Unmanaged<BundleAhead>.fromOpaque(context)
                ahead.takeUnretainedValue().readAll()
                ahead.release()
                return nil
            }, context.toOpaque())
        if outcome == 0 {
            self.thread = thread
        } else {
            // No thread to be had: then it is read at once, as far as memory is concerned.
            context.release()
            failure = FileFailure(.read, "", number: outcome)
            isWhole = true
        }
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(changed)
        mutex.deallocate()
        changed.deallocate()
    }

    /// Whether all of it has been read: then the next bundle can be begun.
    var isRead: Bool { locked { isWhole } }

    /// The bytes of the lines that wait to be taken.
    var waitingBytes: Int { locked { byteCount } }

    /// What comes next, `nil` at the end; waits for it.
    func next() throws -> Event? {
        try locked {
            while events.isEmpty, !isWhole { pthread_cond_wait(changed, mutex) }
            guard events.isEmpty else {
                let event = events.removeFirst()
                byteCount -= event.byteCount
                pthread_cond_broadcast(changed)
                return event
            }
            if let failure { throw failure }
            return nil
        }
    }

    /// Reads no further, and waits until the thread has seen that.
    func end() {
        locked {
            isGivenUp = true
            pthread_cond_broadcast(changed)
        }
        if let thread { pthread_join(thread, nil) }
        thread = nil
    }

    private func locked<Result>(_ body: () throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body()
    }

    private struct GivenUp: Error {}

    /// The thread's work.
    private func readAll() {
        do {
            while let entry = try archive.next() {
                switch try reader.accept(entry) {
                case .none:
                    if locked({ isGivenUp }) { throw GivenUp() }
                case .opened(let manifest, let id, let signer):
                    try put(
                        .opened(
                            OpenedBundle(
                                manifest: manifest, id: id, signer: signer,
                                isEncrypted: archive.isEncrypted)))
                case .writes(let lines): try put(.lines(lines))
                }
            }
            _ = try reader.finish()
            finish(nil)
        } catch { finish(error) }
    }

    private func put(_ event: Event) throws {
        try locked {
            while byteCount > Self.bytesMax, !isGivenUp { pthread_cond_wait(changed, mutex) }
            guard !isGivenUp else { throw GivenUp() }
            byteCount += event.byteCount
            events.append(event)
            pthread_cond_broadcast(changed)
        }
    }

    private func finish(_ error: (any Error)?) {
        locked {
            failure = error
            isWhole = true
            pthread_cond_broadcast(changed)
        }
    }
}

/// The bundles of one merge, one after the other, each begun while the one before is written.
final class BundleQueue {
    private let memory = StatementMemory()
    private var ahead: (path: String, bundle: BundleAhead)?

    deinit { ahead?.bundle.end() }

    /// Reads a bundle to its end and hands out what is in it; throws if any of it is not right.
    ///
    /// - Parameter upcoming: The bundle that is read after this one, if that is known. It is opened
    ///   here, on the caller's thread, which is where a passphrase is asked for.
    @discardableResult
    func read(
        _ path: String, upcoming: String?, unlock: BundleFile.Unlock,
        opened: (OpenedBundle) throws -> Void, lines: ([LogLine]) throws -> Void
    ) throws -> OpenedBundle {
        let bundle = try take(path, unlock)
        defer { bundle.end() }
        var found: OpenedBundle?
        while true {
            if bundle.isRead { begin(upcoming, unlock) }
            guard let event = try bundle.next() else { break }
            switch event {
            case .opened(let bundle):
                found = bundle
                try opened(bundle)
            case .lines(let writes):
                try lines(writes)
                // The memory is freed on another thread.
                DispatchQueue.global().async { withExtendedLifetime(writes) {} }
            }
        }
        begin(upcoming, unlock)
        guard let found else { throw BundleRefusal.damaged }
        return found
    }

    private func take(_ path: String, _ unlock: BundleFile.Unlock) throws -> BundleAhead {
        if let ahead, ahead.path == path {
            self.ahead = nil
            return ahead.bundle
        }
        ahead?.bundle.end()
        ahead = nil
        return BundleAhead(try ArchiveReader(path: path, unlock: unlock), memory: memory)
    }

    /// Begins a bundle; one that cannot be opened says so when it is asked for.
    private func begin(_ path: String?, _ unlock: BundleFile.Unlock) {
        guard let path, ahead == nil, let archive = try? ArchiveReader(path: path, unlock: unlock)
        else { return }
        ahead = (path, BundleAhead(archive, memory: memory))
    }
}
