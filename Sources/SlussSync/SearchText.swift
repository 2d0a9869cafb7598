import Foundation

/// Brings texts to the one form in which they are stored by people and searched.
enum SearchText {
    /// Unicode normalisation form C (UAX #15): `å` typed as two characters becomes one.
    static func normalised(_ text: String) -> String {
        // Below U+0300, where the combining marks begin, every text is in that form.
        var text = text
        let isSimple = text.withUTF8 { bytes in bytes.allSatisfy { $0 < 0xCC } }
        return isSimple ? text : text.precomposedStringWithCanonicalMapping
    }

    /// The bytes of a text in lower case, as `lowercased()` gives it.
    ///
    /// That looks every letter up in tables: half of what a search took.
    static func lowered(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8(loweredIfSimple) ?? Array(text.lowercased().utf8)
    }

    /// The same for a text of ASCII, Latin-1, dashes and quotation marks, as nearly all are; `nil` for
    /// others.
    private static func loweredIfSimple(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var lowered = Array(text)
        // What may follow within a letter: nothing, U+0080 to U+00BF, the letters to U+00FF, or the
        // second and third byte of a sign from U+2000 to U+203F.
        var before: (UInt8, UInt8) = (0, 0)
        for place in text.indices {
            let byte = text[place]
            switch (before, byte) {
            case (_, 0..<0x80): if (0x41...0x5A).contains(byte) { lowered[place] = byte | 0x20 }
            case (_, 0xC2...0xC3), ((_, 0xC2), _), (_, 0xE2), ((_, 0xE2), 0x80): break
            case ((0xE2, 0x80), _): break
            // The sign of multiplication is no letter.
            case ((_, 0xC3), _): if byte < 0x9F, byte != 0x97 { lowered[place] = byte | 0x20 }
            default: return nil
            }
            before = (before.1, byte)
        }
        return lowered
    }
}
