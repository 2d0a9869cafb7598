/// One step of the dialogue: what is shown, and what an answer leads to.
///
/// A view is a value; the client keeps a stack of them.
protocol View: Sendable {
    /// What is shown.
    func page(_ desk: Desk) -> Page
    /// What must be looked up when the view comes on top.
    func appearing(_ desk: Desk) -> [Effect]
    /// What an answer leads to.
    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move
    /// What a reply of the store leads to.
    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move
    /// What must be kept if the view goes away now; `text` is what is being typed.
    func draft(writing text: String?) -> Draft?
}

extension View {
    func appearing(_ desk: Desk) -> [Effect] { [] }
    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move { Move() }
    func draft(writing text: String?) -> Draft? { nil }
}

/// What a person answers to a page.
enum Answer: Sendable {
    /// A digit.
    case digit(Int)
    /// A letter that the page has among its choices.
    case letter(Character)
    /// A text, without blanks around it.
    case text(String)
    /// Back to where one came from; with what has been typed, if it is a text.
    case back(writing: String?)
}

/// What comes next.
struct Move {
    /// Where the dialogue goes.
    enum Turn {
        case stay
        case push(any View)
        case replace(any View)
        case back
        case start
        case lock
        case quit
    }

    var turn = Turn.stay
    var effects: [Effect] = []
    var notice: Page.Line?
    /// Whether what was typed stays as it is, since it was not taken.
    var keepsText = false

    static func go(_ turn: Turn, _ effects: Effect..., notice: Page.Line? = nil) -> Self {
        Self(turn: turn, effects: effects, notice: notice)
    }

    /// Not taken; what was typed stays.
    static func refuse(_ notice: String) -> Self {
        Self(notice: Page.Line(notice, .warning), keepsText: true)
    }
}

/// A list that is longer than the digits: seven at a time, eight goes on.
struct Pager: Sendable {
    static let perPage = 7
    static let moreDigit = 8

    var first = 0

    /// The digits of this part of the list.
    func choices<Row>(_ rows: [Row], _ texts: Texts, label: (Row) -> String) -> [Page.Choice] {
        var choices = rows.dropFirst(first).prefix(Self.perPage).enumerated().map {
            Page.Choice($0.offset + 1, label($0.element))
        }
        if rows.count > Self.perPage {
            let isLast = first + Self.perPage >= rows.count
            choices.append(
                Page.Choice(Self.moreDigit, texts(isLast ? .listFromStart : .listMore)))
        }
        return choices
    }

    /// The row of a digit; eight goes on in the list.
    mutating func row<Row>(_ digit: Int, of rows: [Row]) -> Row? {
        if digit == Self.moreDigit, rows.count > Self.perPage {
            first = first + Self.perPage >= rows.count ? 0 : first + Self.perPage
            return nil
        }
        let index = first + digit - 1
        guard (1...Self.perPage).contains(digit), rows.indices.contains(index) else { return nil }
        return rows[index]
    }
}
