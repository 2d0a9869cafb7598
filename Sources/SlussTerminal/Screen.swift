import SlussDomain

/// Rows and columns of a terminal.
package struct ScreenSize: Hashable, Sendable {
    /// How many columns there are.
    package var columns: Int
    /// How many rows there are.
    package var rows: Int

    /// A size; a terminal has at least one place.
    package init(columns: Int, rows: Int) {
        self.columns = max(1, columns)
        self.rows = max(1, rows)
    }
}

/// What stands on a terminal's screen, and where the cursor is.
///
/// - Invariant: there are as many rows as the size says, none is wider than it says, and no text
///   has a control character.
package struct Screen: Hashable, Sendable {
    /// A row: one text, looking one way.
    package struct Row: Hashable, Sendable {
        /// The text.
        package var text: String
        /// How it looks.
        package var look: Page.Look
    }

    /// The rows from the top.
    package var rows: [Row]
    /// The cursor's row, counted from 0.
    package var cursorRow: Int
    /// The cursor's column, counted from 0.
    package var cursorColumn: Int

    /// The screen as plain text, the cursor as `¦`; for tests and for people who read them.
    package var drawing: String {
        rows.enumerated().map { index, row in
            guard index == cursorRow else { return row.text }
            var (before, after) = ("", "")
            var columns = 0
            for character in row.text {
                if columns < cursorColumn {
                    before.append(character)
                } else {
                    after.append(character)
                }
                columns += TextWidth.of(character)
            }
            return before + String(repeating: " ", count: max(0, cursorColumn - columns)) + "¦"
                + after
        }.joined(separator: "\n")
    }
}

/// Lays a page out on a screen.
struct ScreenLayout {
    let size: ScreenSize
    let texts: Texts
    /// Characters that a console of eight bits has, too.
    let isASCII: Bool

    /// A row that is not cut yet.
    private typealias Row = Screen.Row

    /// The screen of a page.
    ///
    /// - Parameters:
    ///   - editor: What is being typed, if the page asks for a text.
    ///   - scroll: How many rows of the page are above the screen; cut to what there is.
    func screen(of page: Page, editor: TextEditor?, scroll: inout Int) -> Screen {
        let head = size.rows >= 6 ? [Row(text: page.heading, look: .heading)] : []
        switch page.prompt {
        case .choice(let choices, _):
            return choiceScreen(page, choices, head: head, scroll: &scroll)
        case .text(let prompt):
            let editor =
                editor
                ?? TextEditor(prompt.initial, isMultiline: prompt.isMultiline, max: prompt.max)
            return textScreen(page, prompt, editor, head: head)
        }
    }

    // MARK: - Digits

    private func choiceScreen(
        _ page: Page, _ choices: [Page.Choice], head: [Row], scroll: inout Int
    ) -> Screen {
        let head = head + (page.leadsWithNotice ? notice(page) : [])
        let body = reading(page)
        let list = choices.flatMap { choiceRows($0) }
        let blank = [Row(text: "", look: .plain)]
        let room = max(1, size.rows - head.count)
        // All in sight, with air if there is room for it.
        var rows = body + (body.isEmpty ? [] : blank) + list
        if rows.count > room { rows = body + list }
        if rows.count + 1 <= room {
            scroll = 0
            return fill(head + rows, foot: choiceFoot(choices, isMore: false))
        }
        // The text scrolls, the choices stand.
        let pinned = WordWrap.lines(
            choices.map { choice in
                let text = "\(choice.key) " + shown(choice.label)
                // What is longer than a row is broken between words as any text.
                return TextWidth.of(text) <= size.columns ? text.spacesKept : text
            }.joined(separator: "  "), width: size.columns
        ).map { Row(text: $0.replacingNoBreak, look: .strong) }
        let window = room - pinned.count - 1
        if !body.isEmpty, window >= 4, list.count <= 10, pinned.count <= room / 2 {
            return scrolled(body, window, &scroll, head: head, below: pinned, choices)
        }
        return scrolled(rows, max(1, room - 1), &scroll, head: head, below: [], choices)
    }

    private func scrolled(
        _ rows: [Row], _ window: Int, _ scroll: inout Int, head: [Row], below: [Row],
        _ choices: [Page.Choice]
    ) -> Screen {
        scroll = min(max(0, scroll), max(0, rows.count - window))
        let shown = rows.dropFirst(scroll).prefix(window)
        let isMore = rows.count > window
        let padding = Array(
            repeating: Row(text: "", look: .plain), count: max(0, window - shown.count))
        return fill(
            head + shown + padding + below,
            foot: choiceFoot(choices, isMore: isMore, isAtEnd: scroll + window >= rows.count))
    }

    private func choiceRows(_ choice: Page.Choice) -> [Row] {
        let lines = WordWrap.lines(shown(choice.label), width: max(1, size.columns - 3))
        return lines.enumerated().map { index, line in
            Row(text: (index == 0 ? "\(choice.key)  " : "   ") + line, look: .plain)
        }
    }

    /// What the keys do; where 0 is among the choices it need not be said again.
    private func choiceFoot(
        _ choices: [Page.Choice], isMore: Bool, isAtEnd: Bool = false
    ) -> String {
        if isMore {
            return foot(
                isAtEnd ? .footFromTop : .footMore, isAtEnd ? .footFromTopShort : .footMoreShort)
        }
        if choices.isEmpty, !isMore { return "" }
        if choices.contains(where: { $0.key == "0" }) { return texts(.footDigit) }
        let hasLetters = choices.contains { $0.key.isLetter }
        return foot(hasLetters ? .footKey : .footChoice, .footChoiceShort)
    }

    /// The longer text if it fits.
    private func foot(_ long: TextKey, _ short: TextKey) -> String {
        TextWidth.of(texts(long)) < size.columns ? texts(long) : texts(short)
    }

    // MARK: - Texts

    private func textScreen(
        _ page: Page, _ prompt: Page.TextPrompt, _ editor: TextEditor, head: [Row]
    ) -> Screen {
        let question = WordWrap.lines(shown(prompt.question), width: size.columns)
            .map { Row(text: $0, look: .strong) }
        let count = counter(prompt, editor)
        let typed = typedRows(prompt, editor)
        let place = cursor(prompt, editor)
        let said = page.leadsWithNotice ? notice(page) : []
        var above = reading(page) + said + question
        let room = max(1, size.rows - head.count - (size.rows > 2 ? 1 : 0) - count.count)
        // What is typed comes first; what is above it makes room, from the top.
        let least = min(typed.count, max(1, min(room, room / 2)))
        let aboveMax = max(0, room - least)
        if above.count > aboveMax { above = Array(above.suffix(aboveMax)) }
        let window = max(1, room - above.count)
        let first = min(max(0, place.row - window + 1), max(0, typed.count - window))
        let shown = typed.dropFirst(first).prefix(window)
        let rows = (head + above + shown + count).prefix(size.rows)
        var screen = fill(
            Array(rows),
            foot: prompt.isSecret
                ? foot(.footSecret, .footSecretShort)
                : prompt.isMultiline
                    ? foot(.footBlock, .footBlockShort) : foot(.footLine, .footLineShort))
        screen.cursorRow = min(size.rows - 1, head.count + above.count + place.row - first)
        screen.cursorColumn = min(size.columns - 1, place.column)
        return screen
    }

    /// Columns before what is typed: a mark that this is the place to write.
    private var mark: String { size.columns >= 10 ? "> " : "" }
    /// The columns that a typed row has.
    var typingWidth: Int { max(1, size.columns - mark.count) }

    private func typedRows(_ prompt: Page.TextPrompt, _ editor: TextEditor) -> [Row] {
        let characters =
            prompt.isSecret
            ? Array(repeating: Character("*"), count: editor.text.count)
            : editor.text
        return WordWrap.rows(characters, width: typingWidth).map {
            Row(text: mark + String(characters[$0.range]), look: .plain)
        }
    }

    private func cursor(
        _ prompt: Page.TextPrompt, _ editor: TextEditor
    ) -> (row: Int, column: Int) {
        if prompt.isSecret { return (0, mark.count + editor.cursor) }
        let place = editor.position(in: WordWrap.rows(editor.text, width: typingWidth))
        return (place.row, mark.count + place.column)
    }

    /// How much is left, once it begins to matter.
    private func counter(_ prompt: Page.TextPrompt, _ editor: TextEditor) -> [Row] {
        let left = prompt.limit - editor.text.count
        guard left < max(20, prompt.limit / 5), prompt.limit >= 80, size.rows >= 6 else {
            return []
        }
        let text =
            left < 0
            ? texts(.tooLongBy, ["number": String(-left)])
            : texts(.charactersLeft, ["number": String(left)])
        return [Row(text: text, look: left < 0 ? .warning : .faint)]
    }

    // MARK: - Rows

    /// What there is to read, and what has gone well or wrong, where that comes last.
    private func reading(_ page: Page) -> [Row] {
        wrapped(page.body) + compared(page.columns)
            + (page.leadsWithNotice ? [] : notice(page))
    }

    /// How many columns a screen has at least that shows texts side by side, and each of them.
    private static let wide = 80
    private static let columnMin = 24
    private static let gap = " │ "

    /// Texts to compare: side by side if each gets columns enough, else one below the other.
    private func compared(_ columns: [[Page.Line]]) -> [Row] {
        let count = columns.count
        guard count > 1 else { return columns.flatMap { wrapped($0) } }
        let width = (size.columns - Self.gap.count * (count - 1)) / count
        guard size.columns >= Self.wide, width >= Self.columnMin else {
            return Array(
                columns.map { wrapped($0) }.joined(separator: [Row(text: "", look: .plain)]))
        }
        let texts = columns.map { wrapped($0, width: width) }
        let height = texts.map(\.count).max() ?? 0
        let lines = (0..<height).map { index in
            let cells = texts.map { index < $0.count ? $0[index] : nil }
            let looks = Set(cells.compactMap { $0?.look })
            let text = cells.enumerated().map { place, cell in
                let text = Self.cut(cell?.text ?? "", to: width)
                let left = place + 1 < count ? max(0, width - TextWidth.of(text)) : 0
                return text + String(repeating: " ", count: left)
            }.joined(separator: Self.gap)
            return Row(text: text, look: looks.count == 1 ? looks.first ?? .plain : .plain)
        }
        return [Row(text: "", look: .plain)] + lines
    }

    private func wrapped(_ lines: [Page.Line], width: Int? = nil) -> [Row] {
        lines.flatMap { line in
            WordWrap.paragraph(shown(line.text), width: width ?? size.columns)
                .map { Row(text: $0, look: line.look) }
        }
    }

    private func notice(_ page: Page) -> [Row] {
        page.notice.map { wrapped([$0]) } ?? []
    }

    /// A text that is safe on a terminal, and that the terminal's characters can show.
    private func shown(_ text: String) -> String {
        let line = DisplayText.line(text)
        return isASCII ? PlainCharacters.of(line) : line
    }

    private func fill(_ rows: [Row], foot: String) -> Screen {
        var rows = rows.prefix(size.rows).map {
            Row(text: Self.cut(shown($0.text), to: size.columns), look: $0.look)
        }
        while rows.count < size.rows { rows.append(Row(text: "", look: .plain)) }
        let cursorRow = size.rows - 1
        if size.rows > 2 {
            let line = Self.cut(shown(foot), to: size.columns)
            rows[size.rows - 1] = Row(text: line, look: .faint)
        }
        return Screen(
            rows: rows, cursorRow: cursorRow,
            cursorColumn: size.rows > 2
                ? min(size.columns - 1, TextWidth.of(rows[size.rows - 1].text)) : 0)
    }

    /// What of a text goes into so many columns.
    static func cut(_ text: String, to columns: Int) -> String {
        if TextWidth.of(text) <= columns { return text }
        var result = ""
        var width = 0
        for character in text {
            let size = TextWidth.of(character)
            if width + size > columns { break }
            result.append(character)
            width += size
        }
        return result
    }
}

extension String {
    /// Keeps a label together when a row is broken.
    fileprivate var spacesKept: String { replacing(" ", with: "\u{A0}") }
    fileprivate var replacingNoBreak: String { replacing("\u{A0}", with: " ") }
}

/// Swaps characters that old consoles lack for those that they have.
enum PlainCharacters {
    static func of(_ text: String) -> String {
        String(text.map { swaps[$0] ?? $0 })
    }

    private static let swaps: [Character: Character] = [
        "–": "-", "—": "-", "…": ".", "’": "'", "”": "\"", "“": "\"", "·": "-", "•": "-",
        "▮": "#", "⏎": "/", "‹": "<", "›": ">", "→": ">", "×": "x", "│": "|",
    ]
}
