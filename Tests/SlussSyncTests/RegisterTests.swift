import Foundation
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// The units register and what reports are made of, in real stores.
@Suite struct RegisterTests {
    private static func code(_ text: String) throws -> UnitCode { try #require(UnitCode(text)) }

    private static func edit(_ values: [RegisterEdit.Column: String]) -> RegisterEdit {
        var edit = RegisterEdit()
        edit.values = values
        return edit
    }

    @Test func onlyTheCentralWritesAndEveryoneReads() throws {
        let town = try Town()
        try town.make("a", "OMS-SB-04")
        let code = try Self.code("OMS-SB-04")
        var edit = Self.edit([.name: "Äppelvreten", .board: "Omsorgsnämnden", .firstUnit: "ja"])
        edit.headcount = [2026: 58]
        #expect(throws: InputError.onlyCentral) { try town.open("a").setRegister(code, edit) }
        #expect(try town.open("central").setRegister(code, edit).isChanged)
        #expect(try !town.open("central").setRegister(code, edit).isChanged)
        try town.export("central", to: "OMS-SB-04")
        try town.merge([town.folder.path("stick")], at: "a")
        let row = try #require(try town.open("a").register()[code])
        #expect(row.name == "Äppelvreten")
        #expect(row.board == "Omsorgsnämnden")
        #expect(row.isFirstUnit)
        #expect(row.headcount == [2026: 58])
        #expect(try town.open("a").status().holdsUnknown == 0)
    }

    @Test func aNewRowNeedsANameAndAnEmptyTextClears() throws {
        let town = try Town()
        let code = try Self.code("OMS-SB-04")
        let name = Phrase("namn", "name")
        #expect(throws: InputError.tooShort(name, min: 1)) {
            try town.open("central").setRegister(code, Self.edit([.board: "X"]))
        }
        let all = Self.edit([
            .name: "A", .board: "X", .validTo: "2026-01-01", .replacedBy: "oms-sb-05",
        ])
        let full = try town.open("central").setRegister(code, all).row
        #expect(full.replacedBy?.description == "OMS-SB-05")
        let cleared = try town.open("central").setRegister(
            code, Self.edit([.board: "", .validTo: " ", .replacedBy: ""])
        ).row
        #expect(cleared.board == nil && cleared.validTo == nil && cleared.replacedBy == nil)
        #expect(throws: InputError.tooShort(name, min: 1)) {
            try town.open("central").setRegister(code, Self.edit([.name: " "]))
        }
        #expect(throws: InputError.personalNumber(Phrase("chefens roll", "manager's role"))) {
            try town.open("central").setRegister(code, Self.edit([.manager: "19900101-2385"]))
        }
        #expect(throws: InputError.nothingToChange) {
            try town.open("central").setRegister(code, RegisterEdit())
        }
    }

    @Test func twoCentralsWriteInOneRow() throws {
        let town = try Town()
        try town.make("other", "KLK-SA-02", isCentral: true)
        let code = try Self.code("OMS-SB-04")
        _ = try town.open("central").setRegister(code, Self.edit([.name: "A", .board: "X"]))
        _ = try town.open("other").setRegister(code, Self.edit([.name: "A", .manager: "rektor"]))
        let full = try #require(try town.export("other", .full))
        try town.merge([full], at: "central")
        let register = try town.open("central").register()
        #expect(register.rows.count == 1)
        #expect(register[code]?.board == "X")
        #expect(register[code]?.manager == "rektor")
    }

    @Test func aListIsReadInAndBroughtUpToDate() throws {
        let town = try Town()
        let path = town.folder.path("units.csv")
        let csv = """
            kod;namn;nämnd;förvaltning;antal medarbetare 2026;giltig till;ersatt av;okänd
            OMS-SB-04;Äppelvreten;Omsorgsnämnden;OMS;58;;;x
            OMS-SB-01;Gamla;Omsorgsnämnden;OMS;;2025-12-31;OMS-SB-04;
            fel;Namn;;;;;;
            OMS-SB-02;;;;;;;
            """
        try Data(csv.utf8).write(to: URL(fileURLWithPath: path))
        let report = try town.open("central").importList(path, kind: .unit)
        #expect(report.imported == 2)
        #expect(report.refused.map(\.line) == [4, 5])
        #expect(report.unreadColumns == ["okänd"])
        let writes = try town.open("central").status().writes
        #expect(try town.open("central").importList(path, kind: .unit).imported == 2)
        #expect(try town.open("central").status().writes == writes)
        let json = town.folder.path("units.ndjson")
        let line = #"{"code": "OMS-SB-04", "headcount 2026": 60, "firstUnit": true}"#
        try Data(line.utf8).write(to: URL(fileURLWithPath: json))
        #expect(try town.open("central").importList(json, kind: .unit).imported == 1)
        let row = try town.open("central").register()[try Self.code("OMS-SB-04")]
        #expect(row?.headcount == [2026: 60])
        #expect(row?.isFirstUnit == true)
        try town.make("a", "OMS-SB-04")
        #expect(throws: InputError.onlyCentral) {
            try town.open("a").importList(json, kind: .unit)
        }
    }

    @Test func aBundleThatCrossesABorderSaysSo() throws {
        let town = try Town()
        try town.make("a", "OMS-SB-04")
        func border(_ place: String, _ receiver: Receiver) throws -> BoardBorder? {
            let stick = try town.folder.folder("stick")
            let outcome = try town.open(place).export(to: receiver, output: stick)
            guard case .written(let report) = outcome else { return nil }
            return report.border
        }
        let (unit, central) = try (Self.code("OMS-SB-04"), Self.code("KLK-SA-01"))
        try town.add("Vagnen skramlar på natten.", at: "a")
        #expect(try border("a", .central) == nil)
        let board = "Omsorgsnämnden"
        _ = try town.open("central").setRegister(unit, Self.edit([.name: "A", .board: board]))
        _ = try town.open("central").setRegister(
            central, Self.edit([.name: "C", .board: "Kommunstyrelsen"]))
        #expect(
            try border("central", .unit(unit))
                == BoardBorder(from: "Kommunstyrelsen", to: board))
        try town.merge([town.folder.path("stick")], at: "a")
        #expect(try border("a", .central) == BoardBorder(from: board, to: "Kommunstyrelsen"))
        _ = try town.open("central").setRegister(central, Self.edit([.board: board]))
        #expect(try border("central", .unit(unit)) == nil)
    }

    @Test func aReportsMaterialKnowsWhenButNotWho() throws {
        let town = try Town()
        try town.make("a", "OMS-SB-04")
        var entry = IdeaEntry(problem: "Vagnen skramlar på natten.", submitter: .name)
        entry.name = "Anna Hemlig"
        let number = try town.open("a").add(entry).number.description
        try town.export("a")
        try town.merge([town.folder.path("stick")], at: "central")
        try town.edit(number, at: "central") {
            $0.answer = "Vi har läst."
            $0.status = .forced(.testing)
        }
        let there = try town.open("central").reportMaterial()
        let idea = try #require(there.ideas.first)
        #expect(idea.arrived == town.today)
        #expect(idea.answers.map(\.given) == [town.today])
        #expect(idea.answers.map(\.visible) == [nil])
        #expect(idea.figures.steps.map(\.status) == [.submitted, .testing])
        #expect(idea.figures.steps.map(\.visible) == [town.today, nil])
        #expect(!String(describing: there).contains("Hemlig"))
        #expect(there.unregistered.map(\.description) == ["OMS-SB-04"])
        try town.export("central", to: "OMS-SB-04", on: "back")
        try town.merge([town.folder.path("back")], at: "a")
        let here = try town.open("a").reportMaterial()
        #expect(here.ideas.first?.answers.map(\.visible) == [town.today])
        #expect(here.ideas.first?.figures.decisionVisible == town.today)
        #expect(!String(describing: here).contains("Hemlig"))
        // The unit's next bundle says that it has the answer.
        try town.export("a")
        try town.merge([town.folder.path("stick")], at: "central")
        let known = try town.open("central").reportMaterial()
        #expect(known.ideas.first?.answers.map(\.visible) == [town.today])
    }

    @Test func ofNotesOnlyWhatWasLiftedComesAlongAndOnlyWhenReady() throws {
        let town = try Town()
        try town.make("a", "OMS-SB-04")
        var entry = MeetingEntry()
        entry.day = town.today.adding(days: -20)
        entry.items = [try NoteLine(typed: "5 Arbetsmiljö: hemlig punkt")]
        entry.lifts = [try NoteLine(typed: "9: helgschemat | samverkansgrupp | 2026-03-12")]
        entry.actions = [try NoteLine(typed: "6: köp lampor | Bo | 2026-03-01 | öppen")]
        let person = OpenUnit.Person(role: .employee)
        let meeting = try town.open("a").add(entry, by: person)
        let number = try #require(meeting.number)
        #expect(try town.open("a").reportMaterial().meetings.first?.lifts.isEmpty == true)
        var ready = MeetingEntry()
        ready.status = .ready
        ready.actionStatuses = [(1, .done)]
        _ = try town.open("a").edit(number, ready, by: person)
        let material = try town.open("a").reportMaterial()
        let found = try #require(material.meetings.first)
        #expect(found.lifts.map(\.text) == ["helgschemat"])
        #expect(found.lifts.map(\.to) == ["samverkansgrupp"])
        #expect(found.figures.actions.map(\.done) == [town.today])
        #expect(!String(describing: material).contains("hemlig"))
    }

    @Test func aPersonalNumberIsCoveredInAReport() throws {
        let town = try Town()
        try town.make("a", "OMS-SB-04")
        // Nobody is born yet on that day, so nothing stops it; the report is made later.
        try town.add("Ring 20260601-2397 om du undrar.", at: "a")
        #expect(try town.open("a").reportMaterial().ideas.first?.isStopped == false)
        let machine = Machine(id: "test", name: "PC-1", stateFolder: town.folder.path("state"))
        let later = try OpenUnit(
            folder: town.folder.path("a"), for: .reading, today: town.today.adding(days: 365),
            on: machine)
        let idea = try #require(try later.reportMaterial().ideas.first)
        #expect(idea.isStopped)
        #expect(idea.problem == "Ring \(PersonalNumberScan.mask) om du undrar.")
    }
}
