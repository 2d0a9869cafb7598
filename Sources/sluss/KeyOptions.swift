import ArgumentParser
import Foundation
import SlussDomain
import SlussFrontEnd
import SlussSync

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
