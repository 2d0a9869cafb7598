import ArgumentParser
import Foundation

/// Makes the merge stories of `SyncFixtures`.
struct FixturesCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "fixtures",
            abstract: "Make the stories of SyncFixtures/merges anew.",
            discussion:
                "Seeds decide every id, so a story comes out the same each time. What is there already is left alone: frozen bundles must stay readable. To make a story anew, remove its folder."
        )
    }

    @Option(help: "The folder of the fixtures.")
    var output = "SyncFixtures"

    func run() throws {
        try KeyFixture.make(in: "\(output)/keys/network")
        for (index, story) in Story.all.enumerated() {
            let folder = "\(output)/merges/\(story.name)"
            guard !FileManager.default.fileExists(atPath: folder) else { continue }
            try story.write(to: folder, seed: UInt64(index + 1))
            FileHandle.standardOutput.write(Data("\(folder)\n".utf8))
        }
    }
}
