/// Lower-case hexadecimal, the written form of every id and digest.
///
/// Lower case only, so that an id has exactly one written form.
package enum Hex {
    /// Two digits for each byte.
    package static func string(_ bytes: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
            var place = 0
            for byte in bytes {
                buffer[place] = digit(byte >> 4)
                buffer[place + 1] = digit(byte & 15)
                place += 2
            }
            return place
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }

    /// The numbers that `text` writes out, 16 digits each and nothing else.
    static func numbers(_ text: some StringProtocol, count: Int) -> [UInt64]? {
        let together = text.utf8.withContiguousStorageIfAvailable { numbers($0, count: count) }
        return together ?? Array(text.utf8).withUnsafeBufferPointer { numbers($0, count: count) }
    }

    /// The same for bytes.
    package static func numbers(_ digits: UnsafeBufferPointer<UInt8>, count: Int) -> [UInt64]? {
        guard digits.count == 16 * count else { return nil }
        var numbers = [UInt64](repeating: 0, count: count)
        for (place, digit) in digits.enumerated() {
            guard let value = value(digit) else { return nil }
            numbers[place / 16] = numbers[place / 16] << 4 | UInt64(value)
        }
        return numbers
    }

    /// The bytes that `text` writes out, or `nil` if it is not pairs of lower-case digits.
    package static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let source = Array(text.utf8)
        guard source.count % 2 == 0 else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(source.count / 2)
        for index in stride(from: 0, to: source.count, by: 2) {
            guard let high = value(source[index]), let low = value(source[index + 1]) else {
                return nil
            }
            result.append(high << 4 | low)
        }
        return result
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
