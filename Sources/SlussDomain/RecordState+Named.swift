public import SlussCore

extension RecordState {
    /// The unit that the record is shown under: the one whose record it is, whatever a write says.
    public var namedUnit: String? {
        if case .unit(let unit) = audience { unit.description } else { text("unit") }
    }

    /// The number that the record goes by; one that begins as another unit's is nobody's.
    public var namedNumber: String? {
        guard case .unit(let unit) = audience else { return text("number") }
        return text("number").flatMap { $0.utf8.starts(with: "\(unit)-".utf8) ? $0 : nil }
    }
}
