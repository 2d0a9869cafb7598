import ArgumentParser
import Foundation
import Glibc
import SlussDomain
import SlussFrontEnd
import SlussSync
import Synchronization

/// The options of commands that need keys which do not lie open in the store's folder.
struct KeyOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            say(
                "Fil med lösenfras på första raden (annars SLUSS_PASSPHRASE_FILE, annars frågar Sluss).",
                "File with the passphrase on its first line (else SLUSS_PASSPHRASE_FILE, else Sluss asks)."
            ), valueName: "file"))
    var passphraseFile: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            say(
                "Fil med en age-nyckel som också ska prövas, till exempel återställningsnyckeln.",
                "File with an age key to try as well, such as the recovery key."),
            valueName: "file"))
    var identity: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            say(
                "Mapp med kopian av nätets rotnyckel, om den inte finns i lagret.",
                "Folder with the copy of the network's root key, if it is not in the store."),
            valueName: "dir"))
    var root: String?

    var access: KeyAccess {
        let file = passphraseFile ?? Setting.environment("SLUSS_PASSPHRASE_FILE")
        let answers = Passphrase.Answers()
        return KeyAccess(identityFiles: identity, rootPath: root) { request in
            answers.answer(request) {
                file.map { Passphrase.firstLine(of: $0) } ?? Passphrase.ask(request)
            }
        }
    }
}

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

    /// Asks at the terminal, without showing what is typed; `nil` if there is no terminal.
    static func ask(_ request: Phrase) -> String? {
        let descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var before = termios()
        guard tcgetattr(descriptor, &before) == 0 else { return nil }
        var hidden = before
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(descriptor, TCSAFLUSH, &hidden)
        defer { tcsetattr(descriptor, TCSAFLUSH, &before) }
        put(request.said + ": ", descriptor)
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(descriptor, &byte, 1) == 1, byte != UInt8(ascii: "\n"), line.count < 4096 {
            line.append(byte)
        }
        put("\n", descriptor)
        return String(validating: line, as: UTF8.self)
    }

    private static func put(_ text: String, _ descriptor: Int32) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
}
