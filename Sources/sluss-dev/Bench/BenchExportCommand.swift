import ArgumentParser
import SlussDomain
import SlussSync
import _SlussTestSupport

/// Times a bundle of everything, as `limit export` does; `sluss backup` also restores it for a test.
struct BenchExportCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "bench-export",
            abstract: "Time a bundle of all that a store has: written, synchronised, read back.")
    }

    @Argument(help: "The store's folder; that the bundle was made is noted in it.")
    var store: String

    @Argument(help: "The bundle's path.")
    var output: String

    func run() throws {
        let unit = try OpenUnit.atBench(store, for: .writing("bench"))
        let start = ContinuousClock.now
        guard case .written = try unit.export(.full, to: .central, output: output) else {
            throw BenchFailure(what: "nothing to export in \(store)")
        }
        try JSONLine.write(["seconds": (ContinuousClock.now - start) / .seconds(1)])
    }
}
