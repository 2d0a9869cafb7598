import Glibc
import SlussDomain
import SlussFrontEnd
import SlussTerminal

/// Plain mode: lines, only ever added.
final class PlainTerminal: Terminal {
    private let signals: Signals
    private var unread: [UInt8] = []
    private var isAtEnd = false
    private var isEchoing = true
    /// Whether what is on the screen stays as it is: somebody is in the middle of a line.
    private var isQuiet = false

    /// How long a line may be, in bytes.
    private static let lineBytesMax = 1 << 20

    init(_ signals: Signals) { self.signals = signals }

    func open() {}

    func close() { setEcho(true) }

    func show(_ client: inout Client) throws {
        if isQuiet {
            isQuiet = false
            return
        }
        if case .text(let prompt) = client.page.prompt {
            setEcho(!prompt.isSecret)
        } else {
            setEcho(true)
        }
        if !client.isInMidText {
            try StandardOutput.write(client.transcript.joined(separator: "\n") + "\n")
        }
        if client.page.asks { try StandardOutput.write("> ") }
    }

    func events(_ client: Client, timeout: Int?) -> [TerminalEvent] {
        while true {
            if let line = takeLine() {
                guard let text = String(validating: line, as: UTF8.self) else {
                    // Never changed in silence; the question is asked again.
                    return [.client(.unreadableLine)]
                }
                return [.client(.line(text))]
            }
            if isAtEnd { return [.client(.ending)] }
            switch signals.wait(seconds: timeout) {
            case .ending: return [.client(.ending)]
            case .nothing:
                let begun = takeBegun(isText: client.isInBlock)
                isQuiet = begun != nil
                return begun.map { [.client(.begun($0))] } ?? []
            case .interrupted: continue
            case .input: readMore()
            }
        }
    }

    /// What has been typed of a line that has no end yet; `nil` if that is nothing new.
    ///
    /// The system keeps a line for itself until it ends, so without this a long one would look like
    /// nobody there, and the lock would cost it. What has been taken cannot be erased any more;
    /// it is done only when the lock is near.
    ///
    /// - Parameter isText: Whether it is part of a text; else it waits for its end here.
    private func takeBegun(isText: Bool) -> String? {
        var settings = termios()
        guard isatty(STDIN_FILENO) == 1, tcgetattr(STDIN_FILENO, &settings) == 0 else {
            return nil
        }
        var open = settings
        open.c_lflag &= ~tcflag_t(ICANON)
        guard tcsetattr(STDIN_FILENO, TCSANOW, &open) == 0 else { return nil }
        let before = unread.count
        if case .input = signals.wait(seconds: 0) { readMore() }
        guard tcsetattr(STDIN_FILENO, TCSANOW, &settings) == 0, unread.count > before else {
            return nil
        }
        guard isText, !unread.contains(UInt8(ascii: "\n")),
            let text = String(validating: unread, as: UTF8.self)
        else { return "" }
        unread = []
        return text
    }

    private func takeLine() -> [UInt8]? {
        guard let end = unread.firstIndex(of: UInt8(ascii: "\n")) else {
            guard isAtEnd || unread.count > Self.lineBytesMax, !unread.isEmpty else { return nil }
            defer { unread = [] }
            return unread
        }
        var line = Array(unread[..<end])
        unread.removeSubrange(...end)
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return line
    }

    private func readMore() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(STDIN_FILENO, &bytes, bytes.count)
        if count > 0 {
            unread += bytes.prefix(count)
        } else if count == 0 || errno != EINTR {
            isAtEnd = true
        }
    }

    func clear() {
        if isatty(STDIN_FILENO) == 1 {
            // What is typed ahead is not the next person's answer.
            unread = []
            tcflush(STDIN_FILENO, TCIFLUSH)
        }
        guard StandardOutput.isTerminal, Setting.environment("TERM") ?? "dumb" != "dumb" else {
            return
        }
        try? StandardOutput.write("\u{1B}[H\u{1B}[2J\u{1B}[3J")
    }

    private func setEcho(_ isOn: Bool) {
        guard isOn != isEchoing, isatty(STDIN_FILENO) == 1 else { return }
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return }
        if isOn { settings.c_lflag |= tcflag_t(ECHO) } else { settings.c_lflag &= ~tcflag_t(ECHO) }
        if tcsetattr(STDIN_FILENO, TCSANOW, &settings) == 0 { isEchoing = isOn }
    }
}
