import SlussCore
import SlussDomain
import SlussFrontEnd

/// A note in JSON (docs/cli.md).
struct MeetingJSON: Encodable {
    struct EntryJSON: Encodable {
        let id: String
        let item: Int64
        let texts: [String]
        @OrNull var title: String?
        @OrNull var who: String?
        @OrNull var due: String?
        @OrNull var status: String?
        @OrNull var to: String?
    }

    struct ProposalJSON: Encodable {
        let field: String
        let text: String
    }

    let id: String
    @OrNull var number: String?
    @OrNull var unit: String?
    @OrNull var day: String?
    @OrNull var time: String?
    let present: [Int64]
    @OrNull var status: String?
    @OrNull var signed: String?
    let signers: [String]
    let items: [EntryJSON]
    let decisions: [EntryJSON]
    let actions: [EntryJSON]
    let lifts: [EntryJSON]
    let addenda: [String]
    let proposals: [ProposalJSON]
    let conflicts: [String]
    let needsNewerRelease: Bool

    init(_ meeting: Meeting) {
        func entries(_ kind: Meeting.EntryKind) -> [EntryJSON] {
            meeting.entries(kind).map { entry in
                EntryJSON(
                    id: entry.id, item: entry.item, texts: entry.texts,
                    title: entry.value("title")?.asText,
                    who: entry.value("who")?.asText ?? entry.value("by")?["who"]?.asText,
                    due: entry.value("due")?.asText, status: entry.value("status")?.asText,
                    to: entry.value("to")?.asText)
            }
        }
        id = meeting.state.record.description
        number = meeting.number
        unit = meeting.unit
        day = meeting.day
        time = meeting.time
        present = meeting.present
        status = meeting.status
        signed = meeting.signedDay
        signers = meeting.signers
        items = entries(.item)
        decisions = entries(.decision)
        actions = entries(.action)
        lifts = entries(.lift)
        addenda = meeting.addenda
        proposals = meeting.proposals.map {
            ProposalJSON(field: $0.path.description, text: $0.text)
        }
        conflicts = meeting.state.conflicts.map(\.path.description)
        needsNewerRelease = meeting.state.holdsUnknown
    }
}

extension Meeting {
    /// The status in words.
    var statusText: String {
        let conflict = say("OLIKA BESKED", "CONFLICTING ANSWERS")
        if state.conflicts.contains(where: { $0.path == "status" }) { return conflict }
        let word = status.map { MeetingStatus(rawValue: $0)?.phrase.said ?? $0 } ?? "–"
        let mark = state.conflicts.isEmpty ? "" : " (\(conflict.lowercased()))"
        return word + mark + (state.holdsUnknown ? " *" : "")
    }

    /// The note as a page of text.
    func page(today: Day) -> String {
        var lines = [
            "\(number ?? "–") · \(day ?? "–") \(DisplayText.line(time ?? "")) · \(statusText)"
        ]
        if !present.isEmpty {
            lines.append(
                say("Närvarande: ", "Present: ") + present.map(String.init).joined(separator: "+"))
        }
        if let place = state.text("place") {
            lines.append(say("Plats: ", "Place: ") + DisplayText.line(place))
        }
        if !signers.isEmpty {
            let names = signers.map(DisplayText.line).joined(separator: say(" och ", " and "))
            let day = signedDay.map { " " + DisplayText.line($0) } ?? ""
            lines.append(say("Justerad", "Signed off") + day + say(" av: ", " by: ") + names)
        }
        for item in items {
            let title = item.value("title")?.asText.map { " " + DisplayText.line($0) } ?? ""
            lines.append("\(item.item)\(title): \(texts(of: item))")
            lines += details(of: item.item, today: today)
        }
        let named = Set(items.map(\.item))
        let others = Set(EntryKind.allCases.flatMap { entries($0).map(\.item) })
            .subtracting(named)
        for item in others.sorted() {
            lines.append("\(item)")
            lines += details(of: item, today: today)
        }
        for addendum in addenda {
            lines.append(say("Tillägg: ", "Addition: ") + DisplayText.indented(addendum))
        }
        let proposals = proposals
        for proposal in proposals {
            lines.append(
                say("Föreslaget tillägg, ", "Proposed addition, ") + proposal.label.said + ": "
                    + DisplayText.indented(proposal.text))
        }
        if !proposals.isEmpty {
            let name = number ?? "–"
            lines.append(
                say(
                    "   Skrivet medan anteckningen justerades. Ska det med: sluss meeting edit \(name) --addendum TEXT",
                    "   Written while the note was signed off. To take it in: sluss meeting edit \(name) --addendum TEXT"
                ))
        }
        for conflict in state.conflicts {
            let label = state.definition?[conflict.path]?.label.said ?? conflict.path.description
            lines.append(
                say(
                    "[OLIKA BESKED] \(label). Se: sluss conflicts show \(conflict.id)",
                    "[CONFLICTING ANSWERS] \(label). See: sluss conflicts show \(conflict.id)"))
        }
        if state.holdsUnknown {
            lines.append(
                say(
                    "[KRÄVER NYARE SLUSS] Något i posten visas inte här.",
                    "[NEEDS A NEWER SLUSS] Something in the record is not shown here."))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func texts(of entry: NoteEntry) -> String {
        entry.texts.map(DisplayText.indented).joined(
            separator: "\n   "
                + say("eller: ", "or: "))
    }

    private func details(of item: Int64, today: Day) -> [String] {
        var lines: [String] = []
        for decision in entries(.decision) where decision.item == item {
            let who =
                decision.value("by")?["who"]?.asText.map { " (\(DisplayText.line($0)))" } ?? ""
            let mandate = decision.value("by")?["withinMandate"]?.asFlag.map {
                $0
                    ? say(", inom mandat", ", within mandate")
                    : say(", ej inom mandat", ", not within mandate")
            }
            lines.append(
                "   " + say("Beslut", "Decision") + who + (mandate ?? "") + ": "
                    + texts(of: decision))
        }
        for action in entries(.action) where action.item == item {
            lines.append("   " + say("Åtgärd", "Action") + ": " + line(of: action, today: today))
        }
        for lift in entries(.lift) where lift.item == item {
            let to = lift.value("to")?.asText.map { " \(DisplayText.line($0))" } ?? ""
            lines.append("   " + say("Lyft till", "Escalated to") + to + ": " + texts(of: lift))
        }
        return lines
    }

    private func line(of action: NoteEntry, today: Day) -> String {
        let status = action.value("status")?.asText.flatMap(ActionStatus.init)
        let due = action.value("due")?.asText
        let isOverdue =
            status != .done && status != .struck
            && due.flatMap { Day($0) }.map { $0 < today } ?? false
        return [
            texts(of: action), action.value("who")?.asText.map(DisplayText.line),
            due.map { say("senast ", "due ") + DisplayText.line($0) }, status?.phrase.said,
            isOverdue ? say("FÖRSENAD", "OVERDUE") : nil,
        ].compactMap { $0 }.joined(separator: " · ")
    }
}
