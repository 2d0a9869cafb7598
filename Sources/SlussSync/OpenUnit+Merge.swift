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
    ///     would come of it now. If it is the plan in which held bundles are let in, they are.
    ///   - allowed: What is let in though it would be held.
    /// - Throws: ``InputError/planMoved``.
    public func merge(
        _ paths: [String], isPlan: Bool = false, expecting expected: String? = nil,
        allowing allowed: MergeAllowance = []
    ) throws -> MergeReport {
        let files = try Self.bundles(paths)
        if isPlan { return try plan(files, allowed) }
        var allowed = allowed
        // The store is open for writing: nobody else can change it in between.
        if let expected {
            allowed = try planned(expected, files, allowed)
        }
        do { return try mergeForGood(files, allowed) } catch {
            // Words that were noted are gone; the store's marks say which.
            isIndexed = false
            throw error
        }
    }

    /// Finds the plan that a digest names: whoever has seen the plan in which held bundles are let
    /// in has allowed that.
    ///
    /// - Returns: What is let in.
    private func planned(
        _ expected: String, _ files: [MergeRun.File], _ allowed: MergeAllowance
    ) throws -> MergeAllowance {
        let first = try plan(files, allowed)
        if MergePlan.matches(expected, first.planDigest) { return allowed }
        let held = first.bundles.reduce(into: MergeAllowance()) { $0.formUnion($1.heldFor) }
        for further in [held, .all] where !held.isEmpty {
            let allowed = allowed.union(further)
            if MergePlan.matches(expected, try plan(files, allowed).planDigest) { return allowed }
        }
        throw InputError.planMoved
    }

    private func plan(
        _ files: [MergeRun.File], _ allowed: MergeAllowance
    ) throws -> MergeReport {
        try rehearse { transaction in
            let plan = try MergePlan(transaction)
            var run = MergeRun(unit: self, files: files, allowing: allowed)
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
        _ files: [MergeRun.File], _ allowed: MergeAllowance
    ) throws -> MergeReport {
        let plan = try store.read { try MergePlan($0) }
        var run = MergeRun(unit: self, files: files, allowing: allowed)
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
        // What was merged stays merged, also if the disk fails just now.
        if run.hasErased { do { try store.emptyWriteAhead() } catch {} }
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
