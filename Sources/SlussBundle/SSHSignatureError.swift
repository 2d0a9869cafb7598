/// Why a signature was not read.
public enum SSHSignatureError: Error, Hashable, Sendable {
    /// It is longer than any signature by an Ed25519 key.
    case tooLong(max: Int)
    /// The lines are not those that OpenSSH writes around a signature.
    case notArmored
    /// The signature is of a kind that is not read here: another version, key or hash.
    case unsupported(String)
    /// The signature breaks its format.
    case malformed(reason: String)
}
