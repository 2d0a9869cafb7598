import Foundation
import SlussBundle
import SlussCore
import SlussDomain
import SlussSync
import _SlussTestSupport

/// The units of a story, on real disks, with a seed for every id.
final class StoryTown {
    private let folder: TemporaryFolder
    private let output: String
    private var seed: UInt64
    private var bundles = 0
    private var places: [String: Place] = [:]
    private var knownRegistry: Place?

    init(output: String, seed: UInt64) throws {
        folder = try TemporaryFolder()
        self.output = output
        self.seed = seed << 16
    }

    private func generator() -> SplitMix64 {
        seed += 1
        return SplitMix64(seed: seed)
    }

    /// The central that knows everyone; another than those of the story.
    private func registry() throws -> Place {
        if let knownRegistry { return knownRegistry }
        guard let unit = UnitCode("KLK-SA-09"), let letter = MachineLetter("") else {
            throw StoryFailure(what: "a unit's code")
        }
        let place = Place(
            folder: try folder.folder("registry"), unit: unit, letter: letter, isCentral: true,
            today: Day(number: 20_521))
        try OpenUnit.create(
            in: place.store, unit: unit, name: "Registret", machine: letter,
            as: .centralAgain(copy: Story.keys, allowsPlain: true), on: place.machine,
            generator: generator())
        knownRegistry = place
        return place
    }

    /// A device of no store, which has been let in for a unit.
    func stranger(_ code: String) throws -> Stranger {
        let seed = Array(repeating: UInt8(truncatingIfNeeded: seed), count: 32)
        guard let unit = UnitCode(code), let key = DevicePrivateKey(seed: seed) else {
            throw StoryFailure(what: code)
        }
        let statements = try registry().open(generator()).letIn(key.publicKey, for: unit)
        let network = statements.lazy.compactMap { signed -> NetworkID? in
            if case .network(let rules) = signed.statement { rules.network } else { nil }
        }.first
        return Stranger(unit: unit, key: key, network: network, statements: statements)
    }

    private func place(_ name: String) throws -> Place {
        guard let place = places[name] else { throw StoryFailure(what: "no place \(name)") }
        return place
    }

    /// Makes a unit at a computer of its own, as an invitation says; no central has heard of it.
    func join(_ name: String, by invitation: Invitation) throws {
        guard let letter = MachineLetter(invitation.machine) else {
            throw StoryFailure(what: name)
        }
        let place = Place(
            folder: try folder.folder(name), unit: invitation.unit, letter: letter,
            isCentral: false, today: Day(number: 20_521))
        try OpenUnit.create(
            in: place.store, unit: invitation.unit, name: invitation.name, machine: letter,
            as: .invited(invitation), on: place.machine, generator: generator())
        places[name] = place
    }

    func make(_ name: String, _ code: String, machine: String = "", isCentral: Bool = false) throws
    {
        guard let unit = UnitCode(code), let letter = MachineLetter(machine) else {
            throw StoryFailure(what: code)
        }
        let place = Place(
            folder: try folder.folder(name), unit: unit, letter: letter, isCentral: isCentral,
            today: Day(number: 20_521))
        try OpenUnit.create(
            in: place.store, unit: unit, name: "Enheten \(name)", machine: letter,
            as: isCentral ? .centralAgain(copy: Story.keys, allowsPlain: true) : .alone,
            on: place.machine, generator: generator())
        // Let in by a central of the same network that is not part of the story.
        try registry().open(generator()).introduce(place.open(generator()))
        places[name] = place
    }

    /// Opens a store for one act.
    @discardableResult
    func at<Result>(_ name: String, _ body: (OpenUnit) throws -> Result) throws -> Result {
        try body(try place(name).open(generator()))
    }

    @discardableResult
    func add(_ problem: String, at name: String) throws -> String {
        var entry = IdeaEntry(problem: problem)
        entry.wantsReceipt = false
        return try at(name) { try $0.add(entry).number.description }
    }

    func edit(_ number: String, at name: String, _ change: (inout OpenUnit.IdeaEdit) -> Void) throws
    {
        var edit = OpenUnit.IdeaEdit()
        change(&edit)
        _ = try at(name) { try $0.edit(number, edit, by: .init(role: $0.usualRole)) }
    }

    /// Settles the one conflict there is.
    func resolve(_ value: String, at name: String) throws {
        try at(name) { unit in
            guard let conflict = try unit.conflicts().first else {
                throw StoryFailure(what: "no conflict at \(name)")
            }
            _ = try unit.resolve(
                conflict.conflict.id, .value(value), reason: "så är det",
                by: .init(role: unit.usualRole))
        }
    }

    /// Exports, and keeps the bundle as the next one of the story unless it is only on the way.
    @discardableResult
    func export(
        _ name: String, _ kind: ExportKind = .delta, to unit: String? = nil,
        _ protection: Protection = .recipients, isKept: Bool = true
    ) throws -> String {
        let receiver = unit.flatMap { UnitCode($0) }.map { Receiver.unit($0) } ?? .central
        let stick = try folder.folder("stick-\(seed)")
        let outcome = try at(name) {
            try $0.export(kind, to: receiver, output: stick, protection: protection)
        }
        guard case .written(let report) = outcome else {
            throw StoryFailure(what: "nothing to export at \(name)")
        }
        if isKept { try keep(report.path) }
        return report.path
    }

    /// Takes all that a place has into the story.
    func exportFull(_ name: String) throws { try export(name, .full) }

    /// Takes a bundle into the story.
    func keep(_ path: String) throws {
        bundles += 1
        try FileManager.default.copyItem(
            atPath: path, toPath: "\(output)/\(bundles)-\(Self.fileName(path))")
    }

    /// Takes a file under a name of its own.
    func keep(_ path: String, as name: String) throws {
        try FileManager.default.copyItem(atPath: path, toPath: "\(output)/\(name)")
    }

    private static func fileName(_ path: String) -> String {
        String(path.split(separator: "/").last ?? "bundle.sluss")
    }

    func merge(_ paths: [String], at name: String) throws {
        let report = try at(name) { try $0.merge(paths) }
        guard report.bundles.allSatisfy({ !$0.isRefused }) else {
            throw StoryFailure(what: "a bundle was refused at \(name)")
        }
    }

    /// Images a disk on to another computer; or over an earlier one, to set it back.
    func image(_ name: String, as other: String) throws {
        let from = try place(name)
        let target = folder.path(other)
        if FileManager.default.fileExists(atPath: target) {
            try FileManager.default.removeItem(atPath: target)
        }
        try FileManager.default.copyItem(atPath: from.folder, toPath: target)
        places[other] = Place(
            folder: target, unit: from.unit, letter: from.letter, isCentral: from.isCentral,
            today: from.today)
    }

    /// Takes a place's store, with its witness, into a folder.
    func keepStore(of name: String, in target: String) throws {
        let place = try place(name)
        for part in ["store", "state"] {
            try FileManager.default.copyItem(
                atPath: "\(place.folder)/\(part)", toPath: "\(target)/\(part)")
        }
    }

    /// A folder for what is crafted by hand.
    func scratch() throws -> String { try folder.folder("scratch-\(seed)") }
}

/// A story does not go as it is told.
struct StoryFailure: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}
