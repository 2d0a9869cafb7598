/// Patterns with `*` and `?`, separated by commas, `!` before one that shuts out (ssh_config(5),
/// "PATTERNS").
struct PatternList: Hashable, Sendable {
    private struct Pattern: Hashable, Sendable {
        let isNegated: Bool
        let bytes: [UInt8]
    }

    /// Bytes of one pattern; OpenSSH has room for this many, and matches nothing beyond.
    private static let patternBytesMax = 1022

    /// The list as it was written.
    let text: String
    private let patterns: [Pattern]

    /// Takes a list apart; `nil` if a pattern is empty or too long.
    init?(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        self.text = text
        patterns = bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .map { part in
                let isNegated = part.first == UInt8(ascii: "!")
                return Pattern(
                    isNegated: isNegated, bytes: Array(part.dropFirst(isNegated ? 1 : 0)))
            }
        guard patterns.allSatisfy({ 1...Self.patternBytesMax ~= $0.bytes.count }) else {
            return nil
        }
    }

    /// Whether a pattern shuts out.
    var hasNegated: Bool { patterns.contains(where: \.isNegated) }

    /// Whether a pattern takes `text` and none shuts it out.
    func matches(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var isTaken = false
        for pattern in patterns where Self.matches(bytes, pattern.bytes) {
            if pattern.isNegated { return false }
            isTaken = true
        }
        return isTaken
    }

    /// Compares byte for byte; goes back to the last star only, so the time is bounded by the
    /// product of the lengths, whatever the pattern.
    private static func matches(_ bytes: [UInt8], _ pattern: [UInt8]) -> Bool {
        var place = 0
        var cursor = 0
        var star: (cursor: Int, place: Int)?
        while place < bytes.count {
            if cursor < pattern.count, pattern[cursor] == UInt8(ascii: "*") {
                star = (cursor, place)
                cursor += 1
            } else if cursor < pattern.count,
                pattern[cursor] == UInt8(ascii: "?") || pattern[cursor] == bytes[place]
            {
                cursor += 1
                place += 1
            } else if let (starCursor, starPlace) = star {
                star = (starCursor, starPlace + 1)
                cursor = starCursor + 1
                place = starPlace + 1
            } else {
                return false
            }
        }
        return pattern[cursor...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
