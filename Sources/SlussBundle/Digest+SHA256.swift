public import SlussCore

import struct Crypto.SHA256

extension Digest {
    /// SHA-256 of `bytes` (FIPS 180-4).
    public static func sha256(_ bytes: some Collection<UInt8>) -> Digest {
        var running = RunningDigest()
        running.append(bytes)
        return running.digest
    }
}

/// SHA-256 of bytes that come in pieces.
public struct RunningDigest {
    private var hash = SHA256()
    /// How many bytes have come.
    public private(set) var byteCount: UInt64 = 0

    /// The digest of nothing yet.
    public init() {}

    /// Adds the next piece.
    public mutating func append(_ bytes: some Collection<UInt8>) {
        byteCount += UInt64(bytes.count)
        let done: Void? = bytes.withContiguousStorageIfAvailable {
            hash.update(bufferPointer: .init($0))
        }
        if done == nil { Array(bytes).withUnsafeBytes { hash.update(bufferPointer: $0) } }
    }

    mutating func append(_ digest: Digest) {
        byteCount += 32
        digest.withBytes { hash.update(bufferPointer: $0) }
    }

    /// The digest of what has come so far.
    public var digest: Digest {
        guard let digest = hash.finalize().withUnsafeBytes({ Digest(bytes: $0) }) else {
            preconditionFailure("SHA-256 gives 32 bytes")
        }
        return digest
    }
}

/// The slow hash under which a receipt code is kept: scrypt (RFC 7914), N = 2^12, r = 8, p = 1.
///
/// A code has about 23 000 values, so this delays a guesser who holds the store; it does not stop
/// one. docs/bundle-format.md, "Receipt".
public enum ReceiptHash {
    /// The hash of `code`, salted with the idea's record id.
    public static func hash(_ code: String, record: RecordID) throws -> Digest {
        let key = try KDFBridge.scrypt(
            password: Array(code.utf8), salt: record.bytes, rounds: 1 << 12)
        guard let digest = Digest(bytes: key) else {
            preconditionFailure("32 bytes were asked for")
        }
        return digest
    }
}
