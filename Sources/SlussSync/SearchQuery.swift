import SlussCore
import SlussDomain
import SlussStore

/// A query: terms that a record's text must hold, each of them, also as a part of a word.
///
/// The vocabulary tells which words hold a term, the index which records may hold one of them, and
/// the record's own text whether it does. So *byte* finds *däckbyte*, å, ä and ö are letters of
/// their own, and what is found is always there.
struct SearchQuery {
    /// With more words than this to ask for, it is quicker to look at the newest records.
    private static let wordsMax = 500

    /// Lower case, in Unicode normalisation form C.
    private let terms: [String]

    init(_ terms: [String]) { self.terms = terms.map { $0.lowercased() } }

    /// The records that hold every term, the newest first.
    func run(limit: Int, in transaction: StoreTransaction) throws -> [RecordState] {
        var found: [(no: Int64, state: RecordState)] = []
        // What a merge has brought and not indexed yet: while it goes on, and after a crash.
        let unindexed = try transaction.unindexedRecords()
        for no in unindexed {
            guard found.count < limit else { break }
            if let state = try match(no, transaction) { found.append((no, state)) }
        }
        let known = Set(unindexed)
        guard let groups = try groups(transaction) else { return found.map(\.state) }
        var count = 0
        try transaction.candidates(groups) { no in
            guard !known.contains(no) else { return true }
            if let state = try match(no, transaction) {
                found.append((no, state))
                count += 1
            }
            return count < limit
        }
        return found.sorted { $0.no > $1.no }.prefix(limit).map(\.state)
    }

    /// For each part of a term, the words that hold it; `nil` if there is one that no word holds.
    private func groups(_ transaction: StoreTransaction) throws -> [[String]]? {
        var groups: [[String]] = []
        for term in terms {
            var parts: [UInt8] = []
            SearchWords.append(term[...], to: &parts)
            for part in parts.split(separator: UInt8(ascii: " ")) {
                let part = String(decoding: part, as: UTF8.self)
                guard let words = try transaction.words(holding: part, max: Self.wordsMax) else {
                    continue
                }
                guard !words.isEmpty else { return nil }
                groups.append(words)
            }
        }
        return groups
    }

    private func match(_ no: Int64, _ transaction: StoreTransaction) throws -> RecordState? {
        let state = try transaction.record(no: no).state
        // The index has what is blocked, so that it need not be made anew; nobody finds it.
        guard !state.isBlocked else { return nil }
        let text = SearchText.lowered(SearchText.normalised(state.searchText))
        let holdsAll = text.withUnsafeBufferPointer { text in
            terms.allSatisfy { Self.holds(text, $0) }
        }
        return holdsAll ? state : nil
    }

    /// Byte for byte: Swift's own comparison would take a letter and its mark apart for one.
    private static func holds(_ text: UnsafeBufferPointer<UInt8>, _ term: String) -> Bool {
        var term = term
        return term.withUTF8 { term in
            guard let first = term.first else { return true }
            var rest = text[...]
            while rest.count >= term.count, let start = rest.firstIndex(of: first) {
                if text[start...].starts(with: term) { return true }
                rest = rest[(start + 1)...]
            }
            return false
        }
    }
}
