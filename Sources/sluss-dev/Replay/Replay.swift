import Foundation
import SlussArchive
import SlussBundle
import SlussCore
import SlussDomain
import SlussSync

/// Makes Sluss's own bundles of a workload: one for each unit and round, as if every unit had been
/// a machine of one Sluss unit and had exported at the round's end.
///
/// No store is made but the central's. A bundle has what an export has: numbers and digests of the
/// bundles before, heads of the logs that were pulled, certificates, the signed head of the log.
/// Only one unit's round is in memory at a time, and of what was before, where it stands.
struct Replay {
    private let workload: Workload
    private let network: ReplayNetwork
    private let folder: String
    private let isPlain: Bool
    private var machines: [ReplayMachine]
    private var index: ReplayIndex
    /// How many bundles were made.
    private(set) var bundles = 0
    /// How many writes are in them.
    private(set) var writes: UInt64 = 0
    /// How many bytes they have.
    private(set) var bytes: UInt64 = 0

    /// Makes the network and an empty folder of bundles in `folder`, which must not be there.
    init(_ workload: Workload, folder: String, isPlain: Bool) throws {
        guard !FileManager.default.fileExists(atPath: folder) else {
            throw WorkloadFailure(what: "\(folder) is there already")
        }
        try FileManager.default.createDirectory(
            atPath: "\(folder)/bundles", withIntermediateDirectories: true)
        let network = try ReplayNetwork(machines: workload.units, folder: folder)
        self.workload = workload
        self.network = network
        self.folder = "\(folder)/bundles"
        self.isPlain = isPlain
        machines = try (0..<workload.units).map { try ReplayMachine($0, in: network) }
        index = ReplayIndex(replicas: machines.map(\.replica))
    }

    /// Makes all bundles.
    mutating func run() throws {
        let readers = try (0..<workload.units).map { try WorkloadReader(workload, unit: $0) }
        var round = 0
        while true {
            var isOver = true
            for (machine, reader) in readers.enumerated() {
                guard let next = try reader.nextRound() else { continue }
                isOver = false
                try makeBundle(next, of: machine, round)
            }
            if isOver { return }
            round += 1
        }
    }

    private mutating func makeBundle(
        _ round: WorkloadRound, of machine: Int, _ number: Int
    ) throws {
        guard round.seen.count == machines.count else {
            throw WorkloadFailure(what: "a pull names \(round.seen.count) units")
        }
        // A unit with nothing to tell sends nothing.
        guard let last = round.ops.last else { return }
        let before = machines[machine].head
        var builder = SegmentBuilder(replica: machines[machine].replica, from: before.count + 1)
        var segments: [Segment] = []
        for write in round.writes {
            let context = index.note(
                write, by: machine, counter: machines[machine].head.count + 1, seen: round.seen)
            let line = machines[machine].append(write, context: context)
            let segment = builder.append(
                envelope: line.envelopeBytes, body: line.bodyBytes, bodyDigest: nil)
            if let segment { segments.append(segment) }
        }
        if let segment = builder.finish() { segments.append(segment) }
        machines[machine].endRound(sequence: last.sequence)
        let manifest = try manifest(
            of: machine, after: before, seen: round.seen,
            records: Set(round.ops.map(\.record)).count)
        let name = "r\(Workload.twoDigits(number))-u\(Workload.twoDigits(machine)).sluss"
        try write(manifest, segments, by: machine, to: name)
        writes += manifest.writeCount
    }

    private func manifest(
        of machine: Int, after before: LogHead, seen: [UInt32], records: Int
    ) throws -> BundleManifest {
        let own = machines[machine]
        let heads = try machines.indices.compactMap { other -> (ReplicaID, LogHead)? in
            let head =
                other == machine ? own.head : try machines[other].head(seen: seen[other])
            return head.map { (machines[other].replica, $0) }
        }
        let signed = SignedStatement(
            .head(SignedHead(log: own.replica, head: own.head)), by: network.devices[machine])
        return BundleManifest(
            network: network.id, kind: .delta, number: own.sent.number + 1,
            previous: own.sent.digest,
            sender: BundleManifest.Sender(
                unit: network.unit, name: "Återspelat", machine: Text(own.letter.suffix),
                store: own.store, isCentral: false, computer: "replay"),
            receiver: .central,
            logs: [
                BundleManifest.LogRange(
                    replica: own.replica, audience: .unit(network.unit), owner: network.unit,
                    machine: Text(own.letter.suffix), from: before.count + 1,
                    to: own.head.count, before: before.digest, after: own.head.digest)
            ],
            acknowledged: Acknowledgement(heads), statements: network.statements + [signed],
            recordCount: UInt64(records), producer: Text(Release.name))
    }

    private mutating func write(
        _ manifest: BundleManifest, _ segments: [Segment], by machine: Int, to name: String
    ) throws {
        var plan = BundlePlan()
        for segment in segments { plan.note(segment) }
        let head = plan.head(manifest, signedBy: network.devices[machine])
        let writer = try ArchiveWriter(
            folder: folder, name: name, sealing: try sealing(ofMachine: machine))
        for entry in head.entries { try writer.append(entry) }
        try writer.append(BundlePlan.readMe)
        for file in segments.flatMap(\.files) { try writer.append(file) }
        try writer.finish()
        let path = try writer.commit()
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64
        machines[machine].sent = (manifest.number, head.id)
        bundles += 1
        bytes += size ?? 0
    }

    private func sealing(ofMachine machine: Int) throws -> Sealing {
        guard !isPlain else { return .plain }
        let key = AgeFileKey()
        let recipients = try network.recipients(ofMachine: machine)
        return .sealed(try AgeHeader(recipients: recipients, fileKey: key), key)
    }
}
