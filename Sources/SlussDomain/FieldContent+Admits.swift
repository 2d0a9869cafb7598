public import SlussCore

extension FieldContent {
    /// Whether `value` is of the field's type.
    ///
    /// Length is asked at entry only: what has been written elsewhere is shown, whatever its
    /// length. A value of another type, or a word that is not known, is from a newer release, or
    /// from nobody honest; it is kept and marked.
    public func admits(_ value: FieldValue) -> Bool {
        if value == .null { return true }
        switch self {
        case .text: return value.asText != nil
        case .choice(let words), .choices(let words):
            return value.asText.map(words.contains) ?? false
        case .number: return value.asInteger != nil
        case .day: return value.asText.map { Day($0) != nil } ?? false
        case .flag: return value.asFlag != nil
        case .structure:
            switch value {
            case .structure, .list: return true
            default: return false
            }
        }
    }
}

extension FieldState {
    /// Every value that stands in this part of a field's state.
    var values: [FieldValue] {
        switch self {
        case .register(let siblings, _): siblings.map(\.value)
        case .own(let registers): registers.values.flatMap { $0.map(\.value) }
        case .elements(let elements): elements.keys.map { .text($0) }
        case .total, .entries: []
        }
    }
}
