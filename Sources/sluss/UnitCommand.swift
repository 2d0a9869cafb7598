import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct UnitCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        help(
            "Enheterna: deras datorer (bjud in, släpp in, spärra) och registret.",
            "The units: their computers (invite, let in, shut out) and the register.",
            example: "sluss unit add OMS-SB-04 --name Äppelvreten --output /media/stick",
            subcommands: [
                UnitAdd.self, UnitList.self, UnitAccept.self, UnitRevoke.self,
                UnitRegisterCommand.self,
            ],
            name: "unit")
    }
}

/// Reads a unit code as typed.
func typedUnit(_ typed: String) throws -> UnitCode {
    guard let code = UnitCode(typed.uppercased()) else {
        throw InputError.malformed(Phrase("enhetskoden", "the unit code"), example: "OMS-SB-04")
    }
    return code
}

struct UnitAdd: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Gör en inbjudan till en enhet, eller till en dator till på samma enhet.",
            "Make an invitation for a unit, or for one more computer of it.",
            example: "sluss unit add OMS-SB-04 --name Äppelvreten --output /media/stick",
            more: Phrase(
                "Lämna filen till enheten. Där: sluss init --invite FIL. Den som har filen kan gå med i enhetens ställe, en gång.",
                "Hand the file to the unit. There: sluss init --invite FILE. Whoever has the file can enrol in the unit's place, once."
            ), name: "add")
    }

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp(say("Enhetskod.", "Unit code."), valueName: "code"))
    var code: String

    @Option(help: ArgumentHelp(say("Enhetens namn.", "The unit's name."), valueName: "name"))
    var name: String

    @Option(
        help: ArgumentHelp(
            say("Mapp eller filnamn för inbjudan.", "Folder or file name of the invitation."),
            valueName: "path"))
    var output: String

    func perform() throws -> Answer {
        let report = try common.writing("unit add").invite(
            typedUnit(code), name: name, output: output)
        let machine = "\(report.unit)\(report.machine)"
        return Answer(
            text: say(
                "[KLAR] Inbjudan till \(machine). Lämna den till enheten; där: sluss init --invite FIL\n",
                "[DONE] Invitation for \(machine). Hand it to the unit; there: sluss init --invite FILE\n"
            ) + "       \(DisplayText.line(report.path))\n"
                + say(
                    "Nätets ord: \(report.root.words)\n",
                    "The network's words: \(report.root.words)\n"),
            json: InvitationJSON(
                unit: report.unit.description, machine: report.machine, file: report.path,
                network: report.root.fingerprint))
    }
}

private struct InvitationJSON: Encodable {
    let unit: String
    let machine: String
    let file: String
    let network: String
}

struct UnitList: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Visa datorerna i nätet och hur det står till med dem.",
            "Show the computers of the network and how it stands with them.",
            example: "sluss unit list", name: "list")
    }

    @OptionGroup var common: CommonOptions

    func perform() throws -> Answer {
        let devices = try common.reading().devices()
        let text =
            devices.isEmpty
            ? say("Inga datorer än.\n", "No computers yet.\n")
            : devices.map(\.lines).joined()
        return Answer(text: text, json: devices.map { DeviceJSON($0) })
    }
}

struct UnitAccept: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Släpp in datorn som har skrivit under ett paket, när orden är jämförda.",
            "Let in the computer that signed a bundle, once the words have been compared.",
            example: "sluss unit accept oms-sb-04-0001.sluss --key SHA256:…",
            more: Phrase(
                "På en enhet som inte är med i något nät: gå med i centralens, med ett paket därifrån.",
                "At a unit that is in no network: join the central's, with a bundle from there."),
            name: "accept")
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var keys: KeyOptions

    @Argument(help: ArgumentHelp(say("Paketet.", "The bundle."), valueName: "bundle"))
    var bundle: String

    @Option(
        help: ArgumentHelp(
            say("Nyckeln, som merge skrev ut den.", "The key, as merge printed it."),
            valueName: "fingerprint"))
    var key: String

    func perform() throws -> Answer {
        let unit = try common.writing("unit accept", keys: keys.access)
        let device = try unit.accept(bundle, fingerprint: key)
        let next =
            unit.isCentral
            ? say(
                "Skicka ut till enheten, så får den veta det och kan kryptera. Läs sedan in dess nästa paket.",
                "Export to the unit, so that it learns of it and can encrypt. Then merge its next bundle."
            ) : say("Läs in paketet nu.", "Merge the bundle now.")
        return Answer(
            text: say("[KLAR] Insläppt. \(next)\n", "[DONE] Let in. \(next)\n") + device.lines,
            json: DeviceJSON(device))
    }
}

struct UnitRevoke: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Spärra en dator: det den skriver efter en viss skrivning räknas inte.",
            "Shut a computer out: what it writes after a certain write does not count.",
            example: "sluss unit revoke OMS-SB-04 --after 812", name: "revoke")
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var keys: KeyOptions

    @Argument(help: ArgumentHelp(say("Enhetskod.", "Unit code."), valueName: "code"))
    var code: String

    @Option(
        help: ArgumentHelp(
            say(
                "Den sista skrivningen som räknas, eller det sista paketet; annars räknas allt som finns här.",
                "The last write that counts, or the last bundle; else all that is here does."),
            valueName: "n|bundle"))
    var after: String?

    @Option(
        help: ArgumentHelp(
            say(
                "Vilken logg --after menar, om datorn har flera.",
                "Which log --after means, if the computer has several."), valueName: "log"))
    var log: String?

    @Option(
        help: ArgumentHelp(
            say("Vilken dator, om enheten har flera.", "Which computer, if the unit has several."),
            valueName: "fingerprint"))
    var key: String?

    func perform() throws -> Answer {
        let report = try common.writing("unit revoke", keys: keys.access)
            .revoke(
                typedUnit(code), fingerprint: key,
                after: after.map { UInt64($0).map { .write($0) } ?? .bundle($0) } ?? .here,
                log: log)
        var text = say("[KLAR] Spärrad.\n", "[DONE] Shut out.\n") + report.device.lines
        for log in report.after.prefix(20) {
            text += say(
                "   Loggen \(log.replica) räknas till och med skrivning \(log.count).\n",
                "   The log \(log.replica) counts up to write \(log.count).\n")
        }
        if report.after.count > 20 {
            text += say(
                "   … och \(report.after.count - 20) till.\n",
                "   … and \(report.after.count - 20) more.\n")
        }
        if report.dropped > 0 {
            let writes = count(
                report.dropped, Phrase("skrivning räknas", "write"),
                Phrase("skrivningar räknas", "writes"))
            text += say(
                "   \(writes) inte längre. De är kvar i loggen; ”sluss check” visar dem.\n",
                "   \(writes) no longer count. They are kept in the log; “sluss check” shows them.\n"
            )
        }
        text += say(
            "Skicka ut till enheten, så får dess andra datorer veta det.\n",
            "Export to the unit, so that its other computers learn of it.\n")
        return Answer(
            text: text,
            json: RevocationJSON(
                device: DeviceJSON(report.device),
                after: report.after.map { .init(log: $0.replica.description, count: $0.count) },
                dropped: report.dropped))
    }
}

private struct RevocationJSON: Encodable {
    let device: DeviceJSON
    struct Log: Encodable {
        let log: String
        let count: UInt64
    }

    let after: [Log]
    let dropped: Int
}

/// A device in JSON.
struct DeviceJSON: Encodable {
    let unit: String
    let name: String
    let machine: String
    let central: Bool
    let standing: String
    @OrNull var key: String?
    @OrNull var words: String?
    @OrNull var day: String?

    init(_ device: DeviceView) {
        unit = device.unit.description
        name = device.name
        machine = device.machine
        central = device.isCentral
        standing = device.standing.rawValue
        key = device.key?.fingerprint
        words = device.key?.words
        day = device.day?.description
    }
}

extension DeviceView {
    /// The device in a line, and its key in another.
    fileprivate var lines: String {
        let mark =
            switch standing {
            case .invited: say("[INBJUDEN]", "[INVITED]")
            case .accepted: say("[INSLÄPPT]", "[LET IN]")
            case .revoked: say("[SPÄRRAD]", "[SHUT OUT]")
            }
        let when =
            switch (standing, day) {
            case (.invited, let day?): say("inbjuden \(day)", "invited \(day)")
            case (_, let day?): say("senaste paket \(day)", "last bundle \(day)")
            case (_, nil): say("inget paket än", "no bundle yet")
            }
        let role = isCentral ? say(" – centralen", " – the central") : ""
        let first = "\(mark) \(unit)\(machine) \(DisplayText.line(name))\(role), \(when)\n"
        guard let key else { return first }
        return first + "   \(key.words)\n   \(key.fingerprint)\n"
    }
}
