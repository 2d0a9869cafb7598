import SlussBundle

/// A layer of a bundle, looked at alone, is not as it must be.
enum LayerError: Error, Hashable, Sendable {
    /// The file is no signature that can be read.
    case noSignature(SSHSignatureError)
    /// The file is no list of who may sign.
    case noSigners(AllowedSignersError)
    /// The signature is not by that key over that file.
    case signatureMismatch(fingerprint: String)
    /// The signature is good for something else.
    case otherNamespace(String, fingerprint: String)
    /// The key is not one that may sign so.
    case signerNotAllowed(SignerRefusal, fingerprint: String)
    /// The age file does not open, or is not whole.
    case age(AgeError)
    /// The age file was changed while it was read; some of it has been handed out.
    case changedMeanwhile
    /// The file holds no keys that can be read.
    case noIdentities(String, KeyFileError)
    /// The file holds no passphrase.
    case noPassphrase(String)
}
