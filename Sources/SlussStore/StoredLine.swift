package import SlussCore

/// One write as it is stored.
package struct StoredLine: Sendable {
    /// How its envelope is kept.
    package enum Kept: Sendable {
        /// As its writer spelled it.
        case asWritten([UInt8])
        /// What it says; spelled as Sluss spells it, it is what was written.
        case packed(PackedEnvelope.Content, RecordID)
    }

    /// The write's name.
    package let dot: Dot
    /// The body's bytes, or `nil` if erased.
    package let body: [UInt8]?
    /// The log's digest with this write.
    package let digest: Digest
    /// The envelope.
    package let kept: Kept

    /// Puts a line together from its row.
    ///
    /// - Parameters:
    ///   - record: The id of the row's record.
    ///   - name: The replica that a small number stands for.
    init(
        dot: Dot, record: RecordID, envelope: [UInt8], body: [UInt8]?, digest: Digest,
        name: (UInt64) throws -> ReplicaID?
    ) throws {
        self.dot = dot
        self.body = body
        self.digest = digest
        if PackedEnvelope.isPacked(envelope) {
            do {
                kept = .packed(try PackedEnvelope.unpack(envelope, name: name), record)
            } catch is PackedEnvelope.Damaged { throw StoreError.damaged(what: "log") }
        } else {
            kept = .asWritten(envelope)
        }
    }
}
