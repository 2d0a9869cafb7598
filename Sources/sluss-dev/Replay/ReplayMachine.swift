import SlussBundle
import SlussCore
import SlussDomain
import _SlussTestSupport

/// One of the workload's units, as a machine: its log, and what it has sent.
struct ReplayMachine {
    let replica: ReplicaID
    let store: StoreID
    let letter: MachineLetter
    private let audience: Audience
    private let unit: UnitCode
    /// Where its log is now.
    private(set) var head: LogHead
    /// Where its log was at the end of each round, with the number of its last op.
    private var marks: [(sequence: UInt32, head: LogHead)] = []
    private var ideas = 0
    private var notes = 0
    /// The number and the digest of its last bundle.
    var sent: (number: UInt64, digest: BundleID?) = (0, nil)

    /// Starts a log of the network's machine `index`.
    init(_ index: Int, in network: ReplayNetwork) throws {
        replica = try ReplayNetwork.log(ofMachine: index)
        var generator = SplitMix64(seed: UInt64(index) + 200)
        store = StoreID.random(using: &generator)
        letter = try ReplayNetwork.letter(index)
        unit = network.unit
        audience = .unit(unit)
        head = LogHead(count: 0, digest: LogChain.start(replica, audience))
    }

    /// Puts a write behind the log.
    mutating func append(_ write: WorkloadWrite, context: VersionVector) -> LogLine {
        let line = LogLine(
            after: head.digest, dot: Dot(replica: replica, counter: head.count + 1),
            record: write.record, kind: write.kind, context: context, day: write.day,
            body: body(write))
        head = LogHead(count: head.count + 1, digest: line.digest)
        return line
    }

    private mutating func body(_ write: WorkloadWrite) -> Write.Body {
        var changes = write.ops.map {
            Write.FieldChange($0.field.path(inIdea: write.isIdea), .set($0.field.value($0.text)))
        }
        if write.isFirst { changes += facts(write) }
        return Write.Body(changes: changes)
    }

    /// What Sluss itself gives a record besides when it is made, so that it can be found and shown.
    private mutating func facts(_ write: WorkloadWrite) -> [Write.FieldChange] {
        let year = write.day.date.year
        if write.isIdea {
            ideas += 1
            let number = IdeaNumber(unit: unit, year: year, serial: ideas, machine: letter)
            return [
                .init("number", .fix(.text(number.description))),
                .init("day", .fix(.text(write.day.description))),
            ]
        }
        notes += 1
        return [
            .init("number", .fix(.text("\(unit)-APT-\(year)-\(notes)\(letter.suffix)"))),
            .init("item.1.number", .fix(.integer(1))),
            .init("decision.1.item", .fix(.integer(1))),
        ]
    }

    /// Notes that a round has ended with its op `sequence`.
    mutating func endRound(sequence: UInt32) { marks.append((sequence, head)) }

    /// Where the log was when its ops up to `sequence` had been sent; `nil` if there were none.
    func head(seen sequence: UInt32) throws -> LogHead? {
        guard sequence > 0 else { return nil }
        guard let mark = marks.last(where: { $0.sequence == sequence }) else {
            throw WorkloadFailure(what: "a unit has pulled half a bundle")
        }
        return mark.head
    }
}
