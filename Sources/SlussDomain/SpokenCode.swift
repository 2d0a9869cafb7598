public import SlussCore

/// Four plain Swedish words that stand for a digest, to be compared on the phone.
///
/// Three words carry the digest's first 24 bits; the fourth is a check on them, so that a word
/// misheard is noticed at once: it is word number (3a + 5b + 7c) mod 256 of the list.
public struct SpokenCode: Hashable, Sendable, CustomStringConvertible {
    /// The four words.
    public let words: [String]

    /// The code of a digest.
    public init(_ digest: Digest) {
        let bytes = digest.bytes
        let (a, b, c) = (Int(bytes[0]), Int(bytes[1]), Int(bytes[2]))
        words = [a, b, c, Self.check(a, b, c)].map { WordList.words[$0] }
    }

    /// The words with spaces between.
    public var description: String { words.joined(separator: " ") }

    /// Whether four words can be a code: all in the list, and the check right.
    public static func isPlausible(_ words: [String]) -> Bool {
        let numbers = words.compactMap { WordList.number(of: $0) }
        return numbers.count == 4 && words.count == 4
            && check(numbers[0], numbers[1], numbers[2]) == numbers[3]
    }

    private static func check(_ a: Int, _ b: Int, _ c: Int) -> Int { (3 * a + 5 * b + 7 * c) % 256 }
}

/// Ten words that stand for a key, to be compared on the phone before it is trusted.
///
/// Each word is one byte, so they carry the first 80 bits of the key's digest: so many that
/// nobody finds a second key with the same words.
public struct SpokenKey: Hashable, Sendable, CustomStringConvertible {
    /// The ten words.
    public let words: [String]

    /// The words of a key's digest.
    public init(_ digest: Digest) {
        words = digest.bytes.prefix(10).map { WordList.words[Int($0)] }
    }

    /// The words in two groups of five.
    public var description: String {
        words.prefix(5).joined(separator: " ") + " – " + words.suffix(5).joined(separator: " ")
    }
}

/// The code on an idea's receipt: a word and two digits, such as `KANEL-47`.
///
/// Shown once, stored only as a slow hash; opens status and answer without an account.
public struct ReceiptCode: Hashable, Sendable, CustomStringConvertible {
    /// The written form.
    public let description: String

    /// Draws a code.
    public init(using generator: inout some RandomNumberGenerator) {
        let word = WordList.words[Int.random(in: 0..<WordList.words.count, using: &generator)]
        description = "\(word.uppercased())-\(Int.random(in: 10...99, using: &generator))"
    }

    /// Reads a code as typed: small letters and a space for the hyphen will do.
    public init?(typed: String) {
        let parts = typed.uppercased().split { $0 == "-" || $0 == " " }
        guard parts.count == 2, WordList.number(of: parts[0].lowercased()) != nil,
            parts[1].utf8.count == 2, Int(parts[1]) != nil
        else { return nil }
        description = "\(parts[0])-\(parts[1])"
    }
}
