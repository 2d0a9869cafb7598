package import SlussCore
package import SlussDomain

/// A conflict in a list.
package struct ConflictRow: Hashable, Sendable {
    /// The record's id and the field's path: names the conflict without doubt.
    package var reference: String
    /// The short name that commands take.
    package var name: String
    /// The number that people know the record by.
    package var number: String
    /// What the field is called.
    package var field: Phrase
    /// The number of the agenda's item, in a meeting's notes.
    package var item: String?
    /// Whose record it is; text from outside.
    package var unit: String
    /// How many values there are.
    package var values: Int
    /// How many days ago the newest of them was given.
    package var age: Int
    /// Whether somebody has put it off.
    package var isPutOff: Bool

    /// How many scalars are shown of a name at most.
    static let nameMax = 80

    /// A row.
    package init(
        reference: String, name: String, number: String, field: Phrase, item: String? = nil,
        unit: String, values: Int, age: Int, isPutOff: Bool = false
    ) {
        self.reference = reference
        self.name = name
        // A bundle may bring more than anybody can enter.
        self.number = number.beginning(Self.nameMax)
        self.field = field
        self.item = item?.beginning(Self.nameMax)
        self.unit = unit.beginning(Self.nameMax)
        self.values = values
        self.age = age
        self.isPutOff = isPutOff
    }

    /// Which field of which record: `OMS-SB-04-APT-2026-03-02, punkt 5 – text`.
    func title(_ texts: Texts) -> String {
        let place = item.map { ", " + texts(.conflictItem, ["number": $0]) } ?? ""
        return "\(number)\(place) – \(field(texts.language))"
    }
}

/// A conflict as a page shows it: every value, and who gave it.
package struct ConflictCard: Hashable, Sendable {
    /// What the list shows of it.
    package var row: ConflictRow
    /// The kind of record.
    package var kind: Phrase
    /// Names the values: others, another name.
    package var version: String
    /// The value that all of them started from, by lines; empty if there is none.
    package var base: [Phrase]
    /// The values, number 1 first; no more than can be picked with a digit.
    package var values: [Value]
    /// How many values there are besides.
    package var more: Int
    /// What a person may enter instead of them.
    package var entry: Entry
    /// How it has been put off, if it is.
    package var deferral: Deferral?
    /// Whether only the beginning is shown of something.
    package var isCut: Bool

    /// How many values are shown: a digit each.
    package static let valuesMax = 9
    /// How many scalars are shown of a value; more than anybody can enter, since a bundle may bring a
    /// megabyte.
    package static let shownMax = 4000

    /// A value, and who gave it.
    package struct Value: Hashable, Sendable {
        /// The unit and the machine's letter.
        package var place: String
        /// Who: the role, and the name if it was said.
        package var who: Phrase
        /// The day.
        package var day: String
        /// The value by lines, with what differs marked.
        package var lines: [Phrase]
        /// The value's beginning, in one line.
        package var brief: Phrase
        /// Whether anything is marked in it.
        package var isMarked: Bool
    }

    /// A value as it is stored.
    package struct Given {
        let value: FieldValue
        let place: String
        let role: Role
        let author: String?
        let day: String

        /// A value, and who gave it.
        package init(
            _ value: FieldValue, place: String, role: Role, author: String? = nil, day: String
        ) {
            self.value = value
            self.place = place
            self.role = role
            self.author = author
            self.day = day
        }
    }

    /// What a person may enter as a value of one's own.
    package enum Entry: Hashable, Sendable {
        /// Nothing: only one of the values can be picked.
        case nothing
        /// A text of so many characters, beginning with `first` to go on from.
        case text(max: Int, first: String)
        /// A day.
        case day
        /// One of these words.
        case words([Word])
    }

    /// A stored word.
    package struct Word: Hashable, Sendable {
        /// What is stored.
        package var stored: String
        /// What people see.
        package var label: Phrase
    }

    /// Puts a card together: cut to what can be shown, and with the differences marked.
    package init(
        row: ConflictRow, kind: Phrase, version: String, content: FieldContent?, base: FieldValue?,
        values given: [Given], deferral: Deferral? = nil
    ) {
        let shown = given.prefix(Self.valuesMax)
        let texts = shown.map { Self.text($0.value, content) }
        let start = base.map { Self.text($0, content) }
        self.row = row
        self.kind = kind
        self.version = version
        self.base = start.map { Self.lines($0.text) } ?? []
        self.values = zip(shown, texts).enumerated().map { index, pair in
            let old = start?.text ?? (index == 0 ? nil : texts[0].text)
            return Value(pair.0, pair.1.text, marked: old.flatMap { Self.marked($0, pair.1.text) })
        }
        more = given.count - shown.count
        entry = Self.entry(content, given.first?.value, isIdea: kind == KindDefinition.idea.label)
        self.deferral = deferral
        isCut = texts.contains(where: \.isCut) || start?.isCut == true
    }

    /// One value with nothing marked in it.
    static func shown(_ given: Given, _ content: FieldContent?) -> (card: Value, isCut: Bool) {
        let text = text(given.value, content)
        return (Value(given, text.text, marked: nil), text.isCut)
    }

    /// A value as text, not longer than what is shown.
    private static func text(
        _ value: FieldValue, _ content: FieldContent?
    ) -> (text: Phrase, isCut: Bool) {
        let whole: Phrase
        if case .text(let text) = value, case .text? = content {
            whole = Phrase(text.string, text.string)
        } else {
            whole = described(value, content)
        }
        let cut = Phrase(whole.swedish.beginning(shownMax), whole.english.beginning(shownMax))
        return (cut, cut != whole)
    }

    /// A value that is no text; a status with what was said together with it.
    private static func described(_ value: FieldValue, _ content: FieldContent?) -> Phrase {
        guard let state = value["state"]?.asText else { return value.phrase(in: content) }
        var result = FieldValue.known(state) ?? Phrase(state, state)
        // An other idea's id says nothing to people.
        for part in StatusPart.allCases where part != .target {
            guard let text = value[part.rawValue]?.asText else { continue }
            result = Phrase(
                result.swedish + "\n\(part.phrase.swedish): \(text)",
                result.english + "\n\(part.phrase.english): \(text)")
        }
        return result
    }

    private static func lines(_ text: Phrase) -> [Phrase] {
        let (swedish, english) = (text.swedish.linesOfText, text.english.linesOfText)
        return (0..<max(swedish.count, english.count)).map { index in
            Phrase(
                index < swedish.count ? swedish[index] : "",
                index < english.count ? english[index] : "")
        }
    }

    /// The text with what differs marked word by word; `nil` where nothing is the same, or all is.
    private static func marked(_ old: Phrase, _ new: Phrase) -> Phrase? {
        let swedish = marked(old.swedish, new.swedish)
        let english =
            new.swedish == new.english && old.swedish == old.english
            ? swedish : marked(old.english, new.english)
        guard let swedish, let english else { return nil }
        return Phrase(swedish, english)
    }

    private static func marked(_ old: String, _ new: String) -> String? {
        // A line break is a word of its own here, so that the lines can be found again.
        let pieces = WordDifference.pieces(from: broken(old), to: broken(new))
        var (hasSame, hasOther) = (false, false)
        let text = pieces.map { piece in
            switch piece {
            case .same(let words):
                hasSame = hasSame || words != lineBreak
                return words
            case .removed(let words):
                hasOther = true
                return "[-\(words)-]"
            case .added(let words):
                hasOther = true
                return "{+\(words)+}"
            }
        }.joined(separator: " ")
        guard hasSame, hasOther else { return nil }
        return text.replacing(" \(lineBreak) ", with: "\n")
    }

    private static let lineBreak = "⏎"

    private static func broken(_ text: String) -> String {
        text.replacing("\n", with: " \(lineBreak) ")
    }

    private static func entry(
        _ content: FieldContent?, _ first: FieldValue?, isIdea: Bool
    ) -> Entry {
        switch content {
        case .text(_, let max)?:
            let text = first?.asText ?? ""
            return .text(max: max, first: text.unicodeScalars.count <= max ? text : "")
        case .day?: return .day
        case .choice(let words)?:
            return .words(
                words.map { Word(stored: $0, label: FieldValue.known($0) ?? Phrase($0, $0)) })
        case .structure? where first?["state"] != nil:
            guard isIdea else {
                return .words(
                    MeetingStatus.allCases.map { Word(stored: $0.rawValue, label: $0.phrase) })
            }
            return .words(
                // Joining needs the other idea, and has a command of its own.
                IdeaStatus.allCases.filter { $0 != .draft && $0 != .joined }.map {
                    Word(stored: $0.rawValue, label: $0.phrase)
                })
        default: return .nothing
        }
    }
}

extension ConflictCard.Value {
    fileprivate init(_ given: ConflictCard.Given, _ text: Phrase, marked: Phrase?) {
        place = given.place.beginning(ConflictRow.nameMax)
        let author = given.author.map { ", " + $0.beginning(ConflictRow.nameMax) } ?? ""
        who = Phrase(given.role.phrase.swedish + author, given.role.phrase.english + author)
        day = given.day.beginning(ConflictRow.nameMax)
        lines = ConflictCard.lines(marked ?? text)
        brief = Phrase(
            text.swedish.replacing("\n", with: " ").beginning(120),
            text.english.replacing("\n", with: " ").beginning(120))
        isMarked = marked != nil
    }
}
