import ArgumentParser
import Foundation
import SlussCore
import SlussDomain

/// Makes the manual's pages.
struct ManualCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "manual",
            abstract: "Make the manual's pages from the programs' own help, in both languages.",
            discussion:
                "English in man1, Swedish in sv/man1, one page for each command: man -l FILE.")
    }

    @Option(help: "The folder with sluss and sluss-terminal.")
    var binaries: String

    @Option(help: "The folder for the pages.")
    var output: String

    @Option(help: "The day that stands on the pages, such as 2026-11-26.")
    var date: String

    func run() throws {
        let day = try PackageInput.day(date)
        for file in try Self.files(binaries, day: day) {
            let path = "\(output)/\(file.path)"
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent,
                withIntermediateDirectories: true)
            try Data(file.text.utf8).write(to: URL(fileURLWithPath: path))
        }
    }

    /// Every page of both programs, by its path below a folder of manuals.
    static func files(_ binaries: String, day: Day) throws -> [(path: String, text: String)] {
        var files: [(path: String, text: String)] = []
        for language in Language.allCases {
            let folder = language == .swedish ? "sv/man1" : "man1"
            for program in PackageInput.programs {
                let help = try PackageInput.output(
                    of: "\(binaries)/\(program)", ["--experimental-dump-help"], language)
                let pages = ManualPage.all(of: try CommandDump(help), language, day: day)
                files += pages.map { ("\(folder)/\($0.file)", $0.text) }
            }
        }
        return files
    }
}
