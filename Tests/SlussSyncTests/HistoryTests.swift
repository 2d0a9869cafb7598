import SlussBundle
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// What the history of a record says of writes that do not count.
@Suite struct HistoryTests {
    @Test func whatADeviceMayNotWriteIsMarkedInTheHistoryToo() throws {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        let number = try town.add("Skrivet medan datorn var vår.", at: "care")
        try town.edit(number, at: "care") { $0.problem = "Skrivet sedan den stals." }
        let record = try town.open("care").idea(number).state.record.description
        try town.merge([try #require(try town.export("care"))], at: "central")
        #expect(try Self.problem(record, town) == "Skrivet sedan den stals.")
        let unit = try #require(UnitCode("OMS-HT-02"))
        let report = try town.open("central").revoke(unit, fingerprint: nil, after: .write(1))
        #expect(report.dropped == 1)
        let (state, items) = try town.open("central").history(record)
        #expect(items.map(\.flaw) == [nil, .authority])
        #expect(state.text("problem") == "Skrivet medan datorn var vår.")
        #expect(try Self.problem(record, town) == "Skrivet medan datorn var vår.")
    }

    private static func problem(_ record: String, _ town: Town) throws -> String? {
        try town.open("central").idea(record).problem
    }
}
