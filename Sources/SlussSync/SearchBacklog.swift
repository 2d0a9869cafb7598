import SlussCore
import SlussDomain
import SlussStore

/// The words by which records that have been folded are to be found, until they are indexed.
///
/// The index only grows: it holds every word that a record has had since the index was made, and
/// what is found by it is looked at before it is shown (``OpenUnit/search(_:limit:)``). So a new
/// text needs no more than its new words, whatever happens to the old ones.
struct SearchBacklog {
    /// From so many bytes on it is to be indexed.
    private static let bytesMax = 4 << 20

    private var words: [Int64: [UInt8]] = [:]
    private var byteCount = 0

    /// Whether it is large enough to be indexed for its size alone.
    var isLarge: Bool { byteCount > Self.bytesMax }

    /// Notes all words of a record's text.
    mutating func note(_ text: String, of record: Int64) {
        var words: [UInt8] = []
        SearchWords.append(SearchText.normalised(text)[...], to: &words)
        note(SearchWords.withoutRepeats(words), of: record)
    }

    /// Notes words that have been cut already.
    mutating func note(_ words: [UInt8], of record: Int64) {
        if !words.isEmpty { note(record) { $0 += words } }
    }

    /// The words that a fold has brought.
    static func words(_ editor: StateEditor) -> [UInt8] {
        guard let definition = KindDefinition.all[editor.kind] else { return [] }
        var words: [UInt8] = []
        for part in editor.parts {
            guard let field = definition[part.key.path], field.isSearched else { continue }
            let old = part.before?.searched ?? []
            let known = Set(old)
            for text in part.now.searched where !known.contains(text) {
                // Of one that has replaced another, what is new. A word ends at a space or a sign,
                // so what is cut off there has the same form in both.
                let new =
                    if let last = old.last, part.key.family == .register {
                        SearchWords.changed(from: last.string, to: text.string)
                    } else {
                        text.string[...]
                    }
                SearchWords.append(SearchText.normalised(String(new))[...], to: &words)
            }
        }
        return SearchWords.withoutRepeats(words)
    }

    private mutating func note(_ record: Int64, _ append: (inout [UInt8]) -> Void) {
        let before = words[record]?.count ?? 0
        append(&words[record, default: []])
        let after = words[record]?.count ?? 0
        if after == 0 { words[record] = nil }
        byteCount += after - before
    }

    /// Adds what another has noted.
    mutating func add(_ other: Self) {
        words.merge(other.words, uniquingKeysWith: +)
        byteCount += other.byteCount
    }

    /// Indexes all of it; nothing waits any more.
    mutating func index(in transaction: StoreTransaction) throws {
        for (record, words) in words.sorted(by: { $0.key < $1.key }) {
            try transaction.index(words, of: record)
        }
        self = SearchBacklog()
    }
}

extension FieldState {
    /// The texts that can be searched for.
    fileprivate var searched: [Text] {
        switch self {
        case .register(let siblings, _):
            siblings.compactMap { if case .text(let text) = $0.value { text } else { nil } }
        case .entries(let entries):
            entries.compactMap { $0.value.asText ?? $0.value["text"]?.asText }.map { Text($0) }
        default: []
        }
    }
}
