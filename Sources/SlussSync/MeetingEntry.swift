public import SlussCore
public import SlussDomain

/// What someone writes in a meeting's notes, new or later.
///
/// What is `nil` or empty stays.
public struct MeetingEntry: Sendable {
    /// The day of the meeting.
    public var day: Day?
    /// From when to when.
    public var time: String?
    /// How many were there, at each sitting.
    public var present: [Int64] = []
    /// Where.
    public var place: String?
    /// Where the note stands.
    public var status: MeetingStatus?
    /// The day it was signed off.
    public var signedDay: Day?
    /// Who signs it off: two different names, which make the status signed; or none.
    public var signers: [String] = []
    /// Items: `5 Arbetsmiljö: text`.
    public var items: [NoteLine] = []
    /// Decisions: `5: text | made by | inom mandat`.
    public var decisions: [NoteLine] = []
    /// Actions: `6: text | who | due | status`.
    public var actions: [NoteLine] = []
    /// Lifts: `9: text | to | answer expected`.
    public var lifts: [NoteLine] = []
    /// Statuses for actions that are there already, by their place in the list, from 1.
    public var actionStatuses: [(place: Int, status: ActionStatus)] = []
    /// Whether to give it the next free number of its day: for two that have the same.
    public var wantsNewNumber = false
    /// Something added after the note was ready.
    public var addendum: String?

    /// Says nothing yet.
    public init() {}
}

/// One line of a note as typed: `5 Arbetsmiljö: ljudnivån i matsalen | more | and more`.
public struct NoteLine: Hashable, Sendable {
    /// The agenda item, or 0 if none is named.
    public let item: Int64
    /// The item's heading, if one is named.
    public let title: String?
    /// The text.
    public let text: String
    /// What follows, between bars.
    public let more: [String]

    /// A line whose parts are known, so that a text may hold bars and colons.
    ///
    /// Whether the number is one, and the texts can be taken, is asked when it is entered.
    public init(item: Int64, title: String? = nil, text: String, more: [String] = []) {
        self.item = item
        self.title = title
        self.text = text
        self.more = more
    }

    /// Reads a line as typed.
    public init(typed: String) throws(InputError) {
        let label = Phrase("raden", "the line")
        let parts = typed.split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.trimmed }
        let head = parts[0]
        let digits = head.prefix { $0.isASCII && $0.isNumber }
        guard let item = Int64(digits), (1...999).contains(item),
            let colon = head.firstIndex(of: ":")
        else { throw .malformed(label, example: "5 Arbetsmiljö: ljudnivån i matsalen") }
        guard digits.endIndex <= colon else {
            throw .malformed(label, example: "5 Arbetsmiljö: ljudnivån i matsalen")
        }
        let title = head[digits.endIndex..<colon].trimmed
        self.item = item
        self.title = title.isEmpty ? nil : title
        self.text = head[head.index(after: colon)...].trimmed
        self.more = Array(parts.dropFirst())
    }

    func more(_ index: Int) -> String? {
        guard index < more.count, !more[index].isEmpty else { return nil }
        return more[index]
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }
}
