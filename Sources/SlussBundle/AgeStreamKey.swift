import struct Crypto.SymmetricKey

/// What sealing and opening have in common (age-encryption.org/v1, "Payload").
struct AgeStreamKey {
    static let nonceBytes = 16

    private let key: SymmetricKey
    /// The number of the next chunk.
    private(set) var chunk: UInt64 = 0

    init(_ fileKey: AgeFileKey, nonce: [UInt8]) {
        key = AgeCrypto.derive(fileKey.bytes, salt: nonce, info: "payload")
    }

    private func nonce(isLast: Bool) -> [UInt8] {
        var nonce: [UInt8] = [0, 0, 0]
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            nonce.append(UInt8(truncatingIfNeeded: chunk >> shift))
        }
        nonce.append(isLast ? 1 : 0)
        return nonce
    }

    mutating func seal(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        defer { chunk += 1 }
        return AgeCrypto.seal(bytes, key, nonce: nonce(isLast: isLast))
    }

    /// Opens the next chunk, and goes on to the one behind it if that went well.
    mutating func open(_ bytes: ArraySlice<UInt8>, isLast: Bool) -> [UInt8]? {
        guard let opened = AgeCrypto.open(bytes, key, nonce: nonce(isLast: isLast)) else {
            return nil
        }
        chunk += 1
        return opened
    }
}
