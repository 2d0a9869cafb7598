import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

extension OpenUnit {
    /// What the reports are made of.
    public func reportMaterial() throws -> ReportMaterial {
        let rows = try isCentral ? status().freshness : []
        let surveys = isCentral ? try surveys().compactMap { SurveyResult($0) } : nil
        return try store.read { transaction in
            let ledger = try Ledger(transaction, reader: reader)
            let clock = ReportClock(ledger, try transaction.runs(), at: self)
            var material = ReportMaterial(
                today: today, unit: unit, isCentral: isCentral,
                register: try register(transaction))
            for row in rows where row.number != nil || row.waiting > 0 {
                material.bundles[row.unit] = ReportBundles(row)
            }
            try completeRegister(&material, transaction)
            var records: [StoredRecord] = []
            try transaction.forEachRecord(RecordFilter()) { record in
                if [KindDefinition.idea.name, KindDefinition.meeting.name].contains(
                    record.state.kind), record.state.audience != .local
                {
                    records.append(record)
                }
            }
            var adoptions = try reportAdoptions(clock, transaction)
            for record in records {
                if var idea = try reportIdea(record, clock, transaction) {
                    // Of two ideas with one number, the first has what was taken up.
                    idea.figures.adoptions = adoptions.removeValue(forKey: idea.number) ?? []
                    material.ideas.append(idea)
                } else if let meeting = try reportMeeting(record, clock, transaction) {
                    material.meetings.append(meeting)
                }
            }
            material.surveys = surveys
            material.activities = try reportActivities(transaction)
            return material
        }
    }

    /// Takes the central's own row out, and finds the units that nobody has entered.
    private func completeRegister(
        _ material: inout ReportMaterial, _ transaction: StoreTransaction
    ) throws {
        let centrals = Set(try centrals(transaction))
        let authority = try Authority(transaction)
        var names: [UnitCode: String] = isCentral ? [:] : [unit: name]
        for device in authority.certificates.values
        where device.role == .unit && authority.revocations[device.key] == nil {
            if isCentral { names[device.unit] = device.name.string }
        }
        let rows = material.register.rows.values.filter { !centrals.contains($0.code) }
        material.unregistered = names.keys.filter { material.register[$0] == nil }.sorted()
        let bare = names.map { RegisterRow(code: $0.key, name: $0.value) }
        let isBare = rows.isEmpty || (!isCentral && material.register[unit] == nil)
        material.register = UnitRegister(isBare ? bare : rows)
    }

    private func reportIdea(
        _ record: StoredRecord, _ clock: ReportClock, _ transaction: StoreTransaction
    ) throws -> ReportIdea? {
        guard let idea = Idea(record.state), let unit = idea.unit.flatMap({ UnitCode($0) }),
            let day = idea.day.flatMap({ Day($0) })
        else { return nil }
        let writes = try clock.writes(record, transaction)
        var steps: [KPIIdea.Step] = []
        for write in writes {
            for change in write.body?.changes ?? [] where change.path == "status" {
                guard let word = change.change.newValue?["state"]?.asText,
                    let status = IdeaStatus(rawValue: word)
                else { continue }
                steps.append(
                    .init(
                        write.day, status,
                        visible: try clock.visible(
                            write.dot, write.day, at: unit, in: transaction))
                )
            }
        }
        let answers = try idea.state.entries("answer").compactMap { entry -> ReportIdea.Answer? in
            guard let text = entry.value["text"]?.asText else { return nil }
            let given = entry.value["day"]?.asText.flatMap { Day($0) }
            return ReportIdea.Answer(
                text: masked(text),
                role: entry.value["role"]?.asText.flatMap { Role(rawValue: $0) },
                given: given,
                visible: try given.flatMap {
                    try clock.visible(entry.dot, $0, at: unit, in: transaction)
                })
        }
        var report = ReportIdea(
            number: idea.number ?? String(record.state.record.description.prefix(8)),
            problem: masked(idea.problem ?? ""), status: idea.status ?? "",
            figures: KPIIdea(
                unit: unit, day: day, steps: steps,
                answers: answers.compactMap { answer in
                    answer.given.map { .init(given: $0, visible: answer.visible) }
                }))
        report.figures.helpful = Self.reportHelpful(idea, writes)
        report.heading = idea.state.text("title").map(masked)
        report.statusText = idea.state.value("status")?["text"]?.asText.map(masked)
        report.categories = idea.categories
        report.answers = answers
        report.arrived = writes.first.flatMap { clock.arrived($0.dot) }
        report.isFromMeeting =
            idea.meeting != nil || idea.state.text("origin") == Origin.meeting.rawValue
        report.isAnonymous = idea.submitter == .anonymous
        report.conflicts = idea.state.conflicts.count
        report.isStopped = [idea.problem, idea.solution, idea.state.text("title")]
            .compactMap { $0 }.contains {
                (PersonalNumberScan.level(of: $0, today: today) ?? .possible) >= .likely
            }
        return report
    }

    private func reportMeeting(
        _ record: StoredRecord, _ clock: ReportClock, _ transaction: StoreTransaction
    ) throws -> ReportMeeting? {
        guard let meeting = Meeting(record.state), let unit = meeting.unit.flatMap({ UnitCode($0) })
        else { return nil }
        let due = meeting.entries(.action).compactMap { entry -> (String, Day)? in
            guard entry.value("status")?.asText != ActionStatus.struck.rawValue,
                let due = entry.value("due")?.asText.flatMap({ Day($0) })
            else { return nil }
            return (entry.id, due)
        }
        var done: [String: Day] = [:]
        for write in due.isEmpty ? [] : try clock.writes(record, transaction) {
            for change in write.body?.changes ?? [] {
                let parts = change.path.parts
                guard parts.count == 3, parts[0] == "action", parts[2] == "status" else { continue }
                let isDone = change.change.newValue?.asText == ActionStatus.done.rawValue
                done[parts[1]] = isDone ? done[parts[1]] ?? write.day : nil
            }
        }
        let isReady = meeting.status != MeetingStatus.draft.rawValue && meeting.status != nil
        let lifts =
            !isReady
            ? []
            : meeting.entries(.lift).flatMap { entry in
                entry.texts.map {
                    ReportMeeting.Lift(
                        text: masked($0), to: masked(entry.value("to")?.asText ?? "–"),
                        due: entry.value("due")?.asText)
                }
            }
        return ReportMeeting(
            number: meeting.number ?? "–", day: meeting.day ?? "–", lifts: lifts,
            figures: KPIMeeting(
                unit: unit, signed: meeting.signedDay.flatMap { Day($0) },
                actions: due.map { .init(due: $0.1, done: done[$0.0]) }))
    }

    /// A text with every number that is certainly or likely a person's covered.
    private func masked(_ text: String) -> String {
        PersonalNumberScan.masked(text, today: today) { $0.level >= .likely }
    }
}

extension Change {
    /// The value that a register is given.
    var newValue: FieldValue? {
        switch self {
        case .set(let value), .settle(let value), .fix(let value): value
        default: nil
        }
    }
}
