/// What happens to the client: the person does something, time passes, or the store answers.
package enum Event: Sendable {
    /// A key that is no character.
    case key(Key)
    /// Characters, typed or pasted.
    case text(String)
    /// A pasted text: its line breaks are text, not the end of it.
    case pasted(String)
    /// A whole line, in plain mode.
    case line(String)
    /// The beginning of a line in plain mode, whose end is still being typed; empty if it is no part
    /// of a text, and only says that somebody is there.
    case begun(String)
    /// A line in plain mode that is not valid text; it is not taken.
    case unreadableLine
    /// Nothing has been pressed for so many seconds.
    case idle(seconds: Int)
    /// What an effect has led to.
    case reply(Reply)
    /// The program is told to end: the window was closed, the input ended, the power goes.
    case ending
}

/// A key that is no character.
package enum Key: Hashable, Sendable, CaseIterable {
    case enter
    case backspace
    case delete
    case left
    case right
    case up
    case down
    case home
    case end
    case pageUp
    case pageDown
    case wordLeft
    case wordRight
    case deleteWord
    case undo
    case escape
}
