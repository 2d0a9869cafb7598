import Foundation
import SlussArchive
import SlussBundle
import SlussCore
import SlussDomain
import SlussStore
import SlussSync
import _SlussTestSupport

/// A computer with a store on it, in the simulation.
struct Place {
    /// The folder of its disk: store and witness.
    let folder: String
    let unit: UnitCode
    let letter: MachineLetter
    let isCentral: Bool
    /// What its clock says; wrong more often than right.
    var today: Day
    /// The writes that it has, as far as the truth knows.
    var had: Set<Truth.Fact> = []
    /// The runs that were undone there and not merged again.
    var undone: [String] = []

    /// Where the store is.
    var store: String { folder + "/store" }

    /// Computers cannot tell from within whether their disk was imaged or set back as a whole:
    /// all are called the same.
    var machine: Machine {
        Machine(
            id: "image", name: Text(String(folder.split(separator: "/").last ?? "")),
            stateFolder: folder + "/state", place: { _ in "image" })
    }

    func open(
        _ generator: any RandomNumberGenerator, _ keys: KeyAccess = KeyAccess()
    ) throws -> OpenUnit {
        try OpenUnit(
            folder: store, for: .writing("simulation"), today: today, on: machine, keys: keys,
            generator: generator)
    }

    /// Opens the store for looking only.
    func look() throws -> OpenUnit {
        try OpenUnit(folder: store, for: .reading, today: today, on: machine)
    }

    /// A line of a store's log.
    struct Line {
        let fact: Truth.Fact
        let write: Write
        let audience: Audience
        let isOwn: Bool
    }

    /// Every line of every log of the store, as it lies there.
    func lines() throws -> [Line] {
        let reader = LogLineReader()
        return try UnitStore(folder: store, access: .reading).read { transaction in
            var found: [Line] = []
            for log in try transaction.logs().values {
                try transaction.forEachLine(of: log, from: 1, through: log.stored) { line in
                    found.append(
                        Line(
                            fact: Truth.fact(line.envelope),
                            write: try line.write(reader), audience: log.audience,
                            isOwn: log.isOwn))
                }
            }
            return found
        }
    }
}

/// A bundle on its way.
struct Parcel {
    let path: String
    /// Who may merge it; `nil` is any central.
    let unit: UnitCode?

    /// The writes that are in it, read with nothing but the format and a key that opens it.
    static func facts(in path: String, keys folder: String) throws -> Set<Truth.Fact> {
        let identities = try AgeIdentity.identities(
            inKeyFile: bytes(ofFile: folder + "/recovery"))
        let archive = try ArchiveReader(path: path) { try $0.unlock(identities: identities) }
        var reader = BundleReader()
        var facts: Set<Truth.Fact> = []
        while let entry = try archive.next() {
            if case .writes(let lines) = try reader.accept(entry) {
                facts.formUnion(lines.map { Truth.fact($0.envelopeBytes) })
            }
        }
        _ = try reader.finish()
        return facts
    }
}

/// What went wrong, and at which step of which seed.
struct SimulationFailure: Error, CustomStringConvertible {
    let seed: UInt64
    let step: Int
    let what: String

    var description: String { "seed \(seed), step \(step): \(what)" }
}
