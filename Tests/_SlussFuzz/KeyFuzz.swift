import Foundation
import SlussBundle

/// Keys and signatures in OpenSSH's forms.
///
/// Ways: `0` a private key's file; `1` what is in one, armored here; `2` a signature; `3` what is
/// in one, armored here; `4` a public key's line; `5` a list of who may sign; `6` a moment.
enum KeyFuzz {
    private static let key = DevicePrivateKey(seed: Array(0..<32)) ?? DevicePrivateKey()
    private static let message = Array("hej".utf8)

    static func run(way: Int, _ input: ArraySlice<UInt8>) -> Bool {
        switch way % 7 {
        case 0: return readKey(Array(input))
        case 1: return readKey(armored(input, "OPENSSH PRIVATE KEY"))
        case 2: return readSignature(Array(input))
        case 3: return readSignature(armored(input, "SSH SIGNATURE"))
        case 4:
            let line = String(decoding: input, as: UTF8.self)
            guard let key = DeviceKey(openSSH: line) else { return false }
            precondition(
                line.utf8.starts(with: key.openSSH.utf8), "a key has one text")
            return true
        case 5: return readSigners(Array(input))
        default: return SignerMoment(Array(input)) != nil
        }
    }

    private static func armored(_ bytes: ArraySlice<UInt8>, _ label: String) -> [UInt8] {
        var body = Array(Data(bytes).base64EncodedString().utf8)[...]
        var text = Array("-----BEGIN \(label)-----\n".utf8)
        while !body.isEmpty {
            text += body.prefix(70) + [UInt8(ascii: "\n")]
            body = body.dropFirst(70)
        }
        return text + Array("-----END \(label)-----\n".utf8)
    }

    private static func readKey(_ text: [UInt8]) -> Bool {
        guard let read = try? DevicePrivateKey(openSSH: text) else { return false }
        let again = try? DevicePrivateKey(openSSH: read.openSSH(comment: "a"))
        precondition(again?.publicKey == read.publicKey, "a key is read as it was written")
        return true
    }

    private static func readSignature(_ text: [UInt8]) -> Bool {
        guard let signature = try? SSHSignature(armored: text) else { return false }
        precondition(signature.armored == text, "a signature has one text")
        _ = signature.key.fingerprint
        if signature.verifies(message, namespace: "sluss-bundle") {
            precondition(signature.key == key.publicKey, "nobody else has signed")
        }
        return true
    }

    private static func readSigners(_ bytes: [UInt8]) -> Bool {
        guard let signers = try? AllowedSigners(bytes: bytes) else { return false }
        for principal in [nil, "anna@example.se"] {
            _ = try? signers.principals(
                for: key.publicKey, namespace: "sluss-bundle", principal: principal,
                at: 1_770_000_000
            ) { Int64($0.year - 1970) * 31_557_600 }
        }
        return true
    }

    static var seeds: [[UInt8]] {
        let file = key.openSSH(comment: "a")
        let signature = key.sign(message, namespace: "sluss-bundle").armored
        func inner(_ text: [UInt8]) -> [UInt8] {
            let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
            return Data(base64Encoded: lines.dropFirst().dropLast().joined()).map { Array($0) }
                ?? []
        }
        let line = key.publicKey.openSSH
        let signers = """
            # x
            anna@example.se,!olle \(line) c
            "*@*.se" namespaces="a,sluss-*",valid-after="20260101Z",valid-before="203001010000" \(line)
            * cert-authority \(line)

            """
        return [
            Array("0".utf8) + file, Array("1".utf8) + inner(file), Array("2".utf8) + signature,
            Array("3".utf8) + inner(signature), Array("4\(line) x".utf8), Array("5\(signers)".utf8),
            Array("6".utf8) + Array("20260101120000Z".utf8),
        ]
    }
}
