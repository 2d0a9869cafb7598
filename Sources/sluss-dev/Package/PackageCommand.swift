import ArgumentParser
import Foundation

/// Makes the package that is installed from a stick.
struct PackageCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "package",
            abstract: "Make a package for Debian of built programs; .ci/package builds them, too.",
            discussion:
                "The same programs, pages and day give the same bytes. A program that needs a library of Swift's is refused: build with --static-swift-stdlib."
        )
    }

    @Option(help: "The folder with sluss and sluss-terminal.")
    var binaries: String

    @Option(help: "The folder for the package; one of that name is replaced.")
    var output: String

    @Option(help: "The day of the release, such as 2026-11-26.")
    var date: String

    @Option(
        help: ArgumentHelp(
            "The licence of something that is linked into the programs.",
            valueName: "name=file"))
    var licence: [String] = []

    @Option(help: "The folder with README.md and docs.")
    var repository = "."

    @Option(help: "Who answers for the package.")
    var maintainer = "Sluss <sluss@example.invalid>"

    func run() throws {
        let licences = try licence.map { typed in
            let parts = typed.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw PackageFailure(what: "--licence is written NAME=FILE, not \(typed)")
            }
            return (name: parts[0], file: parts[1])
        }
        let package = try PackageFiles(
            binaries: binaries, repository: repository, licences: licences,
            day: PackageInput.day(date), maintainer: maintainer
        ).package()
        let bytes = try package.bytes()
        try FileManager.default.createDirectory(
            atPath: output, withIntermediateDirectories: true)
        let path = "\(output)/\(package.file)"
        try bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
        try FileHandle.standardOutput.write(
            contentsOf: Data("\(path): \(bytes.count) bytes\n".utf8))
    }
}
