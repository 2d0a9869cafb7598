import SlussBundle
import SlussDomain

extension Explanation {
    init(_ error: KeyError) {
        let (code, swedish, english) = Self.words(error)
        self.init(code, .key, swedish + " Inget har ändrats.", english + " Nothing was changed.")
    }

    private static func words(_ error: KeyError) -> (code: String, String, String) {
        switch error {
        case .missing(let path):
            (
                "keyMissing",
                "Nyckeln \(DisplayText.line(path)) finns inte. Lägg tillbaka den, eller gör ett nytt lager och läs in säkerhetskopian där.",
                "The key \(DisplayText.line(path)) is not there. Put it back, or make a new store and restore the backup there."
            )
        case .notThere(let path):
            (
                "keyNotThere",
                "Det finns ingen fil \(DisplayText.line(path)). Kontrollera att stickan sitter i och att namnet stämmer.",
                "There is no file \(DisplayText.line(path)). Check that the stick is in and that the name is right."
            )
        case .tooOpen(let path):
            (
                "keyTooOpen",
                "Andra på datorn kan läsa nyckeln \(DisplayText.line(path)). Kör: chmod 600 på filen.",
                "Others on this computer can read the key \(DisplayText.line(path)). Run: chmod 600 on the file."
            )
        case .malformed(let path):
            (
                "keyMalformed",
                "Filen \(DisplayText.line(path)) har ingen nyckel som går att läsa.",
                "The file \(DisplayText.line(path)) holds no key that can be read."
            )
        case .foreign(let path):
            (
                "keyForeign",
                "Nyckeln \(DisplayText.line(path)) är en annan än lagrets eller nätets. Lägg tillbaka rätt nyckel.",
                "The key \(DisplayText.line(path)) is another than the store's or the network's. Put the right one back."
            )
        case .passphraseNeeded(let path):
            (
                "passphraseNeeded",
                "Det behövs en lösenfras\(of(path)). Skriv den när Sluss frågar, eller peka ut en fil med --passphrase-file.",
                "A passphrase is needed\(ofEnglish(path)). Type it when Sluss asks, or name a file with --passphrase-file."
            )
        case .wrongPassphrase(let path):
            (
                "wrongPassphrase",
                "Lösenfrasen stämmer inte\(of(path)). Stora och små bokstäver och mellanslag räknas.",
                "The passphrase is wrong\(ofEnglish(path)). Capitals and spaces count."
            )
        case .noRecipient:
            (
                "noRecipient",
                "Den här datorn känner inte centralens nyckel, så paketet går inte att kryptera. Be centralen om en inbjudan, eller skicka ett öppet paket med --plain.",
                "This computer does not know the central's key, so the bundle cannot be encrypted. Ask the central for an invitation, or export a plain bundle with --plain."
            )
        case .noRoot:
            (
                "noRoot",
                "Nätets rotnyckel finns inte på den här datorn. Sätt i stickan med kopian och peka ut den med --root.",
                "The network's root key is not on this computer. Put in the stick with the copy and name it with --root."
            )
        case .shutOut:
            (
                "shutOut",
                "Den här datorn är spärrad i centralen. Det som står i lagret är kvar. Ring samordnaren.",
                "This computer has been shut out at the central. What is in the store is kept. Call the coordinator."
            )
        }
    }

    private static func of(_ path: String) -> String {
        path.isEmpty ? "" : " till \(DisplayText.line(path))"
    }

    private static func ofEnglish(_ path: String) -> String {
        path.isEmpty ? "" : " for \(DisplayText.line(path))"
    }

    /// The words for a refusal that has to do with who made the bundle.
    static func trustWords(_ refusal: BundleRefusal) -> (String, String) {
        switch refusal {
        case .badSignature:
            (
                "Paketets underskrift stämmer inte: det har ändrats på vägen, eller är inte gjort av Sluss. Be enheten skicka ut igen.",
                "The bundle's signature is not right: it was changed on its way, or was not made by Sluss. Ask the unit to export again."
            )
        case .noKey:
            (
                "Paketet är krypterat till någon annan: ingen nyckel här öppnar det. Kontrollera att det är rätt fil, eller peka ut en nyckel med --identity.",
                "The bundle is encrypted to someone else: no key here opens it. Check that it is the right file, or name a key with --identity."
            )
        case .notEncrypted:
            (
                "Paketet är inte krypterat, och nätet tar bara emot krypterade. Be avsändaren läsa in ett paket härifrån och skicka ut igen utan --plain.",
                "The bundle is not encrypted, and the network takes encrypted ones only. Ask the sender to merge a bundle from here and to export again without --plain."
            )
        case .unknownDevice(let key, let unit):
            (
                "Paketet är underskrivet av en dator som inte är insläppt. Den säger att den står på \(unit). Ring enheten och jämför orden: \(KeyName(key).words). Stämmer de, släpp in den med ”sluss unit accept”.",
                "The bundle was signed by a device that has not been let in. It says that it stands at \(unit). Call the unit and compare the words: \(KeyName(key).words). If they agree, let it in with “sluss unit accept”."
            )
        case .unknownNetwork(let root?):
            (
                "Den här datorn är inte med i något nät än. Ring centralen och jämför orden: \(KeyName(root).words). Stämmer de, gå med med ”sluss unit accept”.",
                "This computer is in no network yet. Call the central and compare the words: \(KeyName(root).words). If they agree, join it with “sluss unit accept”."
            )
        case .unknownNetwork(nil):
            (
                "Den här datorn är inte med i något nät än, och paketet är inte från någon central. Be centralen om en inbjudan.",
                "This computer is in no network yet, and the bundle is not from a central. Ask the central for an invitation."
            )
        case .wrongNetwork:
            (
                "Paketet hör till ett annat nät än det här. Kontrollera att det är rätt fil.",
                "The bundle is of another network than this. Check that it is the right file."
            )
        case .wrongSender(let unit):
            (
                "Paketet är underskrivet av en dator som hör till \(unit), men säger att det kommer från någon annan. Ring \(unit).",
                "The bundle was signed by a device of \(unit), but says that it comes from another. Call \(unit)."
            )
        case .revoked(let key, let unit):
            (
                "Paketet är underskrivet av en dator på \(unit) som är spärrad (\(KeyName(key).words)), och har inget som räknas och som inte redan finns här.",
                "The bundle was signed by a device of \(unit) that has been shut out (\(KeyName(key).words)), and has nothing that counts and is not here already."
            )
        case .untrustedStatement:
            (
                "Paketet har ett intyg som inte är underskrivet av nätets rotnyckel. Be avsändaren skicka ut igen; händer det igen, ring samordnaren.",
                "The bundle has a statement that the network's root key has not signed. Ask the sender to export again; if it happens again, call the coordinator."
            )
        default: ("", "")
        }
    }

    static func trustCode(_ error: InputError) -> String {
        switch error {
        case .roleNotHere: "roleNotHere"
        case .unreadableInvitation: "unreadableInvitation"
        case .onlyCentral: "onlyCentral"
        case .plainNotAllowed: "plainNotAllowed"
        case .otherKey: "otherKey"
        case .alreadyKnown: "alreadyKnown"
        case .noSuchDevice: "noSuchDevice"
        case .severalDevices: "severalDevices"
        case .nothingToAccept: "nothingToAccept"
        case .tooManyMachines: "tooManyMachines"
        case .tooManyLogs: "tooManyLogs"
        case .weakPassphrase: "weakPassphrase"
        case .centralsCode: "centralsCode"
        case .machineTaken: "machineTaken"
        case .severalLogs: "severalLogs"
        case .notHereYet: "notHereYet"
        case .allShutOut: "allShutOut"
        case .nothingKept: "nothingKept"
        default: "badInput"
        }
    }

    /// The words for what cannot be asked of a network.
    static func trustWords(_ error: InputError) -> (String, String) {
        switch error {
        case .roleNotHere:
            (
                "Det gör bara innovationsledare och samordnare, i centralens lager.",
                "Only leaders and coordinators do that, in the central's store."
            )
        case .unreadableInvitation(let path):
            (
                "\(DisplayText.line(path)) är ingen inbjudan, eller inte helt kopierad. Kopiera den igen, eller be centralen om en ny.",
                "\(DisplayText.line(path)) is no invitation, or not copied whole. Copy it again, or ask the central for a new one."
            )
        case .onlyCentral:
            ("Det gör bara centralen.", "Only the central does that.")
        case .plainNotAllowed:
            (
                "Nätet tar bara emot krypterade paket. Skicka ut utan --plain.",
                "The network takes encrypted bundles only. Export without --plain."
            )
        case .otherKey(let found):
            (
                "Paketet är underskrivet med en annan nyckel: \(found). Ring och jämför orden igen.",
                "The bundle was signed with another key: \(found). Call and compare the words again."
            )
        case .alreadyKnown(let key):
            (
                "Nyckeln \(key) är redan insläppt, eller datorn är redan med i ett nät.",
                "The key \(key) has been let in already, or this computer is in a network already."
            )
        case .noSuchDevice(let unit):
            (
                "Ingen dator på \(DisplayText.line(unit)) är insläppt med den nyckeln. Se efter med ”sluss unit list”.",
                "No device of \(DisplayText.line(unit)) has been let in with that key. Look with “sluss unit list”."
            )
        case .severalDevices(let unit, let keys):
            (
                "\(DisplayText.line(unit)) har flera datorer. Välj en med --key: \(keys.joined(separator: ", ")).",
                "\(DisplayText.line(unit)) has several devices. Choose one with --key: \(keys.joined(separator: ", "))."
            )
        case .nothingToAccept:
            (
                "Paketet ber inte om att bli insläppt, eller är inte från en central. Kontrollera att det är rätt fil.",
                "The bundle does not ask to be let in, or is not from a central. Check that it is the right file."
            )
        case .centralsCode(let code):
            (
                "\(DisplayText.line(code)) är centralens egen kod. Välj enhetens kod ur registret.",
                "\(DisplayText.line(code)) is the central's own code. Take the unit's code of the register."
            )
        case .machineTaken(let name):
            (
                "En annan dator heter redan \(DisplayText.line(name)). Spärra den om den är borta, eller gör om lagret med en egen bokstav: sluss init --machine B.",
                "Another computer is called \(DisplayText.line(name)) already. Shut it out if it is gone, or make the store anew with a letter of its own: sluss init --machine B."
            )
        case .severalLogs(let logs):
            (
                "Datorn har skrivit i flera loggar, med så många skrivningar: \(logs.prefix(20).joined(separator: ", ")). Välj vilken --after menar, med --log.",
                "The computer has written in several logs, with so many writes: \(logs.prefix(20).joined(separator: ", ")). Choose which of them --after means, with --log."
            )
        case .notHereYet(let count, let held):
            (
                "Skrivning \(count) har inte kommit hit än; här finns \(held). Ange paketet som den ligger i: --after PAKET.",
                "Write \(count) has not come here yet; \(held) are here. Name the bundle that it is in: --after BUNDLE."
            )
        case .nothingKept:
            (
                "Inget som datorn har skrivit finns här, så allt från den skulle sluta räknas. Läs in enheternas paket först, eller ange det sista som räknas: --after PAKET. Ska verkligen inget räknas: --after 0.",
                "Nothing that the computer has written is here, so all of it would stop to count. Merge the units' bundles first, or name the last that counts: --after BUNDLE. If really nothing is to count: --after 0."
            )
        case .allShutOut(let unit):
            (
                "Alla datorer på \(DisplayText.line(unit)) är spärrade, så det finns ingen att skicka till. Bjud in enhetens nya dator med ”sluss unit add”.",
                "All computers of \(DisplayText.line(unit)) have been shut out, so there is no one to export to. Invite the unit's new computer with “sluss unit add”."
            )
        case .weakPassphrase:
            (
                "Lösenfrasen är för kort. Ta minst tolv tecken, till exempel fyra ord.",
                "The passphrase is too short. Take at least twelve characters, for example four words."
            )
        case .tooManyMachines(let unit):
            (
                "\(DisplayText.line(unit)) har redan alla bokstäver för datorer. Spärra dem som inte används.",
                "\(DisplayText.line(unit)) has all the letters for computers already. Shut out those that are not used."
            )
        case .tooManyLogs(let count):
            (
                "Det är \(count) loggar att skicka, och ett paket har högst 8192. Någon dator har börjat alltför många: ”sluss status --json” visar vems de är. Säkerhetskopiera lagrets mapp i stället.",
                "There are \(count) logs to export, and a bundle has 8192 at most. Some computer has begun far too many: “sluss status --json” shows whose they are. Back up the store's folder instead."
            )
        default: ("", "")
        }
    }
}
