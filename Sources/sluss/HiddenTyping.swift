import Glibc

/// A terminal that does not show what is typed, for as long as a passphrase is asked for.
///
/// Whatever ends the process meanwhile, Ctrl-C, a kill, the terminal is as it was: else nobody would
/// see what they type to the shell afterwards. Ctrl-Z gives the terminal back, too, and takes it
/// again when the process goes on.
enum HiddenTyping {
    private struct Settings {
        var descriptor: Int32
        var before: termios
        var hidden: termios
    }

    /// What the handler of signals needs.
    ///
    /// Unsafe, and right: it is filled before the handler is there and not written to as long as it
    /// is, and only one passphrase is asked for at a time. A handler may allocate nothing and take no
    /// lock; memory that lies here already it may read.
    nonisolated(unsafe) private static let settings =
        UnsafeMutablePointer<Settings>.allocate(capacity: 1)

    private static let signals = [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP]

    /// Runs `body` with a terminal that shows nothing; `nil` if the descriptor is no terminal.
    static func whileHidden(_ descriptor: Int32, _ body: () -> String?) -> String? {
        var before = termios()
        guard tcgetattr(descriptor, &before) == 0 else { return nil }
        var hidden = before
        hidden.c_lflag &= ~tcflag_t(ECHO)
        settings.initialize(
            to: Settings(descriptor: descriptor, before: before, hidden: hidden))
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { HiddenTyping.interrupt($0) }
        action.sa_flags = SA_RESTART
        let earlier = signals.map { number in
            var earlier = sigaction()
            sigaction(number, &action, &earlier)
            return earlier
        }
        defer {
            tcsetattr(descriptor, TCSAFLUSH, &before)
            for (number, var earlier) in zip(signals, earlier) { sigaction(number, &earlier, nil) }
        }
        tcsetattr(descriptor, TCSAFLUSH, &hidden)
        return body()
    }

    /// Gives the terminal back and does what the signal asks: of calls only such as POSIX allows in a
    /// handler.
    private static func interrupt(_ number: Int32) {
        let error = errno
        tcsetattr(settings.pointee.descriptor, TCSANOW, &settings.pointee.before)
        if number == SIGTSTP {
            raise(SIGSTOP)
            tcsetattr(settings.pointee.descriptor, TCSAFLUSH, &settings.pointee.hidden)
        } else {
            signal(number, SIG_DFL)
            raise(number)
        }
        errno = error
    }
}
