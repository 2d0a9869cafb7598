import SlussCore

/// One change of one field, as the workload has it.
struct WorkloadOp {
    let record: RecordID
    let isIdea: Bool
    let field: WorkloadField
    let text: String
    /// Its number at its unit, from 1.
    let sequence: UInt32
    let day: Day
    /// Where its line begins in the unit's file.
    let offset: UInt64
}

/// What makes one write in Sluss: the ops that create a record, or one op.
struct WorkloadWrite {
    let ops: ArraySlice<WorkloadOp>
    /// Whether it creates the record.
    let isFirst: Bool

    var record: RecordID { ops[ops.startIndex].record }
    var isIdea: Bool { ops[ops.startIndex].isIdea }
    var day: Day { ops[ops.startIndex].day }
    /// The number of its last op.
    var sequence: UInt32 { ops[ops.endIndex - 1].sequence }
    var kind: Text { isIdea ? "idea" : "meeting" }
}

/// What a unit does between two pulls.
struct WorkloadRound {
    /// How many ops of each unit it has pulled.
    let seen: [UInt32]
    let ops: [WorkloadOp]

    /// The ops as writes: a record is created by one op for each field of its kind, in their order.
    var writes: [WorkloadWrite] {
        var writes: [WorkloadWrite] = []
        var index = 0
        while index < ops.count {
            let fields = ops[index].isIdea ? WorkloadField.ofIdea : WorkloadField.ofNote
            let run = ops[index..<min(index + fields.count, ops.count)]
            let isFirst =
                run.map(\.field) == fields && run.allSatisfy { $0.record == ops[index].record }
            let end = isFirst ? run.endIndex : index + 1
            writes.append(WorkloadWrite(ops: ops[index..<end], isFirst: isFirst))
            index = end
        }
        return writes
    }
}
