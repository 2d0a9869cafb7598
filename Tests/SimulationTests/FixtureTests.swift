import Foundation
import SlussBundle
import Testing
import _SlussTestSupport

@testable import sluss_dev

/// The cases of `SyncFixtures/bundles`: one bundle each, and what a reader must make of it.
@Suite struct FixtureTests {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("SyncFixtures").path

    private static let bundles = folder + "/bundles"

    private static let cases =
        (try? FileManager.default.contentsOfDirectory(atPath: bundles).sorted()) ?? []

    @Test func everyCaseIsThereWithItsReason() throws {
        #expect(Self.cases == BundleCase.all.map(\.name).sorted())
        #expect(Set(BundleCase.all.map(\.name)).count == BundleCase.all.count)
        let anchors = try Self.anchors()
        for name in Self.cases {
            let file = try CaseFile(in: "\(Self.bundles)/\(name)")
            #expect(!file.why.isEmpty && !file.why.contains("\n"), "\(name)")
            let section = file.section.split(separator: "#").map(String.init)
            #expect(section.first == "docs/bundle-format.md", "\(name)")
            #expect(anchors.contains(section.last ?? ""), "\(name): \(file.section)")
            let parts = name.split(separator: "_").map(String.init)
            #expect(parts.first == (file.expect == .refused ? "bad" : "ok"), "\(name)")
            if let refusal = file.refusal { #expect(parts.dropFirst().first == refusal) }
        }
    }

    /// What the headings of the specification can be linked by.
    private static func anchors() throws -> Set<String> {
        let page = String(
            decoding: try bytes(ofFile: folder + "/../docs/bundle-format.md"), as: UTF8.self)
        return Set(
            page.split(separator: "\n").filter { $0.hasPrefix("## ") || $0.hasPrefix("### ") }.map {
                $0.drop { $0 == "#" }.dropFirst().lowercased().filter {
                    $0.isLetter || $0.isNumber || $0 == " " || $0 == "-"
                }.replacing(" ", with: "-")
            })
    }

    /// A refusal that no case has would be one that nobody has ever seen.
    @Test func everyRefusalHasACase() throws {
        let codes = Set(
            try Self.cases.compactMap { try CaseFile(in: "\(Self.bundles)/\($0)").refusal })
        let source = String(
            decoding: try bytes(
                ofFile: Self.folder + "/../Sources/SlussBundle/BundleRefusal.swift"), as: UTF8.self)
        let known = Set(source.matches(of: /case \.(\w+): "(\w+)"/).map { String($0.2) })
        #expect(known.count > 20)
        #expect(known.subtracting(codes).isEmpty)
        #expect(codes.subtracting(known).isEmpty)
    }

    @Test(arguments: cases)
    func everyCaseGivesWhatItSays(name: String) throws {
        let file = try CaseFile(in: "\(Self.bundles)/\(name)")
        var seen: [StoreContents] = []
        let run = try CaseRun(
            "\(Self.bundles)/\(name)/\(CaseFile.bundle)",
            at: CaseReader(store: file.store, allowsPlain: file.allowsPlain),
            after: (file.after ?? []).map { "\(Self.bundles)/\($0)/\(CaseFile.bundle)" },
            watch: { seen.append(try StoreContents(of: $0.store)) })
        #expect(run.outcome == file.expect)
        #expect(run.code == file.refusal)
        #expect(run.writes == file.writes)
        #expect(run.aside == file.aside)
        let (before, after) = (try #require(seen.first), try #require(seen.last))
        switch file.expect {
        case .merged: #expect(after.counts["log"] == (before.counts["log"] ?? 0) + file.writes)
        case .nothingNew: #expect(after.rows["log"] == before.rows["log"])
        case .refused:
            let isGap = file.refusal?.hasPrefix("missing") == true && file.refusal != "missingEntry"
            let free = isGap ? StoreContents.mayKnowOfGaps : []
            #expect(after.without(free) == before.without(free))
        }
    }

    @Test func casesAndFormatsCanBeMadeAnew() throws {
        let folder = try TemporaryFolder()
        for bundleCase in BundleCase.all where bundleCase.name.hasPrefix("ok_") {
            try bundleCase.write(to: folder.path("bundles/\(bundleCase.name)"))
        }
        for name in [
            "bad_badSignature_bit", "bad_wrongAudience_shared", "bad_notEncrypted_byItsOwnRules",
        ] {
            let bundleCase = try #require(BundleCase.all.first { $0.name == name })
            try bundleCase.write(to: folder.path("bundles/\(name)"))
            #expect(
                try CaseFile(in: folder.path("bundles/\(name)"))
                    == CaseFile(in: "\(Self.bundles)/\(name)"))
        }
        try FormatFixture.write(to: folder.path("format"))
        #expect(
            try FormatResult.bundles(in: folder.path("format"))
                == FormatResult.bundles(in: FormatTests.folder))
    }

    /// What does not do as its name says is not kept.
    @Test func aCaseThatDoesSomethingElseIsNotMade() throws {
        let folder = try TemporaryFolder()
        let wrong = BundleCase("bad_damaged_not", "age", "Not so.") { try $0.bundle().plain }
        #expect(throws: StoryFailure.self) { try wrong.write(to: folder.path("x")) }
        #expect(!FileManager.default.fileExists(atPath: folder.path("x")))
    }
}
