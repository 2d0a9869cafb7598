import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

/// A merge in JSON (docs/cli.md).
struct MergeJSON: Encodable {
    struct GapJSON: Encodable {
        let replica: String
        @OrNull var unit: String?
        let from: UInt64
        let to: UInt64
        let undone: Bool
    }

    struct Numbers: Encodable {
        let from: UInt64
        let to: UInt64
    }

    struct RefusalJSON: Encodable {
        let code: String
        let message: String
        @OrNull var gap: GapJSON?
        @OrNull var massChange: MassChangeJSON?
    }

    struct MassChangeJSON: Encodable {
        let changed: Int
        let known: Int
        let ended: Int
    }

    struct BundleJSON: Encodable {
        let file: String
        @OrNull var digest: String?
        @OrNull var unit: String?
        @OrNull var number: UInt64?
        let outcome: String
        @OrNull var refusal: RefusalJSON?
        let writes: Int
        let records: Int
        let newRecords: Int
        let parallelRecords: Int
        let unknownRecords: Int
        let erasedRecords: Int
        let sharedNumbers: [String]
        let wasSetBack: Bool
        let setAside: Int
        @OrNull var encrypted: Bool?
        @OrNull var signer: String?
        @OrNull var enrolled: String?
        let letIn: Bool
        let shutOut: Bool
        let order: String
        let personalNumbers: [PersonalNumberJSON]
        let forks: [ForkJSON]
        @OrNull var missingBundles: Numbers?
    }

    @OrNull var run: Int64?
    let bundles: [BundleJSON]
    let conflicts: Int
    let forOthers: Int
    let plan: Bool
    let planDigest: String

    init(_ report: MergeReport) {
        run = report.run
        planDigest = report.planDigest.description
        plan = report.isPlan
        conflicts = report.conflicts.count
        forOthers = report.forOthers
        bundles = report.bundles.map { bundle in
            BundleJSON(
                file: bundle.file, digest: bundle.summary?.digest.description,
                unit: bundle.summary?.unit.description, number: bundle.summary?.number,
                outcome: Self.word(bundle.outcome), refusal: Self.refusal(bundle),
                writes: bundle.writes, records: bundle.records, newRecords: bundle.newRecords,
                parallelRecords: bundle.parallelRecords, unknownRecords: bundle.unknownRecords,
                erasedRecords: bundle.erasedRecords,
                sharedNumbers: bundle.sharedNumbers, wasSetBack: bundle.wasSetBack,
                setAside: bundle.asides, encrypted: bundle.summary?.isEncrypted,
                signer: bundle.summary?.signer.fingerprint,
                enrolled: bundle.enrolled?.fingerprint, letIn: bundle.isLetIn,
                shutOut: bundle.isShutOut, order: bundle.order.word,
                personalNumbers: bundle.personalNumbers.json,
                forks: bundle.forks.map { ForkJSON($0) },
                missingBundles: bundle.missingNumbers.map {
                    Numbers(from: $0.lowerBound, to: $0.upperBound)
                })
        }
    }

    private static func word(_ outcome: BundleReport.Outcome) -> String {
        switch outcome {
        case .merged: "merged"
        case .nothingNew: "nothingNew"
        case .refused: "refused"
        }
    }

    private static func refusal(_ bundle: BundleReport) -> RefusalJSON? {
        guard case .refused(let error) = bundle.outcome else { return nil }
        let explanation = Explanation(of: error)
        let gap = bundle.gap.map {
            GapJSON(
                replica: $0.replica.description, unit: $0.unit?.description, from: $0.from,
                to: $0.to, undone: $0.isUndone)
        }
        return RefusalJSON(
            code: explanation.code, message: explanation.phrase.said, gap: gap,
            massChange: bundle.massChange.map {
                MassChangeJSON(changed: $0.changed, known: $0.known, ended: $0.ended)
            })
    }
}

extension BundleReport.Order {
    fileprivate var word: String {
        switch self {
        case .next: "next"
        case .older: "older"
        case .other: "other"
        }
    }
}

/// A forked log in JSON.
struct ForkJSON: Encodable {
    struct BranchJSON: Encodable {
        let replica: String
        let last: UInt64
        let writes: UInt64
        @OrNull var firstDay: String?
        let own: Bool
        let computer: String
        @OrNull var bundle: UInt64?
    }

    let replica: String
    let unit: String
    let machine: String
    let from: UInt64
    let branches: [BranchJSON]

    init(_ fork: ForkView) {
        replica = fork.root.description
        unit = fork.unit.description
        machine = fork.machine
        from = fork.from
        branches = fork.branches.map {
            BranchJSON(
                replica: $0.replica.description, last: $0.last, writes: $0.writes,
                firstDay: $0.firstDay?.description, own: $0.isOwn, computer: $0.computer,
                bundle: $0.bundle)
        }
    }
}
