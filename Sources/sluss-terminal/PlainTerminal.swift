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

    /// How long a line may be, in bytes.
    private static let lineBytesMax = 1 << 20

    init(_ signals: Signals) { self.signals = signals }

    func open() {}

    func close() { setEcho(true) }

    func show(_ client: inout Client) throws {
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
            case .nothing: return []
            case .interrupted: continue
            case .input: readMore()
            }
        }
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
