import Foundation
import Testing
import _SlussTestSupport

/// A real terminal with a shell in it, in which a test types as a person would: one of tmux's.
///
/// The shell is Debian's `dash`. Others, such as `bash`, mend what a program has left of the
/// terminal's settings, and so would hide what is asked here.
final class Terminal {
    private static let program = "/usr/bin/tmux"
    /// Whether the machine has what this needs.
    static var isThere: Bool {
        [program, "/bin/dash"].allSatisfy(FileManager.default.isExecutableFile)
    }
    /// What a test says that is skipped.
    static let whyNot: Comment = "tmux and dash are needed for a terminal: bash .ci/setup"

    /// What was waited for and did not come, and what was there instead.
    private struct NotShown: Error {
        let text: String
        let screen: String
    }

    private static let withoutOpenFiles = """
        for file in /proc/self/fd/*; do
            number=${file##*/}
            if ((number > 2)); then eval "exec $number>&-"; fi
        done
        exec \(program) "$@"
        """

    private let socket: String
    /// Held, since the server is asked through its socket, which lies in the folder.
    private let folder: TemporaryFolder

    /// Opens a terminal in a transcript's folder, with `sluss` on the path.
    init(_ transcript: Transcript) throws {
        folder = transcript.folder
        socket = folder.path("tmux")
        let settings = [
            "PATH=\(Bundle.main.bundlePath):/usr/bin:/bin", "PS1=READY ", "TERM=screen",
            "SLUSS_LANG=sv", "XDG_STATE_HOME=\(transcript.folder.path("state"))",
            "LC_ALL=C.UTF-8",
        ].map { "'\($0)'" }
        try tmux(
            "-u", "-f", "/dev/null", "new-session", "-d", "-s", "t", "-x", "200", "-y", "50", "-c",
            transcript.folder.path, "env -i \(settings.joined(separator: " ")) /bin/dash -i")
        try wait(for: "READY")
    }

    /// Ends shell and server by their ids: asked to, the server outlives what it cannot end.
    deinit {
        let ids = try? tmux("list-panes", "-t", "t", "-F", "#{pane_pid} #{pid}")
        for id in (ids ?? "").split(whereSeparator: \.isWhitespace).compactMap({ pid_t($0) })
        where id > 1 { kill(id, SIGKILL) }
    }

    /// Runs tmux; its server must not keep what `Process` watches its children by, or that would wait
    /// for the server's end.
    @discardableResult
    private func tmux(_ arguments: String...) throws -> String {
        let result = try run(
            "/bin/bash", ["-c", Self.withoutOpenFiles, "tmux", "-S", socket] + arguments)
        guard result.status == 0 else { throw NotShown(text: "tmux", screen: result.errors) }
        return result.output
    }

    /// What the screen shows, and what has left it at the top.
    func screen() throws -> String {
        try tmux("capture-pane", "-p", "-J", "-S", "-", "-t", "t")
    }

    /// Types a line.
    func type(_ line: String) throws {
        try tmux("send-keys", "-t", "t", "-l", line)
        try press("Enter")
    }

    /// Presses a key, such as `C-c`.
    func press(_ key: String) throws { try tmux("send-keys", "-t", "t", key) }

    /// Waits until a text has been shown so many times, and returns the screen.
    @discardableResult
    func wait(for text: String, times: Int = 1) throws -> String {
        for _ in 0..<1200 {
            let screen = try screen()
            if screen.ranges(of: text).count >= times { return screen }
            usleep(50_000)
        }
        throw NotShown(text: text, screen: try screen())
    }

    /// Types a command and the answers to what it asks for, and returns the screen at its end.
    @discardableResult
    func enter(_ command: String, answers: [(request: String, answer: String)]) throws -> String {
        try clear()
        try type("\(command); echo \"ended $?\"")
        for (request, answer) in answers {
            try wait(for: request)
            try type(answer)
        }
        // The command itself, as it was typed, has a dollar there.
        return try waitForEnd()
    }

    private func waitForEnd() throws -> String {
        for _ in 0..<1200 {
            let screen = try screen()
            if screen.contains(/ended [0-9]/) { return screen }
            usleep(50_000)
        }
        throw NotShown(text: "ended", screen: try screen())
    }

    /// The process that the shell waits for.
    func runningProgram() throws -> pid_t? {
        let shell = try tmux("list-panes", "-t", "t", "-F", "#{pane_pid}")
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let children = try String(
            contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
        return children.split(separator: " ").first.flatMap { pid_t($0) }
    }

    /// Empties the screen and what has left it.
    func clear() throws {
        try tmux("send-keys", "-R", "-t", "t")
        try tmux("clear-history", "-t", "t")
    }
}
