public import SlussCore

/// An idea as people see it: read from a record's state, never stored.
public struct Idea: Sendable {
    /// The record's state, without its texts while it is blocked.
    public let state: RecordState

    /// Reads an idea; `nil` if the record is another kind.
    ///
    /// - Parameter showsBlocked: Whether for the registrar, who sees what is blocked.
    public init?(_ state: RecordState, showsBlocked: Bool = false) {
        guard state.kind == KindDefinition.idea.name else { return nil }
        self.state = showsBlocked ? state : state.shown
    }

    /// The number, `<unit code>-<yy>-<nnnn>`.
    public var number: String? { state.namedNumber }
    /// The unit that handed it in.
    public var unit: String? { state.namedUnit }
    /// The need.
    public var problem: String? { state.text("problem") }
    /// The suggestion.
    public var solution: String? { state.text("solution") }
    /// The heading, or the need's first 60 characters.
    public var title: String? {
        state.text("title") ?? problem.map { $0.count > 60 ? $0.prefix(59) + "…" : $0 }
    }
    /// The day it was handed in.
    public var day: String? { state.text("day") }
    /// The number of the meeting note that it came from.
    public var meeting: String? { state.text("meeting") }
    /// What it is about.
    public var categories: [String] { state.set("category") }
    /// How many have said that they agree.
    public var support: Int64 {
        if case .sum(let total) = Policy.sum.judge("support", in: state) { total } else { 0 }
    }
    /// The stored word of the status.
    public var status: String? { state.value("status")?["state"]?.asText }
    /// The submitter's name, if a name was chosen and the idea has not been taken back: not even
    /// by someone whom another status contradicts.
    public var author: String? {
        isWithdrawn ? nil : state.value("submitter")?["name"]?.asText
    }
    /// Whether the submitter has taken the idea back, also if others have set another status
    /// meanwhile.
    public var isWithdrawn: Bool {
        state.siblings("status").contains {
            $0.value["state"]?.asText == IdeaStatus.withdrawn.rawValue
        }
    }
    /// How the submitter chose to be known.
    public var submitter: SubmitterMode? {
        state.value("submitter")?["mode"]?.asText.flatMap(SubmitterMode.init)
    }
    /// The answers, oldest first.
    public var answers: [Answer] { state.entries("answer").compactMap(Answer.init) }

    /// What someone has answered.
    public struct Answer: Sendable {
        /// The text.
        public let text: String
        /// In what role.
        public let role: Role?
        /// The day.
        public let day: String?

        /// Reads an entry of the answers.
        package init?(_ entry: Entry) {
            guard let text = entry.value["text"]?.asText else { return nil }
            self.text = text
            self.role = entry.value["role"]?.asText.flatMap { Role(rawValue: $0) }
            self.day = entry.value["day"]?.asText
        }
    }
}
