import SlussBundle
public import SlussCore
import SlussDomain

/// What became of one bundle.
public struct BundleReport: Sendable {
    /// What became of it.
    public enum Outcome: Sendable {
        /// Its new writes are in the store.
        case merged
        /// All of it was here already.
        case nothingNew
        /// Nothing of it was taken, and nothing was changed.
        case refused(any Error & Sendable)
    }

    /// How a bundle stands to the one of its sender that was merged before it.
    public enum Order: Hashable, Sendable {
        /// It is the next one, or a later one.
        case next
        /// It is an older one: it can take back nothing.
        case older(than: UInt64)
        /// It does not follow the one that was merged: its sender was copied or set back, or one of
        /// the two was slipped in.
        case other
    }

    /// The file.
    public let file: String
    /// What it says it holds, if it could be read that far.
    public var summary: BundleSummary?
    /// What is missing before it, if that is why it was refused.
    public var gap: Gap?
    /// What became of it.
    public var outcome: Outcome
    /// How many writes were new.
    public var writes = 0
    /// How many records they touched.
    public var records = 0
    /// How many of those were new.
    public var newRecords = 0
    /// How many were changed by people who did not know of each other.
    public var parallelRecords = 0
    /// The sender's bundles before this one that have not been merged, if its number tells so.
    public var missingNumbers: ClosedRange<UInt64>?

    /// How many of the touched records hold something that this release does not know.
    public var unknownRecords = 0
    /// How many records content was erased of, by the central's word.
    public var erasedRecords = 0
    /// Numbers that a new record shares with another.
    public var sharedNumbers: [String] = []
    /// Whether it showed that this store was set back or copied; it goes on under a new name.
    public var wasSetBack = false
    /// How many of its writes are kept and do not count.
    public var asides = 0
    /// Where its new writes hold what looks like a personal number.
    public var personalNumbers = PersonalNumberReport(in: .merge)
    /// The logs that were found to have forked.
    public var forks: [ForkView] = []

    /// How it stands to the one before.
    public var order = Order.next
    /// The device that was let in with it.
    public var enrolled: KeyName?
    /// Whether it brought the word that this store has been let in.
    public var isLetIn = false
    /// Whether its sender has been shut out: only what it wrote before that counts.
    public var isShutOut = false
    /// Whether the file was encrypted.
    public var isEncrypted = true

    /// Whether a person must look at something that is not a conflict of values.
    public var wantsLook: Bool {
        !sharedNumbers.isEmpty || wasSetBack || asides > 0 || !forks.isEmpty || isShutOut
            || order == .other || personalNumbers.wantsLook
    }

    mutating func count(_ change: Ledger.RecordChange) {
        records += 1
        if change.isNew { newRecords += 1 }
        if change.isParallel { parallelRecords += 1 }
        if change.holdsUnknown { unknownRecords += 1 }
        asides += change.newAsides
    }

    /// The key that a person can let in, if the bundle was refused for not knowing it.
    public var keyToAccept: KeyName? {
        guard case .refused(let error) = outcome else { return nil }
        return switch error as? BundleRefusal {
        case .unknownDevice(let key, _)?: KeyName(key)
        case .unknownNetwork(let root?)?: KeyName(root)
        default: nil
        }
    }

    /// How much the bundle changes, if it was held for that.
    public var massChange: MassChange? {
        if case .refused(let error) = outcome { error as? MassChange } else { nil }
    }

    /// What would have to be allowed for the bundle to go in, if it was held.
    public var heldFor: MergeAllowance {
        guard case .refused(let error) = outcome else { return [] }
        return switch error {
        case is MassChange: .massChange
        case is LargeBundle: .largeBundle
        default: []
        }
    }

    /// Whether it was refused.
    public var isRefused: Bool { if case .refused = outcome { true } else { false } }
}

/// What became of several bundles.
public struct MergeReport: Sendable {
    /// The run's number, if anything was merged.
    public var run: Int64?
    /// The bundles, in the order in which they were given.
    public var bundles: [BundleReport] = []
    /// The conflicts in the records that were touched.
    public var conflicts: [ConflictView] = []
    /// How many bundles in the folders are for someone else; they were left alone.
    public var forOthers = 0
    /// What has been done, or would be, as a digest: the same for the plan and the act.
    public var planDigest = Digest.sha256([])
    /// Whether this is only what would happen.
    public let isPlan: Bool
}
