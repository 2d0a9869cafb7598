package import SlussCore

extension FieldValue {
    /// The value in a line for people, in both languages and safe to show.
    ///
    /// The stored words of a choice are put in the reader's language; a text that someone wrote
    /// stays as it is, also if it is one of those words.
    package func phrase(in content: FieldContent?) -> Phrase {
        switch self {
        case .null: return Phrase("–", "–")
        case .flag(let flag): return flag ? Phrase("ja", "yes") : Phrase("nej", "no")
        case .integer(let number): return Phrase(String(number), String(number))
        case .text(let text):
            return switch content {
            case .choice, .choices: Self.known(text.string) ?? Self.alike(text.string)
            default: Self.alike(text.string)
            }
        case .list(let values):
            return Self.joined(values.map { $0.phrase(in: content) })
        case .structure(let members):
            if let state = members["state"]?.asText {
                let name = Self.known(state) ?? Self.alike(state)
                guard let text = members["text"]?.asText else { return name }
                let rest = " – " + DisplayText.line(text)
                return Phrase(name.swedish + rest, name.english + rest)
            }
            if members["scrypt"] != nil { return Phrase("•••", "•••") }
            return Self.joined(
                members.sorted { $0.key < $1.key }.map { name, value in
                    switch name {
                    case "mode": Self.known(value.asText ?? "") ?? Phrase("–", "–")
                    case "role":
                        Role(rawValue: value.asText ?? "")?.phrase ?? value.phrase(in: nil)
                    default: value.phrase(in: nil)
                    }
                })
        }
    }

    /// The value of a field as people see it, with the words of the record's kind.
    ///
    /// - Parameter dot: The write that gave it.
    package func phrase(of path: FieldPath, in kind: KindDefinition?, by dot: Dot) -> Phrase {
        if Erasure.isOne(path), let note = ErasureNote(self, dot: dot) {
            return note.phrase(in: kind)
        }
        if path == Block.path, let phrase = Block.phrase(of: self) { return phrase }
        return phrase(in: kind?[path]?.content)
    }

    /// What people see of a stored word, if it is one of a choice.
    package static func known(_ word: String) -> Phrase? {
        let phrases: [Phrase?] = [
            IdeaStatus(rawValue: word)?.phrase, MeetingStatus(rawValue: word)?.phrase,
            Category(rawValue: word)?.phrase, ActionStatus(rawValue: word)?.phrase,
            SubmitterMode(rawValue: word)?.phrase, Origin(rawValue: word)?.phrase,
            Beneficiary(rawValue: word)?.phrase, AdoptionStatus(rawValue: word)?.phrase,
            ActivityType(rawValue: word)?.phrase, ExternalKind(rawValue: word)?.phrase,
        ]
        return phrases.compactMap { $0 }.first
    }

    private static func alike(_ text: String) -> Phrase {
        let line = DisplayText.line(text)
        return Phrase(line, line)
    }

    /// Several, with commas between.
    static func joined(_ phrases: [Phrase]) -> Phrase {
        Phrase(
            phrases.map(\.swedish).joined(separator: ", "),
            phrases.map(\.english).joined(separator: ", "))
    }
}
