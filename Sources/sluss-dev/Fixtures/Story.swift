import Foundation
import SlussCore
import SlussDomain
import SlussStore
import SlussSync
import _SlussTestSupport

/// A day on which bundles meet: what happened, the units' bundles, and the one state that every
/// order of merging them must give.
struct Story: Sendable {
    /// The folder's name.
    let name: String
    /// What happened, for people.
    let text: String
    /// Plays it.
    let play: @Sendable (StoryTown) throws -> Void

    /// Throwaway keys of the network in which all stories play; public test data.
    static let keys = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("SyncFixtures/keys/network").path

    /// What opens every bundle of that network.
    static let keyAccess = KeyAccess(identityFiles: [keys + "/recovery"])

    /// Plays the story and writes its folder.
    func write(to folder: String, seed: UInt64) throws {
        let manager = FileManager.default
        try manager.createDirectory(
            atPath: folder + "/expected", withIntermediateDirectories: true)
        try Data("# \(name)\n\n\(text)\n".utf8).write(
            to: URL(fileURLWithPath: folder + "/story.md"))
        try play(StoryTown(output: folder, seed: seed))
        let result = try StoryResult(merging: Self.bundles(in: folder))
        try Data(result.state.utf8).write(
            to: URL(fileURLWithPath: folder + "/expected/state.json"))
        try Data(result.conflicts.utf8).write(
            to: URL(fileURLWithPath: folder + "/expected/conflicts.json"))
    }

    /// The bundles of a story, in the order in which they were made.
    static func bundles(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".sluss") }.sorted().map { folder + "/" + $0 }
    }
}

/// What merging a story's bundles at a new central gives, as two texts that can be compared byte
/// for byte.
struct StoryResult: Encodable {
    private enum CodingKeys: String, CodingKey {
        case found = "state"
        case open = "conflicts"
    }

    private let found: StateJSON
    private let open: [ConflictJSON]

    /// Every record: who it is for, what it is, its fields, the writes that do not count.
    let state: String
    /// Every conflict, with its values.
    let conflicts: String

    /// Merges bundles, one after the other; one that waits is tried again as others go in.
    init(merging bundles: [String]) throws {
        let folder = try TemporaryFolder()
        guard let unit = UnitCode("KLK-SA-01"), let letter = MachineLetter("") else {
            throw StoryFailure(what: "a unit's code")
        }
        let central = Place(
            folder: folder.path, unit: unit, letter: letter, isCentral: true,
            today: Day(number: 20_521))
        try OpenUnit.create(
            in: central.store, unit: unit, name: "Centralen", machine: letter,
            as: .centralAgain(copy: Story.keys, allowsPlain: true), on: central.machine,
            generator: SplitMix64(seed: 1))
        var waiting = bundles
        while !waiting.isEmpty {
            let left = try waiting.filter { bundle in
                let report = try central.open(SplitMix64(seed: 2), Story.keyAccess).merge([bundle])
                return report.bundles.contains(where: \.isRefused)
            }
            guard left.count < waiting.count else {
                throw StoryFailure(what: "\(left.count) bundles wait for ever")
            }
            waiting = left
        }
        self = try Self(at: central)
    }

    /// Reads what a store holds.
    init(at place: Place) throws {
        let look = try place.look()
        guard try look.check().allSatisfy({ $0.level == .look }) else {
            throw StoryFailure(what: "check finds damage")
        }
        found = try Self.records(look, place)
        open = try look.conflicts().map { view in
            ConflictJSON(
                id: view.conflict.id, record: view.conflict.record.description,
                field: view.conflict.path.description,
                values: view.values.map { FieldValueJSON(value: $0.value) })
        }.sorted { ($0.record, $0.field) < ($1.record, $1.field) }
        state = try Self.encoded(found)
        conflicts = try Self.encoded(open)
    }

    /// The text of a value: sorted keys, a line feed at the end.
    static func encoded(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }

    private static func records(_ look: OpenUnit, _ place: Place) throws -> StateJSON {
        let ids = Set(try place.lines().map(\.write.record)).sorted()
        let records = try ids.map { id -> RecordJSON in
            let (state, items) = try look.history(id.description)
            let asides = items.compactMap { item in
                item.flaw.map { "\(item.dot.replica) \(item.dot.counter) \($0.rawValue)" }
            }
            return RecordJSON(state, asides: asides.sorted())
        }
        return StateJSON(
            stateDigest: try look.status().state.digest.description,
            stateCode: try look.status().state.spoken.description, records: records)
    }
}

private struct StateJSON: Encodable {
    let stateDigest: String
    let stateCode: String
    let records: [RecordJSON]
}

private struct ConflictJSON: Encodable {
    let id: String
    let record: String
    let field: String
    let values: [FieldValueJSON]
}

private struct RecordJSON: Encodable {
    let id: String
    let kind: String
    let audience: String
    /// The writes that count, per log.
    let seen: [String: UInt64]
    /// Registers: their siblings, in the order of their bytes.
    let registers: [String: [FieldValueJSON]]
    let sets: [String: [String]]
    let sums: [String: Int64]
    let lists: [String: [FieldValueJSON]]
    let setAside: [String]

    init(_ state: RecordState, asides: [String]) {
        id = state.record.description
        kind = state.kind.string
        audience = state.audience.description
        seen = Dictionary(
            uniqueKeysWithValues: state.context.entries.map { ($0.replica.description, $0.count) })
        var registers: [String: [FieldValueJSON]] = [:]
        var sets: [String: [String]] = [:]
        var sums: [String: Int64] = [:]
        var lists: [String: [FieldValueJSON]] = [:]
        for (key, field) in state.fields {
            let path = key.path.description
            switch field {
            case .register(let siblings, _):
                registers[path] = siblings.map(\.value).sorted().map { FieldValueJSON(value: $0) }
            case .own(let own):
                for (writer, siblings) in own {
                    registers["\(path) of \(writer)"] = siblings.map(\.value).sorted()
                        .map { FieldValueJSON(value: $0) }
                }
            case .elements(let elements): sets[path] = elements.keys.sorted().map(\.string)
            case .total(let total): sums[path] = total
            case .entries(let entries):
                lists[path] = entries.map { FieldValueJSON(value: $0.value) }
            }
        }
        self.registers = registers
        self.sets = sets
        self.sums = sums
        self.lists = lists
        setAside = asides
    }
}

private struct FieldValueJSON: Encodable {
    let value: FieldValue

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .integer(let number): try container.encode(number)
        case .text(let text): try container.encode(text.string)
        case .list(let values): try container.encode(values.map { Self(value: $0) })
        case .structure(let members):
            try container.encode(members.mapValues { Self(value: $0) })
        }
    }
}
