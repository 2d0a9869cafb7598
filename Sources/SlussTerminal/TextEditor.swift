import SlussDomain

/// A text that someone is writing: characters, a place in them, and what undo goes back to.
///
/// - Invariant: `cursor` is in `0...text.count`; no character is a control but the line break.
package struct TextEditor: Sendable {
    /// The text.
    package private(set) var text: [Character]
    /// The character before which the next one goes in.
    package private(set) var cursor: Int
    /// How many characters the text may have; more is not taken in.
    package let max: Int
    /// Whether the text may have line breaks.
    package let isMultiline: Bool
    /// Whether the last thing put in was cut off at the limit.
    package private(set) var isCutOff = false
    private var undone: [Snapshot] = []
    private var isTypingWord = false

    private struct Snapshot: Sendable {
        let text: [Character]
        let cursor: Int
    }

    /// How many steps undo goes back.
    private static let undoMax = 100
    /// How many characters the steps hold together, eight megabytes: of a pasted book, fewer steps.
    private static let undoneCharactersMax = 500_000

    /// Begins with `text`, behind its end.
    package init(_ text: String = "", isMultiline: Bool, max: Int) {
        self.isMultiline = isMultiline
        self.max = max
        self.text = []
        cursor = 0
        insert(text)
        undone = []
        isTypingWord = false
    }

    /// The text as a string.
    package var string: String { String(text) }

    /// The text without blanks and empty lines around it.
    package var trimmed: String {
        let blank: (Character) -> Bool = { $0 == " " || $0 == "\n" }
        let front = text.drop(while: blank)
        let back = front.reversed().drop(while: blank)
        return String(back.reversed())
    }

    /// Whether the cursor stands in an empty line at the text's end: Enter again says that it is
    /// done.
    package var isAtEmptyLastLine: Bool {
        cursor == text.count && (text.isEmpty || text.last == "\n")
    }

    /// Puts text in at the cursor.
    ///
    /// Carriage returns become line breaks, tabs blanks; other controls are left out, and in one
    /// line every line break becomes a blank. What is beyond the limit is left out, and
    /// ``isCutOff`` says so.
    package mutating func insert(_ added: String) {
        isCutOff = false
        // A mark on its own belongs to the character before it.
        var rest = Self.clean(added, isMultiline: isMultiline)
        guard !rest.isEmpty else { return }
        remember(isWord: rest.count == 1 && rest != " " && rest != "\n")
        if cursor > 0, text[cursor - 1] != "\n" {
            rest = String(text[cursor - 1]) + rest
            text.remove(at: cursor - 1)
            cursor -= 1
        }
        var characters = Array(rest)
        let room = Swift.max(0, max - text.count)
        if characters.count > room {
            characters = Array(characters.prefix(room))
            isCutOff = true
        }
        text.insert(contentsOf: characters, at: cursor)
        cursor += characters.count
    }

    private static func clean(_ added: String, isMultiline: Bool) -> String {
        var result = String.UnicodeScalarView()
        var wasReturn = false
        for scalar in added.unicodeScalars {
            defer { wasReturn = scalar == "\r" }
            switch scalar.value {
            case 0x0A where wasReturn: continue
            case 0x0A, 0x0D, 0x2028, 0x2029: result.append(isMultiline ? "\n" : " ")
            case 0x09: result.append(" ")
            case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: continue
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// Does what a key asks for; `false` if the key means nothing here.
    ///
    /// - Parameter width: The columns of a row, for the keys that go up and down.
    package mutating func handle(_ key: Key, width: Int) -> Bool {
        if key != .undo { isCutOff = false }
        switch key {
        case .backspace: remove(to: beforeMask ?? cursor - 1)
        case .delete: remove(to: cursor + 1)
        case .deleteWord: remove(to: wordStart)
        case .left: move(to: cursor - 1)
        case .right: move(to: cursor + 1)
        case .wordLeft: move(to: wordStart)
        case .wordRight: move(to: wordEnd)
        case .home, .end, .up, .down, .pageUp, .pageDown: moveByRows(key, width: width)
        case .undo: undo()
        case .enter, .escape: return false
        }
        return true
    }

    /// Takes the last line away if it is `line` and the cursor is at its end.
    mutating func takeLastLine(_ line: String) -> Bool {
        let start = text.lastIndex(of: "\n").map { $0 + 1 } ?? 0
        guard cursor == text.count, String(text[start...]) == line else { return false }
        remove(to: start)
        return true
    }

    /// Puts the cursor before a character.
    package mutating func move(to place: Int) {
        isTypingWord = false
        cursor = Swift.min(Swift.max(0, place), text.count)
    }

    /// Takes away what is between the cursor and a place.
    private mutating func remove(to place: Int) {
        let other = Swift.min(Swift.max(0, place), text.count)
        guard other != cursor else { return }
        remember(isWord: false)
        text.removeSubrange(Swift.min(cursor, other)..<Swift.max(cursor, other))
        cursor = Swift.min(cursor, other)
    }

    /// Where the mark of a number that was taken out begins, if the cursor stands behind one: it
    /// goes with one press.
    private var beforeMask: Int? {
        let isMask: (Int) -> Bool = { place in
            place >= 0 && self.text[place] == PersonalNumberScan.mask.first
        }
        guard isMask(cursor - 1) else { return nil }
        var start = cursor - 1
        while isMask(start - 1) || start > 1 && text[start - 1] == "-" && isMask(start - 2) {
            start -= 1
        }
        return start
    }

    private var wordStart: Int {
        var place = cursor
        while place > 0, text[place - 1].isWhitespace { place -= 1 }
        while place > 0, !text[place - 1].isWhitespace { place -= 1 }
        return place
    }

    private var wordEnd: Int {
        var place = cursor
        while place < text.count, text[place].isWhitespace { place += 1 }
        while place < text.count, !text[place].isWhitespace { place += 1 }
        return place
    }

    private mutating func moveByRows(_ key: Key, width: Int) {
        let rows = WordWrap.rows(text, width: width)
        let (row, column) = position(in: rows)
        let range = rows[row].range
        let isLastOfRow = rows[row].isEndOfLine
        switch key {
        case .home: move(to: range.lowerBound)
        case .end: move(to: isLastOfRow ? range.upperBound : range.upperBound - 1)
        case .up where row > 0: move(to: place(column, of: rows[row - 1]))
        case .down where row + 1 < rows.count: move(to: place(column, of: rows[row + 1]))
        case .pageUp: move(to: place(column, of: rows[Swift.max(0, row - 5)]))
        case .pageDown: move(to: place(column, of: rows[Swift.min(rows.count - 1, row + 5)]))
        default: break
        }
    }

    private func place(_ column: Int, of row: WordWrap.Row) -> Int {
        var columns = 0
        for index in row.range {
            if columns >= column { return index }
            columns += TextWidth.of(text[index])
        }
        return row.isEndOfLine ? row.range.upperBound : Swift.max(0, row.range.upperBound - 1)
    }

    /// The row that the cursor stands in, and the columns before it.
    package func position(in rows: [WordWrap.Row]) -> (row: Int, column: Int) {
        // Between two rows of one line, the cursor stands at the beginning of the second.
        let row =
            rows.lastIndex { $0.range.lowerBound <= cursor && cursor <= $0.range.upperBound } ?? 0
        guard rows.indices.contains(row) else { return (0, 0) }
        let before = text[rows[row].range.lowerBound..<cursor]
        return (row, before.reduce(0) { $0 + TextWidth.of($1) })
    }

    private mutating func remember(isWord: Bool) {
        // A word is undone as one.
        if isWord, isTypingWord { return }
        isTypingWord = isWord
        undone.append(Snapshot(text: text, cursor: cursor))
        while undone.count > Self.undoMax
            || undone.count > 1
                && undone.reduce(0, { $0 + $1.text.count }) > Self.undoneCharactersMax
        { undone.removeFirst() }
    }

    private mutating func undo() {
        isTypingWord = false
        guard let last = undone.popLast() else { return }
        text = last.text
        cursor = last.cursor
    }
}
