import SlussCore
import SlussDomain

/// What a text that has just been written says of persons.
enum NumberCheck {
    /// Nothing to ask about.
    case clean
    /// A number that is surely or likely a person's; the text without its digits, and where the
    /// cursor is to stand.
    case stop(masked: String, cursor: Int)
    /// Ten digits that may be one: the text without them, and whether they look like something
    /// else.
    case ask(masked: String, isProbablyOther: Bool)

    /// Looks through a text.
    static func of(_ text: String, today: Day) -> Self {
        let findings = PersonalNumberScan.findings(in: text, today: today)
        guard let surest = findings.map(\.level).max() else { return .clean }
        if surest >= .likely {
            let masked = PersonalNumberScan.masked(text, today: today) { $0.level >= .likely }
            return .stop(masked: masked, cursor: cursor(in: masked))
        }
        return .ask(
            masked: PersonalNumberScan.masked(text, today: today) { _ in true },
            isProbablyOther: findings.allSatisfy(\.isProbablyOther))
    }

    /// The place behind the first number that was taken out, so that Backspace takes the mark.
    static func cursor(in masked: String) -> Int {
        let characters = Array(masked)
        let mask = Array(PersonalNumberScan.mask)
        let first = characters.indices.first { characters[$0...].starts(with: mask) }
        return first.map { $0 + mask.count } ?? characters.count
    }
}
