import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

/// An idea in JSON (docs/cli.md).
struct IdeaJSON: Encodable {
    struct AnswerJSON: Encodable {
        let text: String
        @OrNull var role: String?
        @OrNull var day: String?
        @OrNull var visible: String?
    }

    let id: String
    @OrNull var number: String?
    @OrNull var unit: String?
    @OrNull var board: String?
    @OrNull var status: String?
    @OrNull var problem: String?
    @OrNull var solution: String?
    @OrNull var title: String?
    let categories: [String]
    let support: Int64
    @OrNull var submitter: String?
    @OrNull var author: String?
    @OrNull var day: String?
    @OrNull var meeting: String?
    let answers: [AnswerJSON]
    @OrNull var helpful: String?
    /// Only of `show`.
    var adoptions: [AdoptionJSON]?
    let conflicts: [String]
    let needsNewerRelease: Bool

    init(
        _ idea: Idea, _ times: [AnswerTimes]? = nil, board: String? = nil,
        adoptions: [Adoption]? = nil
    ) {
        self.adoptions = adoptions?.map { AdoptionJSON($0) }
        id = idea.state.record.description
        number = idea.number
        unit = idea.unit
        self.board = board
        status = idea.status
        problem = idea.problem
        solution = idea.solution
        title = idea.title
        categories = idea.categories
        support = idea.support
        submitter = idea.submitter?.rawValue
        author = idea.author
        day = idea.day
        meeting = idea.meeting
        let visible = times?.map { $0.visible?.description } ?? []
        answers = idea.answers.enumerated().map { index, answer in
            AnswerJSON(
                text: answer.text, role: answer.role?.rawValue, day: answer.day,
                visible: visible.indices.contains(index) ? visible[index] : nil)
        }
        helpful = idea.helpful.count == 1 ? idea.helpful.first?.rawValue : nil
        conflicts = idea.state.conflicts.map(\.path.description)
        needsNewerRelease = idea.state.holdsUnknown
    }
}

/// A receipt in JSON.
struct ReceiptJSON: Encodable {
    let id: String
    let number: String
    @OrNull var code: String?
    let answerBy: String
    let stopped: Bool
    let similar: [String]

    init(_ receipt: IdeaReceipt, similar: [String]) {
        self.similar = similar
        id = receipt.record.description
        number = receipt.number.description
        code = receipt.code?.description
        answerBy = receipt.answerBy.description
        stopped = receipt.isStopped
    }
}

extension Idea {
    /// The status in words, or that people have said different things.
    var statusText: String {
        let conflict = say("OLIKA BESKED", "CONFLICTING ANSWERS")
        if hasConflict("status") { return conflict }
        let word = status.map { IdeaStatus(rawValue: $0)?.phrase.said ?? $0 } ?? "–"
        let mark = state.conflicts.isEmpty ? "" : " (\(conflict.lowercased()))"
        return word + mark + (state.holdsUnknown ? " *" : "")
    }

    private func hasConflict(_ path: FieldPath) -> Bool {
        state.conflicts.contains { $0.path == path }
    }

    /// The idea as a page of text.
    var page: String {
        var lines = ["\(number ?? "–") · \(DisplayText.line(day ?? "–")) · \(statusText)"]
        let submitter = author ?? submitter?.phrase.said
        lines += texts(say("Rubrik", "Heading"), "title")
        lines += texts(say("Behov", "Need"), "problem")
        lines += texts(say("Idé", "Idea"), "solution")
        lines += texts(say("Effekt", "Effect"), "effect")
        lines += [
            line(
                say("Kategori", "Category"),
                categories.map { Category(rawValue: $0)?.phrase.said ?? $0 }.joined(separator: ", ")
            ), line(say("Inlämnare", "Submitter"), submitter),
            line(say("Från APT", "From meeting"), meeting),
            line(say("Stöd", "Support"), String(support)),
        ].compactMap { $0 }
        if !hasConflict("status") {
            lines += statusParts.compactMap { part, text in
                let shown =
                    part == .reason ? ClosingReason(rawValue: text)?.phrase.said ?? text : text
                return line("Status, " + part.phrase.said, shown)
            }
        }
        for answer in answers {
            let who = answer.role?.phrase.said ?? ""
            lines.append(
                say("Svar", "Answer") + " \(DisplayText.line(answer.day ?? "")) (\(who)): "
                    + DisplayText.indented(answer.text))
        }
        if let helpfulLine { lines.append(helpfulLine) }
        for conflict in state.conflicts {
            let label = state.definition?[conflict.path]?.label.said ?? conflict.path.description
            lines.append(
                say(
                    "[OLIKA BESKED] \(label): \(conflict.alternatives.count) värden. Se: sluss conflicts show \(conflict.id)",
                    "[CONFLICTING ANSWERS] \(label): \(conflict.alternatives.count) values. See: sluss conflicts show \(conflict.id)"
                ))
        }
        if state.holdsUnknown {
            lines.append(
                say(
                    "[KRÄVER NYARE SLUSS] Något i posten visas inte här.",
                    "[NEEDS A NEWER SLUSS] Something in the record is not shown here."))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ label: String, _ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        return "\(label): \(DisplayText.indented(text))"
    }

    /// A field's text, each of them if there are several, and what a rule has put aside.
    private func texts(_ label: String, _ path: FieldPath) -> [String] {
        guard let policy = state.definition?[path]?.policy else { return [] }
        let (values, overruled): ([Alternative], [Alternative]) =
            switch policy.judge(path, in: state) {
            case .settled(let value, let overruled): ([value], overruled)
            case .conflict(let values, let overruled): (values, overruled)
            default: ([], [])
            }
        let mark = values.count > 1 ? say(" (olika besked)", " (conflicting answers)") : ""
        let others = say(" (överspelad)", " (overruled)")
        return values.compactMap { line(label + mark, $0.value.asText) }
            + overruled.compactMap { line(label + others, $0.value.asText) }
    }
}
