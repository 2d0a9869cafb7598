/// A key that is needed is not there, or not the right one.
public enum KeyError: Error, Hashable, Sendable {
    /// There is no such file.
    case missing(String)
    /// There is no such file where somebody has said that a key is.
    case notThere(String)
    /// Others on the computer can read the file.
    case tooOpen(String)
    /// The file holds no key.
    case malformed(String)
    /// The key is another than the store's.
    case foreign(String)
    /// The file is protected by a passphrase, and none was given.
    case passphraseNeeded(String)
    /// The passphrase is wrong.
    case wrongPassphrase(String)
    /// There is no key here to encrypt with: the store is in no network.
    case noRecipient
    /// The root key of the network is not on this computer.
    case noRoot
    /// This device has been shut out.
    case shutOut
}
