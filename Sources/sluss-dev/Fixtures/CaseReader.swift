import SlussBundle
import SlussCore
import SlussDomain
import SlussSync
import _SlussTestSupport

/// The store that a case's bundle is merged into: new, of the network whose keys are in
/// `SyncFixtures/keys/network`, and able to open whatever the recovery key or the cases'
/// passphrase opens.
struct CaseReader: Sendable {
    /// What store it is.
    enum Store: String, Codable, Sendable {
        /// A central.
        case central
        /// The unit OMS-HT-02, which has been let in.
        case unit
        /// The unit OMS-HT-02, which has not been let into any network.
        case alone
    }

    var store = Store.central
    /// Whether its network takes bundles that are not encrypted.
    var allowsPlain = true

    /// How its keys are come by.
    static let keys = KeyAccess(identityFiles: [Story.keys + "/recovery"]) { _ in
        FixtureNetwork.passphrase
    }

    /// Makes the store in a folder.
    func make(in folder: String) throws -> Place {
        switch store {
        case .central: return try central(in: folder, "KLK-SA-01")
        case .unit:
            let place = try unit(in: folder)
            let registry = try central(in: folder + "/registry", "KLK-SA-08")
            try Self.open(registry).introduce(Self.open(place))
            return place
        case .alone: return try unit(in: folder)
        }
    }

    private func central(in folder: String, _ code: String) throws -> Place {
        try place(
            in: folder, code, .centralAgain(copy: Story.keys, allowsPlain: allowsPlain))
    }

    private func unit(in folder: String) throws -> Place {
        try place(in: folder, FixtureNetwork.unit.description, .alone)
    }

    private func place(
        in folder: String, _ code: String, _ founding: Founding
    ) throws -> Place {
        guard let unit = UnitCode(code), let letter = MachineLetter("") else {
            throw StoryFailure(what: code)
        }
        let isCentral = if case .alone = founding { false } else { true }
        let place = Place(
            folder: folder, unit: unit, letter: letter, isCentral: isCentral,
            today: Day(number: 20_521))
        try OpenUnit.create(
            in: place.store, unit: unit, name: "Läsaren", machine: letter, as: founding,
            on: place.machine, generator: SplitMix64(seed: 1))
        return place
    }

    /// Opens the store for one act.
    static func open(_ place: Place) throws -> OpenUnit {
        try place.open(SplitMix64(seed: 2), keys)
    }
}
