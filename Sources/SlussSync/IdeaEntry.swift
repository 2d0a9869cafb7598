public import SlussCore
public import SlussDomain

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
    /// The number of the meeting note that it came from, if it did; its origin is the meeting then.
    public var meeting: String?
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
    /// Whether a text holds ten digits that may be a personal number, or a telephone's.
    public let isDoubtful: Bool
}
