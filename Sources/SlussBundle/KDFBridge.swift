import CryptoExtras
import Foundation

/// The one door to CryptoExtras, whose interface speaks Foundation's `Data`.
enum KDFBridge {
    /// 32 bytes of scrypt (RFC 7914) with r = 8 and p = 1.
    static func scrypt(password: [UInt8], salt: [UInt8], rounds: Int) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: Data(password), salt: Data(salt), outputByteCount: 32, rounds: rounds,
            blockSize: 8, parallelism: 1, maxMemory: rounds * 1024 + 1 << 20)
        return key.withUnsafeBytes { Array($0) }
    }
}
