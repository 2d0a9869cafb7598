import SlussCore
public import SlussDomain
import SlussStore

extension OpenUnit {
    /// What to change in an idea; what is `nil` stays.
    public struct IdeaEdit: Sendable {
        /// The need.
        public var problem: String?
        /// The suggestion.
        public var solution: String?
        /// The heading.
        public var title: String?
        /// The effect seen.
        public var effect: String?
        /// Where it stands, and what goes with that.
        public var status: StatusEntry?
        /// Categories to add.
        public var addedCategories: [Category] = []
        /// Categories to take away.
        public var removedCategories: [Category] = []
        /// Beneficiaries to add.
        public var addedBeneficiaries: [Beneficiary] = []
        /// Whether to give it the next free number: for two that have the same.
        public var wantsNewNumber = false
        /// An answer to the submitter.
        public var answer: String?

        /// Changes nothing yet.
        public init() {}
    }

    /// Changes an idea as one write.
    ///
    /// - Returns: The idea as it stands.
    public func edit(_ reference: String, _ edit: IdeaEdit, by person: Person) throws -> Idea {
        guard let idea = try self.edit([reference], edit, by: person).first else {
            throw InputError.noSuchRecord(reference)
        }
        return idea
    }

    /// Changes several ideas alike, each as one write: all of them, or none.
    ///
    /// - Returns: The ideas as they stand, in the order given.
    public func edit(
        _ references: [String], _ edit: IdeaEdit, by person: Person
    ) throws -> [Idea] {
        try write { transaction in
            var ledger = try ledger(transaction)
            return try references.map { reference in
                let idea = try self.edit(reference, edit, person, &ledger)
                // Nobody who proposed it loses the answer.
                var answer = IdeaEdit()
                answer.answer = edit.answer
                if edit.answer != nil {
                    for record in try joined(into: idea.state.record, in: transaction) {
                        _ = try self.edit(record.description, answer, person, &ledger)
                    }
                }
                return idea
            }
        }
    }

    private func edit(
        _ reference: String, _ edit: IdeaEdit, _ person: Person, _ ledger: inout Ledger
    ) throws -> Idea {
        let state = try find(reference, in: ledger.transaction).state
        guard Idea(state) != nil else { throw InputError.noSuchRecord(reference) }
        var changes = try ideaChanges(edit, by: person)
        if let status = edit.status {
            let value = try statusValue(
                status, on: state, answer: edit.answer, in: ledger.transaction)
            changes.append(.init("status", .set(value)))
        }
        if edit.wantsNewNumber {
            let number = try ideaNumber(nil, day: today, &ledger)
            changes.append(.init("number", .settle(.text(number.description))))
        }
        guard !changes.isEmpty else { throw InputError.nothingToChange }
        let change = try enter(
            &ledger, record: state.record, kind: state.kind, audience: state.audience,
            body: try body(of: person, changes))
        let result =
            state.audience == .local ? try submit(change.state, through: &ledger) : change.state
        guard let idea = Idea(result) else { throw InputError.noSuchRecord(reference) }
        return idea
    }

    private func ideaChanges(_ edit: IdeaEdit, by person: Person) throws -> [Write.FieldChange] {
        var changes: [Write.FieldChange] = []
        let texts: [(FieldPath, String?)] = [
            ("problem", edit.problem), ("solution", edit.solution), ("title", edit.title),
            ("effect", edit.effect),
        ]
        for (path, text) in texts {
            guard let text, let field = KindDefinition.idea[path] else { continue }
            let clean = try Entered.text(text, for: field)
            try Entered.refusePersonalNumber(clean, label: field.label, today: today)
            changes.append(.init(path, .set(.text(clean))))
        }
        if let answer = edit.answer, let field = KindDefinition.idea["answer"] {
            let clean = try Entered.text(answer, for: field)
            try Entered.refusePersonalNumber(clean, label: field.label, today: today)
            changes.append(
                .init(
                    "answer",
                    .append(
                        .structure([
                            "text": .text(clean), "role": .text(person.role.rawValue),
                            "day": .text(today.description),
                        ]))))
        }
        let sets: [(FieldPath, [String], [String])] = [
            (
                "category", edit.addedCategories.map(\.rawValue),
                edit.removedCategories.map(\.rawValue)
            ),
            ("benefit", edit.addedBeneficiaries.map(\.rawValue), []),
        ]
        for (path, added, removed) in sets {
            if !removed.isEmpty {
                changes.append(.init(path, .remove(Set(removed).map { Text($0) })))
            }
            if !added.isEmpty { changes.append(.init(path, .add(Set(added).map { Text($0) }))) }
        }
        return changes
    }

    /// Sends a draft once nothing stops it: as a new record for the unit, with the same number.
    ///
    /// A record never changes its audience; the draft stays here and says what became of it.
    private func submit(
        _ draft: RecordState, through ledger: inout Ledger
    ) throws -> RecordState {
        let texts = ["problem", "solution", "title"].compactMap {
            draft.text(FieldPath(stringLiteral: $0))
        }
        let isStopped = texts.contains {
            (PersonalNumberScan.level(of: $0, today: today) ?? .possible) >= .likely
        }
        guard !isStopped, draft.value("status")?["state"]?.asText == IdeaStatus.draft.rawValue
        else { return draft }
        var changes: [Write.FieldChange] = []
        for path in draft.paths where path != "status" {
            if case .elements(let elements) = draft[path, .elements] {
                changes.append(.init(path, .add(elements.keys.sorted())))
            } else if let value = draft.value(path) {
                let isFixed = KindDefinition.idea[path]?.policy == .firstWrite
                changes.append(.init(path, isFixed ? .fix(value) : .set(value)))
            }
        }
        changes.append(
            .init(
                "status", .set(.structure(["state": .text(IdeaStatus.submitted.rawValue)]))))
        let record = RecordID.random(near: store.identity.id.high, using: &generator)
        let sent = try enter(
            &ledger, record: record, kind: draft.kind, audience: .unit(unit),
            body: Write.Body(role: usualRole, changes: changes))
        try enter(
            &ledger, record: draft.record, kind: draft.kind, audience: .local,
            body: Write.Body(
                role: usualRole,
                changes: [
                    .init(
                        "status",
                        .set(
                            .structure([
                                "state": .text(IdeaStatus.submitted.rawValue),
                                "target": .text(record.description),
                            ])))
                ]))
        return sent.state
    }
}
