import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// Personal numbers are looked for again when a bundle is made and when one is merged.
///
/// They get past the entry on a computer whose clock is behind: who is born after tomorrow is
/// nobody yet.
@Suite struct PersonalNumberReportTests {
    private static let number = "202312312388"

    private static func care() throws -> Town {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        return town
    }

    /// The unit on a day of 2023.
    private static func early(_ town: Town, seed: UInt64 = 99) throws -> OpenUnit {
        try OpenUnit(
            folder: town.folder.path("care"), for: .writing("test"),
            today: #require(Day("2023-06-01")),
            on: Machine(id: "test", name: "PC-1", stateFolder: town.folder.path("state")),
            generator: SplitMix64(seed: seed))
    }

    private static func report(_ town: Town, _ kind: ExportKind = .delta) throws
        -> (PersonalNumberReport, String)
    {
        let stick = try town.folder.folder("stick-\(kind)")
        let outcome = try town.open("care").export(kind, to: .central, output: stick)
        guard case .written(let report) = outcome else { throw InputError.nothingToChange }
        return (report.personalNumbers, report.path)
    }

    private static func lines(_ report: PersonalNumberReport) -> [String] {
        report.sightings.map { "\($0.record) \($0.field) \($0.level) \($0.count)" }
    }

    @Test func whatIsSentAndWhatComesInIsSaidWithoutTheDigits() throws {
        let town = try Self.care()
        var entry = IdeaEntry(
            problem: "Det gällde \(Self.number), \(Self.number) och boende 9001012385.")
        entry.title = "Om \(Self.number)"
        entry.name = Self.number
        entry.submitter = .name
        let number = try Self.early(town).add(entry).number.description
        var note = MeetingEntry()
        note.items = [NoteLine(item: 5, text: "tel 9001012385")]
        note.addendum = "Gällde 20231231-2388"
        note.day = town.today
        let person = OpenUnit.Person(name: Self.number)
        let meeting = try #require(try Self.early(town, seed: 98).add(note, by: person).number)
        try town.add("Porten är mörk på kvällen.", at: "care")

        let (sent, path) = try Self.report(town)
        let expected = [
            "\(meeting) addendum certain 1", "\(meeting) author certain 1",
            "\(number) author certain 1", "\(number) problem certain 2",
            "\(number) submitter certain 1",
            "\(number) title certain 1", "\(number) problem possible 1",
        ].sorted()
        #expect(Self.lines(sent).sorted() == expected)
        #expect(sent.wantsLook)
        // A run is not stopped, and says the same where it comes in; once.
        let plan = try #require(try town.merge([path], at: "central", isPlan: true).bundles.first)
        #expect(Self.lines(plan.personalNumbers) == Self.lines(sent))
        let merged = try #require(try town.merge([path], at: "central").bundles.first)
        #expect(merged.word == "merged" && merged.wantsLook)
        #expect(Self.lines(merged.personalNumbers) == Self.lines(sent))
        let again = try #require(try town.merge([path], at: "central").bundles.first)
        #expect(again.personalNumbers.sightings.isEmpty && !again.wantsLook)

        for report in [sent, merged.personalNumbers] {
            for language in Language.allCases {
                let text = report.lines(language).joined(separator: "\n")
                #expect(!text.contains("2388") && !text.contains("2385"))
                #expect(text.contains(number) && text.contains(meeting))
            }
            #expect(!"\(report)".contains("2388"))
        }
    }

    @Test func everyReportSaysWhereWhatWasNotStoppedAndWhatToDo() throws {
        let town = try Self.care()
        let number = try Self.early(town).add(IdeaEntry(problem: "Gällde \(Self.number)."))
            .number.description
        let (sent, path) = try Self.report(town)
        #expect(
            sent.lines(.swedish) == [
                "[TITTA] Det som skickas har något som ser ut som personnummer:",
                "  \(number), problem/behov: säkert (1)",
                "Paketet är gjort ändå. Ta bort numren ur texterna (”sluss idea edit”, ”sluss meeting edit”), och säg till samordnaren: det som redan är skrivet följer med i paketen tills det maskeras.",
            ])
        #expect(
            sent.lines(.english) == [
                "[LOOK] What is sent has something that looks like personal identity numbers:",
                "  \(number), problem/need: certain (1)",
                "The bundle was made all the same. Take the numbers out of the texts (“sluss idea edit”, “sluss meeting edit”), and tell the coordinator: what has been written goes with the bundles until it is masked.",
            ])
        let merged = try #require(try town.merge([path], at: "central").bundles.first)
        #expect(
            merged.personalNumbers.lines(.swedish) == [
                "[TITTA] Det som kom in har något som ser ut som personnummer:",
                "  \(number), problem/behov: säkert (1)",
                "Inget har stoppats. Ta bort numren ur texterna (”sluss idea edit”, ”sluss meeting edit”), och säg till samordnaren: det som redan är skrivet ligger kvar i loggen tills det maskeras.",
            ])
        #expect(
            merged.personalNumbers.lines(.english) == [
                "[LOOK] What came in has something that looks like personal identity numbers:",
                "  \(number), problem/need: certain (1)",
                "Nothing was stopped. Take the numbers out of the texts (“sluss idea edit”, “sluss meeting edit”), and tell the coordinator: what has been written stays in the log until it is masked.",
            ])
    }

    @Test func whatIsPossibleIsSaidAndNobodyMustLook() throws {
        let town = try Self.care()
        try town.add("En boende, 9001012385, ringde.", at: "care")
        try town.add("Ring 0701740607 eller tel 9001012385.", at: "care")
        let (sent, path) = try Self.report(town)
        #expect(Self.lines(sent) == ["OMS-HT-02-26-0001 problem possible 1"])
        #expect(!sent.wantsLook)
        let merged = try #require(try town.merge([path], at: "central").bundles.first)
        #expect(Self.lines(merged.personalNumbers) == Self.lines(sent) && !merged.wantsLook)
    }

    /// Drafts stay here, receipts are random, a backup goes to nobody.
    @Test func whatNobodyIsSentIsNotLookedAt() throws {
        let town = try Self.care()
        let draft = try town.open("care").add(IdeaEntry(problem: "Gällde 19900101-2385 i går."))
        #expect(draft.isStopped)
        for _ in 0..<20 { _ = try town.open("care").add(IdeaEntry(problem: "Porten är mörk.")) }
        #expect(try Self.report(town).0.sightings.isEmpty)
        #expect(try Self.report(town, .full).0.sightings.isEmpty)
    }

    @Test func aLongListIsCutInWordsAndCounted() throws {
        let town = try Self.care()
        for seed in 0..<25 as Range<UInt64> {
            var entry = IdeaEntry(problem: "Gällde \(Self.number).")
            entry.wantsReceipt = false
            _ = try Self.early(town, seed: 100 + seed).add(entry)
        }
        let (sent, _) = try Self.report(town)
        #expect(sent.sightings.count == 25)
        #expect(sent.lines(.swedish).count == 23)
        #expect(sent.lines(.swedish)[21] == "  … och på 5 ställen till")
        #expect(sent.lines(.english)[21] == "  … and in 5 more places")
    }
}
