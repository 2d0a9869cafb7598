package import SlussBundle
package import SlussCore
package import SlussStore

extension StoredLine {
    /// The envelope's bytes as they were first written.
    package var envelope: [UInt8] {
        switch kept {
        case .asWritten(let bytes): bytes
        case .packed(let content, let record):
            envelope(
                content, record,
                content.bodyDigest ?? body.map { Digest.sha256($0) } ?? Digest.sha256([])
            ).line
        }
    }

    /// What the line says.
    package func write(_ reader: LogLineReader) throws(LogLineReader.Damaged) -> Write {
        switch kept {
        case .asWritten(let bytes):
            try reader.write(envelope: bytes, body: body, replica: dot.replica)
        case .packed(let content, let record):
            // The digest takes no part in what a write says.
            try reader.write(
                envelope(content, record, digest), body: body, replica: dot.replica)
        }
    }

    private func envelope(
        _ content: PackedEnvelope.Content, _ record: RecordID, _ bodyDigest: Digest
    ) -> Envelope {
        Envelope(
            counter: dot.counter, record: record, kind: content.kind, context: content.context,
            day: content.day, bodyDigest: bodyDigest)
    }
}

extension StoreTransaction {
    /// Adds a line to a log; the caller moves the log's count and digest (``update(_:)``).
    func insertLine(_ line: LogLine, log: StoredLog, record: Int64) throws {
        try insertLine(
            line.write, envelope: line.isCanonical ? nil : line.envelopeBytes,
            body: line.bodyBytes, bodyDigest: line.bodyBytes == nil ? line.bodyDigest : nil,
            digest: line.digest, log: log, record: record)
    }
}
