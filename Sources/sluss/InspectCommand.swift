import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct InspectCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Visa vad ett paket har, och om det skulle gå att läsa in här.",
            "Show what a bundle holds, and whether it would merge here.",
            example: "sluss inspect oms-sb-04-0014.sluss", name: "inspect")
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var keys: KeyOptions

    @Argument(help: ArgumentHelp(say("Paketet.", "The bundle."), valueName: "bundle"))
    var bundle: String

    func perform() throws -> Answer {
        let inspection = try OpenUnit.inspect(
            bundle, store: common.folder, keys: keys.access)
        let wouldMerge = try self.wouldMerge()
        return Answer(
            text: inspection.page(wouldMerge: wouldMerge),
            json: InspectionJSON(inspection, wouldMerge: wouldMerge))
    }

    /// What merging would give; `nil` if there is no store here, or if it cannot be written to.
    private func wouldMerge() throws -> String? {
        guard let unit = try? common.writing("inspect", keys: keys.access),
            let report = try unit.merge([bundle], isPlan: true).bundles.first
        else { return nil }
        switch report.outcome {
        case .merged: return "merged"
        case .nothingNew: return "nothingNew"
        case .refused(let error): return Explanation(of: error).code
        }
    }
}

struct VerifyCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Läs ett paket från början till slut och kontrollera varje kontrollsumma.",
            "Read a bundle from end to end and check every checksum.",
            example: "sluss verify oms-sb-04-0014.sluss", name: "verify")
    }

    @OptionGroup var common: CommonOptions
    @OptionGroup var keys: KeyOptions

    @Argument(help: ArgumentHelp(say("Paketet.", "The bundle."), valueName: "bundle"))
    var bundle: String

    func perform() throws -> Answer {
        let summary = try OpenUnit.inspect(
            bundle, store: common.folder, keys: keys.access
        ).summary
        let standing = (try? common.reading().devices())?
            .first { $0.key == summary.signer }?.standing
        let signer =
            switch standing {
            case nil, .invited?: say("inte känd här", "not known here")
            case .accepted?: say("insläppt", "let in")
            case .revoked?: say("spärrad", "shut out")
            }
        var text = say(
            "[KLAR] Paketet är helt: \(inWrites(summary.writes)) från \(summary.unit). Underskriften stämmer; datorn är \(signer): \(summary.signer.fingerprint)\n",
            "[DONE] The bundle is whole: \(inWrites(summary.writes)) from \(summary.unit). The signature is right; the computer is \(signer): \(summary.signer.fingerprint)\n"
        )
        if !summary.isEncrypted {
            text += say("OBS: paketet är inte krypterat.\n", "NOTE: the bundle is not encrypted.\n")
        }
        return Answer(
            text: text,
            json: VerifyJSON(
                ok: true, digest: summary.digest.description, signed: true,
                signer: summary.signer.fingerprint, standing: standing?.rawValue ?? "unknown",
                encrypted: summary.isEncrypted, writes: summary.writes))
    }
}

private struct VerifyJSON: Encodable {
    let ok: Bool
    let digest: String
    let signed: Bool
    let signer: String
    let standing: String
    let encrypted: Bool
    let writes: UInt64
}

extension Inspection {
    /// The bundle as a page of text.
    func page(wouldMerge: String?) -> String {
        var lines = [
            "\(summary.fileName)",
            say("Från", "From")
                + ": \(DisplayText.line(summary.name)) (\(summary.unit)\(summary.machine))",
            say("Till", "To") + ": \(summary.receiver)",
            say("Slag", "Kind") + ": \(summary.kind), " + say("nummer", "number")
                + " \(summary.number), format \(summary.format)"
                + (summary.isEncrypted ? "" : say(", inte krypterat", ", not encrypted")),
            say("Underskrivet av", "Signed by") + ": \(summary.signer.words)",
            "  \(summary.signer.fingerprint)",
            say("Innehåll", "Contents") + ": "
                + "\(inWrites(summary.writes)), \(inRecords(summary.records))",
        ]
        for log in summary.logs {
            lines.append(
                "  \(log.replica)  \(log.owner)  \(DisplayText.line(log.audience))  \(log.from)–\(log.to)"
            )
        }
        lines.append(say("Kontrollsumma", "Digest") + ": \(summary.digest)")
        switch wouldMerge {
        case nil: break
        case "merged":
            lines.append(say("Skulle gå att läsa in här.", "Would merge here."))
        case "nothingNew":
            lines.append(say("Allt finns redan här.", "All of it is here already."))
        case let code?:
            lines.append(
                say(
                    "Skulle inte läsas in här (\(code)). Pröva: sluss merge --dry-run",
                    "Would be refused here (\(code)). Try: sluss merge --dry-run"))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// A bundle's manifest in JSON, with whether it would merge.
struct InspectionJSON: Encodable {
    struct Sender: Encodable {
        let unit: String
        let name: String
        let machine: String
        let store: String
        let central: Bool
        let computer: String
    }

    struct Head: Encodable {
        let count: UInt64
        let digest: String
    }

    struct Log: Encodable {
        let replica: String
        @OrNull var branchOf: String?
        let audience: String
        let owner: String
        let from: UInt64
        let to: UInt64
    }

    let digest: String
    let format: Int64
    @OrNull var network: String?
    let signer: String
    let encrypted: Bool
    let kind: String
    let number: UInt64
    @OrNull var previous: String?
    let sender: Sender
    let receiver: String
    let logs: [Log]
    let writes: UInt64
    let records: UInt64
    let writesByKind: [String: Int]
    let acknowledged: [String: Head]
    let producer: String
    @OrNull var wouldMerge: String?

    init(_ inspection: Inspection, wouldMerge: String?) {
        let summary = inspection.summary
        digest = summary.digest.description
        format = summary.format
        network = summary.network?.description
        signer = summary.signer.fingerprint
        encrypted = summary.isEncrypted
        kind = summary.kind
        number = summary.number
        previous = summary.previous?.description
        sender = Sender(
            unit: summary.unit.description, name: summary.name, machine: summary.machine,
            store: summary.store.description, central: summary.isFromCentral,
            computer: summary.computer)
        receiver = summary.receiver
        logs = summary.logs.map {
            Log(
                replica: $0.replica.description,
                branchOf: $0.root == $0.replica ? nil : $0.root.description,
                audience: $0.audience,
                owner: $0.owner.description, from: $0.from, to: $0.to)
        }
        writes = summary.writes
        records = summary.records
        writesByKind = inspection.writes
        acknowledged = Dictionary(
            uniqueKeysWithValues: summary.acknowledged.entries.map {
                (
                    $0.replica.description,
                    Head(count: $0.head.count, digest: $0.head.digest.description)
                )
            })
        producer = summary.producer
        self.wouldMerge = wouldMerge
    }
}
