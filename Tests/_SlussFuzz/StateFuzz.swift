import SlussBundle
import SlussCore
import SlussDomain

/// Bytes of a store that may be damaged.
enum StateFuzz {
    static func run(_ input: ArraySlice<UInt8>) -> Bool {
        if var editor = try? StateEditor(Array(input)) {
            for write in writes where write.record == editor.record && write.kind == editor.kind {
                guard (try? editor.apply(write)) != nil else { break }
            }
            _ = try? editor.encoded()
        }
        guard let state = try? StateDecoder.decode(Array(input)) else { return false }
        _ = StateEncoder.encode(state)
        var later = state
        for write in writes where write.record == state.record && write.kind == state.kind {
            later.apply(write)
        }
        _ = StateEncoder.encode(later)
        _ = (state.conflicts, state.searchText, state.holdsUnknown)
        if let idea = Idea(state) { _ = (idea.title, idea.support, idea.categories, idea.answers) }
        if let meeting = Meeting(state) { _ = (meeting.present, meeting.addenda, meeting.items) }
        return true
    }

    /// The writes of the sample, which may come to any state.
    private static let writes: [Write] = {
        var reader = BundleReader()
        return SampleEntries.whole.flatMap { entry -> [Write] in
            guard case .writes(let lines) = try? reader.accept(entry) else { return [] }
            return lines.map(\.write)
        }
    }()

    static var seeds: [[UInt8]] {
        guard let first = writes.first else { return [] }
        let fold = RecordFold(
            record: first.record, audience: SampleEntries.audience, writes: writes,
            branches: BranchTree([]))
        return [[0] + StateEncoder.encode(fold.state)]
    }
}
