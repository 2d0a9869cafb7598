import SlussCore
public import SlussDomain
import SlussStore

extension OpenUnit {
    /// The ideas that are like one, the most alike first, with the words that they share.
    public func similar(to reference: String) throws -> [(idea: Idea, match: Similarity.Match)] {
        let one = try idea(reference)
        let all = try ideas()
        let byRecord = Dictionary(
            all.map { ($0.state.record, $0) }, uniquingKeysWith: { first, _ in first })
        return Similarity(all).matches(one.state.record).compactMap { match in
            byRecord[match.record].map { ($0, match) }
        }
    }

    /// The numbers of ideas here that are like one that has just been handed in; none in a store
    /// with so many that looking would keep people waiting.
    ///
    /// Drafts are left out: nobody is to learn of them.
    public func hints(for receipt: IdeaReceipt) throws -> [String] {
        let name = KindDefinition.idea.name.string
        let count = try store.read { try $0.recordCounts()[name] ?? 0 }
        guard !receipt.isStopped, count <= Self.hintedIdeasMax else { return [] }
        let all = try ideas().filter { $0.state.audience != .local }
        let numbers = Dictionary(
            all.map { ($0.state.record, $0.number) }, uniquingKeysWith: { first, _ in first })
        return Similarity(all).matches(receipt.record, limit: Self.hintsMax).compactMap {
            numbers[$0.record] ?? nil
        }
    }

    /// Beyond what a unit gathers in many years.
    private static let hintedIdeasMax = 2000
    /// More would not be looked at.
    private static let hintsMax = 3

    /// The ideas that live on in one: whoever handed them in gets its answers, too.
    func joined(into record: RecordID, in transaction: StoreTransaction) throws -> [RecordID] {
        var filter = RecordFilter(kind: KindDefinition.idea.name.string)
        filter.status = IdeaStatus.joined.rawValue
        var ideas: [Idea] = []
        try transaction.forEachRecord(filter) {
            if let idea = Idea($0.state) { ideas.append(idea) }
        }
        // A ring's own root is joined itself, so the one asked for is looked at, too.
        return IdeaJoins(ideas).joined(into: record)
    }
}
