import SlussCore
import Testing
import _SlussTestSupport

@testable import SlussBundle

/// The one spelling of an envelope is read without a JSON parser, and only that.
@Suite struct CanonicalEnvelopeTests {
    private static func envelopes(_ seed: UInt64) -> [Envelope] {
        RecordHistory(seed: seed, replicaCount: 6).writes.map { write in
            Envelope(
                counter: write.dot.counter, record: write.record, kind: write.kind,
                context: write.context, day: Day(number: Int(seed) * 997 - 90_000),
                bodyDigest: Digest.sha256([UInt8(seed & 0xFF)]))
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func everyLineIsReadInItsOneSpelling(seed: UInt64) throws {
        for envelope in Self.envelopes(seed) {
            let line = envelope.line
            #expect(Envelope(canonical: line[...]) == envelope)
            #expect(try Envelope(line: line[...], json: StrictJSON()) == envelope)
        }
    }

    /// Whatever is read without a JSON parser is read the same with one, and is spelled as Sluss
    /// spells it.
    @Test(arguments: UInt64(0)..<40)
    func noOtherSpellingIsTaken(seed: UInt64) throws {
        let json = StrictJSON()
        for envelope in Self.envelopes(seed) {
            let line = envelope.line
            for place in line.indices {
                for byte in [0x20, 0x30, 0x31, 0x41, 0x61, 0x7B, 0x7D, 0x22, 0xC3] as [UInt8] {
                    var changed = line
                    changed[place] = byte
                    guard let read = Envelope(canonical: changed[...]) else { continue }
                    #expect(read.line == changed)
                    #expect(try Envelope(line: changed[...], json: json) == read)
                }
            }
        }
        #expect(Envelope(canonical: []) == nil)
    }
}
