public import SlussCore

/// A field that holds several values until a person has chosen.
public struct Conflict: Hashable, Sendable {
    /// The record.
    public let record: RecordID
    /// The field.
    public let path: FieldPath
    /// The values, in the order of their bytes.
    public let alternatives: [Alternative]

    /// A short name for commands, the same in every store: eight letters and digits drawn from
    /// the record and the field.
    public var id: String { Self.id(record, path) }

    /// The name of a conflict of that field.
    package static func id(_ record: RecordID, _ path: FieldPath) -> String {
        // FNV-1a, 64 bits (Fowler, Noll, Vo): a name to type, not a protection.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in record.bytes + Array(path.description.utf8) {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        // Letters and digits that are not mistaken for each other (Crockford's base 32).
        let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")
        return String((0..<8).map { letters[Int(hash >> (UInt64($0) * 5) & 31)] })
    }
}

extension RecordState {
    /// The definition of the record's kind, or `nil` if this release does not know it.
    public var definition: KindDefinition? { KindDefinition.all[kind] }

    /// The fields that have been written, sorted.
    public var paths: [FieldPath] { Set(fields.keys.map(\.path)).sorted() }

    /// Every conflict of the record, by field.
    public var conflicts: [Conflict] {
        guard let definition else { return [] }
        // A field has one value nearly always, and then there is nothing to judge.
        let doubtful = fields.filter { $0.value.mayConflict }.keys
        let reopened = reopenings
        return Set(doubtful.map(\.path)).union(reopened.keys).sorted().compactMap { path in
            guard let policy = definition[path]?.policy else { return nil }
            let alternatives =
                reopened[path].map(alternatives) ?? policy.judge(path, in: self).conflicting
            guard !alternatives.isEmpty else { return nil }
            return Conflict(record: record, path: path, alternatives: alternatives)
        }
    }

    /// Whether the record holds something that this release does not know: a kind, a field, or a
    /// member of a write.
    ///
    /// All of it is in the log and is passed on.
    public var holdsUnknown: Bool {
        // No kind: none of its writes counts.
        guard let definition else { return !kind.string.isEmpty }
        return needsNewerRelease
            || fields.contains { key, state in
                guard let field = definition[key.path] else { return true }
                return !state.values.allSatisfy(field.content.admits)
            }
    }

    /// The field's value, or the first of several; for lists, where a mark says that there are
    /// several.
    public func value(_ path: FieldPath) -> FieldValue? {
        guard let policy = definition?[path]?.policy else { return nil }
        // One value, as nearly always: every policy of a register says the same.
        if case .register(let siblings, _) = self[path, .register], siblings.count == 1,
            policy.isOfRegisters
        {
            return siblings[0].value
        }
        switch policy.judge(path, in: self) {
        case .settled(let alternative, _): return alternative.value
        case .conflict(let alternatives, _): return alternatives.first?.value
        default: return nil
        }
    }

    /// What the field's policy makes of it; `nil` if this release does not know the field.
    public func judgement(of path: FieldPath) -> Judgement? {
        definition?[path]?.policy.judge(path, in: self)
    }

    /// The field's text, as ``value(_:)``.
    public func text(_ path: FieldPath) -> String? { value(path)?.asText }

    /// The elements of a set.
    public func set(_ path: FieldPath) -> [String] {
        if case .set(let texts) = Policy.union.judge(path, in: self) {
            texts.map(\.string)
        } else {
            []
        }
    }

    /// The entries of a list, by causality.
    public func entries(_ path: FieldPath) -> [Entry] {
        if case .list(let entries) = Policy.append.judge(path, in: self) { entries } else { [] }
    }

    /// The texts that can be searched for, every concurrent value included.
    public var searchText: String {
        guard let definition else { return "" }
        let searched = fields.filter { key, _ in
            guard let field = definition[key.path], field.isSearched else { return false }
            return key.family == (field.policy == .append ? .entries : .register)
        }
        return searched.sorted { $0.key < $1.key }.flatMap { _, state -> [String] in
            switch state {
            case .register(let siblings, _): siblings.compactMap(\.value.asText)
            case .entries(let entries):
                entries.compactMap { $0.value.asText ?? $0.value["text"]?.asText }
            default: []
            }
        }.joined(separator: "\n")
    }
}

extension StateEditor {
    /// The conflicts of the changed fields.
    package var conflicts: [Conflict] {
        parts.contains { $0.now.mayConflict } ? changes.conflicts : []
    }

    /// Whether what has been changed, or was marked so before, is unknown to this release.
    package var holdsUnknown: Bool {
        guard let definition = KindDefinition.all[kind] else { return true }
        return needsNewerRelease
            || parts.contains { part in
                guard let field = definition[part.key.path] else { return true }
                return !part.now.values.allSatisfy(field.content.admits)
            }
    }
}

extension FieldState {
    /// Whether a policy can find more than one value in it.
    fileprivate var mayConflict: Bool {
        switch self {
        case .register(let siblings, _): siblings.count > 1
        case .own(let registers): registers.contains { $0.value.count > 1 }
        case .elements, .total, .entries: false
        }
    }
}
