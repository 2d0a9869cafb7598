import SlussCore
import SlussDomain
import SlussSync

/// The page by the coffee machine: what has been answered, in plain words, without names.
struct UnitReport {
    /// How far back answers are shown if nothing else is asked for.
    private static let days = 90

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
        let waiting = material.waiting
        return ReportPage(
            language: say.language, title: say("Svar till oss", "Answers to us"),
            subtitle: "\(material.name(code)) – \(end.inWords(say.language))",
            note: say(
                "Sätt upp sidan där alla ser den. Inga namn står här. Fråga gärna på nästa APT.",
                "Put this page where everyone sees it. It holds no names. Ask at the next meeting."),
            sections: [
                ReportSection(say("Svar på våra idéer", "Answers to our ideas"), [answers]),
                ReportSection(
                    say("Väntar på svar", "Waiting for an answer"),
                    [
                        .table(
                            ReportTable(
                                say("vantar-pa-svar", "waiting-for-answer"),
                                say("Svar senast", "Answer by"),
                                [
                                    say("Idé", "Idea"), say("Rubrik", "Heading"),
                                    say("Svar senast", "Answer by"),
                                ],
                                waiting.map { idea, left in
                                    [
                                        idea.number, idea.titleLine,
                                        idea.figures.day.adding(days: Idea.answerDays).description
                                            + (left < 0 ? say(" FÖRSENAT", " OVERDUE") : ""),
                                    ]
                                },
                                empty: say(
                                    "Alla våra idéer har fått ett första svar.",
                                    "All our ideas have got a first answer.")))
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
                        ]),
                        material.statusBlock(
                            say, say("Hur våra idéer står", "How our ideas stand")),
                    ]),
            ])
    }

    private var answers: ReportBlock {
        let answered = material.ideas.compactMap { idea -> (ReportIdea, Day)? in
            let new = idea.answers.compactMap(\.given).filter { start <= $0 && $0 <= end }
            return new.max().map { (idea, $0) }
        }.sorted { ($1.1, Text($0.0.number)) < ($0.1, Text($1.0.number)) }
        guard !answered.isEmpty else {
            return .paragraph(
                say(
                    "Inga nya svar sedan \(start).", "No new answers since \(start)."))
        }
        return .letters(answered.map { letter($0.0) })
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
