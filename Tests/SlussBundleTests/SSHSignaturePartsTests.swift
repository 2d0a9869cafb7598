import Testing

@testable import SlussBundle

/// Signatures put together wrongly, part by part.
@Suite struct SSHSignaturePartsTests {
    private struct Parts {
        var magic = Array("SSHSIG".utf8)
        var version: UInt32 = 1
        var blob = DeviceKeyTests.key(1).publicKey.blob
        var namespace = Array("a".utf8)
        var reserved: [UInt8] = []
        var hash = Array("sha512".utf8)
        var kind = Array("ssh-ed25519".utf8)
        var signature = [UInt8](repeating: 0, count: 64)
        var afterSignature: [UInt8] = []
        var trailing: [UInt8] = []

        var error: SSHSignatureError? {
            var inner = SSHWireWriter()
            inner.append(string: kind)
            inner.append(string: signature)
            inner.append(afterSignature)
            var writer = SSHWireWriter()
            writer.append(magic)
            writer.append(version)
            for part in [blob, namespace, reserved, hash, inner.bytes] {
                writer.append(string: part)
            }
            writer.append(trailing)
            let text = SSHArmor.text(of: writer.bytes, label: "SSH SIGNATURE")
            do throws(SSHSignatureError) {
                _ = try SSHSignature(armored: text)
                return nil
            } catch { return error }
        }

        static func error(_ change: (inout Parts) -> Void) -> SSHSignatureError? {
            var parts = Parts()
            change(&parts)
            return parts.error
        }
    }

    @Test func eachPartIsChecked() {
        #expect(Parts().error == nil)
        #expect(Parts.error { $0.magic = Array("SSHSIH".utf8) } == .malformed(reason: "start"))
        #expect(Parts.error { $0.version = 2 } == .unsupported("version 2"))
        #expect(Parts.error { $0.version = 0 } == .unsupported("version 0"))
        #expect(Parts.error { $0.blob += [0] } == .malformed(reason: "key"))
        #expect(Parts.error { $0.blob = [] } == .malformed(reason: "key"))
        #expect(Parts.error { $0.blob.removeLast() } == .malformed(reason: "key"))
        #expect(Parts.error { $0.namespace = [] } == .malformed(reason: "namespace"))
        #expect(Parts.error { $0.namespace = [0xFF] } == .malformed(reason: "namespace"))
        #expect(Parts.error { $0.reserved = [0] } == .malformed(reason: "reserved"))
        #expect(Parts.error { $0.hash = Array("sha1".utf8) } == .unsupported("sha1"))
        #expect(Parts.error { $0.hash = Array("SHA512".utf8) } == .unsupported("SHA512"))
        #expect(Parts.error { $0.hash = Array("sha256".utf8) } == nil)
        #expect(Parts.error { $0.kind = Array("ssh-rsa".utf8) } == .malformed(reason: "signature"))
        #expect(Parts.error { $0.signature.removeLast() } == .malformed(reason: "signature"))
        #expect(Parts.error { $0.signature.append(0) } == .malformed(reason: "signature"))
        #expect(Parts.error { $0.afterSignature = [0] } == .malformed(reason: "signature"))
        #expect(Parts.error { $0.trailing = [0] } == .malformed(reason: "parts"))
    }

    /// S and S + L are the same number to the group; only the smaller one is a signature.
    @Test func aSecondFormOfASignatureIsRefused() throws {
        let message = Array("hej".utf8)
        let order: [UInt8] = [
            0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9,
            0xDE, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
        ]
        for seed in UInt64(0)..<20 {
            let key = DeviceKeyTests.key(seed)
            let good = key.sign(message, namespace: "a")
            let bytes = try #require(SSHArmor.bytes(of: good.armored, label: "SSH SIGNATURE"))
            var twin = bytes
            var carry = 0
            for (index, digit) in order.enumerated() {
                let place = bytes.count - 32 + index
                carry += Int(bytes[place]) + Int(digit)
                twin[place] = UInt8(carry & 0xFF)
                carry >>= 8
            }
            #expect(carry == 0)
            let text = SSHArmor.text(of: twin, label: "SSH SIGNATURE")
            let read = try SSHSignature(armored: text)
            #expect(good.verifies(message, namespace: "a"))
            #expect(!read.verifies(message, namespace: "a"))
        }
    }
}
