import SlussCore
import SlussStore
import Testing
import _SlussTestSupport

/// What a store keeps of an envelope is what it says.
@Suite struct PackedEnvelopeTests {
    @Test(arguments: UInt64(0)..<200)
    func whatIsPackedIsUnpacked(seed: UInt64) throws {
        let history = RecordHistory(seed: seed, replicaCount: 6)
        let known = Array(Set(history.writes.map(\.dot.replica)).sorted().dropFirst())
        for write in history.writes {
            for digest in [nil, Digest(bytes: [UInt8](repeating: 7, count: 32))] {
                let bytes = PackedEnvelope.pack(write, bodyDigest: digest) { replica in
                    known.firstIndex(of: replica).map { UInt64($0 + 1) }
                }
                #expect(PackedEnvelope.isPacked(bytes))
                let content = try PackedEnvelope.unpack(bytes) { known[Int($0) - 1] }
                #expect(content.context == write.context && content.kind == write.kind)
                #expect(content.day == write.day && content.bodyDigest == digest)
                for place in bytes.indices {
                    #expect(throws: PackedEnvelope.Damaged.self) {
                        try PackedEnvelope.unpack(Array(bytes[..<place])) { _ in known.first }
                    }
                }
            }
        }
    }
}
