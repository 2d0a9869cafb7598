package import SlussCore
package import SlussDomain

/// A meeting in a list.
package struct MeetingRow: Hashable, Sendable {
    /// The record's id.
    package var record: String
    /// The number of its notes.
    package var number: String
    /// The day.
    package var day: String
    /// Where its notes stand.
    package var status: Phrase

    /// A row.
    package init(record: String, number: String, day: String, status: Phrase) {
        self.record = record
        self.number = number
        self.day = day
        self.status = status
    }

    /// Reads a row off a meeting.
    package init(_ meeting: Meeting) {
        self.init(
            record: meeting.state.record.description, number: meeting.number ?? "–",
            day: meeting.day ?? "–",
            status: meeting.status.flatMap(MeetingStatus.init)?.phrase ?? Phrase("–", "–"))
    }
}

/// A meeting's notes as a page shows them.
package struct MeetingCard: Hashable, Sendable {
    /// What the list shows of it.
    package var row: MeetingRow
    /// Whether it is signed off, so that only additions can be made.
    package var isSigned: Bool
    /// Whether it has been sent round.
    package var isReady: Bool
    /// How many were there, at each sitting.
    package var present: [Int64]
    /// Who signed it off.
    package var signers: [String]
    /// The agenda with what has been written, in order.
    package var items: [Item]
    /// Later additions.
    package var addenda: [String]
    /// What was written while it was signed off: proposed additions.
    package var proposals: [String]

    /// An item of the agenda.
    package struct Item: Hashable, Sendable {
        /// Its number.
        package var number: Int64
        /// Its heading.
        package var title: String
        /// What has been written: several texts if two people wrote at once.
        package var texts: [String]
        /// What hangs on it.
        package var notes: [Note] = []
    }

    /// A decision, an action or a lift.
    package struct Note: Hashable, Sendable {
        /// What it is.
        package var kind: Kind
        /// The text.
        package var text: String
        /// Who decided, who does it, or where it goes.
        package var who: String?
        /// The day it is due.
        package var due: String?
        /// Where an action stands.
        package var status: ActionStatus?
        /// An action's place in the note's list, from 1.
        package var place: Int?
        /// Whether an action should have been done by now.
        package var isOverdue = false

        /// What it is.
        package enum Kind: Hashable, Sendable {
            case decision
            case action
            case lift
        }
    }

    /// Reads a card off a meeting: the standing agenda, and what has been written.
    package init(_ meeting: Meeting, today: Day) {
        row = MeetingRow(meeting)
        isSigned = meeting.status == MeetingStatus.signed.rawValue
        isReady = meeting.status == MeetingStatus.ready.rawValue
        present = meeting.present
        signers = meeting.signers
        addenda = meeting.addenda
        proposals = meeting.proposals.map(\.text)
        var items: [Int64: Item] = [:]
        for standing in StandingAgenda.items {
            items[standing.number] = Item(
                number: standing.number, title: standing.title.swedish, texts: [])
        }
        for entry in meeting.items {
            let title = entry.value("title")?.asText ?? items[entry.item]?.title ?? ""
            let texts = (items[entry.item]?.texts ?? []) + entry.texts
            items[entry.item] = Item(number: entry.item, title: title, texts: texts)
        }
        for note in Self.notes(meeting, today: today) {
            var item =
                items[note.item] ?? Item(number: note.item, title: "", texts: [])
            item.notes.append(note.note)
            items[note.item] = item
        }
        self.items = items.values.sorted { $0.number < $1.number }
    }

    private static func notes(
        _ meeting: Meeting, today: Day
    ) -> [(item: Int64, note: Note)] {
        var notes: [(item: Int64, note: Note)] = []
        for entry in meeting.entries(.decision) {
            let who = entry.value("by")?["who"]?.asText
            notes += entry.texts.map {
                (entry.item, Note(kind: .decision, text: $0, who: who))
            }
        }
        for (index, entry) in meeting.entries(.action).enumerated() {
            let status = entry.value("status")?.asText.flatMap(ActionStatus.init) ?? .open
            let due = entry.value("due")?.asText
            notes += entry.texts.map {
                (
                    entry.item,
                    Note(
                        kind: .action, text: $0, who: entry.value("who")?.asText, due: due,
                        status: status, place: index + 1,
                        isOverdue: status.isOpen
                            && (due.flatMap { Day($0) }.map { $0 < today } ?? false))
                )
            }
        }
        for entry in meeting.entries(.lift) {
            let (to, due) = (entry.value("to")?.asText, entry.value("due")?.asText)
            notes += entry.texts.map {
                (entry.item, Note(kind: .lift, text: $0, who: to, due: due))
            }
        }
        return notes
    }

    /// Every line that can become an idea, with the item's number.
    var lines: [(item: Int64, text: String)] {
        items.flatMap { item in
            (item.texts + item.notes.map(\.text)).map { (item.number, $0) }
        }
    }
}

/// A line of a meeting's notes that is being written.
package struct MeetingLine: Hashable, Sendable, Codable {
    /// What kind of line.
    package enum Kind: String, Hashable, Sendable, Codable {
        case item
        case decision
        case action
        case lift
        case addendum
    }

    /// What kind of line.
    package var kind: Kind
    /// The note's record.
    package var record: String
    /// The item it belongs to.
    package var item: Int64 = 1
    /// The item's heading, if it is not on the standing agenda.
    package var title: String?
    /// What has been written.
    package var text = ""
    /// Who decided, who does it, or where it goes.
    package var who: String?
    /// When it is due.
    package var due: String?
    /// Whether the decision is within the manager's mandate.
    package var isWithinMandate: Bool?
    /// The draft that it is kept as meanwhile.
    package var draftID: String
    /// Whether it replaces the item's text, as it was when writing began.
    package var replaces: String?

    /// An empty line.
    package init(kind: Kind, record: String, draftID: String) {
        self.kind = kind
        self.record = record
        self.draftID = draftID
    }

    /// What is to stand on the item, where `current` stands now.
    ///
    /// What somebody else has written there since this began is kept, before the line's own text:
    /// a draft that is taken up again tomorrow must not take away what was written today.
    package func text(over current: [String]) -> String {
        let standing = Self.joined(current)
        guard !standing.isEmpty, standing != replaces, standing != text else { return text }
        return standing + "\n" + text
    }

    /// Several texts of one item as one that a person can go on with.
    static func joined(_ texts: [String]) -> String { texts.joined(separator: "\n") }
}

/// What is to be changed in a meeting's notes.
package enum MeetingChange: Hashable, Sendable {
    /// A line is written.
    case write(MeetingLine)
    /// So many were there, at each sitting.
    case present([Int64])
    /// An action stands otherwise now.
    case action(place: Int, ActionStatus)
    /// The note is sent round.
    case ready
    /// The note is signed off by two.
    case sign([String])
}
