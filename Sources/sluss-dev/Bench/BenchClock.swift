import Dispatch

/// Collects how long acts take, as `limit.cpp` does.
struct BenchClock {
    private var microseconds: [Double] = []

    /// Times one act.
    mutating func time(_ act: () throws -> Void) rethrows {
        let start = DispatchTime.now().uptimeNanoseconds
        try act()
        microseconds.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e3)
    }

    /// The time that a share of the acts has stayed below.
    func percentile(_ share: Double) -> Double {
        let sorted = microseconds.sorted()
        guard let last = sorted.last else { return 0 }
        let place = Int(share * Double(sorted.count))
        return sorted.indices.contains(place) ? sorted[place] : last
    }
}
