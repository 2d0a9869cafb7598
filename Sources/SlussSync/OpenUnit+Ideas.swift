import SlussBundle
import SlussCore
public import SlussDomain
import SlussStore

extension OpenUnit {
    /// Days until the first answer (docs/decisions/0006).
    static let answerDays = Idea.answerDays
    /// Characters of the number of a meeting note.
    private static let meetingNumberMax = 40

    /// Takes an idea in.
    public func add(_ entry: IdeaEntry) throws -> IdeaReceipt {
        try write { transaction in
            var ledger = try ledger(transaction)
            return try add(entry, to: &ledger)
        }
    }

    func add(_ entry: IdeaEntry, to ledger: inout Ledger) throws -> IdeaReceipt {
        let day = entry.day ?? today
        let changes = try ideaTexts(entry)
        let level = changes.compactMap { change -> PersonalNumberScan.Level? in
            guard case .set(let value) = change.change, let text = value.asText else { return nil }
            return PersonalNumberScan.level(of: text, today: today)
        }.max()
        let isStopped = level.map { $0 >= .likely } ?? false
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
            answerBy: day.adding(days: Self.answerDays), isStopped: isStopped,
            isDoubtful: level == .possible)
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
        let origin = entry.meeting != nil && entry.origin == .own ? .meeting : entry.origin
        var changes: [Write.FieldChange] = [
            .init("number", .fix(.text(number.description))),
            .init("unit", .fix(.text(unit.description))),
            .init("day", .fix(.text(day.description))),
            .init("submitter", .fix(.structure(submitter))),
            .init("origin", .fix(.text(origin.rawValue))),
            .init("status", .set(.structure(["state": .text(status.rawValue)]))),
        ]
        if let meeting = entry.meeting, let field = KindDefinition.idea["meeting"] {
            let number = try Entered.line(meeting, of: field.label, max: Self.meetingNumberMax)
            try Entered.refusePersonalNumber(number, label: field.label, today: today)
            changes.append(.init("meeting", .fix(.text(number))))
        }
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
    func ideaNumber(
        _ wanted: IdeaNumber?, day: Day, _ ledger: inout Ledger
    ) throws -> IdeaNumber {
        if let wanted {
            guard wanted.unit == unit,
                try ledger.transaction.records(number: wanted.description).isEmpty
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

    /// Adds one to an idea's support.
    public func support(_ reference: String) throws -> Idea {
        try write { transaction in
            var ledger = try ledger(transaction)
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
    public func idea(_ reference: String, showsBlocked: Bool = false) throws -> Idea {
        if showsBlocked { try requireRegistrar() }
        return try store.read { transaction in
            let state = try find(reference, in: transaction).state
            guard let idea = Idea(state, showsBlocked: showsBlocked) else {
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
