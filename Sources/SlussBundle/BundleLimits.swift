/// The limits of everything that is read from a bundle (docs/bundle-format.md, "Limits").
///
/// They are far above what any unit writes and far below what hurts an old PC.
public enum BundleLimits {
    /// Bytes of one line: a meeting note's longest texts a hundred times over.
    public static let lineBytesMax = 1 << 20
    /// Bytes of one payload file or small tag file; a segment closes at a quarter of this.
    public static let entryBytesMax = 4 << 20
    /// Bytes of `manifest-sha256.txt`.
    public static let listBytesMax = 32 << 20
    /// Bytes of `sluss/manifest.json`: what takes two bytes in JSON takes fifty when it is parsed.
    public static let manifestBytesMax = 4 << 20
    /// Files in a bundle.
    public static let entriesMax = 200_000
    /// Bytes of a bundle when unpacked: FAT32's largest file.
    public static let totalBytesMax: UInt64 = 4 << 30
    /// How many times larger than the file its contents may be; text packs about 20 times.
    public static let ratioMax: UInt64 = 500
    /// Bytes below which the ratio is not asked: a few kilobytes of zeros harm nobody.
    public static let ratioFreeBytes: UInt64 = 16 << 20
    /// Nesting of a JSON text.
    public static let depthMax = 32
    /// Replicas in one write's context.
    public static let contextEntriesMax = 4096
    /// Former names of a sender: a store keeps its last ones only.
    public static let formerlyMax = 64
    /// Bytes of a unit's or a computer's name.
    public static let nameBytesMax = 400
    /// Statements in one bundle: a second of checking their signatures.
    public static let statementsMax = 8192
    /// Bytes of one statement's text: a revocation that names a thousand logs.
    public static let statementBytesMax = 64 << 10
    /// Bytes of `tagmanifest-sha256.txt.sig`; an Ed25519 signature has about 300.
    public static let signatureBytesMax = 4096
    /// How far a bundle's number may be from the sender's last one: who could say more could make
    /// every later bundle look old.
    public static let numberJumpMax: UInt64 = 10_000
    /// Writes to one record that count, of one device, in all its bundles together.
    public static let recordWritesMax = 10_000
    /// Bytes of those: a note of 300 items of 2 000 characters, six times over.
    public static let recordBytesMax = 4 << 20
    /// How many times as much all devices of a unit may come to together.
    public static let recordUnitFactor = 2
    /// What part of a device's a store takes at the keyboard: copies of a store can each write as
    /// much, under the name of one device, before anybody notices.
    public static let recordShare = 2
    /// Logs in one bundle.
    public static let logsMax = 8192
    /// Logs of one device, and their branches, in all bundles together: each time that a store is
    /// set back, or copied, it goes on in new ones.
    public static let deviceLogsMax = 1024
    /// Branches of a log that follow one another: a store that was copied or set back as often, each
    /// time unnoticed and at another place.
    public static let branchDepthMax = 256
    /// Writes in one segment.
    public static let segmentWritesMax = 1000
    /// Bytes of bodies or of envelopes at which a segment closes.
    public static let segmentBytesMin = 1 << 20
}
