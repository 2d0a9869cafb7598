import SlussCore
import SlussDomain
import Testing

/// The key figures against numbers that were worked out by hand, beside each case.
@Suite struct KPITests {
    private static func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }
    private static func code(_ text: String) throws -> UnitCode { try #require(UnitCode(text)) }

    private let end = Self.day("2026-03-09")

    private func register() throws -> UnitRegister {
        var a = RegisterRow(code: try Self.code("OMS-SB-04"), name: "A")
        (a.administration, a.board, a.headcount) = ("OMS", "Omsorgsnämnden", [2026: 58])
        var b = RegisterRow(code: try Self.code("OMS-HT-02"), name: "B")
        (b.administration, b.headcount) = ("OMS", [2025: 50, 2026: 44])
        var c = RegisterRow(code: try Self.code("BUN-GR-03"), name: "C")
        (c.administration, c.headcount) = ("BUN", [2025: 98, 2027: 500])
        var old = RegisterRow(code: try Self.code("OMS-SB-01"), name: "Old")
        (old.validTo, old.replacedBy) = (Self.day("2025-12-31"), a.code)
        (old.administration, old.headcount) = ("OMS", [2025: 40])
        return UnitRegister([a, b, c, old])
    }

    private func idea(
        _ unit: String, _ day: String, _ statuses: IdeaStatus..., on step: String? = nil
    ) throws -> KPIIdea {
        let when = Self.day(day)
        let later = step.map(Self.day) ?? when
        let steps =
            [KPIIdea.Step(when, .submitted, visible: when)]
            + statuses.map { KPIIdea.Step(later, $0, visible: later) }
        return KPIIdea(unit: try Self.code(unit), day: when, steps: steps)
    }

    private func kpi(_ ideas: [KPIIdea], _ meetings: [KPIMeeting] = []) throws -> KPI {
        KPI(KPIInput(ideas: ideas, meetings: meetings, register: try register()), end: end)
    }

    @Test func ideasPerHundredCountTwelveMonthsAndRollUp() throws {
        var ideas = try (1...9).map { try idea("OMS-SB-04", "2026-01-0\($0)") }
        ideas += try [
            idea("OMS-SB-01", "2025-06-01"),  // a unit that is no more: its successor's
            idea("BUN-GR-03", "2025-03-10"),  // the first day that counts
            idea("BUN-GR-03", "2025-03-09"),  // the day before
            idea("OMS-HT-02", "2026-03-09"),  // the last day
            idea("OMS-HT-02", "2026-03-10"),  // the day after
            idea("OMS-HT-02", "2026-02-01", .redirected),  // before it was received
            idea("OMS-HT-02", "2026-02-01", .withdrawn),
            idea("OMS-HT-02", "2026-02-01", .received, .redirected),  // after
            idea("OMS-HT-02", "2026-02-01", .redirected, .underReview),  // regretted
        ]
        // 9 + 1 + 1 + 1 + 1 + 1 = 14 on 58 + 44 + 98 (of 2025: none for 2026) = 200: 7.0.
        let rate = try kpi(ideas).ideasPerHundred
        #expect(rate == KPIRate(14, headcount: 200))
        #expect(rate.inWords.swedish == "7,0 (14 på 200)")
    }

    @Test func aUnitWithoutHeadcountIsLeftOutOnBothSides() throws {
        var rows = Array(try register().rows.values)
        rows.append(RegisterRow(code: try Self.code("TEK-KO-01"), name: "D"))
        let ideas = try (1...9).map { try idea("TEK-KO-01", "2026-01-0\($0)") }
        let kpi = KPI(KPIInput(ideas: ideas, register: UnitRegister(rows)), end: end)
        #expect(kpi.ideasPerHundred == KPIRate(0, headcount: 200, unknownUnits: 1))
    }

    @Test func anAnswerCountsFromTheDayItIsVisible() throws {
        // Ten ideas, 40 days old. In time: 0, 3, 6, 7 and 14 days; late: 15, 30; given and not seen,
        // or none: three. 5 of 10. Median of 0 3 6 7 14 15 30 is 7.
        let delays: [Int?] = [0, 3, 6, 7, 14, 15, 30, nil, nil, nil]
        var ideas = try delays.map { delay in
            var idea = try idea("OMS-SB-04", "2026-01-28")
            idea.answers = [
                .init(given: idea.day, visible: delay.map { idea.day.adding(days: $0) })
            ]
            return idea
        }
        ideas[8].answers = []
        // Exactly 14 days old: not older than that, so not among the ten; seen on day 8, so in the
        // median: 0 3 6 7 8 14 15 30, between 7 and 8.
        var young = try idea("OMS-SB-04", "2026-02-23")
        young.answers = [.init(given: young.day, visible: young.day.adding(days: 8))]
        #expect(try kpi(ideas).answered == KPIRatio(5, of: 10))
        #expect(try kpi(ideas).answerMedian?.inWords.swedish == "7")
        #expect(try kpi(ideas + [young]).answered == KPIRatio(5, of: 10))
        #expect(try kpi(ideas + [young]).answerMedian?.inWords.swedish == "7,5")
        #expect(try kpi(ideas + [young]).answerMedian?.inWords.english == "7.5")
        #expect(try kpi([]).answerMedian == nil)
    }

    @Test func aDecisionIsYesTestRestOrNo() throws {
        let ideas = try [
            idea("OMS-SB-04", "2026-01-01", .goAhead, on: "2026-01-31"),  // day 30
            idea("OMS-SB-04", "2026-01-01", .closed, on: "2026-02-01"),  // day 31
            idea("OMS-SB-04", "2026-01-01", .underReview, on: "2026-01-02"),  // none yet
            idea("OMS-SB-04", "2026-01-01", .received, .resting, on: "2026-01-11"),  // day 10
            idea("OMS-SB-04", "2026-02-07", .testing, on: "2026-02-08"),  // 30 days old
        ]
        #expect(try kpi(ideas).decided == KPIRatio(2, of: 4))
        // 1, 10, 30, 31: between 10 and 30.
        #expect(try kpi(ideas).decisionMedian?.inWords.swedish == "20")
        #expect(try kpi(ideas).decided.inWords.swedish == "2 av 4")
    }

    @Test func theCohortIsThatOfTheHalfYearOfHandingIn() throws {
        let half = HalfYear(of: Self.day("2025-12-31"))
        let ideas = try [
            idea("OMS-SB-04", "2025-07-01", .testing, .inUse, on: "2026-02-01"),
            idea("OMS-SB-04", "2025-12-31", .inUse, .closed, on: "2026-01-01"),  // done
            idea("OMS-SB-04", "2025-08-01", .inUse, .underReview, on: "2026-01-01"),  // back
            idea("OMS-SB-04", "2025-08-01", .testing, .closed, on: "2026-01-01"),
            idea("OMS-SB-04", "2025-08-01", .inUse, on: "2026-03-10"),  // after the end
            idea("OMS-SB-04", "2025-06-30", .inUse, on: "2025-07-01"),  // the half before
            idea("OMS-SB-04", "2026-01-01", .inUse, on: "2026-01-02"),  // the half after
            idea("OMS-SB-04", "2025-09-01", .withdrawn),  // not counted
        ]
        let cohort = try kpi(ideas).cohort(half)
        #expect(cohort.submitted == 5)
        #expect(cohort.implemented == 2)
        #expect(cohort.tested == 2)
        #expect(cohort.implementedShare.inWords.swedish == "2 av 5")
        // In use during twelve months: all but the one that went back and the one after the end.
        #expect(try kpi(ideas).implementedPerHundred == KPIRate(4, headcount: 200))
    }

    @Test func aUnitIsActiveByIdeaNoteOrBundle() throws {
        let (a, b, c) = try (
            Self.code("OMS-SB-04"), Self.code("OMS-HT-02"), Self.code("BUN-GR-03")
        )
        // 60 days up to 9 March begin on 9 January.
        var input = KPIInput(
            ideas: [try idea("OMS-SB-01", "2026-01-09")],  // of what A has replaced
            meetings: [KPIMeeting(unit: b, signed: Self.day("2026-01-08"))],
            lastBundle: [c: Self.day("2026-03-09")], register: try register())
        #expect(KPI(input, end: end).active == KPIRatio(2, of: 3))
        #expect(KPI(input, end: end).silent == [b])
        input.meetings = [KPIMeeting(unit: b, signed: Self.day("2026-01-09"))]
        input.lastBundle = [:]
        #expect(KPI(input, end: end).silent == [c])
        #expect(KPI(input, end: end).bundleAges.map(\.unit) == [c, b, a])
    }

    @Test(arguments: [
        (0, KPIBundleAge.Level.fresh), (13, .fresh), (14, .warning), (29, .warning), (30, .alarm),
        (400, .alarm),
    ])
    func bundlesAgeInSteps(days: Int, level: KPIBundleAge.Level) throws {
        let unit = try Self.code("OMS-SB-04")
        let input = KPIInput(
            ideas: [], lastBundle: [unit: end.adding(days: -days)], register: try register())
        let ages = KPI(input, end: end).bundleAges
        #expect(ages.first { $0.unit == unit } == KPIBundleAge(unit: unit, days: days))
        #expect(ages.first { $0.unit == unit }?.level == level)
        #expect(ages.first { $0.unit != unit }?.level == .alarm)
    }

    @Test func actionsAreInTimeByTheirDay() throws {
        let action = { (due: String, done: String?) in
            KPIMeeting.Action(due: Self.day(due), done: done.map(Self.day))
        }
        let meeting = KPIMeeting(
            unit: try Self.code("OMS-SB-04"), signed: nil,
            actions: [
                action("2026-03-01", "2026-03-01"), action("2026-03-01", "2026-03-02"),
                action("2026-03-08", nil), action("2026-03-09", nil),  // due today: not late yet
                action("2025-03-09", nil),  // before the twelve months
            ])
        #expect(try kpi([], [meeting]).actions == KPIRatio(1, of: 3))
    }

    @Test func spreadingCountsUnitsThatHaveItInUse() throws {
        func taken(_ unit: String, _ steps: (String, AdoptionStatus)...) throws -> KPIAdoption {
            KPIAdoption(
                unit: try Self.code(unit), steps: steps.map { .init(Self.day($0.0), $0.1) })
        }
        var one = try idea("OMS-SB-04", "2026-01-01", .spreading)
        one.adoptions = try [
            taken("OMS-HT-02", ("2026-02-01", .testing), ("2026-03-09", .inUse)),  // counts
            taken("BUN-GR-03", ("2026-02-01", .inUse), ("2026-03-01", .notForUs)),  // given up
            taken("OMS-SB-01", ("2026-02-01", .inUse)),  // has become the idea's own unit
            taken("TEK-KO-01", ("2026-03-10", .inUse)),  // tomorrow
        ]
        var other = try idea("OMS-SB-04", "2026-01-01", .inUse)
        other.adoptions = try [
            taken("OMS-HT-02", ("2026-02-01", .inUse)),
            taken("BUN-GR-03", ("2026-02-01", .inUse)),
        ]
        var resting = try idea("OMS-SB-04", "2026-01-01", .resting)
        resting.adoptions = try [taken("OMS-HT-02", ("2026-02-01", .inUse))]
        #expect(try kpi([resting]).spreading == KPIRatio(0, of: 0))
        // 1 + 2 adoptions of two ideas in use; the third is not in use where it came from.
        #expect(try kpi([one, other, resting]).spreading == KPIRatio(3, of: 2))
    }

    @Test func reachIsCountedInBothWays() throws {
        func activity(
            _ unit: String, _ day: String, _ inside: (Int, Int?)?, _ outside: (Int, Int?)? = nil
        ) throws -> KPIActivity {
            KPIActivity(
                unit: try Self.code(unit), day: Self.day(day),
                inside: inside.flatMap { Attendance($0.0, new: $0.1) },
                outside: outside.flatMap { Attendance($0.0, new: $0.1) })
        }
        var input = KPIInput(ideas: [], register: try register())
        input.activities = try [
            activity("OMS-SB-04", "2025-03-10", (30, 30), (5, 5)),  // the first day
            activity("OMS-SB-04", "2026-01-01", (20, 8), nil),
            activity("BUN-GR-03", "2026-03-09", (12, nil), (0, nil)),  // the last; new not known
            activity("KLK-SA-01", "2026-02-01", (7, 0)),  // the central, not in the register
            activity("OMS-SB-04", "2026-03-10", (99, 99)),  // tomorrow
            activity("OMS-SB-04", "2025-03-09", (99, 99)),  // before
        ]
        // 30 + 20 + 12 + 7 = 69; new 30 + 8 + 0 = 38, and up to 12 more.
        let inside = KPI(input, end: end).informedInside
        #expect(
            inside.inWords.swedish
                == "69 deltagartillfällen, 38–50 unika (uppskattat; 1 aktivitet säger inte hur många som var nya)"
        )
        let outside = KPI(input, end: end).reachedOutside
        #expect(outside.inWords.swedish == "5 deltagartillfällen, 5 unika (uppskattat)")
        let part = input.register.of(administration: "BUN", on: end)
        let own = KPI(input.restricted(to: part), end: end)
        #expect(own.informedInside == KPIReach([Attendance(12, new: nil)].compactMap { $0 }))
        #expect(own.reachedOutside.inWords.swedish == "inga än")
        #expect(Attendance(3, new: 4) == nil && Attendance(-1, new: nil) == nil)
        #expect(Attendance(100_001, new: nil) == nil && Attendance(0, new: 0) != nil)
    }

    @Test func satisfactionIsYesOfThoseWhoHaveSaid() throws {
        func said(_ day: String, _ isYes: Bool) throws -> KPIIdea {
            var idea = try idea("OMS-SB-04", "2025-01-01", .closed)
            idea.helpful = .init(Self.day(day), isYes: isYes)
            return idea
        }
        var ideas = try [
            said("2025-03-10", true),  // the first day that counts
            said("2026-03-09", true),  // the last
            said("2026-01-01", false), said("2026-01-01", true),
            idea("OMS-SB-04", "2026-01-01", .closed),  // has not said
            said("2025-03-09", true), said("2026-03-10", true),  // outside
        ]
        #expect(try kpi(ideas).satisfaction == nil, "four is too few to say anything")
        ideas.append(try said("2026-01-01", true))
        #expect(try kpi(ideas).satisfaction == KPIRatio(4, of: 5))
        #expect(try kpi(ideas).satisfaction?.inWords.swedish == "4 av 5")
    }

    @Test(arguments: [
        (3, 7, "3 av 7"), (9, 9, "9 av 9"), (10, 10, "100\u{A0}% (10 av 10)"),
        (34, 42, "81\u{A0}% (34 av 42)"), (1, 200, "1\u{A0}% (1 av 200)"),
        (0, 0, "inga än"), (2, 3, "2 av 3"), (0, 10, "0\u{A0}% (0 av 10)"),
    ])
    func smallNumbersStayNumbers(part: Int, whole: Int, words: String) {
        #expect(KPIRatio(part, of: whole).inWords.swedish == words)
    }

    @Test(arguments: [
        (126, 1700, "7,4 (126 på 1700)"), (9, 1700, "9 på 1700 medarbetare"),
        (10, 9, "10 på 9 medarbetare"), (3, 0, "antal medarbetare saknas"),
        (10, 400, "2,5 (10 på 400)"),
    ])
    func ratesToo(count: Int, headcount: Int, words: String) {
        #expect(KPIRate(count, headcount: headcount).inWords.swedish == words)
    }

    @Test func partsOfTheRegisterAddUpToTheWhole() throws {
        let ideas = try [
            idea("OMS-SB-04", "2026-01-01"), idea("OMS-SB-01", "2025-05-01"),
            idea("BUN-GR-03", "2026-01-01"),
        ]
        let input = KPIInput(ideas: ideas, register: try register())
        let parts = ["OMS", "bun"].map { name in
            let part = input.register.of(administration: name, on: end)
            return KPI(input.restricted(to: part), end: end).ideasPerHundred
        }
        #expect(parts == [KPIRate(2, headcount: 102), KPIRate(1, headcount: 98)])
    }
}
