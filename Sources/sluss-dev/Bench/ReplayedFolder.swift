import Foundation
import SlussCore

/// What `sluss-dev replay` has made of a workload.
struct ReplayedFolder {
    let path: String

    /// The store that takes the bundles.
    var central: String { "\(path)/central" }

    /// The bundles, in the order in which they were made.
    func bundles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(path)/bundles")
            .filter { $0.hasSuffix(".sluss") }.map { Text($0) }.sorted()
            .map { "\(path)/bundles/\($0.string)" }
    }

    /// The bundles of the last rounds, and those before.
    func split(lastRounds: Int) throws -> (before: [String], last: [String]) {
        let all = try bundles()
        func round(_ path: String) -> Substring {
            path[path.index(after: path.lastIndex(of: "/") ?? path.startIndex)...].prefix(3)
        }
        let last = Set(Set(all.map(round)).sorted { Text($0) < Text($1) }.suffix(lastRounds))
        return (all.filter { !last.contains(round($0)) }, all.filter { last.contains(round($0)) })
    }
}
