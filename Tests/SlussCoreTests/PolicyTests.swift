public import SlussCore
import Testing

/// The policies as truth tables: what two concurrent or consecutive writes give.
@Suite struct PolicyTests {
    private static let a = ReplicaID(high: 0, low: 1)
    private static let b = ReplicaID(high: 0, low: 2)
    private static let record = RecordID(high: 9, low: 9)
    private static let path: FieldPath = "field"

    private enum Order { case concurrent, bSawA }

    private static func state(
        _ first: Change, _ second: Change, _ order: Order,
        roles: (Role, Role) = (.employee, .employee)
    ) -> RecordState {
        var seen = VersionVector()
        if order == .bSawA { seen[a] = 1 }
        func write(_ replica: ReplicaID, _ context: VersionVector, _ change: Change, _ role: Role)
            -> Write
        {
            Write(
                dot: Dot(replica: replica, counter: 1), record: record, kind: "idea",
                context: context, day: Day(number: 0),
                body: Write.Body(role: role, changes: [.init(path, change)]))
        }
        var state = RecordState(record: record, kind: "idea", audience: .shared)
        state.apply([
            write(a, VersionVector(), first, roles.0), write(b, seen, second, roles.1),
        ])
        return state
    }

    private static func values(_ judgement: Judgement) -> [FieldValue] {
        switch judgement {
        case .settled(let alternative, _): [alternative.value]
        case .conflict(let alternatives, _): alternatives.map(\.value)
        default: []
        }
    }

    @Test func keepAllKeepsConcurrentValuesAndLetsTheLaterReplaceTheEarlier() {
        let concurrent = Self.state(.set("x"), .set("y"), .concurrent)
        let judgement = Policy.keepAll.judge(Self.path, in: concurrent)
        #expect(judgement.conflicting.map(\.value) == ["x", "y"])

        let later = Policy.keepAll.judge(Self.path, in: Self.state(.set("x"), .set("y"), .bSawA))
        #expect(Self.values(later) == ["y"])
        #expect(later.conflicting.isEmpty)
    }

    @Test func equalConcurrentValuesAreOneValueAndNoConflict() {
        let judgement = Policy.keepAll.judge(
            Self.path, in: Self.state(.set("x"), .set("x"), .concurrent))
        #expect(judgement.conflicting.isEmpty)
        #expect(Self.values(judgement) == ["x"])
    }

    @Test func textsThatOnlyLookEqualAreAConflict() {
        let composed = FieldValue.text("\u{E5}")
        let decomposed = FieldValue.text("a\u{30A}")
        let judgement = Policy.keepAll.judge(
            Self.path, in: Self.state(.set(composed), .set(decomposed), .concurrent))
        #expect(judgement.conflicting.count == 2)
    }

    @Test func firstWriteStandsAgainstLaterOnesAndWaitsIfTwoWereFirst() {
        let later = Policy.firstWrite.judge(
            Self.path, in: Self.state(.fix("x"), .fix("y"), .bSawA))
        #expect(Self.values(later) == ["x"])

        let concurrent = Policy.firstWrite.judge(
            Self.path, in: Self.state(.fix("x"), .fix("y"), .concurrent))
        #expect(concurrent.conflicting.map(\.value) == ["x", "y"])

        let settled = Policy.firstWrite.judge(
            Self.path, in: Self.state(.fix("x"), .settle("z"), .bSawA))
        #expect(Self.values(settled) == ["z"])
    }

    @Test(arguments: [
        (Role.employee, Role.leader, ["y"], ["x"]), (.leader, .employee, ["x"], ["y"]),
        (.leader, .leader, ["x", "y"], []), (.employee, .employee, ["x", "y"], []),
    ])
    func rankedLetsTheHigherRoleWinAndShowsWhatItOverruled(
        first: Role, second: Role, winners: [String], overruled: [String]
    ) {
        let judgement = Policy.ranked(Role.allCases).judge(
            Self.path,
            in: Self.state(.set("x"), .set("y"), .concurrent, roles: (first, second)))
        #expect(Self.values(judgement) == winners.map { .text($0) })
        let others: [Alternative] =
            switch judgement {
            case .settled(_, let overruled), .conflict(_, let overruled): overruled
            default: []
            }
        #expect(others.map(\.value) == overruled.map { .text($0) })
    }

    @Test func rankedIsNoBarToWhoeverHasSeenTheHigherRolesValue() {
        let judgement = Policy.ranked(Role.allCases).judge(
            Self.path,
            in: Self.state(.set("x"), .set("y"), .bSawA, roles: (.leader, .employee)))
        #expect(Self.values(judgement) == ["y"])
    }

    @Test func additionWinsOverARemovalThatHadNotSeenIt() {
        let concurrent = Self.state(.add(["x"]), .remove(["x"]), .concurrent)
        #expect(Policy.union.judge(Self.path, in: concurrent) == .set(["x"]))

        let seen = Self.state(.add(["x"]), .remove(["x"]), .bSawA)
        #expect(Policy.union.judge(Self.path, in: seen) == .absent)

        let both = Self.state(.add(["x"]), .add(["y"]), .concurrent)
        #expect(Policy.union.judge(Self.path, in: both) == .set(["x", "y"]))
    }

    @Test func sumsAddEachStepOnce() {
        let state = Self.state(.plus(2), .plus(3), .concurrent)
        #expect(Policy.sum.judge(Self.path, in: state) == .sum(5))
    }

    @Test func entriesStandByCausalityThenDot() {
        let concurrent = Policy.append.judge(
            Self.path, in: Self.state(.append("x"), .append("y"), .concurrent))
        guard case .list(let entries) = concurrent else {
            Issue.record("no list")
            return
        }
        #expect(entries.map(\.value) == ["x", "y"])
    }

    @Test func everyWriterHasAValueOfItsOwn() {
        let state = Self.state(
            .own("x"), .own("y"), .bSawA, roles: (.employee, .leader))
        guard case .perWriter(let registers) = Policy.perWriter.judge(Self.path, in: state) else {
            Issue.record("no registers")
            return
        }
        #expect(registers.mapValues { $0.map(\.value) } == ["employee": ["x"], "leader": ["y"]])
    }

    @Test func oneWritersConcurrentValuesAreAConflict() {
        let judgement = Policy.perWriter.judge(
            Self.path, in: Self.state(.own("x"), .own("y"), .concurrent))
        #expect(judgement.conflicting.map(\.value) == ["x", "y"])
    }

    @Test func aFieldNobodyWroteIsAbsent() {
        let state = RecordState(record: Self.record, kind: "idea", audience: .shared)
        for policy in [
            Policy.keepAll, .union, .sum, .append, .firstWrite, .ranked([]), .perWriter,
        ] {
            #expect(policy.judge(Self.path, in: state) == .absent)
        }
    }
}

extension FieldValue: ExpressibleByStringLiteral {
    /// A text, so that the tables above stay short.
    public init(stringLiteral value: String) { self = .text(value) }
}
