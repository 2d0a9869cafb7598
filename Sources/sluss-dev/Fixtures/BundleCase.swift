import Foundation
import SlussBundle
import SlussSync
import _SlussTestSupport

/// One bundle, and what a reader must make of it: a case of `SyncFixtures/bundles`.
struct BundleCase: Sendable {
    /// The folder's name: `ok_…`, or `bad_<code>_…`.
    let name: String
    /// The part of docs/bundle-format.md whose rule it keeps or breaks.
    let section: String
    /// What is right or wrong with it, in one line.
    let why: String
    /// The store that it is for.
    let reader: CaseReader
    /// The cases whose bundles that store has merged before.
    let after: [String]
    /// Makes the file's bytes.
    let make: @Sendable (FixtureNetwork) throws -> [UInt8]

    init(
        _ name: String, _ section: String, _ why: String, at reader: CaseReader = CaseReader(),
        after: [String] = [], make: @escaping @Sendable (FixtureNetwork) throws -> [UInt8]
    ) {
        self.name = name
        self.section = section
        self.why = why
        self.reader = reader
        self.after = after
        self.make = make
    }

    /// The refusal that the name names; `nil` if the bundle is to be taken.
    var refusal: String? {
        let parts = name.split(separator: "_")
        return parts.count > 1 && parts[0] == "bad" ? String(parts[1]) : nil
    }

    /// Every case that there is.
    static let all: [BundleCase] =
        taken + files + archives + bags + manifests + lines + trust + merges

    /// Writes the case's folder, after seeing that its bundle does as the name says.
    func write(to folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        do {
            let bundle = folder + "/" + CaseFile.bundle
            try Data(make(FixtureNetwork())).write(to: URL(fileURLWithPath: bundle))
            let run = try CaseRun(
                bundle, at: reader, after: after.map { "\(folder)/../\($0)/\(CaseFile.bundle)" })
            let file = CaseFile(self, run)
            guard file.refusal == refusal, run.outcome != .refused || refusal != nil else {
                throw StoryFailure(what: "\(name) gives \(run.code ?? run.outcome.rawValue)")
            }
            try file.write(to: folder)
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }
}

/// What a case's `case.json` says.
struct CaseFile: Codable, Equatable {
    static let bundle = "bundle.sluss"
    private static let name = "case.json"

    /// What becomes of the bundle.
    enum Expectation: String, Codable {
        case merged
        case nothingNew
        case refused
    }

    var expect: Expectation
    var refusal: String?
    var section: String
    var why: String
    var store: CaseReader.Store
    var allowsPlain: Bool
    /// The cases whose bundles the store has merged before.
    var after: [String]?
    /// How many writes are new.
    var writes: Int
    /// How many of those are kept and do not count.
    var aside: Int

    init(_ bundleCase: BundleCase, _ run: CaseRun) {
        expect = run.outcome
        refusal = run.code
        section = "docs/bundle-format.md#" + bundleCase.section
        why = bundleCase.why
        store = bundleCase.reader.store
        allowsPlain = bundleCase.reader.allowsPlain
        after = bundleCase.after.isEmpty ? nil : bundleCase.after
        writes = run.writes
        aside = run.aside
    }

    /// Reads the file of a case's folder.
    init(in folder: String) throws {
        let data = Data(try bytes(ofFile: folder + "/" + Self.name))
        self = try JSONDecoder().decode(Self.self, from: data)
    }

    func write(to folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        let data = try encoder.encode(self) + Data("\n".utf8)
        try data.write(to: URL(fileURLWithPath: folder + "/" + Self.name))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(expect, forKey: .expect)
        // Written also if there is none.
        try container.encode(refusal, forKey: .refusal)
        try container.encode(section, forKey: .section)
        try container.encode(why, forKey: .why)
        try container.encode(store, forKey: .store)
        try container.encode(allowsPlain, forKey: .allowsPlain)
        try container.encodeIfPresent(after, forKey: .after)
        try container.encode(writes, forKey: .writes)
        try container.encode(aside, forKey: .aside)
    }
}

/// The merging of a case's bundle into a new store.
struct CaseRun {
    let outcome: CaseFile.Expectation
    /// The refusal's code.
    let code: String?
    let writes: Int
    let aside: Int

    /// Merges into a store of its own.
    ///
    /// - Parameter watch: Told of the store when the bundle is about to be merged, and when it has
    ///   been.
    init(
        _ bundle: String, at reader: CaseReader, after: [String],
        watch: (Place) throws -> Void = { _ in }
    ) throws {
        let folder = try TemporaryFolder()
        let place = try reader.make(in: folder.path)
        for path in after {
            let report = try CaseReader.open(place).merge([path])
            guard report.bundles.map(\.isRefused) == [false] else {
                throw StoryFailure(what: "\(path) is refused")
            }
        }
        try watch(place)
        guard let report = try CaseReader.open(place).merge([bundle]).bundles.first else {
            throw StoryFailure(what: "no report")
        }
        try watch(place)
        switch report.outcome {
        case .merged: (outcome, code) = (.merged, nil)
        case .nothingNew: (outcome, code) = (.nothingNew, nil)
        case .refused(let error): (outcome, code) = (.refused, Explanation(of: error).code)
        }
        writes = report.writes
        aside = report.asides
    }
}
