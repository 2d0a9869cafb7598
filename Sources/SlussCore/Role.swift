/// In what role a write was made; orders who decides over whom.
public enum Role: String, Hashable, Comparable, Sendable, CaseIterable {
    /// Anyone who works at the unit, at the shared machine.
    case employee
    /// The unit's manager: enhetschef, rektor.
    case manager
    /// An innovation leader.
    case leader
    /// The central's coordinator.
    case coordinator

    /// Whether only the central's devices may write in this role.
    public var isCentral: Bool { self >= .leader }

    private var rank: Int {
        switch self {
        case .employee: 0
        case .manager: 1
        case .leader: 2
        case .coordinator: 3
        }
    }

    /// The lower rank first.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}
