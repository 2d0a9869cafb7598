import ArgumentParser
import SlussCore
import SlussDomain
import SlussStore
import SlussSync
import _SlussTestSupport

/// Times reading, as `limit query` does.
struct BenchQueryCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "bench-query",
            abstract: "Time showing, listing and searching.")
    }

    @Argument(help: "The store's folder.")
    var store: String

    @Argument(
        help: "How many records are shown; a tenth as many lists, a hundredth as many searches.")
    var count = 2000

    /// The workload's own words, not those of ``IdeaStatus``.
    private static let statuses = ["ny", "granskas", "planerad", "pågår", "införd", "avslagen"]
    /// The words that the limit searches for.
    private static let common = ["personal", "verksamheten", "möjlig", "rutin"]
    private static let rare = ["sommar", "midsommar", "höst", "vinter"]
    private static let both = [
        "sommar vinter", "brand utrymning", "fika kaffe", "matsvinn lunch",
    ]

    func run() throws {
        let unit = try OpenUnit.atBench(store, for: .reading)
        var generator = SplitMix64(seed: 5)
        var figures = try timeShowing(unit, &generator)
        figures.merge(try timeLists(unit, &generator)) { $1 }
        figures.merge(try timeSearches(unit)) { $1 }
        try JSONLine.write(figures)
    }

    private func timeShowing(
        _ unit: OpenUnit, _ generator: inout SplitMix64
    ) throws -> [String: Double] {
        let ideas = try unit.ideas().prefix(50_000).compactMap(\.number)
        let notes = try unit.meetings().prefix(50_000).compactMap(\.number)
        let places = 0..<(ideas.count + notes.count)
        guard !places.isEmpty else { throw BenchFailure(what: "nothing in \(store)") }
        var clock = BenchClock()
        for _ in 0..<count {
            let place = Int.random(in: places, using: &generator)
            try clock.time {
                if place < ideas.count {
                    _ = try unit.idea(ideas[place])
                } else {
                    _ = try unit.meeting(notes[place - ideas.count])
                }
            }
        }
        return ["point_p50_us": clock.percentile(0.5)]
    }

    /// The first fifty ideas of a status, and all of one, read as a list would read them.
    private func timeLists(
        _ unit: OpenUnit, _ generator: inout SplitMix64
    ) throws -> [String: Double] {
        let file = try UnitStore(folder: store, access: .reading)
        var (fifty, all) = (BenchClock(), BenchClock())
        for place in 0..<max(8, count / 10) {
            let status = Self.statuses[Int.random(in: Self.statuses.indices, using: &generator)]
            var filter = RecordFilter(kind: KindDefinition.idea.name.string)
            filter.status = status
            filter.limit = 50
            try fifty.time { try Self.list(filter, file) }
            guard place % 10 == 0 else { continue }
            filter.limit = nil
            try all.time { try Self.list(filter, file) }
        }
        return [
            "list50_p50_us": fifty.percentile(0.5), "list_all_p50_us": all.percentile(0.5),
        ]
    }

    private static func list(_ filter: RecordFilter, _ file: UnitStore) throws {
        var count = 0
        try file.read { transaction in
            try transaction.forEachRecord(filter) { record in
                if Idea(record.state)?.title != nil { count += 1 }
            }
        }
        guard count > 0 else { throw ValidationError("The store has no ideas to list.") }
    }

    private func timeSearches(_ unit: OpenUnit) throws -> [String: Double] {
        var figures: [String: Double] = [:]
        for (name, words) in [("common", Self.common), ("rare", Self.rare), ("and", Self.both)] {
            var clock = BenchClock()
            for place in 0..<max(8, count / 100) {
                try clock.time { _ = try unit.search(words[place % 4], limit: 20) }
            }
            figures["fts_\(name)_p50_us"] = clock.percentile(0.5)
        }
        return figures
    }
}
