public import SlussCore

/// Answers that are given often: thanks, what happens, why, who, and the next day.
///
/// Source: domain rules for feedback; silence is what ends participation.
public enum AnswerTemplate: String, NamedChoice {
    case thanks
    case goAhead = "go-ahead"
    case test
    case notNow = "not-now"
    case no
    case together

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .thanks: Phrase("tack", "thanks")
        case .goAhead: Phrase("gör det", "go ahead")
        case .test: Phrase("testa", "test")
        case .notNow: Phrase("inte nu", "not now")
        case .no: Phrase("nej", "no")
        case .together: Phrase("tillsammans", "together")
        }
    }

    /// What goes into a template.
    public struct Parts: Sendable {
        /// Who takes it on: a role.
        public var owner: String?
        /// The next word, or when it is taken up again.
        public var day: Day?
        /// Why.
        public var reason: String?
        /// What can be done instead.
        public var advice: String?

        /// Nothing yet.
        public init() {}
    }

    /// The parts that the template cannot do without, as options of the command.
    public var required: [String] {
        switch self {
        case .thanks: ["owner", "until"]
        case .notNow: ["because", "until"]
        case .no: ["because"]
        case .goAhead, .test, .together: []
        }
    }

    /// The answer; `nil` if a part is missing.
    public func text(_ parts: Parts) -> Phrase? {
        switch self {
        case .thanks:
            guard let owner = parts.owner, let day = parts.day else { return nil }
            return Phrase(
                "Tack! Vi har läst. \(owner) tar det vidare. Nästa besked: \(day).",
                "Thank you! We have read it. \(owner) takes it on. Next word: \(day).")
        case .goAhead:
            return Phrase(
                "Bra – gör det! Ni behöver inte fråga mer. Berätta gärna hur det gick.",
                "Good – do it! You need not ask more. Do tell us how it went.")
        case .test:
            return Phrase(
                "Vi vill testa i liten skala. Vem hos er kan vara med?",
                "We want to test on a small scale. Who of you can take part?")
        case .notNow:
            guard let reason = parts.reason, let day = parts.day else { return nil }
            return Phrase(
                "Inte nu: \(reason). Vi tar upp det igen \(day).",
                "Not now: \(reason). We take it up again \(day).")
        case .no:
            guard let reason = parts.reason else { return nil }
            let (advice, same) =
                parts.advice.map {
                    (" Det här kan ni göra i stället: \($0).", " This you can do instead: \($0).")
                } ?? ("", "")
            return Phrase("Nej, därför att \(reason).\(advice)", "No, because \(reason).\(same)")
        case .together:
            return Phrase(
                "Två enheter har tänkt lika. Era idéer går vidare tillsammans – ni får samma svar.",
                "Two units have thought alike. Your ideas go on together – you get the same answer."
            )
        }
    }
}
