/// An index from 0 to 100 and how many it is made of.
public struct SurveyScore: Hashable, Sendable {
    /// The index in whole points, halves rounded up.
    public let points: Int
    /// How many answers it is made of.
    public let count: Int

    /// The index of means from 1 to 5; `nil` of fewer than five.
    init?(_ means: [Double]) {
        guard means.count >= SurveyResult.groupMin else { return nil }
        let mean = means.reduce(0, +) / Double(means.count)
        self.init(index: (mean - 1) / 4 * 100, count: means.count)
    }

    init(index: Double, count: Int) {
        // A half is a half although the mean of thirds is not exact.
        points = Int((index + 1e-9).rounded(.toNearestOrAwayFromZero))
        self.count = count
    }

    /// How it has changed since a year before.
    public func trend(since before: SurveyScore) -> SurveyTrend {
        SurveyTrend(change: points - before.points)
    }
}

/// How an index has changed: an arrow from five points on.
public struct SurveyTrend: Hashable, Sendable {
    /// From how many points on it is said to have changed.
    public static let changeMin = 5

    /// By how many points.
    public let change: Int

    /// A change.
    public init(change: Int) { self.change = change }

    /// `+6 upp`, `−2 ungefär lika`.
    public var inWords: Phrase {
        let number = change < 0 ? "−\(-change)" : "+\(change)"
        if change >= Self.changeMin { return Phrase("↑ \(number) upp", "↑ \(number) up") }
        if change <= -Self.changeMin { return Phrase("↓ \(number) ned", "↓ \(number) down") }
        return Phrase("\(number) ungefär lika", "\(number) about the same")
    }
}

/// What a closed round says, of groups that are large enough.
///
/// Nothing is said of fewer than five. Of a group that could be found by taking the others from the
/// whole, nothing is said either: the smallest of the others is held back, too.
public struct SurveyResult: Sendable {
    /// The smallest group of which anything is said.
    public static let groupMin = 5
    /// The smallest number of answers whose distribution is shown.
    public static let distributionMin = 10

    /// What is said of some of those who answered.
    public struct Group: Sendable {
        /// The administration; `nil` is the whole.
        public let name: String?
        /// How many answered; `nil` if fewer than five.
        public let count: Int?
        /// The unweighted mean of the nine dimensions; `nil` unless each is there.
        public let total: SurveyScore?
        /// The dimensions that may be shown.
        public let dimensions: [SurveyDimension: SurveyScore]
    }

    /// The year.
    public let year: Int
    /// The set of items.
    public let version: Int
    /// How many were asked.
    public let invited: Int?
    /// All who answered.
    public let whole: Group
    /// The administrations, as Swedish readers order them.
    public let groups: [Group]
    /// The items of the whole that may be shown, by place.
    public let items: [Int: SurveyScore]
    /// How often each answer was given, 1 to 5, by item: where at least ten answered it.
    public let distributions: [Int: [Int]]

    /// Counts a round that is closed; `nil` of one that is not, or whose items this release does not
    /// know.
    public init?(_ round: SurveyRound) {
        guard round.isClosed, round.version == SurveyItem.version else { return nil }
        year = round.year
        version = round.version
        invited = round.invited
        let parts = Dictionary(grouping: round.answers, by: \.administration)
        let shown = Self.shown(parts, of: round.answers)
        whole = Self.group(nil, round.answers, Set(SurveyDimension.allCases))
        groups = parts.keys.sorted(by: SwedishOrder.isBefore).map { name in
            let dimensions = SurveyDimension.allCases.filter { shown[$0]?.contains(name) ?? false }
            return Self.group(name, parts[name] ?? [], Set(dimensions))
        }
        let given = SurveyItem.all.indices.map { place in
            round.answers.compactMap { $0.values[place] }
        }
        var items: [Int: SurveyScore] = [:]
        for dimension in SurveyDimension.allCases {
            // One item less than its dimension could be found from the others.
            guard dimension.places.allSatisfy({ given[$0].count >= Self.groupMin }) else {
                continue
            }
            for place in dimension.places {
                items[place] = SurveyScore(given[place].map(Double.init))
            }
        }
        self.items = items
        var distributions: [Int: [Int]] = [:]
        for place in items.keys where given[place].count >= Self.distributionMin {
            distributions[place] = SurveyItem.range.map { value in
                given[place].count { $0 == value }
            }
        }
        self.distributions = distributions
    }

    private static func group(
        _ name: String?, _ answers: [SurveyAnswers], _ shown: Set<SurveyDimension>
    ) -> Group {
        var means: [SurveyDimension: [Double]] = [:]
        for dimension in shown { means[dimension] = answers.compactMap { $0.mean(dimension) } }
        let scores = means.compactMapValues { SurveyScore($0) }
        var total: SurveyScore?
        if scores.count == SurveyDimension.allCases.count {
            let indexes = means.values.map { ($0.reduce(0, +) / Double($0.count) - 1) / 4 * 100 }
            total = SurveyScore(
                index: indexes.sorted().reduce(0, +) / Double(indexes.count), count: answers.count)
        }
        return Group(
            name: name, count: answers.count >= groupMin ? answers.count : nil, total: total,
            dimensions: scores)
    }

    /// Of which parts each dimension may be shown.
    private static func shown(
        _ parts: [String: [SurveyAnswers]], of all: [SurveyAnswers]
    ) -> [SurveyDimension: Set<String>] {
        var shown: [SurveyDimension: Set<String>] = [:]
        for dimension in SurveyDimension.allCases {
            let counts = parts.mapValues { $0.count { $0.mean(dimension) != nil } }
            shown[dimension] = large(counts)
        }
        return shown
    }

    /// The parts that are large enough, without those whose showing would give a small one away.
    static func large(_ counts: [String: Int]) -> Set<String> {
        var shown = Set(counts.filter { $0.value >= groupMin }.keys)
        var hidden = counts.filter { !shown.contains($0.key) }.values.reduce(0, +)
        while hidden > 0, hidden < groupMin {
            let smallest = shown.sorted(by: SwedishOrder.isBefore).min {
                counts[$0] ?? 0 < counts[$1] ?? 0
            }
            guard let smallest else { break }
            shown.remove(smallest)
            hidden += counts[smallest] ?? 0
        }
        return shown
    }

    /// The group of an administration, or the whole.
    public func group(_ name: String?) -> Group? {
        guard let name else { return whole }
        return groups.first { UnitRegister.isSame($0.name ?? "", name) }
    }

    /// How the total of a group has changed; `nil` if one of the two is not shown or the items are
    /// others.
    public func trend(of name: String? = nil, since before: SurveyResult?) -> SurveyTrend? {
        guard let before, before.version == version, let now = group(name)?.total,
            let then = before.group(name)?.total
        else { return nil }
        return now.trend(since: then)
    }

    /// How a dimension of the whole has changed.
    public func trend(of dimension: SurveyDimension, since before: SurveyResult?) -> SurveyTrend? {
        guard let before, before.version == version, let now = whole.dimensions[dimension],
            let then = before.whole.dimensions[dimension]
        else { return nil }
        return now.trend(since: then)
    }

    /// The items from the lowest to the highest; those that are alike in their order.
    public var ranked: [Int] {
        items.sorted { ($0.value.points, $0.key) < ($1.value.points, $1.key) }.map(\.key)
    }
}
