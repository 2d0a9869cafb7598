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

    /// Puts an identity together.
    package init(id: StoreID, unit: UnitCode, name: String, machine: String, isCentral: Bool) {
        self.id = id
        self.unit = unit
        self.name = name
        self.machine = machine
        self.isCentral = isCentral
    }
}
