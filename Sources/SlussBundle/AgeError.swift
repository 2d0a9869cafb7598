/// Why an age file was not made or not opened.
public enum AgeError: Error, Hashable, Sendable {
    /// The bytes do not begin as an age file.
    case notAge
    /// The file is of another version of age than 1.
    case unsupportedVersion
    /// The header breaks the format, or is larger than any real one.
    case malformedHeader(reason: String)
    /// None of the keys at hand opens the file.
    case noMatchingKey
    /// The passphrase is not the file's.
    case wrongPassphrase
    /// The file asks for more work to try a passphrase than an old computer can do.
    case workFactorTooHigh(found: Int, max: Int)
    /// There is not enough memory to try the passphrase.
    case notEnoughMemory
    /// The header was changed after it was made.
    case headerMACMismatch
    /// The file ends before its end.
    case truncated
    /// A part of the file was changed, moved or cut.
    case damagedChunk
    /// Something follows the file's last part.
    case trailingData
    /// The file cannot be made for these recipients.
    case unusableRecipients(reason: String)
}
