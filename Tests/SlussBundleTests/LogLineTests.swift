import SlussCore
import Testing
import _SlussTestSupport

@testable import SlussBundle

@Suite struct LogLineTests {
    private static let replica = ReplicaID(high: 1, low: 2)
    private static let start = LogChain.start(replica, .shared)

    private static func line(_ changes: [Write.FieldChange], _ context: VersionVector = .init())
        -> LogLine
    {
        LogLine(
            after: start, dot: Dot(replica: replica, counter: 1),
            record: RecordID(high: 3, low: 4), kind: "idea", context: context,
            day: Day(number: 20_000), body: Write.Body(changes: changes))
    }

    @Test(arguments: UInt64(0)..<200)
    func aWriteComesBackFromItsLines(seed: UInt64) throws {
        let history = RecordHistory(seed: seed)
        let reader = LogLineReader()
        for write in history.writes {
            let body = try #require(write.body)
            let line = LogLine(
                after: Self.start, dot: write.dot, record: write.record, kind: write.kind,
                context: write.context, day: write.day, body: body)
            let read = try reader.read(
                envelope: line.envelopeBytes, body: line.bodyBytes, replica: write.dot.replica,
                after: Self.start)
            #expect(read.write.dot == write.dot)
            #expect(read.write.context == write.context)
            #expect(Set(read.write.body?.changes ?? []) == Set(body.changes))
            #expect(read.digest == line.digest)
            #expect(read.write.body?.line == line.bodyBytes)
        }
    }

    @Test func theChainCoversEveryByteAndTheLogsName() {
        let line = Self.line([.init("problem", .set(.text("x")))])
        let other = Self.line([.init("problem", .set(.text("y")))])
        #expect(line.digest != other.digest)
        #expect(LogChain.start(Self.replica, .shared) != LogChain.start(Self.replica, .local))
    }

    @Test func theChainVerifiesWithTheBodyErased() throws {
        let line = Self.line([.init("problem", .set(.text("hemligt")))])
        let erased = try LogLineReader().read(
            envelope: line.envelopeBytes, body: nil, replica: Self.replica, after: Self.start)
        #expect(erased.digest == line.digest)
        #expect(erased.write.body == nil)
    }

    @Test func anotherBodyThanTheEnvelopesIsRefused() {
        let line = Self.line([.init("problem", .set(.text("x")))])
        let other = Self.line([.init("problem", .set(.text("y")))])
        #expect(throws: LogLineReader.Damaged.self) {
            try LogLineReader().read(
                envelope: line.envelopeBytes, body: other.bodyBytes, replica: Self.replica,
                after: Self.start)
        }
    }

    @Test func unknownMembersAreMarkedAndPassedOver() throws {
        let body = Array(
            #"{"role":"employee","set":{"problem":"x"},"weather":{"sun":true}}"#.utf8)
        let read = try #require(try Write.Body.read(line: body[...], json: StrictJSON()))
        #expect(read.needsNewerRelease)
        #expect(read.changes == [.init("problem", .set(.text("x")))])
    }

    @Test func aRoleThatIsNotKnownIsMarked() throws {
        let body = Array(#"{"role":"archivist","set":{"problem":"x"}}"#.utf8)
        #expect(
            try Write.Body.read(line: body[...], json: StrictJSON())?.needsNewerRelease == true)
    }

    @Test(arguments: [
        #"{"set":{"problem":"x"},"settle":{"problem":"y"}}"#, #"{"set":{"":"x"}}"#,
        #"{"set":{"a..b":"x"}}"#, #"{"set":["x"]}"#, #"{"add":{"category":"x"}}"#,
        #"{"add":{"category":["x","x"]}}"#, #"{"add":{"category":[1]}}"#,
        #"{"plus":{"support":1001}}"#, #"{"plus":{"support":"1"}}"#, #"{"author":1}"#,
        #"{"set":{"status":{"st ate":"x"}}}"#, #"[]"#, #""x""#,
    ])
    func bodiesOfTheWrongShapeAreUnreadable(text: String) throws {
        #expect(try Write.Body.read(line: Array(text.utf8)[...], json: StrictJSON()) == nil)
    }

    @Test(arguments: [#"{"set":{"problem":"x"},}"#, #"{"role":"a","role":"b"}"#, #"{"set":1.5}"#])
    func bodiesThatAreNoStrictJSONAreRefused(text: String) {
        #expect(throws: Malformed.self) {
            try Write.Body.read(line: Array(text.utf8)[...], json: StrictJSON())
        }
    }

    @Test func aWriteThatHasSeenItselfIsRefused() {
        let line = Self.line(
            [.init("problem", .set(.text("x")))], VersionVector([(Self.replica, UInt64(1))]))
        #expect(throws: LogLineReader.Damaged.self) {
            try LogLineReader().read(
                envelope: line.envelopeBytes, body: line.bodyBytes, replica: Self.replica,
                after: Self.start)
        }
    }

    @Test func receiptCodesAreHashedSlowlyAndByRecord() throws {
        let first = try ReceiptHash.hash("KANEL-47", record: RecordID(high: 1, low: 1))
        #expect(first == (try ReceiptHash.hash("KANEL-47", record: RecordID(high: 1, low: 1))))
        #expect(first != (try ReceiptHash.hash("KANEL-47", record: RecordID(high: 1, low: 2))))
        #expect(first != (try ReceiptHash.hash("KANEL-48", record: RecordID(high: 1, low: 1))))
    }
}
