package import SlussCore
package import SlussDomain

/// What has been said of an idea so far.
package struct IdeaForm: Hashable, Sendable, Codable {
    /// The need.
    package var problem = ""
    /// The suggestion; may be empty.
    package var solution = ""
    /// How the submitter wants to be known: group, name, anonymous.
    package var submitter = SubmitterMode.group.rawValue
    /// The name, for ``SubmitterMode/name``.
    package var name: String?
    /// Where it came from.
    package var origin = Origin.own.rawValue
    /// The number of the meeting's notes that it came from.
    package var meeting: String?
    /// The channel that the router named, if the person was sent there, too.
    package var channel: String?
    /// The draft that it is kept as meanwhile.
    package var draftID: String

    /// An empty form.
    package init(draftID: String) { self.draftID = draftID }
}

/// What a person gets for an idea.
package struct Receipt: Hashable, Sendable {
    /// The idea's number.
    package var number: String
    /// The code; shown now and never again.
    package var code: String?
    /// The last day for a first answer.
    package var answerBy: Day
    /// Whether it stayed on this computer, because it seems to hold a personal number.
    package var isStopped: Bool

    /// A receipt.
    package init(number: String, code: String?, answerBy: Day, isStopped: Bool) {
        self.number = number
        self.code = code
        self.answerBy = answerBy
        self.isStopped = isStopped
    }
}

/// An idea in a list.
package struct IdeaRow: Hashable, Sendable {
    /// The record's id.
    package var record: String
    /// The number.
    package var number: String
    /// The heading.
    package var title: String
    /// Where it stands.
    package var status: Phrase
    /// Days until the first answer is due, negative after that; `nil` if none is waited for.
    package var daysLeft: Int?
    /// How many answers there are that nobody here has opened.
    package var unseen: Int
    /// Whether people have settled it differently.
    package var isInConflict: Bool

    /// A row.
    package init(
        record: String, number: String, title: String, status: Phrase, daysLeft: Int? = nil,
        unseen: Int = 0, isInConflict: Bool = false
    ) {
        self.record = record
        self.number = number
        self.title = title
        self.status = status
        self.daysLeft = daysLeft
        self.unseen = unseen
        self.isInConflict = isInConflict
    }

    /// Reads a row off an idea.
    ///
    /// - Parameter seen: How many of its answers have been opened here.
    package init(_ idea: Idea, today: Day, seen: Int) {
        let conflicts = idea.statusesInConflict
        self.init(
            record: idea.state.record.description, number: idea.number ?? "–",
            title: (idea.title ?? "–").split(separator: "\n").joined(separator: " "),
            status: conflicts.isEmpty
                ? idea.namedStatus : Phrase("OLIKA BESKED", "CONFLICTING ANSWERS"),
            daysLeft: idea.daysLeft(today: today),
            unseen: max(0, idea.answers.count - seen), isInConflict: !conflicts.isEmpty)
    }
}

/// Something found: an idea, or a meeting's notes.
package struct FoundRow: Hashable, Sendable {
    /// The record's id.
    package var record: String
    /// The number.
    package var number: String
    /// The heading, or what kind of note it is.
    package var title: String
    /// Whether it is a meeting's notes.
    package var isMeeting: Bool

    /// A row.
    package init(record: String, number: String, title: String, isMeeting: Bool) {
        self.record = record
        self.number = number
        self.title = title
        self.isMeeting = isMeeting
    }
}

/// An idea as a page shows it.
package struct IdeaCard: Hashable, Sendable {
    /// What the list shows of it.
    package var row: IdeaRow
    /// The need.
    package var problem: String
    /// The suggestion.
    package var solution: String?
    /// The day it was handed in.
    package var day: String
    /// How many agree.
    package var support: Int64
    /// The statuses that people have set without knowing of each other.
    package var conflicting: [Phrase]
    /// The answers, oldest first.
    package var answers: [Answer]
    /// Whether to ask if the answer was of help: it has come to an end, and nobody has said.
    package var asksHelpful = false
    /// What was said together with the status: until when, why, who has it.
    package var parts: [Part] = []

    /// Something said together with a status.
    package struct Part: Hashable, Sendable {
        /// What it is.
        package var label: Phrase
        /// The text.
        package var text: String
    }

    /// An answer.
    package struct Answer: Hashable, Sendable {
        /// The text.
        package var text: String
        /// In what role.
        package var role: Phrase
        /// The day.
        package var day: String

        /// An answer.
        package init(text: String, role: Phrase, day: String) {
            self.text = text
            self.role = role
            self.day = day
        }
    }

    /// A card.
    package init(
        row: IdeaRow, problem: String, solution: String? = nil, day: String, support: Int64 = 0,
        conflicting: [Phrase] = [], answers: [Answer] = []
    ) {
        self.row = row
        self.problem = problem
        self.solution = solution
        self.day = day
        self.support = support
        self.conflicting = conflicting
        self.answers = answers
    }

    /// Reads a card off an idea.
    package init(_ idea: Idea, today: Day, seen: Int) {
        self.init(
            row: IdeaRow(idea, today: today, seen: seen), problem: idea.problem ?? "–",
            solution: idea.solution, day: idea.day ?? "–", support: idea.support,
            conflicting: idea.statusesInConflict.map(Idea.name(ofStatus:)),
            answers: idea.answers.map {
                Answer(
                    text: $0.text, role: $0.role?.phrase ?? Phrase("okänd roll", "unknown role"),
                    day: $0.day ?? "–")
            })
        asksHelpful = idea.hasEnded && idea.helpful.isEmpty
        // An other idea's id says nothing to people.
        parts = idea.statusParts.filter { $0.part != .target }.map {
            Part(label: $0.part.phrase, text: $0.text)
        }
    }
}
