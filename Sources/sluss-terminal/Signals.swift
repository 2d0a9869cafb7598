import CCurses
import Glibc

/// The signals that end the client, as a file to wait on together with the keyboard.
///
/// Blocked and read with signalfd(2): nothing runs inside a signal handler, so whatever is being
/// written is finished before the client is told.
struct Signals {
    private let descriptor: Int32

    init?() {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in [SIGHUP, SIGTERM, SIGINT] { sigaddset(&set, signal) }
        guard pthread_sigmask(SIG_BLOCK, &set, nil) == 0 else { return nil }
        descriptor = sluss_signal_file(&set)
        guard descriptor >= 0 else { return nil }
    }

    /// What is there to be read.
    enum Ready {
        case input
        case ending
        case nothing
        /// A signal that somebody else handles: the window's size has changed.
        case interrupted
    }

    /// Waits for the keyboard or the end; `nil` waits for ever.
    func wait(seconds: Int?) -> Ready {
        var files = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
        ]
        let timeout = seconds.map { Int32(clamping: $0 * 1000) } ?? -1
        let count = poll(&files, nfds_t(files.count), timeout)
        if count < 0 { return errno == EINTR ? .interrupted : .ending }
        if files[0].revents != 0 { return .ending }
        if files[1].revents & Int16(POLLIN) != 0 { return .input }
        // Closed on the other side: there will never be a key again.
        if files[1].revents != 0 { return .ending }
        return .nothing
    }
}
