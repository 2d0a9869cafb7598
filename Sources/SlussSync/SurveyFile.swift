import SlussBundle
import SlussCore
import SlussDomain

/// A round as it lies at the central, in the folder `survey` of the store (docs/store.md).
///
/// Answers lie in the order of what they say, so that nothing tells who came first; the file has no
/// day in it, and none of its own either.
struct SurveyFile {
    static let format = 1
    static let folderName = "survey"
    /// Bytes of a round: ten thousand answers with long names are less than half of it.
    static let bytesMax = 8 << 20

    var round: SurveyRound
    /// The digests of the lists that were read in, as long as the round is open.
    var lists: Set<String> = []

    static func name(_ year: Int) -> String { "\(year).json" }

    var bytes: [UInt8] {
        var writer = JSONWriter()
        let answers = round.answers.map { answer in
            FieldValue.structure([
                "administration": .text(answer.administration),
                "values": .text(
                    answer.values.map { $0.map { value in "\(value)" } ?? "-" }.joined()),
            ])
        }.sorted()
        writer.value(
            .structure([
                "format": .integer(Int64(Self.format)), "year": .integer(Int64(round.year)),
                "items": .integer(Int64(round.version)), "closed": .flag(round.isClosed),
                "invited": round.invited.map { .integer(Int64($0)) } ?? .null,
                "lists": .list(round.isClosed ? [] : lists.sorted().map { .text($0) }),
                "answers": .list(answers),
            ]))
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    init(_ round: SurveyRound) { self.round = round }

    /// Reads a file; `nil` if it is not one of these.
    init?(_ bytes: [UInt8], year: Int) {
        guard let value = try? StrictJSON().value(bytes[...].dropLast()),
            value["format"]?.asInteger == Int64(Self.format),
            value["year"]?.asInteger == Int64(year),
            let version = value["items"]?.asInteger, let isClosed = value["closed"]?.asFlag,
            case .list(let answers) = value["answers"], case .list(let lists) = value["lists"],
            answers.count <= SurveyRound.answersMax
        else { return nil }
        var round = SurveyRound(year: year, version: Int(clamping: version))
        round.isClosed = isClosed
        round.invited = value["invited"]?.asInteger.map { Int(clamping: $0) }
        for answer in answers {
            guard let administration = answer["administration"]?.asText,
                let text = answer["values"]?.asText,
                let read = SurveyAnswers(
                    administration: administration,
                    values: text.map { $0 == "-" ? nil : $0.wholeNumberValue ?? 0 })
            else { return nil }
            round.answers.append(read)
        }
        self.round = round
        self.lists = Set(lists.compactMap(\.asText))
    }
}
