public import SlussCore

extension Role {
    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .employee: Phrase("medarbetare", "employee")
        case .manager: Phrase("enhetschef", "unit manager")
        case .leader: Phrase("innovationsledare", "innovation leader")
        case .coordinator: Phrase("samordnare", "coordinator")
        }
    }

    /// Reads the stored word or either language's name, without regard to capitals.
    public init?(typed: String) {
        let word = typed.lowercased()
        let match = Self.allCases.first {
            [$0.rawValue, $0.phrase.swedish, $0.phrase.english].contains(word)
        }
        guard let match else { return nil }
        self = match
    }
}
