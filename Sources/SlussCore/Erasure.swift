/// The erasing of a record's content: a write of the central that says of which fields.
///
/// Whatever touches one of the fields, and was written without having seen that write, is taken as
/// if its body were not there, in every store and whatever comes from elsewhere later. So what is
/// erased is a function of the set of writes, as all else is, and a store that has removed the
/// bodies has the same state as one that has not done so yet (docs/sync-model.md, "Erasing").
///
/// Such a write has nothing in it that another one could have to erase, and is never erased itself; what
/// is to stay of the writes that go is said again by further writes, one for each field. So two that
/// did not know of each other both hold. An erasing whose merge was undone, or that builds on what was,
/// still holds: what is gone does not come back.
public struct Erasure: Hashable, Sendable {
    /// The write.
    public let dot: Dot
    /// The fields; `nil` for all of the record's content.
    public let fields: Set<FieldPath>?

    private static let first = "erasure"
    private static let prefix = Array("\(first).".utf8)

    /// The field in which an erasing is noted; `nil` if `id` is no part of a path.
    public static func path(_ id: String) -> FieldPath? { FieldPath("\(first).\(id)") }

    /// Whether a field is one of those.
    public static func isOne(_ path: FieldPath) -> Bool {
        path.utf8.starts(with: prefix)
    }

    /// What the field's value is to be.
    ///
    /// - Parameter details: Why, by whose decision: for people.
    public static func value(
        fields: Set<FieldPath>?, details: [String: FieldValue]
    ) -> FieldValue {
        var members = details
        if let fields {
            members["fields"] = .list(fields.sorted().map { .text($0.description) })
        }
        return .structure(members)
    }

    /// Reads what a write erases; `nil` if it erases nothing.
    ///
    /// Whether the write counts is for the caller to ask.
    public init?(_ write: Write) {
        guard let body = write.body, body.role.isCentral else { return nil }
        let values = body.changes.compactMap { change -> FieldValue? in
            guard Self.isOne(change.path), case .fix(let value) = change.change else { return nil }
            return value
        }
        guard !values.isEmpty else { return nil }
        var fields: Set<FieldPath>? = []
        for value in values {
            if let named = Self.fields(value) { fields?.formUnion(named) } else { fields = nil }
        }
        dot = write.dot
        self.fields = fields
    }

    /// The fields that a value names; `nil` for all.
    public static func fields(_ value: FieldValue) -> Set<FieldPath>? {
        guard let list = value["fields"] else { return nil }
        guard case .list(let names) = list else { return [] }
        return Set(names.compactMap { $0.asText.flatMap { FieldPath($0) } })
    }

    /// The fields that tell what was done with a record, not what it says: they stay if all of its
    /// content goes.
    private static let staying: Set<FieldPath> = ["disclosure"]

    /// Whether a write has content of one of the fields.
    public func touches(_ write: Write) -> Bool {
        // What this release cannot read may hold what is to go.
        guard let body = write.body else { return write.isUnreadable }
        guard let fields else {
            return body.changes.isEmpty
                || !body.changes.allSatisfy { Self.staying.contains($0.path) }
        }
        return body.changes.contains { fields.contains($0.path) }
    }
}

extension Write {
    /// Whether it erases something, if it counts.
    public var erases: Bool {
        body?.changes.contains { Erasure.isOne($0.path) } ?? false
    }

    /// The same write without its content.
    var erased: Write {
        Write(dot: dot, record: record, kind: kind, context: context, day: day, body: nil)
    }
}

/// The writes to a record whose content is erased by others.
struct ErasedWrites {
    /// Their names.
    let dots: Set<Dot>
    /// Whether anything of the record is, or will be, erased.
    let isAny: Bool

    /// Finds them.
    ///
    /// - Parameters:
    ///   - writes: All writes to the record.
    ///   - seen: What each of those that count had seen.
    ///   - isCovered: Whether the certificates that are here let a device make that write.
    init(
        _ writes: [Write], counting seen: [Dot: VersionVector], isCovered: (Write) -> Bool
    ) {
        let erasures = writes.filter { $0.erases && isCovered($0) }.compactMap { Erasure($0) }
        isAny = !erasures.isEmpty
        guard isAny else {
            dots = []
            return
        }
        let erasing = Set(erasures.map(\.dot))
        dots = Set(
            writes.filter { write in
                let context = seen[write.dot] ?? write.context
                return !erasing.contains(write.dot)
                    && erasures.contains { !context.covers($0.dot) && $0.touches(write) }
            }.map(\.dot))
    }
}
