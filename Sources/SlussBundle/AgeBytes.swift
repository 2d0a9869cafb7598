/// Small texts, such as key files and drafts, encrypted whole.
public enum AgeBytes {
    /// The age file that holds `bytes`, for a passphrase.
    ///
    /// - Parameter workFactor: What a try of a passphrase costs; less than age's own only where a
    ///   person waits for it on an old computer.
    public static func seal(
        _ bytes: [UInt8], _ passphrase: AgePassphrase,
        workFactor: Int = AgeLimits.scryptWorkFactor
    ) throws(AgeError) -> [UInt8] {
        let fileKey = AgeFileKey()
        let header = try AgeHeader(
            passphrase: passphrase, workFactor: workFactor, fileKey: fileKey)
        return seal(bytes, header, fileKey)
    }

    /// The age file that holds `bytes`, for whoever has one of the keys.
    public static func seal(
        _ bytes: [UInt8], to recipients: [AgeRecipient]
    ) throws(AgeError) -> [UInt8] {
        let fileKey = AgeFileKey()
        return seal(bytes, try AgeHeader(recipients: recipients, fileKey: fileKey), fileKey)
    }

    private static func seal(
        _ bytes: [UInt8], _ header: AgeHeader, _ fileKey: AgeFileKey
    ) -> [UInt8] {
        var sealer = AgeStreamSealer(fileKey)
        let payload = sealer.seal(bytes)
        return header.bytes + payload + sealer.finish()
    }

    /// What an age file holds that was made with a passphrase.
    public static func open(
        _ file: [UInt8], _ passphrase: AgePassphrase
    ) throws(AgeError) -> [UInt8] {
        try open(file) { header throws(AgeError) in try header.unlock(passphrase: passphrase) }
    }

    /// What an age file holds that was made for one of these keys.
    public static func open(
        _ file: [UInt8], _ identities: [AgeIdentity]
    ) throws(AgeError) -> [UInt8] {
        try open(file) { header throws(AgeError) in try header.unlock(identities: identities) }
    }

    private static func open(
        _ file: [UInt8], unlock: (AgeHeader) throws(AgeError) -> AgeFileKey
    ) throws(AgeError) -> [UInt8] {
        var reader = AgeHeaderReader()
        guard let (header, rest) = try reader.accept(file[...]) else { throw reader.end() }
        var opener = AgeStreamOpener(try unlock(header))
        let payload = try opener.open(rest)
        return payload + (try opener.finish())
    }
}
