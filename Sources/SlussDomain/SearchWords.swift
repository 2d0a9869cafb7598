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

    /// The same words without most of those that have come before: to be found by, once is enough.
    ///
    /// What a crafted text could make slow is cut short: then a word stays twice.
    public static func withoutRepeats(_ words: [UInt8]) -> [UInt8] {
        // About two seats for each word of six letters.
        var seatCount = 16
        while seatCount < words.count / 3 { seatCount *= 2 }
        var seats = [Int32](repeating: -1, count: seatCount)
        return words.withUnsafeBufferPointer { words in
            var kept: [UInt8] = []
            kept.reserveCapacity(words.count)
            var (start, hash) = (0, UInt64(0xCBF2_9CE4_8422_2325))
            for (place, byte) in words.enumerated() {
                hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
                guard byte == space else { continue }
                let word = UnsafeBufferPointer(rebasing: words[start...place])
                if !isThere(word, at: start, hash, of: words, &seats) {
                    kept.append(contentsOf: word)
                }
                (start, hash) = (place + 1, 0xCBF2_9CE4_8422_2325)
            }
            return kept
        }
    }

    /// How many seats are looked at for a word.
    private static let seatsLookedAt = 8

    /// Whether a word has a seat; it gets one if there is one.
    private static func isThere(
        _ word: UnsafeBufferPointer<UInt8>, at start: Int, _ hash: UInt64,
        of words: UnsafeBufferPointer<UInt8>, _ seats: inout [Int32]
    ) -> Bool {
        // The last letters alone must find other seats, too (Fibonacci hashing, Knuth 6.4).
        let mixed = (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15
        var seat = Int(truncatingIfNeeded: mixed >> 40) & (seats.count - 1)
        for _ in 0..<seatsLookedAt {
            let other = Int(seats[seat])
            guard other >= 0 else {
                seats[seat] = Int32(truncatingIfNeeded: start)
                return false
            }
            // Both end at their first space.
            if word.elementsEqual(words[other...].prefix(word.count)) { return true }
            seat = (seat + 1) & (seats.count - 1)
        }
        return false
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
