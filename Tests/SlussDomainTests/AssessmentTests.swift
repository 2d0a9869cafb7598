import SlussCore
import SlussDomain
import Testing

/// Blind scores, added up by hand.
@Suite struct AssessmentTests {
    private static func idea(_ scores: [[String: FieldValue]]) -> Idea? {
        let record = RecordID(high: 0, low: 1)
        var state = RecordState(record: record, kind: "idea", audience: .shared)
        for (index, values) in scores.enumerated() {
            state.apply(
                Write(
                    dot: Dot(replica: ReplicaID(high: 1, low: UInt64(index + 1)), counter: 1),
                    record: record, kind: "idea", context: VersionVector(), day: Day(number: 1),
                    body: Write.Body(
                        role: .leader, writer: Text("assessor \(index)"),
                        changes: [.init(Assessment.path, .own(.structure(values)))])))
        }
        return Idea(state)
    }

    private static func scores(_ numbers: [Int64]) -> [String: FieldValue] {
        Dictionary(
            uniqueKeysWithValues: zip(Assessment.Row.allCases, numbers).map {
                ($0.rawValue, .integer($1))
            })
    }

    @Test func theFormulaIsTheDocuments() throws {
        // user, employee, resources, time, cost, rules, dependencies, will, spread
        let idea = Self.idea([
            Self.scores([5, 3, 1, 4, 4, 4, 2, 5, 3]), Self.scores([4, 3, 3, 4, 2, 5, 3, 5, 1]),
        ])
        let result = try #require(idea.flatMap { Assessment($0) })
        // Medians: 4.5, 3, 2 and 4, 3, 4.5, 2.5, 5.
        #expect(result.benefit == 0.5 * 4.5 + 0.25 * 3 + 0.25 * 2)
        #expect(result.feasibility == 3.8)
        #expect(result.points == 3.5 * 3.8)
        #expect(result.band == .test)
        #expect(result.gaps == [.resources, .cost, .spread])
    }

    @Test(
        arguments: zip(
            [Int64(5), 4, 3, 2, 1],
            [Assessment.Band.doNow, .doNow, .test, .rest, .close]))
    func theBandsBeginWhereTheDocumentSays(score: Int64, band: Assessment.Band) throws {
        let all = Self.scores(Array(repeating: score, count: 9))
        let result = try #require(Self.idea([all, all]).flatMap { Assessment($0) })
        #expect(result.points == Double(score * score))
        #expect(result.band == band)
    }

    @Test func oneAssessorOrANoGivesNoVerdict() throws {
        let all = Self.scores(Array(repeating: 4, count: 9))
        #expect(Self.idea([all]).flatMap { Assessment($0) }?.band == nil)
        var refused = all
        refused["lawful"] = .flag(false)
        let result = try #require(Self.idea([all, refused]).flatMap { Assessment($0) })
        #expect(result.band == nil && result.closedGates == [.lawful])
        #expect(Self.idea([]).flatMap { Assessment($0) } == nil)
    }

    @Test func scoresFromOutsideAreNotTrusted() throws {
        var wild = Self.scores(Array(repeating: 4, count: 9))
        wild["user"] = .integer(900)
        wild["time"] = .text("5")
        let result = try #require(Self.idea([wild, wild]).flatMap { Assessment($0) })
        #expect(result.medians[.user] == nil && result.medians[.time] == nil)
        #expect(result.points == nil)
    }
}
