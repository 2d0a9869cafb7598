public import SlussCore
public import SlussDomain
import SlussStore

/// An answer with its two times: an answer counts when the unit can see it.
public struct AnswerTimes: Sendable {
    /// The answer.
    public let answer: Idea.Answer
    /// The day it was given.
    public let given: Day?
    /// The day since which it is known here that the unit has it; `nil` if it is not known.
    public let visible: Day?
}

extension OpenUnit {
    /// An idea's answers, oldest first, with the days on which they were given and known to be
    /// visible at the idea's unit (``ReportClock``).
    public func answerTimes(_ idea: Idea) throws -> [AnswerTimes] {
        try store.read { try answerTimes(idea, clock($0), in: $0) }
    }

    /// The answers of every idea, by record.
    public func answerTimes(_ ideas: [Idea]) throws -> [RecordID: [AnswerTimes]] {
        try store.read { transaction in
            let clock = try clock(transaction)
            return Dictionary(
                try ideas.filter { !$0.answers.isEmpty }.map {
                    ($0.state.record, try answerTimes($0, clock, in: transaction))
                }, uniquingKeysWith: { first, _ in first })
        }
    }

    private func clock(_ transaction: StoreTransaction) throws -> ReportClock {
        ReportClock(
            try Ledger(transaction, reader: reader), try transaction.runs(), at: self)
    }

    private func answerTimes(
        _ idea: Idea, _ clock: ReportClock, in transaction: StoreTransaction
    ) throws -> [AnswerTimes] {
        let owner = idea.unit.flatMap { UnitCode($0) }
        return try idea.state.entries("answer").compactMap { entry in
            guard let answer = Idea.Answer(entry) else { return nil }
            let given = answer.day.flatMap { Day($0) }
            guard let owner, let given else {
                return AnswerTimes(answer: answer, given: given, visible: nil)
            }
            return AnswerTimes(
                answer: answer, given: given,
                visible: try clock.visible(entry.dot, given, at: owner, in: transaction))
        }
    }
}
