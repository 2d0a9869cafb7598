import Foundation
import Testing
import _SlussFuzz

/// What fuzzing has found goes through its reader at every test, and so do the seeds.
@Suite struct FuzzCrasherTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../SyncFixtures/crashers").standardized.path

    static var crashers: [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
        return (names ?? []).filter { !$0.hasSuffix(".md") }.sorted()
    }

    /// In a process of its own: a trap fails the test, not the run.
    @Test(arguments: crashers) func whatOnceBrokeAReaderIsRead(name: String) async throws {
        let target = try #require(FuzzTarget(fileName: name), "the name begins with a target's")
        let path = Self.folder + "/" + name
        await #expect(processExitsWith: .success) {
            [path = path as String, target = target.rawValue as String] in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            try #require(FuzzTarget(rawValue: target)).run(Array(bytes))
        }
    }

    /// Seeds that were refused at the door would fuzz the door alone.
    @Test(arguments: FuzzTarget.allCases) func everySeedIsTaken(target: FuzzTarget) {
        #expect(!target.seeds.isEmpty)
        for (index, seed) in target.seeds.enumerated() {
            #expect(target.run(seed), "seed \(index)")
        }
    }

    /// Seeds, cut and flipped: a small run of what the fuzzer does at length.
    @Test(arguments: FuzzTarget.allCases) func seedsAreReadWholeCutAndFlipped(
        target: FuzzTarget
    ) async {
        await #expect(processExitsWith: .success) {
            [target = target.rawValue as String] in
            let target = try #require(FuzzTarget(rawValue: target))
            for seed in target.seeds {
                target.run(seed)
                for place in stride(from: 1, to: seed.count, by: max(1, seed.count / 200)) {
                    target.run(Array(seed.prefix(place)))
                    var flipped = seed
                    flipped[place] ^= UInt8(1 << (place % 8))
                    target.run(flipped)
                }
            }
        }
    }
}
