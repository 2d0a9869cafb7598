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
}
