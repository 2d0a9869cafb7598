import ArgumentParser
import Foundation

/// Turns a workload of the peers' benchmark into bundles.
struct ReplayCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "replay",
            abstract: "Turn a workload into bundles, and a central that takes them.",
            discussion:
                "The workload is one that workload.py has made. Each of its units becomes a machine of one unit. Merge into a copy: cp -r OUT/central X; sluss --store X merge OUT/bundles/*.sluss"
        )
    }

    @Argument(help: "The workload's folder.")
    var workload: String

    @Option(help: "A folder that is not there yet: bundles/ and central/ come to lie in it.")
    var out: String

    @Flag(help: "Do not encrypt the bundles.")
    var plain = false

    func run() throws {
        var replay = try Replay(try Workload(folder: workload), folder: out, isPlain: plain)
        try replay.run()
        let answer: [String: UInt64] = [
            "bundles": UInt64(replay.bundles), "writes": replay.writes,
            "bundle_bytes": replay.bytes,
        ]
        try JSONLine.write(answer)
    }
}
