public import SlussCore

/// A made-up history of one record: replicas that write and hear of each other's writes.
///
/// Few replicas, fields and values, so that collisions are likely.
public struct RecordHistory: Sendable {
    /// The record.
    public let record: RecordID
    /// Every write, in an order in which they could have happened.
    public private(set) var writes: [Write] = []

    private var seen: [ReplicaID: VersionVector] = [:]

    /// Makes up a history of about `length` steps by `replicaCount` replicas.
    public init(seed: UInt64, replicaCount: Int = 3, length: Int = 14) {
        var generator = SplitMix64(seed: seed)
        record = RecordID.random(using: &generator)
        let replicas = (0..<replicaCount).map { _ in ReplicaID.random(using: &generator) }
        for replica in replicas { seen[replica] = VersionVector() }
        var counters = VersionVector()
        for _ in 0..<length {
            let replica = replicas.randomElement(using: &generator) ?? replicas[0]
            if Int.random(in: 0..<3, using: &generator) == 0 {
                let other = replicas.randomElement(using: &generator) ?? replicas[0]
                let heard = seen[other] ?? VersionVector()
                seen[replica] = (seen[replica] ?? VersionVector()).joined(with: heard)
            } else {
                // Counters skip, as they do when a replica writes on other records in between.
                for _ in 0..<Int.random(in: 1...2, using: &generator) {
                    _ = counters.advance(replica)
                }
                let dot = Dot(replica: replica, counter: counters[replica])
                writes.append(
                    Write(
                        dot: dot, record: record, kind: "idea",
                        context: seen[replica] ?? VersionVector(), day: Day(number: 20_000),
                        body: Self.body(using: &generator)))
                seen[replica]?.insert(dot)
            }
        }
    }

    /// The fields that the history writes, one for each kind of change.
    public static let register: FieldPath = "problem"
    /// Given once.
    public static let fixed: FieldPath = "number"
    /// One register for each role.
    public static let owned: FieldPath = "effort"
    /// A set.
    public static let set: FieldPath = "category"
    /// A sum.
    public static let sum: FieldPath = "support"
    /// A list.
    public static let list: FieldPath = "answer"

    private static func body(using generator: inout SplitMix64) -> Write.Body {
        var changes: [Write.FieldChange] = []
        func chance() -> Bool { Int.random(in: 0..<3, using: &generator) == 0 }
        func value() -> FieldValue { .integer(Int64.random(in: 0..<3, using: &generator)) }
        func texts() -> [Text] { [["a", "b", "c"].randomElement(using: &generator) ?? "a"] }
        if chance() { changes.append(.init(register, .set(value()))) }
        if chance() { changes.append(.init(fixed, chance() ? .settle(value()) : .fix(value()))) }
        if chance() { changes.append(.init(owned, .own(value()))) }
        if chance() { changes.append(.init(set, .add(texts()))) }
        if chance() { changes.append(.init(set, .remove(texts()))) }
        if chance() { changes.append(.init(sum, .plus(1))) }
        if chance() { changes.append(.init(list, .append(value()))) }
        let role = [Role.employee, .leader].randomElement(using: &generator) ?? .employee
        return Write.Body(role: role, changes: changes)
    }

    /// The writes in another order in which no effect comes before its cause.
    public func reordered(seed: UInt64) -> [Write] {
        var generator = SplitMix64(seed: seed)
        var waiting = writes
        var context = VersionVector()
        var result: [Write] = []
        while !waiting.isEmpty {
            let ready = waiting.indices.filter { index in
                let write = waiting[index]
                let isNext = !waiting.contains {
                    $0.dot.replica == write.dot.replica && $0.dot.counter < write.dot.counter
                }
                return isNext && context.covers(write.context)
            }
            guard let index = ready.randomElement(using: &generator) else { break }
            let write = waiting.remove(at: index)
            context.insert(write.dot)
            result.append(write)
        }
        return result
    }

    /// The state of a set of writes.
    public func state(of writes: [Write]) -> RecordState {
        var state = RecordState(record: record, kind: "idea", audience: .shared)
        state.apply(writes)
        return state
    }
}
