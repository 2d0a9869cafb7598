public import SlussCore

/// The two acts that remove content for good (docs/sync-model.md, "Erasing").
public enum ErasureAct: String, Sendable, CaseIterable {
    /// What should never have been written, or must not be seen any more, is replaced by a note of
    /// that: maskera.
    case mask
    /// The record's time is over, by the rules of its board: gallra.
    case dispose

    /// What people see.
    public var label: Phrase {
        switch self {
        case .mask: Phrase("maskat", "masked")
        case .dispose: Phrase("gallrat", "disposed of")
        }
    }
}

/// Why content is masked.
public enum ErasureReason: String, Sendable, CaseIterable {
    /// It tells of somebody whom it should not tell of.
    case personalData
    /// The law keeps it secret.
    case secrecy
    /// It is at the wrong place, or should not have been written.
    case mistake
    /// The time for which it was to be kept is over.
    case retention

    /// What people see.
    public var label: Phrase {
        switch self {
        case .personalData: Phrase("personuppgift", "personal data")
        case .secrecy: Phrase("sekretess", "secrecy")
        case .mistake: Phrase("hör inte hit", "does not belong here")
        case .retention: Phrase("gallringsfrist", "retention period")
        }
    }
}

/// One erasing of a record, as the record itself says.
public struct ErasureNote: Hashable, Sendable {
    /// The write.
    public let dot: Dot
    /// What was done.
    public let act: ErasureAct
    /// Why.
    public let reason: ErasureReason
    /// The decision by which it was done; text from outside.
    public let decision: String
    /// The day.
    public let day: String
    /// The fields, by path; `nil` for all content.
    public let fields: [FieldPath]?

    /// Reads a value; `nil` if it is none that this release knows.
    init?(_ sibling: Sibling) { self.init(sibling.value, dot: sibling.dot) }

    /// Reads what a write has said; `nil` if it is none that this release knows.
    init?(_ value: FieldValue, dot: Dot) {
        guard let act = value["act"]?.asText.flatMap({ ErasureAct(rawValue: $0) }),
            let reason = value["reason"]?.asText.flatMap({ ErasureReason(rawValue: $0) })
        else { return nil }
        self.dot = dot
        self.act = act
        self.reason = reason
        decision = value["decision"]?.asText ?? ""
        day = value["day"]?.asText ?? ""
        fields = Erasure.fields(value)?.filter { path in
            !["reopening", "deferral"].contains(path.parts.first)
        }.sorted()
    }

    /// The fields that may hold what a field held: the values of a conflict that was opened again, and
    /// why it was put off.
    public static func beside(_ path: FieldPath, of record: RecordID) -> [FieldPath] {
        let id = Conflict.id(record, path)
        return [Reopening.path(id), FieldPath("deferral.\(id)")].compactMap { $0 }
    }

    /// What is written.
    public static func value(
        _ act: ErasureAct, _ reason: ErasureReason, decision: String, day: Day,
        fields: Set<FieldPath>?
    ) -> FieldValue {
        Erasure.value(
            fields: fields,
            details: [
                "act": .text(act.rawValue), "reason": .text(reason.rawValue),
                "decision": .text(decision), "day": .text(day.description),
            ])
    }

    /// What stands where the content was: the same for everybody, so in Swedish.
    public static func marker(
        _ act: ErasureAct, _ reason: ErasureReason, day: Day, role: Role
    ) -> String {
        "[\(act.label.swedish): \(reason.label.swedish), \(day), \(role.phrase(.swedish))]"
    }
}

extension ErasureNote {
    /// What was erased, in the words for a kind's fields; text from outside is cleaned.
    public func extent(in kind: KindDefinition?) -> Phrase {
        guard let fields else { return Phrase("allt innehåll", "all content") }
        return FieldValue.joined(
            fields.map { path in
                let name = DisplayText.line(path.description)
                guard let field = kind?[path] else { return Phrase(name, name) }
                // Of several, such as a note's items, the label does not say which.
                let which = field.pattern.contains("*") ? " (\(name))" : ""
                return Phrase(field.label.swedish + which, field.label.english + which)
            })
    }

    /// All of it on a line.
    func phrase(in kind: KindDefinition?) -> Phrase {
        let (extent, what) = (extent(in: kind), DisplayText.line(decision))
        return Phrase(
            "\(act.label.swedish): \(extent.swedish) – \(reason.label.swedish), beslut \(what)",
            "\(act.label.english): \(extent.english) – \(reason.label.english), decision \(what)")
    }
}

extension ErasureNote {
    /// What a write says that it erases.
    public static func notes(_ write: Write) -> [ErasureNote] {
        (write.body?.changes ?? []).compactMap { change in
            guard Erasure.isOne(change.path), case .fix(let value) = change.change else {
                return nil
            }
            return ErasureNote(value, dot: write.dot)
        }
    }
}

extension RecordState {
    /// What has been erased of the record, oldest first.
    public var erasures: [ErasureNote] {
        paths.filter { Erasure.isOne($0) }.flatMap { siblings($0).compactMap { ErasureNote($0) } }
            .sorted { ($0.day, $0.dot) < ($1.day, $1.dot) }
    }
}
