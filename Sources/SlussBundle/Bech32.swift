/// Bech32 (BIP 173), without its limit on length, as age uses it.
enum Bech32 {
    private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
    private static let checksumCount = 6

    /// The lower-case text of `bytes` behind a prefix.
    static func encode(prefix: String, _ bytes: [UInt8]) -> String {
        let values = groups(of: bytes)
        let sum =
            polynomial(
                expanded(prefix) + values + [UInt8](repeating: 0, count: checksumCount)) ^ 1
        let checksum = (0..<checksumCount).map {
            UInt8(truncatingIfNeeded: sum >> UInt32(5 * (checksumCount - 1 - $0)) & 31)
        }
        return prefix + "1"
            + String(
                decoding: (values + checksum).map { alphabet[Int($0)] }, as: UTF8.self)
    }

    /// The bytes of a lower-case text behind a lower-case prefix, or `nil` if it is not exactly
    /// what ``encode(prefix:_:)`` gives.
    static func decode(prefix: String, _ text: String) -> [UInt8]? {
        let start = Array((prefix + "1").utf8)
        let characters = Array(text.utf8)
        guard characters.starts(with: start) else { return nil }
        var values: [UInt8] = []
        for character in characters.dropFirst(start.count) {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            values.append(UInt8(truncatingIfNeeded: value))
        }
        guard values.count >= checksumCount, polynomial(expanded(prefix) + values) == 1 else {
            return nil
        }
        return bytes(of: values.dropLast(checksumCount))
    }

    private static func expanded(_ prefix: String) -> [UInt8] {
        prefix.utf8.map { $0 >> 5 } + [0] + prefix.utf8.map { $0 & 31 }
    }

    private static func polynomial(_ values: [UInt8]) -> UInt32 {
        let generator: [UInt32] = [
            0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3,
        ]
        var sum: UInt32 = 1
        for value in values {
            let top = sum >> 25
            sum = (sum & 0x1FF_FFFF) << 5 ^ UInt32(value)
            for (index, term) in generator.enumerated() where top >> UInt32(index) & 1 == 1 {
                sum ^= term
            }
        }
        return sum
    }

    /// Bytes in groups of five bits, the last filled up with zeros.
    private static func groups(of bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var held: UInt32 = 0
        var heldBits: UInt32 = 0
        for byte in bytes {
            held = (held << 8 | UInt32(byte)) & 0xFFFF
            heldBits += 8
            while heldBits >= 5 {
                heldBits -= 5
                result.append(UInt8(truncatingIfNeeded: held >> heldBits & 31))
            }
        }
        if heldBits > 0 {
            result.append(UInt8(truncatingIfNeeded: held << (5 - heldBits) & 31))
        }
        return result
    }

    /// The bytes of groups of five bits; `nil` if what is left over is a group, or not zero.
    private static func bytes(of groups: ArraySlice<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var held: UInt32 = 0
        var heldBits: UInt32 = 0
        for group in groups {
            held = (held << 5 | UInt32(group)) & 0xFFFF
            heldBits += 5
            if heldBits >= 8 {
                heldBits -= 8
                result.append(UInt8(truncatingIfNeeded: held >> heldBits))
            }
        }
        guard heldBits < 5, held & (1 << heldBits - 1) == 0 else { return nil }
        return result
    }
}
