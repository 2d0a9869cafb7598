import Glibc
package import SlussDomain

/// The language of this process, and the way to say something in it.
///
/// Foundation on Linux ignores LANG and the like, so the choice is made here: `--lang`, then
/// SLUSS_LANG, LANGUAGE, LC_ALL, LC_MESSAGES, LANG. Swedish comes first: only a locale that names
/// another language gives English.
package enum Speech {
    package static let language: Language = choose(
        arguments: CommandLine.arguments,
        environment: { name in getenv(name).map { String(cString: $0) } })

    package static func choose(
        arguments: [String], environment: (String) -> String?
    ) -> Language {
        for (index, argument) in arguments.enumerated() {
            if argument == "--lang", index + 1 < arguments.count {
                return Language(rawValue: arguments[index + 1]) ?? .swedish
            }
            if argument.hasPrefix("--lang=") {
                return Language(rawValue: String(argument.dropFirst(7))) ?? .swedish
            }
        }
        for name in ["SLUSS_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"] {
            guard let value = environment(name)?.lowercased(), !value.isEmpty else { continue }
            if value.hasPrefix("sv") { return .swedish }
            if value == "c" || value == "posix" || value.hasPrefix("c.") { continue }
            return .english
        }
        return .swedish
    }
}

/// The text of the two that is in this process's language.
package func say(_ swedish: String, _ english: String) -> String {
    Phrase(swedish, english)(Speech.language)
}

extension Phrase {
    /// The text in this process's language.
    package var said: String { self(Speech.language) }
}

/// A number and what it counts, in the right form.
package func count(_ number: some BinaryInteger, _ one: Phrase, _ several: Phrase) -> String {
    "\(number) " + (number == 1 ? one : several).said
}

/// `1 skrivning`, `2 skrivningar`.
package func inWrites(_ number: some BinaryInteger) -> String {
    count(number, Phrase("skrivning", "write"), Phrase("skrivningar", "writes"))
}

/// `1 post`, `2 poster`.
package func inRecords(_ number: some BinaryInteger) -> String {
    count(number, Phrase("post", "record"), Phrase("poster", "records"))
}
