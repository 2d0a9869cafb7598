import Foundation

/// Brings texts to the one form in which they are stored by people and searched.
enum SearchText {
    /// Unicode normalisation form C (UAX #15): `å` typed as two characters becomes one.
    static func normalised(_ text: String) -> String { text.precomposedStringWithCanonicalMapping }
}
