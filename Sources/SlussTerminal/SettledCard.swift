package import SlussDomain

/// One resolution, and what people know it by.
package struct SettledMark: Hashable, Sendable {
    /// The conflict's ``ConflictRow/reference``.
    package var reference: String
    /// The write that settles: what is taken back is what the person has seen.
    package var resolution: String
    /// Which field of which record.
    package var place: ConflictRow

    /// A resolution.
    package init(reference: String, resolution: String, place: ConflictRow) {
        self.reference = reference
        self.resolution = resolution
        self.place = place
    }
}

/// A settled conflict in a list.
package struct SettledRow: Hashable, Sendable {
    /// The resolution.
    package var mark: SettledMark
    /// The beginning of what was chosen, in one line.
    package var chosen: Phrase
    /// The day.
    package var day: String

    /// How many scalars are shown of what was chosen.
    static let chosenMax = 60

    /// A row.
    package init(mark: SettledMark, chosen: Phrase, day: String) {
        self.mark = mark
        self.chosen = Phrase(
            chosen.swedish.replacing("\n", with: " ").beginning(Self.chosenMax),
            chosen.english.replacing("\n", with: " ").beginning(Self.chosenMax))
        self.day = day.beginning(ConflictRow.nameMax)
    }
}

/// A settled conflict as a page shows it: the values that were there, and what was chosen.
package struct SettledCard: Hashable, Sendable {
    /// The resolution.
    package var mark: SettledMark
    /// The values.
    package var conflict: ConflictCard
    /// What was chosen, by lines.
    package var chosen: [Phrase]
    /// Who: the role, and the name if it was said.
    package var who: Phrase
    /// The day.
    package var day: String
    /// Why; empty if nobody has said.
    package var reason: String

    /// A card.
    ///
    /// - Parameter chosen: What was chosen, and by whom.
    package init(
        mark: SettledMark, conflict: ConflictCard, chosen: ConflictCard.Given,
        content: FieldContent?, reason: String?
    ) {
        self.mark = mark
        let value = ConflictCard.shown(chosen, content)
        self.conflict = conflict
        self.conflict.isCut = conflict.isCut || value.isCut
        self.chosen = value.card.lines
        who = value.card.who
        day = value.card.day
        self.reason = (reason ?? "").beginning(ConflictPageView.reasonMax)
    }
}
