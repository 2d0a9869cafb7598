import SlussBundle
import SlussCore
import SlussStore
import SlussSync

/// Compares a store with what must be left of a workload once all of its bundles are merged.
struct StoreComparison {
    private let workload: Workload
    private let index: WorkloadIndex
    private let audience: Audience

    /// Reads where everything stands in the workload.
    init(_ workload: Workload) throws {
        guard let unit = UnitCode(ReplayNetwork.unitCode) else {
            throw WorkloadFailure(what: ReplayNetwork.unitCode)
        }
        self.workload = workload
        index = try WorkloadIndex(workload)
        audience = .unit(unit)
    }

    /// Compares the store in `folder`.
    func verdict(ofStore folder: String) throws -> Verdict {
        try UnitStore(folder: folder, access: .reading).read { transaction in
            var verdict = Verdict()
            let logs = Dictionary(
                try transaction.logs().values.map { ($0.no, $0) }, uniquingKeysWith: { $1 })
            let reader = LogLineReader()
            var found = 0
            try Expectation.forEach(in: workload) { expected in
                guard let no = try transaction.recordNo(expected.record, audience) else {
                    verdict.recordsWrong += 1
                    return
                }
                found += 1
                try compare(try transaction.record(no: no).state, expected, &verdict)
                let writes = try transaction.lines(ofRecord: no, logs: logs).map {
                    try reader.write(
                        envelope: $0.envelope, body: $0.body, replica: $0.dot.replica)
                }
                verdict.conflictsDetected += Self.concurrentPairs(writes)
            }
            let records = try transaction.recordCounts().values.reduce(0, +)
            verdict.recordsWrong += abs(records - found)
            verdict.conflictsListed = Int64(try transaction.conflictCount())
            verdict.setAside = try transaction.asideCount()
            return verdict
        }
    }

    private func compare(
        _ state: RecordState, _ expected: Expectation, _ verdict: inout Verdict
    ) throws {
        for (field, origins) in expected.fields {
            let siblings = state.siblings(field.path(inIdea: expected.isIdea))
            let kept = try origins.count { origin in
                let dot = index.dot(of: origin)
                let text = try index.text(of: origin)
                return siblings.contains {
                    $0.dot == dot && field.text(of: $0.value).map { Text($0) } == Text(text)
                }
            }
            verdict.fields += 1
            if kept < origins.count && origins.count == 1 || siblings.count > origins.count {
                verdict.wrong += 1
            }
            guard origins.count > 1 else { continue }
            verdict.conflicts += 1
            if kept == origins.count { verdict.bothKept += 1 }
            if kept == 1 { verdict.oneKept += 1 }
        }
    }

    /// How many pairs of writes have given one field a value without knowing of each other: what
    /// the merges had to detect, whatever became of it later.
    static func concurrentPairs(_ writes: [Write]) -> Int64 {
        var pairs: Int64 = 0
        for (place, write) in writes.enumerated() {
            for other in writes[..<place]
            where !write.context.covers(other.dot) && !other.context.covers(write.dot) {
                pairs += Int64(paths(write).intersection(paths(other)).count)
            }
        }
        return pairs
    }

    private static func paths(_ write: Write) -> Set<FieldPath> {
        Set((write.body?.changes ?? []).map(\.path))
    }
}
