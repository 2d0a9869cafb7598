import SlussCore
public import SlussDomain
import SlussStore

extension OpenUnit {
    /// Notes whether the answer to an idea was of help: once for each idea, the last word counts.
    ///
    /// It is for the idea's own unit to say. Who says it is not kept.
    public func sayHelpful(_ reference: String, _ word: Helpfulness) throws -> Idea {
        try write { transaction in
            let state = try find(reference, in: transaction).state
            guard let idea = Idea(state) else { throw InputError.noSuchRecord(reference) }
            let name = idea.number ?? reference
            guard state.audience == .unit(unit) else { throw FigureError.onlyIdeasUnit(name) }
            guard idea.hasEnded else { throw FigureError.notEnded(name) }
            let others = idea.helpful.subtracting([word]).map { Text($0.rawValue) }.sorted()
            var changes: [Write.FieldChange] = []
            if !others.isEmpty { changes.append(.init(Idea.helpfulPath, .remove(others))) }
            if !idea.helpful.contains(word) {
                changes.append(.init(Idea.helpfulPath, .add([Text(word.rawValue)])))
            }
            guard !changes.isEmpty else { return idea }
            var ledger = try ledger(transaction)
            let kept = try enter(
                &ledger, record: state.record, kind: state.kind, audience: state.audience,
                body: Write.Body(role: usualRole, changes: changes))
            guard let idea = Idea(kept.state) else { throw InputError.noSuchRecord(reference) }
            return idea
        }
    }
}
