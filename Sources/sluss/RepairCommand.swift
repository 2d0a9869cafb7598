import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct RepairCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Bygg ett nytt lager av det som går att läsa av ett skadat.",
            "Build a new store from what can be read of a damaged one.",
            example: "sluss repair --output /home/sluss/lager-nytt",
            more: Phrase(
                "Lagret självt ändras aldrig. Allt härlett räknas om från loggen; av en skadad logg sparas allt fram till den första raden som inte stämmer.",
                "The store itself is never changed. All that is derived is derived anew from the log; of a damaged log, all up to the first bad line is saved."
            ), name: "repair")
    }

    @OptionGroup var common: CommonOptions

    @Option(
        help: ArgumentHelp(
            say(
                "Mappen för det nya lagret; den får inte finnas. Annars bredvid lagret.",
                "The folder for the new store; it must not be there. Else beside the store."),
            valueName: "dir"))
    var output: String?

    func perform() throws -> Answer {
        var repair = Repair(common.folder, today: common.day, progress: showProgress)
        let report = try repair.run(output: output)
        return Answer(
            text: text(report), json: RepairJSON(report), status: report.isWhole ? .done : .look)
    }

    private func text(_ report: RepairReport) -> String {
        let (new, old) = (DisplayText.line(report.path), DisplayText.line(common.folder))
        let saved = inWrites(report.saved)
        var lines: [String] = []
        if report.isWhole {
            lines.append(
                say(
                    "[KLAR] Allt är sparat: \(saved). Allt härlett är omräknat från loggen.",
                    "[DONE] All was saved: \(saved). All that is derived was derived anew from the log."
                ))
        } else {
            lines.append(
                say(
                    "[TITTA] \(saved) sparade, \(inWrites(report.lost)) förlorade.",
                    "[LOOK] \(saved) saved, \(inWrites(report.lost)) lost."))
        }
        for log in report.logs {
            lines.append(
                say(
                    "   Loggen \(log.replica) från \(log.unit)\(log.machine): \(inWrites(log.saved)) sparade, \(inWrites(log.lost)) förlorade.",
                    "   The log \(log.replica) of \(log.unit)\(log.machine): \(inWrites(log.saved)) saved, \(inWrites(log.lost)) lost."
                ))
        }
        if !report.lostFacts.isEmpty {
            let names = report.lostFacts.joined(separator: ", ")
            lines.append(
                say(
                    "   Uppgifter om paket och datorer gick inte alla att läsa: \(names).",
                    "   Not all facts about bundles and computers could be read: \(names)."))
        }
        lines.append("       \(new)")
        lines.append(
            say(
                "Lagret är orört. Byt plats på mapparna när inget annat använder lagret: döp om \(old), och ge \(new) dess namn. Skicka sedan ut och läs in nästa svar.",
                "The store is untouched. Change the folders' places while nothing else uses the store: rename \(old), and give \(new) its name. Then export, and merge the next answer."
            ))
        if report.lost > 0 {
            lines.append(
                say(
                    "Det som förlorats och är utskickat kommer tillbaka med svaret. Har en säkerhetskopia mer, återställ den i stället: sluss restore",
                    "What was lost and had been exported comes back with the answer. If a backup has more, restore that instead: sluss restore"
                ))
        }
        return lines.map { $0 + "\n" }.joined()
    }
}

private struct RepairJSON: Encodable {
    struct Log: Encodable {
        let replica: String
        let unit: String
        let machine: String
        let own: Bool
        let saved: UInt64
        let lost: UInt64
    }

    let store: String
    let saved: UInt64
    let lost: UInt64
    let logs: [Log]
    let lostFacts: [String]
    let stateDigest: String

    init(_ report: RepairReport) {
        store = report.path
        saved = report.saved
        lost = report.lost
        lostFacts = report.lostFacts
        stateDigest = report.state.description
        logs = report.logs.map {
            Log(
                replica: $0.replica.description, unit: $0.unit.description, machine: $0.machine,
                own: $0.isOwn, saved: $0.saved, lost: $0.lost)
        }
    }
}
