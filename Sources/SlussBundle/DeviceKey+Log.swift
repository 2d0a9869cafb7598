public import SlussCore

extension DeviceKey {
    /// What the ids of all logs begin with that the device writes: the first 8 bytes of the SHA-256
    /// of its key, with the first bit turned if that is how branches' names begin.
    ///
    /// So nobody can speak of a log that another device writes: the id itself says whose it is.
    private var logMark: UInt64 {
        let high = Digest.sha256(blob).bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        return ReplicaID(high: high, low: 0).asOwnID.high
    }

    /// Whether a log of this id is one that the device writes.
    public func writes(_ log: ReplicaID) -> Bool { log.high == logMark }

    /// Draws the id of a new log of the device.
    public func newLog(using generator: inout some RandomNumberGenerator) -> ReplicaID {
        ReplicaID(high: logMark, low: UInt64.random(in: .min ... .max, using: &generator))
    }
}
