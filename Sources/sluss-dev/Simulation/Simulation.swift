import Foundation
import SlussCore
import SlussDomain
import SlussSync
import _SlussTestSupport

/// One run of the simulation: a seed decides who does what, and everything else follows.
///
/// Units with one to three machines, one or two centrals, couriers that lose, repeat, delay,
/// reorder, cut and flip; disks that are imaged or set back; processes that are killed with a
/// transaction open; clocks in 1970, 2001 and 2099; people who settle the same conflict at once.
/// Real stores, real bundles; only the folder is on a memory disk.
///
/// After every step the store that it touched is compared with the ``Truth``. At the end bundles
/// go round until nothing is new, and everyone who has the same writes must have the same bytes.
struct Simulation {
    let seed: UInt64
    let folder: String
    var generator: SplitMix64
    var truth = Truth()
    var places: [Place] = []
    var parcels: [Parcel] = []
    /// Earlier states of disks.
    var snapshots: [(folder: String, place: Int, had: Set<Truth.Fact>)] = []
    var step = 0
    private let isTraced: Bool
    var made = 0
    var texts = 0

    /// What a run has been through.
    struct Tally: Sendable, Equatable {
        var steps = 0
        var writes = 0
        var bundles = 0
        var forks = 0

        /// Counts another run in.
        mutating func add(_ other: Self) {
            steps += other.steps
            writes += other.writes
            bundles += other.bundles
            forks += other.forks
        }
    }

    init(seed: UInt64, folder: String, isTraced: Bool) {
        self.isTraced = isTraced
        self.seed = seed
        self.folder = folder
        generator = SplitMix64(seed: seed)
    }

    /// Runs the seed in a folder of its own, which is gone afterwards.
    static func run(
        seed: UInt64, steps: Int = 40, isKept: Bool = false, isTraced: Bool = false
    ) throws -> Tally {
        let isThere = FileManager.default.isWritableFile(atPath: "/dev/shm")
        let base = isThere ? "/dev/shm" : NSTemporaryDirectory()
        let folder =
            "\(base)/sluss-simulation-\(getpid())-\(seed)-\(UInt32.random(in: .min ... .max))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer {
            if !isKept { try? FileManager.default.removeItem(atPath: folder) }
        }
        var simulation = Simulation(seed: seed, folder: folder, isTraced: isTraced)
        do {
            return try simulation.run(steps: steps)
        } catch let failure as SimulationFailure {
            throw failure
        } catch {
            let code = Explanation(of: error).code
            throw simulation.failure("ended with \(code): \(error)")
        }
    }

    private mutating func run(steps: Int) throws -> Tally {
        try settle()
        while step < steps {
            step += 1
            try act()
        }
        try goRound()
        try compareAll()
        let forks = try places.filter(\.isCentral).map { try $0.look().status().forks.count }
        return Tally(
            steps: steps, writes: truth.facts.count, bundles: made, forks: forks.max() ?? 0)
    }

    func trace(_ what: @autoclosure () -> String) {
        if isTraced { FileHandle.standardError.write(Data((what() + "\n").utf8)) }
    }

    func failure(_ what: String) -> SimulationFailure {
        SimulationFailure(seed: seed, step: step, what: what)
    }

    mutating func chance(_ one: Int, in many: Int) -> Bool {
        Int.random(in: 0..<many, using: &generator) < one
    }

    /// Makes the towns' units and centrals.
    private mutating func settle() throws {
        let centrals = Int.random(in: 1...2, using: &generator)
        for index in 0..<centrals {
            try make("central\(index)", "KLK-SA-0\(index + 1)", "", isCentral: true)
        }
        for (index, code) in ["OMS-HT-02", "BUN-GR-03", "OMS-SB-04"].enumerated() {
            guard index < 2 || chance(1, in: 2) else { continue }
            let machines = Int.random(in: 1...3, using: &generator)
            for letter in ["", "B", "C"].prefix(machines) {
                try make("unit\(index)\(letter)", code, letter, isCentral: false)
            }
        }
    }

    private mutating func make(
        _ name: String, _ code: String, _ letter: String, isCentral: Bool
    ) throws {
        guard let unit = UnitCode(code), let letter = MachineLetter(letter) else {
            throw failure("a unit's code")
        }
        let place = Place(
            folder: folder + "/" + name, unit: unit, letter: letter, isCentral: isCentral,
            today: Day(number: 20_000))
        try FileManager.default.createDirectory(
            atPath: place.folder, withIntermediateDirectories: true)
        let founding: Founding =
            if !isCentral {
                .alone
            } else if let first = places.first {
                .centralAgain(copy: first.store + "/keys", allowsPlain: false)
            } else {
                .central(allowsPlain: false)
            }
        try OpenUnit.create(
            in: place.store, unit: unit, name: name, machine: letter, as: founding,
            on: place.machine, generator: fork())
        // Everyone has been let in by all centrals; how that is done is not simulated.
        for central in places where central.isCentral {
            try central.open(fork()).introduce(place.open(fork()))
        }
        places.append(place)
    }

    /// Where the network's keys are.
    var keysFolder: String { (places.first?.store ?? "") + "/keys" }

    /// A generator of its own for whoever draws ids, so that what is drawn does not depend on how
    /// much the others draw.
    mutating func fork() -> SplitMix64 { SplitMix64(seed: generator.next()) }

    private mutating func act() throws {
        guard let index = places.indices.randomElement(using: &generator) else { return }
        setClock(index)
        switch Int.random(in: 0..<30, using: &generator) {
        case 0..<5: try enter(index)
        case 5..<11: try edit(index)
        case 11..<13: try resolve(index)
        case 13..<18: try export(index)
        case 18..<24: try deliver()
        case 24: try damage()
        case 25: try snapshot(index)
        case 26: try setBack()
        case 27: try image(index)
        case 28: try kill(index)
        default: try undo(index)
        }
    }

    private mutating func setClock(_ index: Int) {
        let years = [1970, 2001, 2026, 2099]
        let year = years.randomElement(using: &generator) ?? 2026
        let month = Int.random(in: 1...12, using: &generator)
        places[index].today = Day(year: year, month: month, day: 9) ?? Day(number: 20_000)
    }
}
