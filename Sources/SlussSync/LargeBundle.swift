import SlussBundle

/// A bundle that brings more than a unit writes in years, so that a person is asked before it costs
/// minutes.
///
/// Nothing is wrong with it as a file. What a bundle costs whoever merges it is in proportion to
/// its lines (docs/threat-model.md, "What a unit that has been let in can cost"): with this much it
/// is some seconds.
public struct LargeBundle: Error, Hashable, Sendable {
    /// Bytes of a bundle's lines up to which nobody is asked: some 30 000 writes.
    public static let bytesMax = 16 << 20

    /// Notes that there is such a bundle.
    public init() {}
}

/// Adds up the lines of a bundle that may be held for its size.
struct LargeBundleWatch {
    private var bytes = 0

    /// Notes lines that have come, whether or not they are here already.
    ///
    /// - Throws: ``LargeBundle``.
    mutating func note(_ lines: [LogLine]) throws {
        bytes += lines.reduce(0) { $0 + $1.byteCount }
        if bytes > LargeBundle.bytesMax { throw LargeBundle() }
    }
}
