import SlussCore
import Testing
import _SlussTestSupport

/// What is erased is a function of the set of writes: a store that has removed the bodies has the
/// same state as one that has not, in whatever order they came.
@Suite struct ErasureLawTests {
    /// A history with erasings in it, by two writers of their own who see more and more, and nothing of
    /// each other.
    private static func made(_ seed: UInt64) -> (RecordHistory, [Write], Set<ReplicaID>) {
        let history = RecordHistory(seed: seed, replicaCount: 3, length: 24)
        var generator = SplitMix64(seed: seed &+ 1)
        let erasers = [
            ReplicaID.random(using: &generator), ReplicaID.random(using: &generator),
        ]
        let fields: [FieldPath] = [RecordHistory.register, RecordHistory.list, RecordHistory.set]
        var writes = history.writes
        let count = Int.random(in: 1...4, using: &generator)
        var views: [ReplicaID: VersionVector] = [:]
        for number in 1...count {
            let eraser = erasers.randomElement(using: &generator) ?? erasers[0]
            var seen = views[eraser] ?? VersionVector()
            // All that a part of the history had seen: what an honest writer can know.
            let upTo = Int.random(in: 0...history.writes.count, using: &generator)
            for write in history.writes.prefix(upTo) { seen.insert(write.dot) }
            let isWhole = Int.random(in: 0..<3, using: &generator) == 0
            let named = Set(fields.filter { _ in Bool.random(using: &generator) })
            let value = Erasure.value(fields: isWhole ? nil : named, details: [:])
            let path = Erasure.path("e\(number)") ?? RecordHistory.fixed
            let dot = Dot(replica: eraser, counter: UInt64(number))
            writes.append(
                Write(
                    dot: dot, record: history.record, kind: "idea", context: seen,
                    day: Day(number: 20_000),
                    body: Write.Body(role: .coordinator, changes: [.init(path, .fix(value))])))
            seen.insert(dot)
            views[eraser] = seen
        }
        return (history, writes, Set(erasers))
    }

    private static func fold(_ history: RecordHistory, _ writes: [Write]) -> RecordFold {
        let replicas = Set(writes.map(\.dot.replica))
        return RecordFold(
            record: history.record, audience: .shared, writes: writes,
            branches: BranchTree(
                replicas.map { Branch(replica: $0, root: $0, parent: nil, start: 1) }))
    }

    private static func without(_ write: Write) -> Write {
        Write(
            dot: write.dot, record: write.record, kind: write.kind, context: write.context,
            day: write.day, body: nil)
    }

    @Test(arguments: UInt64(0)..<300)
    func removingTheBodiesChangesNothing(seed: UInt64) {
        let (history, writes, _) = Self.made(seed)
        let whole = Self.fold(history, writes)
        var generator = SplitMix64(seed: seed)
        // All of them, or some: a bundle can bring back what is gone.
        for isAll in [true, false] {
            let left = writes.map { write in
                whole.erased.contains(write.dot) && (isAll || Bool.random(using: &generator))
                    ? Self.without(write) : write
            }.shuffled(using: &generator)
            let fold = Self.fold(history, left)
            #expect(StateEncoder.encode(fold.state) == StateEncoder.encode(whole.state))
            #expect(fold.aside == whole.aside)
            #expect(fold.hasErasure == whole.hasErasure)
        }
    }

    @Test(arguments: UInt64(0)..<300)
    func nothingWrittenInOneOfTheFieldsWithoutSeeingTheErasingIsLeft(seed: UInt64) {
        let (history, writes, erasers) = Self.made(seed)
        let fold = Self.fold(history, writes)
        let erasures = writes.compactMap { Erasure($0) }
        for write in writes where !erasers.contains(write.dot.replica) {
            let isMeant = erasures.contains { erasure in
                !write.context.covers(erasure.dot)
                    && (write.body?.changes.contains {
                        erasure.fields?.contains($0.path) ?? true
                    } ?? false || erasure.fields == nil)
            }
            #expect(fold.erased.contains(write.dot) == isMeant)
        }
        for (key, state) in fold.state.fields
        where erasures.contains(where: { $0.fields == nil || $0.fields?.contains(key.path) == true }
        ) {
            guard case .register(let siblings, _) = state else { continue }
            #expect(siblings.allSatisfy { erasers.contains($0.dot.replica) })
        }
    }

    @Test func onlyTheCentralErases() {
        let history = RecordHistory(seed: 4)
        let path = Erasure.path("x") ?? RecordHistory.fixed
        for (role, isErased) in [(Role.employee, false), (.manager, false), (.coordinator, true)] {
            var generator = SplitMix64(seed: 9)
            let replica = ReplicaID.random(using: &generator)
            let write = Write(
                dot: Dot(replica: replica, counter: 1), record: history.record, kind: "idea",
                context: VersionVector(), day: Day(number: 20_000),
                body: Write.Body(
                    role: role,
                    changes: [.init(path, .fix(Erasure.value(fields: nil, details: [:])))]))
            let fold = Self.fold(history, history.writes + [write])
            #expect(fold.hasErasure == isErased)
            #expect(fold.erased.isEmpty != isErased)
        }
    }

    /// Whoever has seen the erasing writes on as before.
    @Test func whatIsWrittenAfterwardsStays() {
        var generator = SplitMix64(seed: 5)
        let (unit, central) = (
            ReplicaID.random(using: &generator), ReplicaID.random(using: &generator)
        )
        let history = RecordHistory(seed: 1)
        func write(_ dot: Dot, _ seen: VersionVector, _ body: Write.Body) -> Write {
            Write(
                dot: dot, record: history.record, kind: "idea", context: seen,
                day: Day(number: 20_000), body: body)
        }
        let first = Dot(replica: unit, counter: 1)
        let erasing = Dot(replica: central, counter: 1)
        let path = Erasure.path("x") ?? RecordHistory.fixed
        let writes = [
            write(
                first, VersionVector(),
                .init(changes: [.init(RecordHistory.register, .set(.text("hemligt")))])),
            write(
                erasing, VersionVector([(unit, UInt64(1))]),
                .init(
                    role: .coordinator,
                    changes: [
                        .init(
                            path,
                            .fix(Erasure.value(fields: [RecordHistory.register], details: [:]))),
                        .init(RecordHistory.register, .set(.text("[maskat]"))),
                    ])),
            write(
                Dot(replica: unit, counter: 2),
                VersionVector([(unit, UInt64(1)), (central, UInt64(1))]),
                .init(changes: [.init(RecordHistory.register, .set(.text("nytt")))])),
        ]
        let fold = Self.fold(history, writes)
        #expect(fold.erased == [first])
        #expect(fold.state.siblings(RecordHistory.register).map(\.value) == [.text("nytt")])
        // Without the last one the note stands, and beside it nothing that had not seen it.
        let parallel = write(
            Dot(replica: unit, counter: 2), VersionVector([(unit, UInt64(1))]),
            .init(changes: [.init(RecordHistory.register, .set(.text("samma hemlighet")))]))
        let other = Self.fold(history, Array(writes.prefix(2)) + [parallel])
        #expect(other.erased == [first, parallel.dot])
        #expect(
            other.state.siblings(RecordHistory.register).map(\.value) == [.text("[maskat]")])
    }
}
