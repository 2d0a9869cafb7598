/// Why a file of keys was not read.
///
/// Never says what stands in the file: it holds a secret.
public enum KeyFileError: Error, Hashable, Sendable {
    /// The file is no key file of the kind that was asked for.
    case notAKeyFile
    /// The key is locked with a passphrase of its own.
    case passphraseProtected
    /// The key is of another kind than is used here.
    case unsupportedKind(String)
    /// The file is larger than any key file.
    case tooLong(max: Int)
    /// The file begins as a key file, but is not one all through.
    case malformed(reason: String)
    /// A line of a file of age identities is none.
    case malformedLine(Int)
    /// The file holds no key.
    case empty
}
