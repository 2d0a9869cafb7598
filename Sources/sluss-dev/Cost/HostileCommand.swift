import ArgumentParser
import Foundation
import SlussBundle
import SlussCore
import _SlussTestSupport

/// Makes bundles that are right in every digest and signature, and made to be dear: what
/// docs/threat-model.md says that a unit which has been let in can cost.
struct HostileCommand: ParsableCommand {
    enum Shape: String, CaseIterable, ExpressibleByArgument {
        /// One log, then branches of it, each behind another write.
        case forks
        /// Branches of a log that all begin behind its first write.
        case star
        /// The same, and all of them go on in a second bundle.
        case brush
        /// Records with very many fields.
        case fields
        /// Concurrent long values of one field, each from a log of its own.
        case values
        /// Concurrent values of one field that are long lists of numbers.
        case numbers
        /// Writes to one record that each name very many logs.
        case contexts
        /// Long texts of words that occur once.
        case texts
    }

    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "hostile",
            abstract: "Make bundles that cost a central much, for measuring.",
            discussion:
                "The central is one for trying: its root key lets the made-up device in. Merge the bundles in the order of their names, under /usr/bin/time -v."
        )
    }

    @Argument(help: "What is dear about them: \(Shape.allCases.map(\.rawValue)).")
    var shape: Shape

    @Option(help: "How many forks, records, values or texts.")
    var count = 2000

    @Option(help: "How many fields a record has, or bytes a text.")
    var size = 80_000

    @Option(help: "The folder of the central's store, made with --allow-plain.")
    var central: String

    @Option(help: "A folder for the bundles.")
    var output: String

    func run() throws {
        let root = try DevicePrivateKey(openSSH: bytes(ofFile: central + "/keys/root"))
        var device = try FixtureNetwork(root: root).device()
        // The central has rules of its own.
        device.statements.removeFirst()
        try FileManager.default.createDirectory(
            atPath: output, withIntermediateDirectories: true)
        for (index, logs) in bundles().enumerated() {
            var bundle = CraftedBundle(logs: logs)
            bundle.number = UInt64(index + 1)
            let path = try bundle.write(to: output, by: device)
            FileHandle.standardOutput.write(Data("\(path)\n".utf8))
        }
    }

    private func bundles() -> [[CraftedBundle.Log]] {
        switch shape {
        case .forks: forks()
        case .star: [[trunk(1)], branches]
        case .brush: [[trunk(1)], branches, branches.map(continued)]
        case .fields:
            [[.init(lines: (1...count).map { .init(record: UInt64($0), body: fields($0)) })]]
        case .values: [concurrent { text(of: String(repeating: "x", count: size), $0) }]
        case .numbers:
            [
                concurrent { number in
                    let all = [number] + digits(number)
                    return #"{"role":"employee","set":{"problem":\#(all)}}"#
                }
            ]
        case .contexts: [concurrent { text(of: "x", $0) }, [seeing]]
        case .texts:
            [
                [
                    .init(
                        lines: (1...count).map {
                            .init(record: UInt64($0), body: text(of: words($0), $0))
                        })
                ]
            ]
        }
    }

    /// A log of the device that makes them.
    private func log(_ number: Int) -> ReplicaID {
        CraftedBundle.Log.number(
            UInt64(number), of: try? FixtureNetwork.device("unit \(FixtureNetwork.unit)").publicKey)
    }

    private func concurrent(_ body: (Int) -> String) -> [CraftedBundle.Log] {
        (1...(shape == .contexts ? size : count)).map {
            .init(replica: log($0 + 1), lines: [.init(body: body($0))])
        }
    }

    /// A log whose writes have each seen all others.
    private var seeing: CraftedBundle.Log {
        let seen = (1...size).map { #""\#(log($0 + 1))":1"# }.sorted().joined(separator: ",")
        return .init(
            lines: (1...count).map { number in
                let own = number == 1 ? "" : #","\#(log(1))":\#(number - 1)"#
                let record = RecordID(high: 0xC0FFEE, low: 1)
                return .init(
                    envelope:
                        #"{"n":\#(number),"record":"\#(record)","kind":"idea","seen":{\#(seen)\#(own)},"day":"2026-03-09","body":"BODY"}"#,
                    body: text(of: "x", number))
            })
    }

    private func trunk(_ count: Int) -> CraftedBundle.Log {
        CraftedBundle.Log(lines: (0..<count).map { .init(record: 1, seen: $0) })
    }

    private var branches: [CraftedBundle.Log] {
        let before = CraftedBundle.digests(of: trunk(1))[0]
        return (1...count).map {
            BundleCase.branch(
                from: 2, after: before, [.init(record: 1, seen: 1, body: text(of: "grenen", $0))])
        }
    }

    private func continued(_ branch: CraftedBundle.Log) -> CraftedBundle.Log {
        var branch = branch
        branch.before = CraftedBundle.digests(of: branch).last
        branch.from = 3
        branch.lines = [.init(record: 1, seen: 2, body: text(of: "vidare", 1))]
        return branch
    }

    private func forks() -> [[CraftedBundle.Log]] {
        let trunk = trunk(count)
        let digests = CraftedBundle.digests(of: trunk)
        let branches = digests.dropLast().enumerated().map { index, digest in
            BundleCase.branch(
                from: UInt64(index) + 2, after: digest,
                [.init(record: 1, seen: index + 1, body: text(of: "grenen", index))])
        }
        return [[trunk], branches]
    }

    private func fields(_ number: Int) -> String {
        let all = zip(0..., digits(number)).map { #""item.\#($0).text":"\#($1)""# }
            .joined(separator: ",")
        return #"{"role":"employee","set":{\#(all)}}"#
    }

    /// Digits that do not pack better than a bundle may.
    private func digits(_ number: Int) -> [Int] {
        var generator = SplitMix64(seed: UInt64(number))
        return (0..<size).map { _ in Int.random(in: 0...9, using: &generator) }
    }

    private func words(_ number: Int) -> String {
        (0..<size / 9).map { "\(String(number * 1_000_003 + $0 * 7, radix: 36))ord" }
            .joined(separator: " ")
    }

    private func text(of text: String, _ number: Int) -> String {
        #"{"role":"employee","set":{"problem":"\#(number) \#(text)"}}"#
    }
}
