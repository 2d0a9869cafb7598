import SlussBundle
import SlussCore
import SlussDomain

/// Bytes of a store that may be damaged.
enum StateFuzz {
    static func run(_ input: ArraySlice<UInt8>) -> Bool {
        guard let state = try? StateDecoder.decode(Array(input)) else { return false }
        _ = StateEncoder.encode(state)
        _ = (state.conflicts, state.searchText, state.holdsUnknown)
        if let idea = Idea(state) { _ = (idea.title, idea.support, idea.categories, idea.answers) }
        if let meeting = Meeting(state) { _ = (meeting.present, meeting.addenda, meeting.items) }
        return true
    }

    static var seeds: [[UInt8]] {
        var reader = BundleReader()
        var writes: [Write] = []
        for entry in SampleEntries.whole {
            if case .writes(let lines) = try? reader.accept(entry) { writes += lines.map(\.write) }
        }
        guard let first = writes.first else { return [] }
        let fold = RecordFold(
            record: first.record, audience: SampleEntries.audience, writes: writes,
            branches: BranchTree([]))
        return [[0] + StateEncoder.encode(fold.state)]
    }
}
