public import SlussCore

/// How alike two ideas are, in a way that can be explained: by the words that they share.
///
/// Each word counts by how rare it is among all ideas (inverse document frequency; Spärck Jones,
/// "A Statistical Interpretation of Term Specificity", 1972), Swedish endings are cut, and the
/// shared weight is set against all of it (Jaccard). It suggests; a person decides.
public struct Similarity: Sendable {
    /// An idea that is like another.
    public struct Match: Hashable, Sendable {
        /// The idea's record.
        public let record: RecordID
        /// From 0 to 1.
        public let score: Double
        /// The words that both have, the rarest first.
        public let shared: [String]
    }

    /// What counts as alike; below it a hint is noise.
    public static let scoreMin = 0.25

    private var words: [RecordID: Set<String>] = [:]
    private var counts: [String: Int] = [:]

    /// Reads the words of ideas.
    public init(_ ideas: some Sequence<Idea>) {
        for idea in ideas {
            let text = [idea.problem, idea.solution, idea.state.text("title")]
                .compactMap { $0 }.joined(separator: " ")
            let stems = Self.stems(text)
            words[idea.state.record] = stems
            for stem in stems { counts[stem, default: 0] += 1 }
        }
    }

    /// The ideas that are like one of them, the most alike first.
    public func matches(_ record: RecordID, limit: Int = 5) -> [Match] {
        guard let own = words[record] else { return [] }
        let matches = words.compactMap { other, stems -> Match? in
            guard other != record else { return nil }
            let shared = own.intersection(stems)
            guard shared.count > 1 else { return nil }
            let score = weight(shared) / weight(own.union(stems))
            guard score >= Self.scoreMin else { return nil }
            return Match(
                record: other, score: score,
                shared: shared.sorted { (weight($0), $1) > (weight($1), $0) })
        }
        return Array(
            matches.sorted { ($0.score, $1.record) > ($1.score, $0.record) }.prefix(limit))
    }

    /// Half of them at most may have a word that says anything.
    private func weight(_ word: String) -> Double {
        let count = Double(counts[word] ?? 1)
        return 1 + Double(words.count + 1).ratioBits(to: count)
    }

    private func weight(_ some: Set<String>) -> Double {
        // Summed in one order, so that the same texts give the same score everywhere.
        some.sorted().reduce(0) { $0 + weight($1) }
    }

    /// The words that say something, without endings.
    static func stems(_ text: String) -> Set<String> {
        let words = text.lowercased().split { !$0.isLetter }.map(String.init)
        return Set(words.filter { $0.count > 3 && !common.contains($0) }.map(stem))
    }

    private static func stem(_ word: String) -> String {
        for ending in endings where word.hasSuffix(ending) && word.count - ending.count >= 4 {
            return String(word.dropLast(ending.count))
        }
        return word
    }

    private static let endings = [
        "arnas", "ernas", "ornas", "arna", "erna", "orna", "ande", "ende", "aren", "ade", "are",
        "ens", "ets", "ar", "er", "or", "en", "et", "an", "as", "es", "at", "a", "e", "n", "s",
        "t",
    ]

    private static let common: Set<String> = [
        "alla", "allt", "även", "att", "bara", "blir", "borde", "denna", "dessa", "detta", "efter",
        "eller", "eftersom", "finns", "från", "gång", "hade", "hela", "hos", "inte", "istället",
        "kanske", "kunde", "måste", "många", "mellan", "mycket", "något", "någon", "några", "när",
        "och", "också", "samma", "sedan", "själv", "skulle", "som", "till", "utan", "under",
        "vara", "varje", "varit", "vilket", "våra", "vårt", "with", "that", "this", "from",
        "have", "when", "they", "there",
    ]
}

extension Double {
    /// Whole halvings between two counts: a logarithm that is the same on every machine.
    fileprivate func ratioBits(to count: Double) -> Double {
        var (bits, rest) = (0.0, self / Swift.max(1, count))
        while rest >= 2 {
            rest /= 2
            bits += 1
        }
        return bits + rest - 1
    }
}
