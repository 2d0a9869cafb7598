import Foundation
import SlussBundle
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// Stores that were copied or set back: an ordinary day, on which nothing is lost.
@Suite struct ForkTests {
    /// A care unit whose disk was imaged on to a second computer, and both went on; neither can
    /// tell from within.
    private static func twins() throws -> (Town, [String]) {
        let town = try Town()
        town.bind("care", name: "PC-GAMMAL")
        try town.make("care", "OMS-HT-02")
        let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        let first = try #require(try town.export("care", on: "one"))
        try town.image("care", to: "twin", name: "PC-NY")
        try town.add("Elcyklarna står still i november.", at: "care")
        try town.edit(number, at: "care") { $0.solution = "En karta vid varje port." }
        try town.add("Kartorna ligger kvar på kontoret.", at: "twin")
        try town.edit(number, at: "twin") { $0.solution = "En app med alla portar." }
        let bundles = try [
            first, #require(try town.export("care", on: "one")),
            #require(try town.export("twin", on: "two")),
        ]
        return (town, bundles)
    }

    @Test func twoMachinesUnderOneNameAreKeptApartInEveryOrder() throws {
        let (town, bundles) = try Self.twins()
        var states: Set<StateCode> = []
        for (index, order) in permutations(bundles).enumerated() {
            let place = "central\(index)"
            try town.copy("central", to: place)
            for bundle in order + order { try town.merge([bundle], at: place) }
            let central = try town.open(place)
            #expect(try central.ideas().count == 3)
            #expect(try central.conflicts().map { $0.values.count } == [2])
            let findings = try central.check()
            #expect(findings.allSatisfy { $0.level == .look })
            #expect(findings.contains { $0.code == "fork" })
            states.insert(try central.status().state)
        }
        #expect(states.count == 1)
    }

    @Test func theReportNamesBothMachines() throws {
        let (town, bundles) = try Self.twins()
        try town.merge(Array(bundles[...1]), at: "central")
        let report = try #require(try town.merge([bundles[2]], at: "central").bundles.first)
        let fork = try #require(report.forks.first)
        #expect(report.forks.count == 1 && report.wantsLook)
        #expect(fork.unit.description == "OMS-HT-02" && fork.from == 2)
        #expect(Set(fork.branches.map(\.computer)) == ["PC-GAMMAL", "PC-NY"])
        #expect(fork.branches.map(\.writes) == [2, 2])
        for name in ["PC-GAMMAL", "PC-NY"] {
            #expect(fork.phrase.swedish.contains(name) && fork.phrase.english.contains(name))
        }
        let central = try town.open("central")
        #expect(try central.status().forks == report.forks)
        let row = try #require(try central.status().freshness.first { $0.unit == fork.unit })
        #expect(row.forks == 1)
        #expect(try central.check().contains { $0.text.swedish.contains("PC-NY") })
    }

    @Test func bothMachinesLearnOfItAndGoOnUnderNewNames() throws {
        let (town, bundles) = try Self.twins()
        try town.merge(bundles, at: "central")
        for round in 0..<3 {
            for place in ["care", "twin"] {
                try town.add("Rond \(round) på \(place), efter det.", at: place)
                if let back = try town.export("central", to: "OMS-HT-02", on: "b\(round)\(place)") {
                    for other in ["care", "twin"] { try town.merge([back], at: other) }
                }
                if let out = try town.export(place, on: "o\(round)\(place)") {
                    try town.merge([out], at: "central")
                }
            }
        }
        for place in ["care", "twin"] {
            if let out = try town.export(place, on: "last\(place)") {
                try town.merge([out], at: "central")
            }
        }
        let back = try #require(try town.export("central", to: "OMS-HT-02", on: "end"))
        for place in ["care", "twin"] { try town.merge([back], at: place) }
        let central = try town.open("central")
        #expect(try central.ideas().count == 9)
        #expect(try central.status().forks.count == 1)
        for place in ["care", "twin"] {
            let unit = try town.open(place)
            #expect(try unit.status().state == central.status().peers.first?.state)
            #expect(try unit.check().allSatisfy { $0.level == .look })
            // The forked log is nobody's any more.
            #expect(try unit.status().logs.count { $0.isOwn } >= 2)
        }
    }

    @Test func aBranchThatBeginsBehindTheForkWaitsAndHeals() throws {
        let (town, bundles) = try Self.twins()
        try town.merge(Array(bundles[...1]), at: "central")
        // Another central, set up from the twin's bundles alone, tells the twin that it has them.
        try town.make("other", "KLK-SA-01", isCentral: true)
        try town.merge([bundles[0], bundles[2]], at: "other")
        let ack = try #require(try town.export("other", to: "OMS-HT-02", on: "ack"))
        try town.merge([ack], at: "twin")
        try town.add("Skrivet efter kvittensen.", at: "twin")
        let late = try #require(try town.export("twin", on: "late"))
        let report = try #require(try town.merge([late], at: "central").bundles.first)
        #expect(report.word == "missingBranch")
        #expect(try town.open("central").status().forks.isEmpty)

        let back = try #require(try town.export("central", to: "OMS-HT-02", on: "back"))
        let learned = try #require(try town.merge([back], at: "twin").bundles.first)
        #expect(learned.wasSetBack)
        let again = try #require(try town.export("twin", on: "again"))
        #expect(try town.merge([again], at: "central").bundles.map(\.word) == ["merged"])
        #expect(try town.open("central").ideas().count == 4)
    }

    @Test func aCopyIsToldAtItsFirstWriteAndNoNameIsGivenTwice() throws {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.copy("care", to: "clone")
        let clone = try OpenUnit(
            folder: town.folder.path("clone"), for: .reading, today: town.today,
            on: Machine(id: "test", name: "PC-1", stateFolder: town.folder.path("state")))
        #expect(try clone.check().map(\.code) == ["copiedOrSetBack"])
        #expect(try clone.status().isInDoubt)
        try town.add("Elcyklarna står still i november.", at: "care")
        try town.add("Kartorna ligger kvar på kontoret.", at: "clone")
        #expect(try town.open("clone").check().isEmpty)
        try town.merge([try #require(try town.export("care", on: "one"))], at: "central")
        let out = try #require(try town.export("clone", on: "two"))
        let report = try #require(try town.merge([out], at: "central").bundles.first)
        #expect(report.word == "merged" && report.forks.isEmpty)
        #expect(try town.open("central").ideas().count == 3)
    }

    /// A count in a context means the log as its sender has it, not as it is here.
    @Test func aDecisionThatSawTheOtherCopyNeverOverrulesMineUnseen() throws {
        let town = try Town()
        town.bind("care", name: "PC-1")
        try town.make("care", "OMS-HT-02")
        let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.merge([try #require(try town.export("care", on: "0"))], at: "central")
        try town.image("care", to: "twin", name: "PC-2")
        try town.edit(number, at: "care") { $0.solution = "En karta vid varje port." }
        try town.edit(number, at: "twin") { $0.solution = "En app med alla portar." }
        try town.merge([try #require(try town.export("care", on: "1"))], at: "central")
        try town.edit(number, at: "central") { $0.solution = "Karta och skylt." }
        let back = try #require(try town.export("central", to: "OMS-HT-02", on: "2"))
        let report = try #require(try town.merge([back], at: "twin").bundles.first)
        #expect(report.word == "missingBranch" && report.wasSetBack)
        #expect(try town.open("twin").idea(number).solution == "En app med alla portar.")
        // It heals by itself: the twin's next bundle brings its branch, the next one back the other.
        let out = try #require(try town.export("twin", on: "3"))
        try town.merge([out], at: "central")
        let again = try #require(try town.export("central", to: "OMS-HT-02", on: "4"))
        #expect(try town.merge([again], at: "twin").bundles.map(\.word) == ["merged"])
        #expect(try town.state("twin") == town.state("central"))
        let values = try town.open("twin").conflicts().first?.values.compactMap(\.value.asText)
        #expect(Set(values ?? []).isSuperset(of: ["En app med alla portar.", "Karta och skylt."]))
    }

    /// Each thing that the witness knows is asked.
    @Test func whatDoesNotFitTheWitnessIsSaid() throws {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        func finding(_ change: (inout Machine) -> Void) throws -> String? {
            var machine = Machine(
                id: "test", name: "PC-1", stateFolder: town.folder.path("state"))
            change(&machine)
            let unit = try OpenUnit(
                folder: town.folder.path("care"), for: .reading, today: town.today, on: machine)
            return try unit.check().first?.text.english
        }
        #expect(try finding { _ in } == nil)
        #expect(try finding { $0.id = "other" }?.contains("another computer") == true)
        #expect(try finding { $0.place = { _ in "9 /x" } }?.contains("another place") == true)
        #expect(try finding { $0.stateFolder += "x" }?.contains("no note") == true)
        // The same file with the content of an earlier one: only the heads tell.
        let file = town.folder.path("care/sluss.sqlite")
        try shell(
            "sqlite3 '\(file)' 'PRAGMA wal_checkpoint(TRUNCATE)' && cp '\(file)' '\(file).old'")
        try town.add("Elcyklarna står still i november.", at: "care")
        try shell("rm -f '\(file)-wal' '\(file)-shm' && cat '\(file).old' > '\(file)'")
        #expect(try finding { _ in }?.contains("more writes before") == true)
        // A witness that cannot be read is none.
        try shell("for f in '\(town.folder.path("state"))'/witness-*; do echo x > $f; done")
        #expect(try finding { _ in }?.contains("no note") == true)
    }

    @Test func aRestoredStoreGetsItsLostWritesBackAndGoesOn() throws {
        let town = try Town()
        town.bind("care", name: "PC-1")
        try town.make("care", "OMS-HT-02")
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.image("care", to: "backup", name: "PC-1")
        try town.add("Elcyklarna står still i november.", at: "care")
        try town.merge([try #require(try town.export("care"))], at: "central")
        // The whole disk is set back, witness and all: nothing here can tell.
        try town.image("backup", to: "care", name: "PC-1")
        let back = try #require(try town.export("central", to: "OMS-HT-02"))
        let report = try #require(try town.merge([back], at: "care").bundles.first)
        #expect(report.wasSetBack)
        try town.add("Skrivet efter återställningen.", at: "care")
        // The number of an earlier bundle on the stick is not given again.
        let out = try #require(try town.export("care"))
        #expect(out.hasSuffix("oms-ht-02-0002.sluss"))
        #expect(try town.merge([out], at: "central").bundles.map(\.word) == ["merged"])
        #expect(try town.open("central").ideas().count == 3)
        // What was lost comes back with the next bundle from there.
        let again = try #require(try town.export("central", to: "OMS-HT-02"))
        #expect(try town.merge([again], at: "care").bundles.map(\.writes) == [1])
        #expect(try town.open("care").ideas().count == 3)
        #expect(try town.state("care") == town.state("central"))
        #expect(try town.open("central").status().forks.isEmpty)
        // The store is one peer, not two.
        #expect(try town.open("central").status().peers.count == 1)
    }

    @Test func aStoreThatIsSetBackAloneKnowsItAtOnce() throws {
        let town = try Town()
        town.bind("care", name: "PC-1")
        try town.make("care", "OMS-HT-02")
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.copy("care", to: "backup")
        try town.add("Elcyklarna står still i november.", at: "care")
        try town.merge([try #require(try town.export("care"))], at: "central")
        try FileManager.default.removeItem(atPath: town.folder.path("care"))
        try town.copy("backup", to: "care")
        // A new write at once, before any bundle has come back.
        try town.add("Skrivet efter återställningen.", at: "care")
        let out = try #require(try town.export("care"))
        let report = try #require(try town.merge([out], at: "central").bundles.first)
        #expect(report.word == "merged" && report.forks.isEmpty)
        #expect(try town.open("central").ideas().count == 3)
    }

    /// A store that went on under a new name is no longer a peer under the old one; a late bundle of
    /// its former life must not say that those before it never came.
    @Test func aLateBundleOfAFormerLifeMissesNothing() throws {
        let town = try Town()
        town.bind("care", name: "PC-1")
        try town.make("care", "OMS-HT-02")
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.merge([try #require(try town.export("care", on: "1"))], at: "central")
        try town.copy("care", to: "copy")
        try town.add("Elcyklarna står still i november.", at: "care")
        let late = try #require(try town.export("care", on: "2"))
        try town.add("Skrivet på kopian.", at: "copy")
        try town.merge([try #require(try town.export("copy", on: "3"))], at: "central")
        let report = try #require(try town.merge([late], at: "central").bundles.first)
        #expect(report.word == "merged" && report.missingNumbers == nil)
    }

    @Test func aCentralThatIsSetBackIsFilledAgain() throws {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.merge([try #require(try town.export("care", on: "1"))], at: "central")
        try town.copy("central", to: "backup")
        try town.add("Elcyklarna står still i november.", at: "care")
        try town.merge([try #require(try town.export("care", on: "2"))], at: "central")
        let back = try #require(try town.export("central", to: "OMS-HT-02", on: "3"))
        try town.merge([back], at: "care")
        try FileManager.default.removeItem(atPath: town.folder.path("central"))
        try town.copy("backup", to: "central")
        try town.add("Kartorna ligger kvar på kontoret.", at: "care")
        let gap = try #require(try town.export("care", on: "4"))
        let report = try #require(try town.merge([gap], at: "central").bundles.first)
        #expect(report.word == "missingHistory")
        let word = try #require(try town.export("central", to: "OMS-HT-02", on: "5"))
        try town.merge([word], at: "care")
        let out = try #require(try town.export("care", on: "6"))
        #expect(try town.merge([out], at: "central").bundles.map(\.word) == ["merged"])
        #expect(try town.open("central").ideas().count == 3)
        #expect(try town.state("central") == town.state("care"))
    }

    /// One bundle divides a log and goes on with the branch that was divided off.
    @Test func aBundleThatDividesALogAndExtendsIt() throws {
        let town = try Town()
        town.bind("care", name: "PC-1")
        try town.make("care", "OMS-HT-02")
        try town.add("Skrivet före kopian.", at: "care")
        try town.image("care", to: "twin", name: "PC-2")
        try town.add("Skrivet på kopian.", at: "twin")
        let twin = try #require(try town.export("twin", on: "twin"))
        for number in 2...3 { try town.add("Skrivet på den första, \(number).", at: "care") }
        try town.merge([try #require(try town.export("care", on: "1"))], at: "central")
        try town.copy("central", to: "backup")
        try town.add("Skrivet på den första, 4.", at: "care")
        let last = try #require(try town.export("care", on: "2"))
        try town.merge([last, twin], at: "central")
        // Both branches in one bundle, for a central that has three writes of one of them.
        let full = try #require(try town.export("central", .full, on: "full"))
        #expect(try town.merge([full], at: "backup").bundles.map(\.word) == ["merged"])
        #expect(try town.open("backup").ideas().count == 5)
        #expect(try town.state("backup") == town.state("central"))
        #expect(try town.open("backup").check().allSatisfy { $0.level == .look })
    }

    /// The same where the receiver has the beginning of both: what it has is found again after the
    /// log has been divided under it.
    @Test func aPlaceInALogIsFollowedWhenTheLogIsDivided() throws {
        let town = try Town()
        town.bind("care", name: "PC-1")
        try town.make("care", "OMS-HT-02")
        try town.make("careB", "OMS-HT-02", machine: "B")
        try town.add("Skrivet före kopian.", at: "care")
        try town.image("care", to: "twin", name: "PC-2")
        try town.add("Skrivet på kopian.", at: "twin")
        for number in 2...3 { try town.add("Skrivet på den första, \(number).", at: "care") }
        for (step, place) in ["care", "careB"].enumerated() {
            try town.merge([try #require(try town.export(place, on: "a\(step)"))], at: "central")
        }
        try town.merge(
            [try #require(try town.export("central", to: "OMS-HT-02", on: "b"))], at: "careB")
        try town.merge([try #require(try town.export("careB", on: "c"))], at: "central")
        try town.add("Skrivet på den första, 4.", at: "care")
        for place in ["care", "twin"] {
            try town.merge([try #require(try town.export(place, on: "d\(place)"))], at: "central")
        }
        try shell(
            "sqlite3 '\(town.folder.path("central/sluss.sqlite"))' \"DELETE FROM peer WHERE machine <> 'B'\""
        )
        let back = try #require(try town.export("central", to: "OMS-HT-02", on: "e"))
        #expect(
            try OpenUnit.inspect(back, store: town.folder.path("central")).summary.logs.map(\.from)
                .sorted() == [2, 4])
        #expect(try town.merge([back], at: "careB").bundles.map(\.word) == ["merged"])
        #expect(try town.state("careB") == town.state("central"))
    }

    /// What adds up counts twice if two copies did it, even if they did exactly the same.
    @Test func theSameSupportOnTwoCopiesIsTwo() throws {
        let town = try Town()
        town.bind("care", name: "PC-1")
        try town.make("care", "OMS-HT-02")
        let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.image("care", to: "twin", name: "PC-2")
        for place in ["care", "twin"] {
            _ = try town.open(place).support(number)
            try town.merge([try #require(try town.export(place, on: place))], at: "central")
        }
        #expect(try town.open("central").idea(number).support == 2)
    }

    /// A full bundle has no receipts: only its lines tell a store that its own log went on.
    @Test func aFullBundleGivesACentralItsLostWritesBackAndTellsItSo() throws {
        let town = try Town()
        town.bind("hub", name: "PC-1")
        try town.make("hub", "KLK-SA-01", isCentral: true)
        try town.make("care", "OMS-HT-02")
        let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.merge([try #require(try town.export("care"))], at: "hub")
        try town.edit(number, at: "hub") { $0.status = .forced(.inUse) }
        try town.image("hub", to: "backup", name: "PC-1")
        try town.edit(number, at: "hub") { $0.answer = "Tack, vi tar det vidare." }
        let full = try #require(try town.export("hub", .full, on: "full"))
        try town.image("backup", to: "hub", name: "PC-1")
        let report = try #require(try town.merge([full], at: "hub").bundles.first)
        #expect(report.writes == 1 && report.wasSetBack)
        try town.edit(number, at: "hub") { $0.solution = "En karta vid varje port." }
        #expect(try town.open("hub").status().logs.count { $0.isOwn } == 2)
        #expect(try town.open("hub").check().isEmpty)
    }

    @Test func threeImagesOfOneDiskAndAnImageOfAnImage() throws {
        let town = try Town()
        town.bind("care", name: "PC-1")
        try town.make("care", "OMS-HT-02")
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.image("care", to: "b", name: "PC-2")
        try town.image("care", to: "c", name: "PC-3")
        for place in ["care", "b", "c"] { try town.add("Skrivet på \(place), först.", at: place) }
        try town.image("b", to: "d", name: "PC-4")
        for place in ["b", "d"] { try town.add("Skrivet på \(place), sedan.", at: place) }
        let bundles = try ["care", "b", "c", "d"].map {
            try #require(try town.export($0, on: "from-\($0)"))
        }
        var states: Set<StateCode> = []
        for (index, order) in permutations(bundles).enumerated() {
            let place = "central\(index)"
            try town.copy("central", to: place)
            try town.merge(order, at: place)
            let central = try town.open(place)
            #expect(try central.ideas().count == 6)
            #expect(try central.status().forks.map { $0.branches.count } == [3, 2])
            #expect(try central.check().allSatisfy { $0.level == .look })
            states.insert(try central.status().state)
        }
        #expect(states.count == 1)
    }

    /// What a third machine has seen of one branch must not overrule the other.
    @Test func whatAThirdMachineHasSeenOfAForkedLogOverrulesNothingUnseen() throws {
        let town = try Town()
        town.bind("care", name: "PC-1")
        try town.make("care", "OMS-HT-02")
        let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.image("care", to: "twin", name: "PC-2")
        try town.edit(number, at: "care") { $0.solution = "En karta vid varje port." }
        try town.edit(number, at: "twin") { $0.solution = "En app med alla portar." }
        let (one, two) = try (
            #require(try town.export("care", on: "one")),
            #require(try town.export("twin", on: "two"))
        )
        // The central sees one branch and replaces its value; then the other comes.
        try town.copy("central", to: "late")
        try town.merge([one], at: "central")
        try town.edit(number, at: "central") { $0.solution = "Karta och skylt." }
        try town.merge([two], at: "central")
        let values = try town.open("central").conflicts().first?.values.compactMap {
            $0.value.asText
        }
        let kept = Set((values ?? []).map(\.description))
        #expect(kept.isSuperset(of: ["En app med alla portar.", "Karta och skylt."]))
        // Whoever gets all of it in another order has the same.
        let full = try #require(try town.export("central", .full, on: "full"))
        for bundle in [two, one, full] { try town.merge([bundle], at: "late") }
        #expect(try town.state("late") == town.state("central"))
    }
}
