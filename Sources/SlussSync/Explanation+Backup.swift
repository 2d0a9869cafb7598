import Glibc
import SlussArchive
import SlussDomain

extension Explanation {
    init(_ error: BackupError) {
        switch error {
        case .rehearsalDiffers:
            self.init(
                "rehearsalDiffers", .damaged,
                "Säkerhetskopian gick inte att återställa till samma innehåll, så den har inte sparats. Lagret är troligen skadat: kör ”sluss check”, sedan ”sluss repair”. Inget har ändrats.",
                "The backup could not be restored to the same contents, so it was not kept. The store is probably damaged: run “sluss check”, then “sluss repair”. Nothing was changed."
            )
        case .notFull:
            self.init(
                "notFull", .refused,
                "Det här paketet har bara det som mottagaren saknade, så ett lager går inte att återställa ur det. Ta en säkerhetskopia (”sluss backup”); ett vanligt paket läses in med ”sluss merge”. Inget har ändrats.",
                "This bundle holds only what its receiver lacked, so a store cannot be restored from it. Take a backup (“sluss backup”); an ordinary bundle is merged with “sluss merge”. Nothing was changed."
            )
        case .foreignFolder(let path, let name):
            let (path, name) = (DisplayText.line(path), DisplayText.line(name))
            self.init(
                "foreignFolder", .badInput,
                "I \(path) ligger något som inte hör till ett lager (\(name)), så mappen flyttas inte undan. Välj en annan mapp. Inget har ändrats.",
                "In \(path) lies something that is no part of a store (\(name)), so the folder is not moved aside. Choose another folder. Nothing was changed."
            )
        case .otherStore(let path, let unit):
            let (path, unit) = (DisplayText.line(path), DisplayText.line(unit))
            self.init(
                "otherStore", .badInput,
                "I \(path) ligger lagret för \(unit), inte det som säkerhetskopian är tagen av. Välj en annan mapp. Inget har ändrats.",
                "In \(path) lies the store of \(unit), not the one that the backup was made of. Choose another folder. Nothing was changed."
            )
        case .folder(let path, let number):
            let reason = Self.reason(FileFailure(.write, path, number: number))
            let path = DisplayText.line(path)
            self.init(
                [ENOSPC, EDQUOT].contains(number) ? "diskFull" : "inputOutput", .inputOutput,
                "Det gick inte att skriva \(path) (\(reason.swedish)). Det som fanns ligger kvar som det var. Inget har ändrats.",
                "Could not write \(path) (\(reason.english)). What was there lies as it was. Nothing was changed."
            )
        case .unfinished(let path, let former):
            let (path, former) = (DisplayText.line(path), DisplayText.line(former))
            self.init(
                "unfinished", .inputOutput,
                "Det återställda lagret ligger i \(path), men det förra blev kvar i \(former). Kör samma kommando igen, så får det sitt rätta namn.",
                "The restored store is in \(path), but the former one was left in \(former). Run the same command again, and it gets its right name."
            )
        case .nothingToSave:
            self.init(
                "nothingToSave", .damaged,
                "Inget i lagrets logg går att läsa. Återställ en säkerhetskopia med ”sluss restore”. Inget har ändrats.",
                "Nothing in the store's log can be read. Restore a backup with “sluss restore”. Nothing was changed."
            )
        }
    }
}
