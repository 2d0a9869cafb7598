import SlussBundle
import SlussCore

/// What really happened, kept beside the stores and by other means: every write that anyone ever
/// made, what its writer had at the time, and which of them each store was given.
///
/// It knows nothing of counters, contexts, branches or folds. A write is known by the digest of its
/// envelope's bytes; what supersedes what follows from what people had seen. So it can tell when a
/// value has vanished that nobody had replaced (promise P7).
struct Truth {
    /// A write, by the digest of its envelope.
    typealias Fact = Digest

    /// What is known of a write.
    struct Known {
        let record: RecordID
        /// Who it is for.
        let audience: Audience
        /// The values it gave to registers, by path.
        let values: [FieldPath: FieldValue]
        /// The steps it added to sums, by path.
        let steps: [FieldPath: Int64]
        /// The writes to the same record that the writer's store had.
        let seen: Set<Fact>
    }

    private(set) var facts: [Fact: Known] = [:]

    /// Notes a write that a person has just made at a store that had `had`.
    mutating func note(
        _ fact: Fact, _ write: Write, audience: Audience, had: Set<Fact>
    ) {
        guard facts[fact] == nil else { return }
        var values: [FieldPath: FieldValue] = [:]
        var steps: [FieldPath: Int64] = [:]
        for change in write.body?.changes ?? [] {
            switch change.change {
            case .set(let value), .settle(let value): values[change.path] = value
            case .plus(let step): steps[change.path] = step
            default: continue
            }
        }
        facts[fact] = Known(
            record: write.record, audience: audience, values: values, steps: steps,
            seen: had.filter { facts[$0]?.record == write.record })
    }

    /// Those of the writes given to a store of which it was given the causes, too.
    ///
    /// The others wait, and `check` names them.
    func counting(_ had: Set<Fact>) -> Set<Fact> {
        had.filter { facts[$0]?.seen.isSubset(of: had) ?? false }
    }

    /// The records that a set of writes is about.
    func records(_ had: Set<Fact>) -> Set<RecordID> { Set(had.compactMap { facts[$0]?.record }) }

    /// All that was ever made for some audiences.
    func all(of audiences: (Audience) -> Bool) -> Set<Fact> {
        Set(facts.filter { audiences($0.value.audience) }.keys)
    }

    /// The values of a register that nobody who had seen them has replaced.
    func survivors(_ record: RecordID, _ path: FieldPath, of had: Set<Fact>) -> Set<FieldValue> {
        let giving = had.filter { facts[$0]?.record == record && facts[$0]?.values[path] != nil }
        let left = giving.filter { fact in
            !giving.contains { facts[$0]?.seen.contains(fact) ?? false }
        }
        return Set(left.compactMap { facts[$0]?.values[path] })
    }

    /// The sum of all steps.
    func sum(_ record: RecordID, _ path: FieldPath, of had: Set<Fact>) -> Int64 {
        had.reduce(0) { sum, fact in
            guard let known = facts[fact], known.record == record else { return sum }
            return sum + (known.steps[path] ?? 0)
        }
    }

    /// The name of a write.
    static func fact(_ envelope: [UInt8]) -> Fact {
        Digest.sha256(envelope)
    }
}
