import Foundation
import SlussArchive
import SlussBundle
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// A few units and a central on a real disk, with a stick between them.
///
/// A seed decides every id.
final class Town {
    let folder: TemporaryFolder
    var today = Day(year: 2026, month: 3, day: 9) ?? Day(number: 0)
    private var seed: UInt64
    /// The computer of every place that has none of its own.
    private let machine: Machine
    private var machines: [String: Machine] = [:]
    private var centrals: [String] = []

    private let allowsPlain: Bool

    init(seed: UInt64 = 1, allowsPlain: Bool = true) throws {
        self.seed = seed
        self.allowsPlain = allowsPlain
        folder = try TemporaryFolder()
        machine = Machine(id: "test", name: "PC-1", stateFolder: folder.path("state"))
        try make("central", "KLK-SA-01", isCentral: true)
    }

    func make(_ place: String, _ code: String, machine: String = "", isCentral: Bool = false)
        throws
    {
        guard let unit = UnitCode(code), let letter = MachineLetter(machine) else {
            throw InputError.nothingToChange
        }
        seed += 1
        let founding: Founding =
            if !isCentral {
                .alone
            } else if centrals.isEmpty {
                .central(allowsPlain: allowsPlain)
            } else {
                .centralAgain(copy: folder.path("central") + "/keys", allowsPlain: allowsPlain)
            }
        try OpenUnit.create(
            in: folder.path(place), unit: unit, name: "Enheten \(place)", machine: letter,
            as: founding, on: computer(place), generator: SplitMix64(seed: seed))
        for central in centrals { try open(central).introduce(open(place)) }
        if isCentral { centrals.append(place) }
    }

    /// Makes the store of a unit that nobody has let in; invited, if an invitation is named.
    func settle(_ place: String, _ code: String, invitation path: String? = nil) throws {
        guard let unit = UnitCode(code), let letter = MachineLetter("") else {
            throw InputError.nothingToChange
        }
        seed += 1
        let invitation = try path.map { try Invitation(path: $0) }
        try OpenUnit.create(
            in: folder.path(place), unit: unit, name: "Enheten \(place)", machine: letter,
            as: invitation.map { .invited($0) } ?? .alone, on: computer(place),
            generator: SplitMix64(seed: seed))
    }

    /// Has the central invite a unit; returns the invitation's file.
    func invite(_ code: String) throws -> String {
        guard let unit = UnitCode(code) else { throw InputError.nothingToChange }
        return try open("central").invite(
            unit, name: "Enheten", output: folder.folder("invitations")
        ).path
    }

    /// Lets a device in that has no store, at every central.
    func letIn(_ key: DevicePrivateKey, for code: String) throws -> [SignedStatement] {
        guard let unit = UnitCode(code) else { throw InputError.nothingToChange }
        return try centrals.flatMap { try open($0).letIn(key.publicKey, for: unit) }
    }

    func open(_ place: String) throws -> OpenUnit {
        seed += 1
        return try OpenUnit(
            folder: folder.path(place), for: .writing("test"), today: today,
            on: computer(place), keys: keys(place), generator: SplitMix64(seed: seed))
    }

    /// A central that came later opens what was made before it with the recovery key.
    private func keys(_ place: String) -> KeyAccess {
        centrals.dropFirst().contains(place)
            ? KeyAccess(identityFiles: [folder.path("central/keys/recovery")]) : KeyAccess()
    }

    @discardableResult
    func add(_ problem: String, at place: String) throws -> String {
        var entry = IdeaEntry(problem: problem)
        entry.wantsReceipt = false
        return try open(place).add(entry).number.description
    }

    func edit(_ number: String, at place: String, _ change: (inout OpenUnit.IdeaEdit) -> Void)
        throws
    {
        var edit = OpenUnit.IdeaEdit()
        change(&edit)
        let unit = try open(place)
        _ = try unit.edit(number, edit, by: .init(role: unit.usualRole))
    }

    /// Exports to the central, or from it to a unit; returns the file, or nil if nothing is new.
    @discardableResult
    func export(
        _ place: String, to unit: String? = nil, _ kind: ExportKind = .delta,
        on stick: String = "stick", protection: Protection = .recipients
    ) throws -> String? {
        let stick = try folder.folder(stick)
        let receiver = unit.flatMap { UnitCode($0) }.map { Receiver.unit($0) } ?? .central
        switch try open(place).export(
            kind, to: receiver, output: stick, protection: protection)
        {
        case .written(let report): return report.path
        case .nothingNew: return nil
        }
    }

    @discardableResult
    func merge(_ paths: [String], at place: String, isPlan: Bool = false) throws -> MergeReport {
        try open(place).merge(paths, isPlan: isPlan)
    }

    func state(_ place: String) throws -> StateCode { try open(place).status().state }

    private func computer(_ place: String) -> Machine { machines[place] ?? machine }

    /// Gives a place a computer whose store cannot tell where it lies: what the image of a disk,
    /// or the snapshot of a virtual machine, looks like from within.
    func bind(_ place: String, name: String) {
        machines[place] = Machine(
            id: "image", name: Text(name), stateFolder: folder.path("state-\(place)"),
            place: { _ in "image" })
    }

    /// Copies the disk of a place, store and witness, to another or over itself as it was.
    func image(_ place: String, to other: String, name: String) throws {
        for prefix in ["", "state-"] {
            let target = folder.path(prefix + other)
            if FileManager.default.fileExists(atPath: target) {
                try FileManager.default.removeItem(atPath: target)
            }
            try FileManager.default.copyItem(atPath: folder.path(prefix + place), toPath: target)
        }
        bind(other, name: name)
    }

    func copy(_ place: String, to other: String) throws {
        try FileManager.default.copyItem(
            atPath: folder.path(place), toPath: folder.path(other))
    }
}

extension BundleReport {
    var refusal: BundleRefusal? {
        if case .refused(let error) = outcome { error as? BundleRefusal } else { nil }
    }

    var word: String {
        switch outcome {
        case .merged: "merged"
        case .nothingNew: "nothingNew"
        case .refused(let error): Explanation(of: error).code
        }
    }
}

extension Town {
    /// A central and a school's computer.
    static func school() throws -> Town {
        let town = try Town()
        try town.make("school", "BUN-GR-03")
        return town
    }

    /// A school with a note that both of its computers have, and the note's number.
    static func schoolWithTwoComputers(with entry: MeetingEntry) throws -> (Town, String) {
        let town = try school()
        try town.make("schoolB", "BUN-GR-03", machine: "B")
        let added = try town.open("school").add(entry, by: .init())
        try town.merge(
            [#require(try town.export("school")), #require(try town.export("schoolB"))],
            at: "central")
        try town.merge(
            [#require(try town.export("central", to: "BUN-GR-03", on: "back"))], at: "schoolB")
        return (town, try #require(added.number))
    }
}
