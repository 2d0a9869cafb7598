/// What the client shows at one moment, before it is laid out for a screen or read out line by
/// line.
///
/// Both ways of showing come from this one value, so that plain mode lacks nothing.
package struct Page: Hashable, Sendable {
    /// What the page is.
    package var heading: String
    /// What there is to read.
    package var body: [Line] = []
    /// What there is to compare: side by side where the screen is wide enough, else in turn.
    package var columns: [[Line]] = []
    /// Whether the notice comes before everything else and stays in sight, since the page is long.
    package var leadsWithNotice = false
    /// What went well or wrong just now.
    package var notice: Line?
    /// What is asked.
    package var prompt: Prompt

    /// A paragraph; it is wrapped where it is shown.
    package struct Line: Hashable, Sendable {
        /// The text; controls in it are made visible where it is shown.
        package var text: String
        /// What it is for; words carry the meaning, the look only helps.
        package var look: Look

        /// A paragraph of its own.
        package init(_ text: String, _ look: Look = .plain) {
            self.text = text
            self.look = look
        }
    }

    /// How a line may look.
    package enum Look: Hashable, Sendable {
        case plain
        case strong
        case good
        case warning
        case faint
        case heading
    }

    /// What is asked.
    package enum Prompt: Hashable, Sendable {
        /// A digit or a letter. Enter takes `preselected`, if there is one.
        case choice([Choice], preselected: Int?)
        /// A text.
        case text(TextPrompt)

        /// Whether a text of several lines is asked for.
        var isBlock: Bool { if case .text(let prompt) = self { prompt.isMultiline } else { false } }

        /// Whether a digit is among the choices.
        func has(_ digit: Int) -> Bool { keys.contains(Character(String(digit % 10))) }

        /// Whether a letter is among the choices.
        func has(letter: Character) -> Bool { letter.isLetter && keys.contains(letter) }

        /// Whether any choice is a letter.
        var hasLetters: Bool { keys.contains(where: \.isLetter) }

        private var keys: [Character] {
            if case .choice(let choices, _) = self { choices.map(\.key) } else { [] }
        }
    }

    /// Whether anything is asked: not while something is being done.
    package var asks: Bool {
        if case .choice(let choices, _) = prompt { !choices.isEmpty } else { true }
    }

    /// One of the digits; on the coordinator's pages, where digits name values, also a letter.
    package struct Choice: Hashable, Sendable {
        /// The digit, `0` to `9`, or a small letter; never `b`, which goes back in plain mode.
        package var key: Character
        /// What it does.
        package var label: String

        /// A digit, 0 to 9, and what it does.
        package init(_ digit: Int, _ label: String) {
            self.init(key: Character(String(digit % 10)), label)
        }

        /// A key and what it does.
        package init(key: Character, _ label: String) {
            self.key = key
            self.label = label
        }
    }

    /// A text that is asked for.
    package struct TextPrompt: Hashable, Sendable {
        /// The question.
        package var question: String
        /// What stands there already.
        package var initial: String
        /// Where the cursor is to stand at first, if not at the end.
        package var cursor: Int?
        /// How many characters can be typed: more than are taken, so that nothing is lost.
        package var max: Int
        /// How many are taken; shown when it comes near.
        package var limit: Int
        /// Whether Enter makes a new line, and a second one ends.
        package var isMultiline: Bool
        /// Whether it is hidden while it is typed.
        package var isSecret: Bool

        /// Asks for one line.
        package static func line(_ question: String, _ initial: String = "", limit: Int = 80)
            -> Self
        {
            Self(
                question: question, initial: initial, max: 1000, limit: limit,
                isMultiline: false, isSecret: false)
        }

        /// Asks for a text of several lines.
        package static func block(
            _ question: String, _ initial: String = "", cursor: Int? = nil, limit: Int
        ) -> Self {
            Self(
                question: question, initial: initial, cursor: cursor, max: blockMax,
                limit: limit, isMultiline: true, isSecret: false)
        }

        /// Asks for a secret.
        package static func secret(_ question: String) -> Self {
            Self(
                question: question, initial: "", max: 200, limit: 200, isMultiline: false,
                isSecret: true)
        }

        /// How much can be pasted before the rest is left out, in characters.
        static let blockMax = 100_000
    }
}
