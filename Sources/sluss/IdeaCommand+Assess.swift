import ArgumentParser
import SlussCore
import SlussDomain
import SlussFrontEnd
import SlussSync

extension IdeaCommand {
    struct Assess: SlussCommand {
        static var configuration: CommandConfiguration {
            help(
                "Bedöm en idé, utan att se vem som lämnade den eller vad andra satte.",
                "Assess an idea, without seeing who gave it or what others have scored.",
                example:
                    "sluss idea assess OMS-SB-04-26-0007 --as EL --score user=4 --score time=5 …",
                more: Phrase(
                    "Utan --as visas idén och det samlade resultatet: median, poäng och var bedömarna är långt ifrån varandra.",
                    "Without --as, the idea and the result are shown: medians, points and where assessors are far apart."
                ), name: "assess")
        }

        @OptionGroup var common: CommonOptions
        @OptionGroup var options: PersonOptions

        @Argument(help: ArgumentHelp(say("Nummer eller id.", "Number or id."), valueName: "id"))
        var id: String

        @Option(
            name: .customLong("as"),
            help: ArgumentHelp(
                say("Bedömarens initialer.", "The assessor's initials."), valueName: "word"))
        var assessor: String?

        @Option(
            help: ArgumentHelp(
                say("Rad och poäng 1–5: ", "Row and score 1–5: ")
                    + Assessment.Row.allCases.map(\.rawValue).joined(separator: ", "),
                valueName: "row=n"))
        var score: [String] = []

        @Option(
            help: ArgumentHelp(
                say("Fråga som besvaras med nej: ", "Question answered with no: ")
                    + Assessment.Gate.allCases.map(\.rawValue).joined(separator: ", "),
                valueName: "gate"))
        var no: [String] = []

        func validate() throws {
            if assessor == nil, !score.isEmpty || !no.isEmpty {
                throw ValidationError(
                    say("Säg vem som bedömer: --as.", "Say who assesses: --as."))
            }
        }

        func perform() throws -> Answer {
            guard let assessor else {
                let idea = try common.reading().idea(id)
                return Answer(text: idea.blindPage, json: AssessmentJSON(idea))
            }
            var entry = AssessmentEntry()
            for typed in score {
                let parts = typed.split(separator: "=").map(String.init)
                guard parts.count == 2, let number = Int64(parts[1]) else {
                    throw InputError.malformed(Phrase("poängen", "the score"), example: "user=4")
                }
                entry.scores[try choice(parts[0], Phrase("raden", "the row"))] = number
            }
            entry.closedGates = Set(try no.map { try choice($0, Phrase("frågan", "the question")) })
            let unit = try common.writing("idea assess")
            let idea = try unit.assess(
                id, entry, assessor: assessor, by: try options.person(at: unit))
            return Answer(
                text: say(
                    "[KLAR] Bedömningen är sparad. Andras poäng visas inte för dig här.\n",
                    "[DONE] The assessment is saved. Others' scores are not shown to you here.\n"),
                json: AssessmentJSON(idea))
        }
    }
}

extension Idea {
    /// The idea as an assessor sees it: no names, no unit, no numbers that tell the unit.
    fileprivate var blindPage: String {
        var lines = [say("Behov: ", "Need: ") + DisplayText.indented(problem ?? "–")]
        if let solution { lines.append(say("Idé: ", "Idea: ") + DisplayText.indented(solution)) }
        guard let result = Assessment(self) else {
            return lines.joined(separator: "\n") + "\n"
                + say("Ingen har bedömt den än.\n", "Nobody has assessed it yet.\n")
        }
        lines.append(
            count(
                result.assessors, Phrase("bedömare", "assessor"), Phrase("bedömare", "assessors")))
        lines += Assessment.Row.allCases.compactMap { row in
            result.medians[row].map {
                "  \(row.phrase.said): \(Self.decimal($0))"
                    + (result.gaps.contains(row) ? say("  PRATA IHOP ER", "  TALK IT OVER") : "")
            }
        }
        lines += result.closedGates.map { say("  NEJ: ", "  NO: ") + $0.phrase.said }
        if let points = result.points {
            let band = result.band.map { " – " + $0.phrase.said } ?? ""
            lines.append(say("Poäng: ", "Points: ") + Self.decimal(points) + band)
        }
        if result.assessors < Assessment.assessorsMin {
            lines.append(say("Minst två ska bedöma.", "At least two must assess."))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// With one decimal, after a comma in Swedish.
    private static func decimal(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10)" + say(",", ".") + "\(tenths % 10)"
    }
}

private struct AssessmentJSON: Encodable {
    let assessors: Int
    let medians: [String: Double]
    let gaps: [String]
    let closedGates: [String]
    @OrNull var points: Double?
    @OrNull var band: String?

    init(_ idea: Idea) {
        let result = Assessment(idea)
        assessors = result?.assessors ?? 0
        medians = Dictionary(
            uniqueKeysWithValues: (result?.medians ?? [:]).map { ($0.key.rawValue, $0.value) })
        gaps = result?.gaps.map(\.rawValue) ?? []
        closedGates = result?.closedGates.map(\.rawValue) ?? []
        points = result?.points
        band = result?.band?.rawValue
    }
}
