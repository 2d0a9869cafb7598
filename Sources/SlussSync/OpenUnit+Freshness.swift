import SlussBundle
public import SlussCore
import SlussDomain
import SlussStore

/// How fresh what the central has from a unit is, and what the unit has not got.
public struct UnitFreshness: Sendable {
    /// The unit.
    public let unit: UnitCode
    /// The number of its newest bundle; `nil` if none has come.
    public fileprivate(set) var number: UInt64?
    /// The day that bundle was merged.
    public fileprivate(set) var day: Day?
    /// How many days ago that was.
    public fileprivate(set) var age: Int?
    /// Whether it has been silent for so long that somebody should ask.
    public fileprivate(set) var isOverdue = false
    /// The number of a bundle that waits for an earlier one; 0 if none does.
    public fileprivate(set) var waiting: UInt64 = 0
    /// How many of its logs have forked.
    public fileprivate(set) var forks = 0
    /// The release that made the newest bundle, as it calls itself; text from outside.
    public fileprivate(set) var producer: String?
    /// Whether any of its computers used an older release than this one.
    public fileprivate(set) var isOlder = false
    /// How many of its writes have a day that cannot be right: after today, or before 2024.
    public fileprivate(set) var oddDays = 0
    /// How many answers have been given that it is not known to have.
    public fileprivate(set) var unseenAnswers = 0
    /// How many writes it lacks, as far as it has said.
    public fileprivate(set) var lacks: UInt64 = 0

    init(unit: UnitCode) { self.unit = unit }

    /// The first day that a write can have: nobody had Sluss before.
    static let firstDay = Day(year: 2024, month: 1, day: 1) ?? Day(number: 0)
}

extension OpenUnit {
    /// A row for each unit, in the order of their codes: those that have been heard from, that have
    /// been invited or let in, and that the register has.
    func freshness(
        _ peers: [StoreStatus.Peer], _ ledger: Ledger, in transaction: StoreTransaction
    ) throws -> [UnitFreshness] {
        var rows: [UnitCode: UnitFreshness] = [:]
        let authority = try Authority(transaction)
        let letIn = authority.certificates.values.filter {
            $0.role == .unit && authority.revocations[$0.key] == nil
        }.map(\.unit)
        let centrals = Set(try centrals(transaction))
        let registered = try register(transaction).valid(on: today).map(\.code)
        let invited = try transaction.invitations().filter { $0.device == nil }.map(\.unit)
        for code in Set(letIn + invited + registered).subtracting(centrals) {
            rows[code] = UnitFreshness(unit: code)
        }
        for peer in peers where !peer.isCentral && !peer.isShutOut {
            var row = rows[peer.unit] ?? UnitFreshness(unit: peer.unit)
            // What has only ever been refused for a gap has no number.
            if peer.number > 0 {
                if row.day.map({ $0 <= peer.day }) ?? true {
                    (row.number, row.day, row.age) = (peer.number, peer.day, peer.age)
                    row.producer = peer.producer
                }
                row.isOlder = row.isOlder || Release.isOlder(peer.producer)
            }
            row.isOverdue = row.isOverdue || peer.isOverdue
            row.waiting = max(row.waiting, peer.waiting)
            row.lacks = max(row.lacks, peer.lacks)
            rows[peer.unit] = row
        }
        for fork in try ledger.forks() { rows[fork.unit]?.forks += 1 }
        let days = min(UnitFreshness.firstDay, today)...today
        for log in ledger.logs.values {
            rows[log.owner]?.oddDays += try transaction.oddDayCount(of: log, outside: days)
        }
        for code in rows.keys {
            rows[code]?.unseenAnswers = try unseenAnswers(of: code, ledger, in: transaction)
        }
        return rows.values.sorted { $0.unit < $1.unit }
    }

    /// How many answers stand in logs for a unit, beyond what the unit is known to have.
    private func unseenAnswers(
        of unit: UnitCode, _ ledger: Ledger, in transaction: StoreTransaction
    ) throws -> Int {
        var count = 0
        for log in ledger.logs.values where log.audience == .unit(unit) && log.owner != unit {
            let seen = try transaction.visibleCount(unit, log: log.no)
            let first = max(log.start, seen + 1)
            guard first <= log.count else { continue }
            try transaction.forEachLine(of: log, from: first, through: log.count) { line in
                let changes = try ledger.write(line).body?.changes ?? []
                count += changes.count {
                    if case .append = $0.change { $0.path == "answer" } else { false }
                }
            }
        }
        return count
    }
}
