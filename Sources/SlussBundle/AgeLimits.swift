/// The limits of everything that is read from an age file.
public enum AgeLimits {
    /// Bytes of a header: 64 keys take 7 KiB.
    public static let headerBytesMax = 64 << 10
    /// Stanzas of a header, which is one for each key that opens the file: a unit has a few
    /// machines, and each stanza is tried with each key.
    public static let stanzasMax = 64
    /// Bytes of a header's line without its line feed: those of post-quantum keys have 1 600.
    public static let lineBytesMax = 4096
    /// The scrypt work factor of what is written, as age's own: 2^18 rounds, 256 MiB, a second.
    public static let scryptWorkFactor = 18
    /// The largest scrypt work factor that is tried: 2^20 rounds, 1 GiB, some seconds.
    public static let scryptWorkFactorMax = 20
    /// Bytes of a passphrase.
    public static let passphraseBytesMax = 1024
    /// Bytes of a file of identities.
    public static let identityFileBytesMax = 64 << 10
    /// Bytes of the payload in one chunk; the format's.
    public static let chunkBytes = 64 << 10
}
