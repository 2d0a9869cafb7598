import CCurses
import Glibc
import SlussFrontEnd
import SlussTerminal

/// The whole screen, through ncurses.
final class CursesTerminal: Terminal {
    private let signals: Signals
    private let isHighContrast: Bool
    private var hasColors = false

    /// Key codes of our own, above those of ncurses.
    private enum Code: Int32 {
        case pasteBegins = 1000
        case pasteEnds
        case wordLeft
        case wordRight
        case deleteWord
    }

    /// How much is pasted at once, in characters; more than any text may have.
    private static let pasteMax = 1 << 20

    /// How long a key's sequence may be, in characters.
    private static let keyMax = 64

    init(_ signals: Signals, isHighContrast: Bool) {
        self.signals = signals
        self.isHighContrast = isHighContrast
    }

    /// Whether the terminal can do this: a keyboard and a screen that ncurses knows.
    static var isPossible: Bool {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1,
            let name = Setting.environment("TERM"), name != "dumb"
        else { return false }
        return sluss_knows_terminal(name) != 0
    }

    func open() {
        if setlocale(LC_ALL, "") == nil
            || nl_langinfo(nl_item(CODESET)).map({ String(cString: $0) }) != "UTF-8"
        {
            setlocale(LC_CTYPE, "C.UTF-8")
        }
        initscr()
        // Flow control and interrupt keys are no business of a person at a shared computer.
        raw()
        noecho()
        nonl()
        let window = sluss_screen()
        keypad(window, true)
        nodelay(window, true)
        set_escdelay(50)
        startColors()
        define_key("\u{1B}[200~", Code.pasteBegins.rawValue)
        define_key("\u{1B}[201~", Code.pasteEnds.rawValue)
        define_key("\u{1B}[1;5D", Code.wordLeft.rawValue)
        define_key("\u{1B}[1;5C", Code.wordRight.rawValue)
        define_key("\u{1B}\u{7F}", Code.deleteWord.rawValue)
        refresh()
        // Bracketed paste: a pasted line break is text and does not end an answer.
        try? StandardOutput.write("\u{1B}[?2004h")
    }

    private func startColors() {
        guard !isHighContrast, Setting.environment("NO_COLOR") == nil, has_colors() else { return }
        guard start_color() == OK, use_default_colors() == OK else { return }
        init_pair(1, Int16(COLOR_GREEN), -1)
        init_pair(2, Int16(COLOR_YELLOW), -1)
        hasColors = true
    }

    func close() {
        try? StandardOutput.write("\u{1B}[?2004l")
        erase()
        refresh()
        endwin()
    }

    func clear() {
        CCurses.clear()
        refresh()
        // What scrolled off before the client came is not the next person's business either.
        try? StandardOutput.write("\u{1B}[3J")
    }

    func show(_ client: inout Client) throws {
        let window = sluss_screen()
        let size = ScreenSize(columns: Int(getmaxx(window)), rows: Int(getmaxy(window)))
        client.set(size: size)
        let screen = client.screen(size)
        werase(window)
        for (index, row) in screen.rows.enumerated() {
            let text =
                row.look == .heading
                ? row.text
                    + String(repeating: " ", count: max(0, size.columns - TextWidth.of(row.text)))
                : row.text
            wattrset(window, Int32(bitPattern: UInt32(attributes(row.look))))
            mvwaddstr(window, Int32(index), 0, text)
        }
        wattrset(window, 0)
        wmove(window, Int32(screen.cursorRow), Int32(screen.cursorColumn))
        wrefresh(window)
    }

    private func attributes(_ look: Page.Look) -> attr_t {
        switch look {
        case .plain: 0
        case .strong: sluss_bold()
        case .heading: sluss_reverse()
        case .faint: isHighContrast ? 0 : sluss_dim()
        case .good: sluss_bold() | (hasColors ? sluss_color(1) : 0)
        case .warning: sluss_bold() | (hasColors ? sluss_color(2) : 0)
        }
    }

    // MARK: - Keys

    func events(_ client: Client, timeout: Int?) -> [TerminalEvent] {
        if let first = read() { return events(from: first, isTyping: client.isTyping) }
        switch signals.wait(seconds: timeout) {
        case .ending: return [.client(.ending)]
        case .nothing: return []
        case .interrupted, .input:
            guard let first = read() else { return [.shown] }
            return events(from: first, isTyping: client.isTyping)
        }
    }

    private enum Read {
        case character(Character)
        case key(Int32)
    }

    private func read() -> Read? {
        var code: wint_t = 0
        let status = get_wch(&code)
        if status == sluss_key_code() { return .key(Int32(bitPattern: code)) }
        guard status == OK, let scalar = Unicode.Scalar(code) else { return nil }
        return .character(Character(scalar))
    }

    /// One key's events, or a whole run of characters: what is typed fast or pasted is one event.
    private func events(from first: Read, isTyping: Bool) -> [TerminalEvent] {
        switch first {
        case .key(KEY_RESIZE): return [.shown]
        case .key(Code.pasteBegins.rawValue): return [.client(.pasted(pasted()))]
        case .key(let code): return Self.key(code).map { [.client(.key($0))] } ?? [.shown]
        case .character("\u{1B}"): return [escapeOrUnknownKey()]
        case .character(let character):
            if let event = control(character) { return [event] }
            guard isTyping else { return [.client(.text(String(character)))] }
            var run = String(character)
            while run.utf8.count < 4096, let next = read() {
                guard case .character(let more) = next, control(more) == nil else {
                    return [.client(.text(run))] + events(from: next, isTyping: true)
                }
                run.append(more)
            }
            return [.client(.text(run))]
        }
    }

    /// Escape alone, or a key that ncurses does not know: that does nothing.
    ///
    /// A function key comes as Escape, `[`, digits and an end: taken one by one, it would go back,
    /// and its digits would choose.
    private func escapeOrUnknownKey() -> TerminalEvent {
        switch read() {
        case nil, .character("\u{1B}"): return .client(.key(.escape))
        case .character("["):
            // ECMA-48 5.4: what comes between is 20 to 3F, the end 40 to 7E; a console's `[[A`.
            for _ in 0..<Self.keyMax {
                guard case .character(let next) = read(), let code = next.asciiValue else { break }
                if next == "[" { _ = read() }
                if code >= 0x40 { break }
            }
            return .shown
        case .character("O"):
            _ = read()
            return .shown
        default: return .shown
        }
    }

    private func pasted() -> String {
        var text = String.UnicodeScalarView()
        var count = 0
        while count < Self.pasteMax {
            guard let next = read() else {
                guard case .input = signals.wait(seconds: 1) else { break }
                continue
            }
            switch next {
            case .key(Code.pasteEnds.rawValue): return String(text)
            case .key: continue
            case .character(let character):
                text.append(contentsOf: character.unicodeScalars)
                count += 1
            }
        }
        return String(text)
    }

    private func control(_ character: Character) -> TerminalEvent? {
        guard let scalar = character.unicodeScalars.first,
            scalar.value < 0x20 || scalar.value == 0x7F
        else { return nil }
        let key: Key? =
            switch scalar.value {
            case 0x0A, 0x0D: .enter
            case 0x08, 0x7F: .backspace
            case 0x01: .home
            case 0x05: .end
            case 0x17: .deleteWord
            case 0x1A: .undo
            case 0x1B: .escape
            default: nil
            }
        if let key { return .client(.key(key)) }
        if scalar.value == 0x0C { clearok(sluss_screen(), true) }
        return .shown
    }

    private static func key(_ code: Int32) -> Key? {
        switch code {
        case KEY_ENTER: .enter
        case KEY_BACKSPACE: .backspace
        case KEY_DC: .delete
        case KEY_LEFT: .left
        case KEY_RIGHT: .right
        case KEY_UP: .up
        case KEY_DOWN: .down
        case KEY_HOME: .home
        case KEY_END: .end
        case KEY_PPAGE: .pageUp
        case KEY_NPAGE: .pageDown
        case Code.wordLeft.rawValue: .wordLeft
        case Code.wordRight.rawValue: .wordRight
        case Code.deleteWord.rawValue: .deleteWord
        default: nil
        }
    }
}
