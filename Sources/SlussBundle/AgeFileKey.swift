/// The key of one age file: 16 bytes that are drawn for it and never used for another.
///
/// Whoever holds it can read that file and make others that look like it.
public struct AgeFileKey: SecretValue, Hashable {
    static let byteCount = 16

    let bytes: [UInt8]

    /// Draws a new key.
    public init() {
        var generator = SystemRandomNumberGenerator()
        bytes = AgeCrypto.random(Self.byteCount, using: &generator)
    }

    /// Takes 16 bytes; `nil` if there are not 16.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }
}
