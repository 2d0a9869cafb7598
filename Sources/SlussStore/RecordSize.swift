/// How much some writes to a record come to.
package struct RecordSize: Sendable {
    /// How many there are.
    package var writes = 0
    /// The bytes of their bodies, as far as those have not been erased, and of long contexts.
    package var bytes = 0

    /// None.
    package init() {}

    /// The entries of a context that weigh nothing, and what each further one takes in memory.
    private static let freeEntries = 32
    private static let entryBytes = 32

    /// What a context of so many replicas weighs, in bytes.
    package static func weight(ofContext replicaCount: Int) -> Int {
        max(0, replicaCount - freeEntries) * entryBytes
    }

    /// Counts one more.
    package mutating func add(body byteCount: Int) {
        writes += 1
        bytes += byteCount
    }
}

extension StoreTransaction {
    /// How much the writes to a record come to, those included that do not count.
    package func size(ofRecord record: Int64) throws -> RecordSize {
        try hot.first(.recordSize, db) {
            $0.number(1, record)
        } _: {
            var size = RecordSize()
            size.writes = Int($0.number(0))
            size.bytes = Int($0.number(1))
            return size
        } ?? RecordSize()
    }

    /// Hands out, of each write to a record, the log, the counter and the bytes of its body.
    package func forEachSize(
        ofRecord record: Int64,
        _ body: (_ log: Int64, _ counter: UInt64, _ bytes: Int) throws -> Void
    ) throws {
        try hot.forEach(.recordSizes, db) {
            $0.number(1, record)
        } _: { row in
            let key = LineKey(value: row.number(0))
            try body(key.log, key.counter, Int(row.number(1)))
        }
    }
}
