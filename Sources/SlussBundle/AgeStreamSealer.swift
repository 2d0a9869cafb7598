/// Seals the payload of an age file, in pieces: plain bytes in, sealed bytes out.
///
/// Holds one chunk at most. It cannot be copied: two copies that go on differently would use one
/// nonce twice.
public struct AgeStreamSealer: ~Copyable {
    private var key: AgeStreamKey
    private var pending: [UInt8] = []
    private var unsentNonce: [UInt8]
    private var isFinished = false

    /// Starts a payload with a nonce of its own.
    public init(_ fileKey: AgeFileKey) {
        var generator = SystemRandomNumberGenerator()
        self.init(
            fileKey, nonce: AgeCrypto.random(AgeStreamKey.nonceBytes, using: &generator))
    }

    init(_ fileKey: AgeFileKey, nonce: [UInt8]) {
        key = AgeStreamKey(fileKey, nonce: nonce)
        unsentNonce = nonce
        pending.reserveCapacity(AgeLimits.chunkBytes)
    }

    /// Takes the next plain bytes and gives the sealed bytes that are ready.
    public mutating func seal(_ bytes: some Collection<UInt8>) -> [UInt8] {
        precondition(!isFinished, "a payload ends once")
        var sealed = takeNonce()
        var rest = bytes[...]
        while !rest.isEmpty {
            // A full chunk waits for the byte behind it: without one it is the last.
            if pending.count == AgeLimits.chunkBytes {
                sealed += key.seal(pending, isLast: false)
                pending.removeAll(keepingCapacity: true)
            }
            let count = min(AgeLimits.chunkBytes - pending.count, rest.count)
            pending += rest.prefix(count)
            rest = rest.dropFirst(count)
        }
        return sealed
    }

    /// Ends the payload and gives its last sealed bytes.
    public mutating func finish() -> [UInt8] {
        precondition(!isFinished, "a payload ends once")
        isFinished = true
        return takeNonce() + key.seal(pending, isLast: true)
    }

    private mutating func takeNonce() -> [UInt8] {
        defer { unsentNonce = [] }
        return unsentNonce
    }
}
