import SlussDomain

extension Explanation {
    init(_ error: FigureError) {
        let reason = Self.words(error)
        let isDamage = if case .surveyDamaged = error { true } else { false }
        self.init(
            Self.code(error), isDamage ? .damaged : .badInput,
            reason.swedish + " Inget har ändrats.",
            reason.english + " Nothing was changed.")
    }

    private static func code(_ error: FigureError) -> String {
        switch error {
        case .ownIdea: "ownIdea"
        case .notThisUnit: "notThisUnit"
        case .onlyIdeasUnit: "onlyIdeasUnit"
        case .notEnded: "notEnded"
        case .noSurvey: "noSurvey"
        case .surveyOpen: "surveyOpen"
        case .surveyClosed: "surveyClosed"
        case .surveyListTaken: "surveyListTaken"
        case .surveyColumn: "surveyColumn"
        case .surveyResultGoes: "surveyResultGoes"
        case .surveyDamaged: "surveyDamaged"
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
        case .noSurvey, .surveyOpen, .surveyClosed, .surveyListTaken, .surveyColumn,
            .surveyResultGoes, .surveyDamaged:
            surveyWords(error)
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

    private static func surveyWords(_ error: FigureError) -> Phrase {
        switch error {
        case .noSurvey(let year):
            Phrase(
                "Det finns ingen enkätomgång \(year) här. ”sluss survey list” visar dem som finns.",
                "There is no survey round \(year) here. “sluss survey list” shows those that are there."
            )
        case .surveyOpen(let year):
            Phrase(
                "Omgången \(year) är öppen. Innan den är stängd visas ingenting, annars kan ett sent svar räknas ut. Stäng den: sluss survey close --round \(year).",
                "The round \(year) is open. Nothing is shown before it is closed, or a late answer could be found. Close it: sluss survey close --round \(year)."
            )
        case .surveyClosed(let year):
            Phrase(
                "Omgången \(year) är stängd och tar inte emot fler svar.",
                "The round \(year) is closed and takes no more answers.")
        case .surveyListTaken:
            Phrase(
                "Den listan är redan inläst i omgången.",
                "That list has been read into the round already.")
        case .surveyColumn(let name):
            Phrase(
                "Kolumnen ”\(DisplayText.line(name))” hör inte till enkäten. Ta bort den: ett svar får inte ha enhet, namn, dag eller fri text.",
                "The column “\(DisplayText.line(name))” is not of the survey. Remove it: an answer must have no unit, name, day or free text."
            )
        case .surveyResultGoes(let year):
            Phrase(
                "Omgången \(year) är stängd: med svaren försvinner resultatet. Skriv ut det först, och ange sedan --closed.",
                "The round \(year) is closed: with the answers, its result goes. Print it first, and then give --closed."
            )
        case .surveyDamaged(let path):
            Phrase(
                "Enkätens fil är skadad eller från en nyare Sluss: \(DisplayText.line(path)). Uppdatera, eller flytta undan filen och läs in listorna igen.",
                "The survey's file is damaged or of a newer Sluss: \(DisplayText.line(path)). Update, or move the file away and read the lists in again."
            )
        default: Phrase("", "")
        }
    }
}
