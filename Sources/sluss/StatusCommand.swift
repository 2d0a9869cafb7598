import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

struct StatusCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Visa hur det står till: vad som finns, vad som inte är lämnat, lägeskoden.",
            "Show how things stand: what is here, what is not handed over, the state code.",
            example: "sluss status", name: "status")
    }

    @OptionGroup var common: CommonOptions

    func perform() throws -> Answer {
        let status = try common.reading().status()
        // A courier that holds bundles back shows in nothing else (TUF, "indefinite freeze").
        let isLate = status.peers.contains(where: \.isOverdue)
        return Answer(
            text: status.page, json: StatusJSON(status), status: isLate ? .look : .done)
    }
}

struct CheckCommand: SlussCommand {
    static var configuration: CommandConfiguration {
        help(
            "Räkna om allt från loggen och jämför. Ändrar inget.",
            "Fold the whole log again and compare. Changes nothing.", example: "sluss check",
            name: "check")
    }

    @OptionGroup var common: CommonOptions

    func perform() throws -> Answer {
        let findings = try common.reading().check()
        let isDamaged = findings.contains { $0.level == .damaged }
        let text =
            findings.isEmpty
            ? say("[KLAR] Allt stämmer med loggen.\n", "[DONE] All is as the log says.\n")
            : findings.map { finding in
                let mark =
                    finding.level == .damaged
                    ? say("[SKADA]", "[DAMAGE]") : say("[TITTA]", "[LOOK]")
                return "\(mark) \(DisplayText.line(finding.text.said))\n"
            }.joined()
        return Answer(
            text: text,
            json: CheckJSON(
                ok: findings.isEmpty,
                findings: findings.map {
                    .init(code: $0.code, level: $0.level.rawValue, text: $0.text.said)
                }),
            status: isDamaged ? .damaged : findings.isEmpty ? .done : .look)
    }
}

private struct CheckJSON: Encodable {
    struct Finding: Encodable {
        let code: String
        let level: String
        let text: String
    }

    let ok: Bool
    let findings: [Finding]
}

extension StoreStatus {
    /// The status as a page of text.
    var page: String {
        let ideas = records["idea", default: 0]
        let meetings = records["meeting", default: 0]
        var lines = [
            "\(DisplayText.line(name)) (\(unit))"
                + (isCentral ? say(" – centralen", " – the central") : ""),
            [
                count(ideas, Phrase("idé", "idea"), Phrase("idéer", "ideas")),
                count(meetings, Phrase("anteckning", "note"), Phrase("anteckningar", "notes")),
                count(writes, Phrase("skrivning", "write"), Phrase("skrivningar", "writes")),
            ].joined(separator: ", "),
        ]
        lines += membershipLines
        if conflicts > 0 {
            lines.append(
                say(
                    "[OLIKA BESKED] \(conflicts) att avgöra: sluss conflicts list",
                    "[CONFLICTING ANSWERS] \(conflicts) to settle: sluss conflicts list"))
        }
        if holdsUnknown > 0 {
            lines.append(
                say(
                    "[KRÄVER NYARE SLUSS] \(holdsUnknown) poster har något som inte visas här.",
                    "[NEEDS A NEWER SLUSS] \(holdsUnknown) records hold something not shown here."))
        }
        for fork in forks { lines.append(say("[TITTA] ", "[LOOK] ") + fork.phrase.said) }
        if asides > 0 {
            let writes = count(
                asides, Phrase("skrivning räknas inte", "write does not count"),
                Phrase("skrivningar räknas inte", "writes do not count"))
            lines.append(
                say("[TITTA] \(writes). Se ”sluss check”.", "[LOOK] \(writes). See “sluss check”."))
        }
        if undoneWrites > 0 {
            let runs = undoneRuns.map(String.init).joined(separator: ", ")
            let writes = count(
                undoneWrites, Phrase("skrivning", "write"), Phrase("skrivningar", "writes"))
            lines.append(
                say(
                    "[ÅNGRAT] \(writes) finns här men räknas inte: sammanslagning \(runs) är ångrad. Ta tillbaka med: sluss merge --redo RUN",
                    "[UNDONE] \(writes) here do not count: merge \(runs) is undone. Take back with: sluss merge --redo RUN"
                ))
        }
        if isInDoubt {
            lines.append(
                say(
                    "[TITTA] Lagret är en kopia, har flyttats eller har satts tillbaka. Inget går förlorat; nästa skrivning görs under ett nytt internt namn.",
                    "[LOOK] The store is a copy, was moved or was set back. Nothing is lost; the next write is made under a new internal name."
                ))
        }
        lines += backupLines
        lines.append(
            say(
                "Inte utskickat: \(notYetExported). Inte bekräftat: \(notYetConfirmed).",
                "Not exported: \(notYetExported). Not confirmed: \(notYetConfirmed)."))
        if !freshness.isEmpty { lines.append(String(freshnessTable.dropLast())) }
        for peer in peers where !peer.isQuiet(at: self) {
            let lacks =
                peer.lacks == 0
                ? say("har allt", "has everything")
                : say("saknar \(peer.lacks)", "lacks \(peer.lacks)")
            let waits =
                peer.waiting == 0
                ? ""
                : say(
                    " [VÄNTAR] Paket \(peer.waiting) saknar ett tidigare: skicka ut hit, så skickar de om.",
                    " [WAITS] Bundle \(peer.waiting) lacks an earlier one: export to them, and they send again."
                )
            let code = peer.state.map { ". " + say("Läge", "State") + ": \($0.spoken)" } ?? ""
            let age = peer.ageInWords
            lines.append(
                say(
                    "\(peer.unit)\(peer.machine): senaste paket \(peer.number), inläst \(peer.day)\(age), \(lacks)\(code)\(waits)",
                    "\(peer.unit)\(peer.machine): last bundle \(peer.number), merged \(peer.day)\(age), \(lacks)\(code)\(waits)"
                ))
        }
        for peer in peers where peer.isQuiet(at: self) {
            guard let code = peer.state?.spoken else { continue }
            lines.append("\(peer.unit)\(peer.machine): " + say("läge", "state") + " \(code)")
        }
        if !unheard.isEmpty {
            let units = unheard.joined(separator: ", ")
            lines.append(
                say("Inte hört av än: \(units).", "Not heard from yet: \(units)."))
        }
        lines.append(say("Lägeskod", "State code") + ": \(state.spoken)")
        return lines.joined(separator: "\n") + "\n"
    }
}

extension StoreStatus.Peer {
    /// Whether the table of units says all that there is to say of it but its state.
    fileprivate func isQuiet(at status: StoreStatus) -> Bool {
        !status.freshness.isEmpty && !isCentral && !isShutOut && !isOverdue && waiting == 0
    }

    /// How long ago it was heard from, and whether that is too long.
    fileprivate var ageInWords: String {
        if isShutOut { return say(" [SPÄRRAD]", " [SHUT OUT]") }
        let days = count(age, Phrase("dag", "day"), Phrase("dagar", "days"))
        guard isOverdue else { return age == 0 ? "" : say(" (\(days) sedan)", " (\(days) ago)") }
        return say(" [TYST I \(days.uppercased())]", " [SILENT FOR \(days.uppercased())]")
    }
}

extension StoreStatus {
    /// How old the last backup is, and whether it is time for another.
    fileprivate var backupLines: [String] {
        guard let lastBackup else {
            return wantsBackup
                ? [
                    say(
                        "[TITTA] Ingen säkerhetskopia är tagen: sluss backup --output STICKA",
                        "[LOOK] No backup has been made: sluss backup --output STICK")
                ] : []
        }
        let days = count(lastBackup.age, Phrase("dag", "day"), Phrase("dagar", "days"))
        let age = lastBackup.age == 0 ? "" : say(" (\(days) sedan)", " (\(days) ago)")
        guard wantsBackup else {
            return [
                say(
                    "Säkerhetskopia \(lastBackup.number): \(lastBackup.day)\(age).",
                    "Backup \(lastBackup.number): \(lastBackup.day)\(age).")
            ]
        }
        return [
            say(
                "[TITTA] Senaste säkerhetskopian är från \(lastBackup.day)\(age): sluss backup --output STICKA",
                "[LOOK] The last backup is of \(lastBackup.day)\(age): sluss backup --output STICK")
        ]
    }

    /// How it stands with this computer in its network.
    fileprivate var membershipLines: [String] {
        var lines: [String] = []
        switch membership {
        case .letIn: break
        case .alone:
            lines.append(
                say(
                    "[TITTA] Den här datorn är inte med i något nät. Be centralen om en inbjudan.",
                    "[LOOK] This computer is in no network. Ask the central for an invitation."))
        case .waiting:
            lines.append(
                say(
                    "Inte insläppt än: skicka ut till centralen och läs in svaret.",
                    "Not let in yet: export to the central and merge the answer."))
        case .shutOut:
            lines.append(
                say(
                    "[SPÄRRAD] Centralen har spärrat den här datorn. Ring samordnaren.",
                    "[SHUT OUT] The central has shut this computer out. Call the coordinator."))
        }
        if allowsPlain {
            lines.append(
                say(
                    "OBS: nätet tar emot paket som inte är krypterade.",
                    "NOTE: the network takes bundles that are not encrypted."))
        }
        return lines
    }
}

/// A store's status in JSON (docs/cli.md).
struct StatusJSON: Encodable {
    struct Replica: Encodable {
        let replica: String
        let unit: String
        let machine: String
        let audience: String
        let writes: UInt64
        let own: Bool
    }

    struct Peer: Encodable {
        let unit: String
        let name: String
        let machine: String
        let central: Bool
        let number: UInt64
        let day: String
        let ageDays: Int
        let overdue: Bool
        let shutOut: Bool
        let lacks: UInt64
        let waiting: UInt64
        @OrNull var stateCode: String?
        @OrNull var stateDigest: String?
    }

    struct Backup: Encodable {
        let day: String
        let ageDays: Int
        let number: UInt64
        let file: String
        let overdue: Bool
    }

    let unit: String
    let name: String
    let central: Bool
    @OrNull var lastBackup: Backup?
    let membership: String
    let allowsPlain: Bool
    let unheard: [String]
    let records: Int
    let recordsByKind: [String: Int]
    let writes: UInt64
    let notYetExported: UInt64
    let notYetConfirmed: UInt64
    let conflicts: Int
    let needsNewerRelease: Int
    let setAside: Int
    let undoneRuns: [Int64]
    let undoneWrites: UInt64
    let forks: [ForkJSON]
    let copiedOrSetBack: Bool
    let stateCode: String
    let stateDigest: String
    let replicas: [Replica]
    let peers: [Peer]
    let freshness: [FreshnessJSON]

    init(_ status: StoreStatus) {
        unit = status.unit.description
        name = status.name
        central = status.isCentral
        lastBackup = status.lastBackup.map {
            Backup(
                day: $0.day.description, ageDays: $0.age, number: $0.number, file: $0.name,
                overdue: $0.isOld)
        }
        membership = status.membership.rawValue
        allowsPlain = status.allowsPlain
        unheard = status.unheard
        records = status.records.values.reduce(0, +)
        recordsByKind = status.records
        writes = status.writes
        notYetExported = status.notYetExported
        notYetConfirmed = status.notYetConfirmed
        conflicts = status.conflicts
        needsNewerRelease = status.holdsUnknown
        setAside = status.asides
        undoneRuns = status.undoneRuns
        undoneWrites = status.undoneWrites
        forks = status.forks.map { ForkJSON($0) }
        copiedOrSetBack = status.isInDoubt
        stateCode = status.state.spoken.description
        stateDigest = status.state.digest.description
        replicas = status.logs.map {
            Replica(
                replica: $0.replica.description, unit: $0.unit.description, machine: $0.machine,
                audience: $0.audience.description, writes: $0.writes, own: $0.isOwn)
        }
        freshness = status.freshness.map(FreshnessJSON.init)
        peers = status.peers.map {
            Peer(
                unit: $0.unit.description, name: $0.name, machine: $0.machine,
                central: $0.isCentral, number: $0.number, day: $0.day.description,
                ageDays: $0.age, overdue: $0.isOverdue, shutOut: $0.isShutOut, lacks: $0.lacks,
                waiting: $0.waiting, stateCode: $0.state?.spoken.description,
                stateDigest: $0.state?.digest.description)
        }
    }
}
