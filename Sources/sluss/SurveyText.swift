import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

extension SurveyItem {
    /// The sentences as a page of text, in both languages.
    static var lines: String {
        var text = say(
            "1 stämmer inte alls … 5 stämmer helt; tomt: kan inte bedöma\n",
            "1 do not agree at all … 5 fully agree; empty: cannot judge\n")
        for dimension in SurveyDimension.allCases {
            text += "\n\(dimension.phrase.swedish) / \(dimension.phrase.english)\n"
            for place in dimension.places {
                let item = all[place]
                text += "  \(item.id)  \(item.phrase.swedish)\n      \(item.phrase.english)\n"
            }
        }
        return text
    }

    static var table: Table {
        Table(
            headings: ["id", "dimensionSv", "dimensionEn", "sv", "en"],
            rows: all.map {
                [
                    $0.id, $0.dimension.phrase.swedish, $0.dimension.phrase.english,
                    $0.phrase.swedish, $0.phrase.english,
                ]
            })
    }

    /// The heading row of the list that is read in.
    static var answerTable: Table {
        Table(
            headings: [say("förvaltning", "administration"), say("chefsnivå", "level")]
                + all.map(\.id))
    }
}

extension SurveyRound {
    /// `2026: 61 svar av 84, stängd`.
    var line: String {
        let of = invited.map { say(" av \($0)", " of \($0)") } ?? ""
        return
            "\(year): \(count(answers.count, Phrase("svar", "answer"), Phrase("svar", "answers")))\(of)"
            + (isClosed ? say(", stängd", ", closed") : say(", öppen", ", open"))
    }
}

extension SurveyResult {
    /// The result as a page of text: bars first, then the administrations.
    func page(since before: SurveyResult?) -> String {
        var text = heading
        guard whole.count != nil else {
            return text
                + say(
                    "Färre än fem har svarat: inget visas.\n",
                    "Fewer than five have answered: nothing is shown.\n")
        }
        let old = before.map { $0.version == version ? " (\($0.year))" : "" } ?? ""
        let width = SurveyDimension.allCases.map(\.phrase.said.count).max() ?? 0
        func line(_ name: String, _ score: SurveyScore?, _ trend: SurveyTrend?) -> String {
            let padded = name + String(repeating: " ", count: max(0, width - name.count))
            guard let score else { return "\(padded)   –\n" }
            let number = String(score.points)
            let points = String(repeating: " ", count: max(0, 3 - number.count)) + number
            return "\(padded)  \(points)  \(Self.bar(score.points))  n \(score.count)"
                + (trend.map { "  " + $0.inWords.said + old } ?? "") + "\n"
        }
        text += line(say("Totalt", "Total"), whole.total, trend(since: before))
        for dimension in SurveyDimension.allCases {
            text += line(
                dimension.phrase.said, whole.dimensions[dimension],
                trend(of: dimension, since: before))
        }
        return text + extremes + groupLines
    }

    private var heading: String {
        guard let count = whole.count else {
            return say("Enkät \(year)\n", "Survey \(year)\n")
        }
        let rate = invited.map { KPIRatio(count, of: $0).inWords.said }
        return say("Enkät \(year): ", "Survey \(year): ")
            + say(
                "\(count) svar", "\(count) answers")
            + (rate.map { say(", svarsfrekvens \($0)", ", response rate \($0)") } ?? "") + "\n"
    }

    /// `############········`.
    private static func bar(_ points: Int) -> String {
        let full = max(0, min(20, points / 5))
        return String(repeating: "#", count: full) + String(repeating: "·", count: 20 - full)
    }

    /// The two lowest and the two highest items.
    private var extremes: String {
        let order = ranked
        guard order.count >= 4 else { return "" }
        func lines(_ heading: String, _ places: some Sequence<Int>) -> String {
            heading + "\n"
                + places.map { place in
                    let item = SurveyItem.all[place]
                    return "  \(items[place]?.points ?? 0)  \(item.id) \(item.phrase.said)\n"
                }.joined()
        }
        return "\n" + lines(say("Lägst", "Lowest"), order.prefix(2))
            + lines(say("Högst", "Highest"), order.suffix(2).reversed())
    }

    private var groupLines: String {
        var table = Table(
            headings: [say("FÖRVALTNING", "ADMINISTRATION"), "n", say("TOTALT", "TOTAL")]
                + SurveyDimension.allCases.map(\.rawValue))
        table.rows = groups.map { group in
            [
                name(group), group.count.map(String.init) ?? "<5",
                group.total.map { String($0.points) } ?? "–",
            ]
                + SurveyDimension.allCases.map { dimension in
                    group.dimensions[dimension].map { String($0.points) } ?? "–"
                }
        }
        return "\n" + table.text
            + say(
                "– färre än fem svar, eller skulle annars kunna räknas ut ur de andra\n",
                "– fewer than five answers, or could be found from the others\n")
    }

    fileprivate func name(_ group: Group) -> String {
        guard let name = group.name, !name.isEmpty else {
            return say("inte angiven", "not given")
        }
        return name
    }

    /// How often each answer was given.
    var distributionLines: String {
        var table = Table(headings: ["", "1", "2", "3", "4", "5"])
        table.rows = distributions.sorted { $0.key < $1.key }.map { place, counts in
            [SurveyItem.all[place].id] + counts.map(String.init)
        }
        guard !table.rows.isEmpty else {
            return "\n"
                + say(
                    "Färre än tio svar: fördelningen visas inte.\n",
                    "Fewer than ten answers: how they are spread is not shown.\n")
        }
        return "\n" + table.text
    }

    /// Everything that may be shown, a row each.
    func rows(since before: SurveyResult?) -> Table {
        var table = Table(headings: ["group", "what", "index", "n", "change"])
        func add(_ group: String, _ what: String, _ score: SurveyScore?, _ trend: SurveyTrend?) {
            guard let score else { return }
            table.rows.append([
                group, what, String(score.points), String(score.count),
                trend.map { String($0.change) } ?? "",
            ])
        }
        add("", "total", whole.total, trend(since: before))
        for dimension in SurveyDimension.allCases {
            add(
                "", dimension.rawValue, whole.dimensions[dimension],
                trend(of: dimension, since: before))
        }
        for (place, score) in items.sorted(by: { $0.key < $1.key }) {
            add("", SurveyItem.all[place].id, score, nil)
        }
        for group in groups {
            add(
                name(group), "total", group.total, trend(of: group.name ?? "", since: before))
            for dimension in SurveyDimension.allCases {
                add(name(group), dimension.rawValue, group.dimensions[dimension], nil)
            }
        }
        return table
    }
}

struct SurveyItemJSON: Encodable {
    let id: String
    let dimension: String
    let sv: String
    let en: String

    init(_ item: SurveyItem) {
        id = item.id
        dimension = item.dimension.rawValue
        sv = item.phrase.swedish
        en = item.phrase.english
    }
}

struct SurveyRoundJSON: Encodable {
    let round: Int
    let items: Int
    let closed: Bool
    @OrNull var invited: Int?
    let answers: Int

    init(_ round: SurveyRound) {
        self.round = round.year
        items = round.version
        closed = round.isClosed
        invited = round.invited
        answers = round.answers.count
    }
}

struct SurveyResultJSON: Encodable {
    struct ScoreJSON: Encodable {
        let index: Int
        let n: Int
        @OrNull var change: Int?

        init?(_ score: SurveyScore?, _ trend: SurveyTrend? = nil) {
            guard let score else { return nil }
            index = score.points
            n = score.count
            change = trend?.change
        }
    }

    struct GroupJSON: Encodable {
        let administration: String
        @OrNull var n: Int?
        @OrNull var total: ScoreJSON?
        let dimensions: [String: ScoreJSON]
    }

    let round: Int
    let items: Int
    @OrNull var invited: Int?
    @OrNull var n: Int?
    @OrNull var before: Int?
    @OrNull var total: ScoreJSON?
    let dimensions: [String: ScoreJSON]
    let itemScores: [String: ScoreJSON]
    let distributions: [String: [Int]]
    let groups: [GroupJSON]

    init(_ now: SurveyResult, since before: SurveyResult?) {
        round = now.year
        items = now.version
        invited = now.invited
        n = now.whole.count
        self.before = before?.version == now.version ? before?.year : nil
        total = ScoreJSON(now.whole.total, now.trend(since: before))
        dimensions = Dictionary(
            uniqueKeysWithValues: now.whole.dimensions.compactMap { dimension, score in
                ScoreJSON(score, now.trend(of: dimension, since: before)).map {
                    (dimension.rawValue, $0)
                }
            })
        itemScores = Dictionary(
            uniqueKeysWithValues: now.items.compactMap { place, score in
                ScoreJSON(score).map { (SurveyItem.all[place].id, $0) }
            })
        distributions = Dictionary(
            uniqueKeysWithValues: now.distributions.map { (SurveyItem.all[$0.key].id, $0.value) })
        groups = now.groups.map { group in
            GroupJSON(
                administration: group.name ?? "", n: group.count,
                total: ScoreJSON(group.total, now.trend(of: group.name ?? "", since: before)),
                dimensions: Dictionary(
                    uniqueKeysWithValues: group.dimensions.compactMap { dimension, score in
                        ScoreJSON(score).map { (dimension.rawValue, $0) }
                    }))
        }
    }
}
