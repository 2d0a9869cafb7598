/// What the first page of the central tells of.
package struct CentralFacts: Hashable, Sendable {
    /// Conflicts that wait for somebody.
    package var conflicts = 0
    /// Conflicts that have been put off.
    package var putOff = 0
    /// Ideas without an answer whose day is past.
    package var late = 0
    /// Ideas without an answer that must have one within three days.
    package var soon = 0
    /// Ideas without an answer that have longer.
    package var later = 0
    /// Ideas whose promised word should have come.
    package var due = 0
    /// Answers that have not reached their unit, as far as is known here.
    package var unseen = 0

    /// Nothing.
    package init() {}

    /// How many ideas there are to answer.
    package var ideas: Int { late + soon + later + due }

    /// Within how many days an answer is soon due.
    package static let soonDays = 3
}

/// An idea that waits for a word.
package struct WaitingRow: Hashable, Sendable {
    /// The idea; its days left are those of the first answer, whatever its status is.
    package var idea: IdeaRow
    /// The day on which a word was promised, if that has come.
    package var due: String?

    /// A row.
    package init(_ idea: IdeaRow, due: String? = nil) {
        self.idea = idea
        self.due = due
    }
}

/// What a person has begun to say of a conflict.
package struct DecisionForm: Hashable, Sendable, Codable {
    /// What is to be done with it.
    package enum Act: Hashable, Sendable, Codable {
        /// One of the values stands, counted from 1.
        case pick(Int)
        /// The form's own value stands.
        case value
        /// It is put off.
        case putOff
    }

    /// The conflict's ``ConflictRow/reference``.
    package var reference: String
    /// The values that the person has seen.
    package var version = ""
    /// What is to be done.
    package var act: Act?
    /// A value of one's own.
    package var value = ""
    /// What stood there to go on from.
    package var first = ""
    /// Why.
    package var reason = ""
    /// The draft that it is kept as meanwhile.
    package var draftID: String

    /// An empty form.
    package init(reference: String, draftID: String) {
        self.reference = reference
        self.draftID = draftID
    }

    /// Whether the person has written anything.
    var hasText: Bool {
        !reason.trimmedOfBlanks.isEmpty
            || !value.trimmedOfBlanks.isEmpty && value.trimmedOfBlanks != first.trimmedOfBlanks
    }
}

/// What a person has begun to answer.
package struct AnswerForm: Hashable, Sendable, Codable {
    /// The idea's record.
    package var record: String
    /// The answer.
    package var text = ""
    /// The template that it was made of.
    package var template: String?
    /// The template's parts that are given, in its order.
    package var parts: [String] = []
    /// The draft that it is kept as meanwhile.
    package var draftID: String

    /// An empty form.
    package init(record: String, draftID: String) {
        self.record = record
        self.draftID = draftID
    }
}

/// What is to be done with a conflict, of exactly the values that were seen.
package struct Decision: Hashable, Sendable {
    /// How it is settled, or that it is not.
    package enum Act: Hashable, Sendable {
        /// One of the values stands, counted from 1.
        case pick(Int)
        /// Another value stands.
        case value(String)
        /// It is put off.
        case putOff
    }

    /// The conflict's ``ConflictRow/reference``.
    package var reference: String
    /// The values that the person has seen.
    package var version: String
    /// What is to be done.
    package var act: Act
    /// Why.
    package var reason: String
}
