import struct Crypto.SHA256
import struct Crypto.SHA512

/// The hash of a message, which is what OpenSSH really signs.
public struct SSHMessageHash: Hashable, Sendable {
    /// How the hash is made.
    public enum Algorithm: String, Hashable, Sendable {
        /// SHA-512 (FIPS 180-4): what Sluss and OpenSSH write.
        case sha512
        /// SHA-256 (FIPS 180-4): what some other programs write.
        case sha256
    }

    /// How it was made.
    public let algorithm: Algorithm
    /// The hash: 64 or 32 bytes.
    public let bytes: [UInt8]

    /// Hashes a message that is at hand.
    public init(of message: some Collection<UInt8>, _ algorithm: Algorithm = .sha512) {
        var running = RunningMessageHash(algorithm)
        running.append(message)
        self = running.hash
    }

    /// Takes a SHA-512 that has been computed already; `nil` if it has not 64 bytes.
    public init?(sha512 bytes: [UInt8]) {
        guard bytes.count == SHA512.byteCount else { return nil }
        algorithm = .sha512
        self.bytes = bytes
    }

    fileprivate init(_ algorithm: Algorithm, _ bytes: [UInt8]) {
        self.algorithm = algorithm
        self.bytes = bytes
    }
}

/// The hash of a message that comes in pieces.
public struct RunningMessageHash: Sendable {
    private enum State: Sendable {
        case sha512(SHA512)
        case sha256(SHA256)
    }

    private var state: State

    /// The hash of nothing yet.
    public init(_ algorithm: SSHMessageHash.Algorithm = .sha512) {
        switch algorithm {
        case .sha512: state = .sha512(SHA512())
        case .sha256: state = .sha256(SHA256())
        }
    }

    /// Adds the next piece.
    public mutating func append(_ bytes: some Collection<UInt8>) {
        let done: Void? = bytes.withContiguousStorageIfAvailable { append(.init($0)) }
        if done == nil { Array(bytes).withUnsafeBytes { append($0) } }
    }

    private mutating func append(_ buffer: UnsafeRawBufferPointer) {
        switch state {
        case .sha512(var hash):
            hash.update(bufferPointer: buffer)
            state = .sha512(hash)
        case .sha256(var hash):
            hash.update(bufferPointer: buffer)
            state = .sha256(hash)
        }
    }

    /// The hash of what has come so far.
    public var hash: SSHMessageHash {
        switch state {
        case .sha512(let hash): SSHMessageHash(.sha512, Array(hash.finalize()))
        case .sha256(let hash): SSHMessageHash(.sha256, Array(hash.finalize()))
        }
    }
}
