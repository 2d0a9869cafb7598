import Foundation
import SlussCore
import Testing
import _SlussTestSupport

@testable import SlussBundle

/// Machines' keys, here and at `ssh-keygen`.
@Suite struct DeviceKeyTests {
    static func key(_ seed: UInt64) -> DevicePrivateKey {
        var generator = SplitMix64(seed: seed)
        return DevicePrivateKey(seed: AgeBox.bytes(32, using: &generator)) ?? DevicePrivateKey()
    }

    private static func refusal(_ text: [UInt8]) -> KeyFileError? {
        do throws(KeyFileError) {
            _ = try DevicePrivateKey(openSSH: text)
            return nil
        } catch { return error }
    }

    /// RFC 8032, section 7.1, the first test.
    @Test func aSeedGivesTheKeyOfTheStandard() throws {
        let seed = try #require(
            Digest("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
        let key = try #require(DevicePrivateKey(seed: seed.bytes))
        #expect(
            Hex.string(key.publicKey.bytes)
                == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        #expect(DevicePrivateKey(seed: [1, 2, 3]) == nil)
    }

    @Test(arguments: ["", "a", "två ord", "sluss OMS-SB-04", "12345678"])
    func sshKeygenReadsOurFiles(comment: String) throws {
        let folder = try TemporaryFolder()
        for seed in UInt64(0)..<5 {
            let key = Self.key(seed)
            let file = try folder.write(key.openSSH(comment: comment), to: "key\(seed)")
            let line = try shell("chmod 600 '\(file)' && ssh-keygen -y -f '\(file)'")
            #expect(DeviceKey(openSSH: line) == key.publicKey)
            #expect(line.hasPrefix(key.publicKey.openSSH))
            let shown = try shell("ssh-keygen -l -f '\(file)'")
            #expect(
                shown.split(separator: " ").dropFirst().first ?? "" == key.publicKey.fingerprint)
            #expect(try DevicePrivateKey(openSSH: bytes(ofFile: file)).publicKey == key.publicKey)
        }
    }

    @Test(arguments: ["", "a@b", "med \u{E5}"])
    func weReadTheFilesOfSSHKeygen(comment: String) throws {
        let folder = try TemporaryFolder()
        try shell("cd '\(folder.path)' && ssh-keygen -q -t ed25519 -N '' -C '\(comment)' -f key")
        let key = try DevicePrivateKey(openSSH: bytes(ofFile: folder.path("key")))
        let line = String(decoding: try bytes(ofFile: folder.path("key.pub")), as: UTF8.self)
        #expect(DeviceKey(openSSH: line) == key.publicKey)
        let again = try folder.write(key.openSSH(comment: comment), to: "again")
        let shown = try shell("chmod 600 '\(again)' && ssh-keygen -y -f '\(again)'")
        #expect(DeviceKey(openSSH: shown) == key.publicKey && shown.hasSuffix(comment + "\n"))
    }

    @Test func filesOfOtherKindsAreRefusedByName() throws {
        let folder = try TemporaryFolder()
        try shell(
            """
            cd '\(folder.path)' && ssh-keygen -q -t ed25519 -N hemligt -C a -f locked &&
            ssh-keygen -q -t ecdsa -N '' -C a -f ecdsa && ssh-keygen -q -t rsa -b 2048 -N '' -f rsa &&
            ssh-keygen -q -t rsa -b 2048 -N '' -m PEM -f pem
            """)
        func refusal(_ name: String) throws -> KeyFileError? {
            Self.refusal(try bytes(ofFile: folder.path(name)))
        }
        #expect(try refusal("locked") == .passphraseProtected)
        #expect(try refusal("ecdsa") == .unsupportedKind("ecdsa-sha2-nistp256"))
        #expect(try refusal("rsa") == .unsupportedKind("ssh-rsa"))
        #expect(try refusal("pem") == .notAKeyFile)
        #expect(try refusal("locked.pub") == .notAKeyFile)
        #expect(Self.refusal([]) == .notAKeyFile)
        #expect(Self.refusal([UInt8](repeating: 0, count: 20_000)) == .tooLong(max: 16_384))
    }

    /// Every change of a key file makes it unreadable, or leaves the key as it was.
    @Test func aChangedKeyFileIsRefused() throws {
        let key = Self.key(1)
        let text = key.openSSH(comment: "abc")
        for place in text.indices {
            for change in [UInt8(1), 2, 0x80] {
                var changed = text
                changed[place] ^= change
                guard let read = try? DevicePrivateKey(openSSH: changed) else { continue }
                #expect(read.publicKey == key.publicKey, "byte \(place)")
            }
            #expect(Self.refusal(Array(text[..<place])) != nil)
        }
        for changed in [text + [10], [10] + text, text + text, text.dropLast()] {
            #expect(Self.refusal(changed) != nil)
        }
        let windows = String(decoding: text, as: UTF8.self).replacing("\n", with: "\r\n")
        #expect(Self.refusal(Array(windows.utf8)) != nil)
    }

    @Test func publicKeysAreReadStrictly() throws {
        let key = Self.key(1).publicKey
        let line = key.openSSH
        for good in [line, line + "\n", line + " ", line + " a b", line + " a b\n"] {
            #expect(DeviceKey(openSSH: good) == key)
        }
        for bad in [
            "", " " + line, line + "\n\n", line + "A", String(line.dropLast()), line + "\t",
            line.replacing(" ", with: "  "), line.replacing("ssh-ed25519 ", with: ""),
            line.replacing("ssh-ed25519", with: "ssh-rsa"), line + "\r\n", "ssh-ed25519 ",
            "ssh-ed25519", line.replacing("AAAA", with: "AAAB"),
        ] {
            #expect(DeviceKey(openSSH: bad) == nil, "\(bad)")
        }
        #expect(DeviceKey(bytes: [UInt8](repeating: 1, count: 31)) == nil)
        #expect(DeviceKey(bytes: key.bytes) == key)
    }

    @Test func aKeyThatAnySignatureFitsIsNone() {
        var one = [UInt8](repeating: 0, count: 32)
        #expect(DeviceKey(bytes: one) == nil)
        one[0] = 1
        #expect(DeviceKey(bytes: one) == nil)
        one[31] = 0x80
        #expect(DeviceKey(bytes: one) == nil)
        one[0] = 2
        #expect(DeviceKey(bytes: one) != nil)
    }

    @Test func keysAreOrderedByTheirBytes() {
        let keys = (UInt64(0)..<20).map { Self.key($0).publicKey }
        #expect(
            keys.sorted().map { Hex.string($0.bytes) } == keys.map { Hex.string($0.bytes) }.sorted()
        )
        #expect(DevicePrivateKey().publicKey != DevicePrivateKey().publicKey)
    }
}
