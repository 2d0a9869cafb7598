import ArgumentParser
import Dispatch
import Foundation
import Synchronization

/// Runs many seeds of the simulation.
struct SimulateCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "simulate",
            abstract: "Run seeds of the simulation; a seed that fails is printed and replays.")
    }

    @Option(help: "The seeds, such as 1..200.")
    var seeds = "1..200"

    @Option(help: "Steps in each run.")
    var steps = 40

    @Option(help: "How many run at the same time.")
    var jobs = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Keep the folders of the stores, to look at them.")
    var keep = false

    @Flag(help: "Tell what is refused on the way.")
    var trace = false

    func validate() throws {
        if range == nil { throw ValidationError("Seeds are written 1..200.") }
    }

    private var range: ClosedRange<UInt64>? {
        let parts = seeds.components(separatedBy: "..").map { UInt64($0) }
        guard parts.count == 2, let first = parts[0], let last = parts[1], first <= last else {
            return nil
        }
        return first...last
    }

    func run() throws {
        guard let range else { return }
        let board = ScoreBoard()
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = jobs
        let start = DispatchTime.now().uptimeNanoseconds
        for seed in range {
            queue.addOperation {
                board.note(
                    Result {
                        try Simulation.run(
                            seed: seed, steps: steps, isKept: keep, isTraced: trace)
                    })
            }
        }
        queue.waitUntilAllOperationsAreFinished()
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        let (total, failures) = (board.result.total, board.result.failures.sorted())
        let rate = String(format: "%.1f", Double(range.count) / seconds)
        let summary =
            "\(range.count) seeds, \(total.writes) writes, \(total.bundles) exports, \(total.forks) forks: "
            + "\(failures.count) failed. \(rate) seeds per second.\n"
        FileHandle.standardError.write(Data(failures.map { $0 + "\n" }.joined().utf8))
        try FileHandle.standardOutput.write(contentsOf: Data(summary.utf8))
        if !failures.isEmpty { throw ExitCode(1) }
    }
}

/// Collects what the seeds gave, from several threads.
private final class ScoreBoard: Sendable {
    struct Score {
        var total = Simulation.Tally()
        var failures: [String] = []
    }

    private let score = Mutex(Score())

    var result: Score { score.withLock { $0 } }

    func note(_ result: Result<Simulation.Tally, any Error>) {
        score.withLock { score in
            switch result {
            case .success(let tally): score.total.add(tally)
            case .failure(let error): score.failures.append("\(error)")
            }
        }
    }
}
