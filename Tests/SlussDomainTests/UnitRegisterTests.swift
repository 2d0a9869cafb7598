import SlussCore
import SlussDomain
import Testing

@Suite struct UnitRegisterTests {
    private func code(_ text: String) throws -> UnitCode { try #require(UnitCode(text)) }

    private func row(
        _ code: String, to: String? = nil, by next: String? = nil, board: String? = nil
    ) throws -> RegisterRow {
        var row = RegisterRow(code: try self.code(code), name: code)
        row.validTo = to.flatMap { Day($0) }
        row.replacedBy = next.flatMap { UnitCode($0) }
        row.board = board
        return row
    }

    @Test func aChainIsFollowedAsFarAsItHasHappened() throws {
        let register = UnitRegister([
            try row("AA-BB-01", to: "2024-12-31", by: "AA-BB-02", board: "Ett"),
            try row("AA-BB-02", to: "2025-12-31", by: "CC-DD-03", board: "Ett"),
            try row("CC-DD-03", board: "Två"),
        ])
        let first = try code("AA-BB-01")
        for (day, unit, board) in [
            ("2024-12-31", "AA-BB-01", "Ett"), ("2025-01-01", "AA-BB-02", "Ett"),
            ("2025-12-31", "AA-BB-02", "Ett"), ("2026-01-01", "CC-DD-03", "Två"),
        ] {
            let day = try #require(Day(day))
            #expect(register.current(first, on: day).description == unit)
            #expect(register.board(of: first, on: day) == board)
        }
        let last = try #require(Day("2026-06-01"))
        #expect(register.of(unit: try code("CC-DD-03"), on: last).rows.count == 3)
    }

    @Test func aCircleEndsTheSameWhereverOneEntersIt() throws {
        let register = UnitRegister([
            try row("ZZ-ZZ-01", by: "BB-BB-02"), try row("BB-BB-02", by: "CC-CC-03"),
            try row("CC-CC-03", by: "AA-AA-04"), try row("AA-AA-04", by: "BB-BB-02"),
            try row("SS-SS-05", by: "SS-SS-05"),
        ])
        let day = try #require(Day("2026-01-01"))
        for start in ["ZZ-ZZ-01", "BB-BB-02", "CC-CC-03", "AA-AA-04"] {
            #expect(register.current(try code(start), on: day).description == "AA-AA-04")
        }
        #expect(register.current(try code("SS-SS-05"), on: day).description == "SS-SS-05")
    }

    @Test func whatTheRegisterDoesNotKnowIsNotFollowed() throws {
        let register = UnitRegister([try row("AA-BB-01", by: "XX-XX-09")])
        let day = try #require(Day("2026-01-01"))
        #expect(register.current(try code("AA-BB-01"), on: day).description == "AA-BB-01")
        #expect(register.current(try code("QQ-QQ-01"), on: day).description == "QQ-QQ-01")
    }

    @Test func boardsAreOneWithoutRegardToCapitalsAndSpaces() {
        #expect(BoardBorder(from: "Omsorgsnämnden", to: " omsorgsnämnden ") == nil)
        #expect(BoardBorder(from: nil, to: "Kommunstyrelsen") == nil)
        #expect(BoardBorder(from: "Omsorgsnämnden", to: "Kommunstyrelsen") != nil)
    }

    @Test(arguments: [
        ("2026-03-09", 0, 2026, 11), ("2026-01-01", 3, 2026, 1), ("2027-01-01", 4, 2026, 53),
        ("2024-12-30", 0, 2025, 1), ("1970-01-01", 3, 1970, 1), ("2026-03-15", 6, 2026, 11),
    ])
    func weeksAreThoseOfISO(day: String, weekday: Int, year: Int, week: Int) throws {
        let day = try #require(Day(day))
        #expect(day.weekday == weekday)
        #expect(day.week == (year, week))
    }

    @Test func aDayIsSaidAsPeopleSayIt() throws {
        let day = try #require(Day("2026-03-09"))
        #expect(day.inWords.swedish == "Måndag 9 mars 2026, v. 11")
        #expect(day.inWords.english == "Monday 9 March 2026, week 11")
        #expect(try #require(Day("2024-02-29")).adding(months: -12).description == "2023-02-28")
        #expect(try #require(Day("2026-01-31")).adding(months: -2).description == "2025-11-30")
    }
}
