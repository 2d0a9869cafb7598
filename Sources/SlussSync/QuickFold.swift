import SlussBundle
import SlussCore
import SlussDomain
import SlussStore

/// The folding of new writes into a record's stored state without reading the rest of it: what
/// nearly all records of a bundle need.
///
/// A pure function of what it is given, so that it can be done on another core (``FoldAhead``).
struct QuickFold {
    /// What is folded.
    struct Input {
        let no: Int64
        /// In causal order; not empty.
        let writes: [Write]
        /// What the record is called, if it has no row yet.
        let place: Ledger.RecordPlace?
        /// The bytes of its stored state; empty for one without a row.
        let state: [UInt8]
        /// How many bytes writes and state have.
        let byteCount: Int
        /// How many of its fields are in conflict.
        let conflictCount: Int64
        /// Who it is likely for.
        let audience: Audience?
        /// What each of its writes had seen, if that has been asked for.
        var history: [Dot: VersionVector]?

        /// The same with what its writes had seen; without that nothing can be said.
        func with(_ history: [Dot: VersionVector]?) -> Self {
            var input = self
            input.history = history
            return input
        }
    }

    /// What came of it.
    enum Outcome {
        case folded(QuickFold)
        /// A writer had not seen all that was here: it must be known what it had seen.
        case needsHistory
        /// It takes all of the record's writes.
        case needsAll
        case damaged
    }

    /// The state after the writes.
    let editor: StateEditor
    /// Its bytes.
    let bytes: [UInt8]
    /// The conflicts of the changed fields.
    let conflicts: [Conflict]
    /// Whether it holds something that this release does not know.
    let holdsUnknown: Bool
    /// Whether someone wrote without knowing of what was here.
    let isParallel: Bool
    /// The new words, to be found by.
    let words: [UInt8]
    /// The changed fields that lists show.
    let listed: Listed
    /// What lists show of those, or of all if the record is new.
    let summary: RecordSummary?

    /// Fields that lists show.
    struct Listed: OptionSet {
        let rawValue: UInt8
        static let status = Self(rawValue: 1)
        static let number = Self(rawValue: 2)
        static let unit = Self(rawValue: 4)
        static let day = Self(rawValue: 8)

        private static let paths: [(path: FieldPath, field: Self)] = [
            ("status", .status), ("number", .number), ("unit", .unit), ("day", .day),
        ]

        /// Those among changed fields.
        static func among(_ parts: [StateEditor.Part]) -> Self {
            var found: Self = []
            for (path, field) in paths where parts.contains(where: { $0.key.path == path }) {
                found.insert(field)
            }
            return found
        }
    }

    /// Folds one record.
    static func fold(_ input: Input) -> Outcome {
        guard let first = input.writes.first else { return .needsAll }
        do throws(StateDecoder.Damaged) {
            var editor =
                if let place = input.place {
                    StateEditor(
                        record: place.record, kind: first.kind, audience: place.audience)
                } else {
                    try StateEditor(input.state, audience: input.audience)
                }
            let old = editor.context
            for write in input.writes {
                guard write.kind == editor.kind, !write.isUnreadable else { return .needsAll }
                if write.context != editor.context {
                    guard let history = input.history else { return .needsHistory }
                    guard ContextCheck.admits(write, after: editor.context, history) else {
                        return .needsAll
                    }
                }
                try editor.apply(write)
            }
            let conflicts = editor.conflicts
            let isWhole = try hangsTogether(editor, isInConflict: !conflicts.isEmpty, input)
            guard input.place != nil || !isWhole else { return .needsAll }
            let holdsUnknown = editor.holdsUnknown
            // Whether that is all of it takes the whole state to say.
            guard input.place != nil || !holdsUnknown else { return .needsAll }
            let listed = Listed.among(editor.parts)
            return .folded(
                QuickFold(
                    editor: editor, bytes: try editor.encoded(), conflicts: conflicts,
                    holdsUnknown: holdsUnknown,
                    isParallel: input.place == nil
                        && input.writes.contains { !$0.context.covers(old) },
                    words: SearchBacklog.words(editor), listed: listed,
                    summary: summary(editor, conflicts, listed, isNew: input.place != nil)))
        } catch { return .damaged }
    }

    private static func summary(
        _ editor: StateEditor, _ conflicts: [Conflict], _ listed: Listed, isNew: Bool
    ) -> RecordSummary? {
        if listed.isEmpty, !isNew { return nil }
        if listed != .status || isNew {
            return RecordSummary(editor.changes, conflicts: conflicts)
        }
        // Nearly always.
        return RecordSummary(
            number: nil, unit: nil, day: nil, status: editor.changes.listedStatus, conflicts: [],
            holdsUnknown: false)
    }

    /// Whether it takes all fields to say which are in conflict: the record is closed, or was, and
    /// then one field decides of the others.
    private static func hangsTogether(
        _ editor: StateEditor, isInConflict: Bool, _ input: Input
    ) throws(StateDecoder.Damaged) -> Bool {
        guard let lock = KindDefinition.all[editor.kind]?.lock else { return false }
        if let part = editor.parts.first(where: { $0.key == lock.key }) {
            return part.before.map(lock.closes) ?? false || lock.closes(part.now)
        }
        guard isInConflict || input.conflictCount > 0 else { return false }
        return try editor.stored(lock.key).map(lock.closes) ?? false
    }
}
