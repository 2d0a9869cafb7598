import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// What a note is, while it is written on and signed off in several places, does not depend on the
/// order in which it comes together, nor on what a store folds into what it has.
///
/// Method: seeded writes and merges at two computers and the central; `check` folds every record
/// from its first write and compares with what is stored.
@Suite struct LockedNoteLawTests {
    private static let places = ["school", "schoolB"]

    private static func town() throws -> (Town, String) {
        var entry = MeetingEntry()
        entry.time = "13–15"
        entry.items = [NoteLine(item: 5, text: "Ljudet i matsalen.")]
        return try Town.schoolWithTwoComputers(with: entry)
    }

    /// What somebody does; what cannot be done in the note as it is is let be.
    private static func act(
        _ town: Town, _ place: String, _ number: String, _ step: Int,
        _ generator: inout SplitMix64
    ) throws {
        var entry = MeetingEntry()
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: entry.time = "1\(step % 10)–16"
        case 1: entry.items = [NoteLine(item: 5, text: "Ljudet, gång \(step).")]
        case 2: entry.items = [NoteLine(item: 8, text: "Träffen, gång \(step).")]
        case 3: entry.status = [MeetingStatus.ready, .draft][step % 2]
        default: entry.signers = ["Anna", "Bo"]
        }
        do { _ = try town.open(place).edit(number, entry, by: .init()) } catch is InputError {}
    }

    private static func bring(_ town: Town, _ place: String, _ step: String) throws {
        guard let bundle = try town.export(place, on: "\(place)-\(step)") else { return }
        try town.merge([bundle], at: "central")
        #expect(try town.open("central").check().isEmpty, "\(place) \(step)")
    }

    private static func fetch(_ town: Town, _ place: String, _ step: String) throws {
        let to = "BUN-GR-03"
        guard let bundle = try town.export("central", to: to, on: "central-\(place)-\(step)")
        else { return }
        try town.merge([bundle], at: place)
        #expect(try town.open(place).check().isEmpty, "\(place) \(step)")
    }

    @Test(arguments: UInt64(0)..<12)
    func aNoteIsTheSameEverywhere(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let (town, number) = try Self.town()
        for round in 0..<4 {
            for place in Self.places {
                for step in 0..<Int.random(in: 0...2, using: &generator) {
                    try Self.act(town, place, number, round * 2 + step, &generator)
                }
            }
            for place in Self.places.shuffled(using: &generator) {
                try Self.bring(town, place, "\(round)")
            }
            for place in Self.places where Bool.random(using: &generator) {
                try Self.fetch(town, place, "\(round)")
            }
        }
        for place in Self.places { try Self.bring(town, place, "end") }
        for place in Self.places { try Self.fetch(town, place, "end") }
        let state = try town.state("central")
        for place in Self.places { #expect(try town.state(place) == state, "\(place)") }
    }
}
