package import SlussCore

/// Whose store it is.
package struct StoreIdentity: Hashable, Sendable {
    /// The store's own name, drawn when it was made.
    package let id: StoreID
    /// The unit's code.
    package let unit: UnitCode
    /// The unit's name.
    package let name: String
    /// The machine's letter within the unit, or nothing.
    package let machine: String
    /// Whether this is the central's store.
    package let isCentral: Bool
    /// The public key of the device that it is on.
    package let device: [UInt8]
    /// The names it had before it was found to be a copy or to have been set back; newest last.
    package let formerly: [StoreID]

    /// How many former names are kept.
    package static let formerlyMax = 64

    /// Puts an identity together.
    package init(
        id: StoreID, unit: UnitCode, name: String, machine: String, isCentral: Bool,
        device: [UInt8], formerly: [StoreID] = []
    ) {
        self.device = device
        self.formerly = formerly
        self.id = id
        self.unit = unit
        self.name = name
        self.machine = machine
        self.isCentral = isCentral
    }

    /// The same store in its next life.
    package func renewed(_ id: StoreID) -> Self {
        Self(
            id: id, unit: unit, name: name, machine: machine, isCentral: isCentral,
            device: device, formerly: (formerly + [self.id]).suffix(Self.formerlyMax))
    }
}
