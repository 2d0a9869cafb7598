/// One act on one record at one replica.
///
/// The envelope – dot, record, kind, context, day – is kept for ever and holds no personal data.
/// The body can be erased; the write then still counts as seen.
public struct Write: Hashable, Sendable {
    /// The name of the write.
    public let dot: Dot
    /// The record that it acts on.
    public let record: RecordID
    /// The record's kind, such as `idea`.
    public let kind: Text
    /// The writes to the same record that the writer had seen.
    ///
    /// - Invariant: holds all that those writes had seen in turn, and does not cover `dot`.
    public let context: VersionVector
    /// The day it was written, as the machine's clock had it; for reading only.
    public let day: Day
    /// What was changed, and by whom; `nil` if erased or unreadable.
    public let body: Body?
    /// Whether there is a body that this release cannot read.
    public let isUnreadable: Bool

    /// Makes a write.
    public init(
        dot: Dot, record: RecordID, kind: Text, context: VersionVector, day: Day, body: Body?,
        isUnreadable: Bool = false
    ) {
        self.dot = dot
        self.record = record
        self.kind = kind
        self.context = context
        self.day = day
        self.body = body
        self.isUnreadable = isUnreadable
    }

    /// The same write with its context in other names.
    func with(context: VersionVector) -> Write {
        Write(
            dot: dot, record: record, kind: kind, context: context, day: day, body: body,
            isUnreadable: isUnreadable)
    }

    /// The erasable part of a write.
    public struct Body: Hashable, Sendable {
        /// Who wrote, if the person chose to say so.
        public var author: Text?
        /// In what role.
        public var role: Role
        /// Whose register `own` changes belong to; the role's if not given.
        public var writer: Text?
        /// Why, in a resolution.
        public var reason: Text?
        /// Random digits in a write that adds to a sum or a list: two copies of a store that do
        /// the same have then made two writes, not one twice.
        public var once: Text?
        /// The changes, at most one of each kind for a field.
        public var changes: [FieldChange]
        /// Whether the body held members that this release does not know; they are in the log.
        public var needsNewerRelease: Bool

        /// Makes a body.
        public init(
            author: Text? = nil, role: Role = .employee, writer: Text? = nil, reason: Text? = nil,
            changes: [FieldChange], needsNewerRelease: Bool = false
        ) {
            self.author = author
            self.role = role
            self.writer = writer
            self.reason = reason
            self.changes = changes
            self.needsNewerRelease = needsNewerRelease
        }

        /// The label of the register that `own` changes go to.
        var ownLabel: Text { writer ?? Text(role.rawValue) }
    }

    /// A change and the field it is made to.
    public struct FieldChange: Hashable, Sendable {
        /// The field.
        public let path: FieldPath
        /// What is done to it.
        public let change: Change

        /// Pairs a field with a change.
        public init(_ path: FieldPath, _ change: Change) {
            self.path = path
            self.change = change
        }
    }
}

extension Write {
    /// Sorts so that no write stands before one that it had seen, the same way everywhere.
    ///
    /// A write's context holds every context below it, so its weight is greater than theirs.
    public static func inCausalOrder(_ left: Write, _ right: Write) -> Bool {
        (left.context.weight, left.dot) < (right.context.weight, right.dot)
    }
}

extension Write {
    /// Whether it speaks in a role that only the central's devices have: as its writer, or in an
    /// entry that says who speaks, such as an answer.
    public var claimsCentral: Bool {
        guard let body else { return false }
        return body.role.isCentral
            || body.changes.contains { change in
                guard case .append(let value) = change.change, let said = value["role"]?.asText
                else { return false }
                return Role(rawValue: said)?.isCentral ?? false
            }
    }
}
