public import SlussDomain

/// Where something stands that looks like a personal number, in what a bundle brings or takes away.
///
/// Never the digits, so that it can be shown and logged.
public struct PersonalNumberReport: Sendable {
    /// A field of a record.
    public struct Sighting: Hashable, Sendable {
        /// The record's number, or its id if it has none; a text from outside.
        public let record: String
        /// The field's stored name, with `*` for what names an entry; `author` and `reason` are the
        /// write's own, and `other` is a field that this release does not know.
        public let field: String
        /// What people call the field.
        public let label: Phrase
        /// How sure it is.
        public let level: PersonalNumberScan.Level
        /// How many there are, in all the writes to the field that the bundle has.
        public let count: Int
    }

    /// What the bundle was.
    enum Act {
        case merge
        case export
    }

    /// The surest first; at most ``PersonalNumberWatch/placesMax``.
    public let sightings: [Sighting]
    private let act: Act

    init(_ sightings: [Sighting] = [], in act: Act) {
        self.sightings = sightings
        self.act = act
    }

    /// Whether a person must look: not for what is merely possible.
    public var wantsLook: Bool { sightings.contains { $0.level >= .likely } }

    /// Sightings that are shown in words; a list that nobody reads to its end says no more.
    private static let shownMax = 20

    /// What a person should know, line by line: where it stands, that nothing was stopped, and what
    /// to do.
    ///
    /// No lines if there is nothing.
    public func lines(_ language: Language) -> [String] {
        guard !sightings.isEmpty else { return [] }
        let shown = sightings.prefix(Self.shownMax).map { sighting in
            "  \(DisplayText.line(sighting.record)), \(sighting.label(language)): "
                + "\(sighting.level.phrase(language)) (\(sighting.count))"
        }
        let rest = sightings.count - shown.count
        let more = Phrase("  … och på \(rest) ställen till", "  … and in \(rest) more places")
        return [head(language)] + shown + (rest > 0 ? [more(language)] : []) + [advice(language)]
    }

    private var head: Phrase {
        switch act {
        case .merge:
            Phrase(
                "[TITTA] Det som kom in har något som ser ut som personnummer:",
                "[LOOK] What came in has something that looks like personal identity numbers:")
        case .export:
            Phrase(
                "[TITTA] Det som skickas har något som ser ut som personnummer:",
                "[LOOK] What is sent has something that looks like personal identity numbers:")
        }
    }

    private var advice: Phrase {
        let edit = Phrase(
            "Ta bort numren ur texterna (”sluss idea edit”, ”sluss meeting edit”)",
            "Take the numbers out of the texts (“sluss idea edit”, “sluss meeting edit”)")
        return switch act {
        case .merge:
            Phrase(
                "Inget har stoppats. \(edit.swedish), och säg till samordnaren: det som redan är skrivet ligger kvar i loggen tills det maskeras.",
                "Nothing was stopped. \(edit.english), and tell the coordinator: what has been written stays in the log until it is masked."
            )
        case .export:
            Phrase(
                "Paketet är gjort ändå. \(edit.swedish), och säg till samordnaren: det som redan är skrivet följer med i paketen tills det maskeras.",
                "The bundle was made all the same. \(edit.english), and tell the coordinator: what has been written goes with the bundles until it is masked."
            )
        }
    }
}
