import SlussBundle
import Testing
import _SlussTestSupport

/// Signatures in OpenSSH's form, here and at `ssh-keygen -Y`.
@Suite struct SSHSignatureTests {
    private static let message = Array("Hej, det h\u{E4}r \u{E4}r ett paket.\n".utf8)
    private static let namespace = "sluss-bundle"

    private static func error(_ text: [UInt8]) -> SSHSignatureError? {
        do throws(SSHSignatureError) {
            _ = try SSHSignature(armored: text)
            return nil
        } catch { return error }
    }

    @Test(arguments: UInt64(0)..<30)
    func whatIsSignedVerifiesAndNothingElseDoes(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let key = DeviceKeyTests.key(seed)
        let message = AgeBox.bytes(Int.random(in: 0..<300, using: &generator), using: &generator)
        let signature = key.sign(message, namespace: Self.namespace)
        #expect(signature.key == key.publicKey && signature.namespace == Self.namespace)
        #expect(signature.verifies(message, namespace: Self.namespace))
        #expect(try SSHSignature(armored: signature.armored) == signature)
        #expect(!signature.verifies(message + [0], namespace: Self.namespace))
        #expect(!signature.verifies(message, namespace: Self.namespace + "2"))
        #expect(!signature.verifies(message, namespace: ""))
        var other = message + [1]
        other[Int.random(in: 0..<other.count, using: &generator)] ^= 1
        #expect(!signature.verifies(other, namespace: Self.namespace))
    }

    @Test func aMessageInPiecesIsTheSameMessage() throws {
        let key = DeviceKeyTests.key(1)
        var running = RunningMessageHash()
        for byte in Self.message { running.append([byte]) }
        let hash = running.hash
        let whole = key.sign(Self.message, namespace: Self.namespace)
        let pieces = key.sign(hash, namespace: Self.namespace)
        #expect(whole.verifies(hash, namespace: Self.namespace))
        #expect(pieces.verifies(Self.message, namespace: Self.namespace))
        let given = try #require(SSHMessageHash(sha512: hash.bytes))
        #expect(whole.verifies(given, namespace: Self.namespace))
        #expect(SSHMessageHash(sha512: [1]) == nil)
        let short = SSHMessageHash(of: Self.message, .sha256)
        #expect(!whole.verifies(short, namespace: Self.namespace))
    }

    /// Both use one deterministic algorithm on Linux, so even the bytes are the same.
    @Test func sshKeygenAndWeAgree() throws {
        let folder = try TemporaryFolder()
        for seed in UInt64(0)..<5 {
            let key = DeviceKeyTests.key(seed)
            let file = try folder.write(key.openSSH(comment: "a"), to: "key")
            try folder.write(Self.message, to: "message")
            let ours = key.sign(Self.message, namespace: Self.namespace)
            try folder.write(ours.armored, to: "ours")
            try folder.write(Array("who \(key.publicKey.openSSH)\n".utf8), to: "signers")
            try shell(
                """
                cd '\(folder.path)' && chmod 600 '\(file)' && rm -f message.sig &&
                ssh-keygen -Y sign -q -n \(Self.namespace) -f key message &&
                ssh-keygen -Y verify -q -n \(Self.namespace) -f signers -I who -s ours <message &&
                test "$(ssh-keygen -Y find-principals -f signers -s ours)" = who &&
                ! ssh-keygen -Y verify -q -n other -f signers -I who -s ours <message &&
                ! ssh-keygen -Y verify -q -n \(Self.namespace) -f signers -I who -s ours <signers
                """)
            let theirs = try bytes(ofFile: folder.path("message.sig"))
            let read = try SSHSignature(armored: theirs)
            #expect(read.verifies(Self.message, namespace: Self.namespace))
            #expect(read.key == key.publicKey && read.armored == theirs)
            #expect(theirs == ours.armored)
        }
    }

    @Test func aSignatureOverSHA256IsReadToo() throws {
        let folder = try TemporaryFolder()
        let key = DeviceKeyTests.key(3)
        try folder.write(key.openSSH(comment: "a"), to: "key")
        try folder.write(Self.message, to: "message")
        try shell(
            """
            cd '\(folder.path)' && chmod 600 key &&
            ssh-keygen -Y sign -q -O hashalg=sha256 -n a -f key message
            """)
        let signature = try SSHSignature(armored: bytes(ofFile: folder.path("message.sig")))
        #expect(signature.algorithm == .sha256)
        #expect(signature.verifies(Self.message, namespace: "a"))
        #expect(!signature.verifies(SSHMessageHash(of: Self.message), namespace: "a"))
        let short = SSHMessageHash(of: Self.message, .sha256)
        #expect(signature.verifies(short, namespace: "a"))
    }

    /// Every changed character is refused, or the signature does not verify.
    @Test func aChangedSignatureIsNone() throws {
        let text = DeviceKeyTests.key(1).sign(Self.message, namespace: Self.namespace).armored
        for place in text.indices {
            for change in [UInt8(1), 2, 4, 0x20, 0x80] {
                var changed = text
                changed[place] ^= change
                guard let read = try? SSHSignature(armored: changed) else { continue }
                #expect(!read.verifies(Self.message, namespace: Self.namespace), "byte \(place)")
            }
            #expect(Self.error(Array(text[..<place])) == .notArmored)
        }
        for changed in [text + [10], [10] + text, text + text, Array(text.dropLast()), []] {
            #expect(Self.error(changed) == .notArmored)
        }
        let windows = String(decoding: text, as: UTF8.self).replacing("\n", with: "\r\n")
        #expect(Self.error(Array(windows.utf8)) == .notArmored)
        #expect(Self.error([UInt8](repeating: 65, count: 4097)) == .tooLong(max: 4096))
    }

    @Test func signaturesByOtherKindsOfKeysAreRefused() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.message, to: "message")
        try shell(
            """
            cd '\(folder.path)' && ssh-keygen -q -t ecdsa -N '' -C a -f key &&
            ssh-keygen -Y sign -q -n a -f key message
            """)
        #expect(
            Self.error(try bytes(ofFile: folder.path("message.sig")))
                == .unsupported("ecdsa-sha2-nistp256"))
    }

    /// Namespaces are bytes: the two ways to write a letter are two namespaces.
    @Test func namespacesAreComparedByteByByte() {
        let signature = DeviceKeyTests.key(1).sign(Self.message, namespace: "\u{E5}")
        #expect(signature.verifies(Self.message, namespace: "\u{E5}"))
        #expect(!signature.verifies(Self.message, namespace: "a\u{30A}"))
    }
}
