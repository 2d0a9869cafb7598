import SlussCore

/// What was signed of places in a log and its branches, found by the place.
///
/// A log can have thousands of branches, and thousands of heads can be signed of it; each branch asks
/// only for those that may lie in it.
struct SignedPlaces<Signed> {
    private let byPlace: [LogHead: [Signed]]
    /// How far logs had come, each count once, the largest first.
    private let counts: [UInt64]

    init(_ all: [(place: LogHead, Signed)]) {
        var byPlace: [LogHead: [Signed]] = [:]
        for (place, signed) in all { byPlace[place, default: []].append(signed) }
        self.byPlace = byPlace
        counts = Set(byPlace.keys.map(\.count)).sorted(by: >)
    }

    /// The counts in a range, the largest first.
    func counts(from first: UInt64, through last: UInt64) -> ArraySlice<UInt64> {
        var (low, high) = (0, counts.count)
        while low < high {
            let middle = low + (high - low) / 2
            if counts[middle] <= last { high = middle } else { low = middle + 1 }
        }
        return counts[low...].prefix { $0 >= first }
    }

    /// Whether something was signed of the place.
    func holds(_ place: LogHead) -> Bool { byPlace[place] != nil }

    /// What was signed of a place.
    subscript(place: LogHead) -> [Signed] { byPlace[place] ?? [] }
}
