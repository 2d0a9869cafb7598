public import SlussCore

/// The notes of a meeting as people see them: read from a record's state, never stored.
public struct Meeting: Sendable {
    /// The record's state, without its texts while it is blocked.
    public let state: RecordState

    /// Reads a note; `nil` if the record is another kind.
    ///
    /// - Parameter showsBlocked: Whether for the registrar, who sees what is blocked.
    public init?(_ state: RecordState, showsBlocked: Bool = false) {
        guard state.kind == KindDefinition.meeting.name else { return nil }
        self.state = showsBlocked ? state : state.shown
    }

    /// The number, `<unit code>-APT-<day>`.
    public var number: String? { state.namedNumber }
    /// The unit.
    public var unit: String? { state.namedUnit }
    /// The day of the meeting.
    public var day: String? { state.text("day") }
    /// From when to when.
    public var time: String? { state.text("time") }
    /// How many were there, at each sitting.
    public var present: [Int64] {
        if case .list(let counts) = state.value("present") {
            counts.compactMap(\.asInteger)
        } else {
            []
        }
    }
    /// The stored word of the status.
    public var status: String? { state.value("status")?["state"]?.asText }
    /// The day it was signed off, if it is.
    public var signedDay: String? { state.value("status")?["day"]?.asText }
    /// Who signed it off, as they are named in the note; none in notes that were signed without.
    public var signers: [String] {
        guard case .list(let names) = state.value("status")?["by"] else { return [] }
        return names.compactMap(\.asText)
    }
    /// Whether it takes nothing but additions: it is signed off, or somebody has signed it off while
    /// somebody else did something else with it.
    public var isLocked: Bool {
        func isSigned(_ value: FieldValue) -> Bool {
            value["state"]?.asText == MeetingStatus.signed.rawValue
        }
        let judgement = Policy.keepAll.judge("status", in: state)
        if case .settled(let alternative, _) = judgement { return isSigned(alternative.value) }
        return judgement.conflicting.contains { isSigned($0.value) }
    }
    /// Later additions, oldest first.
    public var addenda: [String] {
        state.entries("addendum").compactMap { $0.value["text"]?.asText }
    }

    /// The kinds of entry that a note has.
    public enum EntryKind: String, CaseIterable, Sendable {
        case item
        case decision
        case action
        case lift
    }

    /// An item, a decision, an action or a lift.
    public struct NoteEntry: Sendable {
        /// The part of the path that names it.
        public let id: String
        /// The agenda item it belongs to.
        public let item: Int64
        /// The field of its text.
        public let textPath: FieldPath
        private let prefix: String
        private let state: RecordState

        init?(_ kind: EntryKind, id: String, in state: RecordState) {
            let prefix = "\(kind.rawValue).\(id)"
            guard let textPath = FieldPath("\(prefix).text"),
                let itemPath = FieldPath("\(prefix).\(kind == .item ? "number" : "item")")
            else { return nil }
            self.id = id
            self.prefix = prefix
            self.state = state
            self.textPath = textPath
            self.item = state.value(itemPath)?.asInteger ?? 0
        }

        /// Every text that stands: several if two people wrote without knowing of each other.
        public var texts: [String] {
            guard let judgement = state.judgement(of: textPath) else { return [] }
            switch judgement {
            case .settled(let alternative, _): return [alternative.value.asText].compactMap { $0 }
            default: return judgement.conflicting.compactMap(\.value.asText)
            }
        }

        /// One of the entry's other fields.
        public func value(_ name: String) -> FieldValue? {
            FieldPath("\(prefix).\(name)").flatMap { state.value($0) }
        }
    }

    /// The entries of one kind, by agenda item.
    public func entries(_ kind: EntryKind) -> [NoteEntry] {
        let ids = state.paths.map(\.parts).filter { $0.count == 3 && $0[0] == kind.rawValue }
            .map { $0[1] }
        return Set(ids).sorted().compactMap { NoteEntry(kind, id: $0, in: state) }
            // What was only proposed, after the note was signed off, is no entry of it.
            .filter { !$0.texts.isEmpty }
            .sorted { ($0.item, $0.id) < ($1.item, $1.id) }
    }

    /// What somebody wrote while somebody else signed the note off: it does not stand in the note,
    /// and is proposed as an addition.
    public struct Proposal: Sendable {
        /// The field.
        public let path: FieldPath
        /// The value.
        public let value: FieldValue
        /// The writes that gave it.
        public let dots: [Dot]

        /// What kind of field it is.
        public var label: Phrase {
            KindDefinition.meeting[path]?.label ?? Phrase(path.description, path.description)
        }

        /// The value as text: a name, a day, a text, counts.
        public var text: String {
            switch value {
            case .text(let text): text.string
            case .list(let values):
                values.compactMap { $0.asText ?? $0.asInteger.map { String($0) } }
                    .joined(separator: "+")
            case .structure(let members):
                members.sorted { $0.key < $1.key }.compactMap(\.value.asText)
                    .joined(separator: ", ")
            case .integer(let number): String(number)
            case .null, .flag: ""
            }
        }
    }

    /// The proposed additions, by field.
    public var proposals: [Proposal] {
        state.paths.flatMap { path in
            guard case .locked? = state.definition?[path]?.policy else { return [Proposal]() }
            return (state.judgement(of: path)?.overruled ?? []).map {
                Proposal(path: path, value: $0.value, dots: $0.dots)
            }
        }
    }

    /// The fields with their values, for a write that closes the note as it stands.
    ///
    /// - Returns: `nil` if a field has several values: nobody can sign both.
    public var standing: [FieldPath: FieldValue]? {
        var values: [FieldPath: FieldValue] = [:]
        for path in state.paths {
            guard case .locked? = state.definition?[path]?.policy,
                let judgement = state.judgement(of: path)
            else { continue }
            guard judgement.conflicting.isEmpty else { return nil }
            if case .settled(let alternative, _) = judgement { values[path] = alternative.value }
        }
        return values
    }

    /// The items of the agenda that have text, in order.
    public var items: [NoteEntry] { entries(.item) }
}
