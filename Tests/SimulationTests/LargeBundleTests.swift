import Foundation
import SlussBundle
import SlussCore
import SlussSync
import Testing
import _SlussTestSupport

@testable import sluss_dev

/// A bundle that would cost minutes is held until somebody has said that it is meant.
@Suite struct LargeBundleTests {
    /// A unit's bundle of `count` texts of a megabyte of words, a record each, and a store to merge
    /// it into.
    private static func made(_ count: UInt64) throws -> (
        TemporaryFolder, path: String, store: String
    ) {
        let folder = try TemporaryFolder()
        let place = try CaseReader().make(in: folder.path("central"))
        // Few words, many times: what is asked is how much comes, not what it takes to index it.
        let text = String(repeating: "ett hus på en kulle ", count: 45_000)
        var bundle = try FixtureNetwork().bundle {
            $0 = CraftedBundle(
                lines: (0..<count).map {
                    .init(record: $0, body: #"{"role":"employee","set":{"problem":"\#(text)"}}"#)
                })
        }
        // What does not pack makes the file large enough.
        var generator = SplitMix64(seed: 7)
        let noise = (0..<12_000).map { _ in String(generator.next(), radix: 16) }.joined()
        try bundle.insert(#""x":"\#(noise)""#, at: #"{"format":1,"#)
        try folder.write(bundle.plain, to: "large.sluss")
        return (folder, folder.path("large.sluss"), place.store)
    }

    private static func merge(_ arguments: String...) throws -> ProcessResult {
        try run(Bundle.main.bundleURL.appendingPathComponent("sluss").path, ["merge"] + arguments)
    }

    private static func object(_ result: ProcessResult) throws -> [String: Any] {
        try #require(
            JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    @Test func aBundleOfManyYearsIsHeldUntilItIsAllowed() throws {
        let (folder, path, store) = try Self.made(18)
        defer { withExtendedLifetime(folder) {} }
        let held = try Self.merge(path, "--store", store)
        #expect(held.status == 12)
        #expect(held.output.contains("Paketet har mer än 16 MiB text"))
        #expect(held.output.contains("--allow-large"))
        #expect(held.output.contains("Inget ur paketet har lästs in."))
        let english = try Self.merge(path, "--store", store, "--lang", "en", "--allow-mass-change")
        #expect(english.status == 12)
        #expect(english.output.contains("The bundle has more than 16 MiB of text"))

        // The plan that shows it let in binds, as any other.
        let plan = try Self.object(
            Self.merge(path, "--store", store, "--dry-run", "--allow-large", "--json"))
        let digest = try #require(plan["planDigest"] as? String)
        let heldPlan = try Self.object(Self.merge(path, "--store", store, "--dry-run", "--json"))
        #expect(heldPlan["planDigest"] as? String != digest)
        let bundle = try #require((heldPlan["bundles"] as? [[String: Any]])?.first)
        #expect((bundle["refusal"] as? [String: Any])?["code"] as? String == "largeBundle")
        #expect(bundle["writes"] as? Int == 0)
        let done = try Self.merge(path, "--store", store, "--expect", digest)
        #expect(done.status == 0, "\(done.output)")
        #expect(done.output.contains("18 nya skrivningar"))
        // Known lines cost as much to read.
        #expect(try Self.merge(path, "--store", store).status == 12)
        #expect(try Self.merge(path, "--store", store, "--allow-large").status == 0)
    }

    @Test func whatIsSmallerIsNot() throws {
        let (folder, path, store) = try Self.made(15)
        defer { withExtendedLifetime(folder) {} }
        #expect(try Self.merge(path, "--store", store).status == 0)
    }
}
