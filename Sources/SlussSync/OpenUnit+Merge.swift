import Foundation
import Glibc
import SlussArchive
import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

extension OpenUnit {
    /// Merges bundles: files, or folders of them, in any order.
    ///
    /// Each bundle goes in whole or not at all. One that waits for an earlier one is tried again
    /// after the others. Neither the bundles nor their folder are written to.
    ///
    /// - Parameters:
    ///   - isPlan: Whether to do the same and take it back: what would happen.
    ///   - expected: The digest of a plan, or its first digits: nothing is done if another one
    ///     would come of it now. If it is the plan of ``MassChange`` let in, that is let in.
    ///   - allowsMassChange: Whether a bundle that changes an unusual share of what is here is let
    ///     in.
    /// - Throws: ``InputError/planMoved``.
    public func merge(
        _ paths: [String], isPlan: Bool = false, expecting expected: String? = nil,
        allowsMassChange: Bool = false
    ) throws -> MergeReport {
        let files = try Self.bundles(paths)
        if isPlan { return try plan(files, allowsMassChange) }
        var allowsMassChange = allowsMassChange
        // The store is open for writing: nobody else can change it in between.
        if let expected {
            allowsMassChange = try planned(expected, files, allowsMassChange)
        }
        do { return try mergeForGood(files, allowsMassChange) } catch {
            // Words that were noted are gone; the store's marks say which.
            isIndexed = false
            throw error
        }
    }

    /// Finds the plan that a digest names: whoever has seen the plan in which a held bundle is let
    /// in has allowed that.
    ///
    /// - Returns: Whether what changes an unusual share is let in.
    private func planned(
        _ expected: String, _ files: [MergeRun.File], _ allowsMassChange: Bool
    ) throws -> Bool {
        let first = try plan(files, allowsMassChange)
        if MergePlan.matches(expected, first.planDigest) { return allowsMassChange }
        let isHeld = first.bundles.contains { $0.massChange != nil }
        guard isHeld, MergePlan.matches(expected, try plan(files, true).planDigest) else {
            throw InputError.planMoved
        }
        return true
    }

    private func plan(
        _ files: [MergeRun.File], _ allowsMassChange: Bool
    ) throws -> MergeReport {
        try rehearse { transaction in
            let plan = try MergePlan(transaction)
            var run = MergeRun(unit: self, files: files, allowsMassChange: allowsMassChange)
            while let file = run.next() {
                run.note(
                    file,
                    Result { try transaction.attempt { try run.merge(file, in: transaction) } })
                if run.hasFacts { try run.keepFacts(in: transaction) }
            }
            return try run.report(plan, isPlan: true, in: transaction)
        }
    }

    private func mergeForGood(
        _ files: [MergeRun.File], _ allowsMassChange: Bool
    ) throws -> MergeReport {
        let plan = try store.read { try MergePlan($0) }
        var run = MergeRun(unit: self, files: files, allowsMassChange: allowsMassChange)
        while let file = run.next() {
            run.note(file, Result { try write { try run.merge(file, in: $0) } })
            if run.hasFacts { try write { try run.keepFacts(in: $0) } }
            if run.hasManyWords { try write { try run.index(in: $0, isLast: false) } }
        }
        // In one go: a record that ten bundles have touched is indexed once.
        if run.hasMerged { try write { try run.index(in: $0, isLast: true) } }
        if run.hasGaps {
            try write { try run.noteWaiting(in: $0) }
        }
        let report = try store.read { try run.report(plan, isPlan: false, in: $0) }
        // Used up: whoever finds it can do nothing with it any more.
        if report.bundles.contains(where: \.isLetIn) { unlink(keys.invitationFile.path) }
        return report
    }

    /// The bundles that paths name, each once, and whether a folder brought them.
    private static func bundles(_ paths: [String]) throws -> [MergeRun.File] {
        var seen: Set<Text> = []
        return try paths.flatMap { path -> [MergeRun.File] in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
                isFolder.boolValue
            else { return [MergeRun.File(path: path, isFromFolder: false)] }
            return try contents(path).map { MergeRun.File(path: $0, isFromFolder: true) }
        }.filter { seen.insert(Text($0.path)).inserted }
    }

    /// The `.sluss` files of a folder, by name.
    private static func contents(_ path: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { Array($0.lowercased().utf8.suffix(6)) == Array(".sluss".utf8) }
                .filter { !$0.hasPrefix(ArchiveWriter.temporaryPrefix) }
                .map { Text($0) }.sorted().map { path + "/" + $0.string }
        } catch { throw FileFailure(.open, path, number: EACCES) }
    }
}
