import SlussCore
import SlussDomain
import SlussSync

/// The page by the coffee machine: what has been answered, in plain words, without names.
struct UnitReport {
    /// How far back answers are shown if nothing else is asked for.
    private static let days = 90
    /// Rows of ideas that wait, and lines of answers: so much that the page is one sheet of A4.
    private static let waitingMax = 4
    private static let linesMax = 20
    /// Characters on a line of print.
    private static let lineLength = 70

    private let material: ReportMaterial
    private let code: UnitCode
    private let end: Day
    private let start: Day
    private let say: Wording

    init(_ material: ReportMaterial, _ code: UnitCode, _ request: ReportRequest, _ say: Wording) {
        self.material = material
        self.code = code
        end = request.to ?? material.today
        start = request.from ?? end.adding(days: 1 - Self.days)
        self.say = say
    }

    var page: ReportPage {
        let figures = KPI(material.figures, end: end)
        let year = end.adding(months: -12).adding(days: 1)...end
        let handedIn = material.ideas.count {
            $0.figures.isCounted && year.contains($0.figures.day)
        }
        return ReportPage(
            language: say.language, title: say("Svar till oss", "Answers to us"),
            subtitle: "\(material.name(code)) – \(end.inWords(say.language))",
            note: say(
                "Sätt upp sidan där alla ser den. Inga namn står här. Fråga gärna på nästa APT.",
                "Put this page where everyone sees it. It holds no names. Ask at the next meeting."),
            sections: [
                ReportSection(say("Svar på våra idéer", "Answers to our ideas"), answers),
                ReportSection(
                    say("Väntar på svar", "Waiting for an answer"),
                    [
                        .table(waiting)
                    ]),
                ReportSection(
                    say("Så går det för oss", "How we are doing"),
                    [
                        .facts([
                            ReportFact(
                                name: say(
                                    "Idéer de senaste tolv månaderna", "Ideas in twelve months"),
                                value: String(handedIn)),
                            ReportFact(
                                name: say("Svar inom 14 dagar", "Answer within 14 days"),
                                value: figures.answered.inWords(say.language)),
                            ReportFact(
                                name: say(
                                    "Införda de senaste tolv månaderna", "In use in twelve months"),
                                value: String(figures.implementedCount)),
                            ReportFact(
                                name: say(
                                    "APT-åtgärder klara i tid", "Meeting actions done in time"),
                                value: figures.actions.inWords(say.language)),
                            ReportFact(
                                name: statuses.caption,
                                value: say.list(statuses.rows.map { $0.joined(separator: " ") })),
                        ]),
                        .table(statuses),
                    ]),
            ])
    }

    /// The ideas that wait, those with the least time first.
    private var waiting: ReportTable {
        var table = ReportTable(
            say("vantar-pa-svar", "waiting-for-answer"), say("Svar senast", "Answer by"),
            [say("Idé", "Idea"), say("Rubrik", "Heading"), say("Svar senast", "Answer by")],
            material.waiting.map { idea, left in
                [
                    idea.number, idea.titleLine,
                    idea.figures.day.adding(days: Idea.answerDays).description
                        + (left < 0 ? say(" FÖRSENAT", " OVERDUE") : ""),
                ]
            },
            empty: say(
                "Alla våra idéer har fått ett första svar.",
                "All our ideas have got a first answer."))
        table.shownMax = Self.waitingMax
        table.rest = more(table.rows.count - Self.waitingMax)
        return table
    }

    private func more(_ count: Int) -> String {
        say("+\(count) till. Se dem i Sluss.", "+\(count) more. See them in Sluss.")
    }

    /// How the ideas stand: a line on the page, a table in the CSV.
    private var statuses: ReportTable {
        var table = material.statusTable(say, say("Hur våra idéer står", "How our ideas stand"))
        table.shownMax = 0
        return table
    }

    /// The newest answers, as many as there is room for on the sheet; one at least.
    private var answers: [ReportBlock] {
        let answered = material.ideas.compactMap { idea -> (ReportIdea, Day)? in
            let new = idea.answers.compactMap(\.given).filter { start <= $0 && $0 <= end }
            return new.max().map { (idea, $0) }
        }.sorted { ($1.1, Text($0.0.number)) < ($0.1, Text($1.0.number)) }
        guard !answered.isEmpty else {
            return [
                .paragraph(say("Inga nya svar sedan \(start).", "No new answers since \(start)."))
            ]
        }
        let letters = answered.map { letter($0.0) }
        var lines = 0
        let fitting = letters.prefix { letter in
            lines += Self.lines(letter)
            return lines <= Self.linesMax
        }
        let shown = fitting.isEmpty ? letters.prefix(1) : fitting
        let rest = letters.count - shown.count
        return [.letters(Array(shown))] + (rest == 0 ? [] : [.paragraph(more(rest))])
    }

    /// About how many lines a letter takes in print.
    private static func lines(_ letter: ReportLetter) -> Int {
        let texts = letter.paragraphs.flatMap { $0.split(separator: "\n") }
        return 3 + texts.map { 1 + $0.count / lineLength }.reduce(0, +)
    }

    private func letter(_ idea: ReportIdea) -> ReportLetter {
        let answers = idea.answers.filter { answer in
            answer.given.map { start <= $0 && $0 <= end } ?? false
        }
        let number = idea.number
        let day = idea.figures.day
        let status = say.status(idea.status)
        var paragraphs = answers.map { answer in
            let role = say.role(answer.role)
            let day = answer.given?.description ?? "–"
            return say("Svar \(day) (\(role)): ", "Answer \(day) (\(role)): ") + answer.text
        }
        if let text = idea.statusText, !text.isEmpty {
            paragraphs.append("\(status): \(text)")
        }
        return ReportLetter(
            heading: idea.titleLine,
            about: say(
                "\(number) · inlämnad \(day) · Läge: \(status)",
                "\(number) · handed in \(day) · Status: \(status)"), paragraphs: paragraphs)
    }
}
