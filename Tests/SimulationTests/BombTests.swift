import SlussBundle
import SlussCore
import Testing

@testable import sluss_dev

/// What is too much, made when it is needed: small files that unpack to large ones, and lists that
/// are longer than any honest writer makes them.
@Suite struct BombTests {
    /// The list of payload files is what may be largest, and comes before anything is signed.
    @Test func aListOfZerosIsStoppedByRatio() throws {
        let bench = try ShowBench()
        var bundle = try bench.network.bundle()
        bundle.entries[try bundle.index(of: LooseBundle.Name.payload)].bytes = [UInt8](
            repeating: 0, count: Int(BundleLimits.ratioFreeBytes) + (1 << 20))
        #expect(
            try bench.refusal(bundle) == .overLimit("ratioMax", max: BundleLimits.ratioMax))
    }

    @Test func aListOfTooManyFilesIsRefused() throws {
        let bench = try ShowBench()
        var bundle = try bench.network.bundle()
        let digest = "\(Digest.sha256([]))"
        let lines = (0...BundleLimits.entriesMax).map { "\(digest)  \($0)\n" }
        try bundle.replace(LooseBundle.Name.payload, lines.joined())
        #expect(
            try bench.refusal(bundle)
                == .overLimit("entriesMax", max: UInt64(BundleLimits.entriesMax)))
    }

    @Test(arguments: [0, 1])
    func aContextMayNameSoManyReplicasAndNoMore(beyond: Int) throws {
        let bench = try ShowBench()
        let seen = (1...UInt64(BundleLimits.contextEntriesMax + beyond)).map {
            #""\#(ReplicaID(high: 1, low: $0))":1"#
        }
        let envelope =
            #"{"n":1,"record":"0000000000c0ffee0000000000000001","kind":"idea","seen":{\#(seen.joined(separator: ","))},"day":"2026-03-09","body":"BODY"}"#
        let bundle = try bench.network.bundle {
            $0 = CraftedBundle(lines: [.init(envelope: envelope)])
        }
        #expect(try bench.outcome(bundle).word == (beyond == 0 ? "merged" : "malformedLine"))
    }

    /// A second of checking signatures on an old PC is the most that anyone can ask for.
    @Test func tooManyStatementsAreRefused() throws {
        let bench = try ShowBench()
        var bundle = try bench.network.bundle()
        let one = FixtureNetwork.statement(#"{"type":"weather"}"#, signedBy: bundle.key)
        let many = Array(repeating: one, count: BundleLimits.statementsMax)
        try bundle.insert(many.joined(separator: ","), at: #""statements":["#)
        #expect(try bench.outcome(bundle).word == "malformedFile")
    }

    @Test func aManifestLargerThanItMayBeIsRefusedBeforeItIsRead() throws {
        let bench = try ShowBench()
        var bundle = try bench.network.bundle()
        let index = try bundle.index(of: LooseBundle.Name.manifest)
        bundle.entries[index].size = BundleLimits.manifestBytesMax + 1
        #expect(
            try bench.refusal(bundle)
                == .overLimit("entryBytesMax", max: UInt64(BundleLimits.manifestBytesMax)))
    }
}
