import ArgumentParser
import SlussDomain
import SlussSync
import _SlussTestSupport

/// Times single durable changes, as `limit local` does.
struct BenchLocalCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "bench-local",
            abstract: "Time single durable changes of ideas: three statuses, then one text.")
    }

    @Argument(help: "The store's folder; it is changed.")
    var store: String

    @Argument(help: "How many changes.")
    var count = 2000

    func run() throws {
        let unit = try OpenUnit.atBench(store, for: .writing("bench"))
        let numbers = try unit.ideas().prefix(20_000).compactMap(\.number)
        guard !numbers.isEmpty else { throw BenchFailure(what: "no ideas in \(store)") }
        let statuses: [IdeaStatus] = [
            .submitted, .underReview, .goAhead, .underWay, .inUse, .closed,
        ]
        var generator = SplitMix64(seed: 7)
        var (statusClock, textClock) = (BenchClock(), BenchClock())
        let person = OpenUnit.Person(role: unit.usualRole)
        for place in 0..<count {
            let number = numbers[Int.random(in: numbers.indices, using: &generator)]
            var edit = OpenUnit.IdeaEdit()
            if place % 4 == 0 {
                // Within what may be entered; the limit has no such bound.
                let problem = try unit.idea(number).problem ?? ""
                edit.problem = "\(problem.prefix(900)) Rutin nummer \(place) provas under vecka."
                try textClock.time { _ = try unit.edit(number, edit, by: person) }
            } else {
                edit.status = .forced(
                    statuses[Int.random(in: statuses.indices, using: &generator)])
                try statusClock.time { _ = try unit.edit(number, edit, by: person) }
            }
        }
        try JSONLine.write([
            "status_p50_us": statusClock.percentile(0.5),
            "status_p99_us": statusClock.percentile(0.99),
            "body_p50_us": textClock.percentile(0.5), "body_p99_us": textClock.percentile(0.99),
        ])
    }
}
