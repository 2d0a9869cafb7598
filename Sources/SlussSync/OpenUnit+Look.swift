import SlussBundle
public import SlussCore
import SlussDomain
import SlussStore

/// One write of a record's history.
public struct HistoryItem: Sendable {
    /// The write's name.
    public let dot: Dot
    /// The unit of its writer.
    public let unit: UnitCode
    /// The machine's letter, or nothing.
    public let machine: String
    /// The kind of record that it names.
    public let kind: Text
    /// The day, as the machine's clock had it.
    public let day: Day
    /// What was changed, or `nil` if that has been erased.
    public let body: Write.Body?
    /// Why it does not count, if it does not.
    public let flaw: Flaw?
    /// Whether the writer had not seen something that stands before this in the list.
    public let isParallel: Bool
}

extension OpenUnit {
    /// Every write to a record, none before one that its writer had seen.
    ///
    /// - Parameter bundle: A merged bundle, as a file or as the first digits of its digest: only
    ///   what was here once it had been merged, and the state that gave.
    public func history(
        _ reference: String, asOf bundle: String? = nil
    ) throws -> (RecordState, [HistoryItem]) {
        try store.read { transaction in
            let record = try findAlsoUndone(reference, in: transaction)
            let limit = try bundle.map { try vector(asOf: $0, in: transaction) }
            let ledger = try Ledger(transaction, reader: reader)
            let logs = ledger.logs
            let byNo = Dictionary(
                logs.values.map { ($0.no, $0) }, uniquingKeysWith: { $1 })
            let writes = try transaction.lines(ofRecord: record.no, logs: byNo)
                .map { try ledger.write($0) }
                .filter { limit?.covers($0.dot) ?? true }.sorted(by: Write.inCausalOrder)
            // What was undone since was there at the time.
            let undone = limit == nil ? ledger.undone(writes.map(\.dot)) : []
            let fold = RecordFold(
                record: record.state.record, audience: record.state.audience, writes: writes,
                undone: undone, branches: ledger.tree, isCovered: ledger.isCovered)
            // What is blocked now was not so then, and is not shown.
            let isBlocked = record.state.isBlocked || fold.state.isBlocked
            var seen = VersionVector()
            let items = try writes.map { write in
                guard let log = logs[write.dot.replica] else {
                    throw StoreError.damaged(what: "log")
                }
                defer { seen.insert(write.dot) }
                return HistoryItem(
                    dot: write.dot, unit: log.owner, machine: log.machine, kind: write.kind,
                    day: write.day,
                    body: fold.erased.contains(write.dot)
                        ? nil : isBlocked ? write.body?.hidden(write.kind) : write.body,
                    flaw: fold.aside[write.dot],
                    isParallel: !write.context.covers(seen))
            }
            return (isBlocked ? fold.state.hidden : fold.state, items)
        }
    }

    /// Finds a record as ``find(_:in:)`` does, or by a number that no write that counts gives it any
    /// more, since a merge was undone.
    private func findAlsoUndone(
        _ reference: String, in transaction: StoreTransaction
    ) throws -> StoredRecord {
        do { return try find(reference, in: transaction) } catch InputError.noSuchRecord {
            let ledger = try Ledger(transaction, reader: reader)
            let gone = try transaction.recordsThatAreGone().first { record in
                let writes = try transaction.lines(ofRecord: record.no, logs: ledger.byNo)
                    .map { try ledger.write($0) }
                let fold = RecordFold(
                    record: record.state.record, audience: record.state.audience, writes: writes,
                    branches: ledger.tree)
                return fold.state.namedNumber.map { Text($0) } == Text(reference.uppercased())
            }
            guard let gone else { throw InputError.noSuchRecord(reference) }
            return gone
        }
    }

    /// What was here once a bundle had been merged.
    private func vector(
        asOf bundle: String, in transaction: StoreTransaction
    ) throws -> VersionVector {
        let isDigest =
            (8...64).contains(bundle.utf8.count)
            && bundle.utf8.allSatisfy {
                Hex.bytes("0" + String(decoding: [$0], as: UTF8.self)) != nil
            }
        let digests =
            isDigest
            ? try transaction.mergedDigests(prefix: bundle)
            : [try BundleFile.read(bundle, unlock: keys.unlock).id]
        guard digests.count < 2 else { throw InputError.ambiguousRecord(bundle) }
        guard let digest = digests.first,
            let vector = try transaction.vector(afterBundle: digest)
        else { throw InputError.noSuchBundle(bundle) }
        return vector
    }

    /// The records whose text holds every word of the query, also as a part of a word; the
    /// newest here first.
    public func search(_ query: String, limit: Int = 50) throws -> [RecordState] {
        // What does not fit in a line is no search: 1 000 bytes, 16 words.
        let clean = SearchText.normalised(String(query.prefix(1000)))
        let terms = clean.split { $0.isWhitespace || $0 == "\0" }.prefix(16).map(String.init)
        guard !terms.isEmpty else { return [] }
        return try store.read { try SearchQuery(terms).run(limit: limit, in: $0) }
    }
}

/// What a bundle holds.
public struct Inspection: Sendable {
    /// What it says.
    public let summary: BundleSummary
    /// How many writes there are of each kind of record.
    public let writes: [String: Int]
}

extension OpenUnit {
    /// Reads a bundle from end to end; needs no store, but the key if the bundle is encrypted.
    ///
    /// - Parameter folder: A store's folder; its keys are tried.
    public static func inspect(
        _ path: String, store folder: String, keys access: KeyAccess = KeyAccess()
    ) throws -> Inspection {
        var writes: [String: Int] = [:]
        let bundle = try BundleFile.read(
            path, unlock: StoreKeys(store: folder, access: access).unlock,
            lines: { for line in $0 { writes[line.write.kind.string, default: 0] += 1 } })
        return Inspection(summary: BundleSummary(bundle), writes: writes)
    }
}
