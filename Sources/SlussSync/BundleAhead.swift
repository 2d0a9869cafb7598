import Dispatch
import Glibc
import SlussArchive
import SlussBundle
import SlussCore

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

    /// What is read: a file that is open, or one that is opened with keys that are at hand.
    enum Source {
        case archive(ArchiveReader)
        case path(String, [AgeIdentity])
    }

    private let source: Source
    private let today: Day?
    private var reader: BundleReader
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var events: [Event] = []
    private var byteCount = 0
    private var failure: (any Error)?
    /// Whether the file is open; `nil` as long as that is not known.
    private var isOpen: Bool?
    private var isWhole = false
    private var isGivenUp = false
    private var thread: pthread_t?

    /// Begins to read.
    ///
    /// - Parameter today: The day by which it is judged whether a number is a person's; without one
    ///   nobody looks for any.
    init(_ source: Source, memory: StatementMemory, lookingOn today: Day?) {
        self.source = source
        self.today = today
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
            isOpen = false
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

    /// Whether the file could be opened; waits until that is known.
    var couldBeOpened: Bool {
        locked {
            while isOpen == nil { pthread_cond_wait(changed, mutex) }
            return isOpen ?? false
        }
    }

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

    /// Opens the file, if that has not been done.
    private func open() throws -> ArchiveReader {
        switch source {
        case .archive(let archive): archive
        case .path(let path, let identities):
            try ArchiveReader(path: path) { try $0.unlock(identities: identities) }
        }
    }

    /// The thread's work.
    private func readAll() {
        do {
            let archive = try open()
            locked {
                isOpen = true
                pthread_cond_broadcast(changed)
            }
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
                case .writes(var lines):
                    if let today {
                        for index in lines.indices {
                            lines[index].isToBeLookedAt = PersonalNumberWatch.holds(
                                lines[index], today: today)
                        }
                    }
                    try put(.lines(lines))
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
            isOpen = isOpen ?? false
            pthread_cond_broadcast(changed)
        }
    }
}

/// The bundles of one merge, one after the other, each begun while the one before is written.
final class BundleQueue {
    private let memory = StatementMemory()
    private let keys: StoreKeys
    private let today: Day
    private var ahead: (path: String, bundle: BundleAhead)?

    /// Reads with a store's keys.
    init(keys: StoreKeys, today: Day) {
        self.keys = keys
        self.today = today
    }

    deinit { ahead?.bundle.end() }

    /// Reads a bundle to its end and hands out what is in it; throws if any of it is not right.
    ///
    /// - Parameter upcoming: The bundle that is read after this one, if that is known.
    @discardableResult
    func read(
        _ path: String, upcoming: String?, opened: (OpenedBundle) throws -> Void,
        lines: ([LogLine]) throws -> Void
    ) throws -> OpenedBundle {
        let bundle = try take(path)
        defer { bundle.end() }
        var found: OpenedBundle?
        while true {
            if bundle.isRead { begin(upcoming) }
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
        begin(upcoming)
        guard let found else { throw BundleRefusal.damaged }
        return found
    }

    private func take(_ path: String) throws -> BundleAhead {
        let begun = ahead
        ahead = nil
        if let begun, begun.path == path, begun.bundle.couldBeOpened { return begun.bundle }
        begun?.bundle.end()
        // Here, on the caller's thread, is where a passphrase is asked for.
        let archive = try ArchiveReader(path: path, unlock: keys.unlock)
        return BundleAhead(.archive(archive), memory: memory, lookingOn: today)
    }

    /// Begins a bundle with the keys that are at hand; one that cannot be opened with them is opened
    /// when it is asked for.
    private func begin(_ path: String?) {
        guard let path, ahead == nil else { return }
        ahead = (
            path,
            BundleAhead(.path(path, keys.knownIdentities ?? []), memory: memory, lookingOn: today)
        )
    }
}
