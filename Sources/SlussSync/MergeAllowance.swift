/// What a person has said may go in, though Sluss would hold it.
public struct MergeAllowance: OptionSet, Hashable, Sendable {
    /// The set, as bits.
    public let rawValue: Int

    /// Puts an allowance together.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// A bundle that changes an unusual share of what is here: see ``MassChange``.
    public static let massChange = MergeAllowance(rawValue: 1)
    /// A bundle that brings more than a unit writes in years: see ``LargeBundle``.
    public static let largeBundle = MergeAllowance(rawValue: 2)
    /// Whatever is held.
    public static let all: MergeAllowance = [.massChange, .largeBundle]
}
