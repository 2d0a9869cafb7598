import SlussCore
import SlussDomain
import SlussStore

extension OpenUnit {
    /// Hides the texts of records from everybody, at once here and elsewhere as bundles arrive: all
    /// of the records, or none.
    public func block(
        _ references: [String], decision: String, by person: Person
    ) throws {
        let label = Phrase("beslutet", "the decision")
        let decision = try Entered.name(decision, of: label, today: today)
        try enterBlocks(references, by: person) { state in
            guard !state.isBlocked else { throw InputError.alreadyBlocked }
            let id = Hex.string(StoreID.random(using: &generator).bytes.prefix(4))
            return Block.entry(id: id, decision: decision, day: today, role: person.role)
        }
    }

    /// Lets the texts be seen again.
    public func release(_ references: [String], by person: Person) throws {
        try enterBlocks(references, by: person) { state in
            guard state.isBlocked else { throw InputError.notBlocked }
            return Block.release(state.blocks, day: today, role: person.role)
        }
    }

    /// The texts of a record that is blocked, for the registrar.
    ///
    /// - Throws: ``InputError/roleNotHere`` elsewhere than at the central.
    func requireRegistrar() throws {
        guard isCentral else { throw InputError.roleNotHere }
    }

    private func enterBlocks(
        _ references: [String], by person: Person,
        _ entry: (RecordState) throws -> FieldValue
    ) throws {
        guard isCentral, person.role.isCentral else { throw InputError.roleNotHere }
        try write { transaction in
            var ledger = try ledger(transaction)
            for reference in references {
                let state = try find(reference, in: transaction).state
                guard state.definition?[Block.path] != nil else {
                    throw InputError.noSuchRecord(reference)
                }
                let changes = [Write.FieldChange(Block.path, .append(try entry(state)))]
                try enter(
                    &ledger, record: state.record, kind: state.kind, audience: state.audience,
                    body: Write.Body(
                        author: person.name.map { Text($0) }, role: person.role, changes: changes))
            }
        }
    }
}
