import Foundation
import SlussBundle
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// What the simulation has found, each as the smallest story that shows it.
///
/// The seeds are those of the simulation as it was on the day.
@Suite struct SimulationCaseTests {
    /// Seeds 5 and 6: images of a store that had written nothing yet share its name but no log, so
    /// nothing forks; what one of them had hid from the central what the other lacked.
    @Test func imagesThatSendUnderOneNameAreToldApartByReceipts() throws {
        let town = try Town()
        town.bind("care", name: "PC-1")
        try town.make("care", "OMS-HT-02")
        try town.image("care", to: "twin", name: "PC-2")
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.add("Elcyklarna står still i november.", at: "twin")
        for (round, place) in ["care", "twin", "care", "twin"].enumerated() {
            if let out = try town.export(place, on: "out\(round)") {
                try town.merge([out], at: "central")
            }
            if let back = try town.export("central", to: "OMS-HT-02", on: "back\(round)") {
                for other in ["care", "twin"] { try town.merge([back], at: other) }
            }
        }
        for place in ["care", "twin"] {
            #expect(try town.state(place) == town.state("central"), "\(place)")
        }
        #expect(try town.open("central").status().peers.count == 2)
    }

    /// Seed 103: a copy went on under a new name, and the central forgot the store that still had
    /// the old one; that one had nothing new to say and was never told anything again.
    @Test func aStoreThatWasForgottenSpeaksUp() throws {
        let town = try Town()
        town.bind("care", name: "PC-1")
        try town.make("care", "OMS-HT-02")
        try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.merge([try #require(try town.export("care", on: "1"))], at: "central")
        try town.merge(
            [try #require(try town.export("central", to: "OMS-HT-02", on: "1"))], at: "care")
        // The copy is noticed where it is made, and is heard from first.
        try town.copy("care", to: "copy")
        try town.add("Skrivet på kopian.", at: "copy")
        try town.merge([try #require(try town.export("copy", on: "2"))], at: "central")
        #expect(try town.open("central").status().peers.count == 1)
        let back = try #require(try town.export("central", to: "OMS-HT-02", on: "2"))
        try town.merge([back], at: "care")
        let word = try #require(try town.export("care", on: "3"))
        try town.merge([word], at: "central")
        #expect(try town.open("central").status().peers.count == 2)
        if let more = try town.export("central", to: "OMS-HT-02", on: "3") {
            try town.merge([more], at: "care")
        }
        #expect(try town.state("care") == town.state("central"))
    }

    /// Seed 151: two branches of a log, of which the receiver had the beginning of one, were
    /// written in another order than the manifest had them.
    @Test func branchesStandInTheOrderOfTheirFirstWriteInTheBundle() throws {
        let town = try Town()
        town.bind("care", name: "PC-1")
        try town.make("care", "OMS-HT-02")
        try town.make("careB", "OMS-HT-02", machine: "B")
        try town.add("Skrivet före alla kopior.", at: "care")
        for seed in 0..<6 {
            try town.image("care", to: "twin\(seed)", name: "PC-2")
            try town.add("Skrivet på den ena, \(seed).", at: "twin\(seed)")
            try town.merge(
                [try #require(try town.export("twin\(seed)", on: "a\(seed)"))], at: "central")
        }
        try town.merge([try #require(try town.export("careB", on: "b"))], at: "central")
        try town.merge(
            [try #require(try town.export("central", to: "OMS-HT-02", on: "c"))], at: "careB")
        try town.merge([try #require(try town.export("careB", on: "d"))], at: "central")
        // One branch goes on, a new one begins: the receiver lacks the end of the first only.
        for seed in 0..<3 { try town.add("Skrivet sedan, \(seed).", at: "twin\(seed)") }
        try town.image("care", to: "twin9", name: "PC-9")
        try town.add("Skrivet på en till.", at: "twin9")
        for place in ["twin0", "twin1", "twin2", "twin9"] {
            try town.merge([try #require(try town.export(place, on: "e\(place)"))], at: "central")
        }
        // The twins share a name there, and hold the base of exports down; careB alone counts.
        try shell(
            "sqlite3 '\(town.folder.path("central/sluss.sqlite"))' \"DELETE FROM peer WHERE machine <> 'B'\""
        )
        let back = try #require(try town.export("central", to: "OMS-HT-02", on: "f"))
        try town.merge([back], at: "careB")
        #expect(try town.state("careB") == town.state("central"))
        #expect(try town.open("careB").ideas().count == 11)
    }

    /// Seed 192: a central had written on what it then took back; its own write went out, and what
    /// it builds on came later.
    @Test func aWriteThatComesBeforeWhatItBuildsOnWaitsAndThenCounts() throws {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        try town.make("careB", "OMS-HT-02", machine: "B")
        let number = try town.add("Nya vikarier hittar inte till portarna.", at: "careB")
        let first = try #require(try town.export("careB", on: "1"))
        try town.merge([first], at: "central")
        try town.merge([try #require(try town.export("care", on: "1"))], at: "central")
        try town.edit(number, at: "central") { $0.answer = "Tack, vi tar det vidare." }
        _ = try town.open("central").undo(run: 1)
        let early = try #require(try town.export("central", to: "OMS-HT-02", on: "2"))
        #expect(try town.merge([early], at: "care").bundles.map(\.asides) == [1])
        #expect(try town.open("care").check().map(\.code) == ["setAside"])
        _ = try town.open("central").redo(run: 1)
        let late = try #require(try town.export("central", to: "OMS-HT-02", on: "3"))
        try town.merge([late], at: "care")
        #expect(try town.open("care").check().isEmpty)
        #expect(try town.state("care") == town.state("central"))
    }
}
