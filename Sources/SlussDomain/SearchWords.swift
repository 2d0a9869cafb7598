/// Cuts texts into the words by which they are found.
///
/// A word is a run of letters, digits and marks, in lower case. The same cut is made of what is
/// indexed and of what is asked for, so what a query holds is held by the words of every text that
/// holds it.
public enum SearchWords {
    private static let space = UInt8(ascii: " ")
    /// Bytes of a word: SQLite's index cuts off what is beyond 32 768, in the middle of a letter if
    /// need be, and the same cut must be made everywhere.
    private static let wordBytesMax = 32_000

    /// Appends a text's words, each with a space behind it.
    ///
    /// - Parameter text: In Unicode normalisation form C.
    public static func append(_ text: Substring, to words: inout [UInt8]) {
        var text = text
        text.withUTF8 { bytes in
            words.reserveCapacity(words.count + bytes.count + 1)
            append(bytes, to: &words)
        }
    }

    private static func append(_ bytes: UnsafeBufferPointer<UInt8>, to words: inout [UInt8]) {
        var isInWord = false
        var wordStart = words.count
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            let start = place
            // ASCII, then the letters of Latin-1: nearly all texts have no others.
            if byte < 0x80 {
                place += 1
                if let letter = asciiWordByte(byte) {
                    words.append(letter)
                    isInWord = true
                    continue
                }
            } else if byte == 0xC3, place + 1 < bytes.count {
                place += 2
                let second = bytes[place - 1]
                // The signs of multiplication and division are no letters.
                if second != 0x97, second != 0xB7 {
                    words.append(0xC3)
                    words.append(second < 0x9F ? second | 0x20 : second)
                    isInWord = true
                    continue
                }
            } else {
                let (scalar, length) = scalar(bytes, start)
                place += length
                if isWord(scalar) {
                    words.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
                    isInWord = true
                    continue
                }
            }
            if isInWord { end(&words, from: &wordStart) }
            isInWord = false
        }
        if isInWord { end(&words, from: &wordStart) }
    }

    /// Ends a word; one that is too long is cut off behind a letter.
    private static func end(_ words: inout [UInt8], from start: inout Int) {
        if words.count - start > wordBytesMax {
            var end = start + wordBytesMax
            while words[end] & 0xC0 == 0x80 { end -= 1 }
            words.removeSubrange(end...)
        }
        words.append(space)
        start = words.count
    }

    /// The part of `new` that holds every word which is not in `old` in the same place.
    ///
    /// What both begin and end with is left out, to whole words.
    public static func changed(from old: String, to new: String) -> Substring {
        var (old, new) = (old, new)
        let range = old.withUTF8 { old in new.withUTF8 { new in changed(from: old, to: new) } }
        let utf8 = new.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
        return new[start..<utf8.index(start, offsetBy: range.count)]
    }

    private static func changed(
        from old: UnsafeBufferPointer<UInt8>, to new: UnsafeBufferPointer<UInt8>
    ) -> Range<Int> {
        let shorter = min(old.count, new.count)
        var start = 0
        while start < shorter, old[start] == new[start] { start += 1 }
        var tail = 0
        while tail < shorter - start, old[old.count - 1 - tail] == new[new.count - 1 - tail] {
            tail += 1
        }
        var end = new.count - tail
        while start > 0, !isBoundary(new[start - 1]) { start -= 1 }
        while end < new.count, !isBoundary(new[end]) { end += 1 }
        return start..<end
    }

    /// Bytes that are no part of a word, and no part of a longer character either.
    private static func isBoundary(_ byte: UInt8) -> Bool {
        byte < 0x80 && asciiWordByte(byte) == nil
    }

    private static func asciiWordByte(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        default: nil
        }
    }

    private static func scalar(
        _ bytes: UnsafeBufferPointer<UInt8>, _ place: Int
    ) -> (Unicode.Scalar, Int) {
        let length = bytes[place] < 0xE0 ? 2 : bytes[place] < 0xF0 ? 3 : 4
        var value = UInt32(bytes[place]) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for next in bytes[place...].prefix(length).dropFirst() {
            value = value << 6 | UInt32(next & 0x3F)
        }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber,
            .otherNumber:
            true
        default: false
        }
    }
}
