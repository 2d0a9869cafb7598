import SlussBundle
import Testing
import _SlussTestSupport

/// Files to and from `age` 1.1, the program that the format comes from.
@Suite struct AgePeerTests {
    private static let me = AgeBox.identity(1)

    @Test(arguments: AgeTests.sizes)
    func ageOpensWhatWeSeal(size: Int) throws {
        let folder = try TemporaryFolder()
        var generator = SplitMix64(seed: UInt64(size))
        let plain = AgeBox.bytes(size, using: &generator)
        let key = try folder.write(Self.me.keyFile, to: "key")
        let file = try folder.write(
            AgeBox.seal(plain, to: [AgeBox.identity(2).recipient, Self.me.recipient]), to: "file")
        try shell("age -d -i '\(key)' '\(file)' >'\(folder.path("out"))'")
        let isSame = try bytes(ofFile: folder.path("out")) == plain
        #expect(isSame)
    }

    @Test(arguments: AgeTests.sizes)
    func weOpenWhatAgeSeals(size: Int) throws {
        let folder = try TemporaryFolder()
        var generator = SplitMix64(seed: UInt64(size))
        let plain = AgeBox.bytes(size, using: &generator)
        let file = try folder.write(plain, to: "plain")
        try shell(
            """
            cd '\(folder.path)' && age-keygen -o key && age-keygen -o other &&
            age -r $(age-keygen -y other) -r $(age-keygen -y key) -r \(Self.me.recipient) \
            -o file '\(file)'
            """)
        let sealed = try bytes(ofFile: folder.path("file"))
        let identities = try AgeIdentity.identities(inKeyFile: bytes(ofFile: folder.path("key")))
        #expect(identities.count == 1)
        for identities in [identities, [Self.me]] {
            let isSame = AgeBox.open(sealed, identities) == .success(plain)
            #expect(isSame)
        }
        #expect(AgeBox.open(sealed, [AgeBox.identity(9)]) == .failure(.noMatchingKey))
    }

    @Test func keysHaveTheSameTextsAsAgeKeygens() throws {
        let folder = try TemporaryFolder()
        for seed in UInt64(0)..<10 {
            let identity = AgeBox.identity(seed)
            let file = try folder.write(identity.keyFile, to: "key")
            #expect(try shell("age-keygen -y '\(file)'") == "\(identity.recipient)\n")
            #expect(AgeRecipient("\(identity.recipient)") == identity.recipient)
            #expect(AgeIdentity(identity.secretText)?.recipient == identity.recipient)
        }
        try shell("cd '\(folder.path)' && for i in 1 2 3; do age-keygen; done >many")
        let many = try AgeIdentity.identities(inKeyFile: bytes(ofFile: folder.path("many")))
        #expect(
            many.map { "\($0.recipient)\n" }.joined()
                == (try shell("age-keygen -y '\(folder.path("many"))'")))
    }

    /// The example of age-encryption.org/v1, "The X25519 recipient type".
    @Test func theKeyOfTheSpecificationIsRead() {
        let text = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
        #expect(
            AgeIdentity(text)?.recipient.description
                == "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj")
        #expect(AgeIdentity(text)?.secretText == text)
    }

    @Test func keysInAnyOtherFormAreRefused() throws {
        let recipient = Self.me.recipient.description
        let secret = Self.me.secretText
        for text in [
            "", "age1", recipient.uppercased(), recipient + " ", " " + recipient,
            String(recipient.dropLast()), recipient + "q", "age2" + recipient.dropFirst(4),
            recipient.replacing("age1", with: "agf1"), secret,
        ] {
            #expect(AgeRecipient(text) == nil, "\(text)")
        }
        for text in [
            "", secret.lowercased(), secret + "\n", String(secret.dropLast()), secret + "Q",
            secret.replacing("KEY", with: "key"), "\u{212A}" + secret, recipient,
            secret.replacing("K", with: "\u{212A}"),
        ] {
            #expect(AgeIdentity(text) == nil)
        }
        for index in recipient.indices.dropFirst(4) {
            var changed = recipient
            changed.replaceSubrange(index...index, with: recipient[index] == "q" ? "p" : "q")
            #expect(AgeRecipient(changed) == nil)
        }
    }

    @Test func aFileOfKeysIsReadStrictly() throws {
        let text = Self.me.secretText
        func read(_ text: String) -> Result<Int, KeyFileError> {
            Result { () throws(KeyFileError) in
                try AgeIdentity.identities(inKeyFile: Array(text.utf8)).count
            }
        }
        #expect(read("# hej\n\n\(text)\n#\n\(text)") == .success(2))
        #expect(read("# hej\r\n\(text)\r\n\r\n") == .success(1))
        #expect(read("") == .failure(.empty))
        #expect(read("# hej\n") == .failure(.empty))
        #expect(read("\n \(text)\n") == .failure(.malformedLine(2)))
        #expect(read("\(text)\nAGE-PLUGIN-X\n") == .failure(.malformedLine(2)))
        let long = String(repeating: "#\n", count: 40_000)
        #expect(read(long) == .failure(.tooLong(max: AgeLimits.identityFileBytesMax)))
    }

    /// `age` asks for a passphrase on a terminal only; `script` gives it one.
    @Test func passphrasesGoBothWays() throws {
        let folder = try TemporaryFolder()
        let word = "p\u{E5} \u{E4}ngen"
        let passphrase = try #require(AgePassphrase(word))
        let key = AgeFileKey()
        let header = try AgeHeader(passphrase: passphrase, workFactor: 10, fileKey: key)
        try folder.write(AgeBox.seal(Array("ett".utf8), header, key), to: "ours")
        try folder.write(Array("tv\u{E5}".utf8), to: "two")
        try shell(
            """
            cd '\(folder.path)' && export LC_ALL=C.UTF-8 &&
            printf '%s\\n' '\(word)' | script -qec 'age -d -o one ours' /dev/null &&
            printf '%s\\n%s\\n' '\(word)' '\(word)' | script -qec 'age -p -o theirs two' /dev/null
            """)
        #expect(try bytes(ofFile: folder.path("one")) == Array("ett".utf8))
        let theirs = try bytes(ofFile: folder.path("theirs"))
        #expect(AgeBox.open(theirs, passphrase) == .success(Array("tv\u{E5}".utf8)))
    }
}
