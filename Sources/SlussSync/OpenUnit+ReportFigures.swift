import SlussCore
import SlussDomain
import SlussStore

/// What the reports count besides ideas and meetings.
extension OpenUnit {
    /// What units make of each other's ideas, by the idea's number.
    ///
    /// Where people have set different statuses, not knowing of each other, nothing is counted
    /// until somebody has chosen.
    func reportAdoptions(
        _ clock: ReportClock, _ transaction: StoreTransaction
    ) throws -> [String: [KPIAdoption]] {
        var found: [String: [KPIAdoption]] = [:]
        var records: [StoredRecord] = []
        try transaction.forEachRecord(RecordFilter(kind: KindDefinition.adoption.name.string)) {
            records.append($0)
        }
        for record in records {
            guard let adoption = Adoption(record.state) else { continue }
            var steps: [KPIAdoption.Step] = []
            let writes = adoption.isContradicted ? [] : try clock.writes(record, transaction)
            for change in writes.flatMap({ $0.body?.changes ?? [] }) where change.path == "status" {
                guard let value = change.change.newValue,
                    let status = value["state"]?.asText.flatMap({ AdoptionStatus(rawValue: $0) }),
                    let day = value["day"]?.asText.flatMap({ Day($0) })
                else { continue }
                steps.append(.init(day, status))
            }
            found[adoption.idea, default: []].append(
                KPIAdoption(unit: adoption.unit, steps: steps))
        }
        return found
    }

    /// What an idea's unit says of the answer, since the day that it first said something.
    static func reportHelpful(_ idea: Idea, _ writes: [Write]) -> KPIIdea.Helpful? {
        guard !idea.helpful.isEmpty,
            let first = writes.first(where: { write in
                write.body?.changes.contains { $0.path == Idea.helpfulPath } ?? false
            })
        else { return nil }
        return KPIIdea.Helpful(first.day, isYes: idea.helpful == [.yes])
    }

    /// The activities that count: not struck out, on a day that is known.
    ///
    /// A number of people of whom people have said different things counts once somebody has chosen.
    func reportActivities(_ transaction: StoreTransaction) throws -> [KPIActivity] {
        var found: [KPIActivity] = []
        try transaction.forEachRecord(RecordFilter(kind: KindDefinition.activity.name.string)) {
            guard let activity = Activity($0.state), !activity.isStruck, let day = activity.day,
                let unit = activity.unit.flatMap({ UnitCode($0) })
            else { return }
            found.append(
                KPIActivity(
                    unit: unit, day: day,
                    inside: activity.isContradicted("internal") ? nil : activity.inside,
                    outside: activity.isContradicted("external") ? nil : activity.outside))
        }
        return found
    }
}
