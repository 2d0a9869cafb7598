import SlussCore
import SlussDomain
import SlussSync
import Testing

/// What one person has settled is listed, and opened again one conflict at a time.
@Suite struct SettledTests {
    /// A town in which so many ideas have a need that the unit and the central have written anew.
    private static func town(_ count: Int) throws -> (Town, [String]) {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        let numbers = try (0..<count).map {
            try town.add("Porten i hus \($0) är mörk på kvällen.", at: "care")
        }
        try town.merge([try #require(try town.export("care"))], at: "central")
        for (index, number) in numbers.enumerated() {
            try town.edit(number, at: "care") { $0.problem = "Porten i hus \(index) är mörk jämt." }
            try town.edit(number, at: "central") { $0.problem = "Hus \(index) saknar lampa." }
        }
        try town.merge([try #require(try town.export("care", on: "2"))], at: "central")
        #expect(try town.open("central").conflicts().count == count)
        return (town, numbers)
    }

    @discardableResult
    private static func settle(_ number: String, _ town: Town, pick: Int = 1) throws -> ConflictView
    {
        let unit = try town.open("central")
        return try unit.resolve(
            "\(number)/problem", .pick(pick), reason: "sett på plats",
            by: .init(name: "Eva", role: .coordinator))
    }

    private static func person() -> OpenUnit.Person { .init(role: .coordinator) }

    private static func values(_ view: ConflictView) -> [String] {
        view.values.map { "\($0.value) \($0.unit) \($0.role) \($0.day)" }
    }

    private func throwsWhy(_ reason: SettlingUndo.Reason, _ body: () throws -> Void) {
        #expect(throws: InputError.notReopened(reason)) { try body() }
    }

    /// The values of before a block are as secret as those of now.
    @Test func nothingIsShownOfWhatIsBlocked() throws {
        let (town, numbers) = try Self.town(2)
        for number in numbers { try Self.settle(number, town) }
        try town.open("central").block([numbers[0]], decision: "7", by: Self.person())
        #expect(try town.open("central").settledConflicts().map(\.number) == [numbers[1]])
        #expect(throws: InputError.noSuchConflict("\(numbers[0])/problem")) {
            try town.open("central").settledConflict("\(numbers[0])/problem")
        }
        #expect(throws: InputError.self) {
            try town.open("central").reopen(
                settled: "\(numbers[0])/problem", by: Self.person())
        }
        try town.open("central").release([numbers[0]], by: Self.person())
        #expect(try town.open("central").settledConflicts().count == 2)
    }

    @Test func theNewestComesFirstAndNoMoreThanAsked() throws {
        let (town, numbers) = try Self.town(4)
        #expect(try town.open("central").settledConflicts().isEmpty)
        let before = try town.open("central").conflict("\(numbers[0])/problem")
        // The second of two on a day is the newer one; a clock that is set back changes nothing.
        let day = town.today
        try Self.settle(numbers[1], town)
        let said = try Self.settle(numbers[0], town, pick: 2)
        town.today = day.adding(days: 1)
        try Self.settle(numbers[2], town)
        town.today = day.adding(days: -1)
        try Self.settle(numbers[3], town)
        let all = try town.open("central").settledConflicts()
        #expect(all.map(\.number) == [numbers[3], numbers[2], numbers[0], numbers[1]])
        let few = try town.open("central").settledConflicts(limit: 2)
        #expect(few.map(\.number) == [numbers[3], numbers[2]])
        let shown = try #require(all.dropFirst(2).first)
        #expect(Self.values(shown) == Self.values(before))
        let settlement = try #require(shown.settlement)
        #expect(settlement.value == before.values[1].value)
        #expect(settlement.author == "Eva" && settlement.reason == "sett på plats")
        #expect(settlement.role == .coordinator && settlement.day == day)
        #expect(said.settlement?.write == settlement.write)
        let one = try town.open("central").settledConflict("\(numbers[0])/problem")
        #expect(one.base == before.base && one.base != nil)
        #expect(one.settlement?.write == settlement.write)
        // It is another unit's store that settled: nothing of it is listed there.
        try town.merge(
            [try #require(try town.export("central", to: "OMS-HT-02", on: "3"))], at: "care")
        #expect(try town.open("care").settledConflicts().isEmpty)
    }

    @Test func openedAgainTheValuesStandSideBySideAgain() throws {
        let (town, numbers) = try Self.town(2)
        let before = try town.open("central").conflict("\(numbers[0])/problem")
        let first = try Self.settle(numbers[0], town)
        try Self.settle(numbers[1], town)
        // By the short name, too.
        let opened = try town.open("central").reopen(
            settled: before.conflict.id, resolution: first.settlement?.write, by: Self.person())
        #expect(Self.values(opened) == Self.values(before))
        #expect(try town.open("central").settledConflicts().map(\.number) == [numbers[1]])
        #expect(try town.open("central").conflicts().map(\.number) == [numbers[0]])
        // Settled anew, it is settled; the resolution from before cannot be taken back again.
        let second = try Self.settle(numbers[0], town, pick: 2)
        #expect(second.settlement?.write != first.settlement?.write)
        throwsWhy(.changed) {
            _ = try town.open("central").reopen(
                settled: "\(numbers[0])/problem", resolution: first.settlement?.write,
                by: Self.person())
        }
        #expect(try town.open("central").conflicts().isEmpty)
        // It travels: the unit that learns of both sees no conflict, and then one again.
        try town.merge(
            [try #require(try town.export("central", to: "OMS-HT-02", on: "3"))], at: "care")
        #expect(try town.open("care").conflicts().isEmpty)
        _ = try town.open("central").reopen(
            settled: "\(numbers[0])/problem", by: Self.person())
        try town.merge(
            [try #require(try town.export("central", to: "OMS-HT-02", on: "4"))], at: "care")
        #expect(
            Self.values(try town.open("care").conflict("\(numbers[0])/problem"))
                == Self.values(before))
        #expect(try town.open("central").check().allSatisfy { $0.level == .look })
    }

    @Test func whatHasChangedSinceIsNotOpenedAgain() throws {
        let (town, numbers) = try Self.town(2)
        let first = try Self.settle(numbers[0], town)
        let second = try Self.settle(numbers[1], town)
        try town.edit(numbers[0], at: "central") { $0.problem = "Något helt annat skrevs." }
        #expect(try town.open("central").settledConflicts().map(\.number) == [numbers[1]])
        for resolution in [nil, first.settlement?.write] {
            throwsWhy(.changed) {
                _ = try town.open("central").reopen(
                    settled: "\(numbers[0])/problem", resolution: resolution, by: Self.person())
            }
        }
        _ = try town.open("central").reopen(
            settled: "\(numbers[1])/problem", by: Self.person())
        throwsWhy(.inConflict) {
            _ = try town.open("central").reopen(
                settled: "\(numbers[1])/problem", resolution: second.settlement?.write,
                by: Self.person())
        }
        for name in ["\(numbers[0])/solution", "\(numbers[0])/..", "qsag723w", "x"] {
            #expect(throws: InputError.noSuchConflict(name)) {
                try town.open("central").reopen(settled: name, by: Self.person())
            }
            #expect(throws: InputError.noSuchConflict(name)) {
                try town.open("central").settledConflict(name)
            }
        }
    }

    /// An assessment is a value of one's own, and settles nothing.
    @Test func whatOnlyReplacesOnesOwnIsNotListed() throws {
        let (town, numbers) = try Self.town(1)
        try Self.settle(numbers[0], town)
        try town.edit(numbers[0], at: "central") { $0.solution = "\"settle\": en lampa" }
        #expect(try town.open("central").settledConflicts().count == 1)
    }
}
