import SlussBundle
import SlussCore
import SlussSync
import Testing
import _SlussTestSupport

@testable import sluss_dev

/// A log that forks at every write: nobody has that, but a unit that has been let in can send it.
@Suite struct ManyForksTests {
    private static let length = 24

    /// A line to one of five records, with the last write to that before it in the log.
    private static func line(_ counter: Int, _ text: String) -> CraftedBundle.Line {
        CraftedBundle.Line(
            record: UInt64(counter % 5) + 1, seen: max(counter - 5, 0),
            body: #"{"role":"employee","set":{"problem":"\#(text) \#(counter)"}}"#)
    }

    private static let log = CraftedBundle.Log(lines: (1...length).map { line($0, "Stam") })

    private static let branches: [CraftedBundle.Log] = {
        let digests = CraftedBundle.digests(of: log)
        return (2...length).map {
            BundleCase.branch(
                from: UInt64($0), after: digests[$0 - 2], [line($0, "Gren")])
        }
    }()

    private static func bundle(
        _ logs: [CraftedBundle.Log], number: UInt64, in folder: TemporaryFolder
    ) throws -> String {
        let bundle = try FixtureNetwork().bundle {
            $0 = CraftedBundle(logs: logs)
            $0.number = number
        }
        try folder.write(bundle.plain, to: "\(number).sluss")
        return folder.path("\(number).sluss")
    }

    private static func merge(_ path: String, at place: Place) throws {
        let report = try CaseReader.open(place).merge([path])
        #expect(report.bundles.allSatisfy { if case .merged = $0.outcome { true } else { false } })
    }

    @Test func inEveryOrderTheSameAndTakenBackAndTakenAgain() throws {
        let folder = try TemporaryFolder()
        let one = try CaseReader().make(in: folder.path("one"))
        let other = try CaseReader().make(in: folder.path("other"))
        let base = try Self.bundle([Self.log], number: 1, in: folder)
        for place in [one, other] { try Self.merge(base, at: place) }
        let before = try CaseReader.open(one).status().state

        // From the first write on, so that what is left is divided again each time.
        try Self.merge(try Self.bundle(Self.branches, number: 2, in: folder), at: one)
        for (index, branch) in Self.branches.reversed().enumerated() {
            let path = try Self.bundle([branch], number: 3 + UInt64(index), in: folder)
            try Self.merge(path, at: other)
        }
        let after = try CaseReader.open(one).status().state
        #expect(try CaseReader.open(other).status().state == after && after != before)
        for place in [one, other] {
            #expect(try CaseReader.open(place).check().allSatisfy { $0.level == .look })
        }

        let run = try #require(try CaseReader.open(one).mergeRuns().map(\.number).max())
        #expect(try CaseReader.open(one).undo(run: run).writes == Self.length - 1)
        // The branches stay divided, so their names do; and merging again is the way back.
        #expect(try CaseReader.open(one).check().allSatisfy { $0.level == .look })
        try Self.merge(folder.path("2.sluss"), at: one)
        #expect(try CaseReader.open(one).status().state == after)
    }
}
