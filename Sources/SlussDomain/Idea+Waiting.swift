public import SlussCore

extension Idea {
    /// Days until a person must have answered: a promise to the one who handed the idea in
    /// (docs/decisions/0006).
    public static let answerDays = 14

    /// How many days are left for the first answer on `today`, negative after the last; `nil` if
    /// there is an answer, or none is waited for.
    public func daysLeft(today: Day) -> Int? {
        guard answers.isEmpty, status == IdeaStatus.submitted.rawValue,
            let handedIn = day.flatMap({ Day($0) })
        else { return nil }
        return handedIn.number + Self.answerDays - today.number
    }

    /// How many days are left for the first answer, whatever has been done with the idea meanwhile;
    /// `nil` if there is an answer, or the idea has ended.
    package func daysUntilAnswer(today: Day) -> Int? {
        guard answers.isEmpty, hasNotEnded, let handedIn = day.flatMap({ Day($0) }) else {
            return nil
        }
        return handedIn.number + Self.answerDays - today.number
    }

    /// The stored words of the statuses that people have set without knowing of each other; empty
    /// if they agree.
    public var statusesInConflict: [String] {
        let judgement = Policy.lifeCycle(IdeaStatus.lifeCycle).judge("status", in: state)
        let words = judgement.conflicting.compactMap { $0.value["state"]?.asText }
        return words.count > 1 ? words : []
    }

    /// The stored words of the statuses that stand: one, or several that nobody has settled.
    public var standingStatuses: [String] {
        let several = statusesInConflict
        return several.isEmpty ? [status].compactMap { $0 } : several
    }

    /// What goes with the status, in the order of ``StatusPart``.
    public var statusParts: [(part: StatusPart, text: String)] {
        guard let value = state.value("status") else { return [] }
        return StatusPart.allCases.compactMap { part in
            value[part.rawValue]?.asText.map { (part, $0) }
        }
    }

    /// The day on which a resting idea wakes, a test ends, or the next word was promised.
    public var until: Day? {
        state.value("status")?[StatusPart.until.rawValue]?.asText.flatMap { Day($0) }
    }

    /// What people see of the status.
    public var namedStatus: Phrase { Self.name(ofStatus: status ?? "") }

    /// What people see of a status's stored word; one that a later release has made is shown as
    /// it is.
    public static func name(ofStatus word: String) -> Phrase {
        IdeaStatus(rawValue: word)?.phrase
            ?? Phrase(word.isEmpty ? "–" : word, word.isEmpty ? "–" : word)
    }

    /// Whether the idea has been handed in for at least so many days and has not ended.
    public func isWaiting(days: Int, today: Day) -> Bool {
        guard let handedIn = day.flatMap({ Day($0) }), handedIn.number + days <= today.number else {
            return false
        }
        return hasNotEnded
    }

    private var hasNotEnded: Bool {
        let ended: Set<IdeaStatus> = [.draft, .joined, .redirected, .withdrawn, .closed]
        return standingStatuses.contains {
            IdeaStatus(rawValue: $0).map { !ended.contains($0) } ?? true
        }
    }

    /// Whether the day that was set with the status has come.
    public func isDue(today: Day) -> Bool {
        until.map { $0 <= today } ?? false
    }
}
