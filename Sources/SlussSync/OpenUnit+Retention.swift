public import SlussCore
public import SlussDomain
import SlussStore

/// A record whose time is over.
public struct DisposalProposal: Sendable {
    /// The record.
    public let record: RecordID
    /// Its number, or what its id begins with.
    public let number: String
    /// What kind of record it is.
    public let kind: Phrase
    /// Whose it is.
    public let unit: String?
    /// The rule.
    public let rule: DisposalRule
    /// The day from which the time is counted.
    public let since: Day
    /// The day from which it is over.
    public let due: Day
}

extension OpenUnit {
    /// The records here whose time is over today, the longest first.
    ///
    /// Nothing is done. What is in conflict, or has been disposed of, is not proposed.
    public func disposalProposals(
        years: Int = DisposalRule.years
    ) throws -> [DisposalProposal] {
        try store.read { transaction in
            let ledger = try Ledger(transaction, reader: reader)
            var records: [StoredRecord] = []
            for kind in [KindDefinition.idea, .meeting] {
                try transaction.forEachRecord(RecordFilter(kind: kind.name.string)) {
                    if !$0.state.erasures.contains(where: { $0.act == .dispose }) {
                        records.append($0)
                    }
                }
            }
            return try records.compactMap { record -> DisposalProposal? in
                guard let (rule, since) = try rule(for: record, ledger) else { return nil }
                let due = rule.due(since: since, years: years)
                guard due <= today else { return nil }
                let state = record.state
                return DisposalProposal(
                    record: state.record,
                    number: state.namedNumber ?? String(state.record.description.prefix(12)),
                    kind: state.definition?.label ?? Phrase("post", "record"),
                    unit: state.namedUnit, rule: rule, since: since, due: due)
            }.sorted { ($0.due, $0.number) < ($1.due, $1.number) }
        }
    }

    /// The rule that a record stands under, and the day from which its time is counted.
    private func rule(
        for record: StoredRecord, _ ledger: Ledger
    ) throws -> (DisposalRule, Day)? {
        if let meeting = Meeting(record.state) {
            return meeting.day.flatMap { Day($0) }.map { (.meetingNote, $0) }
        }
        guard let idea = Idea(record.state), idea.statusesInConflict.isEmpty,
            let status = idea.status.flatMap({ IdeaStatus(rawValue: $0) }),
            status.isOver || status == .draft
        else { return nil }
        let writes = try ledger.transaction.lines(ofRecord: record.no, logs: ledger.byNo)
            .map { try ledger.write($0) }
        if status == .draft {
            guard record.state.audience == .local else { return nil }
            return writes.map(\.day).max().map { (.idleDraft, $0) }
        }
        guard !writes.contains(where: \.takesFurther) else { return nil }
        let dots = Set(record.state.siblings("status").map(\.dot))
        return writes.filter { dots.contains($0.dot) }.map(\.day).max()
            .map { (.ideaNotTakenFurther, $0) }
    }
}

extension Write {
    /// Whether it gives an idea a status in which it was taken further.
    fileprivate var takesFurther: Bool {
        body?.changes.contains { change in
            guard change.path == "status" else { return false }
            switch change.change {
            case .set(let value), .settle(let value), .fix(let value):
                return value["state"]?.asText.flatMap { IdeaStatus(rawValue: $0) }?
                    .isTakenFurther ?? false
            default: return false
            }
        } ?? false
    }
}
