import Foundation
import SlussSync
import Testing
import _SlussTestSupport

@testable import sluss_dev

/// Stores that earlier releases have left: `SyncFixtures/formats/store-v…`.
///
/// Each is opened, checked, read and merged into by today's program, on a copy.
@Suite struct UpgradeTests {
    private static let formats = "\(Repository.folder)/SyncFixtures/formats"

    private static let stores =
        ((try? FileManager.default.contentsOfDirectory(atPath: formats)) ?? [])
        .filter { $0.hasPrefix("store-v") }.sorted()

    /// A copy of a frozen store, and the built programs on it.
    private struct Copy {
        let folder: TemporaryFolder
        let fixture: String

        init(_ name: String) throws {
            folder = try TemporaryFolder()
            fixture = "\(UpgradeTests.formats)/\(name)"
            _ = try StoreFixture.place(copyOf: fixture, in: folder.path)
        }

        var file: String { folder.path("store/sluss.sqlite") }

        /// Runs a program on the store.
        func run(_ program: String = "sluss", _ arguments: String...) throws -> ProcessResult {
            try _SlussTestSupport.run(
                "\(Repository.programs)/\(program)", arguments,
                environment: [
                    "SLUSS_STORE": folder.path("store"), "SLUSS_LANG": "sv",
                    "XDG_STATE_HOME": folder.path("state"),
                ])
        }

        /// Writes another schema's number into the header of the file.
        func setSchema(_ number: UInt8) throws {
            var bytes = try bytes(ofFile: file)
            bytes.replaceSubrange(60..<64, with: [0, 0, 0, number])
            try folder.write(bytes, to: "store/sluss.sqlite")
        }
    }

    /// The schema of today has a frozen store, and its file says so.
    @Test func thisReleasesSchemaIsFrozen() throws {
        #expect(Self.stores.contains(StoreFixture.name))
        for name in Self.stores {
            let file = try bytes(ofFile: "\(Self.formats)/\(name)/store/sluss.sqlite")
            #expect("store-v\(StoreFixture.schema(ofFile: file))" == name)
        }
        // What is made today has the same schema: else a store of today would go untried.
        let folder = try TemporaryFolder()
        let made = try run(
            "\(Repository.programs)/sluss", ["init", "--unit", "OMS-SB-04", "--name", "Ny"],
            environment: [
                "SLUSS_STORE": folder.path("new"), "XDG_STATE_HOME": folder.path("state"),
            ])
        #expect(made.status == 0, "\(made.errors)")
        let file = try bytes(ofFile: folder.path("new/sluss.sqlite"))
        #expect(StoreFixture.schema(ofFile: file) == StoreFixture.schema)
    }

    @Test(arguments: stores) func anEarlierStoreHoldsWhatItHeld(name: String) throws {
        let copy = try Copy(name)
        let place = try StoreFixture.place(
            copyOf: copy.fixture, in: try copy.folder.folder("again"))
        let found = try StoryResult.encoded(
            StoreFixture.Result(place, merging: "\(copy.fixture)/\(StoreFixture.later)"))
        let expected = try bytes(ofFile: "\(copy.fixture)/\(StoreFixture.expected)")
        #expect(String(decoding: expected, as: UTF8.self) == found)
    }

    @Test(arguments: stores) func theBuiltProgramGoesOnWithAnEarlierStore(name: String) throws {
        let copy = try Copy(name)
        let check = try copy.run("sluss", "check", "--json")
        #expect([0, 3].contains(check.status), "\(check.errors)\(check.output)")
        let ideas = try copy.run("sluss", "idea", "list", "--json")
        #expect(ideas.status == 0 && ideas.output.contains("Elcyklarna står still i november."))
        let notes = try copy.run("sluss", "meeting", "list", "--json")
        #expect(notes.status == 0 && notes.output.contains("ljudnivån i matsalen"))
        let merge = try copy.run(
            "sluss", "merge", "--json", "\(copy.fixture)/\(StoreFixture.later)")
        #expect(merge.status == 3, "\(merge.errors)\(merge.output)")
        #expect(merge.output.contains(#""outcome" : "merged""#))
        let added = try copy.run(
            "sluss", "idea", "add", "--problem", "Lampan i hissen blinkar.", "--lang", "sv")
        #expect(added.status == 0, "\(added.errors)")
        #expect([0, 3].contains(try copy.run("sluss", "check").status))
    }

    /// A store that a newer release has opened is left alone by every command, and says why.
    @Test(arguments: [
        ["sluss", "status"], ["sluss", "check"], ["sluss", "idea", "list"],
        ["sluss", "merge", "."], ["sluss", "backup", "--output", "."], ["sluss", "repair"],
        ["sluss-terminal"],
    ]) func aNewerStoreIsLeftAlone(command: [String]) throws {
        let copy = try Copy(StoreFixture.name)
        try copy.setSchema(UInt8(StoreFixture.schema + 1))
        let before = try bytes(ofFile: copy.file)
        let result = try run(
            "\(Repository.programs)/\(command[0])",
            command.dropFirst().map { $0 == "." ? copy.folder.path : $0 },
            environment: [
                "SLUSS_STORE": copy.folder.path("store"), "SLUSS_LANG": "sv",
                "XDG_STATE_HOME": copy.folder.path("state"),
            ])
        #expect(result.status == 13)
        #expect(
            result.errors.contains(
                "nyare Sluss (schema \(StoreFixture.schema + 1); den här kan \(StoreFixture.schema))"
            ), "\(result.errors)")
        #expect(result.errors.contains("Inget har ändrats. Uppdatera Sluss."))
        #expect(try bytes(ofFile: copy.file) == before)
    }

    /// No release has had schema 0: a file that says so is another program's.
    @Test func aStoreWithoutASchemaIsNotOurs() throws {
        let copy = try Copy(StoreFixture.name)
        try copy.setSchema(0)
        let before = try bytes(ofFile: copy.file)
        let result = try copy.run("sluss", "status", "--json")
        #expect(result.status == 13)
        #expect(result.output.contains(#""error" : "notOurs""#), "\(result.output)")
        #expect(try bytes(ofFile: copy.file) == before)
    }
}
