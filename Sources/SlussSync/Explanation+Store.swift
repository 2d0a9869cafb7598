import Glibc
import SlussArchive
import SlussDomain
import SlussStore

extension Explanation {
    init(_ error: StoreError) {
        switch error {
        case .noStore(let folder):
            self.init(
                "noStore", .noStore,
                "Det finns inget lager i \(DisplayText.line(folder)). Gör ett med ”sluss init”, eller peka ut rätt mapp med --store.",
                "There is no store in \(DisplayText.line(folder)). Make one with “sluss init”, or name the right folder with --store."
            )
        case .alreadyThere(let folder):
            self.init(
                "alreadyThere", .badInput,
                "Det finns redan något i \(DisplayText.line(folder)). Inget har ändrats. Välj en annan mapp.",
                "There is something in \(DisplayText.line(folder)) already. Nothing was changed. Choose another folder."
            )
        case .busy(let holder):
            let process = DisplayText.line(holder?.process ?? "?")
            let since = DisplayText.line(holder?.since ?? "?")
            let act = DisplayText.line(holder?.act ?? "?")
            self.init(
                "busy", .busy,
                "Någon annan skriver just nu: process \(process) (\(act)) sedan \(since). Inget har ändrats. Försök igen om en stund.",
                "Someone else is writing just now: process \(process) (\(act)) since \(since). Nothing was changed. Try again in a while."
            )
        case .notOurs(let folder):
            self.init(
                "notOurs", .damaged,
                "Filen i \(DisplayText.line(folder)) är inget Sluss-lager, eller har ändrats av något annat program. Inget har ändrats. Läs in en säkerhetskopia i en ny mapp.",
                "The file in \(DisplayText.line(folder)) is no Sluss store, or was changed by another program. Nothing was changed. Restore a backup into a new folder."
            )
        case .newerSchema(let found, let newest):
            self.init(
                "newerSchema", .damaged,
                "Lagret är gjort av en nyare Sluss (schema \(found); den här kan \(newest)). Inget har ändrats. Uppdatera Sluss.",
                "The store was made by a newer Sluss (schema \(found); this one knows \(newest)). Nothing was changed. Update Sluss."
            )
        case .damaged(let what):
            self.init(
                "damaged", .damaged,
                "Lagret är skadat (\(DisplayText.line(what))). Inget har ändrats. Kör ”sluss check”, och läs in en säkerhetskopia.",
                "The store is damaged (\(DisplayText.line(what))). Nothing was changed. Run “sluss check”, and restore a backup."
            )
        case .networkFileSystem(let folder):
            self.init(
                "networkFileSystem", .refused,
                "\(DisplayText.line(folder)) ligger på en nätverksdisk, där lås inte går att lita på. Inget har ändrats. Lägg lagret på datorns egen disk.",
                "\(DisplayText.line(folder)) is on a network disk, where locks cannot be trusted. Nothing was changed. Put the store on the computer's own disk."
            )
        case .diskFull:
            self.init(
                "diskFull", .inputOutput,
                "Disken är full. Inget har ändrats. Frigör plats och försök igen.",
                "The disk is full. Nothing was changed. Free some space and try again.")
        case .inputOutput(let what):
            self.init(
                "inputOutput", .inputOutput,
                "Datorn kunde inte läsa eller skriva (\(DisplayText.line(what))). Inget har ändrats. Kontrollera disken.",
                "The computer could not read or write (\(DisplayText.line(what))). Nothing was changed. Check the disk."
            )
        case .readOnly(let folder):
            self.init(
                "readOnly", .inputOutput,
                "Det går inte att skriva i \(DisplayText.line(folder)). Inget har ändrats. Kontrollera rättigheterna, eller kopiera mappen till datorns egen disk: ett lager läses bara där det också går att skriva.",
                "One cannot write in \(DisplayText.line(folder)). Nothing was changed. Check the permissions, or copy the folder to the computer's own disk: a store is read only where one can write, too."
            )
        }
    }

    /// The usual reasons in plain words; the system speaks English only.
    static func reason(_ error: FileFailure) -> Phrase {
        switch error.number {
        case ENOENT, ENOTDIR: Phrase("finns inte", "is not there")
        case EACCES, EPERM: Phrase("rättighet saknas", "no permission")
        case EROFS: Phrase("är skrivskyddat", "is read-only")
        case EISDIR: Phrase("är en mapp", "is a folder")
        case ENOSPC, EDQUOT: Phrase("disken är full", "the disk is full")
        default:
            Phrase(DisplayText.line(error.systemText), DisplayText.line(error.systemText))
        }
    }

    init(_ error: NoRoom) {
        let folder = DisplayText.line(error.folder)
        // Upwards: who frees what is said has enough.
        let (needed, free) = ((error.needed >> 20) + 1, error.free >> 20)
        self.init(
            "diskFull", .inputOutput,
            "Det finns inte plats: minst \(needed) MB behövs där \(folder) ligger, och \(free) MB är ledigt. Frigör plats och försök igen. Inget har ändrats.",
            "There is no room: at least \(needed) MB are needed where \(folder) lies, and \(free) MB are free. Free some space and try again. Nothing was changed."
        )
    }

    init(_ error: FileFailure) {
        let path = DisplayText.line(error.path)
        switch (error.act, error.number) {
        case (_, ENOSPC), (_, EDQUOT), (_, EFBIG):
            self.init(
                "diskFull", .inputOutput,
                "Det finns inte plats för filen (\(path)). Inget halvt paket har lämnats kvar. Frigör plats och försök igen.",
                "There is no room for the file (\(path)). No half bundle was left behind. Free some space and try again."
            )
        case (.synchroniseFolder, _):
            self.init(
                "notConfirmed", .inputOutput,
                "Paketet ligger på \(path), men det gick inte att få bekräftat att stickan har sparat det. Skicka ut igen innan du tar ut stickan.",
                "The bundle is at \(path), but the stick did not confirm that it has saved it. Export again before you take the stick out."
            )
        case (.rename, _):
            self.init(
                "notNamed", .inputOutput,
                "Paketet gick inte att lägga på \(path). Det som skrivits i lagret är kvar. Skicka ut igen.",
                "The bundle could not be put at \(path). What was written in the store is kept. Export again."
            )
        case (.verify, _):
            self.init(
                "readBackDiffers", .inputOutput,
                "Det som lästes tillbaka från \(path) är inte det som skrevs. Paketet är borttaget. Byt sticka och försök igen.",
                "What was read back from \(path) is not what was written. The bundle was removed. Change the stick and try again."
            )
        default:
            let reason = Self.reason(error)
            self.init(
                "inputOutput", .inputOutput,
                "Det gick inte att läsa eller skriva \(path) (\(reason.swedish)). Inget har ändrats.",
                "Could not read or write \(path) (\(reason.english)). Nothing was changed.")
        }
    }
}
