import SlussBundle
import SlussDomain

extension Explanation {
    /// Says why an age file was not opened.
    static func ageFile(_ error: LayerError) -> Explanation {
        switch error {
        case .age(let error): age(error)
        case .noIdentities(let path, let error):
            identities(DisplayText.line(path), error)
        case .noPassphrase(let path):
            Explanation(
                "noPassphrase", .key,
                "Det finns ingen lösenfras i \(DisplayText.line(path)): en rad i UTF-8, högst \(AgeLimits.passphraseBytesMax) byte, utan styrtecken.",
                "There is no passphrase in \(DisplayText.line(path)): one line of UTF-8, at most \(AgeLimits.passphraseBytesMax) bytes, without control characters."
            )
        default:
            Explanation(
                "changedMeanwhile", .refused,
                "Filen ändrades medan den lästes. Det som har skrivits ut är inte hela filen: kasta det.",
                "The file was changed while it was read. What was written out is not all of it: discard it."
            )
        }
    }

    private static func age(_ error: AgeError) -> Explanation {
        let nothing = (" Inget har skrivits ut.", " Nothing was written out.")
        let (code, status, swedish, english) = words(error)
        return Explanation(code, status, swedish + nothing.0, english + nothing.1)
    }

    private static func words(_ error: AgeError) -> (String, ExitStatus, String, String) {
        switch error {
        case .notAge: ("notAge", .refused, "Filen är ingen age-fil.", "The file is no age file.")
        case .unsupportedVersion:
            (
                "unsupportedVersion", .refused, "Filen är av en annan version av age än 1.",
                "The file is of another version of age than 1."
            )
        case .malformedHeader(let reason):
            (
                "malformedHeader", .refused,
                "Filens huvud följer inte formatet (\(DisplayText.line(reason))).",
                "The file's header breaks the format (\(DisplayText.line(reason)))."
            )
        case .noMatchingKey:
            (
                "noMatchingKey", .key, "Ingen av nycklarna öppnar filen.",
                "None of the keys opens the file."
            )
        case .wrongPassphrase:
            (
                "wrongPassphrase", .key, "Lösenfrasen är inte filens.",
                "The passphrase is not the file's."
            )
        case .workFactorTooHigh(let found, let max):
            (
                "workFactorTooHigh", .refused,
                "Filen kräver för mycket arbete för att pröva en lösenfras (2^\(found); högst 2^\(max)).",
                "The file asks for too much work to try a passphrase (2^\(found); at most 2^\(max))."
            )
        case .notEnoughMemory:
            (
                "notEnoughMemory", .failed, "Minnet räcker inte för att pröva lösenfrasen.",
                "There is too little memory to try the passphrase."
            )
        case .headerMACMismatch:
            (
                "headerMACMismatch", .refused, "Filens huvud har ändrats.",
                "The file's header was changed."
            )
        case .truncated:
            (
                "truncated", .refused, "Filen slutar för tidigt.", "The file ends too early."
            )
        case .damagedChunk:
            (
                "damagedChunk", .refused, "Filen är skadad eller ändrad.",
                "The file is damaged or changed."
            )
        case .trailingData:
            (
                "trailingData", .refused, "Något följer efter filens slut.",
                "Something follows the file's end."
            )
        case .unusableRecipients:
            (
                "unusableRecipients", .key, "Nycklarna går inte att använda.",
                "The keys cannot be used."
            )
        }
    }

    private static func identities(_ path: String, _ error: KeyFileError) -> Explanation {
        let (swedish, english) =
            switch error {
            case .malformedLine(let line):
                ("rad \(line) är ingen nyckel", "line \(line) is no key")
            case .empty: ("den är tom", "it is empty")
            case .tooLong(let max):
                ("den har mer än \(max) byte", "it has more than \(max) bytes")
            default: ("den följer inte formatet", "it breaks the format")
            }
        return Explanation(
            "noIdentities", .key,
            "Nyckelfilen \(path) går inte att läsa: \(swedish). Så här gör man en: age-keygen.",
            "The key file \(path) cannot be read: \(english). To make one: age-keygen.")
    }
}
