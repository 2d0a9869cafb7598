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

    private static let spelled = allCases.map { (role: $0, bytes: Array($0.rawValue.utf8)) }

    /// Reads a role's word from its bytes; `nil` if they are none.
    init?(bytes: ArraySlice<UInt8>) {
        let found = Self.spelled.first { bytes.count == $0.bytes.count && $0.bytes[...] == bytes }
        guard let found else { return nil }
        self = found.role
    }

    /// The lower rank first.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}
