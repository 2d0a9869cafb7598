package import SlussCore
package import SlussDomain

/// What every view knows: where it is, who is there, which day it is.
package struct Desk: Sendable {
    /// The unit's name; text from outside.
    package var unitName: String
    /// The language of everything that Sluss says.
    package var language: Language
    /// The day.
    package var today: Day
    /// Who is at the keyboard; `nil` is nobody in particular.
    package var person: PersonRow?
    /// What the start screen tells of.
    package var facts = Facts()
    /// Whether lines are read out instead of drawn.
    package var isPlain: Bool
    /// Whether only characters are shown that an old console has.
    package var isASCII = false
    /// After how many seconds without a key the client locks.
    package var lockAfter: Int
    /// Names drafts: different for every run of the program.
    package var session: String
    var draftCount = 0
    /// What was settled last by whoever is here, as long as undoing it is offered.
    var lastSettled: SettledMark?

    /// A desk with nobody at it.
    package init(
        unitName: String, language: Language, today: Day, isPlain: Bool = false,
        isCentral: Bool = false, lockAfter: Int = Self.lockAfterUsual, session: String
    ) {
        self.unitName = unitName
        self.language = language
        self.today = today
        self.isPlain = isPlain
        self.lockAfter = lockAfter
        self.session = session
        facts.isCentral = isCentral
    }

    /// Two minutes: a corridor is a public spot.
    package static let lockAfterUsual = 120
    /// What can be chosen, in seconds.
    package static let lockAfterRange = 60...900
    /// How many seconds before the lock it is said.
    package static let warningSeconds = 30

    /// The texts in the desk's language.
    package var texts: Texts { Texts(language) }

    mutating func newDraftID() -> String {
        draftCount += 1
        return "\(session)-\(draftCount)"
    }

    /// A day as people say it: `16 mars`, with the year if it is another one.
    func spoken(_ day: Day) -> String {
        let date = day.date
        let month = texts.month(date.month)
        let base = language == .swedish ? "\(date.day) \(month)" : "\(date.day) \(month)"
        return date.year == today.date.year ? base : "\(base) \(date.year)"
    }
}
