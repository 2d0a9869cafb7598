import Foundation
import SlussCore
import SlussDomain
import SlussSync
import Testing
import _SlussTestSupport

/// A machine that many share: the store's folder and what is beside the store in it.
struct SharedMachine {
    let folder: TemporaryFolder
    let today = Day(year: 2026, month: 3, day: 9) ?? Day(number: 0)

    init() throws { folder = try TemporaryFolder() }

    func box(seed: UInt64 = 1, notify: ((Phrase) -> Void)? = nil) -> DraftBox {
        DraftBox(store: folder.path, generator: SplitMix64(seed: seed), notify: notify)
    }

    /// Every file below `drafts`, by its path in there.
    func files() throws -> [String] {
        let names = FileManager.default.enumerator(atPath: folder.path("drafts"))?.allObjects
        return (names as? [String] ?? []).filter { name in
            var isFolder: ObjCBool = false
            let path = folder.path("drafts/" + name)
            _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            return !isFolder.boolValue
        }.sorted()
    }
}

@Suite struct DraftBoxTests {
    private static let text = Array("Vagnen skramlar på natten.".utf8)

    @Test func aDraftIsSavedWithoutAPINAndReadWithIt() throws {
        let machine = try SharedMachine()
        let box = machine.box()
        let anna = try box.add(name: "Anna", pin: "4711", today: machine.today)
        try box.save(Self.text, id: "d1", kind: "idea", at: 100, for: anna)
        try box.save([], id: "d2", kind: "meeting", at: 200, for: anna)
        // Another process sees the same.
        let again = machine.box(seed: 2)
        #expect(try again.persons() == [anna])
        let drafts = try again.drafts(of: anna)
        #expect(drafts.map(\.id) == ["d2", "d1"])
        #expect(drafts.map(\.kind) == ["meeting", "idea"])
        #expect(drafts.map(\.seconds) == [200, 100])
        for pin in [nil, "", "4712", "47111", "anna"] {
            #expect(throws: DraftError.wrongPIN) { try again.key(of: anna, pin: pin) }
        }
        let key = try again.key(of: anna, pin: "4711")
        #expect(try again.read(drafts[1], of: anna, with: key) == Self.text)
        #expect(try again.read(drafts[0], of: anna, with: key).isEmpty)
        try again.discard(id: "d1", of: anna)
        #expect(try box.drafts(of: anna).map(\.id) == ["d2"])
        #expect(throws: DraftError.noSuchDraft) {
            try box.read(drafts[1], of: anna, with: key)
        }
        try again.discard(id: "d1", of: anna)
    }

    @Test func theNextPersonOpensNothingOfIt() throws {
        let machine = try SharedMachine()
        let box = machine.box()
        let anna = try box.add(name: "Anna", pin: "4711", today: machine.today)
        let bo = try box.add(name: "Bo", pin: nil, today: machine.today)
        try box.save(Self.text, id: "d1", kind: "idea", at: 100, for: anna)
        try box.save(Self.text, id: "d1", kind: "idea", at: 100, for: nil)
        let draft = try #require(try box.drafts(of: anna).first)
        #expect(try box.drafts(of: bo).isEmpty)
        for other in [bo, nil] {
            let key = try box.key(of: other, pin: nil)
            #expect(throws: DraftError.otherKey) {
                try box.read(draft, of: anna, with: key)
            }
        }
        let key = try box.key(of: nil, pin: nil)
        #expect(try box.read(draft, of: nil, with: key) == Self.text)
    }

    @Test func noNameIsInAFileNameNoTextIsReadableAndNobodyElseMayRead() throws {
        let machine = try SharedMachine()
        let box = machine.box()
        let anna = try box.add(name: "Anna Ö", pin: "4711", today: machine.today)
        try box.save(Self.text, id: "d1", kind: "idea", at: 100, for: anna)
        try box.save(Self.text, id: "d1", kind: "idea", at: 100, for: nil)
        try box.noteSeen(record: "abc", answers: 1)
        let files = try machine.files()
        #expect(files.count == 7)
        #expect(!files.contains { $0.contains("Anna") })
        let modes = try shell("find '\(machine.folder.path("drafts"))' -printf '%y %m\\n'")
        #expect(Set(modes.split(separator: "\n")) == ["d 700", "f 600"])
        for file in files {
            let bytes = try bytes(ofFile: machine.folder.path("drafts/" + file))
            #expect(!String(decoding: bytes, as: UTF8.self).contains("skramlar"))
            let isCard = file.hasSuffix("/person")
            #expect(String(decoding: bytes, as: UTF8.self).contains("Anna Ö") == isCard)
        }
        // An open folder is closed again.
        try shell("chmod 755 '\(machine.folder.path("drafts"))'")
        try box.noteSeen(record: "abc", answers: 2)
        #expect(
            try shell("stat -c %a '\(machine.folder.path("drafts"))'").hasPrefix("700"))
    }

    @Test func aDraftOpensToAge() throws {
        let machine = try SharedMachine()
        let box = machine.box()
        let bo = try box.add(name: "Bo", pin: nil, today: machine.today)
        try box.save(Self.text, id: "d1", kind: "idea", at: 100, for: bo)
        let own = machine.folder.path("drafts/" + bo.id)
        let plain = try shell("age -d -i '\(own)/identity' '\(own)/d1.idea.age'")
        #expect(Array(plain.utf8) == Self.text)
    }

    /// Thrown after all is written and before it is renamed, as `kill -9` would end it.
    private struct Killed: Error {}

    @Test func whoeverIsKilledWhileSavingHasTheFormerDraft() throws {
        let machine = try SharedMachine()
        let box = machine.box()
        let anna = try box.add(name: "Anna", pin: nil, today: machine.today)
        try box.save(Self.text, id: "d1", kind: "idea", at: 100, for: anna)
        box.interruption = { throw Killed() }
        #expect(throws: Killed.self) {
            try box.save([1, 2, 3], id: "d1", kind: "idea", at: 200, for: anna)
        }
        #expect(throws: Killed.self) { try box.setPIN(of: anna, from: nil, to: "4711") }
        #expect(throws: Killed.self) { try box.add(name: "Bo", pin: nil, today: machine.today) }
        #expect(throws: Killed.self) { try box.noteSeen(record: "a", answers: 1) }
        let again = machine.box(seed: 2)
        #expect(try again.persons() == [anna])
        let drafts = try again.drafts(of: anna)
        #expect(drafts.map(\.seconds) == [100])
        let key = try again.key(of: anna, pin: nil)
        #expect(try again.read(drafts[0], of: anna, with: key) == Self.text)
        // What was left behind goes with what is old.
        #expect(try machine.files().contains { $0.contains(".new-") })
        try again.discardIdle(before: 201)
        #expect(!(try machine.files().contains { $0.contains(".new-") }))
    }

    @Test func anotherDraftOfTheSameIDTakesItsPlaceWhateverTheClockSays() throws {
        let machine = try SharedMachine()
        let box = machine.box()
        try box.save([1], id: "d1", kind: "idea", at: 300, for: nil)
        try box.save([2], id: "d1", kind: "meeting", at: -5, for: nil)
        let drafts = try box.drafts(of: nil)
        #expect(drafts.map(\.kind) == ["meeting"] && drafts.map(\.seconds) == [-5])
        #expect(try box.read(drafts[0], of: nil, with: box.key(of: nil, pin: nil)) == [2])
    }

    @Test func whatIsIdleGoesAndNothingElse() throws {
        let machine = try SharedMachine()
        let box = machine.box()
        try box.discardIdle(before: 1000)
        #expect(!FileManager.default.fileExists(atPath: machine.folder.path("drafts")))
        let anna = try box.add(name: "Anna", pin: nil, today: machine.today)
        let now = 100 + DraftBox.idleSecondsMax
        for (id, person) in [("a", anna), ("b", nil)] {
            try box.save([1], id: id, kind: "idea", at: 99, for: person)
            try box.save([1], id: id + "2", kind: "idea", at: 100, for: person)
        }
        try box.discardIdle(before: now - DraftBox.idleSecondsMax)
        #expect(try box.drafts(of: anna).map(\.id) == ["a2"])
        #expect(try box.drafts(of: nil).map(\.id) == ["b2"])
        #expect(try box.persons() == [anna])
    }

    @Test func theLongestDraftIsTakenAndALongerOneIsNot() throws {
        let machine = try SharedMachine()
        let box = machine.box()
        let long = [UInt8](repeating: 7, count: DraftBox.draftBytesMax)
        try box.save(long, id: "d1", kind: "idea", at: 1, for: nil)
        let draft = try #require(try box.drafts(of: nil).first)
        #expect(try box.read(draft, of: nil, with: box.key(of: nil, pin: nil)) == long)
        let max = DraftBox.draftBytesMax
        #expect(throws: DraftError.tooLong(max: max, found: max + 1)) {
            try box.save(long + [7], id: "d1", kind: "idea", at: 2, for: nil)
        }
        #expect(try box.drafts(of: nil) == [draft])
        for count in 0..<(DraftBox.draftsMax + 5) {
            try box.save([1], id: "x\(count)", kind: "idea", at: Int64(count + 10), for: nil)
        }
        #expect(try box.drafts(of: nil).count == DraftBox.draftsMax)
        #expect(try box.drafts(of: nil).first?.id == "x\(DraftBox.draftsMax + 4)")
    }
}

@Suite struct DraftDamageTests {
    /// Damages the folder `own` of a person who has one draft, `d1.idea.age`.
    @Test(arguments: [
        ("truncate -s 100 d1.idea.age", "draftDamaged"), ("echo x > d1.idea.age", "draftDamaged"),
        ("truncate -s 0 d1.idea.age", "draftDamaged"),
        ("truncate -s 2M d1.idea.age", "draftDamaged"),
        ("printf x | dd of=d1.idea.age bs=1 seek=230 conv=notrunc", "draftDamaged"),
        ("rm d1.idea.age", "noSuchDraft"), ("rm d1.idea.age; mkfifo d1.idea.age", "noSuchDraft"),
        ("mv d1.idea.age t; ln -s t d1.idea.age", "noSuchDraft"),
        ("rm d1.idea.age; mkdir d1.idea.age", "noSuchDraft"),
        ("rm identity", "personDamaged"), ("echo x > identity", "personDamaged"),
        ("truncate -s 1M identity", "personDamaged"),
        ("rm -r ../*/", "noSuchPerson"),
    ])
    func whatIsDamagedIsSaidAndNothingTraps(command: String, code: String) throws {
        let machine = try SharedMachine()
        let box = machine.box()
        let anna = try box.add(name: "Anna", pin: nil, today: machine.today)
        try box.save([1, 2, 3], id: "d1", kind: "idea", at: 100, for: anna)
        let draft = try #require(try box.drafts(of: anna).first)
        let own = machine.folder.path("drafts/" + anna.id)
        try shell("cd '\(own)' && { \(command); } 2>/dev/null")
        let error = #expect(throws: DraftError.self) {
            try box.read(draft, of: anna, with: box.key(of: anna, pin: nil))
        }
        #expect(error.map { Explanation(of: $0).code } == code)
    }

    @Test func aForeignFileIsPassedOverWithOneSentence() throws {
        let machine = try SharedMachine()
        var said: [Phrase] = []
        let box = machine.box { said.append($0) }
        let anna = try box.add(name: "Anna", pin: nil, today: machine.today)
        let bo = try box.add(name: "Bo", pin: nil, today: machine.today)
        try box.save([1], id: "d1", kind: "idea", at: 100, for: anna)
        let drafts = machine.folder.path("drafts")
        try shell(
            """
            cd '\(drafts)'; echo hej > hej.txt; mkdir hejhej
            echo hej > \(anna.id)/hej.txt; echo hej > '\(anna.id)/a b.idea.age'
            printf 'sluss-person 1\\n\\e[2J\\nBo\\n' > \(bo.id)/person; head -c 2M /dev/zero > seen
            """)
        for _ in 0..<2 {
            #expect(try box.persons() == [anna])
            #expect(try box.drafts(of: anna).map(\.id) == ["d1"])
            #expect(box.seenAnswers().isEmpty)
        }
        #expect(said.count == 3)
        #expect(said.allSatisfy { $0.swedish.contains("Den ligger kvar.") })
        #expect(said.allSatisfy { $0.english.contains("It is still there.") })
        #expect(!said.contains { $0.swedish.contains("Anna") || $0.swedish.contains("Bo\n") })
        // The text of somebody whose file is damaged is not taken for somebody else's.
        let error = #expect(throws: DraftError.self) {
            try box.save([1], id: "d1", kind: "idea", at: 1, for: bo)
        }
        #expect(error.map { Explanation(of: $0).code } == "personDamaged")
    }

    @Test func aTextOfNobodyFindsAPlaceWhateverWasThere() throws {
        let machine = try SharedMachine()
        var said: [Phrase] = []
        let box = machine.box { said.append($0) }
        try box.save([1], id: "d1", kind: "idea", at: 100, for: nil)
        try machine.folder.write(Array("x".utf8), to: "drafts/nobody/identity")
        try box.save([2], id: "d2", kind: "idea", at: 100, for: nil)
        #expect(try box.drafts(of: nil).map(\.id) == ["d2"])
        #expect(said.count == 1)
        #expect(try machine.files().contains { $0.hasPrefix(".damaged-") })
        let key = try box.key(of: nil, pin: nil)
        #expect(try box.read(box.drafts(of: nil)[0], of: nil, with: key) == [2])
    }

    @Test func whereNoFolderCanBeItIsSaid() throws {
        let machine = try SharedMachine()
        try machine.folder.write(Array("x".utf8), to: "drafts")
        let elsewhere = try machine.folder.folder("elsewhere")
        for _ in 0..<2 {
            let box = machine.box()
            for act in [
                { try box.save([1], id: "d1", kind: "idea", at: 1, for: nil) },
                { _ = try box.add(name: "Anna", pin: nil, today: machine.today) },
                { try box.noteSeen(record: "a", answers: 1) },
            ] as [() throws -> Void] {
                let error = #expect(throws: DraftError.self) { try act() }
                #expect(error.map { Explanation(of: $0).code } == "draftNotWritten")
            }
            #expect(try box.persons().isEmpty && box.drafts(of: nil).isEmpty)
            // And a link leads nowhere.
            try shell("cd '\(machine.folder.path)' && rm drafts && ln -s '\(elsewhere)' drafts")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere).isEmpty)
    }
}
