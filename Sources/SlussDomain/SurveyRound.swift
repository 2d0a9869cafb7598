/// What one manager has answered: nothing says who, where or when.
public struct SurveyAnswers: Hashable, Sendable {
    /// The administration, as in the register; empty if it is not said.
    public var administration: String
    /// The answers, in the order of the items; `nil` is "cannot judge".
    public var values: [Int?]

    /// Answers; `nil` if there are not as many as items, or one is not from 1 to 5.
    public init?(administration: String, values: [Int?]) {
        guard values.count == SurveyItem.all.count,
            values.allSatisfy({ $0.map(SurveyItem.range.contains) ?? true })
        else { return nil }
        self.administration = administration
        self.values = values
    }

    /// The mean of the answers of a dimension; `nil` if fewer than half of its items are answered.
    func mean(_ dimension: SurveyDimension) -> Double? {
        let places = dimension.places
        let answered = places.compactMap { values[$0] }
        guard !answered.isEmpty, 2 * answered.count >= places.count else { return nil }
        return Double(answered.reduce(0, +)) / Double(answered.count)
    }
}

/// The answers of a year.
public struct SurveyRound: Hashable, Sendable {
    /// The years that a round can be of.
    public static let years = 2000...9999
    /// The most answers of a round: more managers than any municipality has.
    public static let answersMax = 10_000

    /// The year.
    public var year: Int
    /// The set of items that was answered.
    public var version: Int
    /// Whether it takes no more answers; before that, nothing is shown of them.
    public var isClosed = false
    /// How many were asked; `nil` if that is not said.
    public var invited: Int?
    /// The answers, in an order that tells nothing.
    public var answers: [SurveyAnswers] = []

    /// An empty round.
    public init(year: Int, version: Int = SurveyItem.version) {
        self.year = year
        self.version = version
    }
}

/// What a manager manages; asked on the form, and not kept (docs/decisions/0021).
public enum SurveyLevel: String, NamedChoice {
    case firstLine = "first-line"
    case secondLine = "second-line"
    case head

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .firstLine: Phrase("första linjen", "first line")
        case .secondLine: Phrase("verksamhetschef", "second line")
        case .head: Phrase("förvaltningschef", "head of administration")
        }
    }
}
