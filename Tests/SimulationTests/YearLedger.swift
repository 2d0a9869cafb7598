import SlussCore

/// What the script of a year has made people do, as whoever was there would have noted it: the
/// other account, to which no part of Sluss has added anything.
struct YearLedger {
    /// An idea.
    struct Idea {
        let number: String
        let unit: Int
        let day: Day
        /// Which of its unit's acts it was, from 1.
        let act: Int
        /// The need, as it was written at first.
        let problem: String
        var answers: [(given: Day, act: Int)] = []
        var steps: [Step] = []
        /// The last status.
        var status = "submitted"
        /// Whether the unit is to take the next step.
        var isAtUnit = true
    }

    /// A status that was set.
    struct Step {
        let word: String
        let day: Day
        /// Which act it was, of the unit's or of the central's for that unit.
        let act: Int
        let byUnit: Bool
    }

    /// Something that a meeting has asked for.
    struct Action {
        let unit: Int
        /// The note's number.
        let note: String
        let act: Int
        let due: Day
        var done: (day: Day, act: Int)?
    }

    /// A bundle that was made.
    struct Parcel {
        let unit: Int
        let number: UInt64
        /// The unit's acts that it tells of.
        let acts: Int
        /// The central's acts that the unit had seen by then.
        let seen: Int
    }

    /// A unit, as the ledger knows it.
    struct Unit {
        let code: String
        let name: String
        let administration: String
        let headcount: Int
        /// What it has done so far.
        var acts = 0
        /// What the central has done for it so far.
        var feed = 0
        /// What of that it has got.
        var has = 0
        /// What of its own acts has come to the central.
        var come = 0
        /// What the central knows it to have, and since when.
        var known: [(acts: Int, day: Day)] = []
        /// Its newest bundle at the central.
        var newest: (number: UInt64, day: Day)?
        /// Whether it has written for the last time.
        var isSilent = false

        /// The day since which the central knows it to have one of its acts.
        func visible(_ act: Int) -> Day? { known.first { $0.acts >= act }?.day }
    }

    var units: [Unit]
    var ideas: [Idea] = []
    var actions: [Action] = []

    /// Notes that a bundle has gone in on a day.
    mutating func note(_ parcel: Parcel, on day: Day) {
        var unit = units[parcel.unit]
        unit.come = max(unit.come, parcel.acts)
        if parcel.seen > unit.known.last?.acts ?? 0 { unit.known.append((parcel.seen, day)) }
        // The same file once more is no news.
        if parcel.number > unit.newest?.number ?? 0 { unit.newest = (parcel.number, day) }
        units[parcel.unit] = unit
    }

    /// Notes something that a unit does, and says the how many-th act of its that is.
    mutating func act(of unit: Int) -> Int {
        units[unit].acts += 1
        return units[unit].acts
    }

    /// Notes something that the central does for a unit.
    mutating func act(for unit: Int) -> Int {
        units[unit].feed += 1
        return units[unit].feed
    }

    /// Notes a status.
    mutating func step(_ idea: Int, _ word: String, _ day: Day, _ act: Int, byUnit: Bool) {
        ideas[idea].steps.append(Step(word: word, day: day, act: act, byUnit: byUnit))
        ideas[idea].status = word
    }
}
