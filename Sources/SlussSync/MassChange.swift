import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

/// A unit's bundle that changes so much of what the central has that a person looks first.
///
/// Nothing is wrong with such a bundle as a file. But a list that was read in twice, a rule that
/// went through everything, or a lost stick in other hands shows first as an unusual amount, and
/// afterwards everybody has it (docs/cli.md, "merge").
public struct MassChange: Error, Hashable, Sendable {
    /// More records than this, and also a large share.
    public static let changedMax = 50
    /// A larger share of the unit's records than this, in per cent.
    public static let percentMax = 25
    /// More ideas than this, ended in one bundle: a unit has a handful each month.
    public static let endedMax = 20

    /// How many records that were here get another value in a field.
    public let changed: Int
    /// How many records of the unit were here.
    public let known: Int
    /// How many ideas that were here are withdrawn, closed, joined or redirected.
    public let ended: Int

    /// Puts counts together.
    public init(changed: Int, known: Int, ended: Int) {
        self.changed = changed
        self.known = known
        self.ended = ended
    }

    /// Whether so much is unusual.
    var isUnusual: Bool {
        ended > Self.endedMax
            || changed > Self.changedMax && changed * 100 > known * Self.percentMax
    }
}

/// Counts what a bundle changes of what is here.
///
/// An answer, a further entry, support, and whatever adds to a set takes nothing away: that is not
/// counted, and neither are new records.
struct MassChangeWatch {
    private var changed: Set<Int64> = []
    private var ended: Set<Int64> = []

    private static let ends: Set<String> = Set(
        [IdeaStatus.withdrawn, .closed, .joined, .redirected].map(\.rawValue))

    /// Notes a write to a record that was here before.
    mutating func note(_ write: Write, of record: Int64) {
        for change in write.body?.changes ?? [] {
            switch change.change {
            case .set(let value), .settle(let value), .fix(let value):
                changed.insert(record)
                if change.path == "status", write.kind == KindDefinition.idea.name {
                    if value["state"]?.asText.map(Self.ends.contains) ?? false {
                        ended.insert(record)
                    }
                }
            case .own, .remove: changed.insert(record)
            case .add, .plus, .append: break
            }
        }
    }

    /// Whether it takes a look at how much was here.
    var isLarge: Bool {
        changed.count > MassChange.changedMax || ended.count > MassChange.endedMax
    }

    /// What has been counted, with the number of records that were here.
    func result(known: Int) -> MassChange {
        MassChange(changed: changed.count, known: max(0, known), ended: ended.count)
    }
}

extension MergeAct {
    /// Whether the bundle is one to be held if it changes an unusual share: another unit's, that
    /// has sent before, at the central.
    ///
    /// What the central sends is not held at a unit: it settles much at once, and whoever sits
    /// there has nobody to ask.
    func isToBeWatched(_ manifest: BundleManifest) throws -> Bool {
        guard unit.isCentral, !manifest.sender.isCentral else { return false }
        return try transaction.hasMerged(from: manifest.sender.unit)
    }

    /// Holds a bundle that changes an unusual share of what is here.
    func refuseMassChange(
        _ watch: MassChangeWatch?, _ manifest: BundleManifest, newRecords: Int
    ) throws {
        guard let watch, watch.isLarge else { return }
        let records = try transaction.recordCount(for: .unit(manifest.sender.unit))
        let result = watch.result(known: records - newRecords)
        if result.isUnusual { throw result }
    }
}
