import SlussCore

/// The key figures of domain model §7, counted from the ledger alone and written as the report
/// writes them: a second account, in its own words.
struct YearFigures {
    let ledger: YearLedger
    let end: Day

    private func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

    /// What the central knows of.
    private var known: [YearLedger.Idea] {
        ledger.ideas.filter { $0.act <= ledger.units[$0.unit].come }
    }

    private func steps(_ idea: YearLedger.Idea) -> [YearLedger.Step] {
        idea.steps.filter { !$0.byUnit || $0.act <= ledger.units[idea.unit].come }
    }

    /// Neither taken back nor sent elsewhere before anybody had received it.
    private var counted: [YearLedger.Idea] {
        known.filter { idea in
            let words = Set(steps(idea).map(\.word))
            let isOut = words.contains("withdrawn") || words.contains("redirected")
            return !isOut || words.contains { !["withdrawn", "redirected"].contains($0) }
        }
    }

    private func firstAnswer(_ idea: YearLedger.Idea) -> Day? {
        idea.answers.compactMap { ledger.units[idea.unit].visible($0.act) }.min()
    }

    private static let decisions: Set<String> = [
        "go-ahead", "testing", "resting", "in-use", "closed", "redirected",
    ]

    private func firstDecision(_ idea: YearLedger.Idea) -> Day? {
        steps(idea).filter { Self.decisions.contains($0.word) }.compactMap {
            $0.byUnit ? $0.day : ledger.units[idea.unit].visible($0.act)
        }.min()
    }

    private func inUse(_ idea: YearLedger.Idea) -> Day? {
        steps(idea).first { $0.word == "in-use" }?.day
    }

    private func share(_ part: Int, _ whole: Int) -> String {
        if whole == 0 { return "inga än" }
        if whole < 10 { return "\(part) av \(whole)" }
        let percent = Int((100 * Double(part) / Double(whole)).rounded(.toNearestOrAwayFromZero))
        return "\(percent)\u{A0}% (\(part) av \(whole))"
    }

    private func perHundred(_ count: Int) -> String {
        let staff = ledger.units.map(\.headcount).reduce(0, +)
        if count < 10 { return "\(count) på \(staff) medarbetare" }
        let tenths = Int((1000 * Double(count) / Double(staff)).rounded(.toNearestOrAwayFromZero))
        return "\(tenths / 10),\(tenths % 10) (\(count) på \(staff))"
    }

    private func median(_ numbers: [Int]) -> String {
        let sorted = numbers.sorted()
        if sorted.isEmpty { return "ingen än" }
        let twice = sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]
        return twice % 2 == 0 ? "\(twice / 2) dagar" : "\(twice / 2),5 dagar"
    }

    private func within(_ days: Int, _ first: (YearLedger.Idea) -> Day?) -> String {
        let older = counted.filter { end.number - $0.day.number > days }
        let good = older.filter { idea in
            first(idea).map { $0.number - idea.day.number <= days } ?? false
        }
        return share(good.count, older.count)
    }

    private func waits(_ first: (YearLedger.Idea) -> Day?) -> [Int] {
        counted.compactMap { idea in first(idea).map { max(0, $0.number - idea.day.number) } }
    }

    /// The rows of words about answers, ideas taken up and activities.
    func rows(of share: YearShare) -> [String: String] {
        let numbers = Set(counted.map(\.number))
        return share.rows(
            ledger, counted: { numbers.contains(ledger.ideas[$0].number) },
            isInUse: { inUse(ledger.ideas[$0]) != nil })
    }

    /// The rows of the table of key figures: name and value.
    var rows: [String: String] {
        let spring = counted.filter { $0.day < day("2026-07-01") }
        let used = spring.filter { inUse($0) != nil }
        let tested = spring.filter { steps($0).contains { $0.word == "testing" } }
        let actions = ledger.actions.filter {
            $0.act <= ledger.units[$0.unit].come && $0.due < end
        }
        let done = actions.filter { action in
            action.done.map {
                $0.act <= ledger.units[action.unit].come && $0.day <= action.due
            } ?? false
        }
        return [
            "Idéer per 100 medarbetare": perHundred(counted.count),
            "Svar inom 14 dagar": within(14, firstAnswer),
            "Dagar till svar, median": median(waits(firstAnswer)),
            "Besked inom 30 dagar": within(30, firstDecision),
            "Dagar till besked, median": median(waits(firstDecision)),
            "Genomförandegrad": share(used.count, spring.count),
            "Andel testade": share(tested.count, spring.count),
            "Genomförda förbättringar per 100 medarbetare":
                perHundred(counted.filter { inUse($0) != nil }.count),
            "Aktiva enheter": share(active, ledger.units.count),
            "APT-åtgärder klara i tid": share(done.count, actions.count),
        ]
    }

    private var active: Int {
        let first = Day(number: end.number - 59)
        return ledger.units.indices.filter { unit in
            ledger.units[unit].newest.map { $0.day >= first } ?? false
                || counted.contains { $0.unit == unit && $0.day >= first }
        }.count
    }

    /// Ideas by month of 2026.
    var months: [Int] {
        (1...12).map { month in
            let start = day("2026-\(month < 10 ? "0" : "")\(month)-01")
            let next =
                month == 12 ? day("2027-01-01") : day("2026-\(month < 9 ? "0" : "")\(month + 1)-01")
            return counted.count { $0.day >= start && $0.day < next }
        }
    }

    /// For each unit: number, day and age of its newest bundle, and how many answers are not
    /// known to be visible there.
    var freshness: [String: [String?]] {
        Dictionary(
            uniqueKeysWithValues: ledger.units.indices.map { unit in
                let newest = ledger.units[unit].newest
                return (
                    ledger.units[unit].code,
                    [
                        newest.map { "\($0.number)" }, newest?.day.description,
                        newest.map { "\(end.number - $0.day.number)" }, "\(unseen(unit))",
                    ]
                )
            })
    }

    /// How many answers a unit is not known to have.
    func unseen(_ unit: Int) -> Int {
        ledger.ideas.filter { $0.unit == unit }.flatMap(\.answers).count {
            ledger.units[unit].visible($0.act) == nil
        }
    }

    /// The days on which each answer to an idea became visible.
    func visible(_ idea: YearLedger.Idea) -> [Day?] {
        idea.answers.map { ledger.units[idea.unit].visible($0.act) }
    }
}
