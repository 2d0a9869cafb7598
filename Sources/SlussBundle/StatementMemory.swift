import SlussCore

/// Statements that have been read and whose signatures were right.
///
/// The bundles of one merge bring the same certificates again and again. A statement is the bytes of
/// its text and of its signature, so the same bytes need not be checked twice.
public final class StatementMemory {
    /// So many bundles' worth; then it begins anew.
    private static let countMax = 2 * BundleLimits.statementsMax

    private struct Bytes: Hashable {
        let text: Text
        let armored: Text

        /// The end of the signature tells nearly all apart.
        func hash(into hasher: inout Hasher) {
            hasher.combine(Text(armored.string.suffix(64)))
        }
    }

    private var checked: [Bytes: SignedStatement] = [:]

    /// Remembers nothing yet.
    public init() {}

    func statement(
        _ text: String, _ armored: String, _ json: StrictJSON
    ) throws(Malformed) -> SignedStatement {
        let bytes = Bytes(text: Text(text), armored: Text(armored))
        if let known = checked[bytes] { return known }
        let statement = try SignedStatement(checking: text, armored, json)
        if checked.count >= Self.countMax { checked = [:] }
        checked[bytes] = statement
        return statement
    }
}
