/// A language that Sluss speaks.
public enum Language: String, Sendable, CaseIterable {
    case swedish = "sv"
    case english = "en"
}

/// A text for people, in every language that Sluss speaks.
///
/// Both are arguments of the only initialiser, so a missing translation does not compile.
public struct Phrase: Hashable, Sendable {
    /// The Swedish text; written first.
    public let swedish: String
    /// The English text.
    public let english: String

    /// Pairs the texts.
    public init(_ swedish: String, _ english: String) {
        self.swedish = swedish
        self.english = english
    }

    /// The text in `language`.
    public func callAsFunction(_ language: Language) -> String {
        switch language {
        case .swedish: swedish
        case .english: english
        }
    }
}

/// A named choice: the word that is stored, and what people see.
public protocol NamedChoice: RawRepresentable, CaseIterable, Hashable, Sendable
where RawValue == String {
    /// What people see.
    var phrase: Phrase { get }
}

extension NamedChoice {
    /// Reads the stored word or either language's name, without regard to capitals.
    public init?(typed: String) {
        let word = typed.lowercased()
        let match = Self.allCases.first {
            [$0.rawValue, $0.phrase.swedish.lowercased(), $0.phrase.english.lowercased()]
                .contains { Array($0.utf8) == Array(word.utf8) }
        }
        guard let match else { return nil }
        self = match
    }

    /// The names to choose from, joined for a message.
    public static func names(_ language: Language) -> String {
        allCases.map { $0.phrase(language).lowercased() }.joined(separator: ", ")
    }
}
