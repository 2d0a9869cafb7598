import SlussBundle
import SlussDomain

/// A key as people compare it: in words on the phone, in letters on the screen.
public struct KeyName: Hashable, Sendable {
    /// `SHA256:` and 43 letters, as `ssh-keygen -l` writes it.
    public let fingerprint: String
    /// Ten plain Swedish words: the first 80 bits of the same digest.
    public let words: String

    init(_ key: DeviceKey) {
        fingerprint = key.fingerprint
        words = SpokenKey(key.network).description
    }
}
