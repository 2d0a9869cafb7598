import SlussCore
import Testing
import _SlussTestSupport

/// Join is a semilattice, meet its mirror.
///
/// The central merge promises that order, batching and repetition of bundles never change the
/// result. Few replicas and few writes make collisions likely. A failure names its seed.
@Suite struct VersionVectorLawTests {
    private static func random(using generator: inout SplitMix64) -> VersionVector {
        VersionVector(
            (0..<4).map { index -> (ReplicaID, UInt64) in
                (
                    ReplicaID(high: 0, low: UInt64(index)),
                    UInt64.random(in: 0..<4, using: &generator)
                )
            })
    }

    @Test(arguments: UInt64(0)..<500)
    func joinIgnoresOrderGroupingAndRepetition(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let a = Self.random(using: &generator)
        let b = Self.random(using: &generator)
        let c = Self.random(using: &generator)

        #expect(a.joined(with: b) == b.joined(with: a))
        #expect(a.joined(with: b).joined(with: c) == a.joined(with: b.joined(with: c)))
        #expect(a.joined(with: a) == a)
        #expect(a.met(with: b) == b.met(with: a))
        #expect(a.met(with: a) == a)
    }

    @Test(arguments: UInt64(0)..<500)
    func aJoinCoversBothAndAMeetIsCoveredByBoth(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let a = Self.random(using: &generator)
        let b = Self.random(using: &generator)

        #expect(a.joined(with: b).covers(a) && a.joined(with: b).covers(b))
        #expect(a.covers(a.met(with: b)) && b.covers(a.met(with: b)))
        #expect(a.covers(b) == (a.joined(with: b) == a))
        if a.covers(b), a != b { #expect(a.weight > b.weight) }
    }

    @Test func zeroCountsLeaveNoTrace() {
        var vector = VersionVector()
        vector[ReplicaID(high: 1, low: 1)] = 3
        vector[ReplicaID(high: 1, low: 1)] = 0
        #expect(vector == VersionVector())
        #expect(vector.entries.isEmpty)
    }

    @Test func advancingNamesTheNextWrite() {
        let replica = ReplicaID(high: 1, low: 2)
        var vector = VersionVector()
        #expect(vector.advance(replica) == Dot(replica: replica, counter: 1))
        #expect(vector.advance(replica) == Dot(replica: replica, counter: 2))
        #expect(vector.covers(Dot(replica: replica, counter: 2)))
        #expect(!vector.covers(Dot(replica: replica, counter: 3)))
    }
}
