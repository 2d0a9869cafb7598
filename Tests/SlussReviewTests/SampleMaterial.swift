import SlussCore
import SlussDomain
import SlussSync

/// A municipality of five units during a year, made up; every text can be another.
struct SampleMaterial {
    /// What stands where people write.
    var text: (String) -> String = { $0 }

    static func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }
    static let today = day("2026-03-09")

    static func code(_ text: String) -> UnitCode {
        guard let code = UnitCode(text) else { preconditionFailure("not a unit code: \(text)") }
        return code
    }

    private func row(
        _ code: String, _ name: String, _ board: String, _ administration: String, _ count: Int
    ) -> RegisterRow {
        var row = RegisterRow(code: Self.code(code), name: text(name))
        (row.board, row.administration) = (text(board), text(administration))
        if count > 0 { row.headcount = [2025: count - 3, 2026: count] }
        return row
    }

    private var register: UnitRegister {
        var old = row("OMS-SB-01", "Gamla Äppelvreten", "Omsorgsnämnden", "OMS", 30)
        (old.validTo, old.replacedBy) = (Self.day("2025-12-31"), Self.code("OMS-SB-04"))
        return UnitRegister([
            row("OMS-SB-04", "Äppelvretens vårdboende", "Omsorgsnämnden", "OMS", 58),
            row("OMS-HT-02", "Lomtjärns hemtjänst", "Omsorgsnämnden", "OMS", 44),
            row("BUN-GR-03", "Vassviksskolan", "Barn- och utbildningsnämnden", "BUN", 72),
            row("TEK-KO-01", "Kostenheten Råglunden", "Tekniska nämnden", "TEK", 0), old,
        ])
    }

    private static let problems = [
        "På helgerna tar skydd och handskar slut i förrådet och någon får springa till grannavdelningen.",
        "Vagnen skramlar så att boende vaknar på natten.",
        "Nya vikarier hittar inte till portar när det är mörkt.",
        "Varje lärare har sin egen form på veckobrevet.", "Ingen vet hur mycket mat som slängs.",
    ]
    private static let units = [
        "OMS-SB-04", "OMS-HT-02", "BUN-GR-03", "TEK-KO-01", "OMS-SB-01",
    ]
    private static let ways: [[IdeaStatus]] = [
        [], [.received, .underReview], [.received, .testing, .inUse],
        [.received, .goAhead, .inUse],
        [.received, .resting], [.received, .testing], [.received, .needsMore], [.redirected],
        [.received, .handedOver], [.received, .closed],
    ]

    /// Forty ideas over fourteen months, each tenth on one of ten ways.
    private var ideas: [ReportIdea] {
        (0..<40).map { number in
            let unit = Self.code(Self.units[number % 5])
            let day = Self.today.adding(days: -11 * (39 - number) - 2)
            let way = number % 10
            var steps = [KPIIdea.Step(day, .submitted, visible: day)]
            for (place, status) in Self.ways[way].enumerated() {
                let step = day.adding(days: 5 * (place + 1))
                steps.append(.init(step, status, visible: step.adding(days: number % 12)))
            }
            let serial = String(repeating: "0", count: number < 9 ? 3 : 2) + "\(number + 1)"
            var idea = ReportIdea(
                number: "\(unit)-\(day.date.year % 100)-\(serial)",
                problem: text(Self.problems[number % 5]),
                status: (Self.ways[way].last ?? .submitted).rawValue,
                figures: KPIIdea(unit: unit, day: day, steps: steps))
            if way == 2 { idea.heading = text("Röd bricka på hyllan") }
            if way == 4 { idea.statusText = text("Ny skolplattform i höst") }
            idea.categories = [Category.allCases[number % 7].rawValue]
            idea.arrived = min(Self.today, day.adding(days: number % 6))
            idea.isFromMeeting = number.isMultiple(of: 4)
            idea.isAnonymous = number.isMultiple(of: 6)
            idea.conflicts = number == 32 ? 1 : 0
            idea.isStopped = number == 38
            if way == 9 { idea.figures.helpful = .init(day.adding(days: 20), isYes: number < 30) }
            if way == 2 {
                idea.figures.adoptions = [
                    KPIAdoption(
                        unit: Self.code("TEK-KO-01"), steps: [.init(day.adding(days: 30), .inUse)])
                ]
            }
            if way != 0 {
                let given = day.adding(days: 4)
                let visible = number.isMultiple(of: 7) ? nil : day.adding(days: 4 + number % 15)
                idea.answers = [
                    .init(
                        text: text("Tack! Vi har läst.\nNi får besked i nästa vecka."),
                        role: .coordinator, given: given, visible: visible)
                ]
                idea.figures.answers = [.init(given: given, visible: visible)]
            }
            return idea
        }
    }

    /// All of it.
    var material: ReportMaterial {
        var material = base
        material.activities = [
            KPIActivity(
                unit: Self.code("OMS-SB-04"), day: Self.day("2025-11-20"),
                inside: Attendance(24, new: 24), outside: Attendance(3, new: nil)),
            KPIActivity(
                unit: Self.code("BUN-GR-03"), day: Self.day("2026-02-10"),
                inside: Attendance(31, new: 12)),
        ]
        material.surveys = [2024, 2025].compactMap { SurveyResult(Self.round($0)) }
        return material
    }

    /// Thirty managers who like their second year better, but for the planning.
    private static func round(_ year: Int) -> SurveyRound {
        var round = SurveyRound(year: year)
        round.isClosed = true
        round.answers = (0..<30).compactMap { person in
            SurveyAnswers(
                administration: person < 20 ? "OMS" : "BUN",
                values: SurveyItem.all.map { item in
                    let base = 2 + person % 3 + (item.dimension == .planning ? 1 : 0)
                    let change = item.dimension == .planning ? -1 : person % 2
                    return year == 2025 ? min(5, base + change) : base
                })
        }
        return round
    }

    private var base: ReportMaterial {
        ReportMaterial(
            today: Self.today, unit: Self.code("KLK-SA-01"), isCentral: true, register: register,
            unregistered: [Self.code("OMS-LS-07")], ideas: ideas,
            meetings: [
                ReportMeeting(
                    number: "OMS-HT-02-APT-2026-02-18", day: "2026-02-18",
                    lifts: [
                        .init(
                            text: text("schemat för helger (MBL)"),
                            to: text("samverkansgrupp"), due: "2026-03-12")
                    ],
                    figures: KPIMeeting(
                        unit: Self.code("OMS-HT-02"), signed: Self.day("2026-02-20"),
                        actions: [
                            .init(due: Self.day("2026-02-25"), done: Self.day("2026-02-24")),
                            .init(due: Self.day("2026-03-01"), done: nil),
                        ]))
            ],
            bundles: [
                Self.code("OMS-SB-04"): ReportBundles(
                    last: Self.today.adding(days: -1), number: 14, lacks: 3),
                Self.code("OMS-HT-02"): ReportBundles(
                    last: Self.today.adding(days: -20), number: 9, waiting: 11),
                Self.code("BUN-GR-03"): ReportBundles(
                    last: Self.today.adding(days: -41), number: 3),
            ])
    }
}
