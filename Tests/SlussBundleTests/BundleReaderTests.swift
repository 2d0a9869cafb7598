import SlussCore
import Testing

@testable import SlussBundle

/// Every rule of docs/bundle-format.md that a reader must hold, broken once.
@Suite struct BundleReaderTests {
    private static let envelopes =
        "data/logs/000000000000000a000000000000000b/000000000001-000000000003.envelopes.ndjson"
    private static let bodies =
        "data/logs/000000000000000a000000000000000b/000000000001-000000000003.bodies.ndjson"

    @Test func aWholeBundleIsRead() throws {
        let sample = try SampleBundle()
        let (manifest, writes) = try sample.read().get()
        #expect(manifest.writeCount == 3)
        #expect(writes.map(\.dot.counter) == [1, 2, 3])
    }

    @Test func theSameWritesGiveTheSameBytes() throws {
        let (first, second) = (try SampleBundle(), try SampleBundle())
        #expect(first.id == second.id)
        #expect(first.entries.map(\.bytes) == second.entries.map(\.bytes))
    }

    @Test func longLogsAreCutIntoSegmentsThatTileThem() throws {
        let sample = try SampleBundle(count: 2500)
        let (_, writes) = try sample.read().get()
        #expect(writes.map(\.dot.counter) == Array(1...2500))
        #expect(sample.entries.count { $0.name.hasSuffix("envelopes.ndjson") } == 3)
    }

    @Test func everyFlippedByteIsNoticed() throws {
        let sample = try SampleBundle()
        for entry in sample.entries {
            for index in entry.bytes.indices {
                let changed = sample.changing(entry.name) { $0[index] ^= 0x01 }
                #expect(changed.refusal != nil, "\(entry.name) \(index)")
            }
        }
    }

    @Test func aMissingEntryIsNamed() throws {
        let sample = try SampleBundle()
        for index in sample.entries.indices {
            var changed = sample
            changed.entries.remove(at: index)
            #expect(changed.refusal?.code == "missingEntry", "\(sample.entries[index].name)")
        }
    }

    @Test func anEntryTwiceOrOneTooManyIsRefused() throws {
        let sample = try SampleBundle()
        for index in sample.entries.indices {
            var changed = sample
            changed.entries.insert(sample.entries[index], at: index)
            #expect(changed.refusal != nil, "\(sample.entries[index].name)")
        }
        var changed = sample
        changed.entries.append(BundleEntry(name: "data/extra.txt", bytes: []))
        #expect(changed.refusal == .unexpectedEntry("data/extra.txt"))
        changed = sample
        changed.entries.insert(BundleEntry(name: "fetch.txt", bytes: []), at: 0)
        #expect(changed.refusal == .unexpectedEntry("fetch.txt"))
    }

    @Test func entriesInAnotherOrderAreRefused() throws {
        let sample = try SampleBundle()
        for index in sample.entries.indices.dropLast() {
            var changed = sample
            changed.entries.swapAt(index, index + 1)
            #expect(changed.refusal != nil, "\(sample.entries[index].name)")
        }
    }

    @Test func aListedFileThatIsNoPartOfTheFormatIsRefused() throws {
        var changed = try SampleBundle()
        changed.entries.append(BundleEntry(name: "data/zzz.txt", bytes: [1]))
        changed.reseal()
        #expect(changed.refusal == .unexpectedEntry("data/zzz.txt"))
    }

    @Test func aBundleExplainsItselfOrIsRefused() throws {
        var changed = try SampleBundle()
        changed.entries.removeAll { $0.name == BundleLayout.readMe }
        changed.reseal()
        #expect(changed.refusal == .missingEntry(BundleLayout.readMe))
    }

    @Test func anUnknownFormatIsRefusedWithItsNumber() throws {
        let changed = try SampleBundle().resealing(
            BundleLayout.manifest, "\"format\":1", "\"format\":7")
        #expect(changed.refusal == .unsupportedFormat(found: 7, newestKnown: 1))
    }

    @Test(arguments: [
        ("\"kind\":\"delta\"", "\"kind\":\"thin\""), ("\"number\":1", "\"number\":0"),
        ("\"number\":1", "\"number\":-1"), ("\"number\":1", "\"number\":1.5"),
        ("\"unit\":\"OMS-SB-04\"", "\"unit\":\"oms\""), ("\"from\":1", "\"from\":4"),
        ("\"receiver\":\"central\"", "\"receiver\":\"alla\""),
        ("\"central\":false", "\"central\":0"), ("\"logs\":[", "\"logs\":[1,"),
        ("{\"format\"", "{\"format\":1,\"format\""), ("\"format\":1", "\"format\":\"0\""),
    ])
    func manifestsOfTheWrongShapeAreRefused(from: String, to: String) throws {
        let changed = try SampleBundle().resealing(BundleLayout.manifest, from, to)
        #expect(changed.refusal?.code == "malformedFile")
    }

    @Test func unknownMembersOfTheManifestArePassedOver() throws {
        let changed = try SampleBundle().resealing(
            BundleLayout.manifest, "\"kind\"", "\"later\":{\"x\":[1]},\"kind\"")
        #expect(changed.refusal == nil)
    }

    @Test func linesOfTheWrongShapeAreRefusedWithTheirNumber() throws {
        let changed = try SampleBundle().resealing(Self.envelopes, "\"n\":2,", "\"n\":3,")
        #expect(
            changed.refusal
                == .malformedLine(
                    file: Self.envelopes, line: 2, reason: "the counter is not the next one"))
        let body = try SampleBundle().resealing(Self.bodies, "behov 3", "behov 4")
        #expect(
            body.refusal
                == .malformedLine(
                    file: Self.envelopes, line: 3,
                    reason: "the body is not the one that the envelope names"))
    }

    @Test func aChainThatDoesNotEndWhereTheManifestSaysIsRefused() throws {
        let sample = try SampleBundle()
        let changed = sample.resealing(
            BundleLayout.manifest,
            "\"before\":\"\(LogChain.start(SampleBundle.replica, .shared))\"",
            "\"before\":\"\(LogChain.start(SampleBundle.replica, .local))\"")
        #expect(changed.refusal == .brokenChain(replica: SampleBundle.replica))
    }

    @Test func linesMustBeAsManyAsTheNameSays() throws {
        var changed = try SampleBundle().changing(Self.bodies) { $0.removeLast() }
        changed.reseal()
        #expect(changed.refusal?.code == "malformedFile")
        changed = try SampleBundle().changing(Self.bodies) { $0 += Array("{}\n".utf8) }
        changed.reseal()
        #expect(changed.refusal?.code == "malformedFile")
    }

    @Test func aLineOverTheLimitIsRefused() throws {
        let long = String(repeating: "x", count: BundleLimits.lineBytesMax)
        let changed = try SampleBundle().resealing(Self.bodies, "behov 3", long)
        #expect(
            changed.refusal
                == .overLimit("lineBytesMax", max: UInt64(BundleLimits.lineBytesMax)))
    }

    @Test func carriageReturnsAndByteOrderMarksAreRefused() throws {
        let returns = try SampleBundle().resealing(Self.envelopes, "\n", "\r\n")
        #expect(returns.refusal?.code == "malformedLine")
        let mark = try SampleBundle().resealing(
            BundleLayout.manifest, "{\"format\"", "\u{FEFF}{\"format\"")
        #expect(mark.refusal?.code == "malformedFile")
        let bagit = try SampleBundle().resealing(BundleLayout.bagit, "1.0", "2.0")
        #expect(bagit.refusal?.code == "malformedFile")
    }
}
