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
    /// visible at the idea's unit.
    ///
    /// What the unit has written itself, or what stands in the unit's own store, is visible at once.
    public func answerTimes(_ idea: Idea) throws -> [AnswerTimes] {
        try store.read { try answerTimes(idea, try $0.logs(), in: $0) }
    }

    /// The answers of every idea, by record.
    public func answerTimes(_ ideas: [Idea]) throws -> [RecordID: [AnswerTimes]] {
        try store.read { transaction in
            let logs = try transaction.logs()
            return Dictionary(
                try ideas.filter { !$0.answers.isEmpty }.map {
                    ($0.state.record, try answerTimes($0, logs, in: transaction))
                }, uniquingKeysWith: { first, _ in first })
        }
    }

    private func answerTimes(
        _ idea: Idea, _ logs: [ReplicaID: StoredLog], in transaction: StoreTransaction
    ) throws -> [AnswerTimes] {
        let owner = idea.unit.flatMap { UnitCode($0) }
        return try idea.state.entries("answer").compactMap { entry in
            guard let answer = Idea.Answer(entry) else { return nil }
            let given = answer.day.flatMap { Day($0) }
            guard let owner, let log = logs[entry.dot.replica] else {
                return AnswerTimes(answer: answer, given: given, visible: nil)
            }
            if owner == unit || log.owner == owner {
                return AnswerTimes(answer: answer, given: given, visible: given)
            }
            return AnswerTimes(
                answer: answer, given: given,
                visible: try transaction.visibleDay(owner, log: log.no, count: entry.dot.counter))
        }
    }
}
