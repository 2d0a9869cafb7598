import SlussCore
import SlussDomain
import SlussSync

/// The management's half-year: figures, and what has come into use; no names, no texts of people
/// but headings that were given on purpose.
struct ManagementReport {
    private let material: ReportMaterial
    private let start: Day
    private let end: Day
    private let say: Wording

    init(_ material: ReportMaterial, _ request: ReportRequest, _ say: Wording) {
        self.material = material
        let half = HalfYear(of: material.today).previous
        end = request.to ?? (request.from == nil ? half.last : material.today)
        start = request.from ?? HalfYear(of: end).first
        self.say = say
    }

    var page: ReportPage {
        let figures = KPI(material.figures, end: end, start: start)
        return ReportPage(
            language: say.language,
            title: say("Ledningens genomgång", "Management review"),
            subtitle: say("\(start) till \(end)", "\(start) to \(end)"),
            note: say(
                "För ledningen. Inga namn. Under tio fall visas antal i stället för procent, och enheter rangordnas inte.",
                "For the management. No names. Below ten cases numbers stand instead of percentages, and units are not ranked."
            ),
            sections: [
                ReportSection(
                    say("Nyckeltal", "Key figures"),
                    [
                        .table(
                            figures.table(
                                say,
                                say(
                                    "Nyckeltal för hela kommunen",
                                    "Key figures of the whole municipality")))
                    ]),
                cohorts, administrations, categories(figures), inUse,
            ] + survey(figures))
    }

    private var cohorts: ReportSection {
        let figures = KPI(material.figures, end: end)
        var halves = [HalfYear(of: end)]
        while halves.count < 4, let first = halves.last { halves.append(first.previous) }
        let cohorts = halves.reversed().map { figures.cohort($0) }
        let language = say.language
        let title = say("Inlämnade idéer per halvår", "Ideas handed in by half-year")
        return ReportSection(
            say("Vad blev det av idéerna?", "What became of the ideas?"),
            [
                .chart(
                    BarChart(
                        title: title,
                        bars: cohorts.map { ($0.half.name(language), $0.submitted) }),
                    ReportTable(
                        say("halvar", "half-years"),
                        say(
                            "Idéer efter det halvår de lämnades in, till och med \(end)",
                            "Ideas by the half-year they were handed in, up to \(end)"),
                        [
                            say("Halvår", "Half-year"), say("Inlämnade", "Handed in"),
                            say("Testade", "Tried"),
                            say("Införda eller längre", "In use or further"),
                        ],
                        cohorts.map {
                            [
                                $0.half.name(language), String($0.submitted),
                                $0.testedShare.inWords(language),
                                $0.implementedShare.inWords(language),
                            ]
                        }, numeric: [1]))
            ])
    }

    private var administrations: ReportSection {
        let language = say.language
        let rows = material.register.administrations(on: end).map { name in
            let part = material.register.of(administration: name, on: end)
            let figures = KPI(material.figures.restricted(to: part), end: end, start: start)
            return [
                name, figures.ideasPerHundred.inWords(language),
                figures.answered.inWords(language), figures.decided.inWords(language),
                figures.implementedPerHundred.inWords(language),
                figures.active.inWords(language),
            ]
        }
        return ReportSection(
            say("Per förvaltning", "By administration"),
            [
                .table(
                    ReportTable(
                        say("forvaltningar", "administrations"),
                        say(
                            "Förvaltningar i namnordning", "Administrations in the order of names"),
                        [
                            say("Förvaltning", "Administration"),
                            say("Idéer per 100 (12 mån)", "Ideas per 100 (12 months)"),
                            say("Svar ≤ 14 d", "Answer ≤ 14 d"),
                            say("Besked ≤ 30 d", "Decision ≤ 30 d"),
                            say("Införda per 100 (12 mån)", "In use per 100 (12 months)"),
                            say("Aktiva enheter", "Active units"),
                        ], rows,
                        empty: say(
                            "Registret har inga förvaltningar än.",
                            "The register has no administrations yet.")))
            ])
    }

    private func categories(_ figures: KPI) -> ReportSection {
        let days = start...end
        let ideas = material.ideas.filter {
            $0.figures.isCounted && days.contains($0.figures.day)
        }
        let counted = Dictionary(
            ideas.flatMap { Set($0.categories) }.map { ($0, 1) }, uniquingKeysWith: +)
        let bars = Category.allCases.compactMap { category in
            counted[category.rawValue].map {
                (name: category.phrase(say.language), value: $0)
            }
        }
        let none = ideas.count { $0.categories.isEmpty }
        let title = say("Idéer per kategori", "Ideas by category")
        let all = none == 0 ? bars : bars + [(say("utan kategori", "no category"), none)]
        let table = ReportTable(
            say("kategorier", "categories"),
            title + say(" (en idé kan ha två)", " (an idea may have two)"),
            [say("Kategori", "Category"), say("Idéer", "Ideas")],
            all.map { [$0.name, String($0.value)] }, numeric: [1],
            empty: say("Inga idéer under perioden.", "No ideas in the period."))
        return ReportSection(
            say("Vad idéerna handlar om", "What the ideas are about"),
            [
                all.isEmpty ? .table(table) : .chart(BarChart(title: title, bars: all), table),
                figures.months(say),
            ])
    }

    /// The parts of the last closed round, if it may be shown.
    private func survey(_ figures: KPI) -> [ReportSection] {
        guard let (now, before) = figures.survey, !now.whole.dimensions.isEmpty else { return [] }
        let shown = SurveyDimension.allCases.compactMap { dimension in
            now.whole.dimensions[dimension].map { (dimension: dimension, score: $0) }
        }
        let title = say(
            "Enkäten \(now.year): index 0–100", "The survey of \(now.year): index 0–100")
        let bars = shown.map {
            (name: $0.dimension.phrase(say.language), value: $0.score.points)
        }
        let table = ReportTable(
            say("enkat", "survey"), title,
            [
                say("Del", "Part"), say("Index", "Index"), say("Svar", "Answers"),
                say("Sedan förra omgången", "Since the round before"),
            ],
            shown.map { dimension, score in
                [
                    dimension.phrase(say.language), String(score.points), String(score.count),
                    now.trend(of: dimension, since: before)?.inWords(say.language) ?? "–",
                ]
            }, numeric: [1, 2])
        return [
            ReportSection(
                say("Chefernas enkät", "The managers' survey"),
                [.chart(BarChart(title: title, bars: bars), table)])
        ]
    }

    private var inUse: ReportSection {
        let rows = material.broughtIntoUse(start...end).map { idea, day in
            let about = idea.categories.compactMap { Category(rawValue: $0)?.phrase(say.language) }
            return [
                idea.number, idea.heading ?? (about.isEmpty ? "–" : say.list(about)),
                material.register.administration(of: idea.figures.unit, on: end) ?? "–",
                day.description,
            ]
        }
        return ReportSection(
            say("Infört under perioden", "Brought into use"),
            [
                .table(
                    ReportTable(
                        say("inforda", "in-use"), say("Införda idéer", "Ideas in use"),
                        [
                            say("Idé", "Idea"), say("Rubrik eller kategori", "Heading or category"),
                            say("Förvaltning", "Administration"), say("Införd", "In use"),
                        ], rows,
                        empty: say(
                            "Inget blev infört under perioden.",
                            "Nothing came into use in the period.")))
            ])
    }
}
