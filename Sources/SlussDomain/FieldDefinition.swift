public import SlussCore

/// Whether a field may hold personal data.
public enum PrivacyClass: Sendable {
    case personal
    case neutral
}

/// What a field holds, and how much of it a person may enter.
public enum FieldContent: Sendable {
    /// A text of at least `min` and at most `max` Unicode scalars.
    case text(min: Int, max: Int)
    /// One of these words.
    case choice([String])
    /// A set of these words.
    case choices([String])
    /// A whole number.
    case number(ClosedRange<Int64>)
    /// A calendar day.
    case day
    /// Yes or no.
    case flag
    /// Values that belong together; the use case that makes it checks it.
    case structure
}

/// What Sluss knows of a field: declared once, used at entry, at judging, in every list.
public struct FieldDefinition: Sendable {
    /// The path; a part `*` stands for any one part, such as the id of a meeting's item.
    public let pattern: [String]
    private let patternBytes: [[UInt8]]
    /// How concurrent values are judged.
    public let policy: Policy
    /// Whether it may hold personal data.
    public let privacy: PrivacyClass
    /// What it holds.
    public let content: FieldContent
    /// What people see.
    public let label: Phrase
    /// Whether its text can be searched for.
    public let isSearched: Bool

    init(
        _ pattern: String, _ policy: Policy, _ content: FieldContent, _ label: Phrase,
        privacy: PrivacyClass = .neutral, isSearched: Bool = false
    ) {
        self.pattern = pattern.split(separator: ".").map(String.init)
        self.patternBytes = self.pattern.map { Array($0.utf8) }
        self.policy = policy
        self.content = content
        self.label = label
        self.privacy = privacy
        self.isSearched = isSearched
    }

    /// Whether the path has as many parts, and each is the pattern's where that is not `*`.
    ///
    /// Asked for every field of a meeting at every fold: without a list of parts.
    func matches(_ path: FieldPath) -> Bool {
        var rest = path.utf8[...]
        for (index, part) in patternBytes.enumerated() {
            let end = rest.firstIndex(of: UInt8(ascii: ".")) ?? rest.endIndex
            let isLast = index == patternBytes.count - 1
            guard isLast == (end == rest.endIndex),
                part == [UInt8(ascii: "*")] || rest[..<end].elementsEqual(part)
            else { return false }
            rest = isLast ? rest[end...] : rest[rest.index(after: end)...]
        }
        return true
    }
}

/// A kind of record: its fields, by path.
public struct KindDefinition: Sendable {
    /// The word that is stored.
    public let name: Text
    /// What people see.
    public let label: Phrase
    /// How a record of it is closed, if it can be: then whether a field is in conflict depends on
    /// another field.
    public let lock: Lock?
    private let exact: [FieldPath: FieldDefinition]
    private let patterns: [FieldDefinition]

    init(name: Text, label: Phrase, fields: [FieldDefinition]) {
        self.name = name
        self.label = label
        self.lock =
            fields.lazy.compactMap { field in
                if case .locked(_, let lock) = field.policy { lock } else { nil }
            }.first
        self.exact = Dictionary(
            uniqueKeysWithValues: fields.filter { !$0.pattern.contains("*") }
                .map { (FieldPath(stringLiteral: $0.pattern.joined(separator: ".")), $0) })
        self.patterns = fields.filter { $0.pattern.contains("*") }
    }

    /// The definition of a field, or `nil` if this release does not know it.
    public subscript(path: FieldPath) -> FieldDefinition? {
        if let definition = exact[path] { return definition }
        return patterns.first { $0.matches(path) }
    }

    /// Every kind that this release knows.
    public static let all: [Text: KindDefinition] = [
        idea.name: idea, meeting.name: meeting, unit.name: unit,
        adoption.name: adoption, activity.name: activity,
    ]
}
