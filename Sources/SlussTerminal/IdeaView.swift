import SlussCore
import SlussDomain

/// An idea in three questions.
struct IdeaView: View {
    private enum Step {
        case problem
        case solution
        case who
        case name
        /// A text of ten digits: what is it? Then on to the step after `asked`.
        case number(asked: Asked, masked: String, isProbablyOther: Bool)
        case sending
    }

    private enum Asked {
        case problem
        case solution
    }

    private(set) var form: IdeaForm
    private var step = Step.problem
    /// Where the cursor stands in a text that a number was taken out of.
    private var cursor: Int?
    private var warning: TextKey?

    static let problemRange = 10...1000
    static let solutionMax = 1500

    init(form: IdeaForm) { self.form = form }

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        var page = Page(
            heading: texts(.giveIdea), notice: warning.map { Page.Line(texts($0), .warning) },
            prompt: prompt(desk))
        if case .number(_, let masked, _) = step {
            page.body = masked.linesOfText.map { Page.Line($0) }
            page.body.append(Page.Line(texts(.isItANumber), .strong))
        }
        if case .who = step {
            page.body = [Page.Line(texts(.who), .strong), Page.Line(texts(.nameIsPublic), .faint)]
        }
        if case .problem = step, let meeting = form.meeting {
            page.body = [Page.Line(texts(.ideaFromMeeting, ["number": meeting]), .faint)]
        }
        return page
    }

    private func prompt(_ desk: Desk) -> Page.Prompt {
        let texts = desk.texts
        switch step {
        case .problem:
            return .text(
                .block(
                    texts(.askProblem), form.problem, cursor: cursor,
                    limit: Self.problemRange.upperBound))
        case .solution:
            return .text(
                .block(
                    texts(.askSolution), form.solution, cursor: cursor, limit: Self.solutionMax))
        case .who:
            return .choice(
                [
                    Page.Choice(1, texts(.whoGroup)), Page.Choice(2, texts(.whoName)),
                    Page.Choice(3, texts(.whoAnonymous)),
                ], preselected: nil)
        case .name:
            return .text(.line(texts(.askName), form.name ?? desk.person?.name ?? ""))
        case .number(_, _, let isProbablyOther):
            return .choice(
                [Page.Choice(1, texts(.numberYes)), Page.Choice(2, texts(.numberNo))],
                preselected: isProbablyOther ? 2 : nil)
        case .sending:
            return .choice([Page.Choice(1, texts(.tryAgain))], preselected: 1)
        }
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        warning = nil
        cursor = nil
        switch (step, answer) {
        case (_, .back(let text)): return back(writing: text)
        case (.problem, .text(let text)):
            form.problem = text
            guard text.count >= Self.problemRange.lowerBound else {
                return .refuse(
                    desk.texts(.problemTooShort, ["min": String(Self.problemRange.lowerBound)]))
            }
            return check(text, .problem, desk)
        case (.solution, .text(let text)):
            form.solution = text
            return check(text, .solution, desk)
        case (.who, .digit(1)):
            form.submitter = SubmitterMode.group.rawValue
            form.name = nil
            return send()
        case (.who, .digit(2)):
            step = .name
            return Move()
        case (.who, .digit(3)):
            form.submitter = SubmitterMode.anonymous.rawValue
            form.name = nil
            return send()
        case (.name, .text(let name)):
            guard !name.isEmpty else { return .refuse(desk.texts(.nameIsEmpty)) }
            form.submitter = SubmitterMode.name.rawValue
            form.name = name
            return send()
        case (.number(let asked, let masked, _), .digit(let digit)):
            return number(asked, masked, isOne: digit == 1)
        case (.sending, .digit): return send()
        default: return Move()
        }
    }

    private mutating func back(writing text: String?) -> Move {
        switch step {
        case .problem:
            form.problem = text ?? form.problem
            return .go(.back)
        case .solution:
            form.solution = text ?? form.solution
            step = .problem
        case .who, .sending: step = .solution
        case .name: step = .who
        case .number(let asked, _, _):
            step =
                switch asked {
                case .problem: .problem
                case .solution: .solution
                }
        }
        return Move()
    }

    private mutating func check(_ text: String, _ asked: Asked, _ desk: Desk) -> Move {
        switch NumberCheck.of(text, today: desk.today) {
        case .clean: goOn(after: asked)
        case .stop(let masked, let place):
            set(masked, asked)
            cursor = place
            warning = .numberStop
        case .ask(let masked, let isProbablyOther):
            step = .number(asked: asked, masked: masked, isProbablyOther: isProbablyOther)
        }
        return Move()
    }

    private mutating func number(_ asked: Asked, _ masked: String, isOne: Bool) -> Move {
        guard isOne else {
            goOn(after: asked)
            return Move()
        }
        set(masked, asked)
        cursor = NumberCheck.cursor(in: masked)
        warning = .numberStop
        step =
            switch asked {
            case .problem: .problem
            case .solution: .solution
            }
        return Move()
    }

    private mutating func set(_ text: String, _ asked: Asked) {
        switch asked {
        case .problem: form.problem = text
        case .solution: form.solution = text
        }
    }

    private mutating func goOn(after asked: Asked) {
        step =
            switch asked {
            case .problem: .solution
            case .solution: .who
            }
    }

    private mutating func send() -> Move {
        step = .sending
        return Move(effects: [.send(form)])
    }

    mutating func take(_ reply: Reply, _ desk: inout Desk) -> Move {
        switch reply {
        case .sent(let receipt):
            return Move(
                turn: .replace(ReceiptView(receipt: receipt, channel: form.channel)),
                effects: [.discardDraft(id: form.draftID)])
        case .failed:
            // What is wrong with the name is said there; anything else is tried again.
            if case .sending = step, form.submitter == SubmitterMode.name.rawValue { step = .name }
            return Move()
        default: return Move()
        }
    }

    func draft(writing text: String?) -> Draft? {
        var form = form
        switch step {
        case .problem: form.problem = text ?? form.problem
        case .solution: form.solution = text ?? form.solution
        default: break
        }
        guard !form.problem.trimmedOfBlanks.isEmpty || !form.solution.trimmedOfBlanks.isEmpty
        else { return nil }
        return Draft(id: form.draftID, kind: .idea, idea: form)
    }
}

/// What a person gets for an idea; the code is shown here and never again.
struct ReceiptView: View {
    let receipt: Receipt
    let channel: String?

    func page(_ desk: Desk) -> Page {
        let texts = desk.texts
        var body: [Page.Line] = []
        if receipt.isStopped {
            body.append(Page.Line(texts(.receiptStopped, ["number": receipt.number]), .warning))
        } else {
            body.append(Page.Line(texts(.receiptSaved, ["number": receipt.number]), .good))
        }
        if let code = receipt.code {
            body.append(Page.Line(texts(.receiptCode, ["code": code]), .strong))
        }
        if !receipt.isStopped {
            body.append(
                Page.Line(texts(.receiptAnswer, ["day": desk.spoken(receipt.answerBy)])))
        }
        if let channel { body.append(Page.Line(texts(.receiptDuty, ["channel": channel]))) }
        return Page(
            heading: texts(.receipt), body: body,
            // No digit of the page before, and not Enter: pressed twice, it must not skip the code.
            prompt: .choice([Page.Choice(9, texts(.toStart))], preselected: nil))
    }

    mutating func take(_ answer: Answer, _ desk: inout Desk) -> Move {
        if case .digit(9) = answer { .go(.start) } else { Move() }
    }
}

extension String {
    /// A text's lines, each to be shown as a paragraph.
    var linesOfText: [String] {
        split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
