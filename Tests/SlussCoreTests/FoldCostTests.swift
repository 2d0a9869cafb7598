import SlussCore
import Testing
import _SlussTestSupport

/// A record costs what it holds, however its writes are made (promise P10).
///
/// Method: the same with ten times as much takes some ten times as long. What copies or looks through
/// all that is there with every write takes a hundred times as long.
@Suite(.serialized) struct FoldCostTests {
    private static let record = RecordID(high: 1, low: 1)
    private static let replica = ReplicaID(high: 2, low: 2)

    private static func write(_ number: Int, _ changes: [Write.FieldChange]) -> Write {
        var context = VersionVector()
        context[replica] = UInt64(number - 1)
        return Write(
            dot: Dot(replica: replica, counter: UInt64(number)), record: record, kind: "idea",
            context: context, day: Day(number: 20_000), body: Write.Body(changes: changes))
    }

    private static func path(_ number: Int) throws -> FieldPath {
        try #require(FieldPath("f\(number)"))
    }

    /// How many times as long the processor takes for ten times as much; the best of three.
    private static func growth(_ count: Int, _ body: (Int) throws -> Void) throws -> Double {
        func best(_ count: Int) throws -> Duration {
            try (0..<3).map { _ in try processorTime { try body(count) } }.min() ?? .zero
        }
        return try best(count * 10) / best(count)
    }

    @Test func entriesOfOneList() throws {
        let growth = try Self.growth(3_000) { count in
            var state = RecordState(record: Self.record, kind: "idea", audience: .shared)
            for number in 1...count {
                state.apply(Self.write(number, [.init("answer", .append(.integer(1)))]))
            }
        }
        #expect(growth < 30)
    }

    @Test func fieldsOfOneWriteInStoredBytes() throws {
        let growth = try Self.growth(1_000) { count in
            let changes = try (0..<count).map {
                Write.FieldChange(try Self.path($0), .set(.integer(1)))
            }
            var editor = StateEditor(record: Self.record, kind: "idea", audience: .shared)
            try editor.apply(Self.write(1, changes))
            var second = try StateEditor(editor.encoded())
            try second.apply(Self.write(2, changes))
        }
        #expect(growth < 30)
    }

    @Test func removalsBesideManyFields() throws {
        let growth = try Self.growth(300) { count in
            let changes = try (0..<count).map {
                Write.FieldChange(try Self.path($0), .set(.integer(1)))
            }
            var state = RecordState(record: Self.record, kind: "idea", audience: .shared)
            state.apply(Self.write(1, changes))
            for number in 2...count {
                state.apply(Self.write(number, [.init("category", .remove(["a"]))]))
            }
        }
        #expect(growth < 30)
    }

    /// Many fields are looked up in another way than few.
    @Test(arguments: UInt64(0)..<20)
    func manyFieldsGiveTheBytesOfTheFold(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var state = RecordState(record: Self.record, kind: "idea", audience: .shared)
        var bytes: [UInt8]?
        for number in 1...12 {
            let numbers = (0..<400).shuffled(using: &generator).prefix(
                Int.random(in: 1...90, using: &generator))
            let changes = try numbers.map { number in
                let change: Change =
                    switch (number % 4, Bool.random(using: &generator)) {
                    case (0, true): .add(["a", "b"])
                    case (0, false): .remove(["a", "b"])
                    case (1, _): .append(.integer(Int64(number)))
                    case (2, _): .own(.integer(Int64(number)))
                    default: .set(.integer(Int64(number)))
                    }
                return Write.FieldChange(try Self.path(number), change)
            }
            let write = Self.write(number, changes)
            var editor =
                if let bytes {
                    try StateEditor(bytes)
                } else {
                    StateEditor(record: Self.record, kind: "idea", audience: .shared)
                }
            try editor.apply(write)
            state.apply(write)
            let now = try editor.encoded()
            #expect(now == StateEncoder.encode(state))
            bytes = now
        }
    }
}
