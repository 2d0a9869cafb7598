import SlussCore
import SlussDomain
import Testing
import _SlussTestSupport

/// Where ideas live on, and which are alike.
@Suite struct IdeaJoinsTests {
    private static func idea(
        _ number: UInt64, problem: String = "–", joinedTo target: UInt64? = nil
    ) -> Idea? {
        let record = RecordID(high: 0, low: number)
        var status: [String: FieldValue] = ["state": .text(target == nil ? "submitted" : "joined")]
        status["target"] = target.map { .text(RecordID(high: 0, low: $0).description) }
        var state = RecordState(record: record, kind: "idea", audience: .shared)
        state.apply(
            Write(
                dot: Dot(replica: ReplicaID(high: 1, low: 1), counter: number + 1), record: record,
                kind: "idea", context: VersionVector(), day: Day(number: 20_000),
                body: Write.Body(changes: [
                    .init("problem", .set(.text(Text(problem)))),
                    .init("status", .set(.structure(status))),
                ])))
        return Idea(state)
    }

    private static func id(_ number: UInt64) -> RecordID { RecordID(high: 0, low: number) }

    @Test func aChainEndsWhereItLivesOn() {
        let joins = IdeaJoins(
            [Self.idea(1, joinedTo: 2), Self.idea(2, joinedTo: 3), Self.idea(3), Self.idea(4)]
                .compactMap { $0 })
        #expect(joins.root(of: Self.id(1)) == Self.id(3))
        #expect(joins.root(of: Self.id(4)) == Self.id(4))
        #expect(joins.joined(into: Self.id(3)) == [Self.id(1), Self.id(2)])
    }

    /// Every graph of five ideas with one target each at most: a root is a root, everyone who can
    /// reach a ring agrees on its root, and nobody is lost.
    @Test(arguments: UInt64(0)..<300) func ringsSettleTheSameEverywhere(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let targets = (0..<5).map { _ in
            Bool.random(using: &generator) ? UInt64.random(in: 0..<5, using: &generator) : nil
        }
        let ideas = targets.enumerated().compactMap {
            Self.idea(UInt64($0.offset), joinedTo: $0.element)
        }
        let joins = IdeaJoins(ideas)
        let shuffled = IdeaJoins(ideas.shuffled(using: &generator))
        var held: Set<RecordID> = []
        for number in 0..<UInt64(5) {
            let root = joins.root(of: Self.id(number))
            #expect(root == shuffled.root(of: Self.id(number)))
            #expect(joins.root(of: root) == root)
            // Whoever is joined goes where its target goes, in a ring, too.
            if let target = targets[Int(number)] {
                #expect(joins.root(of: Self.id(target)) == root)
            }
            held.formUnion([root] + joins.joined(into: root))
        }
        #expect(held.count == 5)
    }

    @Test func likeIdeasAreFoundWithTheWordsThatTheyShare() {
        let texts = [
            "Föräldrar missar tider för lämning och utflykter",
            "Vagnen skramlar på natten så att boende vaknar",
            "På nätterna vaknar de boende av vagnarna som skramlar",
            "Varje lärare har sin egen form på veckobrevet",
            "Nya vikarier hittar inte till portar när det är mörkt",
        ]
        let ideas = texts.enumerated().compactMap {
            Self.idea(UInt64($0.offset), problem: $0.element)
        }
        let similarity = Similarity(ideas)
        let matches = similarity.matches(Self.id(1))
        #expect(matches.map(\.record) == [Self.id(2)])
        #expect(matches.first?.shared.contains("skraml") == true)
        #expect(similarity.matches(Self.id(3)).isEmpty)
    }
}
