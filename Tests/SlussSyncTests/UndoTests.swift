import Foundation
import SlussBundle
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// Taking a run of the merge tool back.
@Suite struct UndoTests {
    /// A central that has merged two bundles of a unit in two runs, and has written on the first.
    private static func merged() throws -> (Town, bundles: [String], number: String) {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        try town.make("school", "BUN-GR-03")
        let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.add("Varje lärare har sin egen form på veckobrevet.", at: "school")
        let first = try #require(try town.export("care", on: "1"))
        let other = try #require(try town.export("school", on: "1"))
        try town.merge([first], at: "central")
        try town.edit(number, at: "care") { $0.solution = "En karta vid varje port." }
        let second = try #require(try town.export("care", on: "2"))
        try town.merge([second, other], at: "central")
        return (town, [first, second, other], number)
    }

    @Test func stateBecomesWhatItWasWithoutTheRun() throws {
        let (town, bundles, number) = try Self.merged()
        try town.make("never", "KLK-SA-02", isCentral: true)
        try town.merge([bundles[0]], at: "never")
        let after = try town.state("central")
        let report = try town.open("central").undo(run: 2)
        #expect(report.writes == 2 && report.records == 2 && report.goneRecords == 1)
        #expect(report.laterWrites == 0 && report.dependants.isEmpty)
        #expect(try town.state("central") == town.state("never"))
        #expect(try town.open("central").idea(number).solution == nil)
        #expect(try town.open("central").ideas().count == 1)
        // It survives a restart, and the check knows of it.
        #expect(try town.open("central").check().isEmpty)
        #expect(try town.open("central").mergeRuns().map { $0.undone == nil } == [true, false])
        // Merging the bundles again is the way back.
        let again = try town.merge([bundles[1], bundles[2]], at: "central")
        #expect(again.bundles.map(\.word) == ["merged", "merged"])
        #expect(again.bundles.map(\.newRecords) == [0, 1])
        #expect(try town.state("central") == after)
        #expect(try town.open("central").check().isEmpty)
    }

    @Test func aPlanSaysTheSameAndChangesNothing() throws {
        let (town, _, _) = try Self.merged()
        let before = try town.state("central")
        let plan = try town.open("central").undo(run: 1, isPlan: true)
        #expect(plan.isPlan && plan.writes == 1 && plan.laterWrites == 1 && plan.laterRuns == [2])
        #expect(try town.state("central") == before)
        let effect = try town.open("central").undo(run: 1)
        #expect(effect.writes == plan.writes && effect.laterWrites == plan.laterWrites)
    }

    @Test func whatBuildsOnItWaitsAndComesBack() throws {
        let (town, bundles, number) = try Self.merged()
        try town.edit(number, at: "central") { $0.answer = "Tack, vi tar det vidare." }
        let before = try town.state("central")
        let report = try town.open("central").undo(run: 1)
        #expect(report.dependants.map(\.record) == [number])
        #expect(report.dependants.map(\.writes) == [1])
        #expect(try town.open("central").status().asides == 1)
        #expect(try town.open("central").check().map(\.code) == ["setAside"])
        // The history is found by the number that nothing gives any more, and says why.
        let items = try town.open("central").history(number).1
        #expect(items.map(\.flaw) == [.undone, .undone, .follows])
        try town.merge(bundles, at: "central")
        #expect(try town.state("central") == before)
        #expect(try town.open("central").status().asides == 0)
    }

    @Test func theAcknowledgementStepsBackSoTheNextBundleBringsItAgain() throws {
        let (town, _, _) = try Self.merged()
        let before = try town.state("central")
        try town.merge(
            [try #require(try town.export("central", to: "OMS-HT-02", on: "3"))], at: "care")
        _ = try town.open("central").undo(run: 1)
        let back = try #require(try town.export("central", to: "OMS-HT-02", on: "4"))
        #expect(
            try OpenUnit.inspect(back, store: town.folder.path("central")).summary.acknowledged
                .isEmpty)
        try town.merge([back], at: "care")
        let out = try #require(try town.export("care", on: "5"))
        #expect(try town.merge([out], at: "central").bundles.map(\.writes) == [2])
        #expect(try town.state("central") == before)
    }

    @Test func aBundleThatBuildsOnWhatWasUndoneWaits() throws {
        let (town, bundles, number) = try Self.merged()
        try town.merge(
            [try #require(try town.export("central", to: "OMS-HT-02", on: "3"))], at: "care")
        try town.edit(number, at: "care") { $0.status = .forced(.inUse) }
        let third = try #require(try town.export("care", on: "5"))
        _ = try town.open("central").undo(run: 2)
        #expect(try town.merge([third], at: "central").bundles.map(\.word) == ["missingHistory"])
        let all = try town.merge([third, bundles[1]], at: "central")
        #expect(all.bundles.map(\.word) == ["merged", "merged"])
    }

    @Test func aWriteAfterTheUndoingGoesToANewLogAndIsNotLost() throws {
        let (town, bundles, number) = try Self.merged()
        try town.edit(number, at: "central") { $0.solution = "Karta och skylt." }
        _ = try town.open("central").undo(run: 2)
        // The central's own solution has seen what is undone; this one has not.
        try town.edit(number, at: "central") { $0.solution = "Skylt." }
        #expect(try town.open("central").idea(number).solution == "Skylt.")
        try town.merge(bundles, at: "central")
        let values = try town.open("central").conflicts().first?.values.compactMap(\.value.asText)
        #expect(Set(values ?? []) == ["Karta och skylt.", "Skylt."])
        #expect(try town.open("central").check().isEmpty)
    }

    /// Undoing and doing again is nothing at all, whatever the order.
    @Test func everyOrderOfUndoingAndDoingAgainIsNothingAtAll() throws {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        for index in 1...3 {
            try town.add("Nya vikarier hittar inte till port \(index).", at: "care")
            try town.merge([try #require(try town.export("care", on: "\(index)"))], at: "central")
        }
        let before = try town.state("central")
        for undos in permutations([1, 2, 3]) {
            for redos in permutations([1, 2, 3]) {
                for run in undos { _ = try town.open("central").undo(run: Int64(run)) }
                #expect(try town.open("central").ideas().isEmpty)
                var undone: Set = [1, 2, 3]
                for run in redos {
                    _ = try town.open("central").redo(run: Int64(run))
                    undone.remove(run)
                    // What counts is what came before the first run that is still undone.
                    let expected = (undone.min() ?? 4) - 1
                    #expect(try town.open("central").ideas().count == expected)
                }
                #expect(try town.state("central") == before, "\(undos) \(redos)")
            }
        }
        // A later run that went along comes back along.
        _ = try town.open("central").undo(run: 1)
        #expect(try town.open("central").status().undoneWrites == 3)
        #expect(try town.open("central").redo(run: 1).writes == 3)
        #expect(try town.open("central").check().isEmpty)
        #expect(throws: InputError.notUndone(2)) { try town.open("central").redo(run: 2) }
        #expect(throws: InputError.noSuchRun(9)) { try town.open("central").undo(run: 9) }
        _ = try town.open("central").undo(run: 2)
        #expect(throws: InputError.alreadyUndone(2)) { try town.open("central").undo(run: 2) }
    }

    /// What continues a log goes with it, also where it has forked since.
    @Test func undoingWhatIsBeforeAForkTakesBothBranchesBack() throws {
        let town = try Town()
        town.bind("care", name: "PC-1")
        try town.make("care", "OMS-HT-02")
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.merge([try #require(try town.export("care", on: "1"))], at: "central")
        try town.image("care", to: "twin", name: "PC-2")
        for place in ["care", "twin"] {
            try town.add("Skrivet på \(place) efter det.", at: place)
            try town.merge([try #require(try town.export(place, on: place))], at: "central")
        }
        let before = try town.state("central")
        let report = try town.open("central").undo(run: 1)
        #expect(report.writes == 1 && report.laterWrites == 2 && report.laterRuns == [2, 3])
        #expect(try town.open("central").ideas().isEmpty)
        #expect(try town.open("central").status().writes == 0)
        #expect(try town.open("central").check().allSatisfy { $0.level == .look })
        #expect(try town.open("central").redo(run: 1).writes == 3)
        #expect(try town.state("central") == before)
    }

    /// Merging the run's bundles again ends the undoing, and brings back what had to wait for it.
    @Test func mergingTheBundleAgainEndsTheUndoing() throws {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        var bundles: [String] = []
        for index in 1...2 {
            try town.add("Nya vikarier hittar inte till port \(index).", at: "care")
            bundles.append(try #require(try town.export("care", on: "\(index)")))
            try town.merge([bundles[index - 1]], at: "central")
        }
        let before = try town.state("central")
        _ = try town.open("central").undo(run: 1)
        #expect(try town.merge([bundles[0]], at: "central").bundles.map(\.writes) == [2])
        #expect(try town.state("central") == before)
        #expect(try town.open("central").mergeRuns().allSatisfy { $0.undone == nil })
        #expect(try town.open("central").status().undoneRuns.isEmpty)
    }
}
