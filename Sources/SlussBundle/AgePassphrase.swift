import Foundation

/// A passphrase, in the one form in which it is used: Unicode's form C, as UTF-8.
///
/// Keyboards and systems write `å` as one character or as two, and the file key follows from the
/// bytes. `age` itself takes the bytes as they are typed: what it made with the two-character form
/// does not open here, and what is made here opens there with the one-character form.
public struct AgePassphrase: SecretValue {
    let bytes: [UInt8]

    /// Takes a text; `nil` if it is empty, longer than 1 024 bytes, or has a control character.
    ///
    /// The line feed of a file that was read whole is one: the caller takes it off. Spaces count.
    public init?(_ text: String) {
        let bytes = Array(text.precomposedStringWithCanonicalMapping.utf8)
        guard !bytes.isEmpty, bytes.count <= AgeLimits.passphraseBytesMax,
            !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F })
        else { return nil }
        self.bytes = bytes
    }
}
