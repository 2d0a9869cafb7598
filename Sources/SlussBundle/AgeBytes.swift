/// Small texts, such as key files, encrypted whole with a passphrase.
public enum AgeBytes {
    /// The age file that holds `bytes`.
    public static func seal(
        _ bytes: [UInt8], _ passphrase: AgePassphrase
    ) throws(AgeError) -> [UInt8] {
        let fileKey = AgeFileKey()
        let header = try AgeHeader(passphrase: passphrase, fileKey: fileKey)
        var sealer = AgeStreamSealer(fileKey)
        let payload = sealer.seal(bytes)
        return header.bytes + payload + sealer.finish()
    }

    /// What an age file holds that was made with a passphrase.
    public static func open(
        _ file: [UInt8], _ passphrase: AgePassphrase
    ) throws(AgeError) -> [UInt8] {
        var reader = AgeHeaderReader()
        guard let (header, rest) = try reader.accept(file[...]) else { throw reader.end() }
        var opener = AgeStreamOpener(try header.unlock(passphrase: passphrase))
        let payload = try opener.open(rest)
        return payload + (try opener.finish())
    }
}
