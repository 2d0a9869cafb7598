import GRDB
package import SlussCore

extension StoreTransaction {
    /// A record's stored state and how many of its fields are in conflict; `nil` if it holds what
    /// is not known to this release: that takes more than folding.
    package func state(no: Int64) throws -> ([UInt8], conflicts: Int64)? {
        let found = try hot.first(.state, db) {
            $0.number(1, no)
        } _: { row in
            row.number(2) == 0 ? ([UInt8](row.bytes(0)), row.number(1)) : nil
        }
        guard let found else { throw StoreError.damaged(what: "record") }
        return found
    }

    /// Stores the number that a record goes by.
    package func save(_ no: Int64, number: String?) throws {
        try hot.run(.updateNumber, db) {
            $0.number(1, no)
            $0.text(2, number)
        }
    }

    /// Stores the unit that a record is listed under.
    package func save(_ no: Int64, unit: String?) throws {
        try hot.run(.updateUnit, db) {
            $0.number(1, no)
            $0.text(2, unit)
        }
    }

    /// Stores the day that a record is listed under.
    package func save(_ no: Int64, day: String?) throws {
        try hot.run(.updateDay, db) {
            $0.number(1, no)
            $0.text(2, day)
        }
    }

    /// Stores which of a record's changed fields are in conflict now.
    ///
    /// - Parameter count: How many fields of it were.
    /// - Returns: How many are.
    package func save(
        _ no: Int64, conflicts: [(path: String, id: String)], of changed: [String], count: Int64
    ) throws -> Int64 {
        var count = count
        for path in changed {
            try hot.run(.deleteConflict, db) {
                $0.number(1, no)
                $0.text(2, path)
            }
            count -= Int64(db.changesCount)
        }
        for conflict in conflicts { try insertConflict(no, conflict) }
        count += Int64(conflicts.count)
        try hot.run(.updateConflicts, db) {
            $0.number(1, no)
            $0.number(2, count)
        }
        return count
    }

    /// Stores a state after writes that leave what is listed of the record as it is, but for its
    /// status.
    ///
    /// - Parameter status: The status to list, if it has been written.
    package func save(_ no: Int64, _ state: [UInt8], status: String??) throws {
        try state.withUnsafeBufferPointer { bytes in
            try hot.run(status == nil ? .updateState : .updateStatus, db) {
                $0.number(1, no)
                $0.bytes(2, bytes)
                if let status { $0.text(3, status) }
            }
        }
    }

    /// Stores a record that has no row yet, to be folded later.
    package func insert(_ no: Int64, _ editor: StateEditor) throws {
        do { try insert(no, editor, editor.encoded(), nil) } catch is StateDecoder.Damaged {
            throw StoreError.damaged(what: "state")
        }
    }

    /// Stores a record that has no row yet.
    ///
    /// - Parameter summary: What is listed of it; `nil` if it is folded later.
    package func insert(
        _ no: Int64, _ editor: StateEditor, _ bytes: [UInt8], _ summary: RecordSummary?
    ) throws {
        try bytes.withUnsafeBufferPointer { bytes in
            try hot.run(.insertRecord, db) {
                $0.number(1, no)
                $0.id(2, editor.record)
                $0.text(3, editor.kind.string)
                $0.text(4, editor.audience.description)
                $0.bytes(5, bytes)
                $0.text(6, summary?.number)
                $0.text(7, summary?.unit)
                $0.text(8, summary?.day)
                $0.text(9, summary?.status)
                $0.number(10, Int64(summary?.conflicts.count ?? 0))
                $0.number(11, summary?.holdsUnknown ?? false ? 1 : 0)
            }
        }
        if let summary { try insertConflicts(no, summary) }
    }

    /// Stores a record's new state and everything derived from it but the words to be found.
    package func save(_ no: Int64, _ state: RecordState, _ summary: RecordSummary) throws {
        let bytes = StateEncoder.encode(state)
        try bytes.withUnsafeBufferPointer { bytes in
            try hot.run(.updateRecord, db) {
                $0.number(1, no)
                $0.text(2, state.kind.string)
                $0.bytes(3, bytes)
                $0.text(4, summary.number)
                $0.text(5, summary.unit)
                $0.text(6, summary.day)
                $0.text(7, summary.status)
                $0.number(8, Int64(summary.conflicts.count))
                $0.number(9, summary.holdsUnknown ? 1 : 0)
            }
        }
        try hot.run(.deleteConflicts, db) { $0.number(1, no) }
        try insertConflicts(no, summary)
    }

    private func insertConflicts(_ no: Int64, _ summary: RecordSummary) throws {
        for conflict in summary.conflicts { try insertConflict(no, conflict) }
    }

    private func insertConflict(_ no: Int64, _ conflict: (path: String, id: String)) throws {
        try hot.run(.insertConflict, db) {
            $0.number(1, no)
            $0.text(2, conflict.path)
            $0.text(3, conflict.id)
        }
    }
}
