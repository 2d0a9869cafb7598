import SlussCore

/// Which writes there are to each record: what the contexts of later writes are made of.
///
/// Holds no values, so that a workload of any size fits.
struct ReplayIndex {
    /// A write, by where it stands in the workload and in Sluss.
    private struct Entry {
        let machine: UInt8
        /// The number of its last op at its unit.
        let sequence: UInt32
        let counter: UInt32
    }

    private let replicas: [ReplicaID]
    private var writes: [RecordID: [Entry]] = [:]

    /// Starts with no records.
    init(replicas: [ReplicaID]) { self.replicas = replicas }

    /// Notes a write and returns what its writer had seen of the record: of each machine, its last
    /// write to the record among the ops that had been pulled, or of its own.
    mutating func note(
        _ write: WorkloadWrite, by machine: Int, counter: UInt64, seen: [UInt32]
    ) -> VersionVector {
        var entries = writes.removeValue(forKey: write.record) ?? []
        var context = VersionVector()
        for entry in entries {
            let other = Int(entry.machine)
            guard other == machine || entry.sequence <= seen[other] else { continue }
            context.insert(Dot(replica: replicas[other], counter: UInt64(entry.counter)))
        }
        entries.append(
            Entry(
                machine: UInt8(machine), sequence: write.sequence, counter: UInt32(counter)))
        writes[write.record] = entries
        return context
    }
}
