import SlussArchive
import SlussDomain

extension Explanation {
    init(_ error: DraftError) {
        switch error {
        case .notWritten(let path, let number):
            let reason = Self.reason(FileFailure(.write, path, number: number))
            self.init(
                "draftNotWritten", .inputOutput,
                "Det gick inte att spara på den här datorn (\(reason.swedish)). Det som fanns förut är kvar. Stäng inte; frigör plats eller kontrollera disken, och försök igen.",
                "It could not be saved on this computer (\(reason.english)). What was there before is there. Do not close; free some space or check the disk, and try again."
            )
        case .notConfirmed(_, let number):
            let reason = Self.reason(FileFailure(.synchroniseFolder, "", number: number))
            self.init(
                "draftNotConfirmed", .inputOutput,
                "Det är sparat, men disken har inte bekräftat det (\(reason.swedish)). Inget annat har ändrats. Spara en gång till.",
                "It is saved, but the disk has not confirmed it (\(reason.english)). Nothing else was changed. Save once more."
            )
        case .notRead(let path, let number):
            let reason = Self.reason(FileFailure(.read, path, number: number))
            self.init(
                "draftNotRead", .inputOutput,
                "Det gick inte att läsa \(DisplayText.line(path)) (\(reason.swedish)). Inget har ändrats. Kontrollera disken och rättigheterna.",
                "Could not read \(DisplayText.line(path)) (\(reason.english)). Nothing was changed. Check the disk and the permissions."
            )
        case .damagedDraft(let path):
            self.init(
                "draftDamaged", .damaged,
                "Utkastet är skadat och går inte att öppna. Inget har ändrats: filen ligger kvar, \(DisplayText.line(path)). Skriv om texten, eller be den som sköter datorn att titta.",
                "The draft is damaged and cannot be opened. Nothing was changed: the file is still there, \(DisplayText.line(path)). Write the text anew, or ask whoever looks after the computer."
            )
        case .damagedPerson(let path):
            self.init(
                "personDamaged", .damaged,
                "Det som sparats om personen är skadat: \(DisplayText.line(path)). Inget har ändrats. Skriv utan namn så länge, och be den som sköter datorn att titta.",
                "What is kept of the person is damaged: \(DisplayText.line(path)). Nothing was changed. Write without a name for now, and ask whoever looks after the computer."
            )
        default:
            let (code, status, swedish, english) = Self.words(error)
            let (first, next) = (swedish, english)
            self.init(
                code, status, "\(first.what) Inget har ändrats. \(first.next)",
                "\(next.what) Nothing was changed. \(next.next)")
        }
    }

    private typealias Sentences = (what: String, next: String)

    private static func words(
        _ error: DraftError
    ) -> (String, ExitStatus, swedish: Sentences, english: Sentences) {
        switch error {
        case .malformedPIN:
            (
                "malformedPIN", .badInput, ("En PIN-kod är 4 till 8 siffror.", "Välj en ny."),
                ("A PIN is 4 to 8 digits.", "Choose another.")
            )
        case .wrongPIN:
            (
                "wrongPIN", .key,
                ("PIN-koden stämmer inte.", "Försök igen, eller välj någon annan."),
                ("The PIN is wrong.", "Try again, or choose somebody else.")
            )
        case .nameTaken:
            (
                "nameTaken", .badInput,
                (
                    "Namnet finns redan på den här datorn.",
                    "Välj det i listan, eller lägg till en bokstav."
                ),
                (
                    "The name is on this computer already.",
                    "Choose it in the list, or add a letter."
                )
            )
        case .tooManyPersons(let max):
            (
                "tooManyPersons", .badInput,
                ("Det finns redan \(max) personer på den här datorn.", "Ta bort någon först."),
                ("There are \(max) persons on this computer already.", "Remove somebody first.")
            )
        case .noSuchPerson:
            (
                "noSuchPerson", .badInput,
                ("Personen finns inte längre på den här datorn.", "Välj person igen."),
                ("The person is no longer on this computer.", "Choose the person again.")
            )
        case .noSuchDraft:
            (
                "noSuchDraft", .badInput,
                ("Utkastet finns inte längre.", "Öppna listan igen."),
                ("The draft is no longer there.", "Open the list again.")
            )
        case .tooLong(let max, let found):
            (
                "draftTooLong", .badInput,
                (
                    "Utkastet är för långt: \(found) byte av högst \(max).",
                    "Korta det, eller dela upp det."
                ),
                (
                    "The draft is too long: \(found) bytes of at most \(max).",
                    "Shorten it, or divide it."
                )
            )
        case .otherKey:
            (
                "otherPersonsKey", .key,
                ("Utkastet är någon annans.", "Välj person igen och lås upp."),
                ("The draft is somebody else's.", "Choose the person again and unlock.")
            )
        default:
            (
                "notEnoughMemory", .failed,
                ("Minnet räcker inte för att pröva PIN-koden.", "Stäng andra program."),
                ("There is too little memory to try the PIN.", "Close other programs.")
            )
        }
    }
}
