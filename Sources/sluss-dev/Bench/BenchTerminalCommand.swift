import ArgumentParser
import Foundation

/// Times how long the client for shared computers takes to its first screen, and what it holds.
struct BenchTerminalCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "bench-terminal",
            abstract: "Time sluss-terminal to its first screen on a pseudo-terminal.",
            discussion:
                "Takes turns with /bin/true on the same kind of terminal. Prints rows in Markdown.")
    }

    @Argument(help: "The store's folder.")
    var store: String

    @Option(help: "The sluss-terminal to be measured (else the one beside this tool).")
    var client: String?

    @Option(help: "How many times.")
    var reps = 20

    /// The last line of the start page.
    private static let last = "Siffra"

    func run() throws {
        let tool = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let beside = tool.deletingLastPathComponent().path + "/sluss-terminal"
        let terminal = PseudoTerminal(environment: [
            "PATH": "/usr/bin:/bin", "TERM": "xterm", "LC_ALL": "C.UTF-8", "SLUSS_LANG": "sv",
            "LINES": "24", "COLUMNS": "80", "HOME": store, "XDG_STATE_HOME": store + "/state",
        ])
        let arguments = [client ?? beside, "--store", store]
        var (ours, plain, nothing): ([PseudoTerminal.Run], [PseudoTerminal.Run], [Double]) =
            ([], [], [])
        for _ in 0..<reps {
            ours.append(try terminal.run(arguments, until: Self.last))
            plain.append(try terminal.run(arguments + ["--plain-mode"], until: Self.plainLast))
            nothing.append(try terminal.run(["/bin/true"], until: nil).seconds)
        }
        var text = "| to the first screen | median | worst | peak KiB |\n|---|---|---|---|\n"
        for (name, runs) in [("full screen", ours), ("plain mode", plain)] {
            text += Self.row(name, runs.map(\.seconds), runs.map(\.peakKiB).max())
        }
        text += Self.row("`/bin/true`", nothing, nil)
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    private static let plainLast = "spara och lås."

    private static func row(_ name: String, _ seconds: [Double], _ peak: Int?) -> String {
        let sorted = seconds.sorted()
        let (median, worst) = (sorted[sorted.count / 2], sorted.last ?? 0)
        func said(_ seconds: Double) -> String { String(format: "%.1f ms", seconds * 1000) }
        let held = peak.map { String($0) } ?? "–"
        return "| \(name) | \(said(median)) | \(said(worst)) | \(held) |\n"
    }
}
