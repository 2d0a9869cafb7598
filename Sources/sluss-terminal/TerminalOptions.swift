import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync
import SlussTerminal

/// How the client is started.
struct TerminalOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            say(
                "Mappen med enhetens lager (annars SLUSS_STORE, annars datamappen).",
                "The folder of the unit's store (else SLUSS_STORE, else the data folder)."),
            valueName: "dir"))
    var store: String?

    @Option(
        name: .long,
        help: ArgumentHelp(say("Språk: sv eller en.", "Language: sv or en."), valueName: "sv|en"))
    var lang: String?

    @Flag(
        name: .long,
        help: ArgumentHelp(
            say(
                "Enkelt läge: rader i stället för skärm, för skärmläsare.",
                "Plain mode: lines instead of a screen, for screen readers.")))
    var plainMode = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            say(
                "Lås efter så många minuter utan tangent, 1 till 15.",
                "Lock after so many minutes without a key, 1 to 15."), valueName: "minutes"))
    var lockAfter = Desk.lockAfterUsual / 60

    @Option(
        name: .long,
        help: ArgumentHelp(
            say(
                "En mapp för paket, utöver stickor. Kan anges flera gånger.",
                "A folder for bundles, besides sticks. Can be given several times."),
            valueName: "dir"))
    var folder: [String] = []

    @Flag(
        name: .long,
        help: ArgumentHelp(
            say(
                "Inga färger och ingen svag text. NO_COLOR tar bort bara färgerna.",
                "No colours and no faint text. NO_COLOR takes away only the colours.")))
    var highContrast = false

    @Flag(
        name: .long,
        help: ArgumentHelp(
            say(
                "Bara tecken som en gammal konsol har.",
                "Only characters that an old console has.")))
    var ascii = false

    @Option(name: .long, help: .hidden)
    var today: String?

    /// Seconds instead of minutes: tests cannot wait.
    @Option(name: .long, help: .hidden)
    var lockSeconds: Int?

    func validate() throws {
        if let lang, Language(rawValue: lang) == nil {
            throw ValidationError(say("Språket är sv eller en.", "The language is sv or en."))
        }
        if !(1...15).contains(lockAfter) {
            throw ValidationError(
                say(
                    "--lock-after är 1 till 15 minuter.", "--lock-after is 1 to 15 minutes."))
        }
        if let today, Day(today) == nil {
            throw ValidationError(say("Dagen skrivs 2026-03-09.", "A day is written 2026-03-09."))
        }
    }

    var storeFolder: String { store ?? Setting.storeFolder }
    var day: Day { today.flatMap { Day($0) } ?? Setting.today }
    var lockAfterSeconds: Int { lockSeconds ?? lockAfter * 60 }
}
