import Foundation
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// What is masked or disposed of is gone: from every file of every store that knows of it, and from
/// whatever older bundles and backups bring later.
///
/// Method: canary words in every text, real stores, bundles and backups; every file is searched for
/// the bytes.
@Suite struct ErasureTests {
    private static let canary = "zqxkanarie"

    /// The files of a store in which the word stands.
    private static func found(_ town: Town, _ place: String) throws -> [String] {
        let folder = town.folder.path(place)
        let names = try #require(FileManager.default.enumerator(atPath: folder))
        return try names.compactMap { $0 as? String }.filter { name in
            let url = URL(fileURLWithPath: folder + "/" + name)
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile ?? false
            else { return false }
            return try Data(contentsOf: url).range(of: Data(canary.utf8)) != nil
        }
    }

    /// An idea with canaries at the unit and at the central, and the bundle that brought it.
    private static func made() throws -> (Town, number: String, bundle: String) {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        _ = try town.add("Hissen står still varje måndag.", at: "care")
        let number = try town.add("Rummet hos \(canary) är för kallt.", at: "care")
        try town.edit(number, at: "care") { $0.solution = "Flytta \(canary) till rum fyra." }
        let bundle = try #require(try town.export("care"))
        try town.merge([bundle], at: "central")
        #expect(try found(town, "central").isEmpty == false, "the search finds what is there")
        #expect(try found(town, "care").isEmpty == false)
        return (town, number, bundle)
    }

    private static func mask(_ fields: String...) -> ErasureOrder {
        ErasureOrder(.mask, reason: .personalData, decision: "OMN 2026-17", fields: fields)
    }

    private static func erase(_ town: Town, _ number: String, _ order: ErasureOrder) throws {
        let isEmpty = try town.open("central").erase(
            [number], order, by: .init(role: .coordinator))
        #expect(isEmpty)
    }

    @Test func maskedFieldsAreGoneEverywhereAndStayGone() throws {
        let (town, number, bundle) = try Self.made()
        let old = try #require(
            try town.export("central", to: "OMS-HT-02", on: "old"))
        try Self.erase(town, number, Self.mask("problem", "solution"))
        #expect(try Self.found(town, "central").isEmpty)
        let idea = try town.open("central").idea(number)
        #expect(idea.problem == "[maskat: personuppgift, 2026-03-09, samordnare]")
        #expect(idea.number == number && idea.unit == "OMS-HT-02" && idea.day != nil)
        #expect(idea.state.conflicts.isEmpty && !idea.state.holdsUnknown)
        #expect(try town.open("central").check().isEmpty, "chains verify")
        #expect(try town.open("central").search(Self.canary).isEmpty)
        #expect(try town.open("central").search("hissen").count == 1, "the rest is found")

        // Every historic bundle again, also at a store that has never seen it.
        #expect(try town.merge([bundle], at: "central").bundles.first?.isRefused == false)
        #expect(try Self.found(town, "central").isEmpty)

        // The unit learns of it with the next bundle.
        let answer = try #require(try town.export("central", to: "OMS-HT-02", on: "back"))
        try town.merge([answer], at: "care")
        #expect(try Self.found(town, "care").isEmpty)
        #expect(try town.open("care").idea(number).problem == idea.problem)
        #expect(try town.open("care").check().isEmpty)
        try town.merge([old], at: "care")
        #expect(try Self.found(town, "care").isEmpty)
        #expect(try town.state("care") == town.state("central"))

        // And the central that it has.
        let before = try #require(try town.open("central").erasedRecords().first)
        #expect(before.number == number && before.note.decision == "OMN 2026-17")
        #expect(before.confirmed.map(\.unit.description) == ["OMS-HT-02"])
        #expect(before.confirmed.first?.day == nil)
        let word = try #require(try town.export("care"))
        try town.merge([word], at: "central")
        #expect(try town.open("central").erasedRecords().first?.confirmed.first?.day != nil)
    }

    @Test func whatWasWrittenMeanwhileGoesToo() throws {
        let (town, number, _) = try Self.made()
        try town.edit(number, at: "care") { $0.problem = "Det är \(Self.canary) som fryser." }
        try town.edit(number, at: "care") { $0.effect = "Ingen ännu." }
        try Self.erase(town, number, Self.mask("problem", "solution"))
        let late = try #require(try town.export("care"))
        try town.merge([late], at: "central")
        #expect(try Self.found(town, "central").isEmpty)
        let idea = try town.open("central").idea(number)
        #expect(idea.problem?.hasPrefix("[maskat") == true)
        #expect(idea.state.text("effect") == "Ingen ännu.", "what has nothing of it stays")
        #expect(idea.state.conflicts.isEmpty)
        #expect(try town.open("central").check().isEmpty)
        // Whoever has seen it writes on.
        let answer = try #require(try town.export("central", to: "OMS-HT-02", on: "back"))
        try town.merge([answer], at: "care")
        try town.edit(number, at: "care") { $0.problem = "Ett rum är för kallt om natten." }
        try town.merge([try #require(try town.export("care"))], at: "central")
        #expect(
            try town.open("central").idea(number).problem == "Ett rum är för kallt om natten.")
    }

    /// Taking a resolution back notes the values that stand again: they are the field's, too.
    @Test func whatTakingAResolutionBackHasNotedGoesToo() throws {
        let (town, number, _) = try Self.made()
        try town.edit(number, at: "care") { $0.problem = "\(Self.canary) fryser om natten." }
        try town.edit(number, at: "central") { $0.problem = "\(Self.canary) fryser jämt." }
        try town.merge([try #require(try town.export("care"))], at: "central")
        let person = OpenUnit.Person(role: .coordinator)
        let settled = try town.open("central").resolve(
            .init(side: .unit), reason: "enheten vet", by: person, isPlan: false)
        let undone = try town.open("central").undo(
            settling: try #require(settled.run), by: person)
        #expect(undone.reopened.count == 1)
        try Self.erase(town, number, Self.mask("problem", "solution"))
        #expect(try Self.found(town, "central").isEmpty)
        #expect(try town.open("central").check().isEmpty)
        let note = try #require(try town.open("central").erasedRecords().first?.note)
        #expect(note.fields?.map(\.description) == ["problem", "solution"])
    }

    /// What an erasing has said again of a record, its number among it, cannot be undone: no number
    /// is given twice.
    @Test func aMergeThatBroughtAnErasingOrABlockIsNotUndone() throws {
        for isBlock in [false, true] {
            let (town, number, bundle) = try Self.made()
            if isBlock {
                try town.open("central").block(
                    [number], decision: "OMN 2026-17", by: .init(role: .coordinator))
            } else {
                try Self.erase(town, number, Self.mask("problem", "solution"))
            }
            let answer = try #require(try town.export("central", to: "OMS-HT-02", on: "back"))
            try town.merge([answer], at: "care")
            let before = try town.state("care")
            for isPlan in [true, false] {
                #expect(throws: InputError.decisionHolds(run: 1, record: number)) {
                    try town.open("care").undo(run: 1, isPlan: isPlan)
                }
            }
            #expect(try town.state("care") == before)
            #expect(try town.open("care").status().undoneWrites == 0)
            #expect(try town.open("care").check().isEmpty)
            let next = try town.add("En filt till.", at: "care")
            #expect(next.hasSuffix("-0003") && number.hasSuffix("-0002"))

            // Where all of the record came with the run, nothing is left that could be wrong.
            _ = try town.open("central").undo(run: 1)
            #expect(try town.open("central").ideas().isEmpty)
            try town.merge([bundle], at: "central")
            #expect(try town.open("central").idea(number).state.isBlocked == isBlock)
            #expect(try town.open("central").check().isEmpty)
        }
    }

    /// Nor one on which an erasing builds that was made later, if something is left of the record.
    @Test func anEarlierMergeThanTheErasingIsNotUndone() throws {
        let (town, number, _) = try Self.made()
        try town.edit(number, at: "care") { $0.effect = "Ingen ännu." }
        try town.merge([try #require(try town.export("care", on: "2"))], at: "central")
        try Self.erase(town, number, Self.mask("problem", "solution"))
        #expect(throws: InputError.decisionHolds(run: 2, record: number)) {
            try town.open("central").undo(run: 2)
        }
        #expect(try town.open("central").idea(number).state.text("effect") == "Ingen ännu.")
        #expect(try town.open("central").check().isEmpty)
    }

    @Test func otherFieldsOfTheSameWritesKeepTheirValues() throws {
        let (town, number, _) = try Self.made()
        let before = try town.open("central").idea(number)
        try Self.erase(town, number, Self.mask("problem"))
        let after = try town.open("central").idea(number)
        #expect(after.solution == before.solution && after.number == before.number)
        #expect(after.categories == before.categories && after.status == before.status)
        #expect(after.submitter == before.submitter && after.day == before.day)
        // A second masking keeps the first.
        try Self.erase(town, number, Self.mask("solution"))
        let both = try town.open("central").idea(number)
        #expect(both.problem?.hasPrefix("[maskat") == true)
        #expect(both.solution?.hasPrefix("[maskat") == true)
        #expect(try Self.found(town, "central").isEmpty)
        #expect(try town.open("central").check().isEmpty)
    }

    @Test func whatIsDisposedOfLeavesItsNumberAndItsStatus() throws {
        let (town, number, bundle) = try Self.made()
        try town.edit(number, at: "central") { $0.answer = "Tack, \(Self.canary) får en filt." }
        try Self.erase(
            town, number,
            ErasureOrder(.dispose, reason: .retention, decision: "Plan 4.2"))
        #expect(try Self.found(town, "central").isEmpty)
        let idea = try town.open("central").idea(number)
        #expect(idea.number == number && idea.unit == "OMS-HT-02" && idea.answers.isEmpty)
        #expect(idea.problem == "[gallrat: gallringsfrist, 2026-03-09, samordnare]")
        #expect(idea.status == "submitted")
        try town.merge([bundle], at: "central")
        #expect(try Self.found(town, "central").isEmpty)
        #expect(try town.open("central").check().isEmpty)
        #expect(throws: InputError.nothingToErase) {
            try Self.erase(
                town, number, ErasureOrder(.dispose, reason: .retention, decision: "igen"))
        }
    }

    /// A central that is set up anew, with the backup of March, gets rid of it when it meets the word
    /// of the erasing again.
    @Test func anOldBackupMergedLaterBringsNothingBack() throws {
        let (town, number, bundle) = try Self.made()
        let backup = try #require(
            try town.export("central", .full, on: "march", protection: .recipients))
        try Self.erase(town, number, Self.mask("problem", "solution"))
        let answer = try #require(try town.export("central", to: "OMS-HT-02", on: "back"))
        try town.merge([answer], at: "care")
        try town.merge([backup, bundle], at: "central")
        #expect(try Self.found(town, "central").isEmpty)
        try town.make("second", "KLK-SA-01", isCentral: true)
        let report = try town.merge([backup], at: "second")
        #expect(report.bundles.allSatisfy { !$0.isRefused }, "\(report.bundles)")
        #expect(try Self.found(town, "second").isEmpty == false, "it does not know of it yet")
        let later = try #require(
            try town.export("central", .full, on: "may", protection: .recipients))
        try town.merge([later], at: "second")
        #expect(try Self.found(town, "second").isEmpty)
        #expect(try town.state("second") == town.state("central"))
    }

    /// Two centrals that do not know of each other's erasing: an old one, and one restored from its
    /// backup.
    @Test func twoErasingsThatDidNotKnowOfEachOtherBothHold() throws {
        for isDisposed in [true, false] {
            let (town, number, _) = try Self.made()
            try town.edit(number, at: "care") { $0.title = "Rubrik om \(Self.canary)" }
            try town.edit(number, at: "care") { $0.effect = "Effekten syns." }
            try town.merge([try #require(try town.export("care"))], at: "central")
            let backup = try #require(
                try town.export("central", .full, on: "march", protection: .recipients))
            try town.make("second", "KLK-SA-01", isCentral: true)
            try town.merge([backup], at: "second")
            let person = OpenUnit.Person(role: .coordinator)
            #expect(
                try town.open("central").erase(
                    [number], Self.mask("problem", "title"), by: person))
            let other =
                isDisposed
                ? ErasureOrder(.dispose, reason: .retention, decision: "4.2")
                : Self.mask("solution")
            #expect(try town.open("second").erase([number], other, by: person))
            for (from, to) in [("central", "second"), ("second", "central")] {
                let bundle = try #require(
                    try town.export(from, .full, on: "\(from)-all", protection: .recipients))
                try town.merge([bundle], at: to)
            }
            #expect(try Self.found(town, "central").isEmpty, "\(isDisposed)")
            #expect(try Self.found(town, "second").isEmpty, "\(isDisposed)")
            #expect(try town.state("central") == town.state("second"))
            let idea = try town.open("central").idea(number)
            #expect(idea.number == number && idea.day != nil)
            #expect(idea.state.erasures.count == 2)
            if !isDisposed { #expect(idea.state.text("effect") == "Effekten syns.") }
            #expect(try town.open("central").check().isEmpty)
        }
    }

    /// An erasing holds though what it builds on does not count any more.
    @Test func anErasingHoldsThoughAnEarlierMergeIsUndone() throws {
        let (town, number, bundle) = try Self.made()
        try Self.erase(town, number, ErasureOrder(.mask, reason: .secrecy, decision: "8"))
        _ = try town.open("central").undo(run: 1)
        #expect(try town.open("central").erasedRecords().map(\.note.decision) == ["8"])
        try town.merge([bundle], at: "central")
        #expect(try Self.found(town, "central").isEmpty)
        #expect(try town.open("central").idea(number).problem?.hasPrefix("[maskat") == true)
        #expect(try town.open("central").check().isEmpty)
    }

    /// Each decision stays in the record of disposals.
    @Test func whatWasDecidedBeforeIsStillSaid() throws {
        let (town, number, _) = try Self.made()
        try Self.erase(town, number, Self.mask("problem"))
        try Self.erase(
            town, number,
            ErasureOrder(.mask, reason: .secrecy, decision: "18", fields: ["solution"]))
        try Self.erase(
            town, number, ErasureOrder(.dispose, reason: .retention, decision: "19"))
        let notes = try town.open("central").erasedRecords().map(\.note)
        #expect(Set(notes.map(\.decision)) == ["OMN 2026-17", "18", "19"])
        #expect(notes.first { $0.decision == "18" }?.reason == .secrecy)
        #expect(throws: InputError.nothingToErase) {
            try Self.erase(
                town, number, ErasureOrder(.dispose, reason: .retention, decision: "20"))
        }
    }

    /// A unit has erased something when each of its computers has.
    @Test func oneComputerDoesNotConfirmForAnother() throws {
        let (town, number, _) = try Self.made()
        try town.make("other", "OMS-HT-02", machine: "B")
        try town.add("Ljuset i trapphuset är svagt.", at: "other")
        try town.merge([try #require(try town.export("other"))], at: "central")
        try Self.erase(town, number, Self.mask("problem", "solution"))
        let answer = try #require(try town.export("central", to: "OMS-HT-02", on: "back"))
        func confirmed() throws -> Bool {
            try town.open("central").erasedRecords().first?.confirmed.first?.day != nil
        }
        for (place, isAll) in [("care", false), ("other", true)] {
            try town.merge([answer], at: place)
            try town.merge(
                [try #require(try town.export(place, on: "word-\(place)"))], at: "central")
            #expect(try confirmed() == isAll, "\(place)")
        }
    }

    @Test func nobodyElseErases() throws {
        let (town, number, _) = try Self.made()
        for (place, role) in [("care", Role.manager), ("central", .employee)] {
            #expect(throws: InputError.roleNotHere) {
                try town.open(place).erase([number], Self.mask(), by: .init(role: role))
            }
        }
        #expect(throws: InputError.self) { try Self.erase(town, number, Self.mask("nonsense")) }
        #expect(throws: InputError.noSuchRecord("OMS-HT-02-26-0099")) {
            try Self.erase(town, "OMS-HT-02-26-0099", Self.mask())
        }
        #expect(try town.open("central").erasedRecords().isEmpty)
    }

    @Test func aSignedNoteIsMaskedAndStaysSigned() throws {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        var entry = MeetingEntry()
        entry.items = try ["5 Boende: \(Self.canary) vill ha fisk", "6 Schema: nytt från mars"].map
        {
            try NoteLine(typed: $0)
        }
        let number = try #require(try town.open("care").add(entry, by: .init()).number)
        var signing = MeetingEntry()
        signing.signers = ["Anna", "Bo"]
        _ = try town.open("care").edit(number, signing, by: .init())
        try town.merge([try #require(try town.export("care"))], at: "central")
        let field = try #require(
            try town.open("central").meeting(number).state.paths.first {
                $0.description.hasSuffix(".text")
            })
        try Self.erase(town, number, Self.mask(field.description))
        #expect(try Self.found(town, "central").isEmpty)
        #expect(try town.open("central").check().isEmpty)
        let after = try town.open("central").meeting(number)
        #expect(after.isLocked && after.signers == ["Anna", "Bo"])
        #expect(after.state.text(field)?.hasPrefix("[maskat") == true)
        #expect(after.items.count == 2)
        // And all of it.
        try Self.erase(town, number, ErasureOrder(.dispose, reason: .retention, decision: "9"))
        let gone = try town.open("central").meeting(number)
        #expect(gone.isLocked && gone.number == number && gone.items.isEmpty)
        #expect(try town.open("central").check().isEmpty)
    }
}
