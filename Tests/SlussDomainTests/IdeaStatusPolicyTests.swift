import SlussCore
import SlussDomain
import Testing
import _SlussTestSupport

/// What two statuses mean that were set without knowing of each other: domain.md §2.4, all pairs.
@Suite struct IdeaStatusPolicyTests {
    private static let main: [IdeaStatus] = [
        .submitted, .received, .needsMore, .underReview, .goAhead, .testing, .handedOver,
        .underWay, .inUse, .effectFollowedUp, .spreading,
    ]
    private static let aside: [IdeaStatus] = [.resting, .joined, .redirected, .closed]
    private static let all = main + aside + [.withdrawn]

    private enum Outcome: Equatable {
        case stands(IdeaStatus)
        case conflict
    }

    private static func value(
        _ status: IdeaStatus, from: IdeaStatus? = nil, text: String? = nil
    ) -> FieldValue {
        var value: [String: FieldValue] = ["state": .text(status.rawValue)]
        value["from"] = from.map { .text($0.rawValue) }
        value["text"] = text.map { .text($0) }
        return .structure(value)
    }

    /// The state of an idea whose statuses were written at once by as many replicas.
    private static func state(_ values: [FieldValue], seed: UInt64 = 1) -> RecordState {
        var generator = SplitMix64(seed: seed)
        let record = RecordID.random(using: &generator)
        var state = RecordState(record: record, kind: "idea", audience: .shared)
        let writes = values.map { value in
            Write(
                dot: Dot(replica: .random(using: &generator), counter: 1), record: record,
                kind: "idea", context: VersionVector(), day: Day(number: 20_000),
                body: Write.Body(changes: [.init("status", .set(value))]))
        }
        state.apply(writes.shuffled(using: &generator))
        return state
    }

    private static func outcome(_ values: [FieldValue], seed: UInt64 = 1) -> Outcome? {
        switch Policy.lifeCycle(IdeaStatus.lifeCycle).judge(
            "status", in: state(values, seed: seed))
        {
        case .settled(let alternative, _):
            alternative.value["state"]?.asText.flatMap(IdeaStatus.init).map { .stands($0) }
        case .conflict: .conflict
        default: nil
        }
    }

    /// The document's sentences, one for one.
    private static func expected(_ one: IdeaStatus, _ other: IdeaStatus) -> Outcome {
        if one == other { return .stands(one) }
        if one == .withdrawn || other == .withdrawn { return .conflict }
        switch (main.firstIndex(of: one), main.firstIndex(of: other)) {
        case (let first?, let second?): return .stands(main[max(first, second)])
        case (nil, nil): return .conflict
        case (let rank?, nil): return rank <= 3 ? .stands(other) : .conflict
        case (nil, let rank?): return rank <= 3 ? .stands(one) : .conflict
        }
    }

    @Test func everyPairIsAsTheTableSays() {
        for one in Self.all {
            for other in Self.all {
                #expect(
                    Self.outcome([Self.value(one), Self.value(other)])
                        == Self.expected(one, other), "\(one) and \(other)")
            }
        }
    }

    @Test func aDeliberateStepBackIsAConflict() {
        for one in Self.main.indices.dropFirst() {
            let back = Self.value(Self.main[one - 1], from: Self.main[one])
            for other in Self.main where other != Self.main[one - 1] {
                #expect(Self.outcome([back, Self.value(other)]) == .conflict)
            }
        }
    }

    @Test func aStatusOfALaterReleaseIsNeverPassedOver() {
        let unknown = FieldValue.structure(["state": .text("prized")])
        for one in Self.all {
            #expect(Self.outcome([unknown, Self.value(one)]) == .conflict)
        }
    }

    @Test func theSameStatusTwiceKeepsBothReasons() {
        let state = Self.state([
            Self.value(.resting, text: "väntar på skolplattformen"),
            Self.value(.resting, text: "väntar på pengar"),
        ])
        let judgement = Policy.lifeCycle(IdeaStatus.lifeCycle).judge("status", in: state)
        guard case .settled(_, let overruled) = judgement else {
            Issue.record("not settled")
            return
        }
        #expect(overruled.count == 1)
    }

    /// The outcome is a function of the set, whoever comes first and however many there are.
    @Test(arguments: UInt64(0)..<200)
    func orderNeverMatters(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let values = (0..<Int.random(in: 2...4, using: &generator)).map { _ in
            Self.value(
                Self.all.randomElement(using: &generator) ?? .submitted,
                from: Bool.random(using: &generator)
                    ? Self.main.randomElement(using: &generator) : nil)
        }
        let outcomes = (0..<4).map { Self.outcome(values.shuffled(using: &generator), seed: $0) }
        #expect(Set(outcomes.map { "\(String(describing: $0))" }).count == 1)
    }

    @Test func aNameIsWithdrawnAtOnceWhateverElseWasSet() {
        var state = Self.state([Self.value(.withdrawn), Self.value(.underReview)])
        var generator = SplitMix64(seed: 3)
        state.apply(
            Write(
                dot: Dot(replica: .random(using: &generator), counter: 1), record: state.record,
                kind: "idea", context: VersionVector(), day: Day(number: 20_000),
                body: Write.Body(changes: [
                    .init(
                        "submitter",
                        .set(.structure(["mode": .text("name"), "name": .text("Eva")])))
                ])))
        #expect(Idea(state)?.author == nil)
        #expect(Idea(state)?.isWithdrawn == true)
    }

    @Test func everyStatusCanBeLeftAndReached() {
        for status in IdeaStatus.allCases {
            #expect(!status.next.isEmpty, "\(status) has no way out")
            #expect(
                status == .draft || IdeaStatus.allCases.contains { $0.next.contains(status) },
                "nothing leads to \(status)")
        }
    }
}
