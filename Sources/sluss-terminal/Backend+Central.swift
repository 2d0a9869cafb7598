import SlussCore
import SlussDomain
import SlussSync
import SlussTerminal

/// What the coordinator does at the central.
extension Backend {
    /// Who decides and answers here: in the role that one has at the central.
    private func decider(_ unit: OpenUnit) -> OpenUnit.Person {
        OpenUnit.Person(name: author.name, role: unit.usualRole)
    }

    // MARK: - The first page

    func centralFacts(_ unit: OpenUnit) throws -> Facts {
        let ideas = try unit.ideas()
        discardIdleDrafts(newest: ideas.compactMap(\.day).max())
        var facts = CentralFacts()
        (facts.conflicts, facts.putOff) = try unit.conflictCounts()
        for row in waiting(ideas) {
            guard let left = row.idea.daysLeft else {
                facts.due += 1
                continue
            }
            if left < 0 {
                facts.late += 1
            } else if left <= CentralFacts.soonDays {
                facts.soon += 1
            } else {
                facts.later += 1
            }
        }
        facts.unseen = try unit.answerTimes(ideas).values.joined().count { $0.visible == nil }
        var all = Facts(isCentral: true)
        all.central = facts
        return all
    }

    // MARK: - Ideas that wait

    func waiting() throws -> [WaitingRow] { try waiting(reading().ideas()) }

    /// Those without an answer, the one that is due first at the top; then those whose promised word
    /// should have come.
    private func waiting(_ ideas: [Idea]) -> [WaitingRow] {
        let unanswered = ideas.compactMap { idea -> IdeaRow? in
            guard let left = idea.daysUntilAnswer(today: today()) else { return nil }
            var row = IdeaRow(idea, today: today(), seen: idea.answers.count)
            row.daysLeft = left
            return row
        }
        let due = ideas.filter {
            $0.isDue(today: today()) && $0.daysUntilAnswer(today: today()) == nil
        }
        return unanswered.sorted { ($0.daysLeft ?? 0, $0.number) < ($1.daysLeft ?? 0, $1.number) }
            .map { WaitingRow($0) }
            + due.sorted { ($0.until?.number ?? 0) < ($1.until?.number ?? 0) }.map { idea in
                WaitingRow(
                    IdeaRow(idea, today: today(), seen: idea.answers.count),
                    due: idea.until?.description)
            }
    }

    func answer(_ record: String, _ text: String) throws -> String {
        var edit = OpenUnit.IdeaEdit()
        edit.answer = text
        let idea = try writing("idea answer") {
            try $0.edit(record, edit, by: decider($0))
        }
        return idea.number ?? "–"
    }

    // MARK: - Conflicts

    func answerOfConflicts(_ effect: Effect) throws -> Reply? {
        switch effect {
        case .showConflict(let reference):
            let unit = try reading()
            return .conflict(try card(unit.conflict(reference), unit))
        case .decide(let decision): return try decide(decision)
        case .reopenConflict(let reference):
            return try writing("conflicts reopen") { unit in
                _ = try unit.reopenConflict(reference, by: decider(unit))
                return .conflict(try card(unit.conflict(reference), unit))
            }
        case .listSettled, .showSettled, .reopenSettled: return try answerOfSettled(effect)
        default:
            let unit = try reading()
            let names = try names(unit)
            let rows = try unit.conflicts().map { row($0, names) }
            return .conflicts(rows.filter { !$0.isPutOff } + rows.filter(\.isPutOff))
        }
    }

    /// Settles a conflict or puts it off, if the values are still those that the person has seen: a
    /// number names another value once a merge has brought one.
    private func decide(_ decision: Decision) throws -> Reply {
        try writing("conflicts resolve") { unit in
            let view = try unit.conflict(decision.reference)
            guard view.conflict.version == decision.version else {
                return .conflictMoved(try card(view, unit))
            }
            let choice: OpenUnit.Choice
            switch decision.act {
            case .pick(let number): choice = .pick(number)
            case .value(let text): choice = .value(text)
            case .putOff:
                _ = try unit.deferConflict(
                    decision.reference, reason: decision.reason, by: decider(unit))
                return .conflict(try card(unit.conflict(decision.reference), unit))
            }
            let settled = try unit.resolve(
                decision.reference, choice, reason: decision.reason, by: decider(unit))
            return .settled(mark(settled, try names(unit)))
        }
    }

    private func answerOfSettled(_ effect: Effect) throws -> Reply? {
        switch effect {
        case .showSettled(let mark):
            let unit = try reading()
            return .settledConflict(
                try settledCard(unit.settledConflict(mark.reference), unit))
        case .reopenSettled(let mark):
            guard let resolution = Dot(mark.resolution) else {
                throw InputError.noSuchConflict(mark.place.name)
            }
            return try writing("conflicts reopen") { unit in
                _ = try unit.reopen(
                    settled: mark.reference, resolution: resolution, by: decider(unit))
                return .reopened(mark)
            }
        default:
            let unit = try reading()
            let names = try names(unit)
            return .settledConflicts(
                try unit.settledConflicts().compactMap { view in
                    guard let settlement = view.settlement, let mark = mark(view, names) else {
                        return nil
                    }
                    return SettledRow(
                        mark: mark, chosen: settlement.value.phrase(in: view.content),
                        day: settlement.day.description)
                })
        }
    }

    private func mark(_ view: ConflictView, _ names: [String: String]) -> SettledMark? {
        view.settlement.map {
            let row = row(view, names)
            return SettledMark(
                reference: row.reference, resolution: $0.write.description, place: row)
        }
    }

    private func settledCard(_ view: ConflictView, _ unit: OpenUnit) throws -> SettledCard {
        guard let settlement = view.settlement, let mark = mark(view, try names(unit)) else {
            throw InputError.noSuchConflict(view.conflict.id)
        }
        return SettledCard(
            mark: mark, conflict: try card(view, unit),
            chosen: ConflictCard.Given(
                settlement.value, place: "", role: settlement.role, author: settlement.author,
                day: settlement.day.description),
            content: view.content, reason: settlement.reason)
    }

    private func names(_ unit: OpenUnit) throws -> [String: String] {
        Dictionary(
            try unit.register().valid(on: today()).map { ($0.code.description, $0.name) },
            uniquingKeysWith: { first, _ in first })
    }

    private func row(_ view: ConflictView, _ names: [String: String]) -> ConflictRow {
        let newest = view.values.map(\.day.number).max() ?? today().number
        let unit = view.unit ?? "–"
        return ConflictRow(
            reference: "\(view.conflict.record)/\(view.conflict.path)", name: view.conflict.id,
            number: view.number ?? String(view.conflict.record.description.prefix(12)),
            field: view.label, item: view.place, unit: names[unit] ?? unit,
            values: view.values.count, age: max(0, today().number - newest),
            isPutOff: view.deferral != nil)
    }

    private func card(_ view: ConflictView, _ unit: OpenUnit) throws -> ConflictCard {
        let names = try names(unit)
        return ConflictCard(
            row: row(view, names), kind: view.kind, version: view.conflict.version,
            content: view.content, base: view.base,
            values: view.values.map { value in
                let code = value.unit.description
                let machine = value.machine.isEmpty ? "" : " (\(value.machine))"
                return ConflictCard.Given(
                    value.value, place: (names[code] ?? code) + machine, role: value.role,
                    author: value.author, day: value.day.description)
            }, deferral: view.deferral)
    }
}
