import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct InitCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Gör ett lager för en enhet, eller för centralen.",
            "Make a store for a unit, or for the central.",
            example: "sluss init --invite inbjudan-oms-sb-04.json",
            name: "init")
    }

    @OptionGroup var common: CommonOptions

    @OptionGroup var keys: KeyOptions

    @Option(
        help: ArgumentHelp(
            say("Centralens inbjudan.", "The central's invitation."), valueName: "file"))
    var invite: String?

    @Option(
        help: ArgumentHelp(
            say("Enhetskod ur kommunens register.", "Unit code of the municipality's register."),
            valueName: "code"))
    var unit: String?

    @Option(help: ArgumentHelp(say("Enhetens namn.", "The unit's name."), valueName: "name"))
    var name: String?

    @Option(
        help: ArgumentHelp(
            say(
                "Maskinens bokstav, från enhetens andra dator: B, C …",
                "The machine's letter, from the unit's second computer on: B, C …"),
            valueName: "letter"))
    var machine: String?

    @Flag(help: ArgumentHelp(say("Det här är centralen.", "This is the central.")))
    var central = false

    @Flag(
        help: ArgumentHelp(
            say(
                "Centralen tar också emot paket som inte är krypterade.",
                "The central takes bundles that are not encrypted, too.")))
    var allowPlain = false

    @Option(
        help: ArgumentHelp(
            say(
                "Centralen igen på en ny dator: mapp med kopian av nätets nycklar (key copy).",
                "The central again on a new computer: folder with the copy of the network's keys (key copy)."
            ), valueName: "dir"))
    var keyCopy: String?

    func validate() throws {
        if invite != nil {
            guard unit == nil, name == nil, machine == nil, !central else {
                throw ValidationError(
                    say(
                        "--invite säger vem enheten är; ta bort --unit, --name, --machine och --central.",
                        "--invite says who the unit is; leave out --unit, --name, --machine and --central."
                    ))
            }
        } else if unit == nil || name == nil {
            throw ValidationError(
                say(
                    "Ange --invite, eller --unit och --name.",
                    "Give --invite, or --unit and --name."))
        }
        if !central, allowPlain || keyCopy != nil {
            throw ValidationError(
                say(
                    "--allow-plain och --key-copy hör till --central.",
                    "--allow-plain and --key-copy go with --central."))
        }
    }

    func perform() throws -> Answer {
        if let invite {
            let invitation = try Invitation(path: invite)
            return try create(
                invitation.unit, invitation.name, invitation.machine, .invited(invitation))
        }
        let founding: Founding =
            if let keyCopy {
                .centralAgain(copy: keyCopy, allowsPlain: allowPlain)
            } else if central {
                .central(allowsPlain: allowPlain)
            } else {
                .alone
            }
        return try create(try typedUnit(unit ?? ""), name ?? "", machine ?? "", founding)
    }

    private func create(
        _ code: UnitCode, _ name: String, _ machine: String, _ founding: Founding
    ) throws -> Answer {
        guard let letter = MachineLetter(machine.uppercased()) else {
            throw InputError.malformed(
                Phrase("maskinens bokstav", "the machine's letter"), example: "B")
        }
        let folder = common.folder
        try OpenUnit.create(
            in: folder, unit: code, name: name, machine: letter, as: founding, on: .thisComputer,
            keys: keys.access)
        let keys = try common.reading().publicKeys()
        var text = say(
            "[KLAR] Lagret för \(code)\(letter.suffix) finns nu i \(DisplayText.line(folder)).\n",
            "[DONE] The store of \(code)\(letter.suffix) is now in \(DisplayText.line(folder)).\n")
        switch founding {
        case .alone:
            text += say(
                "Det är inte med i något nät än. Be centralen om en inbjudan, eller skicka ut med --plain och låt centralen släppa in datorn.\n",
                "It is in no network yet. Ask the central for an invitation, or export with --plain and have the central let the computer in.\n"
            )
        case .invited(let invitation):
            text += say(
                "Nätet: \(DisplayText.line(invitation.central)). Ord att jämföra: \(keys.network?.words ?? "")\nSkicka ut till centralen, så släpps datorn in.\n",
                "The network: \(DisplayText.line(invitation.central)). Words to compare: \(keys.network?.words ?? "")\nExport to the central, and the computer is let in.\n"
            )
        case .central, .centralAgain:
            text += say(
                "Nätets ord: \(keys.network?.words ?? "")\nLägg nu en kopia av nätets nycklar på en sticka och lås in den: sluss key copy --protect --output MAPP\n",
                "The network's words: \(keys.network?.words ?? "")\nPut a copy of the network's keys on a stick now and lock it away: sluss key copy --protect --output FOLDER\n"
            )
        }
        if allowPlain {
            text += say(
                "OBS: nätet tar emot paket som inte är krypterade.\n",
                "NOTE: the network takes bundles that are not encrypted.\n")
        }
        return Answer(
            text: text,
            json: InitJSON(
                unit: code.description, machine: letter.suffix, store: folder,
                key: keys.device.fingerprint, network: keys.network?.fingerprint))
    }
}

private struct InitJSON: Encodable {
    let unit: String
    let machine: String
    let store: String
    let key: String
    @OrNull var network: String?
}
