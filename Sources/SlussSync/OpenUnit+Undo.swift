import SlussBundle
public import SlussCore
import SlussDomain
import SlussStore

/// A run of the merge tool, for whoever looks back.
public struct MergeRunView: Sendable {
    /// A bundle that it merged.
    public struct Bundle: Sendable {
        /// The bundle's digest.
        public let digest: Digest
        /// The sender's unit.
        public let unit: UnitCode
        /// Its number.
        public let number: UInt64
        /// How many of its writes were new.
        public let writes: Int
    }

    /// Its number.
    public let number: Int64
    /// The day.
    public let day: Day
    /// The day on which it was undone, if it was.
    public let undone: Day?
    /// What it merged.
    public let bundles: [Bundle]

    init(_ run: StoredRun) {
        number = run.no
        day = run.day
        undone = run.undone
        bundles = run.bundles.map {
            Bundle(digest: $0.digest, unit: $0.unit, number: $0.number, writes: $0.writes)
        }
    }
}

/// What undoing a run takes back.
public struct UndoReport: Sendable {
    /// A record in which something builds on what is taken back.
    public struct Dependant: Sendable {
        /// Its number, or the first digits of its id.
        public let record: String
        /// The unit that wrote what no longer counts.
        public let unit: UnitCode
        /// How many of its writes no longer count.
        public let writes: Int
    }

    /// The run.
    public let run: MergeRunView
    /// How many writes no longer count because the run brought them.
    public let writes: Int
    /// How many records those touch.
    public let records: Int
    /// How many of them no longer have any write that counts.
    public let goneRecords: Int
    /// How many writes of later runs go with them, since a log has no gap.
    public let laterWrites: Int
    /// The later runs that brought those.
    public let laterRuns: [Int64]
    /// What else builds on them.
    public let dependants: [Dependant]
    /// Whether this is only what would happen.
    public let isPlan: Bool
}

extension OpenUnit {
    /// The runs of the merge tool that took something, oldest first.
    public func mergeRuns() throws -> [MergeRunView] {
        try store.read { try $0.runs().map { MergeRunView($0) } }
    }

    /// Takes a run of the merge tool back: state becomes what it is without the writes that the
    /// run brought, and without what builds on them.
    ///
    /// No line is deleted. What this store says that it has steps back, so the next bundles bring
    /// the same again; merging the run's bundles again is the way to take the undoing back.
    ///
    /// - Throws: ``InputError/decisionHolds(run:record:)`` if a record that stays would no longer be
    ///   blocked, or would have lost what an erasing has left of it.
    public func undo(run number: Int64, isPlan: Bool = false) throws -> UndoReport {
        guard isPlan else { return try write { try undo(number, isPlan: false, in: $0) } }
        return try rehearse { try undo(number, isPlan: true, in: $0) }
    }

    private func undo(
        _ number: Int64, isPlan: Bool, in transaction: StoreTransaction
    ) throws -> UndoReport {
        guard let run = try transaction.runs(number).first, let first = run.bundles.first,
            let last = run.bundles.last
        else { throw InputError.noSuchRun(number) }
        guard run.undone == nil else { throw InputError.alreadyUndone(number) }
        var ledger = try Ledger(transaction, reader: reader)
        let known = try Set(transaction.asides(logs: ledger.byNo))
        let counts = ledger.vector { _ in true }
        try ledger.stepBack(from: last.after, to: first.before)
        let taken = ledger.logs.values.map { (log: $0, was: counts[$0.replica]) }
            .filter { $0.was > $0.log.count }
        let old = try ledger.lookAtTouched()
        var records = 0
        var gone: Set<Int64> = []
        try ledger.fold { change in
            records += 1
            if change.isGone { gone.insert(change.no) }
        }
        for (no, record) in old.sorted(by: { $0.key < $1.key }) where !gone.contains(no) {
            guard try record.decisions.isSubset(of: ledger.decisions(of: no)) else {
                throw InputError.decisionHolds(run: number, record: record.name)
            }
        }
        try transaction.noteUndone(run: number, day: today)
        let later = try transaction.runs().filter { $0.no > number && $0.undone == nil }
        func count(_ run: StoredRun) -> UInt64 {
            run.bundles.reduce(0) { sum, bundle in
                sum + taken.reduce(0) { $0 + $1.log.overlap(with: bundle) }
            }
        }
        return UndoReport(
            run: MergeRunView(run), writes: Int(clamping: count(run)), records: records,
            goneRecords: gone.count, laterWrites: Int(clamping: later.reduce(0) { $0 + count($1) }),
            laterRuns: later.filter { count($0) > 0 }.map(\.no),
            dependants: try dependants(
                try Set(transaction.asides(logs: ledger.byNo)).subtracting(known),
                old.mapValues(\.name), ledger),
            isPlan: isPlan)
    }

    /// Takes the undoing of a run back, from the lines that are still here: for when the bundle
    /// itself is gone.
    ///
    /// What goes on waiting because an earlier run is undone, too, comes back with that one.
    ///
    /// - Returns: How many writes count again, and how many records they touch.
    public func redo(run number: Int64) throws -> (writes: Int, records: Int) {
        try write { transaction in
            guard let run = try transaction.runs(number).first else {
                throw InputError.noSuchRun(number)
            }
            guard run.undone != nil else { throw InputError.notUndone(number) }
            try transaction.noteUndone(run: number, day: nil)
            var ledger = try Ledger(transaction, reader: reader)
            let writes = try ledger.stepForward()
            var records = 0
            try ledger.fold { _ in records += 1 }
            return (Int(clamping: writes), records)
        }
    }

    private func dependants(
        _ asides: Set<AsideWrite>, _ names: [Int64: String], _ ledger: Ledger
    ) throws -> [UndoReport.Dependant] {
        let groups = Dictionary(grouping: asides) { aside in
            [
                names[aside.record] ?? "",
                ledger.logs[aside.dot.replica]?.owner.description ?? "",
            ]
        }
        return groups.compactMap { key, asides in
            UnitCode(key[1]).map {
                UndoReport.Dependant(record: key[0], unit: $0, writes: asides.count)
            }
        }.sorted { ($0.record, $0.unit) < ($1.record, $1.unit) }
    }
}

extension StoredLog {
    /// How many of the writes behind ``count`` a bundle brought.
    fileprivate func overlap(with bundle: MergedBundle) -> UInt64 {
        let (first, last) = (bundle.before[replica], bundle.after[replica])
        return last > max(first, count) ? last - max(first, count, start - 1) : 0
    }
}

extension Ledger {
    /// The logs by the small numbers that stand for them.
    var byNo: [Int64: StoredLog] {
        Dictionary(logs.values.map { ($0.no, $0) }, uniquingKeysWith: { $1 })
    }

    /// Lets the writes of some logs, from where they stood once, no longer count.
    fileprivate mutating func stepBack(
        from after: VersionVector, to before: VersionVector
    ) throws {
        for entry in after.entries where entry.count > before[entry.replica] {
            let replica = entry.replica
            guard let log = logs[replica] else { continue }
            let target = max(log.start - 1, before[replica])
            for name in tree.continuations(of: replica) {
                guard let log = logs[name] else { continue }
                try stepBack(log, to: name == replica ? target : log.start - 1)
            }
        }
    }

    /// Lets the writes of a log behind `count` no longer count.
    mutating func stepBack(_ log: StoredLog, to count: UInt64) throws {
        guard log.count > count else { return }
        for record in try transaction.records(of: log, from: count + 1) { touched[record] = true }
        guard let digest = try digest(before: count + 1, of: log) else {
            throw StoreError.damaged(what: "log")
        }
        var log = log
        log.count = count
        log.digest = digest
        if log.ownership == .live { log.ownership = .retired }
        try transaction.update(log)
        note(log)
    }

    /// Lets every write count that no undone run holds back.
    ///
    /// How far a log counts follows from which runs are undone, not from the order in which they
    /// were: at most to where it stood before the first of them that brought anything to it.
    ///
    /// - Returns: How many writes count again.
    mutating func stepForward() throws -> UInt64 {
        let bundles = try transaction.runs().filter { $0.undone != nil }.flatMap(\.bundles)
        var writes: UInt64 = 0
        for var log in logs.values.sorted(by: { $0.start < $1.start }) where log.stored > log.count
        {
            let isConnected = log.parent.flatMap { logs[$0] }.map { $0.count == $0.stored } ?? true
            let limits = bundles.filter { $0.after[log.replica] > $0.before[log.replica] }
                .filter { log.count < $0.after[log.replica] }.map { $0.before[log.replica] }
            let target = min(log.stored, limits.min() ?? log.stored)
            guard isConnected, target > log.count,
                let digest = try transaction.digest(of: log, at: target)
            else { continue }
            for record in try transaction.records(of: log, from: log.count + 1) {
                touched[record] = true
            }
            writes += target - log.count
            log.count = target
            log.digest = digest
            try transaction.update(log)
            note(log)
        }
        return writes
    }

    /// Ends the undoing of runs of which all writes count again, since their bundles came again.
    ///
    /// - Returns: Whether there was one.
    mutating func endUndoings() throws -> Bool {
        let over = try transaction.runs().filter { run in
            run.undone != nil
                && run.bundles.allSatisfy { bundle in
                    bundle.after.entries.allSatisfy { entry in
                        let (replica, count) = (entry.replica, entry.count)
                        return
                            count <= bundle.before[replica] || logs[replica]?.count ?? 0 >= count
                    }
                }
        }
        for run in over { try transaction.noteUndone(run: run.no, day: nil) }
        return !over.isEmpty
    }

    /// The touched records: what people call them, by their numbers or the first digits of their
    /// ids, and what the central has decided of them.
    fileprivate func lookAtTouched() throws -> [Int64: (name: String, decisions: Set<String>)] {
        var records: [Int64: (name: String, decisions: Set<String>)] = [:]
        for no in touched.keys {
            let state = try transaction.record(no: no).state
            records[no] = (
                state.namedNumber ?? String(state.record.description.prefix(8)), decisions(state)
            )
        }
        return records
    }

    /// The erasings of a record that count, and the blocks that stand.
    fileprivate func decisions(of no: Int64) throws -> Set<String> {
        decisions(try transaction.record(no: no).state)
    }

    private func decisions(_ state: RecordState) -> Set<String> {
        Set(state.erasures.map(\.dot.description) + state.blocks.map(\.id))
    }
}
