import Dispatch
import Foundation
import Glibc

/// A program on a terminal that nobody looks at, timed.
struct PseudoTerminal {
    /// What one run gave.
    struct Run {
        /// From before the start until what was waited for had been read, or the end.
        var seconds: Double
        /// The largest resident set until then, in KiB; 0 if the program had ended.
        var peakKiB: Int
    }

    /// TIOCSPTLCK and TIOCGPTN of ioctl_tty(2): Swift imports neither these nor posix_openpt(3).
    private static let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)

    /// POSIX_SPAWN_SETSID of <spawn.h>, which Swift does not import either.
    private static let setSession: Int16 = 0x80

    /// Every program gets these; nothing else.
    var environment: [String: String]

    /// Starts a program and reads until it has shown `text`, or has ended if that is `nil`.
    ///
    /// The program is told to end then, and waited for.
    func run(_ arguments: [String], until text: String?) throws -> Run {
        let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard terminal >= 0 else { throw BenchFailure(what: "no pseudo-terminal") }
        defer { close(terminal) }
        var (locked, number): (Int32, UInt32) = (0, 0)
        guard ioctl(terminal, Self.setLock, &locked) == 0,
            ioctl(terminal, Self.getNumber, &number) == 0
        else { throw BenchFailure(what: "no pseudo-terminal") }
        let name = "/dev/pts/\(number)"
        let start = DispatchTime.now().uptimeNanoseconds
        let process = try spawn(arguments, on: name)
        let isShown = Self.read(terminal, until: text.map { Data($0.utf8) })
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        let peak = Self.peak(process)
        kill(process, SIGTERM)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard isShown || text == nil else {
            throw BenchFailure(what: "\(arguments.first ?? "") never showed “\(text ?? "")”")
        }
        return Run(seconds: seconds, peakKiB: peak)
    }

    private func spawn(_ arguments: [String], on terminal: String) throws -> pid_t {
        guard let program = arguments.first else { throw BenchFailure(what: "no program") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The first terminal that the leader of a session opens becomes its own.
        for descriptor: Int32 in 0...2 {
            posix_spawn_file_actions_addopen(&actions, descriptor, terminal, O_RDWR, 0)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Self.setSession)
        var process = pid_t()
        let failure = ChildProcess.withTexts(arguments) { arguments in
            ChildProcess.withTexts(environment.map { "\($0.key)=\($0.value)" }) { environment in
                posix_spawnp(&process, program, &actions, &attributes, arguments, environment)
            }
        }
        guard failure == 0 else { throw BenchFailure(what: "\(program) cannot be started") }
        return process
    }

    /// Reads until a text has come; `false` if the other side ended before.
    private static func read(_ terminal: Int32, until text: Data?) -> Bool {
        var shown = Data()
        var bytes = [UInt8](repeating: 0, count: 16384)
        while true {
            let count = Glibc.read(terminal, &bytes, bytes.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            shown.append(contentsOf: bytes.prefix(count))
            if let text, shown.range(of: text) != nil { return true }
        }
    }

    private static func peak(_ process: pid_t) -> Int {
        let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}
