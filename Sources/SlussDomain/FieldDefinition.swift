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
        self.policy = policy
        self.content = content
        self.label = label
        self.privacy = privacy
        self.isSearched = isSearched
    }

    func matches(_ parts: [String]) -> Bool {
        parts.count == pattern.count
            && zip(pattern, parts).allSatisfy { $0 == "*" || $0 == $1 }
    }
}

/// A kind of record: its fields, by path.
public struct KindDefinition: Sendable {
    /// The word that is stored.
    public let name: Text
    /// What people see.
    public let label: Phrase
    private let exact: [FieldPath: FieldDefinition]
    private let patterns: [FieldDefinition]

    init(name: Text, label: Phrase, fields: [FieldDefinition]) {
        self.name = name
        self.label = label
        self.exact = Dictionary(
            uniqueKeysWithValues: fields.filter { !$0.pattern.contains("*") }
                .map { (FieldPath(stringLiteral: $0.pattern.joined(separator: ".")), $0) })
        self.patterns = fields.filter { $0.pattern.contains("*") }
    }

    /// The definition of a field, or `nil` if this release does not know it.
    public subscript(path: FieldPath) -> FieldDefinition? {
        if let definition = exact[path] { return definition }
        let parts = path.parts
        return patterns.first { $0.matches(parts) }
    }

    /// Every kind that this release knows.
    public static let all: [Text: KindDefinition] = [
        idea.name: idea, meeting.name: meeting,
    ]
}
