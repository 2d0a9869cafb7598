/// Why a write is kept in the log but does not count.
public enum Flaw: String, Sendable, CaseIterable {
    /// Its body is no body that this release can read.
    case unreadable
    /// Its context is not one that an honest writer can have had.
    case context
    /// It builds on a write that is not here, or not to this record.
    case missing
    /// It names another kind than the record's first write.
    case kind
    /// It builds on a write that does not count.
    case follows
    /// A person has undone the merge that brought it.
    case undone
    /// No certificate covers it: its device may not write it.
    case authority
}

/// The state of a record, from all of its writes, with what is wrong with some of them.
///
/// A pure function of the set of writes and of the branches of their logs. It is what every
/// shortcut is measured against: where no log has forked and nothing is set aside, it gives what
/// ``RecordState/apply(_:)-swift.method`` gives.
///
/// A context counts the writes of a log. Where that log has forked, a count can mean a write of
/// either branch: it means the one that touches the record; if both do, only what they have in
/// common counts as seen, so that nothing is overruled that may not have been seen
/// (docs/sync-model.md, "Forks").
public struct RecordFold: Sendable {
    /// What is left of the writes that count.
    public let state: RecordState
    /// The writes that do not, and why.
    public let aside: [Dot: Flaw]
    /// The writes whose content is erased, whether or not it is still there.
    public let erased: Set<Dot>
    /// Whether a write that is covered erases content of the record: then every new write takes all
    /// others to judge.
    public let hasErasure: Bool

    /// Folds all writes to a record.
    ///
    /// - Parameters:
    ///   - undone: Those of `writes` that a person has taken back.
    ///   - isCovered: Whether the certificates that are here let a device make that write.
    public init(
        record: RecordID, audience: Audience, writes: [Write], undone: Set<Dot> = [],
        branches: BranchTree, isCovered: (Write) -> Bool = { _ in true }
    ) {
        var resolver = ContextResolver(
            writes, undone: undone, uncovered: Set(writes.filter { !isCovered($0) }.map(\.dot)),
            branches: branches)
        resolver.resolve()
        var aside = resolver.aside
        let order = resolver.resolved.sorted {
            ($0.value.weight, $0.key) < ($1.value.weight, $1.key)
        }
        let byDot = Dictionary(writes.map { ($0.dot, $0) }, uniquingKeysWith: { $1 })
        let first = order.first.flatMap { byDot[$0.key] }
        let kind: Text = first?.kind ?? ""
        var counting: [(dot: Dot, context: VersionVector)] = []
        var asideByKind: [Dot] = []
        for (dot, context) in order {
            guard let write = byDot[dot] else { continue }
            if write.kind != kind {
                aside[dot] = .kind
                asideByKind.append(dot)
            } else if asideByKind.contains(where: context.covers) {
                aside[dot] = .follows
                asideByKind.append(dot)
            } else {
                counting.append((dot, context))
            }
        }
        let erased = ErasedWrites(
            writes,
            counting: Dictionary(counting.map { ($0.dot, $0.context) }, uniquingKeysWith: { $1 }),
            isCovered: isCovered)
        var state = RecordState(record: record, kind: kind, audience: audience)
        for (dot, context) in counting {
            guard let write = byDot[dot]?.with(context: context) else { continue }
            state.apply(erased.dots.contains(dot) ? write.erased : write)
        }
        self.state = state
        self.aside = aside
        self.erased = erased.dots
        hasErasure = erased.isAny
    }
}

/// Finds what each write to a record had seen, in the names that the branches have now.
struct ContextResolver {
    private(set) var resolved: [Dot: VersionVector] = [:]
    private(set) var aside: [Dot: Flaw] = [:]
    private let writes: [Write]
    private let undone: Set<Dot>
    private let uncovered: Set<Dot>
    private let branches: BranchTree
    /// The counters of the record's writes, ascending, by branch.
    private let counters: [ReplicaID: [UInt64]]
    /// The branches that have a write with a counter, by that.
    private let byCounter: [UInt64: [ReplicaID]]
    /// What entries of contexts have been found to mean: many writes say the same.
    private var meanings: [Dot: Meaning] = [:]

    init(_ writes: [Write], undone: Set<Dot>, uncovered: Set<Dot>, branches: BranchTree) {
        self.writes = writes.sorted(by: Write.inCausalOrder)
        self.undone = undone
        self.uncovered = uncovered
        self.branches = branches
        counters = Dictionary(grouping: writes, by: \.dot.replica)
            .mapValues { $0.map(\.dot.counter).sorted() }
        byCounter = Dictionary(grouping: writes, by: \.dot.counter)
            .mapValues { $0.map(\.dot.replica) }
    }

    mutating func resolve() {
        for write in writes {
            if undone.contains(write.dot) {
                aside[write.dot] = .undone
            } else if write.isUnreadable {
                aside[write.dot] = .unreadable
            } else if uncovered.contains(write.dot) {
                aside[write.dot] = .authority
            } else {
                switch context(of: write) {
                case .success(let context): resolved[write.dot] = context
                case .failure(let flaw): aside[write.dot] = flaw.flaw
                }
            }
        }
    }

    private struct Flawed: Error { let flaw: Flaw }

    /// What an entry of a context can mean.
    private enum Meaning {
        case nothing
        case one(Dot)
        /// Several writes, and what they have in common.
        case several(Dot?)
    }

    private mutating func context(of write: Write) -> Result<VersionVector, Flawed> {
        var seen = VersionVector()
        var named: [Dot] = []
        var isAmbiguous = false
        for entry in write.context.entries {
            let (replica, count) = (entry.replica, entry.count)
            switch meaning(of: replica, count) {
            case .nothing: return .failure(Flawed(flaw: .missing))
            case .one(let dot): named.append(dot)
            case .several(let common):
                isAmbiguous = true
                if let common { named.append(common) }
            }
        }
        let own = predecessor(of: write.dot)
        if isAmbiguous, let own { named.append(own) }
        for dot in named {
            guard aside[dot] == nil else { return .failure(Flawed(flaw: .follows)) }
            // Not folded yet: it would have to have seen what comes after itself.
            guard resolved[dot] != nil else { return .failure(Flawed(flaw: .context)) }
            seen = seen.joined(with: path(to: dot))
        }
        if isAmbiguous {
            for dot in named { seen = seen.joined(with: resolved[dot] ?? VersionVector()) }
            return .success(seen)
        }
        let isClosed = named.allSatisfy { resolved[$0].map(seen.covers) ?? false }
        guard isClosed, namesOwn(write, seen, own) else {
            return .failure(Flawed(flaw: .context))
        }
        return .success(seen)
    }

    /// Whether what a write says of its own log is exactly the last write before it.
    private func namesOwn(_ write: Write, _ seen: VersionVector, _ own: Dot?) -> Bool {
        let expected = own.map(path(to:)) ?? VersionVector()
        return branches.path(to: write.dot.replica).allSatisfy {
            seen[$0.replica] == expected[$0.replica]
        }
    }

    private mutating func meaning(of replica: ReplicaID, _ count: UInt64) -> Meaning {
        let entry = Dot(replica: replica, counter: count)
        if let meaning = meanings[entry] { return meaning }
        let candidates = candidates(replica, count)
        let meaning: Meaning =
            candidates.count > 1
            ? .several(lastCommon(candidates)) : candidates.first.map(Meaning.one) ?? .nothing
        meanings[entry] = meaning
        return meaning
    }

    /// The writes to this record that an entry of a context can mean.
    private func candidates(_ replica: ReplicaID, _ count: UInt64) -> [Dot] {
        let all = (byCounter[count] ?? []).filter { branches.isContinuation($0, of: replica) }
            .map { Dot(replica: $0, counter: count) }
        guard all.count > 1 else { return all }
        let counting = all.filter { !undone.contains($0) }
        return (counting.isEmpty ? all : counting).sorted()
    }

    /// The counter of the record's last write in a branch up to `counter`, found by halving: a record
    /// can have a hundred thousand writes.
    private func last(of branch: ReplicaID, upTo counter: UInt64) -> UInt64? {
        guard let counters = counters[branch] else { return nil }
        var (low, high) = (0, counters.count)
        while low < high {
            let middle = (low + high) / 2
            if counters[middle] <= counter { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : counters[low - 1]
    }

    /// The last write to this record before `dot` in its own log.
    private func predecessor(of dot: Dot) -> Dot? {
        for branch in branches.path(to: dot.replica).reversed() {
            let last = last(of: branch.replica, upTo: dot.counter - 1)
            if let last { return Dot(replica: branch.replica, counter: last) }
        }
        return nil
    }

    /// All writes to this record up to `dot` in its log: the last of each branch that leads there.
    private func path(to dot: Dot) -> VersionVector {
        var vector = VersionVector()
        for branch in branches.path(to: dot.replica) {
            let last = last(of: branch.replica, upTo: dot.counter)
            if let last { vector[branch.replica] = last }
        }
        return vector
    }

    /// The last write to this record on the part of the log that all candidates share.
    private func lastCommon(_ candidates: [Dot]) -> Dot? {
        let paths = candidates.map { branches.path(to: $0.replica).map(\.replica) }
        guard let first = paths.first else { return nil }
        let common = first.enumerated().prefix { index, replica in
            paths.allSatisfy { index < $0.count && $0[index] == replica }
        }.map(\.element)
        for replica in common.reversed() {
            if let last = counters[replica]?.last {
                return Dot(replica: replica, counter: last)
            }
        }
        return nil
    }
}
