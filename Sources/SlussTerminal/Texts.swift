package import SlussDomain

/// The client's texts in one language.
package struct Texts: Sendable {
    /// The language.
    package let language: Language

    /// The texts of a language.
    package init(_ language: Language) { self.language = language }

    /// A text, with `{name}` filled in for each name.
    package func callAsFunction(_ key: TextKey, _ values: [String: String] = [:]) -> String {
        var text =
            switch language {
            case .swedish: key.swedish
            case .english: key.english
            }
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    /// One text for one, another for any other number.
    package func count(_ number: Int, _ one: TextKey, _ many: TextKey) -> String {
        self(number == 1 ? one : many, ["number": String(number)])
    }

    /// A month's name.
    func month(_ number: Int) -> String {
        let names =
            switch language {
            case .swedish:
                [
                    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
                    "september", "oktober", "november", "december",
                ]
            case .english:
                [
                    "January", "February", "March", "April", "May", "June", "July", "August",
                    "September", "October", "November", "December",
                ]
            }
        return names.indices.contains(number - 1) ? names[number - 1] : String(number)
    }
}
