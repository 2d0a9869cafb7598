import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct RestoreCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Återställ ett lager ur en säkerhetskopia.", "Restore a store from a backup.",
            example:
                "sluss restore /media/stick/oms-sb-04-backup-0003-2026-03-09.sluss --into ~/.local/share/sluss",
            more: Phrase(
                "Ett lager som redan ligger där flyttas undan, det skrivs aldrig över. Det återställda får ett nytt internt namn, så att inget nummer ges två gånger. Se först vad som skulle hända med --dry-run.",
                "A store that is there already is moved aside, never written over. The restored one gets a new internal name, so that no number is given twice. Look first with --dry-run."
            ), name: "restore")
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var keys: KeyOptions

    @Argument(
        help: ArgumentHelp(say("Säkerhetskopian.", "The backup."), valueName: "bundle"),
        completion: .file(extensions: ["sluss"]))
    var bundle: String

    @Option(
        help: ArgumentHelp(
            say("Mappen som lagret ska ligga i.", "The folder that the store shall be in."),
            valueName: "dir"))
    var into: String

    @Flag(
        help: ArgumentHelp(
            say("Visa vad som skulle hända.", "Show what would happen.")))
    var dryRun = false

    func perform() throws -> Answer {
        var restore = Restore(
            bundle, today: common.day, on: .thisComputer, keys: keys.access,
            progress: showProgress)
        let report = try restore.run(into: into, isPlan: dryRun)
        return Answer(
            text: report.page, json: RestoreJSON(report), status: report.wantsLook ? .look : .done)
    }
}

extension RestoreReport {
    /// The report as a page of text.
    fileprivate var page: String {
        let place = DisplayText.line(path)
        let name = "\(DisplayText.line(summary.name)) (\(summary.unit)\(summary.machine))"
        let contents = "\(inWrites(summary.writes)), \(inRecords(summary.records))"
        var lines: [String] = []
        if isPlan {
            lines.append(
                say("[FÖRHANDSVISNING] Inget har ändrats.", "[PREVIEW] Nothing was changed."))
        }
        lines += differenceLines
        lines.append(
            isPlan
                ? say(
                    "Säkerhetskopia \(summary.number) av \(name) går att återställa: \(contents).",
                    "Backup \(summary.number) of \(name) can be restored: \(contents).")
                : say(
                    "[KLAR] \(name) är återställd ur säkerhetskopia \(summary.number): \(contents).",
                    "[DONE] \(name) was restored from backup \(summary.number): \(contents)."))
        lines.append("       \(place)")
        lines.append(
            say(
                "Kopian är signerad av \(summary.signer.words).",
                "The backup is signed by \(summary.signer.words)."))
        if let former = former.map(DisplayText.line) {
            lines.append(
                say(
                    "Det som låg där är flyttat till \(former). Ta bort det först när allt är på plats.",
                    "What was there was moved to \(former). Remove it only when all is in place."))
        }
        return (lines + keyLines + nextLines).map { $0 + "\n" }.joined()
    }

    private var differenceLines: [String] {
        guard hadStore else { return [] }
        guard let lost, let gained else {
            return wasUnreadable
                ? [
                    say(
                        "[TITTA] Lagret som ligger där går inte att läsa, så det går inte att säga vad kopian saknar av det.",
                        "[LOOK] The store that is there cannot be read, so nobody can say what the backup lacks of it."
                    )
                ] : []
        }
        var lines: [String] = []
        if lost.writes > 0 {
            lines.append(
                say(
                    "[TITTA] Lagret som ligger där har \(inWrites(lost.writes)) i \(inRecords(UInt64(lost.records))) som kopian saknar:",
                    "[LOOK] The store that is there has \(inWrites(lost.writes)) in \(inRecords(UInt64(lost.records))) that the backup lacks:"
                ))
            lines += lost.logs.map { "   \($0.unit)\($0.machine): \(inWrites($0.writes))" }
        } else {
            lines.append(
                say(
                    "Kopian har allt som lagret har som ligger där.",
                    "The backup has all that the store has that is there."))
        }
        if gained.writes > 0 {
            lines.append(
                say(
                    "Kopian har \(inWrites(gained.writes)) som det lagret saknar.",
                    "The backup has \(inWrites(gained.writes)) that that store lacks."))
        }
        return lines
    }

    private var keyLines: [String] {
        guard hasNewKeys else { return [] }
        guard !summary.isFromCentral else {
            return [
                say(
                    "Datorn har fått nya nycklar, och nätets rotnyckel har släppt in den.",
                    "The computer has new keys, and the network's root key has let it in.")
            ]
        }
        let unit = "\(summary.unit)"
        let fingerprint = device?.fingerprint ?? ""
        let former = summary.signer.fingerprint
        return [
            say(
                "[TITTA] Nycklarna fanns inte, så datorn har fått nya. Centralen måste släppa in den. Gör så här:",
                "[LOOK] The keys were not there, so the computer has new ones. The central must let it in. Do this:"
            ),
            say(
                "   1. Centralen: sluss merge (säkerhetskopian), sedan sluss unit revoke \(unit) --key \(former)",
                "   1. The central: sluss merge (the backup), then sluss unit revoke \(unit) --key \(former)"
            ),
            say(
                "   2. Här: sluss export --output STICKA", "   2. Here: sluss export --output STICK"
            ),
            say(
                "   3. Centralen: sluss unit accept PAKET --key \(fingerprint)",
                "   3. The central: sluss unit accept BUNDLE --key \(fingerprint)"),
        ]
    }

    private var nextLines: [String] {
        guard !isPlan, !summary.isFromCentral else { return [] }
        return [
            say(
                "Skicka ut till centralen och läs in nästa svar därifrån innan någon skriver nytt: då kommer det som skrivits efter kopian tillbaka.",
                "Export to the central and merge its next answer before anybody writes anew: then what was written after the backup comes back."
            )
        ]
    }
}

private struct RestoreJSON: Encodable {
    struct DifferenceJSON: Encodable {
        struct Log: Encodable {
            let replica: String
            let unit: String
            let machine: String
            let writes: UInt64
        }

        let writes: UInt64
        let records: Int
        let logs: [Log]

        init(_ difference: StoreDifference) {
            writes = difference.writes
            records = difference.records
            logs = difference.logs.map {
                Log(
                    replica: $0.replica.description, unit: $0.unit.description,
                    machine: $0.machine, writes: $0.writes)
            }
        }
    }

    let plan: Bool
    let store: String
    let unit: String
    let machine: String
    let central: Bool
    let number: UInt64
    let digest: String
    let signer: String
    @OrNull var network: String?
    @OrNull var stateDigest: String?
    let writes: UInt64
    let records: UInt64
    let hadStore: Bool
    @OrNull var former: String?
    @OrNull var lost: DifferenceJSON?
    @OrNull var gained: DifferenceJSON?
    @OrNull var device: String?
    let newKeys: Bool

    init(_ report: RestoreReport) {
        plan = report.isPlan
        store = report.path
        unit = report.summary.unit.description
        machine = report.summary.machine
        central = report.summary.isFromCentral
        number = report.summary.number
        digest = report.summary.digest.description
        signer = report.summary.signer.fingerprint
        network = report.network?.fingerprint
        stateDigest = report.state?.description
        writes = report.summary.writes
        records = report.summary.records
        hadStore = report.hadStore
        former = report.former
        lost = report.lost.map { DifferenceJSON($0) }
        gained = report.gained.map { DifferenceJSON($0) }
        device = report.device?.fingerprint
        newKeys = report.hasNewKeys
    }
}
