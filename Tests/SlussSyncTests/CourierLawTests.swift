import Foundation
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// Whatever couriers lose, repeat and mix up: once everything has come through, everyone who
/// has the same writes has the same bytes, and the log folds to what is stored.
///
/// Method: three stores of two units and a central; a seed decides who writes, exports, loses,
/// repeats and merges what; at the end bundles go round until nothing is new.
@Suite struct CourierLawTests {
    @Test(arguments: UInt64(1)...12)
    func allStoresConverge(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let town = try Town(seed: seed)
        try town.make("school", "BUN-GR-03")
        try town.make("schoolB", "BUN-GR-03", machine: "B")
        try town.make("care", "OMS-HT-02")
        let places = ["school": "BUN-GR-03", "schoolB": "BUN-GR-03", "care": "OMS-HT-02"]
        var travelling: [(path: String, unit: String?)] = []
        var entered: Set<String> = []
        for step in 0..<40 {
            let place = places.keys.sorted().randomElement(using: &generator) ?? "care"
            switch Int.random(in: 0..<6, using: &generator) {
            case 0:
                let text = "Ett behov som skrevs i steg \(step)."
                try town.add(text, at: place)
                entered.insert(text)
            case 1:
                let at = Bool.random(using: &generator) ? place : "central"
                if let idea = try town.open(at).ideas(unit: places[place])
                    .randomElement(using: &generator), let number = idea.number
                {
                    try town.edit(number, at: at) { $0.solution = "Lösning \(step)" }
                    entered.insert("Lösning \(step)")
                }
            case 2:
                if let path = try town.export(place, on: "from\(place)\(step)") {
                    travelling.append((path, nil))
                }
            case 3:
                let unit = places[place] ?? ""
                guard
                    try town.open("central").status().peers.contains(where: {
                        $0.unit.description == unit
                    })
                else { continue }
                if let path = try town.export("central", to: unit, on: "back\(step)") {
                    travelling.append((path, unit))
                }
            default:
                // A courier arrives: what is carried may come again, or never.
                guard let carried = travelling.randomElement(using: &generator) else { continue }
                let receivers = carried.unit.map { unit in
                    places.filter { $0.value == unit }.keys.sorted()
                }
                for place in receivers ?? ["central"] {
                    try town.merge([carried.path], at: place)
                }
            }
        }
        try Self.goRound(town, places)
        for (place, unit) in places {
            let own = try town.state(place)
            let peer = try town.open("central").status().peers.first { $0.unit.description == unit }
            #expect(peer?.state == own, "seed \(seed), \(place)")
            #expect(try town.open(place).check().isEmpty, "seed \(seed), \(place)")
        }
        #expect(try town.open("central").check().isEmpty)
        try Self.nothingIsLost(entered, town)
    }

    /// Every text that anyone entered is in the log, as current, replaced or a sibling.
    private static func nothingIsLost(_ entered: Set<String>, _ town: Town) throws {
        var found: Set<String> = []
        let central = try town.open("central")
        for idea in try central.ideas() {
            for item in try central.history(idea.state.record.description).1 {
                for change in item.body?.changes ?? [] {
                    if case .set(let value) = change.change, let text = value.asText {
                        found.insert(text)
                    }
                }
            }
        }
        #expect(found.isSuperset(of: entered))
    }

    private static func goRound(_ town: Town, _ places: [String: String]) throws {
        for round in 0..<6 {
            for place in places.keys.sorted() {
                if let path = try town.export(place, on: "end\(round)\(place)") {
                    try town.merge([path], at: "central")
                }
            }
            for (place, unit) in places.sorted(by: { $0.key < $1.key }) {
                if let path = try town.export("central", to: unit, on: "endback\(round)\(place)") {
                    for other in places.filter({ $0.value == unit }).keys {
                        try town.merge([path], at: other)
                    }
                }
            }
        }
    }
}
