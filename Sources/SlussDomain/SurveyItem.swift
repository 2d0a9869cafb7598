/// One of the nine parts of an organisation's capability to innovate.
public enum SurveyDimension: String, NamedChoice {
    case surroundings = "A"
    case leadership = "B"
    case planning = "C"
    case support = "D"
    case operation = "E"
    case cooperation = "F"
    case followUp = "G"
    case improvement = "H"
    case culture = "I"

    /// What people see.
    public var phrase: Phrase {
        switch self {
        case .surroundings: Phrase("Omvärld", "Surroundings")
        case .leadership: Phrase("Ledarskap", "Leadership")
        case .planning: Phrase("Planering", "Planning")
        case .support: Phrase("Stöd", "Support")
        case .operation: Phrase("Genomförande", "Operation")
        case .cooperation: Phrase("Samverkan", "Cooperation")
        case .followUp: Phrase("Uppföljning", "Follow-up")
        case .improvement: Phrase("Förbättring", "Improvement")
        case .culture: Phrase("Kultur", "Culture")
        }
    }

    /// The places of its items.
    public var places: [Int] {
        SurveyItem.all.indices.filter { SurveyItem.all[$0].dimension == self }
    }
}

/// A sentence that managers agree with from 1 (not at all) to 5 (fully).
public struct SurveyItem: Sendable {
    /// The number of this set of sentences; raised when one of them is changed, since answers to
    /// different sentences are not compared.
    public static let version = 1

    /// The answers that can be given.
    public static let range = 1...5

    /// `A1`.
    public let id: String
    /// What it is part of.
    public let dimension: SurveyDimension
    /// The sentence.
    public let phrase: Phrase

    private init(_ id: String, _ dimension: SurveyDimension, _ phrase: Phrase) {
        self.id = id
        self.dimension = dimension
        self.phrase = phrase
    }

    /// The sentences, in order (domain model §4).
    public static let all: [SurveyItem] = [
        SurveyItem(
            "A1", .surroundings,
            Phrase(
                "Vi vet vilka behov hos brukare, elever eller invånare som vi ännu inte möter.",
                "We know which needs we do not yet meet.")),
        SurveyItem(
            "A2", .surroundings,
            Phrase(
                "Vi tar reda på hur andra kommuner löser samma problem.",
                "We find out how other municipalities solve the same problem.")),
        SurveyItem(
            "A3", .surroundings,
            Phrase(
                "Min verksamhet har pekat ut vilka problem vi helst vill ha idéer om.",
                "We have named the problems we most want ideas on.")),
        SurveyItem(
            "B1", .leadership,
            Phrase(
                "Min chef efterfrågar nya arbetssätt och visar det i handling.",
                "My manager asks for new ways and shows it in action.")),
        SurveyItem(
            "B2", .leadership,
            Phrase(
                "Jag får själv säga ja till att pröva något nytt i min enhet.",
                "I may say yes myself to trying something new.")),
        SurveyItem(
            "B3", .leadership,
            Phrase(
                "Det är tydligt vem som driver innovationsarbetet på varje nivå.",
                "It is clear who drives innovation at each level.")),
        SurveyItem(
            "C1", .planning,
            Phrase(
                "Vi har mål för förnyelse som går att följa upp.",
                "We have renewal goals that can be followed up.")),
        SurveyItem(
            "C2", .planning,
            Phrase(
                "När vi planerar året avsätter vi tid för att pröva idéer.",
                "When planning the year we set time aside to try ideas.")),
        SurveyItem(
            "D1", .support,
            Phrase(
                "Mina medarbetare hinner arbeta vidare med en idé.",
                "My staff have time to work further on an idea.")),
        SurveyItem(
            "D2", .support,
            Phrase(
                "Vi vet vem vi ska ringa när vi behöver metodstöd.",
                "We know whom to call for method support.")),
        SurveyItem(
            "D3", .support,
            Phrase(
                "Det är lätt att lämna en idé, även utan egen dator.",
                "It is easy to hand in an idea even without an own computer.")),
        SurveyItem(
            "E1", .operation,
            Phrase(
                "Vi prövar i liten skala innan vi inför brett.",
                "We try small before we roll out.")),
        SurveyItem(
            "E2", .operation,
            Phrase(
                "Varje idé får ett besked som går att förstå.",
                "Every idea gets an answer one can understand.")),
        SurveyItem(
            "E3", .operation,
            Phrase(
                "När en idé har fått ja är det klart vem som tar över.",
                "When an idea has a yes it is clear who takes over.")),
        SurveyItem(
            "F1", .cooperation,
            Phrase(
                "Brukare, elever eller anhöriga är med när vi tar fram lösningar.",
                "Users, pupils or relatives take part in making solutions.")),
        SurveyItem(
            "F2", .cooperation,
            Phrase(
                "Vi lånar gärna lösningar från andra enheter.",
                "We gladly borrow solutions from other units.")),
        SurveyItem(
            "F3", .cooperation,
            Phrase(
                "Våra arbetsplatsträffar leder till förbättringar som blir gjorda.",
                "Our workplace meetings lead to improvements that get done.")),
        SurveyItem(
            "G1", .followUp,
            Phrase(
                "Vi mäter om det vi inför ger den nytta vi tänkt oss.",
                "We measure whether what we introduce gives the intended value.")),
        SurveyItem(
            "G2", .followUp,
            Phrase(
                "Jag vet vad som hänt med min enhets idéer det senaste året.",
                "I know what happened to my unit's ideas this year.")),
        SurveyItem(
            "H1", .improvement,
            Phrase(
                "Vi ändrar arbetssätt när uppföljningen visar att något brister.",
                "We change how we work when follow-up shows a flaw.")),
        SurveyItem(
            "H2", .improvement,
            Phrase(
                "Vi slutar med sådant som inte ger nytta.",
                "We stop doing things that give no value.")),
        SurveyItem(
            "I1", .culture,
            Phrase(
                "Här kan man lägga fram en halvfärdig tanke utan att bli avfärdad.",
                "One can present a half-finished thought without being dismissed.")),
        SurveyItem(
            "I2", .culture,
            Phrase(
                "Ett försök som inte lyckas ser vi som lärdom.",
                "We see a failed trial as a lesson.")),
        SurveyItem(
            "I3", .culture,
            Phrase(
                "Vi uppmärksammar dem som förbättrar verksamheten.",
                "We recognise those who improve the work.")),
    ]
}
