import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync
import SlussTerminal
import Synchronization

extension Backend {
    /// Reads in what lies in a folder for this unit, and lays a bundle there.
    ///
    /// What was read in stays read in when no bundle can be laid down.
    func exchanged(_ exchange: Exchange) -> Reply {
        var report = ExchangeReport()
        let asked = Asked()
        let keys = KeyAccess { _ in
            asked.count.add(1, ordering: .relaxed)
            return exchange.passphrase
        }
        do {
            let unit = try OpenUnit(
                folder: store, for: .writing("export"), today: today(), on: .thisComputer,
                keys: keys, notify: { report.read.append($0) })
            if exchange.readsIn {
                try readIn(exchange.folder, unit, &report)
                if asked.count.load(ordering: .relaxed) > 0, exchange.passphrase == nil {
                    return .needsPassphrase(wasWrong: false)
                }
            }
            if exchange.lays { try lay(exchange.folder, unit, &report) }
            return .exchanged(report)
        } catch KeyError.passphraseNeeded {
            return .needsPassphrase(wasWrong: false)
        } catch KeyError.wrongPassphrase {
            return .needsPassphrase(wasWrong: true)
        } catch {
            guard !report.read.isEmpty || !report.refused.isEmpty else {
                return .failed(Self.failure(error))
            }
            report.failure = Self.failure(error)
            return .exchanged(report)
        }
    }

    /// How often a passphrase was asked for.
    private final class Asked: Sendable {
        let count = Atomic<Int>(0)
    }

    private func readIn(
        _ folder: String, _ unit: OpenUnit, _ report: inout ExchangeReport
    ) throws {
        let before = try answerCounts(unit)
        let merged = try unit.merge([folder])
        for bundle in merged.bundles {
            switch bundle.outcome {
            case .merged: report.read.append(Self.sentence(bundle))
            case .nothingNew: continue
            case .refused(let error):
                let reason = Explanation(of: error).phrase
                let file = DisplayText.line(bundle.file)
                report.refused.append(
                    Phrase(
                        "[INTE INLÄST] \(file): \(reason.swedish)",
                        "[NOT READ IN] \(file): \(reason.english)"))
            }
        }
        report.conflicts = merged.conflicts.count
        report.newAnswers = try unit.ideas(unit: unit.unit.description)
            .filter { $0.answers.count > before[$0.state.record] ?? 0 }
            .map { "\($0.number ?? "–")  \($0.title ?? "–")" }
    }

    private func answerCounts(_ unit: OpenUnit) throws -> [RecordID: Int] {
        Dictionary(
            try unit.ideas(unit: unit.unit.description).map {
                ($0.state.record, $0.answers.count)
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func sentence(_ bundle: BundleReport) -> Phrase {
        let name = DisplayText.line(bundle.summary?.name ?? bundle.file)
        let number = bundle.summary.map { String($0.number) } ?? "–"
        let (new, changed) = (bundle.newRecords, bundle.records - bundle.newRecords)
        return Phrase(
            "[KLAR] Inläst: paket \(number) från \(name). \(new) nya, \(changed) ändrade.",
            "[DONE] Read in: bundle \(number) from \(name). \(new) new, \(changed) changed.")
    }

    private func lay(
        _ folder: String, _ unit: OpenUnit, _ report: inout ExchangeReport
    ) throws {
        for receiver in try unit.receivers() {
            switch try unit.export(to: receiver, output: folder) {
            case .nothingNew: continue
            case .written(let written):
                report.bundle = written.summary.number
                report.records += written.summary.records
                report.file = written.path
            }
        }
        report.hadNothingNew = report.bundle == nil
        report.confirmed = try unit.confirmedByCentral()
    }
}
