import SlussBundle
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// Who takes a resolution back says who gave the values: nobody is believed in that.
@Suite struct ReopeningTests {
    private static let record = RecordID(high: 0, low: 1)
    private static let mine = Dot(replica: ForgedBundle.replica, counter: 1)
    private static let seen = ForgedBundle.seen(ForgedBundle.replica, 1)

    /// A bundle with an idea, and with an entry that claims to open its need again.
    private static func bundle(_ values: String, field: String = "problem") -> ForgedBundle {
        let id = Conflict.id(record, "problem")
        let entry =
            #"{"day":"2026-03-09","field":"\#(field)","role":"employee","settled":"\#(mine)","values":\#(values)}"#
        return ForgedBundle(logs: [
            .init(
                replica: ForgedBundle.replica,
                lines: [
                    (
                        ForgedBundle.envelope(1),
                        #"{"role":"employee","set":{"problem":"Porten är mörk."}}"#
                    ),
                    (
                        ForgedBundle.envelope(2, seen: seen),
                        #"{"role":"employee","append":{"reopening.\#(id)":\#(entry)}}"#
                    ),
                ])
        ])
    }

    private static func merged(_ bundle: ForgedBundle) throws -> OpenUnit {
        let town = try Town()
        let report = try town.merge([try bundle.write(for: town)], at: "central")
        #expect(report.bundles.map(\.word) == ["merged"])
        let unit = try town.open("central")
        #expect(try unit.check().allSatisfy { $0.level == .look })
        return unit
    }

    @Test func aValueThatNobodyGaveIsThatOfWhoSaysSo() throws {
        let strange = Dot(replica: ReplicaID(high: 5, low: 5), counter: 1)
        let conflict = try #require(
            try Self.merged(
                Self.bundle(
                    #"[{"value":"Porten är mörk.","write":"\#(Self.mine)"},{"value":"Riv porten.","write":"\#(strange)"},{"value":"Stäng.","write":"\#(Self.mine)"}]"#
                )
            ).conflicts().first)
        #expect(conflict.values.count == 3)
        #expect(conflict.values.allSatisfy { $0.unit.description == "OMS-HT-02" })
    }

    @Test(arguments: [
        "[]", "3", #"[{"value":"En."}]"#, #"[{"value":"En.","write":"x:1"}]"#,
        #"[{"value":"En.","write":"DOT"}]"#,
        #"[{"value":"En.","write":"DOT"},{"value":"En.","write":"DOT"}]"#,
    ])
    func whatIsNoReopeningOpensNothing(values: String) throws {
        let unit = try Self.merged(
            Self.bundle(values.replacing("DOT", with: Self.mine.description)))
        #expect(try unit.conflicts().isEmpty)
    }

    @Test func anEntryUnderAnotherFieldsNameOpensNothing() throws {
        let two =
            #"[{"value":"En.","write":"\#(Self.mine)"},{"value":"Två.","write":"\#(Self.mine)"}]"#
        #expect(try Self.merged(Self.bundle(two, field: "solution")).conflicts().isEmpty)
        #expect(try Self.merged(Self.bundle(two)).conflicts().count == 1)
    }
}
