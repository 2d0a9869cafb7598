import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// What the last key figures are made of: words about answers, ideas taken up, activities.
struct YearShare {
    /// A unit's word on whether the answer to an idea was of help.
    struct Word {
        let idea: Int
        let word: Helpfulness
        let act: Int
    }

    /// What a unit says of another's idea.
    struct Taking {
        let idea: Int
        let unit: Int
        let status: AdoptionStatus
        let act: Int
    }

    /// An activity, by how many were there and how many of them were new.
    struct Occasion {
        let unit: Int
        let inside: Int
        let new: Int?
        let act: Int
    }

    var dice: SplitMix64
    var words: [Word] = []
    var takings: [Taking] = []
    var occasions: [Occasion] = []

    /// A dice of its own, so that the rest of the year goes as it went without this.
    init(seed: UInt64) { dice = SplitMix64(seed: seed) }

    mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &dice) < percent
    }

    /// The rows of the report, from this account and the ledger alone.
    func rows(_ ledger: YearLedger, counted: (Int) -> Bool, isInUse: (Int) -> Bool) -> [String:
        String]
    {
        func come(_ unit: Int, _ act: Int) -> Bool { act <= ledger.units[unit].come }
        let known = words.filter { come(ledger.ideas[$0.idea].unit, $0.act) && counted($0.idea) }
        let last = Dictionary(known.map { ($0.idea, $0.word) }, uniquingKeysWith: { $1 })
        let yes = last.values.count { $0 == .yes }
        let percent = Int((100 * Double(yes) / Double(max(1, last.count))).rounded())
        let used = ledger.ideas.indices.filter { counted($0) && isInUse($0) }
        let taken = Dictionary(
            takings.filter { come($0.unit, $0.act) && used.contains($0.idea) }
                .map { ("\($0.idea) \($0.unit)", $0.status) }, uniquingKeysWith: { $1 }
        ).values.count { $0 == .inUse }
        let there = occasions.filter { come($0.unit, $0.act) }
        let least = there.compactMap(\.new).reduce(0, +)
        let unsaid = there.filter { $0.new == nil }
        let most = least + unsaid.map(\.inside).reduce(0, +)
        return [
            "Idégivarnöjdhet": "\(percent)\u{A0}% (\(yes) av \(last.count))",
            "Spridning": "\(taken) på \(used.count) införda",
            "Informerade internt":
                "\(there.map(\.inside).reduce(0, +)) deltagartillfällen, \(least)–\(most) unika (uppskattat; \(unsaid.count) aktiviteter säger inte hur många som var nya)",
            "Nådda externt": "inga än",
        ]
    }
}

extension Year {
    /// What people at a unit share that day, with each other and with other units.
    func share(_ unit: Int, _ place: OpenUnit, _ day: Day) throws {
        for index in ledger.ideas.indices {
            let idea = ledger.ideas[index]
            let step = idea.steps.last
            if idea.unit == unit {
                let isHere = step.map { $0.byUnit || $0.act <= ledger.units[unit].has } ?? false
                guard isHere, ["in-use", "closed", "redirected"].contains(idea.status),
                    share.chance(12)
                else { continue }
                let word = Helpfulness.allCases.randomElement(using: &share.dice) ?? .yes
                let before = share.words.last { $0.idea == index }?.word
                _ = try place.sayHelpful(idea.number, word)
                // To say the same again writes nothing.
                if word != before {
                    share.words.append(.init(idea: index, word: word, act: ledger.act(of: unit)))
                }
            } else if idea.status == "in-use", share.chance(1) {
                let status = AdoptionStatus.allCases.randomElement(using: &share.dice) ?? .inUse
                _ = try place.adopt(idea.number, AdoptionEntry(status), by: .init())
                share.takings.append(
                    .init(idea: index, unit: unit, status: status, act: ledger.act(of: unit)))
            }
        }
        guard share.chance(9) else { return }
        let inside = Int.random(in: 1...40, using: &share.dice)
        let new = share.chance(60) ? Int.random(in: 0...inside, using: &share.dice) : nil
        var entry = ActivityEntry()
        entry.type = .information
        entry.inside = Attendance(inside, new: new)
        _ = try place.add(entry, by: .init())
        share.occasions.append(
            .init(unit: unit, inside: inside, new: new, act: ledger.act(of: unit)))
    }
}
