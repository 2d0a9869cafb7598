#if SLUSS_SABOTAGE
    /// A defect that is switched in on purpose, to see that the simulation catches it.
    ///
    /// In debug builds only, and only within the task that asks for it.
    package enum Sabotage: String, Sendable, CaseIterable {
        /// The value folded last wins: what most systems do.
        case lastWriteWins
        /// A second concurrent value is dropped.
        case skippedSibling
        /// A restored or copied store goes on under its old name, and a counter that is known is
        /// taken for a write that is known.
        case counterReuse

        /// The one that is on.
        @TaskLocal package static var current: Sabotage?
    }
#endif
