import SlussCore
import Testing
import _SlussTestSupport

/// The fold of forked logs: nothing vanishes, nothing honest is set aside, order is nothing.
///
/// Method: a few machines write one record, learn of each other's writes, and are copied, log and
/// all, without knowing it. What each had really seen is kept apart and is the oracle. After every
/// step the machine that acted folds all it has.
@Suite struct ForkLawTests {
    @Test(arguments: UInt64(0)..<400)
    func noValueVanishesThatNobodyReplacedHavingSeenIt(seed: UInt64) {
        var world = ForkedWorld(seed: seed)
        for _ in 0..<24 {
            let known = world.step()
            let fold = world.fold(known)
            #expect(fold.aside.isEmpty, "seed \(seed): an honest write was set aside")
            let found = Set(fold.state.siblings(ForkedWorld.field).map(\.value))
            let expected = world.survivors(known)
            #expect(found.isSuperset(of: expected), "seed \(seed)")
            if world.tree(known).isPlain { #expect(found == expected, "seed \(seed)") }
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func theFoldIsAFunctionOfTheSet(seed: UInt64) {
        var world = ForkedWorld(seed: seed)
        for _ in 0..<24 { _ = world.step() }
        let all = world.everything
        let expected = StateEncoder.encode(world.fold(all).state)
        var generator = SplitMix64(seed: seed)
        for _ in 0..<4 {
            let shuffled = world.fold(all, shuffledBy: &generator)
            #expect(StateEncoder.encode(shuffled.state) == expected)
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func withoutForksItIsWhatApplyingGives(seed: UInt64) {
        let history = RecordHistory(seed: seed)
        let replicas = Set(history.writes.map(\.dot.replica))
        let fold = RecordFold(
            record: history.record, audience: .shared, writes: history.writes,
            branches: BranchTree(
                replicas.map { Branch(replica: $0, root: $0, parent: nil, start: 1) }))
        guard !history.writes.isEmpty else { return }
        #expect(fold.aside.isEmpty)
        #expect(fold.state == history.state(of: history.writes))
    }

    /// A count can be plain to one writer and doubtful to the next, who has seen the first: what the
    /// first had seen, the next has, too, or its write would be folded before its cause.
    @Test func doubtNeverForgetsWhatThoseBeforeHadSeen() {
        let (root, a, b) = (
            ReplicaID(high: 1, low: 0), ReplicaID(high: 1, low: 1), ReplicaID(high: 1, low: 2)
        )
        let (q, s) = (ReplicaID(high: 2, low: 0), ReplicaID(high: 3, low: 0))
        let record = RecordID(high: 9, low: 9)
        func write(_ replica: ReplicaID, _ counter: UInt64, _ seen: [(ReplicaID, UInt64)]) -> Write
        {
            Write(
                dot: Dot(replica: replica, counter: counter), record: record, kind: "idea",
                context: VersionVector(seen), day: Day(number: 20_000),
                body: Write.Body(
                    changes: [.init("problem", .set(.text(Text("\(replica) \(counter)"))))]))
        }
        // Write 2 of the other branch is to another record; write 3 is to this one in both.
        let writes = [
            write(root, 1, []), write(a, 2, [(root, 1)]), write(a, 3, [(root, 2)]),
            write(b, 3, [(root, 1)]), write(q, 1, [(root, 2)]), write(s, 1, [(root, 3), (q, 1)]),
        ]
        let fold = RecordFold(
            record: record, audience: .shared, writes: writes,
            branches: BranchTree([
                Branch(replica: root, root: root, parent: nil, start: 1),
                Branch(replica: a, root: root, parent: root, start: 2),
                Branch(replica: b, root: root, parent: root, start: 2),
                Branch(replica: q, root: q, parent: nil, start: 1),
                Branch(replica: s, root: s, parent: nil, start: 1),
            ]))
        #expect(fold.aside.isEmpty)
        #expect(Set(fold.state.siblings("problem").map(\.dot.replica)) == [a, b, s])
    }

    /// Two writes that claim to have seen each other.
    @Test func aCycleIsSetAsideAndNeverTraps() {
        let (one, two) = (ReplicaID(high: 1, low: 1), ReplicaID(high: 2, low: 2))
        let record = RecordID(high: 3, low: 3)
        func write(_ replica: ReplicaID, seen other: ReplicaID) -> Write {
            Write(
                dot: Dot(replica: replica, counter: 1), record: record, kind: "idea",
                context: VersionVector([(other, UInt64(1))]), day: Day(number: 20_000),
                body: Write.Body(changes: []))
        }
        let fold = RecordFold(
            record: record, audience: .shared,
            writes: [write(one, seen: two), write(two, seen: one)],
            branches: BranchTree(
                [one, two].map { Branch(replica: $0, root: $0, parent: nil, start: 1) }))
        #expect(Set(fold.aside.values).isSubset(of: [.context, .follows]))
        #expect(fold.aside.count == 2 && fold.state.context.isEmpty)
    }
}

/// Machines that write one record and are copied without knowing it.
struct ForkedWorld {
    static let field: FieldPath = "problem"
    private static let record = RecordID(high: 9, low: 9)

    /// A write as it was made.
    private struct Made {
        let root: ReplicaID
        let counter: UInt64
        /// The write before it in the log.
        let previous: Int?
        /// Whether it is to the record, or to some other.
        let isOurs: Bool
        let context: VersionVector
        /// What the writer really had.
        let seen: Set<Int>
    }

    private struct Machine {
        var known: Set<Int> = []
        var root: ReplicaID
        /// The end of its own log.
        var last: Int?
    }

    private var generator: SplitMix64
    private var made: [Made] = []
    private var machines: [Machine] = []

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
        for _ in 0..<3 { machines.append(Machine(root: ReplicaID.random(using: &generator))) }
    }

    var everything: Set<Int> { Set(made.indices) }

    /// Lets someone act and returns what that machine then has.
    mutating func step() -> Set<Int> {
        let index = Int.random(in: machines.indices, using: &generator)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0 where machines.count < 6: machines.append(machines[index])
        case 1...3:
            let other = Int.random(in: machines.indices, using: &generator)
            machines[index].known.formUnion(machines[other].known)
        case 4: write(index, isOurs: false)
        default: write(index, isOurs: true)
        }
        if machines[index].known.isEmpty { write(index, isOurs: true) }
        return machines[index].known
    }

    private mutating func write(_ index: Int, isOurs: Bool) {
        var machine = machines[index]
        let isForked = machine.known.contains {
            made[$0].previous == machine.last && made[$0].root == machine.root && $0 != machine.last
        }
        // Whoever learns that its log goes on elsewhere starts a new one.
        if isForked {
            machine.root = ReplicaID.random(using: &generator)
            machine.last = nil
        }
        let context = isOurs ? fold(machine.known).state.context : VersionVector()
        made.append(
            Made(
                root: machine.root, counter: machine.last.map { made[$0].counter + 1 } ?? 1,
                previous: machine.last, isOurs: isOurs, context: context, seen: machine.known))
        machine.last = made.count - 1
        machine.known.insert(made.count - 1)
        machines[index] = machine
    }

    /// The values that nobody who had really seen them has replaced.
    func survivors(_ known: Set<Int>) -> Set<FieldValue> {
        let ours = known.filter { made[$0].isOurs }
        return Set(
            ours.filter { write in !ours.contains { made[$0].seen.contains(write) } }
                .map { .integer(Int64($0)) })
    }

    /// The branches that a set of writes makes.
    private func branches(_ known: Set<Int>) -> (branches: [Branch], names: [Int: ReplicaID]) {
        struct Place: Hashable {
            let root: ReplicaID
            let previous: Int?
        }
        let next = Dictionary(grouping: known.sorted()) {
            Place(root: made[$0].root, previous: made[$0].previous)
        }
        var branches: [Branch] = []
        var names: [Int: ReplicaID] = [:]
        for root in Set(known.map { made[$0].root }) {
            branches.append(Branch(replica: root, root: root, parent: nil, start: 1))
        }
        // Writes are numbered in the order in which they were made: causes come first.
        for write in known.sorted() {
            let item = made[write]
            let siblings = next[Place(root: item.root, previous: item.previous)] ?? []
            let before = item.previous.flatMap { names[$0] } ?? item.root
            if siblings.count == 1 {
                names[write] = before
            } else {
                let name = ReplicaID(high: 0xB, low: UInt64(write))
                names[write] = name
                branches.append(
                    Branch(replica: name, root: item.root, parent: before, start: item.counter))
            }
        }
        return (branches, names)
    }

    func tree(_ known: Set<Int>) -> BranchTree { BranchTree(branches(known).branches) }

    func fold(_ known: Set<Int>) -> RecordFold {
        var fixed = SplitMix64(seed: 1)
        return fold(known, shuffledBy: &fixed)
    }

    func fold(_ known: Set<Int>, shuffledBy generator: inout SplitMix64) -> RecordFold {
        let (branches, names) = branches(known)
        let writes = known.filter { made[$0].isOurs }.sorted().shuffled(using: &generator)
            .compactMap { write -> Write? in
                let item = made[write]
                return names[write].map { name in
                    Write(
                        dot: Dot(replica: name, counter: item.counter), record: Self.record,
                        kind: "idea", context: item.context, day: Day(number: 20_000),
                        body: Write.Body(
                            changes: [.init(Self.field, .set(.integer(Int64(write))))]))
                }
            }
        return RecordFold(
            record: Self.record, audience: .shared, writes: writes,
            branches: BranchTree(branches))
    }
}
