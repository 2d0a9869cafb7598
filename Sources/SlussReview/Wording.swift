import SlussCore
import SlussDomain

/// Says things in one language.
struct Wording {
    let language: Language

    /// The text of the two that is in the language.
    func callAsFunction(_ swedish: String, _ english: String) -> String {
        Phrase(swedish, english)(language)
    }

    /// A number and what it counts.
    func count(_ number: Int, _ one: Phrase, _ several: Phrase) -> String {
        "\(number) " + (number == 1 ? one : several)(language)
    }

    func ideas(_ number: Int) -> String {
        count(number, Phrase("idé", "idea"), Phrase("idéer", "ideas"))
    }

    func units(_ number: Int) -> String {
        count(number, Phrase("enhet", "unit"), Phrase("enheter", "units"))
    }

    func days(_ number: Int) -> String {
        count(number, Phrase("dag", "day"), Phrase("dagar", "days"))
    }

    /// How many days are left, in words that need no colour.
    func daysLeft(_ number: Int) -> String {
        number < 0
            ? self("FÖRSENAD ", "OVERDUE ") + days(-number)
            : number == 0 ? self("i dag", "today") : days(number)
    }

    /// What an age of a bundle is called.
    func age(_ age: KPIBundleAge) -> String {
        guard let days = age.days else {
            return self("LARM: inget har kommit", "ALARM: nothing has come")
        }
        switch age.level {
        case .fresh: return self.days(days)
        case .warning: return self("VARNING: ", "WARNING: ") + self.days(days)
        case .alarm: return self("LARM: ", "ALARM: ") + self.days(days)
        }
    }

    func status(_ word: String) -> String { Idea.name(ofStatus: word)(language) }

    func role(_ role: Role?) -> String { role?.phrase(language) ?? "–" }

    /// Names in a row, or that there are none.
    func list(_ names: [String]) -> String {
        names.isEmpty ? self("inga", "none") : names.joined(separator: ", ")
    }
}
