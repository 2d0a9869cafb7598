import SlussDomain
import SlussSync
import Testing

/// What is searched for is found, whatever has happened to the index.
@Suite struct SearchIndexTests {
    private struct Cut: Error {}

    private static func town() throws -> (Town, bundle: String) {
        let town = try Town()
        try town.make("care", "OMS-SB-04")
        try town.add("Däckbytet på elcyklarna sker för sent.", at: "care")
        return (town, try #require(try town.export("care")))
    }

    private static func found(_ query: String, _ town: Town) throws -> Int {
        try town.open("central").search(query).count
    }

    private static func mergeAndCutOff(
        _ bundle: String, _ town: Town, then next: String? = nil
    ) throws {
        let central = try town.open("central")
        var count = 0
        central.interruption = { moment in
            guard moment == .beforeCommit else { return }
            count += 1
            if count == 2 { throw Cut() }
        }
        #expect(throws: Cut.self) { try central.merge([bundle]) }
        #expect(count == 2)
        central.interruption = nil
        if let next { _ = try central.merge([next]) }
    }

    /// Method: the merge is cut off when it is about to note that the index is complete.
    @Test func aMergeThatWasCutOffIsSearchedAllTheSame() throws {
        let (town, bundle) = try Self.town()
        try Self.mergeAndCutOff(bundle, town)
        #expect(try town.open("central").ideas().count == 1)
        #expect(try Self.found("byte", town) == 1)
        #expect(try Self.found("cyklar däck", town) == 1)
        #expect(try town.open("central").check().isEmpty)
        // The next change brings the index up to date.
        try town.add("Natten är lång vid åsen.", at: "central")
        #expect(try Self.found("byte", town) == 1)
        #expect(try town.open("central").check().isEmpty)
    }

    /// The next merge of the same process must not take the marks away unindexed.
    @Test func aMergeAfterOneThatWasCutOffIndexesBoth() throws {
        let (town, bundle) = try Self.town()
        try town.make("school", "OMS-SB-05")
        try town.add("Natten är lång vid åsen.", at: "school")
        let other = try #require(try town.export("school"))
        try Self.mergeAndCutOff(bundle, town, then: other)
        #expect(try Self.found("byte", town) == 1)
        #expect(try Self.found("åsen", town) == 1)
        #expect(try town.open("central").check().isEmpty)
    }

    @Test func aTextThatWasReplacedIsNotFoundAnyMore() throws {
        let (town, bundle) = try Self.town()
        try town.merge([bundle], at: "central")
        #expect(try Self.found("elcyklarna", town) == 1)
        let number = try #require(try town.open("care").ideas().first?.number)
        try town.edit(number, at: "care") { $0.problem = "Däckbytet på bilarna sker för sent." }
        let edited = try #require(try town.export("care"))
        try town.merge([edited], at: "central")
        #expect(try Self.found("elcyklarna", town) == 0)
        #expect(try Self.found("bilarna", town) == 1)
        #expect(try Self.found("däckbytet", town) == 1)
        #expect(try town.open("central").check().isEmpty)
    }

    @Test func signsWithinATermAreLookedForToo() throws {
        let town = try Town()
        try town.make("care", "OMS-SB-04")
        try town.add("Rum 4-12 och 4 12 saknar belysning.", at: "care")
        func found(_ query: String) throws -> Int { try town.open("care").search(query).count }
        #expect(try found("4-12") == 1 && found("4/12") == 0 && found("-") == 1)
        #expect(try found("RUM 4") == 1 && found("4-1 lys") == 1 && found("rum-4") == 0)
    }
}
