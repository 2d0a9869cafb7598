import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct UnitRegisterCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        help(
            "Enhetsregistret: nämnd, förvaltning, antal medarbetare, ersatt av.",
            "The units register: board, administration, headcount, replaced by.",
            example: "sluss unit register list",
            more: Phrase(
                "Skrivs på centralen och följer med paketen till alla. En hel lista: sluss import FIL.csv --kind unit",
                "Written at the central, and goes to everyone with the bundles. A whole list: sluss import FILE.csv --kind unit"
            ),
            subcommands: [
                UnitRegisterList.self, UnitRegisterShow.self, UnitRegisterSet.self,
            ], name: "register")
    }
}

struct UnitRegisterList: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Visa registret, i kodordning.", "Show the register, in the order of codes.",
            example: "sluss unit register list --format csv", name: "list")
    }

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("table, csv, json", valueName: "format"))
    var format: String = "table"

    func perform() throws -> Answer {
        guard let format = ListFormat(rawValue: format) else {
            let names = ListFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw InputError.unknownChoice(
                Phrase("format", "format"), choices: Phrase(names, names))
        }
        let rows = try common.reading().register().rows.values.sorted { $0.code < $1.code }
        let json = rows.map { RegisterJSON($0) }
        let years = Set(rows.flatMap(\.headcount.keys)).sorted()
        let text =
            switch format {
            case .json: try Self.encoded(json)
            case .csv: Self.table(rows, years).csv
            case .table:
                rows.isEmpty
                    ? say("Registret är tomt.\n", "The register is empty.\n")
                    : Self.table(rows, Array(years.suffix(1))).text
            }
        return Answer(text: text, json: json)
    }

    /// Headings that `sluss import --kind unit` reads.
    private static func table(_ rows: [RegisterRow], _ years: [Int]) -> Table {
        let headings = [
            say("kod", "code"), say("namn", "name"), say("nämnd", "board"),
            say("förvaltning", "administration"), say("verksamhet", "service area"),
            say("chef", "manager"), say("giltig från", "valid from"),
            say("giltig till", "valid to"), say("ersatt av", "replaced by"),
            say("förstaenhet", "first unit"), say("extern nyckel", "external key"),
        ]
        let counts = years.map { say("antal medarbetare \($0)", "headcount \($0)") }
        return Table(
            headings: headings + counts,
            rows: rows.map { row in
                [
                    row.code.description, row.name, row.board ?? "", row.administration ?? "",
                    row.serviceArea ?? "", row.manager ?? "", row.validFrom?.description ?? "",
                    row.validTo?.description ?? "", row.replacedBy?.description ?? "",
                    row.isFirstUnit ? say("ja", "yes") : "", row.externalKey ?? "",
                ] + years.map { row.headcount[$0].map(String.init) ?? "" }
            })
    }
}

struct UnitRegisterShow: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Visa en enhets rad.", "Show a unit's row.",
            example: "sluss unit register show OMS-SB-04", name: "show")
    }

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp(say("Enhetskod.", "Unit code."), valueName: "code"))
    var code: String

    func perform() throws -> Answer {
        let code = try typedUnit(code)
        let unit = try common.reading()
        let register = try unit.register()
        guard let row = register[code] else { throw InputError.notInRegister(code.description) }
        return Answer(
            text: row.lines(register, common.day),
            json: RegisterJSON(row, current: register.current(code, on: common.day)))
    }
}

struct UnitRegisterSet: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Skriv i en enhets rad, eller lägg till den.", "Write in a unit's row, or add it.",
            example:
                "sluss unit register set OMS-SB-04 --name Äppelvreten --board Omsorgsnämnden --headcount 2026=58",
            more: Phrase(
                "Det som inte anges står kvar; en tom text (\"\") tar bort.",
                "What is not given stays; an empty text (\"\") clears."), name: "set")
    }

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp(say("Enhetskod.", "Unit code."), valueName: "code"))
    var code: String

    @Option(help: ArgumentHelp(say("Namn.", "Name."), valueName: "name"))
    var name: String?
    @Option(help: ArgumentHelp(say("Giltig från.", "Valid from."), valueName: "day"))
    var from: String?
    @Option(help: ArgumentHelp(say("Giltig till.", "Valid to."), valueName: "day"))
    var to: String?
    @Option(help: ArgumentHelp(say("Ersatt av enheten.", "Replaced by unit."), valueName: "code"))
    var replacedBy: String?
    @Option(help: ArgumentHelp(say("Nämnd.", "Board."), valueName: "board"))
    var board: String?
    @Option(help: ArgumentHelp(say("Förvaltning.", "Administration."), valueName: "name"))
    var administration: String?
    @Option(help: ArgumentHelp(say("Verksamhet.", "Service area."), valueName: "name"))
    var serviceArea: String?
    @Option(help: ArgumentHelp(say("Chefens roll.", "The manager's role."), valueName: "role"))
    var manager: String?
    @Option(
        help: ArgumentHelp(
            say("Antal medarbetare ett år; kan upprepas.", "Headcount of a year; repeatable."),
            valueName: "year=n"))
    var headcount: [String] = []
    @Option(
        help: ArgumentHelp(
            say("Förstaenhet: ja, nej.", "First unit: yes, no."), valueName: "yes|no"))
    var firstUnit: String?
    @Option(
        help: ArgumentHelp(
            say("Nyckel i ett annat system, t.ex. ansvarskod.", "Key in another system."),
            valueName: "key"))
    var externalKey: String?

    func perform() throws -> Answer {
        var edit = RegisterEdit()
        edit.values = [
            .name: name, .validFrom: from, .validTo: to, .replacedBy: replacedBy, .board: board,
            .administration: administration, .serviceArea: serviceArea, .manager: manager,
            .firstUnit: firstUnit, .externalKey: externalKey,
        ].compactMapValues { $0 }
        for entry in headcount {
            let parts = entry.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, let year = Int(parts[0]), let count = Int(parts[1]) else {
                throw InputError.malformed(
                    Phrase("antal medarbetare", "the headcount"), example: "2026=58")
            }
            edit.headcount[year] = count
        }
        let unit = try common.writing("unit register set")
        let (row, isChanged) = try unit.setRegister(typedUnit(code), edit)
        let register = try unit.register()
        let mark =
            isChanged
            ? say("[KLAR] Sparat i registret.\n", "[DONE] Saved in the register.\n")
            : say("[KLAR] Det stod redan så.\n", "[DONE] It said so already.\n")
        return Answer(
            text: mark + row.lines(register, common.day),
            json: RegisterJSON(row, current: register.current(row.code, on: common.day)))
    }
}

/// A row of the units register, in JSON.
struct RegisterJSON: Encodable {
    let code: String
    let name: String
    @OrNull var validFrom: String?
    @OrNull var validTo: String?
    @OrNull var replacedBy: String?
    @OrNull var board: String?
    @OrNull var administration: String?
    @OrNull var serviceArea: String?
    @OrNull var manager: String?
    let headcount: [String: Int]
    let firstUnit: Bool
    @OrNull var externalKey: String?
    @OrNull var countedUnder: String?

    init(_ row: RegisterRow, current: UnitCode? = nil) {
        code = row.code.description
        name = row.name
        validFrom = row.validFrom?.description
        validTo = row.validTo?.description
        replacedBy = row.replacedBy?.description
        board = row.board
        administration = row.administration
        serviceArea = row.serviceArea
        manager = row.manager
        headcount = Dictionary(
            uniqueKeysWithValues: row.headcount.map { (String($0.key), $0.value) })
        firstUnit = row.isFirstUnit
        externalKey = row.externalKey
        countedUnder = current?.description
    }
}

extension RegisterRow {
    /// The row, a line for each thing that it says.
    fileprivate func lines(_ register: UnitRegister, _ day: Day) -> String {
        var text = "\(code) \(DisplayText.line(name))\n"
        let facts: [(String, String?)] = [
            (say("Nämnd", "Board"), board),
            (say("Förvaltning", "Administration"), administration),
            (say("Verksamhet", "Service area"), serviceArea),
            (say("Chef", "Manager"), manager),
            (say("Giltig från", "Valid from"), validFrom?.description),
            (say("Giltig till", "Valid to"), validTo?.description),
            (say("Ersatt av", "Replaced by"), replacedBy?.description),
            (say("Extern nyckel", "External key"), externalKey),
            (say("Förstaenhet", "First unit"), isFirstUnit ? say("ja", "yes") : nil),
        ]
        for (name, value) in facts {
            if let value { text += "   \(name): \(DisplayText.line(value))\n" }
        }
        for (year, count) in headcount.sorted(by: { $0.key < $1.key }) {
            text += say("   Medarbetare \(year): \(count)\n", "   Employees \(year): \(count)\n")
        }
        let current = register.current(code, on: day)
        if current != code {
            text += say("   Räknas under: \(current)\n", "   Counted under: \(current)\n")
        }
        return text
    }
}
