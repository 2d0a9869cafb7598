extension TextKey {
    /// Every text in English; `{number}` and the like are filled in.
    var english: String {
        switch self {
        // The start screen
        case .giveIdea: "Give an idea"
        case .answers: "Answers to us"
        case .answersNewOne: "Answers to us (1 new)"
        case .answersNew: "Answers to us ({number} new)"
        case .meetings: "Workplace meeting (APT)"
        case .help: "Help"
        case .ourIdeas: "Our ideas"
        case .search: "Search"
        case .exchange: "The stick: hand over and fetch"
        case .handbook: "The handbook"
        case .goOnWithOne: "Go on with what you began"
        case .goOnWithMany: "Go on with what you began ({number})"
        case .lockOrSwitch: "Lock, or another person"
        case .actionLeft: "1 action of the last meeting is not done."
        case .actionsLeft: "{number} actions of the last meeting are not done."
        case .toStart: "To the start"
        // The screen's last row, and plain mode
        case .footChoice: "A digit chooses. Backspace = back. 0 = save and lock"
        case .footDigit: "A digit chooses. Backspace = back"
        case .footChoiceShort: "Backspace = back. 0 = save, lock"
        case .footMore: "Enter = more text. Backspace = back. 0 = lock"
        case .footMoreShort: "Enter = more. Backspace = back"
        case .footFromTop: "Enter = from the top. Backspace = back. 0 = lock"
        case .footFromTopShort: "Enter = top. Backspace = back"
        case .footBlock: "Enter twice = done. 0 and Enter = save and lock"
        case .footBlockShort: "Enter twice = done. 0 Enter = lock"
        case .footLine: "Enter = done. Backspace in an empty line = back"
        case .footLineShort: "Enter = done. Backspace = back"
        case .footSecret: "Enter = done. What you type is not shown"
        case .footSecretShort: "Enter = done. Not shown"
        case .charactersLeft: "{number} characters left"
        case .tooLongBy: "[TOO LONG] {number} characters too many"
        case .tooLong:
            """
            [TOO LONG] The text has {number} characters. There is room for {max}. Nothing is \
            lost: shorten it and press Enter again.
            """
        case .cutOff: "[TOO LONG] Only the first {max} characters fit. The rest was left out."
        case .lockWarning:
            """
            [LOCKING SOON] Sluss locks in {number} seconds. Press a key to go on. The text \
            is kept.
            """
        case .plainChoice: "Type a digit and Enter. B = back, 0 = save and lock."
        case .plainChoiceOr:
            """
            Type a digit and Enter. Enter alone = {number}. B = back, 0 = save and lock.
            """
        case .plainNotAChoice: "[ERROR] That digit is not here. Nothing was changed."
        case .plainNotText:
            """
            [ERROR] The line could not be read as text. It was not taken. Type it again.
            """
        case .plainStands: "This stands already:"
        case .plainBlock: "Type. An empty line = done. < = back, 0 = save and lock."
        case .plainBlockStands:
            """
            What you type is put last. A line with only - takes everything away. An empty \
            line = done.
            """
        case .plainLine: "Type and press Enter. < = back."
        case .plainLineStands: "Enter alone keeps it. < = back."
        case .listMore: "More"
        case .listFromStart: "From the beginning"
        // Help
        case .otherLanguage: "Svenska"
        case .helpKeys1: "A digit chooses. Enter goes on. Backspace goes back. 0 saves and locks."
        case .helpKeys2: "When you write: Enter once gives a new line. Enter twice is done."
        case .helpKeys3:
            """
            Arrows, Home and End move. Ctrl+W takes a word away. Ctrl+Z undoes. You need \
            none of them.
            """
        case .helpKeys4:
            """
            Somebody calls? Type 0 as the only text and press Enter, or press 0 where you \
            choose. All is kept.
            """
        case .helpPlain1: "Type the digit and press Enter. B goes back. 0 saves and locks."
        case .helpPlain2: "When you write a text: an empty line is done. < goes back."
        case .helpPlain3: "Nothing is written over. The question always comes last."
        case .helpPrivacy:
            """
            Write nothing about individuals: no names, no personal numbers, no room numbers. \
            Write for example "a resident".
            """
        case .helpKept:
            """
            Every finished line is kept, even if the power goes. What you began is under 9 \
            on the start page.
            """
        case .helpWho:
            """
            Want to keep what you began to yourself? Press 0 and choose New person. A PIN is \
            optional.
            """
        case .helpPaper: "There is a paper form, too. Somebody can write for you."
        // The handbook's page of the process (domain.md 1.3)
        case .processIntro:
            """
            How an idea goes through Sluss. Steps can be repeated, skipped or ended.
            """
        case .process1: "1 Identify opportunities (Submitted, Received)"
        case .process1Question: "Is the need real, and whose is it?"
        case .process2: "2 Create concepts (Under review)"
        case .process2Question: "What can we do? Which suggestion first?"
        case .process3: "3 Validate (Being tested)"
        case .process3Question: "Does it work on a small scale, and is it allowed?"
        case .process4: "4 Develop (Handed over, Under way)"
        case .process4Question: "Who owns it, and what does it need?"
        case .process5: "5 Deploy (In use, Effect followed up, Spreading)"
        case .process5Question: "Is it in use? Does the value show? Do others want it?"
        case .processGuide:
            """
            The innovation guide says: frame, explore, focus, find ideas, test ideas, \
            realise.
            """
        case .processEnd:
            """
            Every idea gets an answer: yes, test, rest, or no with a reason. The first comes \
            within 14 days.
            """
        // Is it an idea at all?
        case .routeQuestion: "What do you want to tell?"
        case .routeIdea: "An idea, or something that can get better"
        case .routeDeviation: "It went wrong, or may, for a resident, user or pupil"
        case .routeInjury: "Somebody was hurt, or nearly, at work"
        case .routeOffence: "A child or pupil was offended or bullied"
        case .routeFault: "Something is broken, or an IT fault"
        case .routeEmployment: "Pay, a conflict, or a colleague"
        case .routeWrongdoing: "Serious wrongdoing at the workplace"
        case .routeComplaint: "A complaint from a resident or relative"
        case .channelDeviation:
            """
            Write a deviation report. Social care: lex Sarah. Health care: patient harm. \
            Tell the manager today.
            """
        case .channelInjury:
            """
            Report the near miss or injury to the manager and the safety representative \
            today.
            """
        case .channelOffence: "Tell the head teacher today. The school must look into it."
        case .channelFault: "Make a fault report."
        case .channelEmployment: "Talk to the manager or the union."
        case .channelWrongdoing: "Use the municipality's whistle-blower function. It is protected."
        case .channelComplaint: "Hand it in as a viewpoint or complaint."
        case .channelIdeaToo:
            """
            Is there something that can get better for everyone? That part can be written \
            here.
            """
        case .channelNothingKept: "Nothing of this is kept in Sluss."
        case .writeImprovement: "Write what can get better"
        // An idea in three questions
        case .askProblem:
            """
            What is the problem? Write nothing about individuals. (Enter twice = done)
            """
        case .askSolution: "Do you have an idea? (empty is fine)"
        case .who: "Who gives the idea?"
        case .whoGroup: "We, the group"
        case .whoName: "My name"
        case .whoAnonymous: "Anonymous (no name is kept)"
        case .nameIsPublic: "A name usually becomes public once the idea is handed in."
        case .askName: "Which name?"
        case .nameIsEmpty: "[ERROR] The name is empty. Type a name, or go back with Backspace."
        case .problemTooShort:
            """
            [ERROR] Write a little more: at least {min} characters. The text is still there.
            """
        case .numberStop:
            """
            [STOP] It looks like a personal number. The digits have been taken out. Write \
            for example "a resident" instead.
            """
        case .isItANumber: "Is it a personal number?"
        case .numberYes: "Yes, take it out"
        case .numberNo: "No, a telephone or something else"
        case .tryAgain: "Try again"
        case .changeText: "Change the text"
        case .makeAddendum: "Make it an addition"
        case .ideaFromMeeting: "From note {number}. The line stays there."
        case .receipt: "Receipt"
        case .receiptSaved: "[DONE] Saved. Number {number}."
        case .receiptStopped:
            """
            [STOP] Kept as draft {number}, only here. It looks like a personal number: take \
            it out before the idea can be sent.
            """
        case .receiptCode: "Your code: {code} (write it down). It opens the answer."
        case .receiptAnswer: "Answer by {day}."
        case .receiptDuty: "Remember: the idea does not replace the report. {channel}"
        // Ideas and answers
        case .idea: "Idea"
        case .noAnswers: "No answers yet. Answers come with the return bundle on the stick."
        case .noIdeas: "No ideas yet. Give the first one!"
        case .haveCode: "I have a code"
        case .unseenAnswer: "NEW ANSWER"
        case .answerToday: "answer due today"
        case .answerInDay: "answer within 1 day"
        case .answerInDays: "answer within {number} days"
        case .answerLateDay: "answer OVERDUE 1 day"
        case .answerLateDays: "answer OVERDUE {number} days"
        case .agree: "I agree"
        case .helpful: "Was the answer of help? {word}"
        case .helpfulSaid: "[DONE] Thank you for saying so."
        case .agreedOne: "[DONE] Thank you. 1 agrees."
        case .agreedMany: "[DONE] Thank you. {number} agree."
        case .statusIs: "Status:"
        case .statusConflict: "CONFLICTING ANSWERS: {both}. The coordinator settles it."
        case .answerFrom: "Answer from the {role} {day}:"
        case .problemIs: "Problem:"
        case .solutionIs: "Idea:"
        case .handedIn: "Handed in {day}. {number} agree."
        case .askIdeaNumber: "Which number has the idea?"
        case .askCode: "Which code is on the receipt?"
        case .askSearch: "What are you looking for? Type one or more words."
        case .nothingFound: "Nothing was found. Try a shorter word."
        case .foundOne: "1 found"
        case .foundMany: "{number} found"
        case .searchAgain: "Search again"
        // Persons, the lock and what has been begun
        case .locked: "Sluss is locked"
        case .lockedKept: "Locked. What was written is kept."
        case .lockedPlain: "Locked."
        case .whoIsThere: "Who are you?"
        case .nobody: "Without a name"
        case .newPerson: "New person"
        case .quit: "Close Sluss"
        case .quitQuestion: "Close Sluss? What was written is kept."
        case .notYet: "No, not now"
        case .askPIN: "PIN for {name}"
        case .wrongPIN: "[ERROR] Wrong PIN. Nothing is lost. Try again, or go back with Enter."
        case .newPersonWhy:
            """
            A name on this computer lets you find what you began. It is never sent.
            """
        case .askPersonName: "What shall it say? First name or initials will do. (empty = back)"
        case .pinWhy: "A PIN hides from others what {name} has begun. An empty line = no PIN."
        case .askNewPIN: "Choose a PIN of 4 to 8 digits"
        case .askPINAgain: "Type the same PIN once more"
        case .pinMustBe: "[ERROR] A PIN has 4 to 8 digits. Nothing was saved."
        case .pinsDiffer: "[ERROR] They differ. Nothing was saved. Choose a PIN again."
        case .begun: "What you began"
        case .begunHere: "Choose what to go on with."
        case .nothingBegun: "You have begun nothing."
        case .begunIdea: "Idea, kept {when}"
        case .begunMeeting: "Line of a meeting, kept {when}"
        case .justNow: "just now, only in memory"
        case .goOn: "Go on"
        case .throwAway: "Throw away"
        case .throwAwayQuestion: "Throw the text away? It cannot be had back."
        case .firstWordWhy: "The text is shown only to the one who wrote it."
        case .askFirstWord: "What is the text's first word?"
        case .otherFirstWord: "[ERROR] It does not begin so. The text is still there."
        case .keptAsBegun: "Kept as begun. It is under 9 on the start page."
        case .draftNotKept:
            """
            [ERROR] The text could not be kept on the disk. It is in memory: do not turn the \
            computer off. {reason}
            """
        // Workplace meetings
        case .noMeetings: "No notes yet."
        case .newMeeting: "New meeting"
        case .newMeetingWhat:
            """
            Notes for today, {day}. Open actions and answers to our ideas come along from \
            the last meeting.
            """
        case .beginMeeting: "Begin"
        case .writeItem: "Write on an item"
        case .writeDecision: "Decision"
        case .writeAction: "Action"
        case .writeLift: "Escalate"
        case .writePresent: "Present"
        case .setAction: "How actions stand"
        case .lineToIdea: "Make a line an idea"
        case .finishNote: "Ready, or sign off"
        case .writeAddendum: "Addition"
        case .presentIs: "Present: {number}"
        case .twoTexts: "CONFLICTING ANSWERS: two wrote at the same time"
        case .decision: "Decision:"
        case .action: "Action:"
        case .lift: "Escalated:"
        case .proposal: "Proposed addition (written while it was signed off):"
        case .addendum: "Addition:"
        case .dueBy: "by {day}"
        case .overdue: "OVERDUE"
        case .signedBy: "Signed off by {names}"
        case .presentWhy: "Only how many. Never write why somebody is away."
        case .askPresent: "How many were there? Several sittings: 9+6"
        case .presentMustBe: "[ERROR] Type numbers, for example 9 or 9+6. Nothing was changed."
        case .savedNote: "[DONE] Saved."
        case .noActions: "No actions in this note."
        case .noLines: "There are no lines yet."
        case .whichLine: "Which line? It stays in the note."
        case .signOff: "Sign off (two names)"
        case .markReady: "Ready: sent round"
        case .finishWarning:
            """
            A note that is signed off, or sent to others, becomes a public record.
            """
        case .signWarning: "After signing off, only additions can be made."
        case .askChair: "The chair's name?"
        case .askSigner: "The other signer's name?"
        case .signed: "[DONE] Signed off and locked."
        case .askItem: "Which item? Type its number."
        case .itemMustBe: "[ERROR] Type the item's number, 1 to 999. Nothing was changed."
        case .askItemTitle: "The item is new. Which heading?"
        case .askLineText: "Write. Nothing about individuals. (Enter twice = done)"
        case .askWho: "Who does it? Role or initials (empty is fine)"
        case .askDecidedBy: "Who decided? Role (empty is fine)"
        case .askMandate: "Is it within the manager's mandate?"
        case .mandateYes: "Yes"
        case .mandateNo: "No, escalate it"
        case .askLiftTo: "Where is it to go?"
        case .liftCooperation: "cooperation group"
        case .liftManager: "next manager"
        case .liftSafety: "safety committee"
        case .askDue: "Due? Date 2026-03-20, or a number of days (empty is fine)"
        case .dueMustBe:
            """
            [ERROR] Type a day as 2026-03-20, or a number of days. Nothing was changed.
            """
        // The stick
        case .noPlaces: "No stick was found. Put it in and press 8, or type a folder."
        case .whichPlace: "Which stick or folder?"
        case .bundleThere: "1 bundle"
        case .bundlesThere: "{number} bundles"
        case .otherFolder: "Type a folder"
        case .askFolder: "Which folder? For example /media/stick"
        case .publicRecordWarning:
            """
            What is handed over becomes a public record. The bundle is encrypted.
            """
        case .exchangeBoth: "Fetch answers and hand over ours"
        case .exchangeLay: "Only hand over ours"
        case .exchangeRead: "Only fetch answers"
        case .exchangeWorking: "Reading and writing. Do not take the stick out yet."
        case .askPassphrase: "The passphrase of the unit's keys"
        case .wrongPassphrase: "[ERROR] Wrong passphrase. Nothing was changed."
        case .newForUsOne: "New for us: 1 answer"
        case .newForUsMany: "New for us: {number} answers"
        case .conflictOne: "CONFLICTING ANSWERS in 1 place. The coordinator settles it."
        case .conflictMany: "CONFLICTING ANSWERS in {number} places. The coordinator settles it."
        case .laidReceipt:
            """
            [DONE] On the stick: bundle {number}, only the receipt for what we fetched.
            """
        case .laid: "[DONE] On the stick: bundle {number}, {records}. Read back and verified."
        case .recordOne: "1 note"
        case .recordMany: "{number} notes"
        case .confirmed: "The central has confirmed up to bundle {number}."
        case .nothingConfirmed: "The central has not confirmed any bundle yet."
        case .nothingToLay: "[DONE] Nothing new to hand over."
        case .nothingThere: "No bundles for us there."
        // The coordinator's desk
        case .deskConflicts: "Conflicting answers"
        case .deskWaiting: "Ideas that wait for a word"
        case .deskCommands: "Merge, export, reports"
        case .deskConflictOne: "CONFLICTING ANSWERS in 1 place wait for you."
        case .deskConflictMany: "CONFLICTING ANSWERS in {number} places wait for you."
        case .deskNoConflicts: "No conflicting answers wait."
        case .deskPutOff: "Put off: {number}."
        case .deskUnanswered:
            """
            Unanswered: {number}. Overdue {late}, within 3 days {soon}, later {later}.
            """
        case .deskNoIdeas: "No idea waits for an answer."
        case .deskDue: "Promised words whose day has come: {number}."
        case .deskUnseen: "Answers that the unit has not seen yet: {number}. Export."
        case .deskCommandLine:
            """
            On the command line: sluss merge, sluss export, sluss report (press 3).
            """
        case .folderWord: "FOLDER"
        case .reportFile: "report.html"
        case .commandsIntro: "This is done on the command line, not here."
        case .commandPlan: "See what would change"
        case .commandMerge: "Merge what has come"
        case .commandExport: "Export to every unit"
        case .commandReport: "Monday's report"
        case .commandRule: "Settle many conflicting answers at once (shows first which)"
        case .nextOne: "Next"
        case .previousOne: "Previous"
        case .placeOf: "{number} of {count}"
        case .footKey: "A digit or letter chooses. Backspace = back. 0 = save and lock"
        case .plainKey: "Type the digit or letter and Enter. B = back, 0 = save and lock."
        case .plainNotAKey: "[ERROR] That choice is not here. Nothing was changed."
        case .begunDecision: "Conflicting answers, kept {when}"
        case .begunAnswer: "Answer to an idea, kept {when}"
        // Conflicts
        case .conflictsNone: "No conflicting answers. All is settled."
        case .conflictsCount: "Waiting: {number}. Put off: {later}."
        case .conflictValues: "{number} values"
        case .conflictToday: "since today"
        case .conflictDay: "for 1 day"
        case .conflictDays: "for {number} days"
        case .conflictIsPutOff: "PUT OFF"
        case .conflictPutOffSince: "PUT OFF {day}: {reason}"
        case .conflictItem: "item {number}"
        case .conflictBase: "At first:"
        case .conflictMarks: "Marked against that: {removed} {added}"
        case .conflictMarksFirst: "Marked against number 1: {removed} {added}"
        case .conflictRemoved: "away"
        case .conflictAdded: "new"
        case .conflictMore: "And {number} more: {command}"
        case .conflictCut: "Only the first {number} characters are shown. The whole text: {command}"
        case .conflictPick: "No. {number} stands"
        case .conflictWrite: "Write another"
        case .conflictPutOff: "Put off"
        case .conflictReopen: "Take it up again"
        case .conflictOwn: "New value:"
        case .conflictPutOffWhat: "Put off. If a further value comes, the question is back."
        case .conflictSettled: "[DONE] Settled: {title}. It travels with the next bundle."
        case .conflictWasPutOff: "[DONE] Put off: {title}. Press o to undo."
        case .conflictReopened: "[DONE] Waits again: {title}."
        case .conflictUndo: "Undo {number}"
        case .settledList: "Settled"
        case .settledIntro: "Settled here, the newest first (50 at most)."
        case .settledNone: "Nothing that was settled here can be opened again."
        case .settledOn: "SETTLED {day}, {who}: {reason}"
        case .settledChosen: "Stands now:"
        case .settledOpen: "Open again"
        case .conflictMoved:
            """
            [LOOK] The values are no longer those you saw. Nothing was changed. Choose again.
            """
        case .askValue: "Write what is to stand."
        case .askValueWord: "What is to stand?"
        case .askValueDay: "Which day is to stand? 2026-03-20"
        case .valueDayMustBe: "[ERROR] Write a day as 2026-03-20. Nothing was changed."
        case .askReason: "Why? The reason is kept and travels with it."
        case .reasonIsEmpty: "[ERROR] Write why. Nothing was changed."
        // Answering ideas
        case .dueSince: "word promised {day}"
        case .answerOwn: "Answer in your own words"
        case .answerTemplate: "Answer with a template"
        case .askTemplate: "Which template?"
        case .askAnswer: "The answer to whoever handed it in. (Enter twice = done)"
        case .answerIsEmpty: "[ERROR] The answer is empty. Nothing was changed."
        case .askOwner: "Who takes it on? A role."
        case .askUntil: "Which day? A date 2026-03-20, or a number of days"
        case .askBecause: "Why?"
        case .askAdvice: "What can they do instead? (may be empty)"
        case .partIsEmpty: "[ERROR] The template needs it. Nothing was changed."
        case .answered: "[DONE] Answered {number}. The answer travels with the next bundle."
        }
    }
}
