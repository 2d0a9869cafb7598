import Dispatch
import Foundation
import Glibc

/// What one run of one contender gave.
struct BenchRun: Encodable {
    /// Figures by name: `wall` is the whole process; the others are its own words.
    var figures: [String: Double]
    /// The largest resident set of the process, in KiB.
    var peakKiB: Int
}

/// Starts programs and measures them.
struct ChildProcess {
    /// The environment that every program gets; nothing else.
    var environment: [String: String]
    /// Where the programs' answers are put.
    let folder: String

    /// Starts what it is told and writes down its peak: Linux hands the peak of whoever starts a
    /// program down to it, and `time` is smaller than any contender.
    private static let time = "/usr/bin/time"

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - good: The exit statuses that are no failure.
    ///   - isBrief: Whether a millisecond counts; then its peak is never less than this tool's own.
    func run(
        _ arguments: [String], good: Set<Int32> = [0], isBrief: Bool = false
    ) throws -> BenchRun {
        let peak = "\(folder)/peak"
        let isTimed = !isBrief && FileManager.default.isExecutableFile(atPath: Self.time)
        guard isTimed else { return try start(arguments, good) }
        var run = try start([Self.time, "-q", "-o", peak, "-f", "%M"] + arguments, good)
        let said = String(
            decoding: FileManager.default.contents(atPath: peak) ?? Data(), as: UTF8.self)
        guard let kib = said.split(separator: "\n").last.flatMap({ Int($0) }) else {
            throw BenchFailure(what: "\(Self.time) says no peak")
        }
        run.peakKiB = kib
        return run
    }

    private func start(_ arguments: [String], _ good: Set<Int32>) throws -> BenchRun {
        guard let program = arguments.first else { throw BenchFailure(what: "no program") }
        let answer = "\(folder)/answer"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(
            &actions, 1, answer, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var process = pid_t()
        let start = DispatchTime.now().uptimeNanoseconds
        let failure = Self.withTexts(arguments) { arguments in
            Self.withTexts(environment.map { "\($0.key)=\($0.value)" }) { environment in
                posix_spawnp(&process, program, &actions, nil, arguments, environment)
            }
        }
        guard failure == 0 else { throw BenchFailure(what: "\(program) cannot be started") }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw BenchFailure(what: "wait4") }
        }
        let nanoseconds = DispatchTime.now().uptimeNanoseconds - start
        let said = String(
            decoding: FileManager.default.contents(atPath: answer) ?? Data(), as: UTF8.self)
        guard status & 0x7F == 0, good.contains(status >> 8) else {
            let command = arguments.prefix(4).joined(separator: " ")
            throw BenchFailure(
                what:
                    "\(command): status \(status >> 8), signal \(status & 0x7F)\n\(said.suffix(600))"
            )
        }
        var figures = Self.figures(said)
        figures["wall"] = Double(nanoseconds) / 1e9
        return BenchRun(figures: figures, peakKiB: usage.ru_maxrss)
    }

    /// The numbers of the last line of JSON that a program has written.
    private static func figures(_ said: String) -> [String: Double] {
        let line = said.split(separator: "\n").last { $0.hasPrefix("{") } ?? ""
        let found = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return (found ?? [:]).compactMapValues { ($0 as? NSNumber)?.doubleValue }
    }

    /// Lends out texts as C wants them: a list that ends in nothing.
    static func withTexts(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
    ) -> Int32 {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}

/// A measurement that cannot be made.
struct BenchFailure: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}
