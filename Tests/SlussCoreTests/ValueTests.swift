import SlussCore
import Testing

@Suite struct ValueTests {
    @Test func idsAreReadInOneFormOnly() {
        let text = "00112233445566778899aabbccddeeff"
        #expect(RecordID(text)?.description == text)
        #expect(RecordID(text.uppercased()) == nil)
        #expect(RecordID(String(text.dropLast())) == nil)
        #expect(RecordID(text + "0") == nil)
        #expect(RecordID(text.replacing("f", with: "\u{FF46}")) == nil)
    }

    @Test func digestsAreReadInOneFormOnly() {
        let text = String(repeating: "0123456789abcdef", count: 4)
        #expect(Digest(text)?.description == text)
        #expect(Digest(text.uppercased()) == nil)
        #expect(Digest("") == nil)
    }

    @Test(arguments: [
        "2026-01-12", "2024-02-29", "2000-02-29", "1970-01-01", "0001-01-01", "9999-12-31",
    ])
    func daysOfTheCalendarComeBackAsWritten(text: String) {
        #expect(Day(text)?.description == text)
    }

    @Test(arguments: [
        "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-12",
        "0000-01-01", "2026-01-12T10:00", "", "２０２６-01-12",
    ])
    func whatIsNoDayIsRefused(text: String) {
        #expect(Day(text) == nil)
    }

    @Test func everyDayOfFourCenturiesFollowsTheOneBefore() throws {
        var day = try #require(Day("1900-01-01"))
        while day.date.year < 2300 {
            let next = day.adding(days: 1)
            #expect(Day(next.description) == next)
            #expect(next > day)
            day = next
        }
    }

    @Test(arguments: ["problem", "item.k3f9.text", "a", "A-b_9.c"])
    func fieldPathsAreNamesJoinedByPoints(text: String) {
        #expect(FieldPath(text)?.description == text)
    }

    @Test(arguments: ["", ".", "a.", ".a", "a..b", "å", "a b", "a\u{301}", "a/b"])
    func whatIsNoFieldPathIsRefused(text: String) {
        #expect(FieldPath(text) == nil)
    }

    @Test func fieldPathsHaveALongest() {
        #expect(FieldPath(String(repeating: "a", count: 128)) != nil)
        #expect(FieldPath(String(repeating: "a", count: 129)) == nil)
    }

    @Test(arguments: ["OMS-SB-04", "BUN-GR-03", "KLK-SA-01", "AB1-X2-99"])
    func unitCodesComeBackAsWritten(text: String) {
        #expect(UnitCode(text)?.description == text)
        #expect(Audience(text) == UnitCode(text).map { .unit($0) })
    }

    @Test(arguments: ["oms-sb-04", "OMS-SB-4", "OMS-SB", "OMS-SB-04-1", "ÖMS-SB-04", "", "---"])
    func whatIsNoUnitCodeIsRefused(text: String) {
        #expect(UnitCode(text) == nil)
        #expect(Audience(text) == nil)
    }

    @Test func textsAreEqualOnlyToTheSameBytes() {
        #expect(Text("\u{E5}") != Text("a\u{30A}"))
        #expect(Set([Text("\u{E5}"), Text("a\u{30A}")]).count == 2)
        #expect(FieldValue.text("\u{E5}") != .text("a\u{30A}"))
    }
}
