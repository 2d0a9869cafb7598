import SlussCore
import SlussDomain
import Testing

/// Whether a record is blocked is a function of its entries: only the central's count, and a block
/// stands until its own name is released.
@Suite struct BlockTests {
    private static func state(_ entries: [FieldValue]) throws -> RecordState {
        let record = try #require(RecordID(bytes: Array(repeating: 1, count: 16)))
        let replica = try #require(ReplicaID(bytes: Array(repeating: 2, count: 16)))
        var state = RecordState(record: record, kind: "idea", audience: .local)
        let day = try #require(Day("2026-03-09"))
        var changes: [[Write.FieldChange]] = [
            [
                .init("problem", .set(.text("hemligt"))), .init("number", .fix(.text("A-1"))),
                .init(
                    "submitter", .fix(.structure(["mode": .text("name"), "name": .text("Anna")]))),
                .init("category", .add(["Arbetsmiljö"])),
                .init(
                    "answer", .append(.structure(["text": .text("svar"), "day": .text("2026")]))),
                .init(
                    "status", .set(.structure(["state": .text("closed"), "text": .text("skäl")]))),
            ]
        ]
        changes += entries.map { [.init(Block.path, .append($0))] }
        for (index, changes) in changes.enumerated() {
            var context = VersionVector()
            for _ in 0..<index { _ = context.advance(replica) }
            state.apply(
                Write(
                    dot: Dot(replica: replica, counter: UInt64(index + 1)), record: record,
                    kind: "idea", context: context, day: day,
                    body: Write.Body(role: .coordinator, changes: changes)))
        }
        return state
    }

    private static func block(_ id: String, _ role: Role = .coordinator) throws -> FieldValue {
        Block.entry(
            id: id, decision: "7", day: try #require(Day("2026-03-09")), role: role)
    }

    private static func release(_ blocks: [Block], _ role: Role = .leader) throws -> FieldValue {
        Block.release(blocks, day: try #require(Day("2026-03-10")), role: role)
    }

    @Test func onlyWhatIsReleasedIsShownAgain() throws {
        #expect(try !Self.state([]).isBlocked)
        let one = try Self.state([try Self.block("a")])
        #expect(one.isBlocked && one.blocks.first?.decision == "7")
        let freed = try Self.release(one.blocks)
        #expect(try !Self.state([try Self.block("a"), freed]).isBlocked)
        // Another block, set without knowing of the release, stands; so does one that comes later.
        #expect(try Self.state([try Self.block("a"), try Self.block("b"), freed]).isBlocked)
        #expect(try Self.state([try Self.block("a"), freed, try Self.block("b")]).isBlocked)
    }

    @Test(arguments: [Role.employee, .manager])
    func aUnitsRoleNeitherBlocksNorReleases(role: Role) throws {
        #expect(try !Self.state([try Self.block("a", role)]).isBlocked)
        let one = try Self.state([try Self.block("a")])
        let entries = [try Self.block("a"), try Self.release(one.blocks, role)]
        #expect(try Self.state(entries).isBlocked)
    }

    @Test func textsAndNamesAreHiddenAndWhatIsCountedIsNot() throws {
        let idea = try #require(Idea(try Self.state([try Self.block("a")])))
        #expect(idea.problem == Block.marker && idea.title == Block.marker)
        #expect(idea.author == nil && idea.submitter == .name)
        #expect(idea.number == "A-1" && idea.status == "closed")
        #expect(idea.categories == ["Arbetsmiljö"])
        #expect(idea.answers.first?.text == Block.marker)
        #expect(idea.state.value("status")?["text"]?.asText == Block.marker)
        let all = try #require(
            Idea(try Self.state([try Self.block("a")]), showsBlocked: true))
        #expect(all.problem == "hemligt" && all.author == "Anna")
    }
}
