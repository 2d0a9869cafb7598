public import SlussCore

/// The hiding of a record's texts while a decision is awaited: spärra.
///
/// An entry of the record, so it travels, nobody can replace it, and what it hides is a function of
/// the set of writes. Every block has a name; it stands until the central has released that name. So
/// a block that somebody has set meanwhile, without knowing of a release, still stands.
public struct Block: Hashable, Sendable {
    /// The field.
    public static let path: FieldPath = "blocked"
    /// What stands where a text is hidden: the same for everybody.
    public static let marker = "[spärrad / blocked]"

    /// Its name: random digits.
    public let id: String
    /// The decision by which it was done; text from outside.
    public let decision: String
    /// The day.
    public let day: String
    /// In what role.
    public let role: Role

    /// What is written to block a record.
    public static func entry(id: String, decision: String, day: Day, role: Role) -> FieldValue {
        .structure([
            "block": .text(id), "decision": .text(decision), "day": .text(day.description),
            "role": .text(role.rawValue),
        ])
    }

    /// What is written to release blocks.
    public static func release(_ blocks: [Block], day: Day, role: Role) -> FieldValue {
        .structure([
            "release": .list(blocks.map { .text($0.id) }), "day": .text(day.description),
            "role": .text(role.rawValue),
        ])
    }

    /// What an entry says, on a line; `nil` if it is none that this release knows.
    static func phrase(of entry: FieldValue) -> Phrase? {
        guard let role = entry["role"]?.asText.flatMap({ Role(rawValue: $0) })?.phrase else {
            return nil
        }
        if entry["release"] != nil {
            return Phrase("hävd, \(role.swedish)", "released, \(role.english)")
        }
        let decision = DisplayText.line(entry["decision"]?.asText ?? "")
        return Phrase(
            "beslut \(decision), \(role.swedish)", "decision \(decision), \(role.english)")
    }

    fileprivate static func released(_ entry: Entry) -> [String] {
        guard role(entry) != nil, case .list(let ids)? = entry.value["release"] else { return [] }
        return ids.compactMap(\.asText)
    }

    /// The role of an entry, if it is one of the central's: others neither block nor release.
    ///
    /// That only the central's devices say so is looked at when a bundle is merged.
    fileprivate static func role(_ entry: Entry) -> Role? {
        entry.value["role"]?.asText.flatMap { Role(rawValue: $0) }.flatMap {
            $0.isCentral ? $0 : nil
        }
    }

    fileprivate init?(_ entry: Entry) {
        guard let role = Self.role(entry), let id = entry.value["block"]?.asText else { return nil }
        self.id = id
        self.role = role
        decision = entry.value["decision"]?.asText ?? ""
        day = entry.value["day"]?.asText ?? ""
    }
}

extension RecordState {
    /// The blocks that stand, oldest first.
    public var blocks: [Block] {
        guard case .entries(let entries)? = self[Block.path, .entries] else { return [] }
        let released = Set(entries.flatMap(Block.released))
        return entries.compactMap { Block($0) }.filter { !released.contains($0.id) }
    }

    /// Whether nobody but the registrar is to see the record's texts.
    public var isBlocked: Bool { !blocks.isEmpty }

    /// The record as it is shown: without its texts while it is blocked.
    ///
    /// Never written from: what it says is not what was said.
    public var shown: RecordState { isBlocked ? hidden : self }

    /// The record with the texts hidden, and all that can be counted.
    public var hidden: RecordState {
        let definition = definition
        var fields: [FieldKey: FieldState] = [:]
        for (key, state) in self.fields {
            guard let field = definition?[key.path] else { continue }
            fields[key] = state.mapped { field.hidden($0, at: key.path) }
        }
        return RecordState(
            record: record, kind: kind, audience: audience, context: context, fields: fields,
            needsNewerRelease: needsNewerRelease)
    }
}

extension Write.Body {
    /// The body as it is shown while its record is blocked: without texts and names.
    public func hidden(_ kind: Text) -> Write.Body {
        var body = self
        body.author = nil
        body.reason = nil
        body.writer = nil
        body.changes = changes.map { change in
            KindDefinition.all[kind]?.hidden(change)
                ?? .init(change.path, .set(.text(Block.marker)))
        }
        return body
    }
}

extension KindDefinition {
    /// A change as it is shown while its record is blocked.
    public func hidden(_ change: Write.FieldChange) -> Write.FieldChange {
        let value = { (value: FieldValue) in
            self[change.path]?.hidden(value, at: change.path) ?? .text(Block.marker)
        }
        let hidden: Change =
            switch change.change {
            case .set(let new): .set(value(new))
            case .settle(let new): .settle(value(new))
            case .fix(let new): .fix(value(new))
            case .own(let new): .own(value(new))
            case .append(let new): .append(value(new))
            case .add, .remove, .plus: change.change
            }
        return .init(change.path, hidden)
    }
}

extension FieldDefinition {
    /// The members of structures that are no texts of people.
    private static let members: Set<String> = [
        "state", "day", "role", "reason", "mode", "whole", "open", "values", "block", "release",
        "decision", "act", "masked", "fields", "field", "settled", StatusPart.until.rawValue,
        StatusPart.target.rawValue,
    ]

    /// A value as it is shown while its record is blocked.
    public func hidden(_ value: FieldValue, at path: FieldPath) -> FieldValue {
        let marker = FieldValue.text(Block.marker)
        switch content {
        case .choice, .choices, .number, .day, .flag: return content.admits(value) ? value : marker
        case .text where ["number", "unit", "meeting"].contains(path): return value
        case .text, .structure:
            guard case .structure(let members) = value else { return marker }
            // An entry of a list: its text is hidden, its day and its role are not.
            return .structure(
                Dictionary(
                    uniqueKeysWithValues: members.compactMap { key, member in
                        if key == "text" { return (key, marker) }
                        guard Self.members.contains(key) || member.isCount else { return nil }
                        if case .list = member, key == "values" { return nil }
                        return (key, member)
                    }))
        }
    }
}

extension FieldValue {
    fileprivate var isCount: Bool {
        switch self {
        case .integer, .flag, .null: true
        case .text, .list, .structure: false
        }
    }
}

extension FieldState {
    /// The same with other values.
    fileprivate func mapped(_ transform: (FieldValue) -> FieldValue) -> FieldState {
        func siblings(_ list: [Sibling]) -> [Sibling] {
            list.map { Sibling(dot: $0.dot, role: $0.role, value: transform($0.value)) }
        }
        return switch self {
        case .register(let list, let firsts): .register(siblings: siblings(list), firsts: firsts)
        case .own(let registers): .own(registers.mapValues(siblings))
        case .elements, .total: self
        case .entries(let entries):
            .entries(
                entries.map { Entry(dot: $0.dot, weight: $0.weight, value: transform($0.value)) })
        }
    }
}
