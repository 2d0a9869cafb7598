import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct ExportCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Skicka ut ett paket med det som mottagaren inte har bekräftat.",
            "Export a bundle of what the receiver has not confirmed.",
            example: "sluss export --output /media/stick",
            more: Phrase(
                "Vad paketet har följer av mottagarens senaste kvittens, så ett paket som kommer bort gör ingen skada: skicka ut igen.",
                "What the bundle holds follows from the receiver's last acknowledgement, so a lost bundle does no harm: export again."
            ), name: "export")
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var keys: KeyOptions

    @Option(
        help: ArgumentHelp(
            say(
                "Till vem: central, en enhetskod, eller all.",
                "To whom: central, a unit code, or all."),
            valueName: "receiver"))
    var to: String?

    @Option(
        help: ArgumentHelp(
            say("Mapp eller filnamn.", "Folder or file name."), valueName: "path"))
    var output: String = "."

    @Flag(
        help: ArgumentHelp(
            say(
                "Okrypterat, om nätet tillåter det. Den som hittar stickan kan läsa allt.",
                "Not encrypted, if the network allows that. Whoever finds the stick can read it all."
            )))
    var plain = false

    func perform() throws -> Answer {
        let unit = try common.writing("export", keys: keys.access)
        let protection: Protection = plain ? .plain : .recipients
        let receivers = try self.receivers(unit)
        var text = ""
        var rows: [ExportJSON] = []
        var status = ExitStatus.done
        for receiver in receivers {
            let outcome = try unit.export(
                to: receiver, output: output, protection: protection)
            text += Self.text(outcome, receiver)
            rows.append(ExportJSON(outcome, receiver))
            if case .written(let report) = outcome, report.personalNumbers.wantsLook {
                status = .look
            }
        }
        if receivers.isEmpty {
            text = say(
                "Ingen enhet är insläppt än, så det finns ingen att skicka till.\n",
                "No unit has been let in yet, so there is no one to export to.\n")
        }
        if plain, rows.contains(where: { $0.file != nil }) {
            text += say(
                "OBS: öppet, inte krypterat. Den som hittar filen kan läsa den.\n",
                "NOTE: plain, not encrypted. Whoever finds the file can read it.\n")
        }
        return Answer(text: text, json: rows, status: status)
    }

    private func receivers(_ unit: OpenUnit) throws -> [Receiver] {
        let to = to ?? (unit.isCentral ? "all" : "central")
        switch to.lowercased() {
        case "central": return [.central]
        case "all": return try unit.receivers()
        default:
            guard let code = UnitCode(to.uppercased()) else {
                throw InputError.malformed(
                    Phrase("mottagaren", "the receiver"), example: "OMS-SB-04")
            }
            return [.unit(code)]
        }
    }

    private static func text(_ outcome: ExportOutcome, _ receiver: Receiver) -> String {
        switch outcome {
        case .nothingNew(let number):
            let last = number.map(String.init) ?? "–"
            return say(
                "Inget nytt att skicka till \(receiver) sedan paket \(last).\n",
                "Nothing new to export to \(receiver) since bundle \(last).\n")
        case .written(let report):
            let summary = report.summary
            let again =
                report.isRepeat ? say(" (samma som förra gången)", " (the same as last time)") : ""
            let contents = "\(inWrites(summary.writes)), \(inRecords(summary.records))"
            return say(
                "[KLAR] Paket \(summary.number) till \(summary.receiver)\(again): \(contents). Läst tillbaka och kontrollerat.\n",
                "[DONE] Bundle \(summary.number) to \(summary.receiver)\(again): \(contents). Read back and verified.\n"
            ) + "       \(DisplayText.line(report.path))\n"
                + report.personalNumbers.lines(Speech.language).map { "   \($0)\n" }.joined()
        }
    }
}

/// A bundle that was made, in JSON.
struct ExportJSON: Encodable {
    let receiver: String
    let outcome: String
    @OrNull var file: String?
    @OrNull var number: UInt64?
    @OrNull var digest: String?
    let writes: UInt64
    let records: UInt64
    @OrNull var encrypted: Bool?
    let personalNumbers: [PersonalNumberJSON]
    @OrNull var border: BorderJSON?

    struct BorderJSON: Encodable {
        let from: String
        let to: String
    }

    init(_ outcome: ExportOutcome, _ receiver: Receiver) {
        switch outcome {
        case .nothingNew(let number):
            self.outcome = "nothingNew"
            self.receiver = receiver.description
            self.number = number
            (file, digest, writes, records) = (nil, nil, 0, 0)
            encrypted = nil
            personalNumbers = []
            border = nil
        case .written(let report):
            self.outcome = report.isRepeat ? "repeated" : "written"
            self.receiver = report.summary.receiver
            file = report.path
            number = report.summary.number
            digest = report.summary.digest.description
            writes = report.summary.writes
            records = report.summary.records
            encrypted = report.summary.isEncrypted
            personalNumbers = report.personalNumbers.json
            border = report.border.map { BorderJSON(from: $0.from, to: $0.to) }
        }
    }
}
