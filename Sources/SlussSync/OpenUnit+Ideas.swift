import SlussBundle
public import SlussCore
public import SlussDomain
import SlussStore

/// What a person says of a new idea.
public struct IdeaEntry: Sendable {
    /// The need.
    public var problem: String
    /// The suggestion, if there is one.
    public var solution: String?
    /// A heading, if one is given.
    public var title: String?
    /// How the submitter wants to be known.
    public var submitter: SubmitterMode
    /// The name, if the submitter gives one.
    public var name: String?
    /// What it is about.
    public var categories: [Category] = []
    /// Who gains.
    public var beneficiaries: [Beneficiary] = []
    /// Where it came from.
    public var origin: Origin = .own
    /// The day on the paper form, if not today.
    public var day: Day?
    /// The number on the paper form or in the old list, if there is one.
    public var number: IdeaNumber?
    /// Where the idea stands already, in an old list.
    public var status: IdeaStatus = .submitted
    /// How many agreed, in an old list.
    public var support: Int64 = 0
    /// Whether a receipt with a code is wanted.
    public var wantsReceipt = true

    /// An idea with its need alone.
    public init(problem: String, submitter: SubmitterMode = .group) {
        self.problem = problem
        self.submitter = submitter
    }
}

/// What a person gets for an idea.
public struct IdeaReceipt: Sendable {
    /// The idea's number.
    public let number: IdeaNumber
    /// The record's id.
    public let record: RecordID
    /// The code; shown now and never again.
    public let code: ReceiptCode?
    /// The last day for a first answer: 14 days from the day of submission.
    public let answerBy: Day
    /// Whether it was kept as a draft on this machine, because it seems to hold a personal number.
    public let isStopped: Bool
}

extension OpenUnit {
    /// Days until the first answer (docs/decisions/0006).
    static let answerDays = 14

    /// Takes an idea in.
    public func add(_ entry: IdeaEntry) throws -> IdeaReceipt {
        try store.write { transaction in
            var ledger = try Ledger(transaction, reader: reader)
            return try add(entry, to: &ledger)
        }
    }

    func add(_ entry: IdeaEntry, to ledger: inout Ledger) throws -> IdeaReceipt {
        let day = entry.day ?? today
        let changes = try ideaTexts(entry)
        let isStopped = changes.contains { change -> Bool in
            guard case .set(let value) = change.change, let text = value.asText else {
                return false
            }
            return (PersonalNumberScan.level(of: text, today: today) ?? .possible) >= .likely
        }
        let audience: Audience = isStopped ? .local : .unit(unit)
        let number = try ideaNumber(entry.number, day: day, &ledger)
        let record = RecordID.random(near: store.identity.id.high, using: &generator)
        let code = entry.wantsReceipt ? ReceiptCode(using: &generator) : nil
        let facts = try ideaFacts(entry, number: number, day: day, isDraft: isStopped)
        var body = try body(of: Person(name: entry.name, role: usualRole), changes + facts)
        if let code {
            let hash = try ReceiptHash.hash(code.description, record: record)
            body.changes.append(
                .init(
                    "receipt",
                    .fix(
                        .structure([
                            "scrypt": .text(hash.description),
                            "salt": .text(record.description),
                        ]))))
        }
        try enter(
            &ledger, record: record, kind: KindDefinition.idea.name, audience: audience,
            body: body, day: day)
        return IdeaReceipt(
            number: number, record: record, code: code,
            answerBy: day.adding(days: Self.answerDays), isStopped: isStopped)
    }

    private func ideaTexts(_ entry: IdeaEntry) throws -> [Write.FieldChange] {
        let idea = KindDefinition.idea
        var changes: [Write.FieldChange] = []
        let texts: [(FieldPath, String?)] = [
            ("problem", entry.problem), ("solution", entry.solution), ("title", entry.title),
        ]
        for (path, text) in texts {
            guard let text, let field = idea[path] else { continue }
            let clean = try Entered.text(text, for: field)
            if !clean.isEmpty { changes.append(.init(path, .set(.text(clean)))) }
        }
        return changes
    }

    private func ideaFacts(
        _ entry: IdeaEntry, number: IdeaNumber, day: Day, isDraft: Bool
    ) throws -> [Write.FieldChange] {
        var submitter: [String: FieldValue] = ["mode": .text(entry.submitter.rawValue)]
        if let name = entry.name {
            let label = SubmitterMode.name.phrase
            submitter["name"] = .text(try Entered.name(name, of: label, today: today))
        }
        let status: IdeaStatus = isDraft ? .draft : entry.status
        var changes: [Write.FieldChange] = [
            .init("number", .fix(.text(number.description))),
            .init("unit", .fix(.text(unit.description))),
            .init("day", .fix(.text(day.description))),
            .init("submitter", .fix(.structure(submitter))),
            .init("origin", .fix(.text(entry.origin.rawValue))),
            .init("status", .set(.structure(["state": .text(status.rawValue)]))),
        ]
        if !entry.categories.isEmpty {
            changes.append(
                .init("category", .add(Set(entry.categories).map { Text($0.rawValue) })))
        }
        if !entry.beneficiaries.isEmpty {
            changes.append(
                .init("benefit", .add(Set(entry.beneficiaries).map { Text($0.rawValue) })))
        }
        if entry.support > 0 {
            changes.append(.init("support", .plus(min(entry.support, Change.plusMax))))
        }
        return changes
    }

    /// The number asked for, if it is free, or the next one of this machine.
    private func ideaNumber(
        _ wanted: IdeaNumber?, day: Day, _ ledger: inout Ledger
    ) throws -> IdeaNumber {
        if let wanted {
            guard wanted.unit == unit,
                try ledger.transaction.record(number: wanted.description) == nil
            else { throw InputError.numberTaken(wanted.description) }
            ledger.serials = [:]
            return wanted
        }
        let machine = MachineLetter(store.identity.machine) ?? .first
        let first = IdeaNumber(unit: unit, year: day.date.year, serial: 1, machine: machine)
        let prefix = String(first.description.dropLast(4 + machine.suffix.utf8.count))
        let taken =
            try ledger.serials[prefix]
            ?? ledger.transaction.numbers(withPrefix: prefix).compactMap { IdeaNumber($0) }
            .filter { $0.machine == machine }.map(\.serial).max() ?? 0
        ledger.serials[prefix] = taken + 1
        return IdeaNumber(unit: unit, year: day.date.year, serial: taken + 1, machine: machine)
    }

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
        /// Where it stands.
        public var status: IdeaStatus?
        /// Why, or until when, with the status.
        public var statusText: String?
        /// Categories to add.
        public var addedCategories: [Category] = []
        /// Categories to take away.
        public var removedCategories: [Category] = []
        /// Beneficiaries to add.
        public var addedBeneficiaries: [Beneficiary] = []
        /// An answer to the submitter.
        public var answer: String?

        /// Changes nothing yet.
        public init() {}
    }

    /// Changes an idea as one write.
    ///
    /// - Returns: The idea as it stands.
    public func edit(_ reference: String, _ edit: IdeaEdit, by person: Person) throws -> Idea {
        try store.write { transaction in
            var ledger = try Ledger(transaction, reader: reader)
            let state = try find(reference, in: transaction).state
            guard Idea(state) != nil else { throw InputError.noSuchRecord(reference) }
            let changes = try ideaChanges(edit, by: person)
            guard !changes.isEmpty else { throw InputError.nothingToChange }
            let body = try body(of: person, changes)
            let change = try enter(
                &ledger, record: state.record, kind: state.kind, audience: state.audience,
                body: body)
            let result =
                state.audience == .local
                ? try submit(change.state, through: &ledger) : change.state
            guard let idea = Idea(result) else { throw InputError.noSuchRecord(reference) }
            return idea
        }
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
        if let status = edit.status {
            changes.append(.init("status", .set(try statusValue(status, text: edit.statusText))))
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

    private func statusValue(_ status: IdeaStatus, text: String?) throws -> FieldValue {
        var value: [String: FieldValue] = ["state": .text(status.rawValue)]
        if let text {
            let label = Phrase("statusens text", "the text of the status")
            let clean = try Entered.line(text, of: label, max: 600)
            try Entered.refusePersonalNumber(clean, label: label, today: today)
            value["text"] = .text(clean)
        }
        return .structure(value)
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

    /// Adds one to an idea's support.
    public func support(_ reference: String) throws -> Idea {
        try store.write { transaction in
            var ledger = try Ledger(transaction, reader: reader)
            let state = try find(reference, in: transaction).state
            guard Idea(state) != nil else { throw InputError.noSuchRecord(reference) }
            let change = try enter(
                &ledger, record: state.record, kind: state.kind, audience: state.audience,
                body: Write.Body(role: usualRole, changes: [.init("support", .plus(1))]))
            guard let idea = Idea(change.state) else { throw InputError.noSuchRecord(reference) }
            return idea
        }
    }

    /// The idea of that number or id.
    public func idea(_ reference: String) throws -> Idea {
        try store.read { transaction in
            guard let idea = Idea(try find(reference, in: transaction).state) else {
                throw InputError.noSuchRecord(reference)
            }
            return idea
        }
    }

    /// The ideas here, oldest first; drafts that have been sent are left out.
    public func ideas(unit: String? = nil, status: IdeaStatus? = nil) throws -> [Idea] {
        var filter = RecordFilter(kind: KindDefinition.idea.name.string)
        filter.unit = unit
        filter.status = status?.rawValue
        var ideas: [Idea] = []
        try store.read { transaction in
            try transaction.forEachRecord(filter) { record in
                guard let idea = Idea(record.state) else { return }
                let isSentDraft =
                    record.state.audience == .local && idea.status != IdeaStatus.draft.rawValue
                if !isSentDraft { ideas.append(idea) }
            }
        }
        return ideas
    }
}
