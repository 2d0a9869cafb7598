import Foundation
import Testing
import _SlussTestSupport

/// What is done to a system call of a command.
enum Fault: String, CaseIterable, CustomTestStringConvertible {
    /// `kill -9` before the call takes effect.
    case kill
    /// The call fails once with EIO.
    case inputOutput
    /// The call fails once with ENOSPC.
    case full
    /// The call and all later ones of its kind fail with ENOSPC, as on a disk that stays full.
    case staysFull

    var testDescription: String { rawValue }

    /// What strace is to do at the `number`-th call.
    func injection(at number: Int) -> String {
        switch self {
        case .kill: "signal=KILL:when=\(number)"
        case .inputOutput: "error=EIO:when=\(number)"
        case .full: "error=ENOSPC:when=\(number)"
        case .staysFull: "error=ENOSPC:when=\(number)+"
        }
    }

    /// Whether a call can meet this fault; only what takes up room can find the disk full.
    func applies(to call: String) -> Bool {
        switch self {
        case .kill, .inputOutput: true
        case .full, .staysFull: call.contains("write") || call.contains("allocate")
        }
    }
}

/// A folder in which a command is run again and again from the same start.
///
/// A store may be told from its copy by where it lies, and Sluss keeps a word about it outside it,
/// so the store, the home and the state folder are put back together, and always to the same
/// paths. Nothing outside the folder is read or written.
struct FaultBench {
    private let folder: TemporaryFolder
    private var live: String { folder.path("live") }
    private var kept: String { folder.path("kept") }
    private var trace: String { folder.path("trace") }

    /// The calls that change a file, its length or its name, whatever the machine calls them.
    private static let watched = [
        "write", "writev", "pwrite64", "pwritev", "pwritev2", "copy_file_range", "sendfile",
        "fallocate", "fsync", "fdatasync", "sync_file_range", "ftruncate", "truncate", "rename",
        "renameat", "renameat2", "unlink", "unlinkat", "link", "linkat", "mkdir", "mkdirat",
    ]

    /// Whether `strace` is here and the system lets it kill: in some containers it may not.
    static let isPossible: Bool = {
        let strace = try? run(
            "/usr/bin/env",
            [
                "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=write", "-e",
                "inject=write:signal=KILL:when=1", "/bin/echo", "x",
            ])
        return strace?.status == 137 && strace?.output.isEmpty == true
    }()

    init() throws {
        folder = try TemporaryFolder()
        for name in ["live", "live/home", "live/state", "live/stick"] {
            _ = try folder.folder(name)
        }
    }

    /// The path of something that is put back for each round.
    func path(_ name: String) -> String { live + "/" + name }

    /// A command of `sluss`, as words; what day it is does not matter to it.
    func words(_ arguments: String...) -> [String] { words(arguments) }

    private func words(_ arguments: [String]) -> [String] {
        [Transcript.program] + arguments + ["--today", "2026-03-09"]
    }

    /// A line of the shell, run beside the store, that can pose as one command.
    func script(_ line: String) -> [String] {
        let sluss = "'\(Transcript.program)' \"$@\" --today 2026-03-09"
        return ["/bin/bash", "-c", "cd '\(live)' && sluss() { \(sluss); } && \(line)"]
    }

    /// Runs `sluss` unharmed, on the store `store` unless said otherwise.
    @discardableResult
    func sluss(_ arguments: [String], on place: String = "store") throws -> ProcessResult {
        try command(words(arguments), on: place)
    }

    /// Runs `sluss` unharmed and takes its answer as JSON, or as text if that is none.
    func answer(_ arguments: [String]) throws -> Any {
        let result = try sluss(arguments + ["--json"])
        let json = try? JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return json ?? "status \(result.status) \(result.output) \(result.errors)"
    }

    /// Runs a command unharmed.
    @discardableResult
    func command(_ words: [String], on place: String = "store") throws -> ProcessResult {
        try run(
            words[0], Array(words.dropFirst()),
            environment: [
                "SLUSS_STORE": path(place), "SLUSS_LANG": "sv", "HOME": path("home"),
                "XDG_STATE_HOME": path("state"),
            ])
    }

    /// Keeps what is here now as the start of every round.
    func keep() throws {
        try FileManager.default.copyItem(atPath: live, toPath: kept)
    }

    /// Goes back to the start.
    ///
    /// Stores are written over in place: in another file of the same name they would be copies, and
    /// go on under new names.
    func restore() throws {
        try shell(
            "find '\(live)' -type f ! -name sluss.sqlite -delete && cp -r '\(kept)/.' '\(live)'")
    }

    /// How often an unharmed run makes each of the watched calls, and how it ends.
    func calls(of words: [String]) throws -> (counts: [String: Int], status: Int32) {
        let names = Self.watched.map { "?\($0)" }.joined(separator: ",")
        let result = try strace(["-e", "trace=\(names)"], words)
        var counts: [String: Int] = [:]
        for line in try traced() {
            guard let match = line.firstMatch(of: /^\d+ +(\w+)\(/) else { continue }
            counts[String(match.1), default: 0] += 1
        }
        return (counts, result.status)
    }

    /// Runs a command with a fault at its `number`-th `call`; says also whether it came that far.
    ///
    /// strace counts each process for itself. `sluss` is one process, and one of its threads does
    /// all its writing.
    func harm(
        _ words: [String], _ fault: Fault, at call: String, _ number: Int
    ) throws -> (result: ProcessResult, isHit: Bool) {
        // With --seccomp-bpf only the call stops the process; but strace 6.1 sends no signals then.
        let result = try strace(
            (fault == .kill ? [] : ["--seccomp-bpf"]) + [
                "-e", "trace=\(call)", "-e", "inject=\(call):\(fault.injection(at: number))",
            ], words)
        guard fault != .kill else { return (result, result.status == 137) }
        return (result, try traced().contains { $0.contains("(INJECTED)") })
    }

    private func strace(_ options: [String], _ words: [String]) throws -> ProcessResult {
        try command(["/usr/bin/env", "strace", "-f", "-qq", "-o", trace] + options + words)
    }

    private func traced() throws -> [Substring] {
        String(decoding: try bytes(ofFile: trace), as: UTF8.self).split(separator: "\n")
    }
}
