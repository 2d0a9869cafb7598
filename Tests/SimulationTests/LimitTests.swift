import Foundation
import SlussBundle
import SlussCore
import SlussSync
import Testing
import _SlussTestSupport

@testable import sluss_dev

/// Hostile input costs at most 256 MB, whoever made it (promise P10).
///
/// Method: bundles that are right in every digest and signature, and as heavy as the limits let them
/// be, given to the built program; what it has used at the most is asked of the system. A minute is
/// where the test gives up, not what is promised.
@Suite struct LimitTests {
    /// The most memory that `sluss verify` or another command has used, in MiB, and its status.
    private static func cost(_ arguments: [String]) throws -> (mebibytes: Int, status: Int) {
        let program = Bundle.main.bundleURL.appendingPathComponent("sluss").path
        let script = """
            import resource, subprocess, sys
            done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, timeout=60)
            print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, done.returncode)
            """
        let result = try run("/usr/bin/python3", ["-c", script, program] + arguments)
        let numbers = result.output.split(separator: " ").compactMap {
            Int($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        try #require(numbers.count == 2, "\(result.errors)")
        return (numbers[0], numbers[1])
    }

    private static func heavy(_ member: String, in folder: TemporaryFolder) throws -> String {
        var bundle = try FixtureNetwork().bundle()
        try bundle.insert(member, at: #"{"format":1,"#)
        try folder.write(bundle.plain, to: "heavy.sluss")
        return folder.path("heavy.sluss")
    }

    @Test(arguments: [
        ("0,", 1_900_000), ("[],", 1_300_000), ("{},", 1_300_000), (#""","#, 1_300_000),
        (#"{"a":0,"b":0},"#, 270_000), ("[[[[0]]]],", 380_000),
    ])
    func aManifestFullOfNothingIsCheap(element: String, count: Int) throws {
        let folder = try TemporaryFolder()
        let list = String(repeating: element, count: count) + "0"
        let path = try Self.heavy(#""x":[\#(list)]"#, in: folder)
        let (mebibytes, status) = try Self.cost(["verify", path])
        // Taken, since it breaks no rule, or refused for how well it is packed.
        #expect([0, 12].contains(status) && mebibytes <= 256, "\(mebibytes) MiB, \(status)")
    }

    @Test func aManifestBeyondItsLimitIsRefusedUnread() throws {
        let folder = try TemporaryFolder()
        let text = (0..<600_000).map {
            "\(UInt32(truncatingIfNeeded: $0 &* 2_654_435_761)),"
        }.joined()
        let path = try Self.heavy(#""x":[\#(text)0]"#, in: folder)
        let (mebibytes, status) = try Self.cost(["verify", path])
        #expect(status == 12 && mebibytes <= 64, "\(mebibytes) MiB, \(status)")
    }

    @Test func aBombIsStoppedAtTheRatio() throws {
        let folder = try TemporaryFolder()
        try shell(
            "head -c 1G /dev/zero | zstd -q -19 > '\(folder.path("bomb.sluss"))'")
        let (mebibytes, status) = try Self.cost(["verify", folder.path("bomb.sluss")])
        #expect(status == 12 && mebibytes <= 64, "\(mebibytes) MiB, \(status)")
    }

    @Test func manyWritesToOneRecordAreNoMoreThanMany() throws {
        let folder = try TemporaryFolder()
        let place = try CaseReader().make(in: folder.path("central"))
        let bundle = try FixtureNetwork().bundle {
            $0 = CraftedBundle(
                lines: (0..<10_000).map {
                    .init(
                        seen: $0,
                        body: #"{"role":"employee","append":{"answer":{"text":"\#($0)"}}}"#)
                })
        }
        try folder.write(bundle.plain, to: "many.sluss")
        let merge = try Self.cost(["merge", folder.path("many.sluss"), "--store", place.store])
        #expect(merge.status == 0 && merge.mebibytes <= 256, "\(merge)")
        let check = try Self.cost(["check", "--store", place.store])
        #expect([0, 3].contains(check.status) && check.mebibytes <= 256, "\(check)")
    }

    /// All that one device can write to a record that counts, and as much that does not, in values
    /// that exclude each other: the heaviest that there is.
    @Test func aRecordAsLargeAsItMayBeIsCheapEnough() throws {
        let folder = try TemporaryFolder()
        let place = try CaseReader().make(in: folder.path("central"))
        func merge(_ bundle: LooseBundle) throws -> Int {
            try folder.write(bundle.plain, to: "large.sluss")
            let merge = try Self.cost(["merge", folder.path("large.sluss"), "--store", place.store])
            #expect(merge.mebibytes <= 256, "\(merge)")
            return merge.status
        }
        #expect(try merge(Self.large(4, number: 1)) == 3)
        #expect(try merge(Self.large(4, number: 2, hasHeads: false)) == 3)
        let check = try Self.cost(["check", "--store", place.store])
        #expect(check.status == 3 && check.mebibytes <= 256, "\(check)")

        // What is here already counts, too; and nothing of a refused bundle is here.
        for hasHeads in [true, false] {
            #expect(try merge(Self.large(1, number: 3, hasHeads: hasHeads)) == 12)
        }
        #expect(try CaseReader.open(place).status().writes == 8)

        // Another device of the unit is not held up: it writes to the record as before, as much.
        #expect(try merge(Self.large(4, by: "another")) == 3)
        #expect(try CaseReader.open(place).status().writes == 12)
        // All of them together have twice what one has.
        #expect(try merge(Self.large(1, by: "third")) == 12)
        #expect(try CaseReader.open(place).status().writes == 12)
    }

    /// A first bundle of another device of the same unit, that writes to the same record.
    private static func large(_ count: UInt64, by name: String) throws -> LooseBundle {
        let network = try FixtureNetwork()
        let key = try FixtureNetwork.device(name)
        var device = try network.device()
        device.key = key
        device.statements.append(try network.certificate(of: key, at: device.unit))
        var crafted = CraftedBundle(logs: largeLogs(count, of: key.publicKey))
        crafted.store = StoreID(high: 8, low: UInt64(name.utf8.count))
        return try padded(crafted.loose(by: device), seed: 9)
    }

    @Test(arguments: ["writes", "bytes", "bytesAtOnce"])
    func aRecordOfMoreThanADeviceMayWriteIsRefused(what: String) throws {
        let folder = try TemporaryFolder()
        let place = try CaseReader().make(in: folder.path("central"))
        let bundle =
            switch what {
            case "bytes": try Self.large(5, number: 1)
            case "bytesAtOnce": try Self.large(40, number: 1)
            default:
                try FixtureNetwork().bundle {
                    $0 = CraftedBundle(
                        lines: (0..<10_001).map {
                            .init(seen: $0, body: #"{"role":"employee","plus":{"support":1}}"#)
                        })
                }
            }
        try folder.write(bundle.plain, to: "large.sluss")
        let merge = try Self.cost([
            "merge", folder.path("large.sluss"), "--allow-large", "--store", place.store,
        ])
        #expect(merge.status == 12 && merge.mebibytes <= 256, "\(merge)")
        #expect(try CaseReader.open(place).status().writes == 0)
    }

    /// What a central passes on was taken from those who wrote it, and is weighed no more: a backup of
    /// a record that many devices have filled must be readable.
    @Test func whatACentralPassesOnIsNotWeighed() throws {
        let folder = try TemporaryFolder()
        let place = try CaseReader().make(in: folder.path("central"))
        let network = try FixtureNetwork()
        let central = try network.device(at: FixtureNetwork.central, role: .central)
        let text = String(repeating: "a", count: 1_040_000)
        var crafted = CraftedBundle(
            logs: (0..<9).map {
                CraftedBundle.Log(
                    replica: CraftedBundle.Log.number($0 + 10, of: central.key.publicKey),
                    audience: .shared,
                    lines: [
                        .init(body: #"{"role":"coordinator","set":{"problem":"\#($0)\#(text)"}}"#)
                    ])
            }.sorted { $0.replica < $1.replica })
        crafted.isFromCentral = true
        crafted.kind = .full
        crafted.receiver = .anyone
        try folder.write(crafted.loose(by: central).plain, to: "large.sluss")
        let merge = try Self.cost(["merge", folder.path("large.sluss"), "--store", place.store])
        #expect(merge.status == 3 && merge.mebibytes <= 256, "\(merge)")
        #expect(try CaseReader.open(place).status().writes == 9)
    }

    /// The heaviest values for their bytes: lists of numbers, as many as a device may write.
    @Test func listsOfNumbersAreCheapEnough() throws {
        let folder = try TemporaryFolder()
        let place = try CaseReader().make(in: folder.path("central"))
        var generator = SplitMix64(seed: 1)
        let bundle = try FixtureNetwork().bundle {
            $0 = CraftedBundle(
                logs: (0..<4).map { number in
                    let list = (0..<510_000).map { _ in
                        String(UInt64.random(in: 0...9, using: &generator))
                    }.joined(separator: ",")
                    return CraftedBundle.Log(
                        replica: CraftedBundle.Log.number(UInt64(number) + 10),
                        lines: [
                            .init(
                                body:
                                    #"{"role":"employee","set":{"problem":[\#(number),\#(list)]}}"#)
                        ])
                }.sorted { $0.replica < $1.replica })
        }
        try folder.write(bundle.plain, to: "numbers.sluss")
        let merge = try Self.cost(["merge", folder.path("numbers.sluss"), "--store", place.store])
        #expect(merge.status == 3 && merge.mebibytes <= 256, "\(merge)")
        let check = try Self.cost(["check", "--store", place.store])
        #expect([0, 3].contains(check.status) && check.mebibytes <= 256, "\(check)")
    }

    /// Writes that each say that they have seen thousands of logs weigh what that takes.
    @Test(arguments: [(120, 3), (150, 12)])
    func writesThatHaveSeenVeryMuchAreCounted(count: Int, status: Int) throws {
        let folder = try TemporaryFolder()
        let place = try CaseReader().make(in: folder.path("central"))
        let logs = (1...1000).map { CraftedBundle.Log.number(UInt64($0) + 1) }
        let seen = logs.map { #""\#($0)":1"# }.sorted().joined(separator: ",")
        func merge(_ number: UInt64, _ logs: [CraftedBundle.Log]) throws -> Int {
            let bundle = try FixtureNetwork().bundle {
                $0 = CraftedBundle(logs: logs.sorted { $0.replica < $1.replica })
                $0.number = number
            }
            try folder.write(bundle.plain, to: "seen.sluss")
            let merge = try Self.cost(["merge", folder.path("seen.sluss"), "--store", place.store])
            #expect(merge.mebibytes <= 256, "\(merge)")
            return merge.status
        }
        #expect(
            try merge(1, logs.map { .init(replica: $0, lines: [.init()]) }) == 0)
        let record = RecordID(high: 0xC0FFEE, low: 1)
        let seeing = CraftedBundle.Log(
            lines: (1...count).map { counter in
                let own =
                    counter == 1 ? "" : #","\#(CraftedBundle.Log.first)":\#(counter - 1)"#
                return .init(
                    envelope:
                        #"{"n":\#(counter),"record":"\#(record)","kind":"idea","seen":{\#(seen)\#(own)},"day":"2026-03-09","body":"BODY"}"#,
                    body: #"{"role":"employee","set":{"problem":"\#(counter)"}}"#)
            })
        // To be looked at because the bundle names no predecessor.
        #expect(try merge(2, [seeing]) == status)
    }

    /// A log that divides again and again is refused; one that divides often at one place is not.
    @Test(arguments: [(200, true, 3), (300, true, 12), (1000, false, 3), (1100, false, 12)])
    func aLogMayDivideOftenButNotEndlessly(count: Int, isDeep: Bool, status: Int) throws {
        let folder = try TemporaryFolder()
        let place = try CaseReader().make(in: folder.path("central"))
        let trunk = CraftedBundle.Log(lines: (0..<(isDeep ? count : 1)).map { .init(seen: $0) })
        let digests = CraftedBundle.digests(of: trunk)
        let branches = (0..<count - 1).map { index in
            let at = isDeep ? index : 0
            return BundleCase.branch(
                from: UInt64(at) + 2, after: digests[at],
                [
                    .init(
                        seen: at + 1, body: #"{"role":"employee","set":{"problem":"\#(index)"}}"#)
                ])
        }
        for (number, logs) in [[trunk], branches].enumerated() {
            let bundle = try FixtureNetwork().bundle {
                $0.number = UInt64(number) + 1
                $0.logs = logs
            }
            try folder.write(bundle.plain, to: "forks.sluss")
            let merge = try Self.cost(["merge", folder.path("forks.sluss"), "--store", place.store])
            #expect(merge.status == (number == 0 ? 0 : status), "\(merge)")
            #expect(merge.mebibytes <= 256, "\(merge)")
        }
        #expect(
            try CaseReader.open(place).status().writes
                == trunk.lines.count + (status == 12 ? 0 : branches.count))
    }

    /// A bundle of logs that each give one field of one record a value of a megabyte.
    private static func large(
        _ count: UInt64, number: UInt64, hasHeads: Bool = true
    ) throws -> LooseBundle {
        let bundle = try FixtureNetwork().bundle {
            $0 = CraftedBundle(logs: largeLogs(count, from: 1_000 * number))
            $0.number = number
            $0.hasHeads = hasHeads
        }
        return try padded(bundle, seed: number)
    }

    private static func largeLogs(
        _ count: UInt64, from first: UInt64 = 10, of key: DeviceKey? = nil
    ) -> [CraftedBundle.Log] {
        let text = String(repeating: "a", count: 1_040_000)
        return (0..<count).map { number in
            let name = first + number
            return CraftedBundle.Log(
                replica: key.map { CraftedBundle.Log.number(name, of: $0) }
                    ?? CraftedBundle.Log.number(name),
                lines: [.init(body: #"{"role":"employee","set":{"problem":"\#(number)\#(text)"}}"#)]
            )
        }.sorted { $0.replica < $1.replica }
    }

    /// Makes the file large enough, with what does not pack.
    private static func padded(_ bundle: LooseBundle, seed: UInt64) throws -> LooseBundle {
        var bundle = bundle
        var generator = SplitMix64(seed: seed)
        let noise = (0..<18_000).map { _ in String(generator.next(), radix: 16) }.joined()
        try bundle.insert(#""x":"\#(noise)""#, at: #"{"format":1,"#)
        return bundle
    }

    /// Forty texts of a megabyte, each one word, that pack five hundred times and more: a unit can
    /// send that, and whoever takes it must not be the worse for it.
    @Test func wordsWithoutEndDoNotHinderCheckOrBackup() throws {
        let folder = try TemporaryFolder()
        let place = try CaseReader().make(in: folder.path("central"))
        let text = String(repeating: "a", count: 1_000_000)
        let bundle = try FixtureNetwork().bundle {
            $0 = CraftedBundle(
                lines: (0..<40).map {
                    .init(
                        record: UInt64($0),
                        body: #"{"role":"employee","set":{"problem":"\#(text)"}}"#)
                })
        }
        try folder.write(Self.padded(bundle, seed: 1).plain, to: "words.sluss")
        let merge = try Self.cost([
            "merge", folder.path("words.sluss"), "--allow-large", "--store", place.store,
        ])
        #expect(merge.status == 0 && merge.mebibytes <= 256, "\(merge)")
        let check = try Self.cost(["check", "--store", place.store])
        #expect(check.status == 0 && check.mebibytes <= 256, "\(check)")
        let backup = folder.path("backup.sluss")
        let export = try Self.cost(
            ["backup", "--output", backup, "--store", place.store])
        #expect(export.status == 0 && export.mebibytes <= 256, "\(export)")
        let verify = try Self.cost(["verify", backup, "--store", place.store])
        #expect(verify.status == 0 && verify.mebibytes <= 256, "\(verify)")
    }
}
