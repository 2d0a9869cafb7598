import SlussCore

/// Which answers the people of this machine have opened: a convenience, so what is damaged is
/// nothing, and nothing is what was never there.
extension DraftBox {
    private static let seenFile = "seen"
    private static let seenFirstLine = "sluss-seen 1"
    /// Records that are remembered, the latest.
    static let seenMax = 10_000
    private static let seenBytesMax = 1 << 20

    /// How many answers to a record have been opened here, by record.
    public func seenAnswers() -> [String: Int] {
        Dictionary(seenLines()) { max($0, $1) }
    }

    /// Remembers that so many answers to a record have been opened; never fewer than before.
    ///
    /// - Throws: ``DraftError``: nothing is forgotten then.
    public func noteSeen(record: String, answers: Int) throws {
        precondition(Self.isName(record) && answers >= 0, "a record's id and a count")
        try alone {
            var lines = seenLines()
            let before = lines.first { $0.0 == record }?.1 ?? 0
            guard answers > before else { return }
            lines.removeAll { $0.0 == record }
            lines.append((record, answers))
            let text = lines.suffix(Self.seenMax).map { "\($0.0) \($0.1)\n" }.joined()
            try put(Array("\(Self.seenFirstLine)\n\(text)".utf8), as: Self.seenFile, in: folder)
        }
    }

    private func seenLines() -> [(String, Int)] {
        guard let bytes = try? folder.read(Self.seenFile, max: Self.seenBytesMax),
            let text = String(validating: bytes, as: UTF8.self), text.hasSuffix("\n")
        else { return [] }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        guard lines.first == Self.seenFirstLine[...] else { return [] }
        var seen: [(String, Int)] = []
        for line in lines.dropFirst() {
            let parts = line.split(separator: " ", omittingEmptySubsequences: false)
            guard parts.count == 2, Self.isName(String(parts[0])), let count = Int(parts[1]),
                count > 0
            else { return [] }
            seen.append((String(parts[0]), count))
        }
        return seen
    }
}
