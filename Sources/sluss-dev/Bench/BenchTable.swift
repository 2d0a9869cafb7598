import Foundation

/// The runs of all measurements over one workload, as a table in Markdown.
struct BenchTable {
    /// The runs of one measurement, by repetition.
    struct Runs {
        var ours: [BenchRun] = []
        var limit: [BenchRun] = []
    }

    let title: String
    let results: [(BenchCase, Runs)]

    /// The table's text.
    var text: String {
        var lines = [
            "## \(title)", "", "Median (least–most); the ratio is of neighbours in time.", "",
            "| what | sluss | peak KiB | limit | peak KiB | ratio |",
            "|---|---|---|---|---|---|",
        ]
        for (bench, runs) in results {
            for row in bench.rows { lines.append(Self.line(row, runs)) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ row: BenchCase.Row, _ runs: Runs) -> String {
        let ours = runs.ours.map { $0.figures[row.figure] ?? .nan }
        var cells = [row.label, figure(ours, row.unit), peak(runs.ours)]
        if runs.limit.isEmpty || row.limitFigures.isEmpty {
            cells += ["–", "–", "–"]
        } else {
            let limit = runs.limit.map { run in
                row.limitFigures.reduce(0) { $0 + (run.figures[$1] ?? .nan) }
            }
            let ratios = zip(ours, limit).map { $0 / $1 }
            cells += [
                figure(limit, row.unit), peak(runs.limit),
                String(format: "%.2f", median(ratios)),
            ]
        }
        return "| " + cells.joined(separator: " | ") + " |"
    }

    private static func figure(_ values: [Double], _ unit: BenchCase.Unit) -> String {
        guard let least = values.min(), let most = values.max() else { return "–" }
        let form = unit == .seconds ? "%.3f" : "%.0f"
        let parts = [median(values), least, most].map { String(format: form, $0) }
        return "\(parts[0]) \(unit.rawValue) (\(parts[1])–\(parts[2]))"
    }

    private static func peak(_ runs: [BenchRun]) -> String {
        runs.map(\.peakKiB).max().map { String($0) } ?? "–"
    }

    /// The middle value.
    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return .nan }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
