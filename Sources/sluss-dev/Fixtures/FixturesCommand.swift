import ArgumentParser
import Foundation
import SlussBundle

/// Makes what is missing in `SyncFixtures`.
struct FixturesCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "fixtures",
            abstract:
                "Make what is missing in SyncFixtures: stories, cases, bundles of this format, a store.",
            discussion:
                "Seeds decide every id and key, so the same comes out each time, but for what is encrypted. What is there already is left alone: frozen bundles must stay readable. To make a story or a case anew, remove its folder."
        )
    }

    /// Where they are.
    @Option(help: "The folder of the fixtures.")
    var output = "SyncFixtures"

    func run() throws {
        try KeyFixture.make(in: "\(output)/keys/network")
        for (index, story) in Story.all.enumerated() {
            let folder = "\(output)/merges/\(story.name)"
            guard !FileManager.default.fileExists(atPath: folder) else { continue }
            try story.write(to: folder, seed: UInt64(index + 1))
            Self.say(folder)
        }
        var failures: [String] = []
        for bundleCase in BundleCase.all {
            let folder = "\(output)/bundles/\(bundleCase.name)"
            guard !FileManager.default.fileExists(atPath: folder) else { continue }
            do {
                try bundleCase.write(to: folder)
                Self.say(folder)
            } catch { failures.append("\(bundleCase.name): \(error)") }
        }
        let format = "\(output)/formats/v\(BundleManifest.format)"
        if !FileManager.default.fileExists(atPath: "\(format)/\(FormatFixture.expected)") {
            try FormatFixture.write(to: format)
            Self.say(format)
        }
        let store = "\(output)/formats/\(StoreFixture.name)"
        if !FileManager.default.fileExists(atPath: "\(store)/\(StoreFixture.expected)") {
            try StoreFixture.write(to: store)
            Self.say(store)
        }
        guard failures.isEmpty else {
            throw StoryFailure(what: failures.joined(separator: "\n"))
        }
    }

    private static func say(_ folder: String) {
        FileHandle.standardOutput.write(Data("\(folder)\n".utf8))
    }
}
