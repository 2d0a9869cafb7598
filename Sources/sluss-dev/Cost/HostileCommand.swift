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
        /// Records with very many fields.
        case fields
        /// Concurrent long values of one field, each from a log of its own.
        case values
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
        case .fields:
            [[.init(lines: (1...count).map { .init(record: UInt64($0), body: fields) })]]
        case .values:
            [
                (1...count).map { number in
                    .init(
                        replica: log(number),
                        lines: [.init(body: text(of: String(repeating: "x", count: size), number))])
                }
            ]
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

    private func forks() -> [[CraftedBundle.Log]] {
        let trunk = CraftedBundle.Log(
            lines: (0..<count).map { .init(record: 1, seen: $0) })
        let digests = CraftedBundle.digests(of: trunk)
        let branches = digests.dropLast().enumerated().map { index, digest in
            BundleCase.branch(
                from: UInt64(index) + 2, after: digest,
                [.init(record: 1, seen: index + 1, body: text(of: "grenen", index))])
        }
        return [[trunk], branches]
    }

    private var fields: String {
        let all = (0..<size).map { #""item.\#($0).text":"x""# }.joined(separator: ",")
        return #"{"role":"employee","set":{\#(all)}}"#
    }

    private func words(_ number: Int) -> String {
        (0..<size / 9).map { "\(String(number * 1_000_003 + $0 * 7, radix: 36))ord" }
            .joined(separator: " ")
    }

    private func text(of text: String, _ number: Int) -> String {
        #"{"role":"employee","set":{"problem":"\#(number) \#(text)"}}"#
    }
}
