import Foundation
import SlussBundle
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// A stolen laptop: its device is shut out from a write on.
@Suite struct RevocationTests {
    /// A unit with three ideas in three bundles, none merged yet.
    private static func stolen() throws -> (town: Town, bundles: [String]) {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        let bundles = try ["Kartor saknas i bilarna.", "Elcyklarna står still.", "Porten är mörk."]
            .enumerated().map { index, problem in
                try town.add(problem, at: "care")
                return try #require(try town.export("care", on: "\(index)"))
            }
        return (town, bundles)
    }

    private static func revoke(
        _ town: Town, after point: RevocationPoint, log: String? = nil
    ) throws -> RevocationReport {
        let unit = try #require(UnitCode("OMS-HT-02"))
        return try town.open("central").revoke(unit, fingerprint: nil, after: point, log: log)
    }

    @Test func whatItWroteAfterThatIsKeptAndDoesNotCount() throws {
        let (town, bundles) = try Self.stolen()
        try town.merge([bundles[2]], at: "central")
        #expect(try town.open("central").ideas().count == 3)
        let report = try Self.revoke(town, after: .write(2))
        #expect(report.dropped == 1 && report.after.map(\.count) == [2])
        #expect(try town.open("central").ideas().count == 2)
        #expect(try town.open("central").check().map(\.code) == ["setAside"])
        let devices = try town.open("central").devices().filter { !$0.isCentral }
        #expect(devices.map(\.standing) == [.revoked])
        // A mistake can be mended: the newer word counts.
        #expect(try Self.revoke(town, after: .write(3)).dropped == 0)
        #expect(try town.open("central").ideas().count == 3)
        #expect(try town.open("central").check().isEmpty)
    }

    @Test func everyOrderOfBundlesAndRevocationGivesTheSameState() throws {
        let (town, bundles) = try Self.stolen()
        try town.merge([bundles[2]], at: "central")
        _ = try Self.revoke(town, after: .write(2))
        let expected = try town.state("central")
        for (index, order) in permutations([0, 1, 2, 3]).enumerated() {
            let place = "central\(index)"
            try town.make(place, "KLK-SA-02", isCentral: true)
            // The introduction has told it of the revocation already: what comes in then is judged
            // at the door, and must end as what was judged afterwards.
            for step in order where step < 3 { try town.merge([bundles[step]], at: place) }
            try town.merge(bundles, at: place)
            #expect(try town.state(place) == expected, "\(order)")
            #expect(try town.open(place).check().allSatisfy { $0.code == "setAside" })
        }
    }

    @Test func aBundleWithNothingFromBeforeIsRefused() throws {
        let (town, bundles) = try Self.stolen()
        try town.merge([bundles[0]], at: "central")
        try town.merge([try #require(try town.export("central", to: "OMS-HT-02"))], at: "care")
        _ = try Self.revoke(town, after: .here)
        // Made before the unit knew: it begins with write 1, and all that counts of it is here.
        #expect(try town.merge([bundles[2]], at: "central").bundles.map(\.word) == ["revoked"])
        try town.add("Skrivet av tjuven.", at: "care")
        let thief = try #require(try town.export("care", on: "thief"))
        #expect(
            try town.merge([thief], at: "central").bundles.first?.refusal?.code == "revoked")
        #expect(try town.open("central").ideas().count == 1)
    }

    @Test func theDeviceItselfIsToldAndWritesNoMore() throws {
        let (town, bundles) = try Self.stolen()
        try town.make("careB", "OMS-HT-02", machine: "B")
        try town.merge([bundles[2]], at: "central")
        let unit = try #require(UnitCode("OMS-HT-02"))
        let first = try #require(
            try town.open("central").devices().first { !$0.isCentral && $0.machine.isEmpty }?.key)
        _ = try town.open("central").revoke(
            unit, fingerprint: first.fingerprint, after: .write(2))
        // Its unit's other computer gets the word, and the bundle is no longer for the first.
        let back = try #require(try town.export("central", to: "OMS-HT-02", protection: .plain))
        for place in ["careB", "care"] { try town.merge([back], at: place) }
        #expect(try town.state("careB") == town.state("central"))
        #expect(try town.state("care") == town.state("central"))
        #expect(try town.open("care").status().membership == .shutOut)
        #expect(throws: KeyError.shutOut) { try town.add("Skrivet av tjuven.", at: "care") }
        #expect(throws: KeyError.shutOut) { try town.export("care") }
        try town.add("Skrivet av en kollega.", at: "careB")
        let next = try #require(try town.export("careB", on: "next"))
        #expect(try town.merge([next], at: "central").bundles.map(\.word) == ["merged"])
    }

    @Test func aDeviceThatIsShutOutNoLongerKeepsBundlesLarge() throws {
        let (town, bundles) = try Self.stolen()
        try town.make("careB", "OMS-HT-02", machine: "B")
        try town.merge([bundles[0]], at: "central")
        try town.merge([try #require(try town.export("careB", on: "b"))], at: "central")
        let back = try #require(try town.export("central", to: "OMS-HT-02", on: "back"))
        try town.merge([back], at: "careB")
        try town.merge([try #require(try town.export("careB", on: "ack"))], at: "central")
        let unit = try #require(UnitCode("OMS-HT-02"))
        let first = try #require(
            try town.open("central").devices().first { !$0.isCentral && $0.machine.isEmpty }?.key)
        _ = try town.open("central").revoke(unit, fingerprint: first.fingerprint, after: .here)
        let after = try #require(try town.export("central", to: "OMS-HT-02", on: "after"))
        let summary = try OpenUnit.inspect(after, store: town.folder.path("central")).summary
        #expect(summary.writes == 0)
    }

    @Test func anOldBundleTakesNothingBackAndIsSaidToBeOld() throws {
        let (town, bundles) = try Self.stolen()
        try town.merge([bundles[2]], at: "central")
        let before = try town.state("central")
        let old = try #require(try town.merge([bundles[0]], at: "central").bundles.first)
        #expect(old.order == .older(than: 3) && old.word == "nothingNew")
        #expect(try town.state("central") == before)
    }

    @Test func aBundleThatWasSwappedOnTheWayIsSaid() throws {
        let town = try Town()
        town.bind("care", name: "PC-1")
        try town.make("care", "OMS-HT-02")
        try town.add("Kartor saknas i bilarna.", at: "care")
        try town.merge([try #require(try town.export("care", on: "1"))], at: "central")
        // Two stores under one name: each makes its own number 2, and one its number 3.
        try town.image("care", to: "twin", name: "PC-2")
        var bundles: [String] = []
        for place in ["care", "twin"] {
            try town.add("Skrivet på \(place).", at: place)
            bundles.append(try #require(try town.export(place, on: place)))
        }
        try town.add("Skrivet på twin igen.", at: "twin")
        let third = try #require(try town.export("twin", on: "third"))
        #expect(try town.merge([bundles[0]], at: "central").bundles.map(\.order) == [.next])
        #expect(try town.merge([bundles[1]], at: "central").bundles.map(\.order) == [.other])
        #expect(try town.merge([third], at: "central").bundles.map(\.order) == [.other])
    }

    @Test func whatHasNotComeYetCanBeNamedByItsBundle() throws {
        let (town, bundles) = try Self.stolen()
        try town.merge([bundles[0]], at: "central")
        #expect(throws: InputError.notHereYet(2, held: 1)) {
            try Self.revoke(town, after: .write(2))
        }
        #expect(try Self.revoke(town, after: .bundle(bundles[1])).after.map(\.count) == [2])
        let late = try #require(try town.merge([bundles[2]], at: "central").bundles.first)
        #expect(late.word == "merged" && late.isShutOut && late.asides == 1)
        #expect(try town.open("central").ideas().count == 2)
        // Now all that counts is here, and nothing more is taken.
        #expect(try town.merge([bundles[2]], at: "central").bundles.map(\.word) == ["revoked"])
    }

    @Test func aThiefCannotTakeAnotherWayFromBeforeTheEnd() throws {
        let (town, bundles) = try Self.stolen()
        town.bind("thief", name: "PC-9")
        try town.copy("care", to: "thief")
        try town.merge([bundles[0]], at: "central")
        _ = try Self.revoke(town, after: .bundle(bundles[2]))
        // The limit is 3 writes, but those three, by digest: a copy that was made before cannot
        // write three others.
        var bundle = ForgedBundle(logs: [
            .init(
                replica: ForgedBundle.replica,
                lines: (1...3).map { (ForgedBundle.envelope($0, record: UInt64($0)), Self.body) })
        ])
        let first = try bundle.write(for: town, "first.sluss")
        try town.merge([first], at: "central")
        #expect(try town.open("central").ideas().count == 4)
        let key = try #require(bundle.key).publicKey.fingerprint
        let unit = try #require(UnitCode("OMS-HT-02"))
        _ = try town.open("central").revoke(unit, fingerprint: key, after: .write(2))
        bundle.logs[0].lines = (1...3).map {
            (ForgedBundle.envelope($0, record: UInt64($0 + 10)), Self.body)
        }
        let fork = try bundle.write(for: town, "fork.sluss")
        #expect(try town.merge([fork], at: "central").bundles.map(\.word) == ["revoked"])
        #expect(try town.open("central").ideas().count == 3)
        // Nor if it is taken where the first three have not been seen.
        try town.make("fresh", "KLK-SA-03", isCentral: true)
        #expect(try town.merge([fork], at: "fresh").bundles.map(\.asides) == [3])
        try town.merge([first], at: "fresh")
        #expect(try town.open("fresh").ideas(unit: "OMS-HT-02").count == 2)
    }

    private static let body = #"{"role":"employee","set":{"problem":"Porten är mörk."}}"#

    @Test func aThiefWhoBeginsManyLogsIsShutOutAllTheSame() throws {
        let town = try Town()
        var bundle = ForgedBundle(
            logs: (1...450).map {
                .init(
                    replica: ForgedBundle.log($0),
                    lines: [(ForgedBundle.envelope(1, record: $0), Self.body)])
            })
        try town.merge([try bundle.write(for: town)], at: "central")
        #expect(try town.open("central").ideas().count == 450)
        #expect(throws: InputError.self) { try Self.revoke(town, after: .write(1)) }
        let chosen = ForgedBundle.log(7).description
        #expect(try Self.revoke(town, after: .write(1), log: chosen).after.count == 400)
        #expect(try town.open("central").ideas().count == 400)
        bundle.number = 2
        bundle.logs = [
            .init(
                replica: ForgedBundle.log(999),
                lines: [(ForgedBundle.envelope(1, record: 999), Self.body)])
        ]
        let more = try bundle.write(for: town, "more.sluss")
        #expect(try town.merge([more], at: "central").bundles.map(\.word) == ["revoked"])
    }
}
