import Foundation
import SlussBundle
import SlussCore
import SlussSync
import Testing
import _SlussTestSupport

@testable import sluss_dev

/// Every member of a manifest, a statement, an envelope and a body removed, doubled and replaced by
/// every type, with digests, chain and signatures made right again.
///
/// Method: whoever has a device that was let in can make such a bundle. What the specification asks
/// for must be refused by its rule, what it leaves open must be taken, and nothing may trap. Each is
/// merged for show into a new store, so that none sees what another left.
@Suite struct ResignedTests {
    /// A place's name without the numbers and ids in it: `logs.[].from`.
    private static func pattern(_ name: String) -> String {
        name.split(separator: ".").map { part in
            part.hasPrefix("[")
                ? "[]" : part.utf8.count == 34 ? "ID" : part.replacing("\"", with: "")
        }.joined(separator: ".")
    }

    /// What MAY be missing, or is not missed: an element of a list, a log of an acknowledgement.
    private static let mayBeMissing: Set<String> = [
        "sender.computer", "sender.formerly", "logs.[].machine", "receipts", "counts", "producer",
        "counts.logs", "counts.writes", "counts.records", "acknowledged.ID",
    ]

    /// What a reader takes for null or for an empty list if it is missing, though a writer MUST put
    /// it in; and what comes of that here.
    private static let takenAsNothing = [
        "network": "merged", "previous": "merged", "sender.machine": "merged",
        "logs": "unexpectedEntry", "statements": "unknownDevice",
    ]

    @Test func membersOfTheManifestThatAreMissingAreMissed() throws {
        let bench = try ShowBench()
        let bundle = try bench.full()
        let manifest = LooseJSON(try bundle.text(of: LooseBundle.Name.manifest))
        #expect(try bench.outcome(bundle).word == "merged")
        for (path, name) in manifest.places {
            let pattern = Self.pattern(name)
            let changed = manifest.replacing(path) { _, _ in [] }
            let word = try bench.outcome(bench.sealed(bundle, changed)).word
            if pattern.hasSuffix("[]") { continue }
            let usual = Self.mayBeMissing.contains(pattern) ? "merged" : "malformedFile"
            #expect(word == Self.takenAsNothing[pattern] ?? usual, "\(name)")
        }
    }

    @Test func membersOfTheManifestThatStandTwiceAreRefused() throws {
        let bench = try ShowBench()
        let bundle = try bench.full()
        let manifest = LooseJSON(try bundle.text(of: LooseBundle.Name.manifest))
        for (path, name) in manifest.places {
            let changed = manifest.replacing(path) { [($0, $1), ($0, $1)] }
            let word = try bench.outcome(bench.sealed(bundle, changed)).word
            // The same fact twice is one fact.
            let isFact = [
                "statements.[]", "sender.formerly.[]", "receipts.[]",
            ].contains(Self.pattern(name))
            #expect(word == (isFact ? "merged" : "malformedFile"), "\(name)")
        }
    }

    @Test func membersOfTheManifestOfAnotherTypeAreRefused() throws {
        let bench = try ShowBench()
        let bundle = try bench.full()
        let manifest = LooseJSON(try bundle.text(of: LooseBundle.Name.manifest))
        for (path, name) in manifest.places {
            let pattern = Self.pattern(name)
            let mayBeNull = ["network", "previous"].contains(pattern)
            for value in ShowBench.values {
                let changed = manifest.replacing(path) { old, _ in [(old, .raw(value))] }
                let word = try bench.outcome(bench.sealed(bundle, changed)).word
                let isSame =
                    JSONKind(manifest[path]) == JSONKind(LooseJSON(value))
                    || (mayBeNull && value == "null")
                // Counts are only shown.
                if isSame || pattern.hasPrefix("counts.") { continue }
                #expect(word == "malformedFile", "\(name): \(value)")
            }
        }
    }

    @Test func membersThatAreNotKnownArePassedOver() throws {
        let bench = try ShowBench()
        let bundle = try bench.full()
        let manifest = LooseJSON(try bundle.text(of: LooseBundle.Name.manifest))
        for (path, name) in manifest.places where JSONKind(manifest[path]) == .object {
            guard case .object(let members) = manifest[path] else { continue }
            for value in ShowBench.values {
                let more = members + [(name: #""later""#, value: .raw(value))]
                let changed = manifest.replacing(path) { old, _ in [(old, .object(more))] }
                let word = try bench.outcome(bench.sealed(bundle, changed)).word
                let isByID = Self.pattern(name) == "acknowledged"
                #expect(word == (isByID ? "malformedFile" : "merged"), "\(name): \(value)")
            }
        }
    }
}
