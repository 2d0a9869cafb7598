import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct BackupCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Ta en säkerhetskopia av allt i lagret, och prova att den går att återställa.",
            "Make a backup of everything in the store, and prove that it can be restored.",
            example: "sluss backup --output /media/stick --keep daily=7,weekly=4,monthly=12",
            more: Phrase(
                "Kopian har allt, också utkast. Den öppnas med lagrets, centralens och nätets återställningsnyckel, eller med en lösenfras. Nycklarna själva är inte med. Status 0: kopian är läst tillbaka och återställd på prov.",
                "The backup holds everything, drafts too. It opens with the store's, the central's and the network's recovery key, or with a passphrase. The keys themselves are not in it. Status 0: it was read back, and restored for a test."
            ), name: "backup")
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var keys: KeyOptions

    @Option(
        help: ArgumentHelp(
            say("Mapp eller filnamn.", "Folder or file name."), valueName: "path"))
    var output: String

    @Flag(
        help: ArgumentHelp(
            say(
                "Kryptera med en lösenfras i stället för med nycklar.",
                "Encrypt with a passphrase instead of with keys.")))
    var passphrase = false

    @Flag(
        help: ArgumentHelp(
            say(
                "Okrypterat, om nätet tillåter det. Den som hittar stickan kan läsa allt.",
                "Not encrypted, if the network allows that. Whoever finds the stick can read it all."
            )))
    var plain = false

    @Option(
        help: ArgumentHelp(
            say(
                "Hur många dagars, veckors och månaders kopior som ska vara kvar i mappen; de äldre tas bort.",
                "Of how many days, weeks and months backups stay in the folder; older ones are removed."
            ), valueName: "daily=7,weekly=4,monthly=12"))
    var keep: String?

    @Flag(
        help: ArgumentHelp(
            say("Visa vad som skulle hända.", "Show what would happen.")))
    var dryRun = false

    func validate() throws {
        if passphrase, plain {
            throw ValidationError(
                say(
                    "Välj ett av --passphrase och --plain.",
                    "Choose one of --passphrase and --plain."
                ))
        }
    }

    func perform() throws -> Answer {
        let rule = try keep.map { text in
            guard let rule = RetentionRule(text) else {
                throw InputError.malformed(
                    Phrase("vad som ska vara kvar", "what to keep"),
                    example: "daily=7,weekly=4,monthly=12")
            }
            return rule
        }
        let unit = try common.writing("backup", keys: keys.access)
        let protection: Protection =
            passphrase && !dryRun ? try unit.backupProtection() : plain ? .plain : .recipients
        let report = try unit.backup(
            output: output, protection: protection, keeping: rule, isPlan: dryRun,
            progress: showProgress)
        return Answer(
            text: text(report), json: BackupJSON(report),
            status: report.notRemoved.isEmpty ? .done : .look)
    }

    private func text(_ report: BackupReport) -> String {
        let summary = report.summary
        let path = DisplayText.line(report.path)
        let contents = "\(inWrites(summary.writes)), \(inRecords(summary.records))"
        var lines: [String] = []
        if report.isPlan {
            lines.append(
                say(
                    "[FÖRHANDSVISNING] Inget har ändrats.", "[PREVIEW] Nothing was changed."))
            lines.append(
                say(
                    "Säkerhetskopia \(summary.number) skulle ha \(contents).",
                    "Backup \(summary.number) would hold \(contents)."))
        } else {
            let again = report.isRepeat ? say(" (fanns redan)", " (was there already)") : ""
            lines.append(
                say(
                    "[KLAR] Säkerhetskopia \(summary.number)\(again): \(contents). Läst tillbaka och återställd på prov. Den har allt i lagret, också utkast: förvara den som lagret självt.",
                    "[DONE] Backup \(summary.number)\(again): \(contents). Read back, and restored for a test. It holds everything in the store, drafts too: keep it as safe as the store."
                ))
        }
        lines.append("       \(path)")
        for name in report.removed.map(DisplayText.line) {
            lines.append(
                report.isPlan
                    ? say("Skulle tas bort: \(name)", "Would be removed: \(name)")
                    : say("Borttagen: \(name)", "Removed: \(name)"))
        }
        for name in report.notRemoved.map(DisplayText.line) {
            lines.append(
                say(
                    "[TITTA] Gick inte att ta bort: \(name)", "[LOOK] Could not be removed: \(name)"
                ))
        }
        if !summary.isEncrypted {
            lines.append(
                say(
                    "OBS: öppet, inte krypterat. Den som hittar filen kan läsa den.",
                    "NOTE: plain, not encrypted. Whoever finds the file can read it."))
        }
        return lines.map { $0 + "\n" }.joined()
    }
}

/// Says on a terminal what long work is doing.
func showProgress(_ phrase: Phrase) { StandardOutput.writeProgress(phrase.said + "\n") }

private struct BackupJSON: Encodable {
    let plan: Bool
    let file: String
    let number: UInt64
    let digest: String
    let stateDigest: String
    let writes: UInt64
    let records: UInt64
    let encrypted: Bool
    let repeated: Bool
    let removed: [String]
    let notRemoved: [String]

    init(_ report: BackupReport) {
        plan = report.isPlan
        file = report.path
        number = report.summary.number
        digest = report.summary.digest.description
        stateDigest = report.state.description
        writes = report.summary.writes
        records = report.summary.records
        encrypted = report.summary.isEncrypted
        repeated = report.isRepeat
        removed = report.removed
        notRemoved = report.notRemoved
    }
}
