import Glibc
import SlussDomain
import SlussFrontEnd
import Synchronization

/// Where passphrases come from: never from an argument, which everyone on the computer can see.
enum Passphrase {
    /// What has been answered, so that nothing is asked twice.
    final class Answers: Sendable {
        private let known = Mutex<[String: String]>([:])

        func answer(_ request: Phrase, asking: () -> String?) -> String? {
            known.withLock { known in
                if let answer = known[request.said] { return answer }
                let answer = asking()
                known[request.said] = answer
                return answer
            }
        }
    }

    /// The first line of a file, or of a pipe that has one within some seconds; `nil` if there is
    /// none, or if it is longer than any passphrase.
    static func firstLine(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count < 4096 {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 5000) == 1, read(descriptor, &byte, 1) == 1,
                byte != UInt8(ascii: "\n")
            else { return String(validating: line, as: UTF8.self) }
            line.append(byte)
        }
        return nil
    }

    /// Asks at the terminal, without showing what is typed; `nil` if there is no terminal, or if what
    /// is typed there ends without a line feed.
    static func ask(_ request: Phrase) -> String? {
        let descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return HiddenTyping.whileHidden(descriptor) {
            put(request.said + ": ", descriptor)
            let line = line(typedAt: descriptor)
            put("\n", descriptor)
            return line
        }
    }

    private static func line(typedAt descriptor: Int32) -> String? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count < 4096 {
            let count = read(descriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            // Ctrl-D, or the terminal is gone: nobody has said that this is all.
            guard count == 1 else { return nil }
            if byte == UInt8(ascii: "\n") { return String(validating: line, as: UTF8.self) }
            line.append(byte)
        }
        return nil
    }

    private static func put(_ text: String, _ descriptor: Int32) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
}
