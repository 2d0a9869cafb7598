import ArgumentParser
import Dispatch
import Foundation
import SlussCore
import SlussSync

/// Merges what replay has made, and says in one line of JSON how long that took: a contender for
/// the peers' `run_all.py`.
struct BenchMergeCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "bench-merge",
            abstract: "Merge replayed bundles into a new central, and say how long it took.",
            discussion:
                "For run_all.py: --extra 'sluss=sluss-dev bench-merge OUT {db}', with OUT made by replay; for the last round alone --extra 'sluss-tail=sluss-dev bench-merge OUT {db} --tail 1 --workload {workload}'. The clock runs from opening the store until it is closed, the last commit synchronised."
        )
    }

    @Argument(help: "The folder that replay has made.")
    var bundles: String

    @Argument(help: "A store's folder that is not there yet.")
    var store: String

    @Option(help: "Merge all rounds but so many of the last off the clock.")
    var tail: Int?

    @Option(help: "The workload, to say how many of its ops were merged on the clock.")
    var workload: String?

    func run() throws {
        let manager = FileManager.default
        try manager.copyItem(atPath: "\(bundles)/central", toPath: store)
        let replayed = ReplayedFolder(path: bundles)
        var paths = try replayed.bundles()
        if let tail {
            let (before, last) = try replayed.split(lastRounds: tail)
            _ = try Self.merge(before, into: store)
            paths = last
        }
        let start = DispatchTime.now().uptimeNanoseconds
        let report = try Self.merge(paths, into: store)
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        let refused = report.count { $0.isRefused }
        guard refused == 0 else { throw BenchFailure(what: "\(refused) bundles were refused") }
        var answer = ["seconds": seconds]
        answer["db_bytes"] = Double(
            try ["", "-wal"].reduce(0) { try $0 + Self.size("\(store)/sluss.sqlite\($1)") })
        answer["bundle_bytes"] = Double(try paths.reduce(0) { try $0 + Self.size($1) })
        if let workload {
            answer["ops"] = Double(try Self.ops(Workload(folder: workload), lastRounds: tail))
        }
        try JSONLine.write(answer)
    }

    /// How many ops the last rounds of a workload have, or all of them.
    private static func ops(_ workload: Workload, lastRounds: Int?) throws -> Int {
        var rounds: [Int] = []
        for unit in 0..<workload.units {
            let reader = try WorkloadReader(workload, unit: unit)
            var place = 0
            while let round = try reader.nextRound() {
                if place == rounds.count { rounds.append(0) }
                rounds[place] += round.ops.count
                place += 1
            }
        }
        return rounds.suffix(lastRounds ?? rounds.count).reduce(0, +)
    }

    /// Merges, and closes the store.
    private static func merge(
        _ paths: [String], into folder: String
    ) throws -> [BundleReport] {
        let unit = try OpenUnit.atBench(folder, for: .writing("bench"))
        return try unit.merge(paths, allowing: .all).bundles
    }

    private static func size(_ path: String) throws -> UInt64 {
        guard FileManager.default.fileExists(atPath: path) else { return 0 }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return attributes[.size] as? UInt64 ?? 0
    }
}

extension OpenUnit {
    /// Opens a store to be measured; its witness lies in its own folder.
    static func atBench(_ folder: String, for purpose: Purpose) throws -> OpenUnit {
        try OpenUnit(
            folder: folder, for: purpose, today: Day(number: 20_521),
            on: Machine(id: "bench", name: "bench", stateFolder: "\(folder)/state"))
    }
}
