import SlussDomain
import Testing
import _SlussTestSupport

/// The survey's figures against numbers worked out by hand, and against a second account in whole
/// numbers; and that no group of fewer than five can be found.
@Suite struct SurveyTests {
    private func answers(_ value: Int?, _ administration: String = "") throws -> SurveyAnswers {
        try #require(
            SurveyAnswers(
                administration: administration, values: SurveyItem.all.map { _ in value }))
    }

    private func result(_ answers: [SurveyAnswers], year: Int = 2026) throws -> SurveyResult {
        var round = SurveyRound(year: year)
        round.answers = answers
        #expect(SurveyResult(round) == nil, "nothing is said of an open round")
        round.isClosed = true
        return try #require(SurveyResult(round))
    }

    private func place(_ id: String) throws -> Int {
        try #require(SurveyItem.all.firstIndex { $0.id == id })
    }

    @Test func thereAreTwentyFourSentencesInNineParts() {
        #expect(SurveyItem.all.count == 24)
        #expect(Set(SurveyItem.all.map(\.id)).count == 24)
        #expect(SurveyDimension.allCases.map(\.places.count) == [3, 3, 2, 3, 3, 3, 2, 2, 3])
        #expect(SurveyItem.all.allSatisfy { $0.id.hasPrefix($0.dimension.rawValue) })
        #expect(SurveyAnswers(administration: "", values: [1, 2]) == nil)
        #expect(
            SurveyAnswers(administration: "", values: SurveyItem.all.map { _ in 6 }) == nil)
    }

    @Test func indexesAreAsWorkedOutByHand() throws {
        // Six managers who say 1, 2, 3, 4, 5, 5 to everything: mean 20/6, index 58.33.
        var all = try [1, 2, 3, 4, 5, 5].map { try answers($0) }
        // The first judges no item of C: C is 2, 3, 4, 5, 5, mean 3.8, index 70.
        for id in ["C1", "C2"] { all[0].values[try place(id)] = nil }
        // The second judges one item of A's three: fewer than half, so not in A.
        (all[1].values[try place("A2")], all[1].values[try place("A3")]) = (nil, nil)
        all[1].values[try place("A1")] = 5
        // The third judges two of A's: 2 and 5, mean 3.5. A: 1, 3.5, 4, 5, 5 = 18.5/5, index 67.5.
        all[2].values[try place("A1")] = 2
        all[2].values[try place("A2")] = 5
        all[2].values[try place("A3")] = nil
        let result = try result(all)
        #expect(result.whole.count == 6)
        #expect(result.whole.dimensions[.surroundings]?.points == 68, "a half is rounded up")
        #expect(result.whole.dimensions[.surroundings]?.count == 5)
        #expect(result.whole.dimensions[.planning]?.points == 70)
        for dimension in [SurveyDimension.leadership, .support, .culture] {
            #expect(result.whole.dimensions[dimension]?.points == 58)
            #expect(result.whole.dimensions[dimension]?.count == 6)
        }
        // (67.5 + 7 · 58.33 + 70) / 9 = 60.65, of the indexes that are not rounded.
        #expect(result.whole.total?.points == 61)
        // A3 has four answers: none of A's items is shown, or it could be found from the others.
        #expect(result.items[try place("A1")] == nil)
        // C1: 2, 3, 4, 5, 5.
        #expect(result.items[try place("C1")]?.points == 70)
        #expect(result.items[try place("B1")]?.points == 58)
        #expect(result.distributions.isEmpty, "no distribution below ten")
    }

    @Test func aPartWithFourAnswersTakesTheTotalAway() throws {
        var all = try [1, 2, 3, 4, 5].map { try answers($0) }
        #expect(try result(all).whole.total?.points == 50)
        for id in ["H1", "H2"] { all[0].values[try place(id)] = nil }
        #expect(try result(all).whole.dimensions[.improvement] == nil)
        #expect(try result(all).whole.total == nil)
        #expect(try result(all).whole.dimensions[.culture]?.points == 50)
        let four = try result(Array(all.prefix(4)))
        #expect(four.whole.count == nil && four.whole.dimensions.isEmpty && four.items.isEmpty)
    }

    @Test func howAnswersAreSpreadIsShownFromTenOn() throws {
        var all = try [1, 1, 2, 3, 3, 3, 4, 5, 5, 5].map { try answers($0) }
        #expect(try result(all).distributions[0] == [2, 1, 3, 1, 3])
        all[0].values[0] = nil
        #expect(try result(all).distributions[0] == nil)
        #expect(try result(all).distributions[1] == [2, 1, 3, 1, 3])
    }

    @Test func aSmallGroupCannotBeFoundByTakingTheOthersAway() throws {
        func groups(_ counts: [(String, Int)]) throws -> [String: Int] {
            let all = try counts.flatMap { name, count in
                try (0..<count).map { try answers(1 + $0 % 5, name) }
            }
            let shown = try result(all).groups.filter { $0.total != nil }
            return Dictionary(uniqueKeysWithValues: shown.map { ($0.name ?? "", $0.count ?? 0) })
        }
        // BUN is too small; with OMS and TEK shown it would be the rest, so the smaller goes, too.
        #expect(try groups([("OMS", 9), ("TEK", 6), ("BUN", 3)]) == ["OMS": 9])
        // Two small ones are five together: nobody can tell them apart.
        #expect(
            try groups([("OMS", 9), ("TEK", 6), ("BUN", 3), ("KUL", 2)]) == ["OMS": 9, "TEK": 6])
        // Four together are not enough.
        #expect(try groups([("OMS", 9), ("TEK", 6), ("BUN", 3), ("KUL", 1)]) == ["OMS": 9])
        #expect(try groups([("OMS", 9), ("BUN", 1)]) == [:])
        #expect(try groups([("OMS", 5), ("BUN", 5)]) == ["OMS": 5, "BUN": 5])
    }

    @Test func itHoldsForEachPartByItself() throws {
        // Everyone answers, but two of TEK's six skip H: TEK has four there, and OMS would give it away.
        var all = try (0..<6).map { try answers(1 + $0 % 5, "TEK") }
        for person in 0..<2 {
            for id in ["H1", "H2"] { all[person].values[try place(id)] = nil }
        }
        all += try (0..<7).map { try answers(1 + $0 % 5, "OMS") }
        let result = try result(all)
        let (oms, tek) = (try #require(result.group("OMS")), try #require(result.group("TEK")))
        #expect(tek.dimensions[.improvement] == nil && oms.dimensions[.improvement] == nil)
        #expect(tek.dimensions[.culture] != nil && oms.dimensions[.culture] != nil)
        #expect(oms.total == nil, "a total needs all nine")
        #expect(result.whole.dimensions[.improvement]?.count == 11)
    }

    @Test func trendsHaveAnArrowFromFivePointsOn() {
        #expect(SurveyTrend(change: 5).inWords.swedish == "↑ +5 upp")
        #expect(SurveyTrend(change: 4).inWords.swedish == "+4 ungefär lika")
        #expect(SurveyTrend(change: -4).inWords.english == "−4 about the same")
        #expect(SurveyTrend(change: -5).inWords.english == "↓ −5 down")
    }

    @Test func onlyTheSameSentencesAreCompared() throws {
        let then = try result([1, 2, 3, 4, 5].map { try answers($0) }, year: 2025)
        let now = try result([2, 3, 4, 5, 5].map { try answers($0) })
        // 50 and (19/5 − 1)/4 = 70.
        #expect(now.trend(since: then)?.change == 20)
        #expect(now.trend(of: .culture, since: then)?.change == 20)
        #expect(now.trend(since: nil) == nil)
        let few = try result([1, 2, 3, 4].map { try answers($0) }, year: 2025)
        #expect(now.trend(since: few) == nil)
        var other = SurveyRound(year: 2025, version: 2)
        other.isClosed = true
        #expect(SurveyResult(other) == nil)
    }

    /// A second account: sixths of points in whole numbers, and an eavesdropper who subtracts.
    @Test func manyRoundsComeOutAsASecondAccountHasThem() throws {
        let names = ["", "BUN", "KUL", "OMS", "TEK"]
        for seed in 1...200 {
            var dice = SplitMix64(seed: UInt64(seed))
            let all = (0..<Int.random(in: 0...40, using: &dice)).compactMap { _ in
                SurveyAnswers(
                    administration: names[Int.random(in: 0..<5, using: &dice)],
                    values: SurveyItem.all.map { _ in
                        Int.random(in: 0..<100, using: &dice) < 25
                            ? nil : Int.random(in: 1...5, using: &dice)
                    })
            }
            let result = try result(all)
            for (place, dimension) in SurveyDimension.allCases.enumerated() {
                let range = Self.ranges[place]
                #expect(
                    result.whole.dimensions[dimension].map { [$0.points, $0.count] }
                        == Self.score(all, range), "seed \(seed)")
                var rest = Self.sixths(all, range).count
                for group in result.groups {
                    let part = all.filter { $0.administration == group.name }
                    guard let score = group.dimensions[dimension] else { continue }
                    #expect([score.points, score.count] == Self.score(part, range))
                    rest -= score.count
                }
                // Where the whole is not shown, no part may be.
                let isWholeShown = result.whole.dimensions[dimension] != nil
                #expect(
                    isWholeShown ? rest == 0 || rest >= 5 : rest == Self.sixths(all, range).count,
                    "seed \(seed): \(rest) could be found")
            }
        }
    }

    /// The places of each part's items, counted by hand.
    private static let ranges = [
        0..<3, 3..<6, 6..<8, 8..<11, 11..<14, 14..<17, 17..<19, 19..<21, 21..<24,
    ]

    private static func sixths(_ answers: [SurveyAnswers], _ range: Range<Int>) -> [Int] {
        answers.compactMap { answer in
            let given = answer.values[range].compactMap { $0 }
            return given.count >= 2 || (given.count == 1 && range.count == 2)
                ? 6 / given.count * given.reduce(0, +) : nil
        }
    }

    private static func score(_ answers: [SurveyAnswers], _ range: Range<Int>) -> [Int]? {
        let sixths = sixths(answers, range)
        let count = sixths.count
        guard count >= 5 else { return nil }
        let sum = sixths.reduce(0, +) - 6 * count
        return [(200 * sum + 24 * count) / (48 * count), count]
    }
}
