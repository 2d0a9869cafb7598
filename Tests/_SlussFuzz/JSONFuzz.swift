import SlussBundle
import SlussCore

/// JSON.
///
/// Ways: `0` one text; `1` lines, whole and in pieces; `2` an envelope and a body, as a store has
/// them.
enum JSONFuzz {
    static func run(way: Int, _ input: ArraySlice<UInt8>) -> Bool {
        switch way % 3 {
        case 0: return readText(input)
        case 1: return readLines(input)
        default:
            let parts = FuzzInput.parts(input)
            let reader = LogLineReader()
            let replica = SampleEntries.replica
            let body = parts.count > 1 ? parts[1] : nil
            let write = try? reader.write(envelope: parts[0], body: body, replica: replica)
            _ = try? reader.bodyDigest(envelope: parts[0])
            let start = LogChain.start(replica, SampleEntries.audience)
            _ = try? reader.read(envelope: parts[0], body: body, replica: replica, after: start)
            return write.map { !$0.isUnreadable } ?? false
        }
    }

    private static func readText(_ input: ArraySlice<UInt8>) -> Bool {
        let json = StrictJSON()
        guard let value = try? json.value(input) else { return false }
        var writer = JSONWriter()
        writer.value(value)
        let again = try? json.value(writer.bytes[...])
        precondition(again == value, "what is written is read")
        var twice = JSONWriter()
        if let again { twice.value(again) }
        precondition(twice.bytes == writer.bytes, "a value has one text")
        return true
    }

    private static func readLines(_ input: ArraySlice<UInt8>) -> Bool {
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
        return verdicts.allSatisfy { $0 == nil }
    }

    static var seeds: [[UInt8]] {
        let line = SampleEntries.lines[0]
        let body = Array(line.body.utf8)
        let envelope = line.envelope
            .replacing("RECORD", with: RecordID(high: 1, low: 2).description)
            .replacing("BODY", with: Digest.sha256(body).description)
        let texts = [
            #"0{"a":[1,-2,{"b":null,"c":true}],"å":"\u00e5\ud83d\ude00\n"}"#, "0-9007199254740991",
            "0[[[[[[[[]]]]]]]]", "1{}\n[1]\n\"a\"\n",
        ]
        return texts.map { Array($0.utf8) } + [
            FuzzInput.join("2", [Array(envelope.utf8), body])
        ]
    }
}
