import SlussCore
import Testing
import _SlussTestSupport

/// State is a pure function of the set of writes.
///
/// Method: made-up histories of a few replicas; the fold is compared with itself over orders and
/// batches, and with an oracle that asks every pair of writes.
@Suite struct FoldLawTests {
    @Test(arguments: UInt64(0)..<400)
    func orderNeverChangesTheState(seed: UInt64) {
        let history = RecordHistory(seed: seed)
        let expected = StateEncoder.encode(history.state(of: history.writes))
        for order in UInt64(0)..<4 {
            var state = RecordState(record: history.record, kind: "idea", audience: .shared)
            for write in history.reordered(seed: order) { state.apply(write) }
            #expect(StateEncoder.encode(state) == expected)
        }
    }

    @Test(arguments: UInt64(0)..<400)
    func batchingNeverChangesTheState(seed: UInt64) {
        let history = RecordHistory(seed: seed)
        let expected = history.state(of: history.writes)
        let order = history.reordered(seed: seed)
        var generator = SplitMix64(seed: seed)
        let cut = Int.random(in: 0...order.count, using: &generator)
        var state = RecordState(record: history.record, kind: "idea", audience: .shared)
        state.apply(Array(order[..<cut].shuffled(using: &generator)))
        state.apply(Array(order[cut...].shuffled(using: &generator)))
        #expect(state == expected)
    }

    @Test(arguments: UInt64(0)..<400)
    func theFoldIsWhatABruteForceOracleSays(seed: UInt64) {
        let history = RecordHistory(seed: seed, replicaCount: 4, length: 20)
        let state = history.state(of: history.writes)
        let oracle = FoldOracle(writes: history.writes)

        #expect(
            Set(state.siblings(RecordHistory.register).map(\.dot))
                == oracle.registerSurvivors(RecordHistory.register))
        #expect(
            Set(state.siblings(RecordHistory.fixed).map(\.dot))
                == oracle.registerSurvivors(RecordHistory.fixed))
        #expect(oracle.ownSurvivors(RecordHistory.owned) == Self.own(state))
        #expect(oracle.elements(RecordHistory.set) == Self.elements(state))
        #expect(oracle.sum(RecordHistory.sum) == Self.total(state))
        #expect(oracle.list(RecordHistory.list) == Self.list(state))
    }

    private static func own(_ state: RecordState) -> Set<Dot> {
        guard case .own(let registers) = state[RecordHistory.owned, .own] else { return [] }
        return Set(registers.values.flatMap { $0.map(\.dot) })
    }

    private static func elements(_ state: RecordState) -> Set<Text> {
        guard case .set(let texts) = Policy.union.judge(RecordHistory.set, in: state) else {
            return []
        }
        return Set(texts)
    }

    private static func total(_ state: RecordState) -> Int64 {
        guard case .sum(let total) = Policy.sum.judge(RecordHistory.sum, in: state) else {
            return 0
        }
        return total
    }

    private static func list(_ state: RecordState) -> [Dot] {
        guard case .list(let entries) = Policy.append.judge(RecordHistory.list, in: state) else {
            return []
        }
        return entries.map(\.dot)
    }

    @Test(arguments: UInt64(0)..<200)
    func aStateSurvivesEncodingByteForByte(seed: UInt64) throws {
        let history = RecordHistory(seed: seed)
        let state = history.state(of: history.writes)
        let bytes = StateEncoder.encode(state)
        let decoded = try StateDecoder.decode(bytes)
        #expect(decoded == state)
        #expect(StateEncoder.encode(decoded) == bytes)
    }

    @Test func damagedStatesAreNoticedAndNeverTrap() {
        let history = RecordHistory(seed: 7)
        let bytes = StateEncoder.encode(history.state(of: history.writes))
        for length in 0..<bytes.count {
            #expect(throws: StateDecoder.Damaged.self) {
                try StateDecoder.decode(Array(bytes[..<length]))
            }
        }
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 0xFF
            // Any outcome but a trap; a changed state is told by its digest.
            _ = try? StateDecoder.decode(changed)
        }
    }

    @Test func anErasedBodyStillCountsAsSeen() {
        let history = RecordHistory(seed: 3)
        let write = history.writes[0]
        let erased = Write(
            dot: write.dot, record: write.record, kind: write.kind, context: write.context,
            day: write.day, body: nil)
        let state = history.state(of: [erased])
        #expect(state.context.covers(write.dot))
        #expect(state.fields.isEmpty)
    }
}

/// Computes survivors from all pairs of writes, with no regard to speed.
struct FoldOracle {
    let writes: [Write]

    private func changes(_ path: FieldPath) -> [(write: Write, change: Change)] {
        writes.flatMap { write in
            (write.body?.changes ?? []).filter { $0.path == path }.map { (write, $0.change) }
        }
    }

    func registerSurvivors(_ path: FieldPath) -> Set<Dot> {
        let all = changes(path)
        let fixes = all.filter { if case .fix = $0.change { true } else { false } }.map(\.write)
        let effective = all.filter { write, change in
            guard case .fix = change else { return true }
            return !fixes.contains { write.context.covers($0.dot) }
        }.map(\.write)
        return Set(
            effective.filter { write in
                !effective.contains { $0.context.covers(write.dot) }
            }.map(\.dot))
    }

    func ownSurvivors(_ path: FieldPath) -> Set<Dot> {
        let all = changes(path).map(\.write)
        return Set(
            all.filter { write in
                !all.contains {
                    $0.body?.role == write.body?.role && $0.context.covers(write.dot)
                }
            }.map(\.dot))
    }

    func elements(_ path: FieldPath) -> Set<Text> {
        var result: Set<Text> = []
        for (write, change) in changes(path) {
            guard case .add(let texts) = change else { continue }
            for text in texts {
                let isRemoved = changes(path).contains { other, change in
                    guard case .remove(let removed) = change else { return false }
                    return removed.contains(text) && other.context.covers(write.dot)
                }
                if !isRemoved { result.insert(text) }
            }
        }
        return result
    }

    func sum(_ path: FieldPath) -> Int64 {
        changes(path).reduce(0) { sum, item in
            if case .plus(let step) = item.change { sum + step } else { sum }
        }
    }

    func list(_ path: FieldPath) -> [Dot] {
        changes(path).map(\.write)
            .sorted { ($0.context.weight, $0.dot) < ($1.context.weight, $1.dot) }.map(\.dot)
    }
}
