import SlussCore
import Testing
import _SlussTestSupport

/// Folding into stored bytes gives what folding values gives.
///
/// Method: made-up histories, folded write by write and in pieces, beside the fold of all of them.
@Suite struct StateEditorTests {
    @Test(arguments: UInt64(0)..<400)
    func everyStepGivesTheBytesOfTheFold(seed: UInt64) throws {
        let history = RecordHistory(seed: seed, replicaCount: 4, length: 24)
        let order = history.reordered(seed: seed)
        var bytes: [UInt8]?
        var state = RecordState(record: history.record, kind: "idea", audience: .shared)
        for write in order {
            var editor = try Self.editor(bytes, history.record)
            try editor.apply(write)
            state.apply(write)
            let edited = try editor.encoded()
            #expect(edited == StateEncoder.encode(state))
            #expect(editor.context == state.context)
            bytes = edited
        }
    }

    @Test(arguments: UInt64(0)..<400)
    func severalWritesAtOnceGiveTheSame(seed: UInt64) throws {
        let history = RecordHistory(seed: seed, replicaCount: 5, length: 30)
        let order = history.reordered(seed: seed &+ 1)
        var generator = SplitMix64(seed: seed)
        let cut = Int.random(in: 0...order.count, using: &generator)
        var state = RecordState(record: history.record, kind: "idea", audience: .shared)
        for write in order[..<cut] { state.apply(write) }
        let before = state
        var editor = try Self.editor(cut == 0 ? nil : StateEncoder.encode(state), history.record)
        for write in order[cut...] {
            try editor.apply(write)
            state.apply(write)
        }
        #expect(try editor.encoded() == StateEncoder.encode(state))
        for part in editor.parts {
            #expect(part.before == before[part.key.path, part.key.family])
            #expect(
                editor.changes[part.key.path, part.key.family]
                    == state[part.key.path, part.key.family])
        }
    }

    /// Every place cut and every byte flipped: a damaged state is refused, or is another state.
    @Test func damagedBytesAreNeverATrap() throws {
        let history = RecordHistory(seed: 7, replicaCount: 4, length: 24)
        let bytes = StateEncoder.encode(history.state(of: history.writes))
        for place in bytes.indices {
            #expect(throws: StateDecoder.Damaged.self) { try StateEditor(Array(bytes[..<place])) }
            var flipped = bytes
            flipped[place] ^= 0x41
            if let editor = try? StateEditor(flipped) { _ = try? editor.encoded() }
        }
    }

    private static func editor(_ bytes: [UInt8]?, _ record: RecordID) throws -> StateEditor {
        if let bytes { return try StateEditor(bytes, audience: .shared) }
        return StateEditor(record: record, kind: "idea", audience: .shared)
    }
}
