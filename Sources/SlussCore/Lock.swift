/// How a record is closed: by a value of one of its fields, in a write that says all of the record
/// once more.
///
/// Since that write gives every field its value, a value that somebody else gives at the same time
/// stands beside it, and which one was closed is known from the write alone.
public struct Lock: Hashable, Sendable {
    /// The field that closes the record.
    public let field: FieldPath
    /// The member of its value that names a stage.
    public let member: String
    /// The stage that closes.
    public let stage: Text
    /// The member that says that the write gives all fields their values.
    public let whole: String

    /// Puts one together.
    public init(field: FieldPath, member: String, stage: Text, whole: String) {
        self.field = field
        self.member = member
        self.stage = stage
        self.whole = whole
    }

    /// The value that closes, of those that stand; several if it was closed more than once.
    private func closings(_ state: RecordState) -> Set<Dot> {
        Set(state.siblings(field).filter(closes).map(\.dot))
    }

    private func closes(_ sibling: Sibling) -> Bool {
        sibling.value[member] == .text(stage) && sibling.value[whole] == .flag(true)
    }

    /// The part of a record's state that says whether it is closed.
    package var key: FieldKey { FieldKey(path: field, family: .register) }

    /// Whether that part says so.
    package func closes(_ state: FieldState) -> Bool {
        guard case .register(let siblings, _) = state else { return false }
        return siblings.contains(where: closes)
    }

    /// What stands and what is proposed, of a field's values; `nil` if the record is not closed.
    func judge(_ siblings: [Sibling], in state: RecordState) -> Judgement? {
        let closings = closings(state)
        guard !closings.isEmpty else { return nil }
        return Judgement(
            siblings: siblings.filter { closings.contains($0.dot) },
            overruled: siblings.filter { !closings.contains($0.dot) })
    }
}
