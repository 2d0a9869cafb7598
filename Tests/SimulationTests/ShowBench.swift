import SlussBundle
import SlussCore
import SlussSync
import Testing
import _SlussTestSupport

@testable import sluss_dev

/// A store, and a connection that notices if anything is committed.
struct ShowBench {
    let folder: TemporaryFolder
    let unit: OpenUnit
    let watch: StoreWatch
    let network: FixtureNetwork

    init() throws {
        folder = try TemporaryFolder()
        let place = try CaseReader().make(in: folder.path("central"))
        unit = try place.open(SplitMix64(seed: 2))
        watch = try StoreWatch(of: place.store)
        network = try FixtureNetwork()
    }

    /// What would come of merging a bundle, for show.
    private func report(_ bundle: LooseBundle) throws -> BundleReport {
        let file = try ZstdFrame.packed(bundle.tar.bytes, level: 1)
        let path = try folder.write(file, to: "bundle.sluss")
        let before = try watch.version()
        let report = try unit.merge([path], isPlan: true)
        #expect(try watch.version() == before)
        return try #require(report.bundles.first)
    }

    /// Why merging a bundle would be refused.
    func refusal(_ bundle: LooseBundle) throws -> BundleRefusal? {
        guard case .refused(let error) = try report(bundle).outcome else { return nil }
        return error as? BundleRefusal
    }

    /// What merging a bundle would give: `merged`, `nothingNew` or a refusal's code; and how many
    /// of its writes would not count.
    func outcome(_ bundle: LooseBundle) throws -> (word: String, aside: Int) {
        let found = try report(bundle)
        switch found.outcome {
        case .merged: return ("merged", found.asides)
        case .nothingNew: return ("nothingNew", 0)
        case .refused(let error): return (try #require(error as? BundleRefusal).code, 0)
        }
    }

    /// A bundle whose manifest has every member that there is.
    func full() throws -> LooseBundle {
        let after = CraftedBundle.digests(of: FixtureNetwork.log)
        var bundle = try network.bundle {
            $0.logs.append(
                BundleCase.branch(from: 3, after: after[1], [.init(record: 4)]))
            $0.acknowledged = Acknowledgement([
                (CraftedBundle.Log.second, LogHead(count: 4, digest: Digest.sha256([])))
            ])
        }
        let store = "\(StoreID(high: 8, low: 8))"
        let receipt = #"{"store":"\#(store)","number":3,"bundle":"\#(Digest.sha256([]))"}"#
        try bundle.edit(
            LooseBundle.Name.manifest, #""computer":"""#,
            #""computer":"KONTORET-3","formerly":["\#(store)"]"#)
        try bundle.edit(
            LooseBundle.Name.manifest, #""receipts":[]"#, #""receipts":[\#(receipt)]"#)
        try bundle.edit(
            LooseBundle.Name.manifest, #""previous":null"#,
            #""previous":"\#(Digest.sha256([]))""#)
        try bundle.seal()
        return bundle
    }

    /// A bundle with another manifest, sealed.
    func sealed(_ bundle: LooseBundle, _ manifest: LooseJSON) throws -> LooseBundle {
        var bundle = bundle
        try bundle.replace(LooseBundle.Name.manifest, manifest.text + "\n")
        try bundle.seal()
        return bundle
    }

    /// One of every type of JSON, and some of the same type that mean something else.
    static let values = [
        "null", "true", "0", "-1", "9007199254740991", #""""#, #""x""#,
        "\"" + String(repeating: "0", count: 64) + "\"", "[]", "{}", "[[{}]]", #"{"x":null}"#,
    ]
}

/// A type of JSON.
enum JSONKind: Hashable {
    case null, flag, number, text, list, object

    init(_ value: LooseJSON) {
        switch value {
        case .object: self = .object
        case .list: self = .list
        case .raw(let text):
            switch text.first {
            case "\"": self = .text
            case "n": self = .null
            case "t", "f": self = .flag
            default: self = .number
            }
        }
    }
}
