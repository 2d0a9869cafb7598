import Foundation
import SlussBundle
import Testing
import _SlussTestSupport

/// Age files, made and opened here, and against `age` itself.
@Suite struct AgeTests {
    static let sizes = [0, 1, 65_535, 65_536, 65_537, 131_072, 300_000]
    private static let me = AgeBox.identity(1)
    private static let other = AgeBox.identity(2)

    @Test(arguments: sizes, UInt64(0)..<4)
    func whatIsSealedComesBack(size: Int, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let plain = AgeBox.bytes(size, using: &generator)
        let key = AgeFileKey()
        let header = try AgeHeader(
            recipients: [Self.other.recipient, Self.me.recipient], fileKey: key)
        #expect(header.recipientCount == 2 && !header.needsPassphrase)
        let file = AgeBox.seal(plain, header, key, seed: seed)
        for identity in [Self.me, Self.other] {
            let isSame = AgeBox.open(file, [identity], seed: seed &+ 1) == .success(plain)
            #expect(isSame)
        }
        #expect(AgeBox.open(file, [AgeBox.identity(3)]) == .failure(.noMatchingKey))
        #expect(AgeBox.open(file, []) == .failure(.noMatchingKey))
    }

    /// Every bit: a changed file never opens, and nothing of it comes out.
    @Test func everyFlippedBitIsRefused() throws {
        let file = try AgeBox.seal(Array("hej hej".utf8), to: [Self.me.recipient])
        for place in file.indices {
            for bit in 0..<8 {
                var changed = file
                changed[place] ^= 1 << UInt8(bit)
                var released: [UInt8] = []
                let error = AgeBox.open(changed, released: &released) { (header) throws(AgeError) in
                    try header.unlock(identities: [Self.me])
                }
                #expect(error != nil && released.isEmpty, "bit \(bit) of byte \(place)")
            }
        }
    }

    @Test func everyCutIsRefused() throws {
        let file = try AgeBox.seal(Array("hej hej".utf8), to: [Self.me.recipient])
        for count in 0..<file.count {
            #expect(AgeBox.open(Array(file[..<count]), [Self.me]).failure != nil, "cut at \(count)")
        }
        for count in 0..<19 {
            #expect(AgeBox.open(Array(file[..<count]), [Self.me]) == .failure(.notAge))
        }
    }

    /// F60: a file that is cut between two chunks, or goes on behind its last.
    @Test func aFileWithoutItsLastChunkOrWithMoreBehindItIsRefused() throws {
        let plain = [UInt8](repeating: 7, count: 3 * 65_536)
        let file = try AgeBox.seal(plain, to: [Self.me.recipient])
        let sealedChunk = 65_536 + 16
        #expect(AgeBox.open(file.dropLast(sealedChunk), [Self.me]) == .failure(.truncated))
        #expect(AgeBox.open(file.dropLast(2 * sealedChunk), [Self.me]) == .failure(.truncated))
        #expect(AgeBox.open(file.dropLast(3 * sealedChunk), [Self.me]) == .failure(.truncated))
        #expect(AgeBox.open(file.dropLast(1), [Self.me]) == .failure(.damagedChunk))
        #expect(AgeBox.open(file + [0], [Self.me]) == .failure(.trailingData))
        #expect(AgeBox.open(file + file, [Self.me]) == .failure(.trailingData))
        var swapped = file
        let last = file.count - sealedChunk
        swapped.replaceSubrange(last - sealedChunk..<last, with: file[last...])
        #expect(AgeBox.open(swapped, [Self.me]) == .failure(.damagedChunk))
    }

    /// Only what is whole, in its place and known not to be the last is given out.
    @Test func aDamagedChunkAndWhatFollowsItAreNotReleased() throws {
        let plain = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 >> 7) }
        let key = AgeFileKey()
        var sealer = AgeStreamSealer(key)
        var sealed = sealer.seal(plain) + sealer.finish()
        sealed[sealed.count - 100_000] ^= 1
        var opener = AgeStreamOpener(key)
        var released: [UInt8] = []
        var error: AgeError?
        for start in stride(from: 0, to: sealed.count, by: 1000) {
            do throws(AgeError) {
                released += try opener.open(sealed[start..<min(start + 1000, sealed.count)])
            } catch let thrown { error = thrown }
        }
        #expect(error == .damagedChunk)
        let isFirstChunk = released == Array(plain[..<65_536])
        #expect(isFirstChunk)
    }

    /// A chunk that fills up may be the last: it waits for the byte behind it.
    @Test func aFullChunkWaitsForWhatFollows() throws {
        let key = AgeFileKey()
        var sealer = AgeStreamSealer(key)
        let sealed = sealer.seal([UInt8](repeating: 1, count: 65_537)) + sealer.finish()
        var opener = AgeStreamOpener(key)
        let isHeld = try opener.open(sealed[..<(16 + 65_536 + 16)]).isEmpty
        let isGiven = try opener.open(sealed[(16 + 65_536 + 16)...]).count == 65_536
        let last = try opener.finish()
        #expect(isHeld && isGiven && last == [1])
    }

    @Test func aPassphraseOpensWhatItSealedInEitherFormOfItsLetters() throws {
        let passphrase = try #require(AgePassphrase("p\u{E5} \u{E4}ng"))
        let decomposed = try #require(AgePassphrase("pa\u{30A} a\u{308}ng"))
        let key = AgeFileKey()
        let header = try AgeHeader(passphrase: passphrase, workFactor: 4, fileKey: key)
        #expect(header.needsPassphrase && header.recipientCount == 0)
        let file = AgeBox.seal([1, 2, 3], header, key)
        #expect(AgeBox.open(file, passphrase) == .success([1, 2, 3]))
        #expect(AgeBox.open(file, decomposed) == .success([1, 2, 3]))
        let wrong = try #require(AgePassphrase("p\u{E5} \u{E4}ng "))
        #expect(AgeBox.open(file, wrong) == .failure(.wrongPassphrase))
        #expect(AgeBox.open(file, [Self.me]) == .failure(.noMatchingKey))
        let forKeys = try AgeBox.seal([1], to: [Self.me.recipient])
        #expect(AgeBox.open(forKeys, passphrase) == .failure(.noMatchingKey))
    }

    @Test func aPassphraseHasTextAndNoLineFeed() {
        for text in ["", "a\n", "a\r\n", "\u{0}", "\u{7F}", String(repeating: "å", count: 513)] {
            #expect(AgePassphrase(text) == nil)
        }
        #expect(AgePassphrase(" ") != nil)
        #expect(AgePassphrase(String(repeating: "å", count: 512)) != nil)
    }

    @Test func secretsAreNotPrinted() throws {
        let passphrase = try #require(AgePassphrase("hemlig"))
        let values: [any SecretValue] = [Self.me, AgeFileKey(), passphrase, DevicePrivateKey()]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            let shown = "\(value) \(String(reflecting: value)) \(dumped)"
            #expect(!shown.contains("hemlig") && !shown.contains("bytes"))
            #expect(shown.utf8.count < 120, "\(shown)")
        }
    }

    @Test func aFileForNoOneOrForAKeyThatFitsAllIsNotMade() throws {
        let zero = try #require(AgeRecipient(bytes: [UInt8](repeating: 0, count: 32)))
        let tooMany = [AgeRecipient](
            repeating: Self.me.recipient, count: AgeLimits.stanzasMax + 1)
        for recipients in [[], [zero], tooMany] {
            #expect {
                try AgeHeader(recipients: recipients, fileKey: AgeFileKey())
            } throws: {
                if case AgeError.unusableRecipients = $0 { true } else { false }
            }
        }
        let most = try AgeBox.seal([1], to: Array(tooMany.dropFirst()))
        #expect(AgeBox.open(most, [Self.me]) == .success([1]))
    }
}
