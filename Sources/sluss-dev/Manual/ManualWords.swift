import SlussDomain
import SlussSync

/// What a manual says besides the commands' own help.
enum ManualWords {
    static let name = Phrase("NAMN", "NAME")
    static let synopsis = Phrase("SYNTAX", "SYNOPSIS")
    static let description = Phrase("BESKRIVNING", "DESCRIPTION")
    static let options = Phrase("FLAGGOR", "OPTIONS")
    static let commands = Phrase("KOMMANDON", "COMMANDS")
    static let example = Phrase("EXEMPEL", "EXAMPLE")
    static let statuses = Phrase("SLUTSTATUS", "EXIT STATUS")
    static let environment = Phrase("MILJÖ", "ENVIRONMENT")
    static let seeAlso = Phrase("SE ÄVEN", "SEE ALSO")
    static let manual = Phrase("Handbok för Sluss", "Sluss manual")
    static let command = Phrase("kommando", "command")
    static let usual = Phrase("Annars:", "Default:")
    static let showHelp = Phrase("Visa hjälp.", "Show help.")
    static let showVersion = Phrase("Visa versionen.", "Show the version.")
    /// The heading that the commands' help has before its example.
    static let exampleInHelp = Phrase("Exempel:", "Example:")

    /// What a status means.
    static func meaning(_ status: ExitStatus) -> Phrase {
        switch status {
        case .done: Phrase("Klart.", "Done.")
        case .failed:
            Phrase("Misslyckades; inget har ändrats.", "Failed; nothing changed.")
        case .look:
            Phrase(
                "Klart, och någon måste titta: konflikter, något av flera avvisat, något funnet.",
                "Done, and a person must look: conflicts, some of several refused, something found."
            )
        case .noStore:
            Phrase("Det finns inget lager i mappen.", "There is no store in the folder.")
        case .busy:
            Phrase(
                "En annan process skriver; inget har ändrats.",
                "Another process is writing; nothing changed.")
        case .refused:
            Phrase(
                "Paketet avvisades, eller lagret ligger på en nätverksdisk.",
                "The bundle was refused, or the store is on a network disk.")
        case .damaged:
            Phrase(
                "Lagret är skadat, inte Sluss eget, eller gjort av en nyare Sluss.",
                "The store is damaged, not of Sluss, or made by a newer Sluss.")
        case .waits:
            Phrase("Paketet väntar på ett tidigare.", "The bundle waits for an earlier one.")
        case .inputOutput:
            Phrase(
                "Disken är full, läs- eller skrivfel, skrivskyddat, eller rättighet saknas.",
                "Disk full, input or output error, read-only, or no permission.")
        case .key:
            Phrase(
                "En nyckel eller ett lösenfras saknas eller är fel.",
                "A key or a passphrase is missing or wrong.")
        case .usage:
            Phrase("Kommandot gick inte att förstå.", "The command was not understood.")
        case .badInput:
            Phrase(
                "Det som matades in går inte att ta emot; inget har ändrats.",
                "What was entered cannot be taken; nothing changed.")
        }
    }

    /// The variables that a program obeys; more in docs/cli.md.
    static let variables: [(name: String, meaning: Phrase)] = [
        (
            "SLUSS_STORE",
            Phrase(
                "Lagrets mapp, om --store saknas; annars ~/.local/share/sluss.",
                "The store's folder, if --store is not given; else ~/.local/share/sluss.")
        ),
        (
            "SLUSS_LANG",
            Phrase(
                "Språket: sv eller en; annars som LANG.", "The language: sv or en; else as LANG.")
        ),
        (
            "SLUSS_PASSPHRASE_FILE",
            Phrase(
                "Filen med lösenfrasen, om --passphrase-file saknas.",
                "The file with the passphrase, if --passphrase-file is not given.")
        ),
        (
            "XDG_STATE_HOME",
            Phrase(
                "I dess mapp sluss ligger lagrens vittnen; annars ~/.local/state/sluss.",
                "In its folder sluss lie the stores' witnesses; else ~/.local/state/sluss.")
        ),
    ]
}
