import Foundation
import SlussArchive
import SlussBundle
import Testing
import _SlussTestSupport

/// Encrypted bundles on a real disk, here and with `age`.
@Suite struct SealedArchiveTests {
    @Test func whatIsSealedComesBackToEachReceiverAndNoOneElse() throws {
        let folder = try TemporaryFolder()
        for entries in [SealedFile.entries, SealedFile.large()] {
            let (sealing, key) = try SealedFile.sealing(to: [1, 2])
            let path = try SealedFile.write(folder, "a.sluss", sealing, entries)
            for number in [UInt8(1), 2] {
                #expect(SealedFile.isSame(try SealedFile.read(path, as: number), entries))
            }
            let byKey = try SealedFile.read(path) { _ in key }
            #expect(byKey.isEncrypted && SealedFile.isSame(byKey.entries, entries))
            #expect(SealedFile.refusal(path, as: 3) == .noKey)
        }
        let plain = try SealedFile.write(folder, "b.sluss", .plain)
        let read = try SealedFile.read(plain) { _ in throw AgeError.noMatchingKey }
        #expect(!read.isEncrypted && SealedFile.isSame(read.entries, SealedFile.entries))
    }

    /// What `age` gives back is the plain bundle, byte for byte.
    @Test func ageOpensWhatWeWrite() throws {
        let folder = try TemporaryFolder()
        let entries = SealedFile.large()
        let (sealing, _) = try SealedFile.sealing(to: [2, 1])
        let path = try SealedFile.write(folder, "a.sluss", sealing, entries)
        let plain = try SealedFile.write(folder, "plain.sluss", .plain, entries)
        try folder.write(SealedFile.identity(1).keyFile, to: "key")
        try shell(
            """
            cd '\(folder.path)' && age -d -i key '\(path)' >out && cmp out '\(plain)' &&
            bsdtar -tf out
            """)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(files) == ["a.sluss", "plain.sluss", "key", "out"])
    }

    @Test func weReadWhatAgeWrites() throws {
        let folder = try TemporaryFolder()
        let entries = SealedFile.large()
        let plain = try SealedFile.write(folder, "plain.sluss", .plain, entries)
        try shell(
            """
            cd '\(folder.path)' && age -r \(SealedFile.identity(1).recipient) \
            -r \(SealedFile.identity(2).recipient) -o sealed '\(plain)'
            """)
        for number in [UInt8(1), 2] {
            let read = try SealedFile.read(folder.path("sealed"), as: number)
            #expect(SealedFile.isSame(read, entries))
        }
        #expect(SealedFile.refusal(folder.path("sealed"), as: 3) == .noKey)
    }

    @Test func aPassphraseOpensABundle() throws {
        let folder = try TemporaryFolder()
        let passphrase = try #require(AgePassphrase("hemligt ord"))
        let key = AgeFileKey()
        let header = try AgeHeader(passphrase: passphrase, workFactor: 6, fileKey: key)
        let path = try SealedFile.write(folder, "a.sluss", .sealed(header, key))
        let read = try SealedFile.read(path) { header in
            #expect(header.needsPassphrase)
            return try header.unlock(passphrase: passphrase)
        }
        #expect(read.isEncrypted && SealedFile.isSame(read.entries, SealedFile.entries))
        #expect(SealedFile.refusal(path) == .noKey)
        let wrong = try #require(AgePassphrase("annat ord"))
        #expect(throws: BundleRefusal.noKey) {
            try SealedFile.read(path) { try $0.unlock(passphrase: wrong) }
        }
    }

    /// What the caller throws while looking for a key is the caller's.
    @Test func theCallersOwnErrorIsPassedOn() throws {
        struct Mine: Error {}
        let folder = try TemporaryFolder()
        let path = try SealedFile.write(
            folder, "a.sluss", try SealedFile.sealing(to: [1]).sealing)
        #expect(throws: Mine.self) { try SealedFile.read(path) { _ in throw Mine() } }
    }

    /// F61: refused while the header is read, before anyone is asked for a passphrase.
    @Test func aWorkFactorOfThirtyIsRefusedBeforeAnyWork() throws {
        let folder = try TemporaryFolder()
        let body = String(repeating: "A", count: 43)
        let text = """
            age-encryption.org/v1
            -> scrypt \(String(repeating: "A", count: 22)) 30
            \(body)
            --- \(body)

            """
        let path = try folder.write(Array(text.utf8), to: "a")
        #expect(throws: BundleRefusal.overLimit("scryptWorkFactorMax", max: 20)) {
            try SealedFile.read(path) { _ in
                Issue.record("asked for a key")
                return AgeFileKey()
            }
        }
    }

    @Test func everyFlippedBitIsRefused() throws {
        let folder = try TemporaryFolder()
        let (sealing, _) = try SealedFile.sealing(to: [1])
        let whole = try bytes(ofFile: SealedFile.write(folder, "a.sluss", sealing))
        let allowed: Set<BundleRefusal> = [.damaged, .noKey, .notABundle]
        for place in whole.indices {
            for bit in [place % 8, (place + 5) % 8] {
                var changed = whole
                changed[place] ^= 1 << UInt8(bit)
                let path = try folder.write(changed, to: "flip")
                let refusal = SealedFile.refusal(path)
                #expect(refusal.map(allowed.contains) == true, "bit \(bit) of byte \(place)")
            }
        }
    }

    /// Who has the file key need not look at the header; a damaged one is refused all the same, or a
    /// bundle would be read back well that none of its receivers can open.
    @Test func aFlippedBitIsRefusedEvenWithTheFileKey() throws {
        let folder = try TemporaryFolder()
        let (sealing, key) = try SealedFile.sealing(to: [1, 2])
        let whole = try bytes(ofFile: SealedFile.write(folder, "a.sluss", sealing))
        for place in whole.indices {
            var changed = whole
            changed[place] ^= 1 << UInt8(place % 8)
            let path = try folder.write(changed, to: "flip")
            #expect(throws: (any Error).self, "byte \(place)") {
                try SealedFile.read(path) { _ in key }
            }
            #expect(throws: (any Error).self, "byte \(place)") {
                try AgeFile.decrypt(path: path) { _ in
                    key
                } body: { _ in
                    Issue.record("handed out")
                }
            }
        }
    }

    @Test func everyCutIsRefused() throws {
        let folder = try TemporaryFolder()
        let (sealing, _) = try SealedFile.sealing(to: [1])
        let whole = try bytes(ofFile: SealedFile.write(folder, "a.sluss", sealing))
        for count in whole.indices {
            let path = try folder.write(Array(whole[..<count]), to: "cut")
            #expect(SealedFile.refusal(path) == (count < 21 ? .notABundle : .damaged))
        }
        for tail in [[0], Array("hej".utf8), whole] {
            let path = try folder.write(whole + tail, to: "tail")
            #expect(SealedFile.refusal(path) == .damaged)
        }
    }

    /// F60: cut at a chunk's end, where every part that is left is authentic.
    @Test func aFileCutBetweenChunksIsRefused() throws {
        let folder = try TemporaryFolder()
        let (sealing, _) = try SealedFile.sealing(to: [1])
        let whole = try bytes(
            ofFile: SealedFile.write(folder, "a.sluss", sealing, SealedFile.large()))
        let header = try AgeHeader(
            recipients: [SealedFile.identity(1).recipient], fileKey: AgeFileKey()
        ).bytes.count
        for chunks in 0..<9 {
            let count = header + 16 + chunks * (65_536 + 16)
            let path = try folder.write(Array(whole[..<count]), to: "cut")
            #expect(SealedFile.refusal(path) == .damaged, "after chunk \(chunks)")
        }
        let path = try folder.write(whole + [1], to: "tail")
        #expect(SealedFile.refusal(path) == .damaged)
    }

    /// What is authentic must still be a bundle: one frame, nothing behind it, not sealed twice.
    @Test func whatIsInsideIsCheckedLikeAnyBundle() throws {
        let folder = try TemporaryFolder()
        _ = try SealedFile.write(folder, "plain.sluss", .plain)
        let recipient = try SealedFile.identity(1).recipient
        for (command, refusal) in [
            ("cat plain.sluss; printf x", BundleRefusal.notCanonical),
            ("cat plain.sluss plain.sluss", .notCanonical),
            ("printf '\\x50\\x2a\\x4d\\x18\\x00\\x00\\x00\\x00'; cat plain.sluss", .notABundle),
            ("head -c -1 plain.sluss", .damaged), ("head -c 4 plain.sluss", .damaged),
            ("head -c 3 plain.sluss", .notABundle), ("printf hej", .notABundle),
            ("true", .notABundle), ("age -r \(recipient) plain.sluss", .notABundle),
            ("zstd -qc plain.sluss", .notABundle),
        ] {
            try shell(
                "cd '\(folder.path)' && ( \(command) ) >inside && age -r \(recipient) -o a inside")
            #expect(SealedFile.refusal(folder.path("a")) == refusal, "\(command)")
        }
    }

    @Test func bombsInsideAreStopped() throws {
        let folder = try TemporaryFolder()
        let recipient = try SealedFile.identity(1).recipient
        let tar = "tar --owner 0 --group 0 --mtime @0 --mode 644 --zstd -cf -"
        try shell(
            """
            cd '\(folder.path)' && truncate -s 900M one && \(tar) one | age -r \(recipient) -o a &&
            rm one && for i in $(seq 20); do truncate -s 4M f$i; done &&
            \(tar) f* | age -r \(recipient) -o b
            """)
        #expect(
            SealedFile.refusal(folder.path("a"))
                == .overLimit("entryBytesMax", max: UInt64(BundleLimits.entryBytesMax)))
        #expect(
            SealedFile.refusal(folder.path("b"))
                == .overLimit("ratioMax", max: BundleLimits.ratioMax))
    }
}
