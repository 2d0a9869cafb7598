/// This release of Sluss.
public enum Release {
    /// Its name; no number of a format or a schema follows from it.
    public static let name = "sluss 0.1.0"
    /// The number of its fold: raised when a release understands more of what writes hold, so that
    /// stores fold again what they could only keep.
    public static let fold = 1

    /// Whether a bundle was made by an older release than this one, as far as its name tells.
    public static func isOlder(_ producer: String) -> Bool {
        guard let other = numbers(producer), let own = numbers(name) else { return false }
        return other.lexicographicallyPrecedes(own)
    }

    private static func numbers(_ name: String) -> [Int]? {
        let words = name.utf8.split(separator: UInt8(ascii: " "))
        guard words.count == 2, words[0].elementsEqual("sluss".utf8) else { return nil }
        let parts = words[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map { Int(String(decoding: $0, as: UTF8.self)) }
        return parts.contains(nil) ? nil : parts.compactMap { $0 }
    }
}
