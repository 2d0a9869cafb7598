/// What is left of a record when every write to it has had its say.
///
/// A pure function of the set of writes: not of their order, not of how they were batched. Another
/// release differs only in what it marks as unknown to it.
public struct RecordState: Hashable, Sendable {
    /// The record.
    public let record: RecordID
    /// Its kind: what its first write says, and nothing as long as no write counts.
    public let kind: Text
    /// Who it is for.
    public let audience: Audience
    /// Every write that has been folded in.
    public private(set) var context: VersionVector
    /// The parts of the fields' states.
    public private(set) var fields: [FieldKey: FieldState]
    /// Whether a write held something that this release does not know.
    public private(set) var needsNewerRelease: Bool

    /// A record that nobody has written yet.
    public init(record: RecordID, kind: Text, audience: Audience) {
        self.record = record
        self.kind = kind
        self.audience = audience
        self.context = VersionVector()
        self.fields = [:]
        self.needsNewerRelease = false
    }

    package init(
        record: RecordID, kind: Text, audience: Audience, context: VersionVector,
        fields: [FieldKey: FieldState], needsNewerRelease: Bool
    ) {
        self.record = record
        self.kind = kind
        self.audience = audience
        self.context = context
        self.fields = fields
        self.needsNewerRelease = needsNewerRelease
    }

    /// Folds one more write in.
    ///
    /// - Precondition: `write` is to this record, is not folded in yet, and everything in its
    ///   context is. Use ``apply(_:)-swift.method`` with a whole set to have it sorted.
    public mutating func apply(_ write: Write) {
        precondition(write.record == record, "a write is folded into its own record")
        precondition(write.kind == kind, "a write of another kind does not count")
        context.insert(write.dot)
        guard let body = write.body else { return }
        if body.needsNewerRelease { needsNewerRelease = true }
        for change in body.changes {
            let key = FieldKey(path: change.path, family: change.change.family)
            fields[key, default: .empty(key.family)].apply(change.change, of: write, body)
        }
        for change in body.changes {
            if case .remove = change.change { dropEmptySet(change.path) }
        }
    }

    /// Folds a set of writes in, in an order in which no effect stands before its cause.
    ///
    /// - Precondition: as for one write, for the set as a whole.
    public mutating func apply(_ writes: [Write]) {
        for write in writes.sorted(by: Write.inCausalOrder) { apply(write) }
    }

    /// A set that has lost its last element equals one that never had any.
    private mutating func dropEmptySet(_ path: FieldPath) {
        let key = FieldKey(path: path, family: .elements)
        if case .elements(let elements) = fields[key], elements.isEmpty { fields[key] = nil }
    }

    /// One part of a field's state, if anyone has written it.
    public subscript(path: FieldPath, family: FieldFamily) -> FieldState? {
        fields[FieldKey(path: path, family: family)]
    }
}
