import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

@Suite struct ImportTests {
    private static func read(
        _ text: [UInt8], _ name: String = "lista.csv", kind: ImportKind = .idea
    ) throws -> (Town, Result<ImportReport, any Error>) {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        let path = try town.folder.write(text, to: name)
        let unit = try town.open("care")
        return (town, Result { try unit.importList(path, kind: kind) })
    }

    @Test func aSwedishSpreadsheetIsReadIn() throws {
        let csv = """
            \u{FEFF}Idé-nr;Datum;Problem/behov;Lösning;Kategori;Status;Stöd\r
            OMS-HT-02-25-0003;2025-01-20;"Nya vikarier hittar inte; det är mörkt.";"En ""karta"" i varje bil";kvalitet och säkerhet;Införd;3\r
            ;2025-02-02;"Elcyklarna står still
            i november.";;resurser, miljö;;\r

            """
        let (town, result) = try Self.read(Array(csv.utf8))
        let report = try result.get()
        #expect(report.imported == 2 && report.refused.isEmpty)
        let ideas = try town.open("care").ideas()
        #expect(ideas.map(\.number) == ["OMS-HT-02-25-0003", "OMS-HT-02-25-0004"])
        #expect(ideas[0].solution == "En \"karta\" i varje bil")
        #expect(ideas[0].status == "in-use" && ideas[0].support == 3)
        #expect(ideas[1].categories == ["environment", "resources"])
        #expect(ideas[1].problem == "Elcyklarna står still\ni november.")
    }

    @Test func rowsThatCannotBeTakenAreListedAndTheOthersAre() throws {
        let csv = """
            problem,day,status,number
            Porten är mörk på kvällen.,2026-01-12,,
            kort,2026-01-12,,
            Porten är mörk på morgonen.,12/1 2026,,
            Porten är mörk på natten.,2026-01-12,nästan,
            Porten är mörk på dagen.,2026-01-12,,OMS-SB-04-26-0001
            Senast gällde det 19900101-2385.,2026-01-12,,
            Trappan är hal på vintern.,2026-01-12,,

            """
        let (town, result) = try Self.read(Array(csv.utf8))
        let report = try result.get()
        #expect(report.imported == 2)
        #expect(report.refused.map(\.line) == [3, 4, 5, 6, 7])
        #expect(
            report.refused.map { Explanation(of: $0.reason).code }
                == ["tooShort", "malformed", "unknownChoice", "numberTaken", "personalNumber"])
        #expect(try town.open("care").ideas().count == 2)
        #expect(try town.open("care").check().isEmpty)
    }

    @Test func theSameListTwiceDoesNoHarm() throws {
        let csv = "problem,day\nPorten är mörk på kvällen.,2026-01-12\n"
        let (town, _) = try Self.read(Array(csv.utf8))
        let again = try town.open("care").importList(
            town.folder.path("lista.csv"), kind: .idea)
        #expect(again.imported == 0 && again.refused.count == 1)
    }

    @Test func linesOfJSONAreReadIn() throws {
        let json = """
            {"problem":"Porten är mörk på kvällen.","day":"2026-01-12","support":2}
            {"problem":"Trappan är hal på vintern.","categories":["lokaler/utrustning"]}

            """
        let (town, result) = try Self.read(Array(json.utf8), "lista.ndjson")
        #expect(try result.get().imported == 2)
        #expect(try town.open("care").ideas().map(\.support) == [2, 0])
    }

    @Test func notesAreReadIn() throws {
        let csv = "datum;närvarande;punkter\n2026-02-11;9+6;\"5: tungt lyft\n6: röda brickan\"\n"
        let (town, result) = try Self.read(Array(csv.utf8), kind: .meeting)
        #expect(try result.get().imported == 1)
        let meeting = try #require(try town.open("care").meetings().first)
        #expect(meeting.present == [9, 6])
        #expect(meeting.items.map(\.item) == [5, 6])
    }

    @Test(arguments: [
        ("latin1", [0x70, 0x72, 0x6F, 0x62, 0x6C, 0x65, 0x6D, 0x0A, 0xE5, 0x0A] as [UInt8]),
        ("empty", []), ("two alike", Array("problem,behov\na,b\n".utf8)),
        ("no headings", Array("a,b\nc,d\n".utf8)),
        ("open quote", Array("problem\n\"Porten är mörk.\n".utf8)),
        ("text after quote", Array("problem\n\"Porten\" är mörk.\n".utf8)),
    ])
    func listsThatCannotBeReadAreRefusedWhole(what: String, text: [UInt8]) throws {
        let (town, result) = try Self.read(text)
        #expect(throws: InputError.self) { try result.get() }
        #expect(try town.open("care").ideas().isEmpty)
    }

    @Test func brokenLinesAreListedAndTheOthersAreTaken() throws {
        let (_, result) = try Self.read(
            Array("{\"problem\":\"Porten är mörk på kvällen.\"}\n{\"a\":1,}\n[]\n".utf8), "l.ndjson"
        )
        let report = try result.get()
        #expect(report.imported == 1)
        #expect(report.refused.map(\.line) == [2, 3])
    }

    @Test func whatIsNotReadIsSaid() throws {
        let (_, result) = try Self.read(
            Array("problem;mystisk\nPorten är mörk på kvällen.;x\nPorten är mörk igen.;x;y\n".utf8))
        let report = try result.get()
        #expect(report.unreadColumns == ["mystisk"])
        #expect(report.imported == 1 && report.refused.map(\.line) == [3])
    }

    @Test func linesThatEndInCarriageReturnsAreLines() throws {
        let (_, result) = try Self.read(Array("problem\rPorten är mörk på kvällen.\r".utf8))
        #expect(try result.get().imported == 1)
    }
}
