import Foundation
import SlussCore
import SlussDomain
import SlussSync
import _SlussTestSupport

/// A store as this release keeps it, for every later one to open: `SyncFixtures/formats`.
///
/// A care home's, with what a store can hold: what was merged and what was not yet handed over, a
/// conflict, a note, a draft that stays, a merge that was undone and done again. Beside it lies a bundle that
/// it has not merged.
enum StoreFixture {
    /// The schema that it has; raised with the store's own, so that the former stays frozen.
    static let schema = 1
    /// The folder's name.
    static let name = "store-v\(schema)"
    /// The bundle that has not been merged yet.
    static let later = "later.sluss"
    /// What the store holds before and after that.
    static let expected = "expected.json"

    /// What a release finds in the store, as a text to be compared byte for byte.
    struct Result: Encodable {
        let before: StoryResult
        let after: StoryResult

        /// Opens the store of a place, which is changed by it.
        init(_ place: Place, merging bundle: String) throws {
            before = try StoryResult(at: place)
            let report = try CaseReader.open(place).merge([bundle])
            guard report.bundles.allSatisfy({ !$0.isRefused }) else {
                throw StoryFailure(what: "\(bundle) was refused")
            }
            after = try StoryResult(at: place)
        }
    }

    /// Makes them in a folder; all of them or none.
    static func write(to folder: String) throws {
        let scratch = try TemporaryFolder()
        try make(in: scratch.path)
        let copy = try TemporaryFolder()
        let text = try StoryResult.encoded(
            Result(place(copyOf: scratch.path, in: copy.path), merging: scratch.path(later)))
        try scratch.write(Array(text.utf8), to: expected)
        try FileManager.default.createDirectory(
            atPath: (folder as NSString).deletingLastPathComponent,
            withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: scratch.path, toPath: folder)
    }

    /// A copy of the frozen store that can be opened and written to; Git keeps no mode but one.
    static func place(copyOf fixture: String, in folder: String) throws -> Place {
        guard let letter = MachineLetter("") else { throw StoryFailure(what: "a letter") }
        let manager = FileManager.default
        for name in ["store", "state"] {
            try manager.copyItem(atPath: "\(fixture)/\(name)", toPath: "\(folder)/\(name)")
        }
        let place = Place(
            folder: folder, unit: FixtureNetwork.unit, letter: letter, isCentral: false,
            today: Day(number: 20_521))
        for name in manager.enumerator(atPath: folder)?.allObjects as? [String] ?? [] {
            let path = "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            _ = manager.fileExists(atPath: path, isDirectory: &isFolder)
            try manager.setAttributes(
                [.posixPermissions: isFolder.boolValue ? 0o700 : 0o600], ofItemAtPath: path)
        }
        return place
    }

    /// The schema that a store's file says it has: SQLite's header has it at a fixed place.
    static func schema(ofFile bytes: [UInt8]) -> Int {
        bytes.dropFirst(60).prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }

    private static func make(in folder: String) throws {
        let town = try StoryTown(output: folder, seed: 99)
        try town.make("hub", "KLK-SA-01", isCentral: true)
        try town.make("care", FixtureNetwork.unit.description)
        let number = try town.add("Nya vikarier hittar inte till portarna.", at: "care")
        try town.add("Elcyklarna står still i november.", at: "care")
        try town.at("care") { unit in
            var meeting = MeetingEntry()
            (meeting.place, meeting.present, meeting.status) = ("Personalrummet", [7, 5], .draft)
            meeting.items = [try NoteLine(typed: "5 Arbetsmiljö: ljudnivån i matsalen")]
            _ = try unit.add(meeting, by: .init(role: .manager))
            var draft = IdeaEntry(problem: "Vem når 19121212-1212 när det brinner?")
            draft.wantsReceipt = false
            _ = try unit.add(draft)
        }
        try town.merge([town.export("care", isKept: false)], at: "hub")
        try town.edit(number, at: "hub") { $0.solution = "En karta vid varje port." }
        let answer = try town.export("hub", to: "OMS-HT-02", isKept: false)
        // Two that have not seen each other: a conflict.
        try town.edit(number, at: "care") { $0.solution = "En app med alla portar." }
        try town.merge([answer], at: "care")
        try town.at("care") { unit in
            guard let run = try unit.mergeRuns().last?.number else {
                throw StoryFailure(what: "no run")
            }
            _ = try unit.undo(run: run)
            _ = try unit.redo(run: run)
        }
        // What the care home has not handed over, and what it has not heard of.
        try town.add("Vagnen skramlar på natten.", at: "care")
        try town.at("hub") { hub in
            var edit = OpenUnit.IdeaEdit()
            edit.status = .forced(.goAhead, text: "Ni har mandat.")
            edit.answer = "Tack! Gör själva, vi hjälper till."
            edit.addedCategories = [.digitalisation]
            _ = try hub.edit(number, edit, by: .init(role: .coordinator))
        }
        try town.keep(town.export("hub", to: "OMS-HT-02", isKept: false), as: later)
        try town.keepStore(of: "care", in: folder)
        let file = try bytes(ofFile: "\(folder)/store/sluss.sqlite")
        guard schema(ofFile: file) == schema else {
            throw StoryFailure(what: "the store has another schema: raise StoreFixture.schema")
        }
    }
}
