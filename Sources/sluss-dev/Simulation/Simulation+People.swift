import SlussCore
import SlussDomain
import SlussSync
import _SlussTestSupport

/// What people do at one store: enter, edit, settle.
extension Simulation {
    /// Opens a store for one act, and lets go of it.
    mutating func use<Result>(
        _ index: Int, _ body: (OpenUnit, inout SplitMix64) throws -> Result
    ) throws -> Result {
        let unit = try places[index].open(fork())
        return try body(unit, &generator)
    }

    /// A number that no other text of the run has.
    private mutating func nextText() -> Int {
        texts += 1
        return texts
    }

    private func entry(_ text: String) -> IdeaEntry {
        var entry = IdeaEntry(problem: text)
        entry.wantsReceipt = false
        return entry
    }

    mutating func enter(_ index: Int) throws {
        let entry = entry("Behov nummer \(nextText()).")
        try use(index) { unit, _ in _ = try unit.add(entry) }
        try note(index)
    }

    mutating func edit(_ index: Int) throws {
        let text = nextText()
        try use(index) { unit, generator in
            guard let idea = try unit.ideas().randomElement(using: &generator) else { return }
            let id = idea.state.record.description
            var edit = OpenUnit.IdeaEdit()
            switch Int.random(in: 0..<4, using: &generator) {
            case 0:
                _ = try unit.support(id)
                return
            case 1: edit.problem = "Behovet sett på nytt, \(text)."
            default: edit.solution = "Lösning nummer \(text)."
            }
            _ = try unit.edit(id, edit, by: .init(role: unit.usualRole))
        }
        try note(index)
    }

    /// Changes the suggestion of the first idea there is.
    mutating func editFirst(_ index: Int) throws {
        var edit = OpenUnit.IdeaEdit()
        edit.solution = "Lösning nummer \(nextText())."
        try use(index) { unit, _ in
            guard let id = try unit.ideas().map(\.state.record).min() else { return }
            _ = try unit.edit(id.description, edit, by: .init(role: unit.usualRole))
        }
        try note(index)
    }

    mutating func resolve(_ index: Int) throws {
        let text = nextText()
        try use(index) { unit, generator in
            guard let conflict = try unit.conflicts().randomElement(using: &generator) else {
                return
            }
            let isText = conflict.values.allSatisfy { $0.value.asText != nil }
            let pick = Int.random(in: 1...conflict.values.count, using: &generator)
            let choice: OpenUnit.Choice =
                isText && Bool.random(using: &generator)
                ? .value("Avgjort, \(text).") : .pick(pick)
            do {
                _ = try unit.resolve(
                    conflict.conflict.id, choice, reason: "så är det",
                    by: .init(role: .coordinator))
            } catch InputError.ambiguousNumber, InputError.ambiguousRecord {}
        }
        try note(index)
    }

    /// A process is killed with a transaction open, or before the witness was told; the next one
    /// must find the store as if nothing had happened, or all of it.
    mutating func kill(_ index: Int) throws {
        struct Killed: Error {}
        let moment: OpenUnit.Moment = chance(1, in: 2) ? .beforeCommit : .beforeWitness
        let entry = entry("Behov under avbrottet \(nextText()).")
        do {
            try use(index) { unit, _ in
                unit.interruption = { if $0 == moment { throw Killed() } }
                _ = try unit.add(entry)
            }
        } catch is Killed {}
        try note(index)
    }

    /// Takes a run of the merge tool back.
    mutating func undo(_ index: Int) throws {
        let run = try use(index) { unit, generator -> Int64? in
            let run = try unit.mergeRuns().filter { $0.undone == nil }
                .randomElement(using: &generator)
            if let run { _ = try unit.undo(run: run.number) }
            return run?.number
        }
        if let run { places[index].undone.append("run \(run)") }
        try check(index)
    }

    /// Tells the truth of the writes that a store has made since it was last asked.
    mutating func note(_ index: Int) throws {
        for line in try places[index].lines() where truth.facts[line.fact] == nil {
            guard line.isOwn else { throw failure("a foreign write that nobody has made") }
            truth.note(
                line.fact, line.write, audience: line.audience, had: places[index].had)
            places[index].had.insert(line.fact)
        }
        try check(index)
    }
}
