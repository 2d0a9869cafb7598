/// Breaks text into rows of a terminal, between words where it can.
package enum WordWrap {
    /// A row: the characters it shows, as a range of the whole text.
    package struct Row: Hashable, Sendable {
        /// The characters that stand in the row.
        package var range: Range<Int>
        /// Whether a line break ends it.
        package var isEndOfLine: Bool
    }

    /// The rows of a text in `width` columns.
    ///
    /// Every character belongs to exactly one row, but for line breaks, which belong to none. A
    /// blank at the end of a row may stand beyond the width: it is not seen. There is always at
    /// least one row, and after a last line break an empty one.
    package static func rows(_ text: [Character], width: Int) -> [Row] {
        let width = max(1, width)
        var rows: [Row] = []
        var start = 0
        // Where the row may be broken: behind its last blank.
        var breakable: Int?
        var columns = 0
        var index = 0
        while index < text.count {
            let character = text[index]
            if character == "\n" {
                rows.append(Row(range: start..<index, isEndOfLine: true))
                (start, breakable, columns) = (index + 1, nil, 0)
                index += 1
                continue
            }
            let size = TextWidth.of(character)
            if columns + size > width, character != " ", index > start {
                let end = breakable ?? index
                rows.append(Row(range: start..<end, isEndOfLine: false))
                (start, breakable, columns) = (end, nil, 0)
                index = end
                continue
            }
            columns += size
            index += 1
            if character == " " || isHyphen(text, at: index - 1) { breakable = index }
        }
        rows.append(Row(range: start..<text.count, isEndOfLine: true))
        return rows
    }

    /// Whether a word may be broken there: between letters, never in a number or a day.
    private static func isHyphen(_ text: [Character], at index: Int) -> Bool {
        guard text[index] == "-", index > 0, index + 1 < text.count else { return false }
        return text[index - 1].isLowercase && text[index + 1].isLowercase
    }

    /// The rows of a paragraph as strings, those after the first set in as far as it is.
    package static func paragraph(_ text: String, width: Int) -> [String] {
        let indent = String(text.prefix { $0 == " " })
        guard !indent.isEmpty, indent.count * 2 < width else { return lines(text, width: width) }
        return lines(String(text.dropFirst(indent.count)), width: width - indent.count)
            .map { indent + $0 }
    }

    /// The rows of a text as strings, with no blanks at their ends.
    package static func lines(_ text: String, width: Int) -> [String] {
        let characters = Array(text)
        return rows(characters, width: width).map { row in
            var line = characters[row.range]
            while line.last == " " { line = line.dropLast() }
            return String(line)
        }
    }
}
