public import SlussDomain

extension Explanation {
    init(_ error: InputError) {
        let reason = Self.reason(error)
        self.init(
            Self.code(error), .badInput, reason.swedish + " Inget har ändrats.",
            reason.english + " Nothing was changed.")
    }

    /// What is wrong, without what was not changed: for one row of several.
    public static func reason(_ error: InputError) -> Phrase {
        let (swedish, english) = words(error)
        return Phrase(swedish, english)
    }

    private static func code(_ error: InputError) -> String {
        switch error {
        case .tooShort: "tooShort"
        case .tooLong: "tooLong"
        case .tooMuchAtOnce: "tooMuchAtOnce"
        case .settleFirst: "settleFirst"
        case .eraseWhole: "eraseWhole"
        case .nothingToErase: "nothingToErase"
        case .blockedNote: "blockedNote"
        case .alreadyBlocked: "alreadyBlocked"
        case .notBlocked: "notBlocked"
        case .recordFull: "recordFull"
        case .controlCharacter: "controlCharacter"
        case .personalNumber: "personalNumber"
        case .unknownChoice: "unknownChoice"
        case .malformed: "malformed"
        case .noSuchRecord: "noSuchRecord"
        case .ambiguousRecord: "ambiguousRecord"
        case .noSuchConflict: "noSuchConflict"
        case .noSuchBundle: "noSuchBundle"
        case .noSuchRun: "noSuchRun"
        case .alreadyUndone: "alreadyUndone"
        case .decisionHolds: "decisionHolds"
        case .notUndone: "notUndone"
        case .noSuchAlternative: "noSuchAlternative"
        case .noSuchSettling: "noSuchSettling"
        case .settlingUndone: "settlingUndone"
        case .notReopened: "notReopened"
        case .numberTaken: "numberTaken"
        case .unreadableList: "unreadableList"
        case .nothingToChange: "nothingToChange"
        case .needsNewerRelease: "needsNewerRelease"
        case .targetTaken: "targetTaken"
        case .noSuchReceiver: "noSuchReceiver"
        case .unheardReceiver: "unheardReceiver"
        case .ambiguousNumber: "ambiguousNumber"
        case .noSuchItem: "noSuchItem"
        case .signedNote: "signedNote"
        case .unsettledNote: "unsettledNote"
        case .signersNotTwo: "signersNotTwo"
        case .signersWithoutSigning: "signersWithoutSigning"
        case .wrongReceipt: "wrongReceipt"
        case .planMoved: "planMoved"
        case .statusDoesNotFollow: "statusDoesNotFollow"
        case .statusNeeds: "statusNeeds"
        case .notInRegister: "notInRegister"
        case .noReportUnit: "noReportUnit"
        case .daysSwapped: "daysSwapped"
        default: trustCode(error)
        }
    }

    private static func words(_ error: InputError) -> (String, String) {
        switch error {
        case .tooShort, .tooLong, .controlCharacter, .personalNumber: textWords(error)
        case .noSuchItem, .signedNote, .unsettledNote, .signersNotTwo, .signersWithoutSigning,
            .wrongReceipt,
            .planMoved,
            .statusDoesNotFollow, .statusNeeds:
            meetingWords(error)
        case .notInRegister, .noReportUnit, .daysSwapped: reportWords(error)
        case .unknownChoice(let label, let choices):
            (
                "Okänt val för \(label(.swedish)). Välj bland: \(choices(.swedish)).",
                "Unknown choice for \(label(.english)). Choose among: \(choices(.english))."
            )
        case .malformed(let label, let example):
            (
                "Det här går inte att läsa som \(label(.swedish)). Skriv till exempel: \(example).",
                "This cannot be read as \(label(.english)). Write for example: \(example)."
            )
        case .noSuchRecord(let name):
            (
                "Det finns ingen post \(DisplayText.line(name)) här. Se efter med ”sluss idea list” eller ”sluss meeting list”.",
                "There is no record \(DisplayText.line(name)) here. Look with “sluss idea list” or “sluss meeting list”."
            )
        case .ambiguousRecord(let name):
            (
                "Flera poster börjar på \(DisplayText.line(name)). Skriv mer av id:t, eller numret.",
                "Several records begin with \(DisplayText.line(name)). Write more of the id, or the number."
            )
        case .noSuchConflict(let name):
            (
                "Det finns inget olika besked \(DisplayText.line(name)). Se efter med ”sluss conflicts list”.",
                "There is no conflict \(DisplayText.line(name)). Look with “sluss conflicts list”."
            )
        case .noSuchRun(let number):
            (
                "Det finns ingen sammanslagning \(number). ”sluss merge --runs” visar dem som finns.",
                "There is no merge \(number). “sluss merge --runs” shows those that are there."
            )
        case .alreadyUndone(let number):
            (
                "Sammanslagning \(number) är redan ångrad. Läs in paketen igen för att ta tillbaka det.",
                "Merge \(number) is undone already. Merge the bundles again to take that back."
            )
        case .decisionHolds(let number, let record):
            (
                "Sammanslagning \(number) går inte att ångra: centralen har tagit bort eller spärrat text i \(DisplayText.line(record)), och det gäller. Be samordnaren rätta det som blev fel.",
                "Merge \(number) cannot be undone: the central has removed or blocked text in \(DisplayText.line(record)), and that holds. Ask the coordinator to correct what went wrong."
            )
        case .noSuchSettling(let number):
            (
                "Det finns ingen omgång \(number) av avgjorda besked. ”sluss conflicts runs” visar dem som finns.",
                "There is no run \(number) of resolutions. “sluss conflicts runs” shows those that are there."
            )
        case .settlingUndone(let number):
            (
                "Omgång \(number) är redan ångrad. Det som väntar igen visar ”sluss conflicts list”.",
                "Run \(number) is undone already. “sluss conflicts list” shows what waits again."
            )
        case .notReopened(let reason): Self.whyNotReopened(reason)
        case .notUndone(let number):
            (
                "Sammanslagning \(number) är inte ångrad.", "Merge \(number) is not undone."
            )
        case .noSuchBundle(let name):
            (
                "Paketet \(DisplayText.line(name)) har inte lästs in här, eller hade inget nytt då.",
                "The bundle \(DisplayText.line(name)) has not been merged here, or had nothing new then."
            )
        case .noSuchAlternative(let number, let count):
            (
                "Det finns inget värde \(number); välj 1 till \(count).",
                "There is no value \(number); pick 1 to \(count)."
            )
        case .numberTaken(let number):
            (
                "\(DisplayText.line(number)) finns redan här, eller hör till en annan enhet.",
                "\(DisplayText.line(number)) is here already, or belongs to another unit."
            )
        case .unreadableList(let line, let reason):
            (
                "Listan gick inte att läsa, rad \(line): \(reason(.swedish)).",
                "The list could not be read, line \(line): \(reason(.english))."
            )
        case .tooMuchAtOnce:
            (
                "Det är för mycket på en gång. Dela upp det på flera ändringar.",
                "That is too much at once. Divide it into several changes."
            )
        case .recordFull:
            (
                "Det har skrivits för mycket i den posten. Gå vidare i en ny.",
                "Too much has been written in that record. Go on in a new one."
            )
        case .settleFirst(let label):
            (
                "Fältet \(label.swedish) har flera värden och skrevs ihop med det som ska bort. Välj ett värde först (sluss conflicts), eller maska hela posten: utan --field.",
                "The field \(label.english) has several values and was written together with what is to go. Choose one first (sluss conflicts), or mask the whole record: without --field."
            )
        case .eraseWhole(let label):
            (
                "Fältet \(label.swedish) skrevs ihop med det som ska bort och går inte att behålla för sig. Maska hela posten: utan --field.",
                "The field \(label.english) was written together with what is to go and cannot be kept by itself. Mask the whole record: without --field."
            )
        case .blockedNote(let name):
            (
                "\(DisplayText.line(name)) är spärrad, och går varken att ändra eller lämna ut så länge.",
                "\(DisplayText.line(name)) is blocked, and can neither be changed nor disclosed while it is."
            )
        case .alreadyBlocked:
            (
                "Posten är redan spärrad.", "The record is blocked already."
            )
        case .notBlocked:
            (
                "Posten är inte spärrad. Kontrollera numret.",
                "The record is not blocked. Check the number."
            )
        case .nothingToErase:
            (
                "Där finns inget att ta bort: det är gjort redan, eller ingen har skrivit något.",
                "There is nothing to erase: it is done already, or nobody has written anything."
            )
        case .nothingToChange:
            (
                "Inget angavs att ändra. ”--help” visar vad som kan ändras.",
                "Nothing was given to change. “--help” shows what can be changed."
            )
        case .needsNewerRelease(let name):
            (
                "\(DisplayText.line(name)) kräver en nyare Sluss. Uppdatera, och försök igen.",
                "\(DisplayText.line(name)) needs a newer Sluss. Update, and try again."
            )
        case .targetTaken(let path):
            (
                "Det ligger redan en annan fil på \(DisplayText.line(path)). Välj en annan plats eller ett annat namn.",
                "There is another file at \(DisplayText.line(path)) already. Choose another place or name."
            )
        case .noSuchReceiver(let name):
            (
                "Härifrån går det inte att skicka till \(DisplayText.line(name)). En enhet skickar till centralen, centralen till enheter.",
                "One cannot export to \(DisplayText.line(name)) from here. A unit exports to the central, the central to units."
            )
        case .unheardReceiver(let name):
            (
                "Inget paket har kommit från \(DisplayText.line(name)) än. Kontrollera koden, eller be enheten skicka ut först.",
                "No bundle has come from \(DisplayText.line(name)) yet. Check the code, or ask the unit to export first."
            )
        case .ambiguousNumber(let number, let ids):
            (
                "Flera poster har numret \(DisplayText.line(number)): \(ids.joined(separator: ", ")). Skriv id:t i stället, och ge den ena ett nytt nummer med ”edit ID --new-number”.",
                "Several records have the number \(DisplayText.line(number)): \(ids.joined(separator: ", ")). Write the id instead, and give one of them a new number with “edit ID --new-number”."
            )
        default: trustWords(error)
        }
    }

    private static func meetingWords(_ error: InputError) -> (String, String) {
        switch error {
        case .noSuchItem(let number):
            (
                "Det finns ingen sådan rad i anteckningen: \(DisplayText.line(number)).",
                "There is no such line in the note: \(DisplayText.line(number))."
            )
        case .signedNote(let name):
            (
                "\(DisplayText.line(name)) är justerad och går inte att ändra. Skriv ett tillägg i stället (--addendum).",
                "\(DisplayText.line(name)) is signed off and cannot be changed. Write an addition instead (--addendum)."
            )
        case .unsettledNote(let name):
            (
                "\(DisplayText.line(name)) har olika besked och går inte att justera. Avgör dem först (sluss conflicts list).",
                "\(DisplayText.line(name)) has conflicting answers and cannot be signed off. Settle them first (sluss conflicts list)."
            )
        case .signersNotTwo(let found):
            (
                "För att justera behövs två olika namn; här är \(found). Ange ordföranden och en till.",
                "Signing off takes two different names; here \(found == 1 ? "is" : "are") \(found). Give the chair's and one more."
            )
        case .signersWithoutSigning:
            (
                "Namn på dem som justerar hör till statusen justerad. Välj den, eller lämna namnen till dess.",
                "Names of those who sign off go with the status signed off. Choose it, or leave the names until then."
            )
        case .wrongReceipt:
            (
                "Numret och koden hör inte ihop, eller idén finns inte här. Se efter på kvittot och försök igen.",
                "The number and the code do not belong together, or the idea is not here. Look at the receipt and try again."
            )
        case .planMoved:
            (
                "Det skulle inte längre bli som i förhandsvisningen: lagret eller paketen är andra nu. Gör om förhandsvisningen (merge --dry-run).",
                "It would no longer come out as planned: the store or the bundles have changed. Make the plan again (merge --dry-run)."
            )
        case .statusDoesNotFollow(let status, let before):
            (
                "\(status.phrase.swedish) kommer inte efter \(before.phrase.swedish). Efter den kan komma: \(names(before.next, .swedish)). Måste det ändå bli så: --force.",
                "\(status.phrase.english) does not follow \(before.phrase.english). After that may come: \(names(before.next, .english)). If it must be so all the same: --force."
            )
        case .statusNeeds(let status, let parts):
            (
                "\(status.phrase.swedish) sägs inte utan: \(needs(parts, .swedish)). Lägg till det, så att den som lämnade idén förstår.",
                "\(status.phrase.english) is not said without: \(needs(parts, .english)). Add it, so that whoever handed the idea in understands."
            )
        default: ("", "")
        }
    }

    private static func names(_ statuses: [IdeaStatus], _ language: Language) -> String {
        statuses.map { $0.phrase(language) }.joined(separator: ", ")
    }

    /// `skäl (--reason), text (--text)`.
    private static func needs(_ parts: [StatusPart], _ language: Language) -> String {
        parts.map { "\($0.phrase(language)) (--\($0.rawValue))" }.joined(separator: ", ")
    }

    private static func reportWords(_ error: InputError) -> (String, String) {
        switch error {
        case .notInRegister(let code):
            (
                "\(DisplayText.line(code)) finns inte i enhetsregistret. ”sluss unit register list” visar det.",
                "\(DisplayText.line(code)) is not in the units register. “sluss unit register list” shows it."
            )
        case .noReportUnit:
            (
                "Ange en enhet som finns här, med --unit. På en enhet går det bara att göra den egna sidan.",
                "Name a unit that is here, with --unit. At a unit only its own page can be made."
            )
        case .daysSwapped:
            (
                "Den första dagen är efter den sista. Byt plats på --from och --to.",
                "The first day is after the last. Swap --from and --to."
            )
        default: ("", "")
        }
    }

    private static func textWords(_ error: InputError) -> (String, String) {
        switch error {
        case .tooShort(let label, let min):
            (
                "Texten för \(label(.swedish)) är tom eller för kort; skriv minst \(min) tecken.",
                "The text for \(label(.english)) is empty or too short; write at least \(min) \(min == 1 ? "character" : "characters")."
            )
        case .tooLong(let label, let max, let found):
            (
                "Texten för \(label(.swedish)) är för lång: \(found) tecken av högst \(max). Korta den.",
                "The text for \(label(.english)) is too long: \(found) characters of at most \(max). Shorten it."
            )
        case .controlCharacter(let label, let scalar):
            (
                "Texten för \(label(.swedish)) har ett tecken som inte går att visa (U+\(hex(scalar))). Ta bort det.",
                "The text for \(label(.english)) has a character that cannot be shown (U+\(hex(scalar))). Remove it."
            )
        case .personalNumber(let label):
            (
                "Det står något som ser ut som ett personnummer i \(label(.swedish)). Ta bort numret – skriv t.ex. ”en boende”.",
                "There is something that looks like a personal identity number in \(label(.english)). Remove it – write for example “a resident”."
            )
        default: ("", "")
        }
    }

    private static func whyNotReopened(_ reason: SettlingUndo.Reason) -> (String, String) {
        switch reason {
        case .changed:
            (
                "Fältet har ändrats sedan det avgjordes, så det kan inte öppnas igen.",
                "The field has been changed since it was settled, so it cannot be opened again."
            )
        case .inConflict:
            (
                "Värdena står redan sida vid sida igen. Avgör med ”sluss conflicts list”.",
                "The values stand side by side again already. Settle with “sluss conflicts list”."
            )
        case .gone:
            (
                "Posten är inte här längre: en sammanslagning har ångrats.",
                "The record is not here any more: a merge has been undone."
            )
        }
    }

    private static func hex(_ scalar: UInt32) -> String {
        let text = String(scalar, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - text.count)) + text
    }
}
