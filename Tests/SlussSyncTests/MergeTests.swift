import Foundation
import SlussBundle
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// The sync use cases on real stores and real bundles.
@Suite struct MergeTests {
    /// A school with two machines and a home-care unit, two rounds, concurrent edits on both.
    private static func twoRounds() throws -> (Town, [String]) {
        let town = try Town()
        try town.make("school", "BUN-GR-03")
        try town.make("schoolB", "BUN-GR-03", machine: "B")
        try town.make("care", "OMS-HT-02")
        let school = try town.add("Varje lärare har sin egen form på veckobrevet.", at: "school")
        let care = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        var bundles = try [town.export("school"), town.export("schoolB"), town.export("care")]
        try town.copy("central", to: "first")
        try town.merge(bundles.compactMap { $0 }, at: "first")
        let back = try town.export("first", to: "BUN-GR-03", on: "other")
        try town.merge([back].compactMap { $0 }, at: "schoolB")
        try town.edit(school, at: "school") {
            $0.problem = "Veckobrevet ser olika ut i varje klass."
        }
        try town.edit(school, at: "schoolB") { $0.problem = "Vårdnadshavare letar i veckobrevet." }
        try town.edit(care, at: "care") { $0.status = .forced(.inUse) }
        bundles += try [town.export("school"), town.export("schoolB"), town.export("care")]
        return (town, bundles.compactMap { $0 })
    }

    @Test func everyOrderOfTheBundlesGivesTheSameState() throws {
        let (town, bundles) = try Self.twoRounds()
        #expect(bundles.count == 6)
        // The empty first bundle of the school's second machine says nothing of order: leave it
        // out, and 5! orders are left.
        let telling = bundles.filter { !$0.hasSuffix("bun-gr-03b-0001.sluss") }
        var states: Set<StateCode> = []
        for (index, order) in permutations(telling).enumerated() {
            let place = "central\(index)"
            try town.copy("central", to: place)
            let report = try town.merge(order, at: place)
            #expect(report.bundles.allSatisfy { !$0.isRefused })
            states.insert(try town.state(place))
        }
        #expect(states.count == 1)
    }

    @Test func oneByOneTwiceAndFromAFolderGivesTheSameState() throws {
        let (town, bundles) = try Self.twoRounds()
        try town.copy("central", to: "folder")
        try town.merge([town.folder.path("stick")], at: "folder")
        try town.copy("central", to: "twice")
        for bundle in bundles + bundles { try town.merge([bundle], at: "twice") }
        #expect(try town.state("folder") == town.state("twice"))
        #expect(try town.open("twice").check().isEmpty)
    }

    @Test func aBundleMergedTwiceIsNothingNew() throws {
        let (town, bundles) = try Self.twoRounds()
        #expect(try town.merge([bundles[0]], at: "central").bundles.map(\.word) == ["merged"])
        let before = try town.state("central")
        let again = try town.merge([bundles[0]], at: "central")
        #expect(again.bundles.map(\.word) == ["nothingNew"])
        #expect(again.run == nil)
        #expect(try town.state("central") == before)
    }

    @Test func theConflictIsFoundSettledAndTravelsBack() throws {
        let (town, bundles) = try Self.twoRounds()
        let report = try town.merge(bundles, at: "central")
        #expect(report.conflicts.map(\.conflict.path.description) == ["problem"])
        #expect(report.conflicts.first?.values.count == 2)
        let central = try town.open("central")
        let name = try #require(central.conflicts().first?.conflict.id)
        _ = try central.resolve(
            name, .pick(1), reason: "den är tydligast", by: .init(role: .coordinator))
        #expect(try central.conflicts().isEmpty)
        withExtendedLifetime(central) {}
    }

    @Test func aSettledConflictStaysSettledEverywhere() throws {
        let (town, bundles) = try Self.twoRounds()
        try town.merge(bundles, at: "central")
        do {
            let central = try town.open("central")
            let name = try #require(central.conflicts().first?.conflict.id)
            _ = try central.resolve(
                name, .value("Veckobrevet ser olika ut, och vårdnadshavare letar."),
                reason: "båda behövs", by: .init(role: .coordinator))
        }
        let back = try #require(try town.export("central", to: "BUN-GR-03"))
        try town.merge([back], at: "school")
        try town.merge([back], at: "schoolB")
        #expect(try town.state("school") == town.state("schoolB"))
        for place in ["school", "schoolB"] {
            let idea = try #require(try town.open(place).ideas().first)
            #expect(idea.problem == "Veckobrevet ser olika ut, och vårdnadshavare letar.")
            #expect(idea.state.conflicts.isEmpty)
        }
    }

    @Test func twoWhoSettleDifferentlyMakeOneNewConflict() throws {
        let (town, bundles) = try Self.twoRounds()
        try town.merge(bundles, at: "central")
        let back = try #require(try town.export("central", to: "BUN-GR-03"))
        try town.merge([back], at: "school")
        for (place, pick) in [("central", 1), ("school", 2)] {
            let unit = try town.open(place)
            let name = try #require(unit.conflicts().first?.conflict.id)
            _ = try unit.resolve(name, .pick(pick), reason: "så är det", by: .init())
        }
        let again = try #require(try town.export("school"))
        #expect(try town.merge([again], at: "central").conflicts.count == 1)
    }

    @Test func aPlanChangesNothingAndSaysWhatTheMergeThenDoes() throws {
        let (town, bundles) = try Self.twoRounds()
        let before = try town.state("central")
        let plan = try town.merge(bundles, at: "central", isPlan: true)
        #expect(plan.isPlan && plan.run == nil)
        #expect(try town.state("central") == before)
        #expect(try town.open("central").status().peers.isEmpty)
        let effect = try town.merge(bundles, at: "central")
        #expect(plan.bundles.map(\.word) == effect.bundles.map(\.word))
        #expect(plan.bundles.map(\.writes) == effect.bundles.map(\.writes))
        #expect(plan.bundles.map(\.parallelRecords) == effect.bundles.map(\.parallelRecords))
        #expect(plan.conflicts.map(\.conflict) == effect.conflicts.map(\.conflict))
    }

    /// A unit whose second bundle never comes, after the central has confirmed the first.
    private static func lostMiddle() throws -> (Town, third: String) {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.merge([try #require(try town.export("care"))], at: "central")
        try town.merge([try #require(try town.export("central", to: "OMS-HT-02"))], at: "care")
        try town.add("Elcyklarna står still i november.", at: "care")
        try town.merge([try #require(try town.export("care"))], at: "elsewhere", of: town)
        let back = try #require(try town.export("elsewhere", to: "OMS-HT-02", on: "other"))
        try town.merge([back], at: "care")
        try town.add("Kartorna ligger kvar på kontoret.", at: "care")
        let third = try #require(try town.export("care"))
        return (town, third)
    }

    @Test func aLostBundleIsNamedAndTheNextExportHealsIt() throws {
        let (town, third) = try Self.lostMiddle()
        let before = try town.state("central")
        let report = try town.merge([third], at: "central")
        let bundle = try #require(report.bundles.first)
        #expect(bundle.word == "missingHistory")
        #expect(bundle.gap?.unit?.description == "OMS-HT-02")
        #expect(bundle.gap.map { [$0.from, $0.to] } == [2, 2])
        #expect(bundle.missingNumbers == 2...2)
        #expect(try town.state("central") == before)

        // The central says again what it has; the unit's next export follows from that.
        #expect(try town.open("central").status().peers.map(\.waiting) == [3])
        let back = try #require(try town.export("central", to: "OMS-HT-02"))
        try town.merge([back], at: "care")
        try FileManager.default.removeItem(atPath: third)
        let healed = try #require(try town.export("care"))
        #expect(try town.merge([healed], at: "central").bundles.map(\.word) == ["merged"])
        #expect(try town.open("central").ideas(unit: "OMS-HT-02").count == 3)
        #expect(try town.open("central").status().peers.map(\.waiting) == [0])
    }

    @Test func ownBundlesThatComeBackChangeNothing() throws {
        let (town, bundles) = try Self.twoRounds()
        let before = try town.state("school")
        let report = try town.merge([bundles[0]], at: "school")
        #expect(report.bundles.map(\.word) == ["nothingNew"])
        #expect(try town.state("school") == before)
    }

    @Test func bundlesForOthersAreRefusedByNameAndLeftAloneInAFolder() throws {
        let (town, bundles) = try Self.twoRounds()
        let own = bundles.filter { $0.contains("oms-ht-02") }
        #expect(own.count == 2)
        let other = try #require(bundles.first { $0.contains("bun-gr-03-0001") })
        #expect(try town.merge([other], at: "care").bundles.map(\.word) == ["noKey"])
        let open = try #require(try town.export("school", on: "open", protection: .plain))
        #expect(try town.merge([open], at: "care").bundles.map(\.word) == ["wrongReceiver"])
        let report = try town.merge([town.folder.path("stick")], at: "care")
        #expect(report.bundles.count == own.count)
        #expect(report.forOthers > 0)
    }

    @Test func nothingNewMakesNoFileAndTheSameWritesMakeTheSameFile() throws {
        let (town, bundles) = try Self.twoRounds()
        let school = town.folder.path("school")
        let first = try OpenUnit.inspect(bundles[3], store: school).summary.digest
        try FileManager.default.removeItem(atPath: bundles[3])
        let again = try #require(try town.export("school"))
        #expect(again == bundles[3])
        #expect(try OpenUnit.inspect(again, store: school).summary.digest == first)
        // Before encryption it is the same byte for byte.
        let open = try (1...2).map { round in
            let path = try town.export("school", on: "open\(round)", protection: .plain)
            return try bytes(ofFile: #require(path))
        }
        #expect(open[0] == open[1])
        try town.merge(bundles, at: "central")
        let back = try #require(try town.export("central", to: "BUN-GR-03"))
        try town.merge([back], at: "school")
        let word = try #require(try town.export("school"))
        try town.merge([word], at: "central")
        #expect(try town.export("school") == word)
        let care = try #require(try town.export("central", to: "OMS-HT-02"))
        try town.merge([care], at: "care")
        #expect(try town.export("care") == nil)
    }

    @Test func aFullBundleFillsAnEmptyCentral() throws {
        let (town, bundles) = try Self.twoRounds()
        try town.merge(bundles, at: "central")
        let full = try #require(try town.export("central", .full))
        try town.make("empty", "KLK-SA-02", isCentral: true)
        #expect(try town.merge([full], at: "empty").bundles.map(\.word) == ["merged"])
        #expect(try town.state("empty") == town.state("central"))
    }

    @Test func historyCanBeSeenAsItWasAfterAnyMergedBundle() throws {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        let first = try #require(try town.export("care"))
        try town.merge([first], at: "central")
        try town.edit(number, at: "care") { $0.status = .forced(.inUse) }
        let second = try #require(try town.export("care"))
        let digest = try #require(
            try town.merge([second], at: "central").bundles.first?.summary?.digest)
        try town.edit(number, at: "central") { $0.status = .forced(.resting) }

        let central = try town.open("central")
        func state(_ bundle: String?) throws -> (String?, Int) {
            let (state, items) = try central.history(number, asOf: bundle)
            return (Idea(state)?.status, items.count)
        }
        #expect(try state(first) == ("submitted", 1))
        #expect(try state(String(digest.description.prefix(10))) == ("in-use", 2))
        #expect(try state(nil) == ("resting", 3))
        #expect(throws: InputError.noSuchBundle("00000000")) { try state("00000000") }
    }

    @Test func oneNumberOnTwoRecordsIsSaidAndNeverGuessedAt() throws {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        try town.make("twin", "OMS-HT-02")
        let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        #expect(try town.add("Elcyklarna står still i november.", at: "twin") == number)
        try town.merge([try #require(try town.export("care", on: "one"))], at: "central")
        let twin = try #require(try town.export("twin", on: "two"))
        let report = try town.merge([twin], at: "central")
        #expect(report.bundles.map(\.sharedNumbers) == [[number]])
        let error = #expect(throws: InputError.self) { try town.open("central").idea(number) }
        guard case .ambiguousNumber(_, let ids) = error, ids.count == 2 else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try town.open("central").check().map(\.code) == ["duplicateNumber"])
        var edit = OpenUnit.IdeaEdit()
        edit.wantsNewNumber = true
        let renamed = try town.open("twin").edit(number, edit, by: .init())
        #expect(renamed.number == "OMS-HT-02-26-0002")
        try town.merge([try #require(try town.export("twin", on: "three"))], at: "central")
        #expect(try town.open("central").check().isEmpty)
        #expect(try town.open("central").idea(number).problem?.hasPrefix("Nya") == true)
    }

    @Test func oneCannotExportToAUnitThatNothingHasComeFrom() throws {
        let town = try Town()
        #expect(throws: InputError.unheardReceiver("OMS-ZZ-99")) {
            try town.export("central", to: "OMS-ZZ-99")
        }
    }

    @Test func aFullBundleIsAnotherOnceADraftHasBeenAdded() throws {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        let first = try #require(try town.export("care", .full, protection: .plain))
        try town.add("Senast gällde det 19900101-2385, ring mig.", at: "care")
        let second = try #require(try town.export("care", .full, protection: .plain))
        #expect(first != second)
        // The draft is in the backup, and stays out of every other store.
        #expect(try shell("bsdtar -xOf '\(second)'").contains("19900101"))
        try town.merge([second], at: "central")
        #expect(try town.open("central").ideas().count == 1)
    }
}

extension Town {
    /// Merges at another central, made of the first as it is now.
    fileprivate func merge(_ paths: [String], at place: String, of town: Town) throws {
        try copy("central", to: place)
        try merge(paths, at: place)
    }
}
