import Foundation
import Testing
import _SlussTestSupport

/// The built client on a screen of its own, as a person sees it: tmux types and looks.
///
/// Nothing waits for a fixed time: the screen is looked at until it shows what is expected.
final class TmuxScreen {
    private let socket: String
    private let raw: String
    let place: Workplace

    /// What a test says of a screen that never came.
    struct NeverShown: Error, CustomStringConvertible {
        let wanted: String
        let screen: String
        var description: String { "never shown: \(wanted)\n\(screen)" }
    }

    /// Whether tmux is here; `.ci/setup` installs it.
    static let isPossible = (try? run("/usr/bin/env", ["tmux", "-V"]).status) == 0
    /// Why a test was passed over.
    static let reason: Comment = "tmux is missing: .ci/setup installs it"

    /// How long is looked for what never comes.
    ///
    /// Long, since many tests share the machine; a test that succeeds never waits so long. Time
    /// alone says nothing: beside other tests this one may not be let on for a minute.
    fileprivate struct Patience {
        private let end = Date(timeIntervalSinceNow: 45)
        private var looksLeft = 300

        /// Whether to look once more.
        mutating func hasMore() -> Bool {
            looksLeft -= 1
            return Date.now < end || looksLeft >= 0
        }
    }

    /// Starts the client.
    ///
    /// - Parameters:
    ///   - settings: Variables beside, or instead of, the usual ones.
    ///   - wrapper: Words before the client's, as `unshare`.
    init(
        _ place: Workplace, columns: Int = 80, rows: Int = 24, _ arguments: [String] = [],
        settings: [String: String] = [:], wrapper: [String] = [], isRecorded: Bool = false
    ) throws {
        self.place = place
        let name = UUID().uuidString
        socket = place.folder.path("\(name.prefix(8)).socket")
        raw = place.folder.path("\(name.prefix(8)).raw")
        var environment = place.environment()
        environment["TERM"] = "screen"
        environment.merge(settings) { $1 }
        let variables = environment.map { "\($0.key)=\($0.value)" }
        let client = wrapper + [Workplace.client, "--today", Workplace.today] + arguments
        // Waits for a line until the recording has begun.
        let gate = isRecorded ? ["/bin/sh", "-c", "read go; exec \"$@\"", "sh"] : []
        try tmux(
            [
                "start-server", ";", "set-option", "-g", "remain-on-exit", "on", ";",
                "set-option", "-g", "history-limit", "5000", ";", "new-session", "-d", "-x",
                "\(columns)", "-y", "\(rows)", "env", "-i",
            ] + variables + gate + client, startsServer: true)
        if isRecorded {
            try tmux(["pipe-pane", "cat > '\(raw)'"])
            try tmux(["send-keys", "Enter"])
        }
    }

    deinit { _ = try? tmux(["kill-server"]) }

    @discardableResult
    private func tmux(_ words: [String], startsServer: Bool = false) throws -> String {
        // Foundation takes a program for ended once nobody holds a file of its own any more, and
        // hands down a mask that blocks nearly every signal: the server, which goes on, must have
        // neither.
        let clean = """
            import os, signal, sys
            os.closerange(3, 4096)
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            os.execvp(sys.argv[1], sys.argv[1:])
            """
        let wrapper = startsServer ? ["python3", "-c", clean] : []
        let result = try run(
            "/usr/bin/env",
            wrapper + ["tmux", "-u", "-S", socket, "-f", "/dev/null"] + words,
            environment: ["LC_ALL": "C.UTF-8"])
        return result.output
    }

    // MARK: - Typing

    /// Presses keys by tmux's names: `Enter`, `BSpace`, `Left`, or one character.
    func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

    /// Types a text, as fast as a terminal takes it.
    func type(_ text: String) throws { try tmux(["send-keys", "-l", text]) }

    /// Types a line of a text and ends it, and the text with it.
    func answer(_ text: String) throws {
        try type(text)
        try press("Enter", "Enter")
    }

    /// Pastes, with the marks around it that tell a program so.
    func paste(_ text: String) throws {
        let file = raw + ".paste"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        try tmux(["load-buffer", file, ";", "paste-buffer", "-p", "-r", "-d"])
        try FileManager.default.removeItem(atPath: file)
    }

    func resize(_ columns: Int, _ rows: Int) throws {
        try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
    }

    // MARK: - Looking

    /// What stands on the screen.
    func screen() throws -> String { try tmux(["capture-pane", "-p"]) }

    /// The screen and what has scrolled off it.
    func screenAndHistory() throws -> String { try tmux(["capture-pane", "-p", "-S", "-"]) }

    /// What the client has sent to the terminal, byte by byte.
    func recorded() throws -> [UInt8] { try bytes(ofFile: raw) }

    /// Looks until the screen shows a text; rows count as one line.
    @discardableResult
    func wait(for text: String) async throws -> String {
        try await wait(for: "“\(text)”") { $0.flattened.contains(text.flattened) }
    }

    /// Looks until the screen no longer shows a text.
    @discardableResult
    func wait(without text: String) async throws -> String {
        try await wait(for: "no “\(text)”") { !$0.flattened.contains(text.flattened) }
    }

    /// Looks until the screen is as it must be.
    @discardableResult
    func wait(for wanted: String, _ isThere: (String) throws -> Bool) async throws -> String {
        var shown = ""
        var patience = Patience()
        while patience.hasMore() {
            shown = try screen()
            if try isThere(shown) { return shown }
            try await Task.sleep(for: .milliseconds(15))
        }
        throw NeverShown(wanted: wanted, screen: shown)
    }

    /// Looks without letting other tests on: for what passes by itself, on a thread of its own.
    func watch(for text: String, isThere: Bool = true) throws {
        var shown = ""
        var patience = Patience()
        while patience.hasMore() {
            shown = try screen()
            if shown.flattened.contains(text.flattened) == isThere { return }
            Thread.sleep(forTimeInterval: 0.015)
        }
        throw NeverShown(wanted: "\(isThere ? "" : "no ")“\(text)”", screen: shown)
    }

    /// Presses a key and looks until something is shown.
    func press(_ key: String, until text: String) async throws {
        try press(key)
        try await wait(for: text)
    }

    // MARK: - The process

    /// The client's process; no name of it is ever guessed.
    func process() throws -> Int32 {
        try #require(Int32(try tmux(["display-message", "-p", "#{pane_pid}"]).trimmed))
    }

    /// Whether a process has ended, whether or not anybody has asked how.
    static func hasEnded(_ process: Int32) -> Bool {
        (FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()).isEmpty
    }

    /// Sends the client a signal.
    func signal(_ signal: Int32) throws { kill(try process(), signal) }

    /// Closes the window, as someone who clicks it away.
    func closeWindow() throws { try tmux(["kill-server"]) }

    /// Waits until the client has ended and says how; tmux 3.3 does not always know, and says nothing.
    func ended() async throws -> String {
        var state = ""
        var patience = Patience()
        while patience.hasMore() {
            state =
                try tmux([
                    "display-message", "-p",
                    "#{pane_dead} #{pane_dead_status}#{pane_dead_signal}",
                ]).trimmed
            if state.hasPrefix("1") { return String(state.dropFirst(2)) }
            try await Task.sleep(for: .milliseconds(15))
        }
        throw NeverShown(wanted: "the end", screen: try screen())
    }
}

extension String {
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }

    /// The text with every run of blanks and line breaks as one blank.
    var flattened: String {
        split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    }
}

/// Does something on a thread of its own, which goes on while other tests hold all of the pool's.
func onThread<Outcome: Sendable>(
    _ work: @escaping @Sendable () throws -> Outcome
) async throws -> Outcome {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
    }
}

/// Waits until something is so; what is waited for is not on a screen.
func waitUntil(_ wanted: String, _ isSo: () throws -> Bool) async throws {
    var patience = TmuxScreen.Patience()
    while patience.hasMore() {
        if try isSo() { return }
        try await Task.sleep(for: .milliseconds(15))
    }
    throw TmuxScreen.NeverShown(wanted: wanted, screen: "")
}
