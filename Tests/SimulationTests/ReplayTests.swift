import SlussSync
import Testing
import _SlussTestSupport

@testable import sluss_dev

/// A workload that is replayed and merged gives exactly what it must; what is not so is noticed.
@Suite struct ReplayTests {
    private static let clean = Verdict(
        fields: 17, wrong: 0, conflicts: 1, bothKept: 1, oneKept: 0, conflictsDetected: 2,
        conflictsListed: 1, recordsWrong: 0, setAside: 0)

    /// Replays a workload and merges its bundles.
    private func merged(
        _ made: MadeUpWorkload, isPlain: Bool = false,
        order: ([String]) -> [String] = { $0 }
    ) throws -> (store: String, report: MergeReport) {
        let out = made.folder.path("out")
        var replay = try Replay(
            try Workload(folder: made.path), folder: out, isPlain: isPlain)
        try replay.run()
        let replayed = ReplayedFolder(path: out)
        let unit = try OpenUnit.atBench(replayed.central, for: .writing("test"))
        return (replayed.central, try unit.merge(order(try replayed.bundles())))
    }

    private func verdict(_ made: MadeUpWorkload, _ store: String) throws -> Verdict {
        try StoreComparison(try Workload(folder: made.path)).verdict(ofStore: store)
    }

    @Test(arguments: [false, true])
    func whatIsReplayedAndMergedIsWhatIsExpected(isPlain: Bool) throws {
        let made = try MadeUpWorkload()
        let (store, report) = try merged(made, isPlain: isPlain)
        #expect(report.bundles.count == 7)
        #expect(report.bundles.allSatisfy { !$0.isRefused })
        #expect(try verdict(made, store) == Self.clean)
        #expect(Self.clean.isRight(for: try Workload(folder: made.path)))
    }

    @Test func theOrderOfTheBundlesDoesNotMatter() throws {
        let made = try MadeUpWorkload()
        let (store, report) = try merged(made) { $0.reversed() }
        #expect(report.bundles.allSatisfy { !$0.isRefused })
        #expect(try verdict(made, store) == Self.clean)
    }

    /// Negative control: the store is compared with what another last status would have given.
    @Test func aWrongValueIsNoticed() throws {
        let made = try MadeUpWorkload()
        let (store, _) = try merged(made)
        #expect(try verdict(made, store).wrong == 0)
        let other = try MadeUpWorkload(lastStatus: "pågår")
        let verdict = try verdict(other, store)
        #expect(verdict.wrong == 1)
        #expect(!verdict.isRight(for: try Workload(folder: other.path)))
    }

    /// Negative control: one of two concurrent values, and the settling one, have not come; what
    /// another unit has written on top of them waits.
    @Test func whatIsMissingIsNoticed() throws {
        let made = try MadeUpWorkload()
        let (store, _) = try merged(made) { $0.filter { !$0.contains("u02.sluss") } }
        let verdict = try verdict(made, store)
        #expect(verdict.wrong == 2)
        #expect(verdict.oneKept == 1 && verdict.bothKept == 0)
        #expect(verdict.conflictsListed == 0 && verdict.conflictsDetected == 0)
        #expect(!verdict.isRight(for: try Workload(folder: made.path)))
    }

    @Test func aBenchTableComparesNeighbours() {
        let row = BenchCase.Row("merge", "wall", limit: ["seconds"])
        let bench = BenchCase(name: "merge", rows: [row]) { _ in
            BenchRun(figures: [:], peakKiB: 0)
        }
        var runs = BenchTable.Runs()
        for (ours, limit, peak) in [(2.0, 1.0, 30), (8.0, 2.0, 50), (9.0, 3.0, 40)] {
            runs.ours.append(BenchRun(figures: ["wall": ours], peakKiB: peak))
            runs.limit.append(BenchRun(figures: ["seconds": limit], peakKiB: 7))
        }
        let table = BenchTable(title: "S", results: [(bench, runs)]).text
        #expect(
            table.hasSuffix(
                "| merge | 8.000 s (2.000–9.000) | 50 | 2.000 s (1.000–3.000) | 7 | 3.00 |\n"))
    }
}
