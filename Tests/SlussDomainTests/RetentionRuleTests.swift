import SlussCore
import SlussDomain
import Testing
import _SlussTestSupport

/// Which backups a rule keeps is a function of their days alone; its laws, by seed, and examples.
@Suite struct RetentionRuleTests {
    private struct Story {
        let days: [Day]
        let rule: RetentionRule

        /// Days that mostly go forward, some the same, a few from a clock that was wrong.
        init(seed: UInt64) throws {
            var generator = SplitMix64(seed: seed)
            var number = 20_500 + Int.random(in: 0..<800, using: &generator)
            var days: [Day] = []
            for _ in 0..<Int.random(in: 0...25, using: &generator) {
                let isWrong = Int.random(in: 0..<12, using: &generator) == 0
                if isWrong {
                    days.append(Day(number: Int.random(in: 0..<30_000, using: &generator)))
                } else {
                    number += Int.random(in: 0...20, using: &generator)
                    days.append(Day(number: number))
                }
            }
            self.days = days
            rule = try #require(
                RetentionRule(
                    daily: Int.random(in: 0...5, using: &generator),
                    weekly: Int.random(in: 0...5, using: &generator),
                    monthly: Int.random(in: 1...5, using: &generator)))
        }
    }

    @Test(arguments: UInt64(0)..<500)
    func theNewestIsKeptAndNoMoreThanTheRuleSays(seed: UInt64) throws {
        let story = try Story(seed: seed)
        let kept = story.rule.kept(of: story.days)
        #expect(kept.isSubset(of: Set(story.days.indices)))
        #expect(story.days.isEmpty == kept.isEmpty)
        #expect(story.days.indices.last.map(kept.contains) ?? true)
        let rule = story.rule
        #expect(kept.count <= rule.daily + rule.weekly + rule.monthly + 1)
    }

    @Test(arguments: UInt64(0)..<500)
    func eachOfTheLastDaysWeeksAndMonthsHasItsNewest(seed: UInt64) throws {
        let story = try Story(seed: seed)
        let kept = story.rule.kept(of: story.days)
        func expectNewest(_ count: Int, _ stretch: (Day) -> [Int]) {
            let stretches = Set(story.days.map(stretch)).sorted {
                $1.lexicographicallyPrecedes($0)
            }
            for one in stretches.prefix(count) {
                // Said in another way than it is done: the last of the latest day in it.
                let latest = story.days.filter { stretch($0) == one }.max()
                let place = story.days.lastIndex { $0 == latest }
                #expect(place.map(kept.contains) ?? false, "\(one) of \(story.days)")
            }
        }
        expectNewest(story.rule.daily) { [$0.number] }
        expectNewest(story.rule.weekly) { [$0.week.year, $0.week.number] }
        expectNewest(story.rule.monthly) { [$0.date.year, $0.date.month] }
    }

    @Test(arguments: UInt64(0)..<500)
    func applyingARuleAgainRemovesNothingMore(seed: UInt64) throws {
        let story = try Story(seed: seed)
        let once = story.rule.kept(of: story.days).sorted().map { story.days[$0] }
        #expect(story.rule.kept(of: once) == Set(once.indices))
    }

    @Test(arguments: UInt64(0)..<200)
    func aWiderRuleKeepsAtLeastAsMuch(seed: UInt64) throws {
        let story = try Story(seed: seed)
        let wider = try #require(
            RetentionRule(
                daily: story.rule.daily + 1, weekly: story.rule.weekly + 2,
                monthly: story.rule.monthly + 1))
        #expect(story.rule.kept(of: story.days).isSubset(of: wider.kept(of: story.days)))
    }

    @Test func aYearOfDailyBackupsLeavesAboutTwenty() throws {
        let rule = try #require(RetentionRule("daily=7,weekly=4,monthly=12"))
        let first = try #require(Day("2025-03-10"))
        let days = (0..<365).map { first.adding(days: $0) }
        let kept = rule.kept(of: days).sorted().map { days[$0].description }
        #expect(
            kept == [
                "2025-04-30", "2025-05-31", "2025-06-30", "2025-07-31", "2025-08-31", "2025-09-30",
                "2025-10-31", "2025-11-30", "2025-12-31", "2026-01-31", "2026-02-22",
                "2026-02-28", "2026-03-01", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06",
                "2026-03-07", "2026-03-08", "2026-03-09",
            ])
    }

    @Test(arguments: [
        "", "daily", "daily=", "daily=x", "daily=-1", "daily=0", "hourly=3", "daily=1,daily=2",
        "daily=10000", "daily=7;weekly=4", "daily=7,", "daily=٣", "daily=1=2", " daily=1",
    ])
    func whatIsNoRuleIsNotTaken(text: String) {
        #expect(RetentionRule(text) == nil)
    }

    @Test func aRuleIsReadAsItIsWritten() {
        #expect(RetentionRule("monthly=12,daily=7")?.description == "daily=7,weekly=0,monthly=12")
    }
}
