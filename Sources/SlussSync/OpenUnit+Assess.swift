import SlussCore
public import SlussDomain
import SlussStore

/// What one assessor says of an idea.
public struct AssessmentEntry: Sendable {
    /// The scores, 1 to 5.
    public var scores: [Assessment.Row: Int64] = [:]
    /// The questions that are answered with no.
    public var closedGates: Set<Assessment.Gate> = []

    /// Says nothing yet.
    public init() {}
}

extension OpenUnit {
    /// Notes one assessor's scores, in a register of that assessor's own.
    ///
    /// - Parameter assessor: Initials or another word by which the assessor is told from others; the
    ///   name is not shown with the idea.
    public func assess(
        _ reference: String, _ entry: AssessmentEntry, assessor: String, by person: Person
    ) throws -> Idea {
        let assessor = try Entered.name(
            assessor, of: Phrase("bedömaren", "the assessor"), today: today)
        guard !entry.scores.isEmpty || !entry.closedGates.isEmpty else {
            throw InputError.nothingToChange
        }
        var members: [String: FieldValue] = [:]
        for (row, score) in entry.scores {
            guard Assessment.range.contains(Int(score)) else {
                throw InputError.malformed(row.phrase, example: "1–5")
            }
            members[row.rawValue] = .integer(score)
        }
        for gate in entry.closedGates { members[gate.rawValue] = .flag(false) }
        return try write { transaction in
            let state = try find(reference, in: transaction).state
            guard Idea(state) != nil else { throw InputError.noSuchRecord(reference) }
            var body = try body(
                of: person, [.init(Assessment.path, .own(.structure(members)))])
            body.writer = Text(assessor)
            var ledger = try ledger(transaction)
            let change = try enter(
                &ledger, record: state.record, kind: state.kind, audience: state.audience,
                body: body)
            guard let idea = Idea(change.state) else { throw InputError.noSuchRecord(reference) }
            return idea
        }
    }
}
