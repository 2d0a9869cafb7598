import SlussDomain

extension Explanation {
    init(_ error: FigureError) {
        let reason = Self.words(error)
        self.init(
            Self.code(error), .badInput, reason.swedish + " Inget har ändrats.",
            reason.english + " Nothing was changed.")
    }

    private static func code(_ error: FigureError) -> String {
        switch error {
        case .ownIdea: "ownIdea"
        case .notThisUnit: "notThisUnit"
        case .onlyIdeasUnit: "onlyIdeasUnit"
        case .notEnded: "notEnded"
        case .newWithoutAll: "newWithoutAll"
        case .ratingWithoutAnswers: "ratingWithoutAnswers"
        }
    }

    private static func words(_ error: FigureError) -> Phrase {
        switch error {
        case .ownIdea(let name):
            Phrase(
                "\(DisplayText.line(name)) är enhetens egen idé. Sätt idéns status i stället (sluss idea status).",
                "\(DisplayText.line(name)) is the unit's own idea. Set the idea's status instead (sluss idea status)."
            )
        case .notThisUnit(let name):
            Phrase(
                "\(DisplayText.line(name)) kan inte skriva det här. Det skrivs på enheten det gäller; centralen anger enhet med --unit.",
                "\(DisplayText.line(name)) cannot write this. It is written at the unit it is about; the central names the unit with --unit."
            )
        case .onlyIdeasUnit(let name):
            Phrase(
                "Om svaret var till hjälp säger den enhet som lämnade \(DisplayText.line(name)).",
                "Whether the answer was of help is for the unit that handed \(DisplayText.line(name)) in to say."
            )
        case .newWithoutAll:
            Phrase(
                "De nya hör till dem som var med: ange antalet deltagare också, minst så många, och högst 100000.",
                "The new ones are among those who took part: give how many those were, too, at least as many, and at most 100000."
            )
        case .ratingWithoutAnswers:
            Phrase(
                "Ett betyg är ett tal från 1 till 5 och antalet som svarade: --rating 4,2 --answers 18.",
                "A rating is a number from 1 to 5 and how many answered: --rating 4.2 --answers 18."
            )
        case .notEnded(let name):
            Phrase(
                "\(DisplayText.line(name)) har inte fått ett slut än. Frågan ställs när idén är införd, avslutad, sammanförd eller hänvisad.",
                "\(DisplayText.line(name)) has not come to an end yet. The question is asked once the idea is in use, closed, joined or redirected."
            )
        }
    }
}
