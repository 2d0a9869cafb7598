import SlussCore
public import SlussDomain
import SlussStore

extension OpenUnit {
    /// Takes an activity in: this store's unit's, so it goes to the central and to no other unit.
    public func add(_ entry: ActivityEntry, by person: Person) throws -> Activity {
        guard entry.type != nil else {
            throw InputError.tooShort(Phrase("typ", "type"), min: 1)
        }
        return try write { transaction in
            var entry = entry
            let day = entry.day ?? today
            entry.day = day
            let number = try activityNumber(day, in: transaction)
            let changes: [Write.FieldChange] = [
                .init("unit", .fix(.text(unit.description))), .init("number", .fix(.text(number))),
            ]
            var ledger = try ledger(transaction)
            let kept = try enter(
                &ledger,
                record: RecordID.random(near: store.identity.id.high, using: &generator),
                kind: KindDefinition.activity.name, audience: .unit(unit),
                body: body(of: person, changes + activityChanges(entry)), day: day)
            guard let activity = Activity(kept.state) else {
                throw InputError.noSuchRecord(number)
            }
            return activity
        }
    }

    /// Changes an activity as one write.
    public func change(
        _ reference: String, _ entry: ActivityEntry, by person: Person
    ) throws -> Activity {
        try write { transaction in
            let state = try find(reference, in: transaction).state
            guard Activity(state) != nil else { throw InputError.noSuchRecord(reference) }
            let changes = try activityChanges(entry)
            guard !changes.isEmpty else { throw InputError.nothingToChange }
            var ledger = try ledger(transaction)
            let kept = try enter(
                &ledger, record: state.record, kind: state.kind, audience: state.audience,
                body: body(of: person, changes))
            guard let activity = Activity(kept.state) else {
                throw InputError.noSuchRecord(reference)
            }
            return activity
        }
    }

    /// The activity of that number or id.
    public func activity(_ reference: String) throws -> Activity {
        try store.read { transaction in
            guard let activity = Activity(try find(reference, in: transaction).state) else {
                throw InputError.noSuchRecord(reference)
            }
            return activity
        }
    }

    /// The activities here, by day and number.
    public func activities() throws -> [Activity] {
        var found: [Activity] = []
        try store.read { transaction in
            let name = KindDefinition.activity.name.string
            try transaction.forEachRecord(RecordFilter(kind: name)) {
                if let activity = Activity($0.state) { found.append(activity) }
            }
        }
        return found.sorted {
            ($0.day?.number ?? 0, Text($0.number ?? "")) < (
                $1.day?.number ?? 0, Text($1.number ?? "")
            )
        }
    }

    private func activityChanges(_ entry: ActivityEntry) throws -> [Write.FieldChange] {
        var changes: [Write.FieldChange] = []
        func set(_ path: FieldPath, _ value: FieldValue?) {
            if let value { changes.append(.init(path, .set(value))) }
        }
        set("day", entry.day.map { .text($0.description) })
        set("type", entry.type.map { .text($0.rawValue) })
        if let minutes = entry.minutes {
            guard (1...6000).contains(minutes) else {
                throw InputError.malformed(Phrase("minuter", "minutes"), example: "90")
            }
            set("minutes", .integer(Int64(minutes)))
        }
        for line in ActivityEntry.Line.allCases {
            guard let typed = entry.lines[line], let field = KindDefinition.activity[line.path]
            else { continue }
            let clean = try Entered.text(typed, for: field)
            try Entered.refusePersonalNumber(clean, label: field.label, today: today)
            set(line.path, .text(clean))
        }
        set("internal", entry.inside?.value)
        set("external", entry.outside?.value)
        set("rating", entry.rating?.value)
        set("struck", entry.isStruck.map { .flag($0) })
        let sets: [(FieldPath, [String], [String])] = [
            (
                "units", entry.addedUnits.map(\.description),
                entry.removedUnits.map(\.description)
            ),
            (
                "externalKind", entry.addedKinds.map(\.rawValue),
                entry.removedKinds.map(\.rawValue)
            ),
        ]
        for (path, added, removed) in sets {
            if !removed.isEmpty {
                changes.append(.init(path, .remove(Set(removed).map { Text($0) })))
            }
            if !added.isEmpty { changes.append(.init(path, .add(Set(added).map { Text($0) }))) }
        }
        return changes
    }

    /// `<unit code>-AKT-<day>`, with the machine's letter; a second one of the day gets `-2`.
    private func activityNumber(_ day: Day, in transaction: StoreTransaction) throws -> String {
        let first = "\(unit)-AKT-\(day)\(store.identity.machine)"
        if try transaction.records(number: first).isEmpty { return first }
        for place in 2...99 where try transaction.records(number: "\(first)-\(place)").isEmpty {
            return "\(first)-\(place)"
        }
        throw InputError.numberTaken(first)
    }
}
