import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

/// When a write came here, and when it could be seen at its unit.
struct ReportClock {
    private let ledger: Ledger
    /// The bundles that have been merged and not undone, with the day, oldest first.
    private let merged: [(day: Day, before: VersionVector, after: VersionVector)]
    private let here: UnitCode
    private let isCentral: Bool

    init(_ ledger: Ledger, _ runs: [StoredRun], at unit: OpenUnit) {
        self.ledger = ledger
        here = unit.unit
        isCentral = unit.isCentral
        merged = runs.filter { $0.undone == nil }.flatMap { run in
            run.bundles.map { (run.day, $0.before, $0.after) }
        }
    }

    /// The writes to a record that count, causes before effects.
    func writes(_ record: StoredRecord, _ transaction: StoreTransaction) throws -> [Write] {
        let writes = try transaction.lines(ofRecord: record.no, logs: ledger.byNo)
            .map { try ledger.write($0) }.sorted(by: Write.inCausalOrder)
        let fold = RecordFold(
            record: record.state.record, audience: record.state.audience, writes: writes,
            undone: ledger.undone(writes.map(\.dot)), branches: ledger.tree,
            isCovered: ledger.isCovered)
        return writes.filter { fold.aside[$0.dot] == nil }
    }

    /// The day a write came here in a bundle; `nil` if it was written here.
    func arrived(_ dot: Dot) -> Day? {
        merged.first { $0.after.covers(dot) && !$0.before.covers(dot) }?.day
    }

    /// The day a write could be seen at a unit; `nil` as long as it cannot, as far as is known.
    ///
    /// What the unit itself has written it sees at once; what is here, at the unit, was seen the
    /// day it came. Whether the unit has got what the central has written, its own
    /// acknowledgements have said.
    func visible(
        _ dot: Dot, _ day: Day, at unit: UnitCode, in transaction: StoreTransaction
    ) throws -> Day? {
        guard let log = ledger.logs[dot.replica] else { return nil }
        if log.owner == unit { return day }
        return isCentral && unit != here
            ? try transaction.visibleDay(unit, log: log.no, count: dot.counter)
            : arrived(dot) ?? day
    }
}
