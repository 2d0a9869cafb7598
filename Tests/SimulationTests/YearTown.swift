import Foundation
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync
import _SlussTestSupport

/// The stores of a municipality of nineteen units, on one disk.
final class YearTown {
    let folder: TemporaryFolder
    private var seed: UInt64
    private let machine: Machine

    /// Where the program keeps what this does: a week is played through it.
    var stateHome: String { folder.path("state") }

    init(seed: UInt64) throws {
        self.seed = seed &* 1_000_003
        folder = try TemporaryFolder()
        var machine = Machine.thisComputer
        machine.stateFolder = folder.path("state") + "/sluss"
        self.machine = machine
        try create("central", "KLK-SA-01", "Samordnaren", .central(allowsPlain: false))
    }

    struct Malformed: Error {}

    func code(_ text: String) throws -> UnitCode {
        guard let code = UnitCode(text) else { throw Malformed() }
        return code
    }

    private func create(_ place: String, _ code: String, _ name: String, _ how: Founding) throws {
        seed += 1
        try OpenUnit.create(
            in: folder.path(place), unit: self.code(code), name: name, machine: .first, as: how,
            on: machine, generator: SplitMix64(seed: seed))
    }

    /// Has the central invite a unit and enter it in the register, and makes its store.
    func settle(_ unit: YearLedger.Unit, on day: Day) throws {
        let central = try open("central", on: day)
        let code = try code(unit.code)
        let file = try central.invite(
            code, name: unit.name, output: folder.path("\(unit.code).json")
        ).path
        var edit = RegisterEdit()
        edit.values = [.name: unit.name, .administration: unit.administration]
        edit.headcount = [2026: unit.headcount]
        try central.setRegister(code, edit)
        try create(unit.code, unit.code, unit.name, .invited(Invitation(path: file)))
    }

    /// Makes a second central of the same network.
    func makeSecondCentral(on day: Day) throws {
        _ = try open("central", on: day).copyKeys(to: folder.path("keys"), protected: false)
        try create(
            "second", "KLK-SA-02", "Nya samordnaren",
            .centralAgain(copy: folder.path("keys"), allowsPlain: false))
    }

    func open(_ place: String, on day: Day) throws -> OpenUnit {
        seed += 1
        let keys =
            place == "second"
            ? KeyAccess(identityFiles: [folder.path("keys/recovery")]) : KeyAccess()
        return try OpenUnit(
            folder: folder.path(place), for: .writing("year"), today: day, on: machine, keys: keys,
            generator: SplitMix64(seed: seed))
    }

    /// Makes a bundle in a folder; `nil` if there is nothing new.
    func export(
        _ place: String, _ kind: ExportKind = .delta, to receiver: Receiver, into name: String,
        on day: Day
    ) throws -> ExportReport? {
        let output = try folder.folder(name)
        switch try open(place, on: day).export(kind, to: receiver, output: output) {
        case .written(let report): return report
        case .nothingNew: return nil
        }
    }

    /// Runs the built program on a place, in Swedish, as on a day.
    func sluss(_ place: String, on day: Day, _ arguments: [String]) throws -> ProcessResult {
        try run(
            Bundle.main.bundleURL.appendingPathComponent("sluss").path,
            arguments + ["--today", day.description],
            environment: [
                "SLUSS_STORE": folder.path(place), "SLUSS_LANG": "sv", "XDG_STATE_HOME": stateHome,
            ])
    }
}
