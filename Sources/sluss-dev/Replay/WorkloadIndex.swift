import SlussCore

/// Where each op of a workload stands: in its unit's file, and in the log that it is replayed to.
///
/// Twelve bytes an op and no value, so that a workload of any size fits.
struct WorkloadIndex {
    private let readers: [WorkloadReader]
    private let replicas: [ReplicaID]
    /// By unit and op: where its line begins.
    private var offsets: [[UInt64]] = []
    /// By unit and write: the number of the write's last op.
    private var ends: [[UInt32]] = []

    /// Reads through the workload once.
    init(_ workload: Workload) throws {
        replicas = try (0..<workload.units).map { try ReplayNetwork.log(ofMachine: $0) }
        for unit in 0..<workload.units {
            let reader = try WorkloadReader(workload, unit: unit)
            var offsets: [UInt64] = []
            var ends: [UInt32] = []
            while let round = try reader.nextRound() {
                offsets += round.ops.map(\.offset)
                ends += round.writes.map(\.sequence)
            }
            self.offsets.append(offsets)
            self.ends.append(ends)
        }
        readers = try (0..<workload.units).map { try WorkloadReader(workload, unit: $0) }
    }

    /// The write that an op has become part of.
    func dot(of origin: Expectation.Origin) -> Dot {
        let ends = ends[origin.unit]
        var (low, high) = (0, ends.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(ends[middle]) < origin.sequence { low = middle + 1 } else { high = middle }
        }
        return Dot(replica: replicas[origin.unit], counter: UInt64(low) + 1)
    }

    /// The value that an op gives its field.
    func text(of origin: Expectation.Origin) throws -> String {
        let offsets = offsets[origin.unit]
        guard offsets.indices.contains(origin.sequence - 1) else {
            throw WorkloadFailure(what: "unit \(origin.unit) has no op \(origin.sequence)")
        }
        return try readers[origin.unit].text(at: offsets[origin.sequence - 1])
    }
}
