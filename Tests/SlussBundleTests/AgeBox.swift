import _SlussTestSupport

@testable import SlussBundle

/// Whole age files in memory, sealed and opened in pieces of made-up sizes.
enum AgeBox {
    static func identity(_ seed: UInt64) -> AgeIdentity {
        var generator = SplitMix64(seed: seed)
        guard let identity = AgeIdentity(bytes: bytes(32, using: &generator)) else {
            preconditionFailure("32 bytes are an identity")
        }
        return identity
    }

    static func bytes(_ count: Int, using generator: inout SplitMix64) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// Calls `body` with pieces of `bytes`, small ones and large ones.
    static func forEachPiece<Failure: Error>(
        of bytes: [UInt8], seed: UInt64, _ body: (ArraySlice<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        var generator = SplitMix64(seed: seed)
        var rest = bytes[...]
        while !rest.isEmpty {
            let size = Int.random(
                in: 1...(Bool.random(using: &generator) ? 100 : 200_000), using: &generator)
            try body(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
    }

    static func seal(
        _ plain: [UInt8], _ header: AgeHeader, _ key: AgeFileKey, seed: UInt64 = 1
    ) -> [UInt8] {
        var sealer = AgeStreamSealer(key)
        var sealed = header.bytes
        forEachPiece(of: plain, seed: seed) { sealed += sealer.seal($0) }
        sealed += sealer.finish()
        return sealed
    }

    static func seal(_ plain: [UInt8], to recipients: [AgeRecipient]) throws -> [UInt8] {
        let key = AgeFileKey()
        return seal(plain, try AgeHeader(recipients: recipients, fileKey: key), key)
    }

    /// Opens a file; `released` gets all that came out, the answer is why it was not opened.
    static func open(
        _ file: [UInt8], seed: UInt64 = 1, released: inout [UInt8],
        unlock: (AgeHeader) throws(AgeError) -> AgeFileKey
    ) -> AgeError? {
        var reader = AgeHeaderReader()
        do throws(AgeError) {
            guard let (header, rest) = try reader.accept(file[...]) else { return reader.end() }
            var opener = AgeStreamOpener(try unlock(header))
            try forEachPiece(of: Array(rest), seed: seed) { (piece) throws(AgeError) in
                released += try opener.open(piece)
            }
            released += try opener.finish()
            return nil
        } catch { return error }
    }

    static func open(
        _ file: [UInt8], _ identities: [AgeIdentity], seed: UInt64 = 1
    ) -> Result<[UInt8], AgeError> {
        var plain: [UInt8] = []
        let error = open(file, seed: seed, released: &plain) { (header) throws(AgeError) in
            try header.unlock(identities: identities)
        }
        return error.map { .failure($0) } ?? .success(plain)
    }

    static func open(_ file: [UInt8], _ passphrase: AgePassphrase) -> Result<[UInt8], AgeError> {
        var plain: [UInt8] = []
        let error = open(file, released: &plain) { (header) throws(AgeError) in
            try header.unlock(passphrase: passphrase)
        }
        return error.map { .failure($0) } ?? .success(plain)
    }
}

extension Result {
    /// Why it failed, if it did.
    var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
