import ArgumentParser
import Foundation

/// Measures Sluss beside the limit of what it is built on.
struct BenchCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "bench",
            abstract: "Measure Sluss on replayed workloads, beside the limit of its parts.",
            discussion:
                "Repetition by repetition, Sluss and the limit take turns, so that a ratio is of neighbours in time. Prints a table in Markdown for each workload. Measures: "
                + BenchCase.all.map(\.name).joined(separator: ", ") + "."
        )
    }

    @Argument(help: "The workloads' folders, as workload.py makes them.")
    var workloads: [String]

    @Option(help: "The limit: limit.cpp of the peers' benchmark, built.")
    var limit: String?

    @Option(help: "The sluss to be measured (else the one beside this tool).")
    var sluss: String?

    @Option(help: "How many times.")
    var reps = 5

    @Option(help: "Only these measurements, separated by commas.")
    var only: String?

    @Option(help: "A folder to work in, on the disk that is to be measured; emptied first.")
    var work = ".build/bench"

    @Option(help: "A file to which every run is added as a line of JSON.")
    var log: String?

    func run() throws {
        let tool = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        let beside = URL(fileURLWithPath: tool).deletingLastPathComponent().path + "/sluss"
        for workload in workloads {
            if FileManager.default.fileExists(atPath: work) {
                try FileManager.default.removeItem(atPath: work)
            }
            let name = URL(fileURLWithPath: workload).lastPathComponent
            let folder = try BenchFolder(
                workload: workload, path: URL(fileURLWithPath: work).path,
                sluss: sluss ?? beside, tool: tool, limit: limit)
            let table = BenchTable(title: name, results: try measure(folder, name))
            FileHandle.standardOutput.write(Data(table.text.utf8))
        }
    }

    private func cases() throws -> [BenchCase] {
        guard let only else { return BenchCase.all }
        let names = Set(only.components(separatedBy: ","))
        let unknown = names.subtracting(BenchCase.all.map(\.name))
        guard unknown.isEmpty else {
            throw BenchFailure(what: "no measurement \(unknown.sorted().joined(separator: ", "))")
        }
        return BenchCase.all.filter { names.contains($0.name) }
    }

    private func measure(
        _ folder: BenchFolder, _ workload: String
    ) throws -> [(BenchCase, BenchTable.Runs)] {
        var results = try cases().map { ($0, BenchTable.Runs()) }
        for repetition in 0..<reps {
            for place in results.indices {
                let bench = results[place].0
                let run = try bench.run(folder)
                results[place].1.ours.append(run)
                try note(run, bench, workload, "sluss", repetition)
                guard let limit, let runLimit = bench.limit else { continue }
                let limitRun = try runLimit(folder, limit)
                results[place].1.limit.append(limitRun)
                try note(limitRun, bench, workload, "limit", repetition)
            }
        }
        return results
    }

    /// One run, for programs.
    private struct LoggedRun: Encodable {
        let bench: String
        let workload: String
        let contender: String
        let repetition: Int
        let run: BenchRun
    }

    private func note(
        _ run: BenchRun, _ bench: BenchCase, _ workload: String, _ contender: String,
        _ repetition: Int
    ) throws {
        guard let log else { return }
        let line = try JSONLine.line(
            LoggedRun(
                bench: bench.name, workload: workload, contender: contender,
                repetition: repetition, run: run))
        if !FileManager.default.fileExists(atPath: log) {
            try Data().write(to: URL(fileURLWithPath: log))
        }
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        try handle.seekToEnd()
        try handle.write(contentsOf: line)
        try handle.close()
    }
}
