import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

/// What a merge does to a store, as a digest: equal for the rehearsal and the act, if the world has
/// not moved in between.
///
/// Over lines of text: where every log stands before, then each bundle with what became of it, then
/// each conflict. docs/cli.md, "merge".
struct MergePlan {
    private var running = RunningDigest()

    /// Begins from the store as it is.
    init(_ transaction: StoreTransaction) throws {
        let logs = try transaction.logs().values.sorted { $0.replica < $1.replica }
        for log in logs {
            add("log", log.replica, log.stored, log.count, log.digest)
        }
    }

    private mutating func add(_ parts: Any...) {
        let line = parts.map { "\($0)" }.joined(separator: " ") + "\n"
        running.append(Array(line.utf8))
    }

    /// The digest with what a run has done.
    func digest(_ report: MergeReport) -> Digest {
        var plan = self
        for bundle in report.bundles {
            let outcome =
                switch bundle.outcome {
                case .merged: "merged"
                case .nothingNew: "nothingNew"
                case .refused(let error): "refused " + Explanation(of: error).code
                }
            // Not its path: a stick may be found under another one.
            plan.add(
                "bundle", bundle.summary?.digest.description ?? "–", outcome, bundle.writes,
                bundle.records, bundle.newRecords, bundle.parallelRecords, bundle.asides)
        }
        for conflict in report.conflicts { plan.add("conflict", conflict.conflict.id) }
        plan.add("others", report.forOthers)
        return plan.running.digest
    }

    /// Whether a digest as typed names this plan: all of it, or at least its first eight digits.
    static func matches(_ typed: String, _ digest: Digest) -> Bool {
        typed.count >= 8 && digest.description.hasPrefix(typed.lowercased())
    }
}
