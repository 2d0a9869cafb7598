import SlussBundle
import SlussCore
import Testing

@Suite struct StrictJSONTests {
    private static func outcome(_ text: [UInt8]) -> StrictJSON.Failure? {
        do {
            _ = try StrictJSON().value(text[...])
            return nil
        } catch { return error }
    }

    @Test(arguments: [
        #"{"a":1}"#, #"[]"#, #""å\u00e5\ud83d\ude00""#, "true", "null", "-9007199254740991",
        #" {"a" : [1, 2] } "#, "9007199254740991", "0",
    ])
    func strictTextsAreTaken(text: String) {
        #expect(Self.outcome(Array(text.utf8)) == nil)
    }

    @Test(arguments: [
        "", "{", #"{"a":1,}"#, "[1,]", "[1 2]", "{'a':1}", "{a:1}", "tru", "+1", "NaN",
        "Infinity", #""\x""#, "\"a\nb\"", #"{"a":1} x"#, #"{"a":1}{"b":2}"#, #""\ud800""#,
        #""\udc00\ud800""#, "// c\n1", "1 // c", "\u{FEFF}1",
    ])
    func laxTextsAreRefused(text: String) {
        #expect(Self.outcome(Array(text.utf8)) == .malformed)
    }

    @Test func invalidUTF8IsRefused() {
        for bytes: [UInt8] in [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
        ] {
            #expect(Self.outcome(bytes) == .malformed)
        }
    }

    @Test(arguments: [
        "1.0", "1e3", "9007199254740992", "-9007199254740992", "18446744073709551615",
        "123456789012345678901234567890", "0.1", "1E400", "01",
    ])
    func numbersThatSomeReaderWouldChangeAreRefused(text: String) {
        #expect(Self.outcome(Array(text.utf8)) == .number)
    }

    @Test(arguments: [#"{"a":1,"a":1}"#, #"{"b":{"x":1,"y":2,"x":3}}"#, #"{"a":1,"\u0061":2}"#])
    func equalKeysAreRefused(text: String) {
        #expect(Self.outcome(Array(text.utf8)) == .duplicateKey)
    }

    @Test func nulInTextIsRefused() {
        #expect(Self.outcome(Array(#""a\u0000b""#.utf8)) == .nulInText)
        #expect(Self.outcome(Array(#"{"a\u0000":1}"#.utf8)) == .nulInText)
    }

    @Test func deepNestingIsRefusedWithoutTouchingTheStack() {
        let open = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        let close = [UInt8](repeating: UInt8(ascii: "]"), count: 100_000)
        #expect(Self.outcome(open + close) == .tooDeep)
    }

    @Test func whatTheWriterWritesTheReaderReads() throws {
        let value = FieldValue.structure([
            "text": .text("å \"citat\" \\ \u{1}\n€ 😀"), "list": .list([.null, .flag(true)]),
            "number": .integer(-42), "empty": .structure([:]),
        ])
        var writer = JSONWriter()
        writer.value(value)
        #expect(try StrictJSON().value(writer.bytes[...]) == value)
    }
}
