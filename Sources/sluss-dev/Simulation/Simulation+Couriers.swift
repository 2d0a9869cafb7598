import Foundation
import SlussCore
import SlussDomain
import SlussSync
import _SlussTestSupport

/// What happens between stores, and to disks.
extension Simulation {
    mutating func export(_ index: Int) throws {
        let isCentral = places[index].isCentral
        let stick = "\(folder)/stick\(made)"
        try FileManager.default.createDirectory(
            atPath: stick, withIntermediateDirectories: true)
        made += 1
        // A central between others passes on all it has.
        let isFull = isCentral && chance(1, in: 4)
        let (outcome, code) = try use(index) { unit, generator -> (ExportOutcome?, UnitCode?) in
            // Restored for a test whatever has happened so far, forks and undone merges too.
            if isFull { _ = try unit.backup(output: stick) }
            if isFull { return (try unit.export(.full, to: .central, output: stick), nil) }
            guard let receiver = try unit.receivers().randomElement(using: &generator) else {
                return (nil, nil)
            }
            let code: UnitCode? = if case .unit(let code) = receiver { code } else { nil }
            return (try unit.export(to: receiver, output: stick), code)
        }
        if case .written(let report)? = outcome {
            parcels.append(Parcel(path: report.path, unit: code))
        }
    }

    /// A parcel arrives; it may come again, later, or never.
    mutating func deliver() throws {
        guard let index = parcels.indices.randomElement(using: &generator) else { return }
        let parcel = parcels[index]
        for place in places.indices where isFor(parcel, places[place]) && chance(3, in: 4) {
            try merge([parcel.path], at: place)
        }
        if chance(1, in: 5) { parcels.remove(at: index) }
    }

    func isFor(_ parcel: Parcel, _ place: Place) -> Bool {
        parcel.unit.map { $0 == place.unit && !place.isCentral } ?? place.isCentral
    }

    /// Merges bundles; what has gone in is what the truth says that the store has from now on.
    ///
    /// - Returns: Whether anything was new.
    @discardableResult
    mutating func merge(_ paths: [String], at index: Int) throws -> Bool {
        let report = try places[index].open(fork()).merge(paths, allowing: .all)
        for bundle in report.bundles {
            switch bundle.outcome {
            case .refused(let error):
                let code = Explanation(of: error).code
                guard ["missingHistory", "missingContext", "missingBranch"].contains(code) else {
                    throw failure("a bundle was refused: \(code)")
                }
                trace("\(bundle.file) at \(places[index].folder): \(code)")
            case .merged, .nothingNew:
                places[index].had.formUnion(try Parcel.facts(in: bundle.file, keys: keysFolder))
            }
        }
        try check(index)
        return report.bundles.contains { $0.writes > 0 }
    }

    /// A parcel is cut short or has a bit flipped: refused whole, nothing changed.
    mutating func damage() throws {
        guard let parcel = parcels.randomElement(using: &generator) else { return }
        var bytes = try bytes(ofFile: parcel.path)
        guard let place = bytes.indices.randomElement(using: &generator) else { return }
        if chance(1, in: 2) {
            bytes.removeSubrange(place...)
        } else {
            bytes[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
        }
        let path = "\(folder)/damaged.sluss"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        for index in places.indices where isFor(parcel, places[index]) {
            let before = try places[index].look().status().state
            let report = try places[index].open(fork()).merge(
                [path], allowing: .all)
            guard report.bundles.allSatisfy(\.isRefused) else {
                throw failure("a damaged bundle was merged")
            }
            guard try places[index].look().status().state == before else {
                throw failure("a refused bundle changed the store")
            }
        }
    }

    mutating func snapshot(_ index: Int) throws {
        let target = "\(folder)/snapshot\(step)"
        try FileManager.default.copyItem(atPath: places[index].folder, toPath: target)
        snapshots.append((target, index, places[index].had))
    }

    /// A disk is set back to an earlier moment: with its witness, or the store alone.
    mutating func setBack() throws {
        guard let snapshot = snapshots.randomElement(using: &generator) else { return }
        let place = places[snapshot.place]
        let parts = chance(1, in: 2) ? ["store", "state"] : ["store"]
        for part in parts {
            try FileManager.default.removeItem(atPath: "\(place.folder)/\(part)")
            try FileManager.default.copyItem(
                atPath: "\(snapshot.folder)/\(part)", toPath: "\(place.folder)/\(part)")
        }
        places[snapshot.place].had = snapshot.had
        // What was undone since is no longer undone, and the other way round: merged again later.
        places[snapshot.place].undone.append("restore")
        try check(snapshot.place)
    }

    /// A disk is imaged on to another computer, and both go on.
    mutating func image(_ index: Int) throws {
        guard places.count < 9 else { return }
        let place = places[index]
        let target = "\(folder)/image\(step)"
        try FileManager.default.copyItem(atPath: place.folder, toPath: target)
        var copy = Place(
            folder: target, unit: place.unit, letter: place.letter, isCentral: place.isCentral,
            today: place.today)
        copy.had = place.had
        copy.undone = place.undone
        places.append(copy)
        // Often someone writes on both at once, maybe on the same idea.
        guard chance(2, in: 3) else { return }
        for other in [index, places.count - 1] { try editFirst(other) }
    }
}
