/// Opens the payload of an age file, in pieces: sealed bytes in, plain bytes out.
///
/// Plain bytes come out only when their chunk has been authenticated and its place in the file is
/// known: a chunk that fills up waits for the byte behind it. That the file is whole is known only
/// when ``finish()`` has returned. Holds one chunk at most beyond what it is given.
public struct AgeStreamOpener: ~Copyable {
    private static let sealedChunkBytes = AgeLimits.chunkBytes + AgeCrypto.tagBytes

    private let fileKey: AgeFileKey
    private var key: AgeStreamKey?
    private var pending: [UInt8] = []
    private var failure: AgeError?
    private var isFinished = false

    /// Starts before the payload's first byte, which is the first behind the header.
    public init(_ fileKey: AgeFileKey) { self.fileKey = fileKey }

    /// Takes the next sealed bytes and gives the plain bytes that are ready.
    ///
    /// - Throws: ``AgeError``, and the same again at every later call.
    public mutating func open(_ bytes: some Collection<UInt8>) throws(AgeError) -> [UInt8] {
        precondition(!isFinished, "a payload ends once")
        if let failure { throw failure }
        var opened: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            if key != nil, pending.count == Self.sealedChunkBytes { opened += try openPending() }
            let goal = key == nil ? AgeStreamKey.nonceBytes : Self.sealedChunkBytes
            let count = min(goal - pending.count, rest.count)
            pending += rest.prefix(count)
            rest = rest.dropFirst(count)
            if key == nil, pending.count == AgeStreamKey.nonceBytes {
                key = AgeStreamKey(fileKey, nonce: pending)
                pending.removeAll(keepingCapacity: true)
            }
        }
        return opened
    }

    /// A full chunk with something behind it: not the last.
    private mutating func openPending() throws(AgeError) -> [UInt8] {
        if let opened = key?.open(pending[...], isLast: false) {
            pending.removeAll(keepingCapacity: true)
            return opened
        }
        let isLast = key?.open(pending[...], isLast: true) != nil
        throw fail(isLast ? .trailingData : .damagedChunk)
    }

    /// Ends the payload and gives its last plain bytes.
    ///
    /// - Throws: ``AgeError/truncated`` if the last chunk did not come.
    public mutating func finish() throws(AgeError) -> [UInt8] {
        precondition(!isFinished, "a payload ends once")
        if let failure { throw failure }
        guard let chunk = key?.chunk, pending.count >= AgeCrypto.tagBytes else {
            throw fail(.truncated)
        }
        guard let opened = key?.open(pending[...], isLast: true) else {
            // A whole chunk that says that another follows; what is cut within a chunk cannot be
            // told from a changed one.
            let isWhole = key?.open(pending[...], isLast: false) != nil
            throw fail(isWhole ? .truncated : .damagedChunk)
        }
        guard !opened.isEmpty || chunk == 0 else { throw fail(.damagedChunk) }
        isFinished = true
        return opened
    }

    private mutating func fail(_ error: AgeError) -> AgeError {
        failure = error
        pending = []
        return error
    }
}
