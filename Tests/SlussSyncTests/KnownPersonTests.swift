import Foundation
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

@Suite struct KnownPersonTests {
    @Test func namesAreInSwedishOrderWithTheLastLettersLast() throws {
        let machine = try SharedMachine()
        let box = machine.box()
        let names = ["Östen", "Zeb", "Åsa", "anna", "Ärla", "Évert", "Erik", "Ülle", "Bo", "Bo 2"]
        for name in names { _ = try box.add(name: name, pin: nil, today: machine.today) }
        let order = ["anna", "Bo", "Bo 2", "Erik", "Évert", "Ülle", "Zeb", "Åsa", "Ärla", "Östen"]
        #expect(try box.persons().map(\.name) == order)
        #expect(try machine.box(seed: 9).persons().map(\.name) == order)
    }

    @Test(arguments: [
        ("Anna", "nameTaken"), ("ANNA", "nameTaken"), ("  anna ", "nameTaken"),
        ("", "tooShort"), (String(repeating: "x", count: 81), "tooLong"),
        ("Anna\nB", "controlCharacter"), ("An\u{1B}[2Jna", "controlCharacter"),
        ("19900101-2385", "personalNumber"),
    ])
    func aNameIsTakenOnceAndCheckedAsAnyOther(name: String, code: String) throws {
        let machine = try SharedMachine()
        let box = machine.box()
        _ = try box.add(name: "Anna", pin: nil, today: machine.today)
        let error = #expect(throws: (any Error).self) {
            try box.add(name: name, pin: nil, today: machine.today)
        }
        #expect(error.map { Explanation(of: $0).code } == code)
        #expect(try box.persons().count == 1)
        // Composed or not, it is the same name.
        _ = try box.add(name: "Åsa", pin: nil, today: machine.today)
        #expect(throws: DraftError.nameTaken) {
            try box.add(name: "A\u{30A}sa", pin: nil, today: machine.today)
        }
    }

    @Test(arguments: ["", "123", "123456789", "12a4", "１２３４", "12 34"])
    func aPINIsFourToEightDigits(pin: String) throws {
        let machine = try SharedMachine()
        let box = machine.box()
        #expect(throws: DraftError.malformedPIN) {
            try box.add(name: "Anna", pin: pin, today: machine.today)
        }
        #expect(try box.persons().isEmpty)
    }

    @Test func aPINIsGivenChangedAndTakenOffByWhoKnowsIt() throws {
        let machine = try SharedMachine()
        let box = machine.box()
        let anna = try box.add(name: "Anna", pin: nil, today: machine.today)
        try box.save([1, 2], id: "d1", kind: "idea", at: 1, for: anna)
        #expect(!anna.hasPIN)
        try box.setPIN(of: anna, from: nil, to: "12345678")
        #expect(try box.persons().map(\.hasPIN) == [true])
        for wrong in [nil, "1234"] {
            #expect(throws: DraftError.wrongPIN) {
                try box.setPIN(of: anna, from: wrong, to: "4711")
            }
        }
        #expect(throws: DraftError.malformedPIN) {
            try box.setPIN(of: anna, from: "12345678", to: "47")
        }
        try box.setPIN(of: anna, from: "12345678", to: "4711")
        #expect(throws: DraftError.wrongPIN) { try box.key(of: anna, pin: "12345678") }
        let key = try box.key(of: anna, pin: "4711")
        let draft = try #require(try box.drafts(of: anna).first)
        #expect(try box.read(draft, of: anna, with: key) == [1, 2])
        try box.setPIN(of: anna, from: "4711", to: nil)
        #expect(try box.persons() == [anna])
        let open = try box.key(of: anna, pin: nil)
        #expect(try box.read(draft, of: anna, with: open) == [1, 2])
    }

    @Test func whoeverIsRemovedTakesTheDraftsAlong() throws {
        let machine = try SharedMachine()
        let box = machine.box()
        let anna = try box.add(name: "Anna", pin: "4711", today: machine.today)
        let bo = try box.add(name: "Bo", pin: nil, today: machine.today)
        try box.save([1], id: "d1", kind: "idea", at: 1, for: anna)
        try box.save([1], id: "d1", kind: "idea", at: 1, for: bo)
        try box.remove(anna)
        #expect(try box.persons() == [bo])
        #expect(!(try machine.files().contains { $0.contains(anna.id) || $0.contains(".gone") }))
        #expect(try box.drafts(of: bo).count == 1)
        for act in [
            { try box.remove(anna) }, { _ = try box.drafts(of: anna) },
            { try box.save([1], id: "d2", kind: "idea", at: 1, for: anna) },
            { try box.setPIN(of: anna, from: "4711", to: nil) },
            { _ = try box.key(of: anna, pin: "4711") },
        ] as [() throws -> Void] {
            #expect(throws: DraftError.noSuchPerson) { try act() }
        }
        let again = try box.add(name: "Anna", pin: nil, today: machine.today)
        #expect(again.id != anna.id)
        #expect(try box.drafts(of: again).isEmpty)
    }

    @Test func aPINCostsEachWhoTriesItAndNotTooMuch() throws {
        let machine = try SharedMachine()
        let box = machine.box()
        let anna = try box.add(name: "Anna", pin: "4711", today: machine.today)
        let file = machine.folder.path("drafts/\(anna.id)/identity")
        let lines = String(decoding: try bytes(ofFile: file), as: UTF8.self).split(separator: "\n")
        #expect(lines[0] == "age-encryption.org/v1")
        #expect(lines[1].hasPrefix("-> scrypt ") && lines[1].hasSuffix(" 15"))
        #expect(!"\(try box.key(of: anna, pin: "4711"))".contains("AGE-SECRET-KEY"))
    }

    @Test func whatWasSeenIsRememberedAndNeverLess() throws {
        let machine = try SharedMachine()
        let box = machine.box()
        #expect(box.seenAnswers().isEmpty)
        try box.noteSeen(record: "aa", answers: 2)
        try box.noteSeen(record: "bb", answers: 1)
        try box.noteSeen(record: "aa", answers: 1)
        try box.noteSeen(record: "aa", answers: 0)
        #expect(machine.box(seed: 2).seenAnswers() == ["aa": 2, "bb": 1])
        for damage in ["", "x", "sluss-seen 1\naa", "sluss-seen 1\naa 2 3\n", "sluss-seen 1\n\n\n"]
        {
            try machine.folder.write(Array(damage.utf8), to: "drafts/seen")
            #expect(machine.box().seenAnswers().isEmpty)
        }
        try box.noteSeen(record: "cc", answers: 1)
        #expect(box.seenAnswers() == ["cc": 1])
    }

    /// What nobody but this machine may have: no bundle holds a name or a draft.
    @Test func nothingOfItIsExported() throws {
        let town = try Town()
        try town.make("care", "OMS-HT-02")
        try town.add("Porten är mörk på kvällen.", at: "care")
        let box = DraftBox(store: town.folder.path("care"))
        let anna = try box.add(name: "Anna Kanelbulle", pin: nil, today: town.today)
        try box.save(Array("Vagnen skramlar".utf8), id: "d1", kind: "idea", at: 1, for: anna)
        let bundle = try #require(try town.export("care", .full, protection: .plain))
        let text = try shell("bsdtar -xOf '\(bundle)' | tr -d '\\000'; bsdtar -tf '\(bundle)'")
        #expect(text.contains("Porten"))
        for secret in ["Kanelbulle", "skramlar", anna.id, "drafts"] {
            #expect(!text.contains(secret))
        }
        #expect(try town.open("care").check().isEmpty)
    }
}

/// Every sentence about drafts and persons: what happened, what was not changed, what to do next.
@Suite struct DraftErrorTextTests {
    private static let hostile = "\u{1B}[2J\u{202E}x"

    @Test(arguments: [
        (DraftError.malformedPIN, "malformedPIN", 65 as Int32), (.wrongPIN, "wrongPIN", 40),
        (.nameTaken, "nameTaken", 65), (.tooManyPersons(max: 500), "tooManyPersons", 65),
        (.noSuchPerson, "noSuchPerson", 65), (.noSuchDraft, "noSuchDraft", 65),
        (.tooLong(max: 1, found: 2), "draftTooLong", 65), (.otherKey, "otherPersonsKey", 40),
        (.damagedDraft(hostile), "draftDamaged", 13),
        (.damagedPerson(hostile), "personDamaged", 13), (.notEnoughMemory, "notEnoughMemory", 1),
        (.notWritten(hostile, number: 28), "draftNotWritten", 30),
        (.notConfirmed(hostile, number: 5), "draftNotConfirmed", 30),
        (.notRead(hostile, number: 13), "draftNotRead", 30),
    ])
    func everySentenceSaysWhatWhatNotAndWhatNext(error: DraftError, code: String, status: Int32) {
        let explanation = Explanation(of: error)
        #expect(explanation.code == code)
        #expect(explanation.status.rawValue == status)
        let swedish = explanation.phrase(.swedish)
        let english = explanation.phrase(.english)
        let stays =
            switch error {
            case .notWritten: ("Det som fanns förut är kvar.", "What was there before is there.")
            case .notConfirmed: ("Inget annat har ändrats.", "Nothing else was changed.")
            default: ("Inget har ändrats", "Nothing was changed")
            }
        #expect(swedish.contains(stays.0), "\(swedish)")
        #expect(english.contains(stays.1), "\(english)")
        for (text, stays) in [(swedish, stays.0), (english, stays.1)] {
            let parts = text.components(separatedBy: stays)
            #expect(parts.count == 2 && parts.allSatisfy { $0.utf8.count > 10 }, "\(text)")
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
        }
    }

    @Test func aFullDiskIsCalledThatInBothLanguages() {
        let phrase = Explanation(of: DraftError.notWritten("x", number: ENOSPC)).phrase
        #expect(phrase(.swedish).contains("disken är full"))
        #expect(phrase(.english).contains("the disk is full"))
    }
}
