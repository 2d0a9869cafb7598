import ArgumentParser
import SlussCore
import SlussDomain
import SlussSync

struct InitCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Gör ett lager för en enhet, eller för centralen.",
            "Make a store for a unit, or for the central.",
            example: "sluss init --unit OMS-SB-04 --name \"Äppelvretens vårdboende\"",
            name: "init")
    }

    @OptionGroup var common: CommonOptions

    @Option(
        help: ArgumentHelp(
            say("Enhetskod ur kommunens register.", "Unit code of the municipality's register."),
            valueName: "code"))
    var unit: String

    @Option(help: ArgumentHelp(say("Enhetens namn.", "The unit's name."), valueName: "name"))
    var name: String

    @Option(
        help: ArgumentHelp(
            say(
                "Maskinens bokstav, från enhetens andra dator: B, C …",
                "The machine's letter, from the unit's second computer on: B, C …"),
            valueName: "letter"))
    var machine: String = ""

    @Flag(help: ArgumentHelp(say("Det här är centralen.", "This is the central.")))
    var central = false

    func perform() throws -> Answer {
        guard let code = UnitCode(unit.uppercased()) else {
            throw InputError.malformed(
                Phrase("enhetskoden", "the unit code"), example: "OMS-SB-04")
        }
        guard let letter = MachineLetter(machine.uppercased()) else {
            throw InputError.malformed(
                Phrase("maskinens bokstav", "the machine's letter"), example: "B")
        }
        try OpenUnit.create(
            in: common.folder, unit: code, name: name, machine: letter, isCentral: central,
            on: .thisComputer)
        return Answer(
            text: say(
                "[KLAR] Lagret för \(code) finns nu i \(DisplayText.line(common.folder)).\n",
                "[DONE] The store of \(code) is now in \(DisplayText.line(common.folder)).\n"),
            json: ["unit": code.description, "store": common.folder])
    }
}
