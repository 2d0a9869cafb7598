import SlussBundle

/// Age files.
///
/// Ways: `0` a file as it is; `1` a payload, opened with a known key; `2` a file of keys; `3` a
/// key's or a recipient's text, or a passphrase. No passphrase is tried: that takes its time.
enum AgeFuzz {
    private static let key = AgeFileKey(bytes: Array(0..<16)) ?? AgeFileKey()
    private static let identity = AgeIdentity(bytes: Array(0..<32)) ?? AgeIdentity()

    static func run(way: Int, _ input: ArraySlice<UInt8>) -> Bool {
        switch way & 3 {
        case 0: return readFile(input)
        case 1:
            let whole = open(input) { (body) throws(AgeError) in try body(input) }
            let pieces = open(input) { (body) throws(AgeError) in
                try FuzzInput.forEachPiece(of: input, body)
            }
            precondition(whole == pieces, "pieces do not matter")
            return whole != nil
        case 2:
            guard let keys = try? AgeIdentity.identities(inKeyFile: Array(input)) else {
                return false
            }
            for key in keys {
                precondition(
                    AgeIdentity(key.secretText)?.recipient == key.recipient, "a key has one text")
            }
            return true
        default:
            let text = String(decoding: input, as: UTF8.self)
            if let recipient = AgeRecipient(text) {
                precondition(recipient.description == text, "a recipient has one text")
            }
            if let identity = AgeIdentity(text) {
                precondition(identity.secretText == text, "a key has one text")
            }
            return AgePassphrase(text) != nil
        }
    }

    private static func header(_ input: ArraySlice<UInt8>, inPieces: Bool) -> [UInt8]? {
        var reader = AgeHeaderReader()
        var found: [UInt8]?
        do throws(AgeError) {
            func take(_ piece: ArraySlice<UInt8>) throws(AgeError) {
                guard found == nil else { return }
                guard let (header, _) = try reader.accept(piece) else { return }
                found = header.bytes
                _ = (header.needsPassphrase, header.recipientCount)
                _ = try? header.unlock(identities: [identity])
            }
            if inPieces {
                try FuzzInput.forEachPiece(of: input, take)
            } else {
                try take(input)
            }
        } catch { return nil }
        if found == nil { _ = reader.end() }
        return found
    }

    private static func readFile(_ input: ArraySlice<UInt8>) -> Bool {
        let whole = header(input, inPieces: false)
        precondition(whole == header(input, inPieces: true), "pieces do not matter")
        guard let whole else { return false }
        precondition(input.starts(with: whole), "a header is the file's start")
        return true
    }

    private static func open(
        _ input: ArraySlice<UInt8>,
        _ feed: ((ArraySlice<UInt8>) throws(AgeError) -> Void) throws(AgeError) -> Void
    ) -> [UInt8]? {
        var opener = AgeStreamOpener(key)
        var plain: [UInt8] = []
        do throws(AgeError) {
            try feed { (piece) throws(AgeError) in plain += try opener.open(piece) }
            plain += try opener.finish()
            return plain
        } catch { return nil }
    }

    static var seeds: [[UInt8]] {
        var seeds = [
            Array("2".utf8) + identity.keyFile,
            Array("3\(identity.recipient)".utf8), Array("3\(identity.secretText)".utf8),
            Array("3blå häst".utf8),
        ]
        for count in [0, 10, 70_000] {
            var sealer = AgeStreamSealer(key)
            let payload = sealer.seal([UInt8](repeating: 7, count: count)) + sealer.finish()
            seeds.append(Array("1".utf8) + payload)
        }
        let recipients = [identity.recipient, AgeIdentity().recipient]
        if let header = try? AgeHeader(recipients: recipients, fileKey: key) {
            seeds.append(Array("0".utf8) + header.bytes + [UInt8](repeating: 1, count: 40))
        }
        if let passphrase = AgePassphrase("x"),
            let header = try? AgeHeader(passphrase: passphrase, workFactor: 1, fileKey: key)
        {
            seeds.append(Array("0".utf8) + header.bytes)
        }
        return seeds
    }
}
