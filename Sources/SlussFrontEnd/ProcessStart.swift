import Glibc
import SlussSync

/// What every front end does before anything else.
package enum ProcessStart {
    /// Sees to signals and standard streams; ends the process where nothing can be done well.
    package static func prepare() {
        // A closed pipe and a file-size limit are errors to report, not reasons to be killed.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        openStandardStreams()
        if !hasDescriptors() {
            end(
                "För få filer får vara öppna samtidigt. Inget har ändrats. Höj gränsen (ulimit -n) till minst 32.",
                "Too few files may be open at once. Nothing was changed. Raise the limit (ulimit -n) to at least 32.",
                .inputOutput)
        }
        if !argumentsAreUTF8() {
            end(
                "Ett argument är inte giltig UTF-8. Inget har ändrats. Byt teckenkodning.",
                "An argument is not valid UTF-8. Nothing was changed. Change the encoding.",
                .usage)
        }
    }

    private static func end(_ swedish: String, _ english: String, _ status: ExitStatus) -> Never {
        StandardOutput.writeError(say("[FEL] \(swedish)\n", "[ERROR] \(english)\n"))
        exit(status.rawValue)
    }

    /// A store's file must never get the number of a closed standard stream.
    ///
    /// For reading only, so that an answer to a closed stream is an error and not lost in silence.
    private static func openStandardStreams() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", O_RDONLY)
        }
    }

    /// How many files Swift's runtime and SQLite open between them, and some more: with fewer the
    /// runtime ends the process without a word.
    private static let descriptorsMin: rlim_t = 32

    /// Whether so many files may be open as the program needs.
    private static func hasDescriptors() -> Bool {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return true
        }
        return limit.rlim_cur >= descriptorsMin
    }

    /// Whether every argument is valid UTF-8.
    ///
    /// Swift mends invalid UTF-8 in arguments in silence; a note is not to be changed in silence.
    private static func argumentsAreUTF8() -> Bool {
        for index in 0..<Int(CommandLine.argc) {
            guard let argument = CommandLine.unsafeArgv[index] else { continue }
            if String(validatingCString: argument) == nil { return false }
        }
        return true
    }
}
