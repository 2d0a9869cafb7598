import Foundation
import SlussCore
import SlussDomain
import SlussSync

/// What must be so after every step, and at the end.
extension Simulation {
    /// Promise P7 at one store: every value that it was given is current, or was replaced by
    /// someone who had seen it, or is kept as the other side of a conflict.
    func check(_ index: Int) throws {
        let place = places[index]
        // What a person has taken back is rightly not there.
        guard place.undone.isEmpty else { return }
        let lines = Set(try place.lines().map(\.fact))
        guard place.had.isSubset(of: lines) else {
            throw failure("\(name(place)): \(place.had.subtracting(lines).count) writes are gone")
        }
        var states: [RecordID: RecordState] = [:]
        for idea in try place.look().ideas() { states[idea.state.record] = idea.state }
        let had = truth.counting(place.had)
        for record in truth.records(had) {
            guard let state = states[record] else {
                throw failure("\(name(place)): the record \(record) is gone")
            }
            try check(state, had, place)
        }
    }

    private func check(
        _ state: RecordState, _ had: Set<Truth.Fact>, _ place: Place
    ) throws {
        for path: FieldPath in ["problem", "solution"] {
            let expected = truth.survivors(state.record, path, of: had)
            let found = Set(state.siblings(path).map(\.value))
            guard expected.isSubset(of: found) else {
                throw failure("\(name(place)): a value of \(path) has vanished")
            }
        }
        let support: FieldPath = "support"
        let sum = truth.sum(state.record, support, of: had)
        let found: Int64 =
            if case .sum(let total) = Policy.sum.judge(support, in: state) { total } else { 0 }
        guard sum == found else {
            throw failure("\(name(place)): support is \(found), but \(sum) were given")
        }
    }

    private func name(_ place: Place) -> String {
        String(place.folder.split(separator: "/").last ?? "?")
    }

    /// Bundles go round until nothing is new anywhere.
    mutating func goRound() throws {
        try redoAll()
        for round in 0..<24 {
            let before = try places.map { try $0.look().status().state }
            var isNew = false
            for index in places.indices { places[index].today = Day(number: 20_600 + round) }
            for index in places.indices {
                isNew = try sendOut(index) || isNew
            }
            let after = try places.map { try $0.look().status().state }
            if !isNew, before == after, waiting().isEmpty { return }
        }
        throw failure("bundles go round without end: \(waiting().joined(separator: ", "))")
    }

    /// What was undone is done again: bundles may be gone, lines never are.
    private mutating func redoAll() throws {
        for index in places.indices where !places[index].undone.isEmpty {
            try use(index) { unit, _ in
                for run in try unit.mergeRuns() where run.undone != nil {
                    _ = try unit.redo(run: run.number)
                }
            }
        }
    }

    /// One place sends to everyone, and everyone merges.
    private mutating func sendOut(_ index: Int) throws -> Bool {
        let stick = "\(folder)/round\(made)"
        made += 1
        try FileManager.default.createDirectory(
            atPath: stick, withIntermediateDirectories: true)
        let isCentral = places[index].isCentral
        let sent = try use(index) { unit, _ in
            var sent: [Parcel] = []
            for receiver in try unit.receivers() {
                let code: UnitCode? = if case .unit(let code) = receiver { code } else { nil }
                if case .written(let report) = try unit.export(to: receiver, output: stick) {
                    sent.append(Parcel(path: report.path, unit: code))
                }
            }
            if isCentral,
                case .written(let report) = try unit.export(.full, to: .central, output: stick)
            {
                sent.append(Parcel(path: report.path, unit: nil))
            }
            return sent
        }
        var isNew = false
        for parcel in sent {
            for other in places.indices where other != index && isFor(parcel, places[other]) {
                isNew = try merge([parcel.path], at: other) || isNew
            }
        }
        return isNew
    }

    /// The places that have not got all that is for them and was not lost with a disk.
    private func waiting() -> [String] {
        let kept = places.reduce(into: Set<Truth.Fact>()) { $0.formUnion($1.had) }
        return places.compactMap { place in
            let all = truth.all { place.isCentral || $0 == .unit(place.unit) || $0 == .shared }
            let lacking = all.intersection(kept).subtracting(place.had)
            return lacking.isEmpty ? nil : "\(name(place)) lacks \(lacking.count)"
        }
    }

    /// A backup of a store, restored with its keys, is the same store.
    private mutating func restoreElsewhere(_ index: Int) throws {
        let stick = "\(folder)/backup\(index)"
        let store = places[index].store
        try FileManager.default.createDirectory(
            atPath: "\(stick)/store", withIntermediateDirectories: true)
        let backup = try use(index) { unit, _ in try unit.backup(output: stick) }
        try FileManager.default.copyItem(
            atPath: "\(store)/keys", toPath: "\(stick)/store/keys")
        var restore = Restore(
            backup.path, today: places[index].today, on: places[index].machine, generator: fork())
        // As for a store that is too large to be kept in memory.
        if index.isMultiple(of: 2) { restore.keptBytesMax = 0 }
        let restored = try restore.run(into: "\(stick)/store")
        guard restored.state == backup.state else {
            throw failure("\(name(places[index])): a restored backup differs")
        }
    }

    /// Everyone with the same writes has the same bytes.
    mutating func compareAll() throws {
        for index in places.indices {
            places[index].undone = []
            try check(index)
            let findings = try places[index].look().check()
            guard findings.allSatisfy({ $0.level == .look }) else {
                let codes = findings.filter { $0.level == .damaged }.map(\.code)
                throw failure("\(name(places[index])): check finds \(codes)")
            }
            try restoreElsewhere(index)
        }
        let centrals = try places.filter(\.isCentral).map { try $0.look().status() }
        guard let first = centrals.first else { return }
        guard centrals.allSatisfy({ $0.state == first.state }) else {
            throw failure("the centrals have the same writes and differ")
        }
        // A unit that has never had anything to say may be unknown to a central that was set back.
        for place in places where !place.isCentral && !place.had.isEmpty {
            let state = try place.look().status().state
            let there = centrals.flatMap(\.peers).filter { $0.unit == place.unit }
                .compactMap(\.state)
            guard let expected = there.first else { throw failure("a unit that was never heard") }
            guard state == expected else {
                throw failure("\(name(place)) and the central have the same writes and differ")
            }
        }
    }
}
