/// Base64 (RFC 4648, section 4) in its one canonical form: what does not come out of the encoder
/// is not read either.
///
/// Own code because Foundation passes over characters that do not belong and bits that are left
/// over, so two texts could stand for one key or one signature.
enum CanonicalBase64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let pad = UInt8(ascii: "=")

    /// The text of `bytes`; `padded` fills it up with `=` to a multiple of four.
    static func encode(_ bytes: some Collection<UInt8>, padded: Bool) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var held: UInt32 = 0
        var heldBits = 0
        for byte in bytes {
            held = (held << 8 | UInt32(byte)) & 0xFFFF
            heldBits += 8
            while heldBits >= 6 {
                heldBits -= 6
                text.append(alphabet[Int(held >> UInt32(heldBits) & 63)])
            }
        }
        if heldBits > 0 {
            text.append(alphabet[Int(held << UInt32(6 - heldBits) & 63)])
        }
        while padded, text.count % 4 != 0 { text.append(pad) }
        return text
    }

    /// The bytes that `text` stands for, or `nil` if it is not their canonical text.
    static func decode(_ text: some Collection<UInt8>, padded: Bool) -> [UInt8]? {
        var characters = Array(text)
        if padded {
            guard characters.count % 4 == 0 else { return nil }
            let padCount = characters.reversed().prefix { $0 == pad }.count
            guard padCount <= 2 else { return nil }
            characters.removeLast(padCount)
        }
        // One character alone holds no byte.
        guard characters.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 4 * 3 + 2)
        var held: UInt32 = 0
        var heldBits = 0
        for character in characters {
            guard let value = value(character) else { return nil }
            held = (held << 6 | value) & 0xFFFF
            heldBits += 6
            if heldBits >= 8 {
                heldBits -= 8
                bytes.append(UInt8(truncatingIfNeeded: held >> UInt32(heldBits)))
            }
        }
        // Bits that are left over are zero, or two texts would stand for the same bytes. With
        // padding, the number of pads follows from that of the characters: both were counted.
        guard held & (1 << UInt32(heldBits) - 1) == 0 else { return nil }
        return bytes
    }

    private static func value(_ character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
