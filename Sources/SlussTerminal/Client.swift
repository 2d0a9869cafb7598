package import SlussCore
import SlussDomain

/// The terminal client as a value: events in, effects and a screen out.
///
/// It holds no file, no clock and no terminal. Whoever drives it performs the effects in order and
/// hands every reply back in before the next event.
package struct Client: Sendable {
    /// What every view knows.
    package internal(set) var desk: Desk
    var stack: [any View]
    var editor: TextEditor?
    var editorPrompt: Page.TextPrompt?
    var scroll = 0
    var notice: Page.Line?
    var isWarning = false
    /// Whether the text's last line, in plain mode, goes on with the next line that is read.
    var isLineBegun = false
    /// Whether Backspace has just emptied the text: held down, it must not leave the page, too.
    var hasJustEmptied = false
    var lastKept: [String: Draft] = [:]
    var typedSinceKept = 0
    /// Drafts that the disk would not take, and whose they are.
    var unkept: [Unkept] = []
    /// The columns of a row that is typed in, as they were shown last.
    var typingWidth = 78
    /// Whether the program is to end.
    package internal(set) var isEnded = false

    struct Unkept: Sendable {
        let person: String?
        let draft: Draft
    }

    /// How many characters are typed at most before what is written is kept.
    static let keepEvery = 40
    /// After how many seconds without a key what is written is kept, too.
    static let pause = 2

    /// A client at its start screen.
    package init(desk: Desk) {
        self.desk = desk
        stack = [StartView()]
    }

    /// What must be done before anything is shown.
    package mutating func begin() -> [Effect] {
        refreshEditor()
        return stack.last?.appearing(desk) ?? []
    }

    /// Tells the client which day it is.
    package mutating func set(today: Day) { desk.today = today }

    /// What is shown now.
    package var page: Page {
        guard let view = stack.last else {
            return Page(heading: "", prompt: .choice([], preselected: nil))
        }
        var page = view.page(desk)
        page.notice = notice ?? page.notice
        if isWarning {
            page.notice = Page.Line(
                desk.texts(.lockWarning, ["number": String(Desk.warningSeconds)]), .warning)
        }
        return page
    }

    /// Whether characters go into a text.
    package var isTyping: Bool { editor != nil }

    /// The screen of a size.
    package mutating func screen(_ size: ScreenSize) -> Screen {
        let layout = ScreenLayout(size: size, texts: desk.texts, isASCII: desk.isASCII)
        typingWidth = layout.typingWidth
        return layout.screen(of: page, editor: editor, scroll: &scroll)
    }

    /// The page as lines to be read out.
    package var transcript: [String] {
        PlainTranscript(texts: desk.texts, isASCII: desk.isASCII).lines(of: page)
    }

    /// After how many seconds without a key the client wants to be told; `nil` is never.
    ///
    /// - Parameter idle: How many seconds it has been told of already.
    package func wake(after idle: Int) -> Int? {
        if hasJustEmptied || typedSinceKept > 0, idle < Self.pause { return Self.pause }
        guard !(stack.last is LockView) else { return nil }
        let warning = max(1, desk.lockAfter - Desk.warningSeconds)
        if idle < warning { return warning }
        return idle < desk.lockAfter ? desk.lockAfter : nil
    }

    // MARK: - Events

    /// Takes an event and says what must be done.
    package mutating func handle(_ event: Event) -> [Effect] {
        var effects: [Effect] = []
        switch event {
        case .idle(let seconds):
            hasJustEmptied = false
            let kept = keep()
            typedSinceKept = 0
            return kept + idle(seconds)
        case .ending:
            isEnded = true
            return drafts().map { .saveDraft($0) } + keepAgain
        case .reply(let reply):
            return take(reply)
        case .key(let key):
            if wasWarned(swallows: !isTyping) { return [] }
            effects = press(key)
        case .text(let text):
            if wasWarned(swallows: !isTyping) { return [] }
            effects = type(text, isPasted: false)
        case .pasted(let text):
            if wasWarned(swallows: !isTyping) { return [] }
            effects = type(text, isPasted: true)
        case .unreadableLine:
            notice = Page.Line(desk.texts(.plainNotText), .warning)
        case .line(let line):
            // Enter after the warning only says that someone is still there.
            if wasWarned(swallows: line.isEmpty && !isLineBegun) { return [] }
            effects = read(line)
        case .begun(let text):
            _ = wasWarned(swallows: false)
            effects = begin(text)
        }
        return effects
    }

    /// Whether the key only says that someone is still there.
    mutating func wasWarned(swallows: Bool) -> Bool {
        defer { isWarning = false }
        return isWarning && swallows
    }

    mutating func press(_ key: Key) -> [Effect] {
        let wasEmptied = hasJustEmptied
        hasJustEmptied = false
        guard var writing = editor, case .text(let prompt) = page.prompt else {
            return pressOnChoices(key)
        }
        notice = nil
        switch key {
        case .enter:
            return enter(writing, prompt)
        case .escape:
            return goBack()
        case .backspace where writing.text.isEmpty:
            if wasEmptied {
                hasJustEmptied = true
                return []
            }
            return goBack()
        default:
            let hadText = !writing.text.isEmpty
            _ = writing.handle(key, width: typingWidth)
            hasJustEmptied = hadText && writing.text.isEmpty
            editor = writing
            return []
        }
    }

    mutating func pressOnChoices(_ key: Key) -> [Effect] {
        guard case .choice(_, let preselected) = page.prompt else { return [] }
        switch key {
        case .enter:
            if let preselected { return answer(.digit(preselected)) }
            scrollOn()
        case .backspace, .escape, .left: return goBack()
        case .down: scroll += 1
        case .up: scroll = max(0, scroll - 1)
        case .pageDown: scroll += 8
        case .pageUp: scroll = max(0, scroll - 8)
        case .home: scroll = 0
        case .end: scroll = Int(Int16.max)
        default: break
        }
        return []
    }

    /// Shows what is further down; from the end, the beginning.
    mutating func scrollOn() {
        let before = scroll
        scroll += 6
        _ = screen(lastSize)
        if scroll == before { scroll = 0 }
    }

    /// The size that was drawn last.
    var lastSize = ScreenSize(columns: 80, rows: 24)

    /// Tells the client how large the terminal is.
    package mutating func set(size: ScreenSize) {
        lastSize = size
        typingWidth = ScreenLayout(size: size, texts: desk.texts, isASCII: false).typingWidth
    }

    mutating func enter(_ writing: TextEditor, _ prompt: Page.TextPrompt) -> [Effect] {
        // A full text takes no line break; then one Enter is enough.
        if prompt.isMultiline, !writing.isAtEmptyLastLine, writing.text.count < writing.max {
            var writing = writing
            // A line of its own with 0: somebody calls.
            if writing.takeLastLine("0") {
                editor = writing
                return lock()
            }
            writing.insert("\n")
            editor = writing
            return keep()
        }
        return finish(writing.trimmed, prompt)
    }

    mutating func finish(_ text: String, _ prompt: Page.TextPrompt) -> [Effect] {
        if text == "0", !prompt.isSecret {
            editor = nil
            return lock()
        }
        if text.count > prompt.limit {
            notice = Page.Line(
                desk.texts(
                    .tooLong, ["max": String(prompt.limit), "number": String(text.count)]),
                .warning)
            return []
        }
        return answer(.text(text))
    }

    mutating func type(_ text: String, isPasted: Bool) -> [Effect] {
        hasJustEmptied = false
        guard var writing = editor else {
            guard !isPasted else { return [] }
            return typeOnChoices(text)
        }
        notice = nil
        writing.insert(text)
        if writing.isCutOff {
            notice = Page.Line(
                desk.texts(.cutOff, ["max": String(writing.max)]), .warning)
        }
        editor = writing
        typedSinceKept += text.count
        return typedSinceKept >= Self.keepEvery ? keep() : []
    }

    mutating func typeOnChoices(_ text: String) -> [Effect] {
        guard let first = text.lowercased().first, first.isASCII else { return [] }
        if page.prompt.has(letter: first) { return answer(.letter(first)) }
        return first.wholeNumberValue.map { choose($0) } ?? []
    }

    mutating func choose(_ digit: Int) -> [Effect] {
        if page.prompt.has(digit) { return answer(.digit(digit)) }
        return digit == 0 ? lock() : []
    }

    // MARK: - Plain mode

    mutating func read(_ line: String) -> [Effect] {
        notice = nil
        let word = line.trimmedOfBlanks
        switch page.prompt {
        case .choice(_, let preselected):
            if ["b", "<"].contains(word.lowercased()) { return goBack() }
            if word.isEmpty, let preselected { return answer(.digit(preselected)) }
            if let digit = Int(word), (0...9).contains(digit), choiceExists(digit) {
                return choose(digit)
            }
            let typed = word.lowercased()
            if typed.count == 1, let letter = typed.first, page.prompt.has(letter: letter) {
                return answer(.letter(letter))
            }
            let key: TextKey = page.prompt.hasLetters ? .plainNotAKey : .plainNotAChoice
            notice = Page.Line(desk.texts(key), .warning)
            return []
        case .text(let prompt):
            guard var writing = editor else { return [] }
            if isLineBegun { return goOn(line) }
            if word == "<" { return goBack() }
            guard prompt.isMultiline else {
                // An empty line keeps what stands there.
                return finish(word.isEmpty ? writing.trimmed : word, prompt)
            }
            if word.isEmpty { return finish(writing.trimmed, prompt) }
            if word == "0" {
                return lock()
            }
            if word == "-", !prompt.initial.isEmpty {
                editor = TextEditor("", isMultiline: true, max: prompt.max)
                return []
            }
            writing.move(to: writing.text.count)
            if !writing.text.isEmpty, writing.text.last != "\n" { writing.insert("\n") }
            writing.insert(line + "\n")
            if writing.isCutOff {
                notice = Page.Line(desk.texts(.cutOff, ["max": String(writing.max)]), .warning)
            }
            editor = writing
            return keep()
        }
    }

    /// Takes the beginning of a line into the text, so that a lock does not cost it.
    mutating func begin(_ text: String) -> [Effect] {
        guard !text.isEmpty, isInBlock, var writing = editor else { return [] }
        writing.move(to: writing.text.count)
        if !isLineBegun, !writing.text.isEmpty, writing.text.last != "\n" { writing.insert("\n") }
        writing.insert(text)
        editor = writing
        isLineBegun = true
        return keep()
    }

    /// Takes the end of a line that was begun.
    mutating func goOn(_ line: String) -> [Effect] {
        let effects = begin(line + "\n")
        isLineBegun = false
        return effects
    }

    func choiceExists(_ digit: Int) -> Bool { digit == 0 || page.prompt.has(digit) }

    /// Whether a text of several lines is asked for.
    package var isInBlock: Bool { page.prompt.isBlock }

    /// Whether plain mode shall read the page out again: not between the lines of one text.
    package var isInMidText: Bool {
        guard isInBlock, let editor else { return false }
        return notice == nil && editor.string != editorPrompt?.initial
    }

    // MARK: - Going on

    mutating func answer(_ answer: Answer) -> [Effect] {
        notice = nil
        return change(isAnswer: true) { view, desk in view.take(answer, &desk) }
    }

    mutating func goBack() -> [Effect] { answer(.back(writing: editor?.trimmed)) }

    mutating func take(_ reply: Reply) -> [Effect] {
        switch reply {
        case .facts(let facts): desk.facts = facts
        case .person(let person): desk.person = person
        case .failed(let phrase): notice = Page.Line(phrase(desk.language), .warning)
        default: break
        }
        var reply = reply
        if case .drafts(let rows) = reply { reply = .drafts(unkeptRows + rows) }
        return change(isAnswer: false) { view, desk in view.take(reply, &desk) }
    }

    mutating func change(
        isAnswer: Bool, _ body: (inout any View, inout Desk) -> Move
    ) -> [Effect] {
        guard var view = stack.popLast() else { return [] }
        let move = body(&view, &desk)
        stack.append(view)
        if let said = move.notice { notice = said }
        var effects = move.effects
        let stays = if case .stay = move.turn { true } else { false }
        if !move.keepsText, isAnswer || !stays { editor = nil }
        // Whoever goes away from a text finds it again.
        if case .back = move.turn, isAnswer, let left = view.draft(writing: nil) {
            effects.append(.saveDraft(left))
            notice = Page.Line(desk.texts(.keptAsBegun), .good)
        }
        effects += turn(move.turn)
        refreshEditor()
        // Kept before anything is done with it.
        if stays { effects = keep() + effects }
        return answeredFromMemory(effects)
    }

    mutating func turn(_ turn: Move.Turn) -> [Effect] {
        switch turn {
        case .stay: return []
        case .push(let next):
            stack.append(next)
        case .replace(let next):
            stack.removeLast()
            stack.append(next)
        case .back:
            if stack.count > 1 { stack.removeLast() }
        case .start:
            stack = [StartView()]
        case .lock:
            return lock()
        case .quit:
            isEnded = true
            return drafts().map { .saveDraft($0) } + keepAgain + [.quit]
        }
        scroll = 0
        return stack.last?.appearing(desk) ?? []
    }

    mutating func refreshEditor() {
        guard case .text(let prompt)? = stack.last?.page(desk).prompt else {
            editor = nil
            editorPrompt = nil
            return
        }
        if editor != nil, editorPrompt == prompt { return }
        var writing = TextEditor(
            prompt.initial, isMultiline: prompt.isMultiline, max: prompt.max)
        if let place = prompt.cursor { writing.move(to: place) }
        editor = writing
        editorPrompt = prompt
    }

    // MARK: - Locking

    mutating func idle(_ seconds: Int) -> [Effect] {
        if seconds >= desk.lockAfter {
            let isIdleAtStart = stack.count == 1 && desk.person == nil && !isTyping
            isWarning = false
            return isIdleAtStart ? [] : lock()
        }
        if seconds >= desk.lockAfter - Desk.warningSeconds {
            isWarning = stack.count > 1 || desk.person != nil
        }
        return []
    }

    mutating func lock() -> [Effect] {
        let kept = drafts()
        notice = nil
        isWarning = false
        isLineBegun = false
        editor = nil
        scroll = 0
        lastKept = [:]
        stack = [StartView(), LockView(hasKept: !kept.isEmpty)]
        let effects = kept.map { Effect.saveDraft($0) } + [.lock, .listPersons]
        (desk.person, desk.lastSettled) = (nil, nil)
        refreshEditor()
        return effects
    }
}
