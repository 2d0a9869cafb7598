import SlussBundle
import SlussCore

/// JSON.
///
/// Ways: `0` one text; `1` lines, whole and in pieces; `2` an envelope and a body, as a store has
/// them.
enum JSONFuzz {
    static func run(way: UInt8, _ input: ArraySlice<UInt8>) {
        switch way % 3 {
        case 0: readText(input)
        case 1: readLines(input)
        default:
            let parts = FuzzInput.parts(input)
            let reader = LogLineReader()
            let replica = SampleEntries.replica
            let body = parts.count > 1 ? parts[1] : nil
            _ = try? reader.write(envelope: parts[0], body: body, replica: replica)
            _ = try? reader.bodyDigest(envelope: parts[0])
            let start = LogChain.start(replica, SampleEntries.audience)
            _ = try? reader.read(envelope: parts[0], body: body, replica: replica, after: start)
        }
    }

    private static func readText(_ input: ArraySlice<UInt8>) {
        let json = StrictJSON()
        guard let value = try? json.value(input) else { return }
        var writer = JSONWriter()
        writer.value(value)
        let again = try? json.value(writer.bytes[...])
        precondition(again == value, "what is written is read")
        var twice = JSONWriter()
        if let again { twice.value(again) }
        precondition(twice.bytes == writer.bytes, "a value has one text")
    }

    private static func readLines(_ input: ArraySlice<UInt8>) {
        var whole = JSONLineChecker()
        var verdicts: [JSONLineChecker.Fault?] = []
        whole.accept(input) { verdicts.append($0) }
        if let fault = whole.finish() { verdicts.append(fault) }
        var pieces = JSONLineChecker()
        var others: [JSONLineChecker.Fault?] = []
        FuzzInput.forEachPiece(of: input) { pieces.accept($0) { others.append($0) } }
        if let fault = pieces.finish() { others.append(fault) }
        precondition(verdicts == others, "pieces do not matter")
        let count = input.count { $0 == UInt8(ascii: "\n") }
        let ends = input.last == UInt8(ascii: "\n") || input.isEmpty
        precondition(verdicts.count == count + (ends ? 0 : 1), "every line has a verdict")
    }

    static var seeds: [[UInt8]] {
        let line = SampleEntries.lines[0]
        let texts = [
            #"0{"a":[1,-2,{"b":null,"c":true}],"å":"\u00e5\ud83d\ude00\n"}"#, "0-9007199254740991",
            #"0"\u0000""#, #"0{"a":1,"a":2}"#, "0[[[[[[[[]]]]]]]]", "1{}\n[1]\n\n{\r}\n",
        ]
        return texts.map { Array($0.utf8) } + [
            FuzzInput.join("2", [Array(line.envelope.utf8), Array(line.body.utf8)])
        ]
    }
}
