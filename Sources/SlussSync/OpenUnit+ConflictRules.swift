import SlussCore
public import SlussDomain
import SlussStore

extension OpenUnit {
    /// Puts a conflict off, with why; it comes back by itself if a further value arrives.
    public func deferConflict(
        _ name: String, reason: String, by person: Person
    ) throws -> ConflictView {
        let label = Phrase("skälet", "the reason")
        let reason = try Entered.line(reason, of: label, max: 600)
        try Entered.refusePersonalNumber(reason, label: label, today: today)
        return try noteDeferral(
            name,
            [
                "text": .text(reason), "day": .text(today.description),
                "role": .text(person.role.rawValue),
            ], by: person)
    }

    /// Takes back that a conflict was put off.
    public func reopenConflict(_ name: String, by person: Person) throws -> ConflictView {
        try noteDeferral(name, ["open": .flag(true)], by: person)
    }

    private func noteDeferral(
        _ name: String, _ members: [String: FieldValue], by person: Person
    ) throws -> ConflictView {
        try write { transaction in
            let view = try conflict(named: name, in: transaction)
            guard let path = view.conflict.deferralPath else {
                throw InputError.noSuchConflict(name)
            }
            var members = members
            members["values"] = .text(view.conflict.version)
            let state = try find(view.conflict.record.description, in: transaction).state
            var ledger = try ledger(transaction)
            try enter(
                &ledger, record: state.record, kind: state.kind, audience: state.audience,
                body: try body(of: person, [.init(path, .append(.structure(members)))]))
            return try conflict(named: name, in: transaction)
        }
    }

    /// Which conflicts a rule settles, and how.
    public struct ConflictRule: Sendable {
        /// Whose value stands.
        public enum Side: String, NamedChoice {
            /// The unit's.
            case unit
            /// The central's.
            case central

            /// What people see.
            public var phrase: Phrase {
                switch self {
                case .unit: Phrase("enheten", "the unit")
                case .central: Phrase("centralen", "the central")
                }
            }
        }

        /// Only this field.
        public var field: String?
        /// Only this unit's records.
        public var unit: String?
        /// Only this kind of record.
        public var kind: ImportKind?
        /// Whose value stands.
        public var side: Side

        /// A rule for every conflict.
        public init(side: Side) { self.side = side }

        /// The number of the value that the rule picks; `nil` if it does not fit: another field or
        /// unit, put off, or that side has no value or several.
        func pick(_ view: ConflictView, central: Set<String>) -> Int? {
            guard view.deferral == nil, field == nil || field == view.conflict.path.description,
                unit == nil || unit == view.unit,
                kind == nil
                    || kind.flatMap({ KindDefinition.all[Text($0.rawValue)]?.label }) == view.kind
            else { return nil }
            let matching = view.values.indices.filter { index in
                let isCentral = central.contains(view.values[index].unit.description)
                return isCentral == (side == .central)
            }
            return matching.count == 1 ? matching[0] + 1 : nil
        }
    }

    /// Settles every conflict that a rule fits, as one transaction; each as a write of its own.
    ///
    /// - Parameter isPlan: Whether only to say which.
    /// - Returns: The conflicts that the rule fits, with the number of the value that stands, how
    ///   many others there are, and the run's number, by which it can be undone; none if nothing
    ///   was settled.
    public func resolve(
        _ rule: ConflictRule, reason: String, by person: Person, isPlan: Bool
    ) throws -> (settled: [(view: ConflictView, pick: Int)], left: Int, run: Int64?) {
        let label = Phrase("skälet", "the reason")
        let reason = try Entered.line(reason, of: label, max: 600)
        try Entered.refusePersonalNumber(reason, label: label, today: today)
        let all = try conflicts()
        let central = try centralUnits()
        let fitting = all.compactMap { view in
            rule.pick(view, central: central).map { (view: view, pick: $0) }
        }
        guard !isPlan, !fitting.isEmpty else { return (fitting, all.count - fitting.count, nil) }
        let run = try write { transaction in
            var ledger = try ledger(transaction)
            let resolutions = try fitting.map { view, pick in
                let record = try settle(view, .pick(pick), reason, person, &ledger)
                return StoredResolution(
                    record: record.no, path: view.conflict.path.description,
                    dot: try ledger.lastOwn(for: record.state.audience))
            }
            return try transaction.insertSettling(
                day: today, side: rule.side.rawValue, field: rule.field, unit: rule.unit,
                kind: rule.kind?.rawValue, resolutions, logs: ledger.logs)
        }
        return (fitting, all.count - fitting.count, run)
    }

    /// The codes under which the central writes.
    private func centralUnits() throws -> Set<String> {
        var codes = Set(
            try store.read { try $0.peers().filter(\.isCentral).map(\.unit.description) })
        if isCentral { codes.insert(unit.description) }
        return codes
    }
}
