/// How a command ended: a contract with scripts (docs/cli.md).
public enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Done.
    case done = 0
    /// Failed; nothing changed.
    case failed = 1
    /// Done, and a person must look: conflicts, or some of several refused.
    case look = 3
    /// There is no store.
    case noStore = 10
    /// Another process is writing.
    case busy = 11
    /// The bundle was refused.
    case refused = 12
    /// The store is damaged or not ours.
    case damaged = 13
    /// The bundle waits for an earlier one.
    case waits = 14
    /// Disk full, input or output error, read-only, no permission.
    case inputOutput = 30
    /// A key is missing or wrong.
    case key = 40
    /// The command was not understood.
    case usage = 64
    /// What was entered cannot be taken.
    case badInput = 65

    /// From harmless to worst; the worst one wins.
    private static let severity: [ExitStatus] = [
        .done, .look, .badInput, .usage, .waits, .refused, .key, .busy, .noStore, .inputOutput,
        .damaged, .failed,
    ]

    /// The worst of several, or ``done`` if there are none.
    public static func worst(_ statuses: some Sequence<ExitStatus>) -> ExitStatus {
        statuses.max {
            (severity.firstIndex(of: $0) ?? 0) < (severity.firstIndex(of: $1) ?? 0)
        } ?? .done
    }
}
