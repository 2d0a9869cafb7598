import Foundation
import Testing
import _SlussTestSupport

@testable import sluss_dev

/// The frozen stories of `SyncFixtures/merges`.
///
/// Method: each is merged in every order of its bundles (one that waits is tried again after the
/// others) and once with every bundle doubled; all runs must end in the frozen bytes.
@Suite struct MergeStoryTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("SyncFixtures/merges").path

    private static let stories =
        (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []

    @Test func everyStoryIsThere() {
        #expect(Self.stories == Story.all.map(\.name).sorted())
    }

    @Test(arguments: stories)
    func everyOrderEndsInTheFrozenState(story: String) throws {
        let path = Self.folder + "/" + story
        let bundles = try Story.bundles(in: path)
        #expect(!bundles.isEmpty && bundles.count <= 5)
        let doubled = bundles.flatMap { [$0, $0] }
        for order in permutations(bundles) + [doubled] {
            let result = try StoryResult(merging: order)
            #expect(Array(result.state.utf8) == (try bytes(ofFile: path + "/expected/state.json")))
            #expect(
                Array(result.conflicts.utf8)
                    == (try bytes(ofFile: path + "/expected/conflicts.json")))
        }
    }
}
