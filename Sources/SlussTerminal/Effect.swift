import SlussCore
package import SlussDomain

/// What the client wants done; the shell does it and answers with a ``Reply``.
package enum Effect: Hashable, Sendable {
    /// Count what the start screen tells of.
    case look
    /// Take an idea in.
    case send(IdeaForm)
    /// Which ideas there are: `answered` only those with answers.
    case listIdeas(answered: Bool)
    /// One idea.
    case showIdea(String)
    /// Note that a unit's people have seen an idea's answers.
    case noteSeen(record: String, answers: Int)
    /// Say that one agrees.
    case support(String)
    /// Say whether the answer to an idea was of help.
    case sayHelpful(String, Helpfulness)
    /// Find ideas and notes with words.
    case search(String)
    /// Open an idea with the code of its receipt.
    case openWithCode(number: String, code: String)
    /// The meetings, newest first.
    case listMeetings
    /// Begin a meeting's notes, with what the last one left.
    case startMeeting
    /// One meeting's notes.
    case showMeeting(String)
    /// Change a meeting's notes.
    case changeMeeting(String, MeetingChange)
    /// Sticks and folders that are here.
    case listPlaces
    /// Read in what lies in a folder for this unit, and lay a bundle there.
    case exchange(Exchange)
    /// Who can choose to be at the keyboard.
    case listPersons
    /// Add a person.
    case addPerson(name: String, pin: String?)
    /// Be a person; `nil` is nobody in particular.
    case choosePerson(id: String?, pin: String?)
    /// Keep what is being written.
    case saveDraft(Draft)
    /// Keep what the disk would not take before, for the one whose it is; `nil` is nobody in
    /// particular.
    case keepAgain(Draft, person: String?)
    /// What the person who is chosen has begun.
    case listDrafts
    /// Open something begun.
    case openDraft(id: String)
    /// Throw something begun away.
    case discardDraft(id: String)
    /// Forget whose drafts can be opened, and clear the screen and what scrolled off it.
    case lock
    /// The conflicts of the central.
    case listConflicts
    /// One conflict, with the value that all of them started from.
    case showConflict(String)
    /// Settle a conflict, or put it off.
    case decide(Decision)
    /// Take back that a conflict was put off.
    case reopenConflict(String)
    /// What has been settled here and can be opened again, the newest first.
    case listSettled
    /// One settled conflict.
    case showSettled(SettledMark)
    /// Take back what was settled: exactly that resolution.
    case reopenSettled(SettledMark)
    /// The ideas that wait for a word.
    case listWaiting
    /// Answer whoever handed an idea in.
    case answerIdea(record: String, text: String)
    /// End the program.
    case quit
}

/// What is to be done with a folder that bundles travel in.
package struct Exchange: Hashable, Sendable {
    /// The folder.
    package var folder: String
    /// Whether to read in what lies there.
    package var readsIn: Bool
    /// Whether to lay a bundle there.
    package var lays: Bool
    /// The passphrase of the unit's keys, if they have one.
    package var passphrase: String?
}

/// What the shell answers.
package enum Reply: Sendable {
    /// What the start screen tells of.
    case facts(Facts)
    /// An idea has been taken in.
    case sent(Receipt)
    /// Ideas.
    case ideas([IdeaRow])
    /// An idea.
    case idea(IdeaCard)
    /// Ideas and notes with the words that were looked for.
    case found([FoundRow])
    /// Meetings.
    case meetings([MeetingRow])
    /// A meeting's notes.
    case meeting(MeetingCard)
    /// Folders.
    case places([Place])
    /// What came of reading in and laying down.
    case exchanged(ExchangeReport)
    /// The unit's keys have a passphrase, and it is not known or was wrong.
    case needsPassphrase(wasWrong: Bool)
    /// Persons.
    case persons([PersonRow])
    /// Who is at the keyboard now; `nil` is nobody in particular.
    case person(PersonRow?)
    /// The PIN was wrong.
    case wrongPIN
    /// What has been begun.
    case drafts([DraftRow])
    /// Something begun.
    case draft(Draft)
    /// Conflicts.
    case conflicts([ConflictRow])
    /// A conflict.
    case conflict(ConflictCard)
    /// A conflict has been settled, by that resolution if it is known.
    case settled(SettledMark?)
    /// Settled conflicts.
    case settledConflicts([SettledRow])
    /// A settled conflict.
    case settledConflict(SettledCard)
    /// What was settled waits again.
    case reopened(SettledMark)
    /// The values are no longer those that the person has seen; nothing was changed.
    case conflictMoved(ConflictCard)
    /// Ideas that wait for a word.
    case waiting([WaitingRow])
    /// The idea of that number has been answered.
    case answered(String)
    /// It did not work; nothing was changed.
    case failed(Phrase)
}

/// What the start screen tells of.
package struct Facts: Hashable, Sendable {
    /// Ideas with answers that nobody here has opened.
    package var newAnswers: Int
    /// Actions of the last meeting that are not done.
    package var openActions: Int
    /// Whether this is the central.
    package var isCentral: Bool
    /// What waits for the coordinator, if it is.
    package var central = CentralFacts()

    /// Counts.
    package init(newAnswers: Int = 0, openActions: Int = 0, isCentral: Bool = false) {
        self.newAnswers = newAnswers
        self.openActions = openActions
        self.isCentral = isCentral
    }
}

/// Someone who can be at the keyboard.
package struct PersonRow: Hashable, Sendable {
    /// The name of the person's drafts on disk.
    package var id: String
    /// What the person is called.
    package var name: String
    /// Whether a PIN is asked for.
    package var hasPIN: Bool

    /// A person.
    package init(id: String, name: String, hasPIN: Bool) {
        self.id = id
        self.name = name
        self.hasPIN = hasPIN
    }
}

/// Something begun, without what it says.
package struct DraftRow: Hashable, Sendable {
    /// Its name on disk.
    package var id: String
    /// What it is.
    package var kind: Draft.Kind
    /// When it was last kept, for people: `14.05`, or the day.
    package var when: String

    /// A row.
    package init(id: String, kind: Draft.Kind, when: String) {
        self.id = id
        self.kind = kind
        self.when = when
    }
}

/// Something begun and not finished.
package struct Draft: Hashable, Sendable, Codable {
    /// What is being written.
    package enum Kind: String, Hashable, Sendable, Codable {
        case idea
        case meeting
        case decision
        case answer
    }

    /// Its name on disk.
    package var id: String
    /// What it is.
    package var kind: Kind
    /// The idea, if it is one.
    package var idea: IdeaForm?
    /// The line of a meeting's notes, if it is one.
    package var line: MeetingLine?

    /// What is said of a conflict, if it is that.
    package var decision: DecisionForm?
    /// The answer to an idea, if it is one.
    package var answer: AnswerForm?

    /// The text that the person has written first.
    package var firstText: String {
        let said = decision.map { $0.value.trimmedOfBlanks.isEmpty ? $0.reason : $0.value }
        return idea?.problem ?? line?.text ?? said ?? answer?.text ?? ""
    }
}

/// A stick or a folder.
package struct Place: Hashable, Sendable {
    /// Where it is.
    package var path: String
    /// How many bundles lie there.
    package var bundles: Int

    /// A place.
    package init(path: String, bundles: Int) {
        self.path = path
        self.bundles = bundles
    }
}

/// What came of reading in and laying down.
package struct ExchangeReport: Hashable, Sendable {
    /// What was read in, in sentences.
    package var read: [Phrase] = []
    /// Ideas with answers that were not here before: number and heading.
    package var newAnswers: [String] = []
    /// Places that two people wrote differently.
    package var conflicts = 0
    /// What was not read in, and why.
    package var refused: [Phrase] = []
    /// The bundle that was laid down.
    package var bundle: UInt64?
    /// How many notes and ideas it holds.
    package var records: UInt64 = 0
    /// Its file's name.
    package var file = ""
    /// Whether there was nothing new to lay down.
    package var hadNothingNew = false
    /// The newest of our bundles that the central says it has; 0 if none.
    package var confirmed: UInt64 = 0
    /// Why no bundle could be laid down.
    package var failure: Phrase?

    /// Nothing yet.
    package init() {}
}
